"""Look through the raw words for what may be a name the archive knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap

from build_tools.model import Archive
from build_tools.propose.match import ORDINARY_ZIPF, RARE_ZIPF, Known, Match, is_strange, matches, names_in
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
    made = [_proposal(heard, hits) for heard, hits in found.items() if not _is_meant(heard, hits)]
    return sorted(made, key=lambda one: (-one.likeness, -one.count, one.heard))


def _is_meant(heard: str, hits: Sequence[_Hit]) -> bool:
    """Whether a form that English knows, if hardly, is said too often to be misheard."""
    alike = max(match.likeness for _, match in hits)
    rare = all(frequency(word) >= RARE_ZIPF for word in heard.split())
    return alike < 1 and rare and len(hits) > OFTEN * len({stretch.slug for stretch, _ in hits})


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


def unknown_words(archive: Archive, known: Known, proposed: Iterable[Proposal]) -> list[Passage]:
    """Words that neither English nor the archive knows: misheard, or names to tell the archive."""
    told = {(p.slug, n) for one in proposed for p in one.passages for n in range(p.first_word, p.last_word + 1)}
    found: dict[str, Passage] = {}
    for interview in archive.interviews:
        for stretch in stretches(interview) if interview.kind != "article" else ():
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
