"""Look through the raw words for what may be a name the archive knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap

from build_tools.model import Archive
from build_tools.propose.known import Known
from build_tools.propose.match import ORDINARY_ZIPF, RARE_ZIPF, Match, is_strange, matches, names_in
from build_tools.propose.names import Name, frequency
from build_tools.propose.place import OFTEN, by_place
from build_tools.propose.stretch import Stretch, stretches
from build_tools.words import join

_CONTEXT = 5
_UNKNOWN_ZIPF = 1.2
_NOBODY = Name("", "")


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
    passages: tuple[Passage, ...]
    interviews: tuple[str, ...]  # where alone it is safe; empty: everywhere

    @property
    def count(self) -> int:
        return len(self.passages)


_Hit = tuple[Stretch, Match]


def proposals(archive: Archive, known: Known, slug: str = "") -> list[Proposal]:
    """What may be misheard in the archive, or in one interview of it; the surest first."""
    said = list(_said(archive))
    named = [list(names_in(stretch, known)) for stretch in said]
    there = _there(said, named)
    here = {one: known.at(one, there[one]) for one in dict.fromkeys(stretch.slug for stretch in said)}
    certain = [matches(stretch, here[stretch.slug]) for stretch in said]
    likely = by_place(said, named, certain, here)
    found: dict[str, list[_Hit]] = defaultdict(list)
    for stretch, sure, less in zip(said, certain, likely, strict=True):
        if slug in ("", stretch.slug):
            for one in (*sure, *less):
                found[" ".join(stretch.words[one.low : one.high])].append((stretch, one))
    counts = Counter((heard.casefold(), stretch.slug) for heard, hits in found.items() for stretch, _ in hits)
    meant = {heard for (heard, _), count in counts.items() if count > OFTEN and _is_english(heard)}
    made = [
        _proposal(heard, hits)
        for heard, hits in found.items()
        if heard.casefold() not in meant or _is_respelled(hits[0][1])
    ]
    return sorted(made, key=lambda one: (-one.likeness, -one.count, one.heard))


def _said(archive: Archive) -> Iterator[Stretch]:
    for interview in archive.interviews:
        if interview.kind != "article":  # nobody heard an article
            yield from stretches(interview)


def _is_english(heard: str) -> bool:
    """Whether English knows all these words, if hardly: what is said often, then, was meant."""
    return all(frequency(word) >= RARE_ZIPF for word in heard.split())


def _is_respelled(match: Match) -> bool:
    """Whether the letters are those of a name that an editor has told the archive."""
    return match.likeness == 1 and not match.name.slugs and match.name.sure


def _there(said: Iterable[Stretch], named: Iterable[Iterable[Match]]) -> dict[str, set[Name]]:
    """The names that stand in each interview as they should."""
    there: dict[str, set[Name]] = defaultdict(set)
    for stretch, names in zip(said, named, strict=True):
        there[stretch.slug].update(match.name for match in names)
    return there


def _proposal(heard: str, hits: Sequence[_Hit]) -> Proposal:
    best = max((match for _, match in hits), key=lambda match: match.likeness)
    words = heard.split()
    everywhere = any(map(is_strange, words)) and (len(words) > 1 or frequency(heard) < ORDINARY_ZIPF)
    slugs = () if everywhere else tuple(sorted({stretch.slug for stretch, _ in hits}))
    return Proposal(heard, best.name, best.likeness, tuple(starmap(_passage, hits)), slugs)


def unknown_words(
    archive: Archive, known: Known, proposed: Iterable[Proposal], slug: str = ""
) -> list[Passage]:
    """Words that neither English nor the archive knows, each where it stands first."""
    told = {
        (p.slug, n) for one in proposed for p in one.passages for n in range(p.first_word, p.last_word + 1)
    }
    found: dict[str, Passage] = {}
    for stretch in _said(archive):
        if slug in ("", stretch.slug):
            for index, word in enumerate(stretch.words):
                number = stretch.paragraph.first_word + stretch.first + index
                if (stretch.slug, number) not in told and _is_unknown(word, known):
                    found.setdefault(word.casefold(), _passage(stretch, Match(index, index + 1, _NOBODY, 0)))
    return list(found.values())


def _is_unknown(word: str, known: Known) -> bool:
    letters = word.replace("-", "").replace("'", "").replace("’", "")
    if not letters.isalpha() or frequency(word) >= _UNKNOWN_ZIPF or not is_strange(word):
        return False
    return not known.holds([word])


def _passage(stretch: Stretch, match: Match) -> Passage:
    raw, number = stretch.paragraph.raw, stretch.paragraph.first_word
    first, last = stretch.first + match.low, stretch.first + match.high
    return Passage(
        stretch.slug,
        number + first,
        number + last - 1,
        join(raw[max(0, first - _CONTEXT) : first]),
        join(raw[first:last]),
        join(raw[last : last + _CONTEXT]),
    )
