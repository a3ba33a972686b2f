"""The sentence network: for each unit, how much speaks for a change of speaker and for the host.

Words → embeddings → a convolution over three words, pooled over each unit,
beside its first and last words (Kim 2014, arXiv:1408.5882) → two layers of
gated recurrent units over the units, both ways (Cho et al. 2014,
arXiv:1406.1078) → two scores a unit. `build_tools.attribute.fit` fits the
weights; figures, data and limits are in `network.md`. Only numpy is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.tokens import FIRST_WORD, Tokens, encode
from build_tools.packed import from_bytes, scaled, words_of

Floats = NDArray[np.float32]

# Words of a unit that are looked at one by one: so many at its beginning and at its end.
FIRST, LAST = 4, 2
LAYERS = 2
# A unit of fewer words is marked as short.
SHORT = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """One score a unit, in log-odds: that the host says it, that another speaker begins with it."""

    host: NDArray[np.float64]
    change: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ships: a vocabulary, the weights of each network by name, and those of the confidence."""

    vocabulary: Mapping[str, int]
    networks: tuple[Mapping[str, Floats], ...]
    calibration: tuple[float, ...]  # see `confidence`


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The weights beside this file: bytes with one scale a row, so that they stay small."""
    with files("build_tools.attribute").joinpath("network.npz").open("rb") as file:
        return unpacked(dict(np.load(file)))


def unpacked(stored: dict[str, NDArray[Any]]) -> Fitted:
    """Weights as `fit.settle.packed` stores them."""
    networks: dict[str, dict[str, Floats]] = {}
    for name in scaled(stored):
        network, _, weight = name.partition(".")
        networks.setdefault(network, {})[weight] = from_bytes(stored, name)
    return Fitted(
        {word: n for n, word in enumerate(words_of(stored["vocabulary"]), FIRST_WORD)},
        tuple(networks.values()),
        tuple(stored["calibration"].tolist()),
    )


def judge(model: Fitted, words: Sequence[str], units: Sequence[tuple[int, int]]) -> Judgement:
    """The scores of the units of a text: the mean over the networks."""
    tokens = encode(words, model.vocabulary)
    lengths = np.array([last - first + 1 for first, last in units], np.int64)
    judged = [run_network(weights, tokens, lengths) for weights in model.networks]
    return Judgement(
        np.mean([one.host for one in judged], axis=0), np.mean([one.change for one in judged], axis=0)
    )


def run_network(weights: Mapping[str, Floats], tokens: Tokens, lengths: NDArray[np.int64]) -> Judgement:
    """The scores of one network; `lengths` are the words of each unit, in order, and cover all tokens."""
    x = encode_units(weights, tokens, lengths)
    for layer in range(LAYERS):
        x = np.concatenate(
            [
                gated_recurrent(x, weights, f"gru.{{}}_l{layer}"),
                gated_recurrent(x[::-1], weights, f"gru.{{}}_l{layer}_reverse")[::-1],
            ],
            axis=1,
        )
    host = _linear(x, weights, "role")[:, 0]
    before = np.concatenate([np.zeros_like(x[:1]), x[:-1]])
    pair = np.concatenate([x, before], axis=1)
    change = _linear(np.maximum(_linear(pair, weights, "ch.0"), 0), weights, "ch.2")[:, 0]
    return Judgement(host.astype(np.float64), change.astype(np.float64))


def encode_units(weights: Mapping[str, Floats], tokens: Tokens, lengths: NDArray[np.int64]) -> Floats:
    """One row a unit, whatever its length."""
    marks = weights["mk.weight"]
    words = np.concatenate([weights["emb.weight"][tokens.words], marks[tokens.marks]], axis=1)
    nothing = np.zeros_like(words[:1])
    around = [np.concatenate([nothing, words[:-1]]), words, np.concatenate([words[1:], nothing])]
    seen = gelu(_linear(np.concatenate(around, axis=1), weights, "conv"))
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    edges = [words[np.minimum(first + n, last)] * (lengths > n)[:, None] for n in range(FIRST)]
    edges += [words[np.maximum(last - n, first)] * (lengths > n)[:, None] for n in range(LAST)]
    size = lengths[:, None].astype(np.float32)
    features = [
        np.maximum.reduceat(seen, first),
        np.add.reduceat(seen, first) / size,
        gelu(_linear(np.concatenate(edges, axis=1), weights, "edge")),
        np.log(size),
        (size < SHORT).astype(np.float32),
        marks[tokens.marks[last]],
        marks[tokens.marks[np.maximum(first - 1, 0)]],
    ]
    return gelu(_linear(np.concatenate(features, axis=1), weights, "proj"))


def gated_recurrent(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    """One direction of one layer, from the first row to the last.

    r = σ(Wᵣx + Uᵣh), z = σ(W_z x + U_z h), n = tanh(Wₙx + r ∘ Uₙh), h ← (1 − z) ∘ n + z ∘ h,
    biases included; the three stand in this order in the weights.
    """
    u, bias = weights[name.format("weight_hh")].T, weights[name.format("bias_hh")]
    inputs = x @ weights[name.format("weight_ih")].T + weights[name.format("bias_ih")]
    size = len(u)
    h = np.zeros(size, np.float32)
    states = np.empty((len(x), size), np.float32)
    for n, row in enumerate(inputs):
        kept = h @ u + bias
        gates = 1 / (1 + np.exp(-np.clip(row[: 2 * size] + kept[: 2 * size], -30, 30)))
        new = np.tanh(row[2 * size :] + gates[:size] * kept[2 * size :])
        h = new + gates[size:] * (h - new)
        states[n] = h
    return states


def gelu(x: Floats) -> Floats:
    """x·Φ(x), by its tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415)."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978846 * (x + 0.044715 * x * x * x))), np.float32)


def _linear(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    return np.asarray(x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"], np.float32)
