"""Look through the raw words for what may be a name the archive knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_tools.model import Archive, Interview, Paragraph
from build_tools.propose.names import Name, bare, frequency, has_inner_capital
from build_tools.propose.sound import digits, letters_alike, likeness, sound, squash
from build_tools.words import ends_sentence, join, same_words

# As in `vocabulary`: a word this frequent is a word; alone it is never proposed.
_ORDINARY_ZIPF = 3.0
_LONGEST = 4
# How alike: with a word nobody knows; where all words are known; where all are plain.
_STRANGE, _PROPER, _PLAIN = 0.77, 0.82, 0.85
# A plain phrase is proposed only where name and sound leave little to chance.
_LEAST_LETTERS, _LEAST_SOUND = 8, 5
_CLOSES = re.compile(r"[.,;:?!…—)\"”\]][\"”’)\]]*$")
# A word that both share makes the rest of a name likelier to be misheard.
_SHARED = 0.16
_CONTEXT = 5
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an interview, with what stands before and after them."""

    slug: str
    first_word: int
    last_word: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the recogniser may have heard instead of a known name."""

    heard: str
    name: Name
    likeness: float
    count: int
    passages: tuple[Passage, ...]  # the first few
    interviews: tuple[str, ...]  # where alone it is safe; empty: everywhere


_Hit = tuple[Passage, Name, float]


class Known:
    """Names, ready to be compared with; what is like a sure one does not count as one."""

    def __init__(self, names: Iterable[Name]) -> None:
        told = tuple(names)
        every = tuple(name for name in told if name.sure)
        if len(every) < len(told):
            known = Known(every)
            every += tuple(name for name in told if not name.sure and not _is_misheard(name.written, known))
        self.by_letters = {squash(name.written): name for name in every}
        self.names = tuple(name for name in every if len(squash(name.written)) > 2)  # “AI” is like too much

    @cached_property
    def by_sound(self) -> dict[str, list[Name]]:
        """The names that sound the same, by how they sound."""
        found: dict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            found[sound(name.written)].append(name)
        return found

    def holds(self, words: Sequence[str]) -> bool:
        """Whether some of these words are a known name, or its plural, already."""
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                form = squash("".join(words[first:last]))
                name = self.by_letters.get(form) or self.by_letters.get(form.removesuffix("s"))
                if name and (last - first == len(words) or last - first == len(name.written.split())):
                    return True
        return False


def _is_misheard(name: str, known: Known) -> bool:
    words = name.split()
    return match(words, [True] * len(words), known) is not None


def match(words: Sequence[str], proper: Sequence[bool], known: Known) -> tuple[Name, float] | None:
    """The known name that words are most like, if they are no name and no plain words themselves.

    `proper` tells which words have a capital that no sentence gave them.

    >>> known = Known([Name("OpenAI", ""), Name("Sam Altman", ""), Name("DeepSeek", "")])
    >>> for heard in ("Open EI", "Sam Alman", "Tim Cook"):
    ...     found = match(heard.split(), [True, True], known)
    ...     print(found and (found[0].written, found[1]))
    ('OpenAI', 0.92)
    ('Sam Altman', 0.93)
    None
    >>> match(["deep", "seek"], [False, False], known)[0].written
    'DeepSeek'
    """
    text = " ".join(words)
    same = known.by_letters.get(squash(text))
    if same:
        return (same, 1.0) if _respelled(words, proper, same.written) else None
    strange = any(map(is_strange, words))
    if known.holds(words):
        return None
    if strange or (any(proper) and len(words) > 1):
        return _best(text, known.names, _STRANGE if strange else _PROPER)
    if any(proper) or (len(words) > 1 and len(sound(text)) >= _LEAST_SOUND):
        alike = known.by_sound.get(sound(text), ())
        return _best(text, [one for one in alike if len(one.written.split()) == len(words)], _PLAIN)
    return None


def _respelled(words: Sequence[str], proper: Sequence[bool], written: str) -> bool:
    """Whether the same letters stand here in a way an editor would put right."""
    text = " ".join(words)
    if text.casefold() == written.casefold():
        camel = has_inner_capital(written) and not written.isupper()
        return text != written and camel and len(written) > 4 and not text.isupper()
    if len(words) == 1 and not set(text) & set("-.0123456789"):
        return False
    if len(squash(text)) < 3:
        return False
    return len(squash(text)) >= _LEAST_LETTERS or any(proper) or any(map(is_strange, words))


def _best(text: str, names: Iterable[Name], least: float) -> tuple[Name, float] | None:
    found = [(alike, name) for name in names if (alike := _alike(text, name.written)) >= least]
    if not found:
        return None
    alike, name = max(found, key=lambda pair: (pair[0], pair[1].written))
    return name, round(alike, 2)


def _alike(heard: str, name: str) -> float:
    """How alike, or 0 where letters or digits tell that they differ."""
    one, other = squash(heard), squash(name)
    if abs(len(one) - len(other)) > 4 or digits(heard) != digits(name):
        return 0.0
    if one.removesuffix("s").removesuffix("e") == other.removesuffix("s").removesuffix("e"):
        return 0.0  # a plural, or its singular
    if len(other) <= 4 and (sound(heard) != sound(name) or letters_alike(one, other) < 0.6):
        return 0.0  # short names are like too much
    if sound(heard)[:1] != sound(name)[:1]:
        return 0.0
    return min(likeness(heard, name), likeness(*_apart(heard.split(), name.split())) + _SHARED)


def _apart(one: list[str], other: list[str]) -> tuple[str, str]:
    """Two texts without the words that both begin or end with.

    >>> _apart("Jensen Wang".split(), "Jensen Huang".split())
    ('Wang', 'Huang')
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return " ".join(one), " ".join(other)


def is_strange(word: str) -> bool:
    """Whether a word is none of English, nor made of English words.

    >>> [is_strange(word) for word in ("chatchipyT", "people", "doomers", "take-off", "GPT", "1999")]
    [True, False, False, False, True, False]
    """
    if not any(map(str.isalpha, word)):
        return False
    parts = [part for part in re.split(r"[-/]", word) if part]
    return any(frequency(part) < _ORDINARY_ZIPF and not _is_inflected(part) for part in parts)


def _is_inflected(word: str) -> bool:
    form = word.casefold()
    endings = ("'s", "’s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "able")
    return any(
        form.endswith(ending) and frequency(form.removesuffix(ending)) >= _ORDINARY_ZIPF + 0.5
        for ending in endings
        if len(form) > len(ending) + 2
    )


# ── through the archive ──────────────────────────────────────────────────────


def proposals(archive: Archive, known: Known, slug: str = "") -> list[Proposal]:
    """What may be misheard in the archive, or in one interview of it; the surest first."""
    found: dict[str, list[_Hit]] = defaultdict(list)
    for interview in archive.interviews:
        if slug in ("", interview.slug) and interview.kind != "article":  # nobody heard an article
            for heard, hit in _in_interview(interview, known):
                found[heard].append(hit)
    made = [_proposal(heard, hits) for heard, hits in found.items()]
    return sorted(made, key=lambda one: (-one.likeness, -one.count, one.heard))


def _proposal(heard: str, hits: Sequence[_Hit]) -> Proposal:
    _, name, alike = max(hits, key=lambda hit: hit[2])
    words = heard.split()
    everywhere = any(map(is_strange, words)) and (len(words) > 1 or frequency(heard) < _ORDINARY_ZIPF)
    slugs = () if everywhere else tuple(sorted({passage.slug for passage, _, _ in hits}))
    return Proposal(heard, name, alike, len(hits), tuple(hit[0] for hit in hits[:_SHOWN]), slugs)


def _in_interview(interview: Interview, known: Known) -> Iterator[tuple[str, _Hit]]:
    decided = {
        number
        for edit in interview.edits
        if edit.rule in ("edition", "glossary", "mojibake") and not same_words(edit.before, edit.after)
        for number in range(edit.first_word, edit.last_word + 1)
    }
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            for first, last in _stretches(paragraph, decided):
                yield from _in_stretch(interview.slug, paragraph, first, last, known)


def _stretches(paragraph: Paragraph, decided: set[int]) -> Iterator[tuple[int, int]]:
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


def _in_stretch(
    slug: str, paragraph: Paragraph, first: int, last: int, known: Known
) -> Iterator[tuple[str, _Hit]]:
    """The best matches of a stretch that do not overlap."""
    words = [bare(word) for word in paragraph.raw[first:last]]
    proper = [_is_proper(paragraph.raw, first + index, word) for index, word in enumerate(words)]
    hits: list[tuple[float, int, int, Name]] = []
    for low in range(len(words)):
        for high in range(low + 1, min(low + _LONGEST, len(words)) + 1):
            if all(words[low:high]) and (found := match(words[low:high], proper[low:high], known)):
                hits.append((found[1], low, high, found[0]))
    taken: set[int] = set()
    for alike, low, high, name in sorted(hits, key=lambda hit: (-hit[0], hit[2] - hit[1], hit[1])):
        if not taken & set(range(low, high)):
            taken |= set(range(low, high))
            passage = _passage(slug, paragraph, first + low, first + high)
            yield " ".join(words[low:high]), (passage, name, alike)


def _is_proper(raw: Sequence[str], index: int, word: str) -> bool:
    opens = index == 0 or ends_sentence(raw[index - 1])
    return word not in ("I", "I'm", "I’m") and (
        (word[:1].isupper() and not opens and not word.startswith(("I'", "I’"))) or has_inner_capital(word)
    )


def _passage(slug: str, paragraph: Paragraph, first: int, last: int) -> Passage:
    raw, number = paragraph.raw, paragraph.first_word
    return Passage(
        slug,
        number + first,
        number + last - 1,
        join(raw[max(0, first - _CONTEXT) : first]),
        join(raw[first:last]),
        join(raw[last : last + _CONTEXT]),
    )
