"""The speaker networks: for each unit, how much speaks for a change of speaker and for the host.

Words → one row a unit, by a `transformer` or a small `convolution` → two layers
of gated recurrent units over the units, both ways (Cho et al. 2014,
arXiv:1406.1078) → two scores a unit. `build_tools.attribute.fit` fits the
weights; figures, data and limits are in `network.md`. Only numpy is needed here.
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

from build_tools.attribute import convolution, transformer
from build_tools.attribute.layers import Floats, linear
from build_tools.attribute.tokens import FIRST_WORD, Tokens, encode
from build_tools.packed import from_bytes, scaled, words_of

LAYERS = 2

# How each kind of network makes words into rows.
READERS = {"convolution": convolution.read_units, "transformer": transformer.read_units}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One score a unit, in log-odds: that the host says it, that another speaker begins with it."""

    host: NDArray[np.float64]
    change: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """A fitted network: its kind, one of `READERS`, and its weights by name."""

    kind: str
    weights: Mapping[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)  # known by identity, so that `judge` can be kept
class Fitted:
    """What ships: a vocabulary, the networks, and the weights of the confidence."""

    vocabulary: Mapping[str, int]
    networks: tuple[Network, ...]
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
        network, _, weight = name.partition(".")  # as “transformer-0”
        networks.setdefault(network, {})[weight] = from_bytes(stored, name)
    return Fitted(
        {word: n for n, word in enumerate(words_of(stored["vocabulary"]), FIRST_WORD)},
        tuple(Network(name.partition("-")[0], weights) for name, weights in networks.items()),
        tuple(stored["calibration"].tolist()),
    )


@lru_cache(maxsize=1)  # who takes part is asked of a talk just before who speaks
def judge(model: Fitted, words: tuple[str, ...], units: tuple[tuple[int, int], ...]) -> Judgement:
    """The scores of the units of a text: the mean over the networks."""
    tokens = encode(words, model.vocabulary)
    lengths = np.array([last - first + 1 for first, last in units], np.int64)
    # A second core makes it no quicker, waits busily, and would add numbers up in another order.
    with threadpool_limits(1, user_api="blas"):
        judged = [run_network(network, tokens, lengths) for network in model.networks]
    return Judgement(
        np.mean([one.host for one in judged], axis=0), np.mean([one.change for one in judged], axis=0)
    )


def run_network(network: Network, tokens: Tokens, lengths: NDArray[np.int64]) -> Judgement:
    """The scores of one network; `lengths` are the words of each unit, in order, and cover all tokens."""
    weights = network.weights
    x = READERS[network.kind](weights, tokens, lengths)
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
