"""Weights → what ships: small integers in one file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.fit.torch_network import SpeakerNetwork

Weights = dict[str, NDArray[np.float32]]


def settled(network: SpeakerNetwork) -> Weights:
    """The weights of a fitted network by name, its chain's weights folded into its two scores."""
    weights = {
        name: value.detach().numpy().astype(np.float32) for name, value in network.state_dict().items()
    }
    host, change, bias = weights.pop("chain")
    weights["role.weight"] = weights["role.weight"] * host
    weights["role.bias"] = weights["role.bias"] * host
    weights["ch.2.weight"] = weights["ch.2.weight"] * change
    weights["ch.2.bias"] = weights["ch.2.bias"] * change + bias
    return weights


def packed(vocabulary: Iterable[str], networks: Sequence[Weights], calibration: Sequence[float]) -> bytes:
    """A `.npz` file: each row of a matrix as bytes with a scale of its own, so that 127 is its largest.

    The same weights give the same bytes.
    """
    stored: dict[str, NDArray[np.generic]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        "calibration": np.array(calibration, np.float64),
    }
    for number, weights in enumerate(networks):
        for name, value in weights.items():
            stored |= _in_bytes(f"{number}.{name}", value)
    file = io.BytesIO()
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]  # dates inside are the epoch of zip files
    return file.getvalue()


def _in_bytes(name: str, value: NDArray[np.float32]) -> Mapping[str, NDArray[np.generic]]:
    if value.ndim == 1:
        return {name: value.astype(np.float16), name + ".scale": np.ones(1, np.float16)}
    scale = (np.abs(value).max(1, keepdims=True) / 127).astype(np.float16)
    scale = np.maximum(scale, np.finfo(np.float16).tiny)
    return {
        name: np.clip(np.rint(value / scale.astype(np.float32)), -127, 127).astype(np.int8),
        name + ".scale": scale,
    }
