"""Weights in one file: each row of a matrix as small integers with a scale of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
_SCALE = ".scale"


def in_bytes(name: str, matrix: NDArray[np.float32], most: int = 127) -> Arrays:
    """A matrix as it is stored: under its name integers up to `most`, beside it the scale of each row.

    The fewer there are, the smaller they are once the file is compressed.

    >>> stored = in_bytes("w", np.array([[1, -2], [0, 0]], np.float32))
    >>> stored["w"].tolist(), from_bytes(stored, "w").round().tolist()
    ([[64, -127], [0, 0]], [[1.0, -2.0], [0.0, 0.0]])
    """
    scale = (np.abs(matrix).max(1, keepdims=True) / most).astype(np.float16)
    scale = np.maximum(scale, np.finfo(np.float16).tiny)
    rows = np.clip(np.rint(matrix / scale.astype(np.float32)), -most, most)
    return {name: rows.astype(np.int8), name + _SCALE: scale}


def from_bytes(stored: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """A matrix that `in_bytes` stored."""
    return stored[name].astype(np.float32) * stored[name + _SCALE].astype(np.float32)


def scaled(stored: Iterable[str]) -> list[str]:
    """The names of what is stored with a scale."""
    return [name.removesuffix(_SCALE) for name in stored if name.endswith(_SCALE)]


def as_words(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words as they are stored; `words_of` reads them."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def words_of(stored: NDArray[Any]) -> list[str]:
    """The words that `as_words` stored."""
    return bytes(stored).decode().split("\n")


def as_file(stored: Arrays) -> bytes:
    """A `.npz` file; the same arrays give the same bytes."""
    file = io.BytesIO()
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]  # dates inside are the epoch of zip files
    return file.getvalue()
