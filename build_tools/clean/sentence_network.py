"""Which mark follows a word, to judge by the words around it: a small network of convolutions.

Words → embeddings → a convolution over five words → residual layers that look
ever farther (dilated convolutions: Yu and Koltun 2016, arXiv:1511.07122; with
the activation before the weights: He et al. 2016, arXiv:1603.05027) → a score
for each mark. Restoring punctuation so is the method of Che et al., “Punctuation
Prediction for Unsegmented Transcript Based on Word Vector” (LREC 2016), with
more words in sight. `build_tools.clean.fit` fits the weights; data, figures
and limits are in `sentences.md`. Only numpy is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.packed import from_bytes, scaled, words_of

Floats = NDArray[np.float32]

# What may follow a word, in the order of the scores.
MARKS = ("", ",", ".", "?")
NOTHING, COMMA, STOP, QUESTION = range(len(MARKS))

# How many words the first layer sees, and how far apart are the three that each further layer sees.
WIDE = 5
DILATIONS = (1, 2, 4, 8)
# So many words on either side of a word decide what follows it.
REACH = WIDE // 2 + sum(DILATIONS)

# What stands for a word that is not in the vocabulary; 0 is nothing, before and after all words.
_FIGURE, _OTHER = 1, 2
_ENDINGS = ("ing", "ed", "ly", "er", "'s", "tion", "al", "ity", "ment", "able", "y", "s")
FIRST_WORD = 16


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which log-odds on a mark is put.

    An end: where it is `sure`, and where it is `likely` in a sentence that is far too long. A comma: where any
    mark is, and no end. A question mark: where there is an end.
    """

    sure: float
    likely: float
    comma: float
    question: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ships: a vocabulary, weights by name, and how sure is sure enough."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Odds:
    """For each of some words, in log-odds: that a sentence ends with it; if one does, that it is a question;
    that any mark follows it.
    """

    end: Floats
    question: Floats
    mark: Floats


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The weights beside this file: bytes with one scale a row, so that they stay small."""
    with files("build_tools.clean").joinpath("sentences.npz").open("rb") as file:
        return unpacked(dict(np.load(file)))


def unpacked(stored: dict[str, NDArray[Any]]) -> Fitted:
    """Weights as `fit.settle.packed` stores them; those of a layer become words seen × inputs × outputs."""
    weights: dict[str, Floats] = {}
    for name in scaled(stored):
        rows = from_bytes(stored, name)
        if name == "emb":
            weights[name] = rows
        else:
            seen = {"first": WIDE, "out": 1}.get(name, 3)
            weights[name] = np.ascontiguousarray(rows.reshape(len(rows), seen, -1).transpose(1, 2, 0))
            weights[f"{name}.bias"] = stored[f"{name}.bias"].astype(np.float32)
    return Fitted(
        {word: n for n, word in enumerate(words_of(stored["vocabulary"]), FIRST_WORD)},
        weights,
        Thresholds(*stored["thresholds"].tolist()),
    )


def encode(forms: Sequence[str], vocabulary: Mapping[str, int]) -> NDArray[np.int64]:
    """One number a word.

    >>> encode("so why 1995 zebulons".split(), {"so": 16, "why": 17}).tolist()
    [16, 17, 1, 14]
    """
    get = vocabulary.get
    return np.array([get(form) or _class_number(form) for form in forms], np.int64)


def _class_number(form: str) -> int:
    """The class of an unknown word: a figure, or what its ending makes it."""
    if form[:1].isdigit() or form[:1] in ("$", "€", "£"):
        return _FIGURE
    return next((n for n, ending in enumerate(_ENDINGS, _OTHER + 1) if form.endswith(ending)), _OTHER)


def judge(model: Fitted, forms: Sequence[str], first: int, stop: int) -> Odds:
    """What speaks for each mark after the words `first` … before `stop`; the `REACH` words around them are seen too.

    The probabilities of the marks after a word are the softmax of their scores.
    """
    low, high = max(first - REACH, 0), min(stop + REACH, len(forms))
    numbers = np.zeros(stop - first + 2 * REACH, np.int64)
    begin = low - first + REACH
    numbers[begin : begin + high - low] = encode(forms[low:high], model.vocabulary)
    nothing, comma, full_stop, question = run_network(model.weights, numbers).T
    end = np.logaddexp(full_stop, question)
    return Odds(
        end=end - np.logaddexp(nothing, comma),
        question=question - full_stop,
        mark=np.logaddexp(comma, end) - nothing,
    )


def run_network(weights: Mapping[str, Floats], numbers: NDArray[np.int64]) -> Floats:
    """Scores, words × marks, of all but the first and the last `REACH` words.

    x ← W₅e, then x ← x + W₃ max(x, 0) in each layer, then W max(x, 0); biases included.
    """
    x = _convolved(weights["emb"][numbers], weights, "first", 1)
    for n, apart in enumerate(DILATIONS):
        x = x[apart:-apart] + _convolved(np.maximum(x, 0), weights, f"layer{n}", apart)
    return _convolved(np.maximum(x, 0), weights, "out", 1)


def _convolved(x: Floats, weights: Mapping[str, Floats], name: str, apart: int) -> Floats:
    """For each row that has all its neighbours, Σ Wᵢ xᵢ + b over rows that are so far apart."""
    weight = weights[name]
    size = len(x) - (len(weight) - 1) * apart
    total: Floats = x[:size] @ weight[0]
    for n in range(1, len(weight)):
        total += x[n * apart : n * apart + size] @ weight[n]
    total += weights[f"{name}.bias"]
    return total
