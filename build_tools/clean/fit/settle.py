"""Weights → what ships: small integers in one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.clean.sentence_network import Thresholds
from build_tools.packed import Arrays, as_file, as_words, in_bytes

Weights = dict[str, NDArray[np.float32]]


def settled(state: Mapping[str, Any]) -> Weights:
    """The weights of a fitted network (its `state_dict`) by name, one row for each output of a layer.

    A row holds what is put on the first word seen, then on the second, and so on.
    """
    weights: Weights = {}
    for name, value in state.items():
        array = np.asarray(value.detach().numpy(), np.float32)
        own = name.removesuffix(".weight").replace("layers.", "layer")
        weights[own] = array.transpose(0, 2, 1).reshape(len(array), -1) if array.ndim == 3 else array
    return weights


def packed(vocabulary: Iterable[str], weights: Weights, thresholds: Thresholds) -> bytes:
    """The file that ships; the same weights give the same bytes."""
    stored: Arrays = {
        "vocabulary": as_words(vocabulary),
        "thresholds": np.array(astuple(thresholds), np.float64),
    }
    for name, value in weights.items():
        stored |= {name: value.astype(np.float16)} if value.ndim == 1 else in_bytes(name, value)
    return as_file(stored)
