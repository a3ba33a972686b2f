"""What the words of one talk tell of who says them there: the second look at a document.

Nobody knows beforehand who says “you know” in a talk, or “our users”. A first
guess at the speakers tells, and the words then correct the guess: naive Bayes
with its own guesses as labels (Nigam et al., “Text Classification from Labeled
and Unlabeled Documents using EM”, Machine Learning 2000).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
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


def own_words(
    said: Sequence[NDArray[np.int64]], likely: NDArray[np.float64], smoothing: float
) -> NDArray[np.float64]:
    """How well the words of each unit go with what each voice says elsewhere: units × voices.

    Each voice has a model of single hashes, smoothed with the document's own
    frequencies (as if it said `smoothing` more of them); a unit's score is the
    mean of the logarithms over its hashes, times the root of their number.
    `likely` is units × voices: who is thought to say each unit. What a unit
    itself adds to the counts is taken out again.
    """
    sizes = np.array([len(hashes) for hashes in said])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    different, flat = np.unique(np.concatenate(said), return_inverse=True)
    counts = np.bincount(flat, minlength=len(different))[flat]
    extra = smoothing * counts / len(flat)
    unit = np.repeat(np.arange(len(said)), sizes)
    _, place, times = np.unique(unit * len(different) + flat, return_inverse=True, return_counts=True)
    in_unit = times[place]  # a unit may say a word twice
    scores = np.empty(likely.shape)
    for voice, weights in enumerate(likely.T):
        here = np.repeat(weights, sizes)
        of_voice = np.bincount(flat, here, len(different))[flat]
        fits = np.log((of_voice - here * in_unit + extra) / (here.sum() + smoothing))
        scores[:, voice] = np.add.reduceat(fits, starts) / np.sqrt(sizes)
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
