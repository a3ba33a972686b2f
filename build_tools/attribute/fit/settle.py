"""Weights → what ships: small integers in one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.fit.torch_network import SpeakerNetwork
from build_tools.attribute.layers import Weights
from build_tools.packed import Arrays, as_file, as_words, in_bytes

# The largest integer that stands for a weight. The network has learnt to do with few: see `train`.
LEVELS = 15


def settled(network: SpeakerNetwork) -> dict[str, NDArray[np.float32]]:
    """The weights of a fitted network by name, its chain's weights folded into its two scores."""
    weights = {
        name.removeprefix("units."): value.detach().numpy().astype(np.float32)
        for name, value in network.state_dict().items()
    }
    host, change, bias = weights.pop("chain")
    weights["role.weight"] = weights["role.weight"] * host
    weights["role.bias"] = weights["role.bias"] * host
    weights["ch.2.weight"] = weights["ch.2.weight"] * change
    weights["ch.2.bias"] = weights["ch.2.bias"] * change + bias
    return weights


def packed(vocabulary: Iterable[str], weights: Weights, calibration: Sequence[float]) -> bytes:
    """The file that ships; the same weights give the same bytes."""
    stored: Arrays = {"vocabulary": as_words(vocabulary), "calibration": np.array(calibration, np.float64)}
    for name, value in weights.items():
        if value.ndim == 1:
            stored |= {name: value.astype(np.float16), f"{name}.scale": np.ones(1, np.float16)}
        else:
            stored |= in_bytes(name, value, LEVELS)
    return as_file(stored)
