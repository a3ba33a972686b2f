"""What the network is made of: a linear map, and what bends it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# By name, as torch names them.
Weights = Mapping[str, Floats]


def linear(x: Floats, weights: Weights, name: str) -> Floats:
    """xAᵀ + b, row by row, with the weights of this name."""
    return linear_map(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def linear_map(x: Floats, matrix: Floats, bias: Floats) -> Floats:
    """xAᵀ + b, row by row."""
    rows = x @ matrix.T
    rows += bias
    return np.asarray(rows, np.float32)


def gelu(x: Floats) -> Floats:
    """x·Φ(x), by its tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415).

    x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), worked out in one array, since it is large.
    """
    bent = np.square(x)
    bent *= 0.7978846 * 0.044715
    bent += 0.7978846
    bent *= x
    np.tanh(bent, out=bent)
    bent += 1
    bent *= x
    bent *= 0.5
    return bent
