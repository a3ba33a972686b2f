"""How right an attribution is, how sure, and whether it knows which.

Every score is taken over *stretches*: runs of words that one person says and
that were given to one. Scores are sums over their words, so cutting a stretch
in two changes none. Words of which nobody knows who says them are left out.

Where there is nothing to get right (no words, no changes), a score is 1. Scores
of confidence leave out words given to nobody: they claim nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, permutations
from statistics import correlation, fmean

from build_tools.model import Attribution

BINS = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many words, one after another, who says them, and to whom they were given.

    `sure` is false where the attribution is below the threshold.
    """

    words: int
    said_by: str
    given_to: str
    confidence: float = 1.0
    sure: bool = True

    @property
    def right(self) -> bool:
        return self.said_by == self.given_to


def line_up(
    said_by: Sequence[str], given: Iterable[Attribution], label: Callable[[Attribution], str]
) -> list[Stretch]:
    """Who says each word beside whom it was given to; `label` tells one from another.

    Raises `ValueError` where an attribution leaves words out, or gives them twice.
    """
    slots: list[tuple[str, float, bool]] = []
    for one in given:
        if one.first_word != len(slots) + 1 or one.last_word < one.first_word:
            raise ValueError(f"words {one.first_word} to {one.last_word} were given after word {len(slots)}")
        slots += [(label(one), one.confidence, not one.uncertain)] * (one.last_word - len(slots))
    if len(slots) != len(said_by):
        raise ValueError(f"{len(slots)} words were given to somebody, of {len(said_by)}")
    rows = ((who, *slot) for who, slot in zip(said_by, slots, strict=True) if who)
    return [
        Stretch(sum(1 for _ in group), who, to, confidence, sure)
        for (who, to, confidence, sure), group in groupby(rows)
    ]


def _share(some: float, of: float) -> float:
    return some / of if of else 1.0


def words_in(stretches: Iterable[Stretch]) -> int:
    """How many words there are in all."""
    return sum(one.words for one in stretches)


def words_right(stretches: Iterable[Stretch]) -> float:
    """Words given to whoever says them, of all words.

    >>> words_right([Stretch(3, "host", "host"), Stretch(1, "guest", "host")])
    0.75
    """
    stretches = list(stretches)
    return _share(words_in(one for one in stretches if one.right), words_in(stretches))


def balanced(stretches: Iterable[Stretch]) -> float:
    """Words right of each speaker's own, then the mean over speakers (macro-averaged recall).

    >>> balanced([Stretch(3, "host", "host"), Stretch(1, "guest", "host")])
    0.5
    """
    own: dict[str, list[Stretch]] = {}
    for one in stretches:
        own.setdefault(one.said_by, []).append(one)
    return fmean(map(words_right, own.values())) if own else 1.0


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Changes of speaker: how many there are, how many were said, how many of those are right."""

    true: int
    said: int
    right: int

    @property
    def precision(self) -> float:
        """right / said; 0 where none was said of those there are."""
        return _share(self.right, self.said) if self.said or not self.true else 0.0

    @property
    def recall(self) -> float:
        """right / true"""
        return _share(self.right, self.true)

    @property
    def f1(self) -> float:
        """2 · right / (true + said), the harmonic mean of both."""
        return _share(2 * self.right, self.true + self.said)


def boundaries(stretches: Iterable[Stretch]) -> Boundaries:
    """Exact changes: one before word n is right only where one is said before word n.

    >>> boundaries([Stretch(3, "a", "a"), Stretch(1, "a", "b"), Stretch(4, "b", "b"), Stretch(2, "a", "a")])
    Boundaries(true=2, said=2, right=1)
    """
    pairs = list(pairwise(stretches))
    true = [before.said_by != after.said_by for before, after in pairs]
    said = [before.given_to != after.given_to for before, after in pairs]
    return Boundaries(sum(true), sum(said), sum(a and b for a, b in zip(true, said, strict=True)))


def best_mapping(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches with labels exchanged for speakers, each for another, so that most words are right.

    For few labels (two roles): all mappings are tried. "" stands for nobody and stays.

    >>> best_mapping([Stretch(3, "Jane", "host"), Stretch(1, "Jane", "guest"), Stretch(2, "John", "guest")])[0]
    Stretch(words=3, said_by='Jane', given_to='Jane', confidence=1.0, sure=True)
    """
    together: Counter[tuple[str, str]] = Counter()
    for one in stretches:
        together[one.given_to, one.said_by] += one.words
    labels = sorted({one.given_to for one in stretches} - {""})
    speakers = sorted({one.said_by for one in stretches})
    spare = [f"nobody {n}" for n in range(len(labels))]  # there may be more labels than speakers

    def fit(chosen: Iterable[str]) -> int:
        return sum(together[pair] for pair in zip(labels, chosen, strict=True))

    best = max(permutations([*speakers, *spare], len(labels)), key=fit)
    names: Mapping[str, str] = {"": "", **dict(zip(labels, best, strict=True))}
    return [replace(one, given_to=names[one.given_to]) for one in stretches]


@dataclass(frozen=True, slots=True)
class Bin:
    """Words whose confidence lies between `low` and `high`: their mean confidence, and how many are right."""

    low: float
    high: float
    words: int
    confidence: float
    right: float


def _claims(stretches: Iterable[Stretch]) -> list[Stretch]:
    return [one for one in stretches if one.given_to]


def reliability(stretches: Iterable[Stretch], bins: int = BINS) -> list[Bin]:
    """Words by their confidence, in bins of equal width; a bin holds its lower edge, the last both.

    >>> reliability([Stretch(3, "a", "a", 1.0), Stretch(1, "a", "b", 1.0)])
    [Bin(low=0.9, high=1.0, words=4, confidence=1.0, right=0.75)]
    """
    filled: dict[int, list[Stretch]] = {}
    for one in _claims(stretches):
        filled.setdefault(min(int(one.confidence * bins), bins - 1), []).append(one)
    return [_bin(number, bins, filled[number]) for number in sorted(filled)]


def _bin(number: int, bins: int, own: Sequence[Stretch]) -> Bin:
    return Bin(number / bins, (number + 1) / bins, words_in(own), mean_confidence(own), words_right(own))


def mean_confidence(stretches: Iterable[Stretch]) -> float:
    """The share of words expected to be right."""
    stretches = list(stretches)
    return _share(sum(one.words * one.confidence for one in stretches), words_in(stretches))


def calibration_error(stretches: Iterable[Stretch], bins: int = BINS) -> float:
    """Expected calibration error, Σ_b (words_b / words) · |right_b − confidence_b|.

    Guo, Pleiss, Sun, Weinberger, “On Calibration of Modern Neural Networks” (ICML 2017).

    >>> round(calibration_error([Stretch(3, "a", "a", 0.95), Stretch(1, "a", "b", 1.0)]), 4)
    0.2125
    """
    found = reliability(stretches, bins)
    words = sum(one.words for one in found)
    return sum(one.words * abs(one.right - one.confidence) for one in found) / words if words else 0.0


def right_of_surest(stretches: Iterable[Stretch], share: float) -> float:
    """Words right among that share of all words that is surest.

    Where words of equal confidence would be parted, they count by their mean.

    >>> right_of_surest([Stretch(3, "a", "a", 0.9), Stretch(1, "a", "b", 0.5)], 0.5)
    1.0
    """
    by_confidence: dict[float, list[Stretch]] = {}
    for one in _claims(stretches):
        by_confidence.setdefault(one.confidence, []).append(one)
    wanted = share * sum(map(words_in, by_confidence.values()))
    left, right = wanted, 0.0
    for confidence in sorted(by_confidence, reverse=True):
        taken = min(left, words_in(by_confidence[confidence]))
        right += taken * words_right(by_confidence[confidence])
        left -= taken
    return _share(right, wanted)


@dataclass(frozen=True, slots=True)
class Named:
    """The share of words published under a name (sure, and given to somebody), and how many of them are right."""

    share: float
    right: float


def named(stretches: Iterable[Stretch]) -> Named:
    """What a page would say without “Unknown” or “(?)”.

    >>> named([Stretch(3, "a", "a"), Stretch(1, "a", "b", 0.6, sure=False)])
    Named(share=0.75, right=1.0)
    """
    stretches = list(stretches)
    own = [one for one in _claims(stretches) if one.sure]
    return Named(words_in(own) / words_in(stretches) if stretches else 0.0, words_right(own))


def foretold(talks: Iterable[Sequence[Stretch]]) -> float:
    """How well the mean confidence of a talk foretells its words right: Pearson's correlation.

    0 where either is the same for all.
    """
    pairs = [(mean_confidence(one), words_right(one)) for one in map(_claims, talks)]
    sure, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(set(sure)) < 2 or len(set(right)) < 2:
        return 0.0
    return correlation(sure, right)
