"""What the words of one talk tell of who says them there: the second look at a document.

Nobody knows beforehand who says “you know” in a talk, or “our users”. A first
guess at the speakers tells, and the words then correct the guess: naive Bayes
with its own guesses as labels (Nigam et al., “Text Classification from Labeled
and Unlabeled Documents using EM”, Machine Learning 2000).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from build_tools.words import same_word_form

# Hashes stay below; a power of two.
SIZE = 1 << 18
_MARKS = "?!.…,—–-"


def unit_hashes(words: Sequence[str], units: Sequence[tuple[int, int]]) -> list[NDArray[np.int64]]:
    """For each unit the hashes of its words and pairs of words; where it begins and ends is a word too."""
    return [_hashes(words[first - 1 : last]) for first, last in units]


def _hashes(words: Sequence[str]) -> NDArray[np.int64]:
    forms = ["<", *map(same_word_form, words), _closing(words[-1])]
    return np.array([*map(_hash, forms[1:]), *(_hash(f"{a} {b}") for a, b in pairwise(forms))], np.int64)


def _closing(word: str) -> str:
    """The mark after a word, as the word that closes a unit.

    >>> _closing("why?”"), _closing("so")
    ('>?', '>')
    """
    bare = word.rstrip("\"'”’)]")
    return ">" + (bare[-1:] if bare[-1:] in _MARKS else "")


@lru_cache(maxsize=1 << 18)
def _hash(run: str) -> int:
    return zlib.crc32(run.encode("utf-8", "surrogatepass")) % SIZE


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The hashes of a talk, unit after unit, and what of them stays the same whoever says them.

    `sizes` and `starts` are units: how many hashes, and where the first stands.
    All else is hashes: which of the different ones each is, how often the talk
    has it, how often its unit.
    """

    sizes: NDArray[np.int64]
    starts: NDArray[np.int64]
    which: NDArray[np.int64]
    in_talk: NDArray[np.int64]
    in_unit: NDArray[np.int64]


def count(units: Sequence[NDArray[np.int64]]) -> Said:
    """The hashes of units (see `unit_hashes`), counted.

    >>> said = count([np.array([7, 5]), np.array([7, 7, 8])])
    >>> said.starts.tolist(), said.in_talk.tolist(), said.in_unit.tolist()
    ([0, 2], [3, 1, 3, 3, 1], [1, 1, 2, 2, 1])
    """
    sizes = np.array([len(hashes) for hashes in units])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    different, which = np.unique(np.concatenate(units), return_inverse=True)
    unit = np.repeat(np.arange(len(units)), sizes)
    _, place, times = np.unique(unit * len(different) + which, return_inverse=True, return_counts=True)
    return Said(sizes, starts, which, np.bincount(which)[which], times[place])


def own_words(said: Said, likely: NDArray[np.float64], smoothing: float) -> NDArray[np.float64]:
    """How well the words of each unit go with what each voice says elsewhere: units × voices.

    Each voice has a model of single hashes, smoothed with the document's own
    frequencies (as if it said `smoothing` more of them); a unit's score is the
    mean of the logarithms over its hashes, times the root of their number.
    `likely` is units × voices: who is thought to say each unit. What a unit
    itself adds to the counts is taken out again.
    """
    extra = smoothing * said.in_talk / len(said.which)
    scores = np.empty(likely.shape)
    for voice, weights in enumerate(likely.T):
        here = np.repeat(weights, said.sizes)
        of_voice = np.bincount(said.which, here)[said.which]
        fits = np.log((of_voice - here * said.in_unit + extra) / (here.sum() + smoothing))
        scores[:, voice] = np.add.reduceat(fits, said.starts) / np.sqrt(said.sizes)
    return scores


def levelled(
    scores: NDArray[np.float64], likely: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same scores, with none that favours a voice whoever speaks.

    From each voice's scores goes their mean over all voices' own units: the
    threshold of two classes that vary alike lies between their means.
    `weights` is how much each unit counts.
    """
    shares = likely * weights[:, None]
    means = (shares.T @ scores) / (shares.sum(0)[:, None] + 1e-6)
    return np.asarray(scores - means.mean(0))
