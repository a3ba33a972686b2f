"""Stretches: words that were said in one breath, as far as marks tell, and that nobody has decided about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.model import Edit, Interview, Paragraph
from build_tools.propose.names import bare, has_inner_capital
from build_tools.words import ends_sentence, same_words

_CLOSES = re.compile(r"[.,;:?!…—)\"”\]][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph with no mark between them, from slot `first` of its `raw` on.

    `words` are without marks and possessives; `proper` tells which have a
    capital that no sentence gave them.
    """

    slug: str
    paragraph: Paragraph
    first: int
    words: tuple[str, ...]
    proper: tuple[bool, ...]


def stretches(interview: Interview) -> Iterator[Stretch]:
    """The stretches of an interview, in order."""
    decided = {
        number
        for edit in interview.edits
        if _decides(edit)
        for number in range(edit.first_word, edit.last_word + 1)
    }
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            for first, last in _ranges(paragraph, decided):
                words = tuple(bare(word) for word in paragraph.raw[first:last])
                proper = (_is_proper(paragraph.raw, first + i, word) for i, word in enumerate(words))
                yield Stretch(interview.slug, paragraph, first, words, tuple(proper))


def _decides(edit: Edit) -> bool:
    """Whether somebody has said how these words are to be written, not only what stands between them."""
    if edit.rule in ("edition", "glossary", "mojibake") and not same_words(edit.before, edit.after):
        return True
    by_editor = edit.rule in ("edition", "glossary", "punctuation")
    return by_editor and _inner_capitals(edit.before) != _inner_capitals(edit.after)  # “chatGPT” → “ChatGPT”


def _inner_capitals(text: str) -> list[str]:
    return [word for word in map(bare, text.split()) if has_inner_capital(word)]


def _ranges(paragraph: Paragraph, decided: set[int]) -> Iterator[tuple[int, int]]:
    """Ranges of words with no mark between them and no decision about them: slices of `raw`."""
    first = 0
    for index, (raw, clean) in enumerate(zip(paragraph.raw, paragraph.clean, strict=True)):
        gone = paragraph.first_word + index in decided or not clean
        if gone or _CLOSES.search(raw):
            last = index if gone else index + 1
            if last > first:
                yield first, last
            first = index + 1
    if len(paragraph.raw) > first:
        yield first, len(paragraph.raw)


def _is_proper(raw: Sequence[str], index: int, word: str) -> bool:
    opens = index == 0 or ends_sentence(raw[index - 1])
    return word not in ("I", "I'm", "I’m") and (
        (word[:1].isupper() and not opens and not word.startswith(("I'", "I’"))) or has_inner_capital(word)
    )
