"""Words → one row a unit, by a small network: embeddings and a convolution over three words.

The convolution is pooled over each unit, beside its first and last words
(Kim 2014, arXiv:1408.5882).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.layers import Floats, gelu, linear
from build_tools.attribute.tokens import Tokens

# Words of a unit that are looked at one by one: so many at its beginning and at its end.
FIRST, LAST = 4, 2
# A unit of fewer words is marked as short.
SHORT = 4


def read_units(weights: Mapping[str, Floats], tokens: Tokens, lengths: NDArray[np.int64]) -> Floats:
    """One row a unit, whatever its length; `lengths` are the words of each unit and cover all tokens."""
    marks = weights["mk.weight"]
    words = np.concatenate([weights["emb.weight"][tokens.words], marks[tokens.marks]], axis=1)
    nothing = np.zeros_like(words[:1])
    around = [np.concatenate([nothing, words[:-1]]), words, np.concatenate([words[1:], nothing])]
    seen = gelu(linear(np.concatenate(around, axis=1), weights, "conv"))
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    edges = [words[np.minimum(first + n, last)] * (lengths > n)[:, None] for n in range(FIRST)]
    edges += [words[np.maximum(last - n, first)] * (lengths > n)[:, None] for n in range(LAST)]
    size = lengths[:, None].astype(np.float32)
    features = [
        np.maximum.reduceat(seen, first),
        np.add.reduceat(seen, first) / size,
        gelu(linear(np.concatenate(edges, axis=1), weights, "edge")),
        np.log(size),
        (size < SHORT).astype(np.float32),
        marks[tokens.marks[last]],
        marks[tokens.marks[np.maximum(first - 1, 0)]],
    ]
    return gelu(linear(np.concatenate(features, axis=1), weights, "proj"))
