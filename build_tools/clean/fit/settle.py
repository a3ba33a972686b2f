"""Weights → what ships: small integers in one file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_tools.clean.sentence_network import Thresholds

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
    """A `.npz` file: each row as bytes with a scale of its own, so that 127 is its largest.

    The same weights give the same bytes.
    """
    stored: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        "thresholds": np.array(astuple(thresholds), np.float64),
    }
    for name, value in weights.items():
        if value.ndim == 1:
            stored[name] = value.astype(np.float16)
            continue
        scale = (np.abs(value).max(1, keepdims=True) / 127).astype(np.float16)
        scale[scale == 0] = 1
        stored[name] = np.rint(value / scale.astype(np.float32)).clip(-127, 127).astype(np.int8)
        stored[f"{name}.scale"] = scale
    file = io.BytesIO()
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]  # dates inside are the epoch of zip files
    return file.getvalue()
