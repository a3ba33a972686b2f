"""The speaker network: for each unit, how much speaks for a change of speaker and for the host.

Words → one row a unit, by a `transformer` → two layers of gated recurrent units
over the units, both ways (Cho et al. 2014, arXiv:1406.1078) → two scores a unit.
`build_tools.attribute.fit` fits the weights; figures, data and limits are in
`network.md`. Only numpy is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from build_tools.attribute.layers import Floats, Weights, linear
from build_tools.attribute.tokens import FIRST_WORD, Tokens, encode
from build_tools.attribute.transformer import read_units
from build_tools.packed import from_bytes, scaled, words_of

LAYERS = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """One score a unit, in log-odds: that the host says it, that another speaker begins with it."""

    host: NDArray[np.float64]
    change: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)  # known by identity, so that `judge` can be kept
class Fitted:
    """What ships: a vocabulary, the network's weights by name, and those of the confidence."""

    vocabulary: Mapping[str, int]
    weights: Weights
    calibration: tuple[float, ...]  # see `confidence`


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The weights beside this file: bytes with one scale a row, so that they stay small."""
    with files("build_tools.attribute").joinpath("network.npz").open("rb") as file:
        return unpacked(dict(np.load(file)))


def unpacked(stored: dict[str, NDArray[Any]]) -> Fitted:
    """Weights as `fit.settle.packed` stores them."""
    return Fitted(
        {word: n for n, word in enumerate(words_of(stored["vocabulary"]), FIRST_WORD)},
        {name: from_bytes(stored, name) for name in scaled(stored)},
        tuple(stored["calibration"].tolist()),
    )


@lru_cache(maxsize=1)  # who takes part is asked of a talk just before who speaks
def judge(model: Fitted, words: tuple[str, ...], units: tuple[tuple[int, int], ...]) -> Judgement:
    """The scores of the units of a text."""
    tokens = encode(words, model.vocabulary)
    lengths = np.array([last - first + 1 for first, last in units], np.int64)
    # A second core saves a quarter of the time for two fifths more work; another build beside it pays for that.
    with threadpool_limits(1, user_api="blas"):
        return run_network(model.weights, tokens, lengths)


def run_network(weights: Weights, tokens: Tokens, lengths: NDArray[np.int64]) -> Judgement:
    """The scores of units; `lengths` are the words of each, in order, and cover all tokens."""
    x = read_units(weights, tokens, lengths)
    for layer in range(LAYERS):
        x = np.concatenate(
            [
                gated_recurrent(x, weights, f"gru.{{}}_l{layer}"),
                gated_recurrent(x[::-1], weights, f"gru.{{}}_l{layer}_reverse")[::-1],
            ],
            axis=1,
        )
    host = linear(x, weights, "role")[:, 0]
    before = np.concatenate([np.zeros_like(x[:1]), x[:-1]])
    pair = np.concatenate([x, before], axis=1)
    change = linear(np.maximum(linear(pair, weights, "ch.0"), 0), weights, "ch.2")[:, 0]
    return Judgement(host.astype(np.float64), change.astype(np.float64))


def gated_recurrent(x: Floats, weights: Weights, name: str) -> Floats:
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
