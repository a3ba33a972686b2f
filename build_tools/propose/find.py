"""Look through the raw words for what may be a name the archive knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap

from build_tools.model import Archive
from build_tools.propose.match import ORDINARY_ZIPF, Known, Match, is_strange, matches, names_in
from build_tools.propose.names import Name, frequency
from build_tools.propose.place import by_place
from build_tools.propose.stretch import Stretch, stretches
from build_tools.words import join

_CONTEXT = 5


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
    said = [
        stretch
        for interview in archive.interviews
        if interview.kind != "article"  # nobody heard an article
        for stretch in stretches(interview)
    ]
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
    made = [_proposal(heard, hits) for heard, hits in found.items()]
    return sorted(made, key=lambda one: (-one.likeness, -one.count, one.heard))


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
