"""Cut what was said into what is read: long turns into paragraphs, talks into chapters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from build_tools.model import Attribution, Chapter, Edit, Heading, Paragraph, Turn
from build_tools.words import ends_sentence

# Words in a paragraph that reads well on a page and quotes well from it.
_IDEAL, _MOST = 80, 140

# A sentence that opens so often opens a thought.
_OPENER = re.compile(
    r"^[“\"]?(?:So|But|And so|Now|Well|Okay|Look|Then|First|Second|Third|Finally|Also|However|"
    r"On the|In the|At the|If you|When|The other|The second|One|Another|For example|Let)\b"
)
_OPENER_BONUS = 0.12


def cut_paragraphs(slots: Sequence[str], openings: Iterable[int], held: Iterable[int]) -> list[int]:
    """Where paragraphs begin, as indexes into `slots`; the first is 0.

    `openings` are the indexes at which an editor or the source begins one;
    what lies between them is cut at ends of sentences into pieces of about
    80 words where it is longer than 140. `held` are indexes that must not
    begin a paragraph, because one edit holds them to the word before.

    Of all ways to cut, the one with the least squared deviation from the
    ideal length is taken (the idea of Knuth and Plass 1981, "Breaking
    paragraphs into lines", on sentences).
    """
    held = frozenset(held)
    marks = [0, *sorted(set(openings) - {0} - held), len(slots)]
    starts: list[int] = []
    for begin, end in itertools.pairwise(marks):
        starts += _cut(slots, begin, end, held)
    return starts


def _cut(slots: Sequence[str], begin: int, end: int, held: frozenset[int]) -> list[int]:
    if sum(map(bool, slots[begin:end])) <= _MOST:
        return [begin]
    breaks = [begin, *_sentence_starts(slots, begin, end, held), end]
    words_before = [0]
    for slot in slots[begin:end]:
        words_before.append(words_before[-1] + bool(slot))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for here in range(1, len(breaks)):
        options = []
        for back in range(here - 1, -1, -1):
            length = words_before[breaks[here] - begin] - words_before[breaks[back] - begin]
            options.append((best[back][0] + _cost(length) - _bonus(slots, breaks[back]), back))
            if length > 2 * _MOST:
                break
        best.append(min(options))
    cuts, here = [], len(breaks) - 1
    while here > 0:
        here = best[here][1]
        cuts.append(breaks[here])
    return cuts[::-1]


def _sentence_starts(slots: Sequence[str], begin: int, end: int, held: frozenset[int]) -> Iterator[int]:
    """Indexes of words that follow the end of a sentence, where a paragraph may begin."""
    before = slots[begin]
    for index in range(begin + 1, end):
        if slots[index]:
            if index not in held and ends_sentence(before):
                yield index
            before = slots[index]


def _cost(length: int) -> float:
    return ((length - _IDEAL) / _IDEAL) ** 2


def _bonus(slots: Sequence[str], index: int) -> float:
    opening = " ".join(slot for slot in slots[index : index + 3] if slot)
    return _OPENER_BONUS if _OPENER.match(opening) else 0.0


def make_chapters(headings: Sequence[Heading], count: int) -> tuple[Chapter, ...]:
    """Chapters from the headings before their first words; `count` words in all.

    >>> [(c.title, c.first_word, c.last_word) for c in make_chapters([Heading(1, "A"), Heading(5, "B")], 9)]
    [('A', 1, 4), ('B', 5, 9)]
    """
    ends = [*(heading.first_word - 1 for heading in headings[1:]), count][: len(headings)]
    return tuple(
        Chapter(heading.title, heading.first_word, end, heading.topics)
        for heading, end in zip(headings, ends, strict=True)
    )


def cut_turn(
    given: Attribution,
    words: Sequence[str],
    cleaned: Sequence[str],
    edits: Iterable[Edit],
    headings: Iterable[Heading],
) -> Turn:
    """A turn with its paragraphs: the words given to a speaker, raw and cleaned."""
    first = given.first_word
    inside = [edit for edit in edits if first <= edit.first_word <= given.last_word]
    held = {n - first for e in inside for n in range(e.first_word + 1, e.last_word + 1)}
    openings = {word - first for word in given.openings}
    openings |= {h.first_word - first for h in headings if first < h.first_word <= given.last_word}
    starts = cut_paragraphs(cleaned, openings, held)
    paragraphs = tuple(
        Paragraph(
            first_word=first + start,
            raw=tuple(words[first + start - 1 : first + end - 1]),
            clean=tuple(cleaned[start:end]),
            run_in=start == 0 and first > 1 and first not in given.openings,
        )
        for start, end in zip(starts, [*starts[1:], len(cleaned)], strict=True)
    )
    return Turn(
        speaker=given.speaker,
        role=given.role,
        paragraphs=paragraphs,
        uncertain=given.uncertain,
        inferred=given.inferred,
        confidence=given.confidence,
    )
