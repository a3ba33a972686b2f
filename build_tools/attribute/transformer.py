"""Words → one row a unit, by a transformer: what a sentence says, read beside those around it.

Three layers of attention (Vaswani et al. 2017, arXiv:1706.03762; as BERT has
them, Devlin et al. 2019, arXiv:1810.04805) over the words and marks of a block
of units. They began as the first three of all-MiniLM-L6-v2 and were fitted
on; see `network.md`. The last layer is asked only for the first and the last
token of each unit, for about a quarter of the cost of asking for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.layers import Floats, gelu, linear, linear_map
from build_tools.attribute.tokens import MARKS, Tokens

DEPTH, HEADS = 3, 12
# Tokens that are read beside each other, at most; units are not cut.
BLOCK = 128
# Blocks that are reckoned at a time: more cost memory, fewer time.
SHELF = 4
# As BERT has it: keeps a row that never varies from being divided by nothing.
_TINY = np.float32(1e-12)
# Added to the score of what is not there.
_NOT_REAL = np.float32(-1e9)


def read_units(weights: Mapping[str, Floats], tokens: Tokens, lengths: NDArray[np.int64]) -> Floats:
    """One row a unit, whatever its length; `lengths` are the words of each unit and cover all tokens."""
    numbers, sizes = token_stream(tokens, lengths, len(weights["emb.weight"]))
    seen, ends = zip(*_read_blocks(weights, numbers, sizes), strict=True)
    inside = np.concatenate(seen)
    starts = np.cumsum(sizes) - sizes
    features = [
        np.add.reduceat(inside, starts) / sizes[:, None].astype(np.float32),
        np.maximum.reduceat(inside, starts),
        np.concatenate(ends).reshape(len(lengths), -1),
    ]
    rows = gelu(linear(np.concatenate(features, axis=1), weights, "pool"))
    return np.concatenate([rows, np.log(lengths[:, None].astype(np.float32))], axis=1)


def token_stream(
    tokens: Tokens, lengths: NDArray[np.int64], rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words and, each after its word, marks, as rows of a table of so many; and how many each unit has.

    >>> tokens = Tokens(np.array([20, 21, 22]), np.array([0, 2, 1]))
    >>> numbers, sizes = token_stream(tokens, np.array([2, 1]), 40)
    >>> numbers.tolist(), sizes.tolist()
    ([20, 21, 34, 22, 33], [3, 2])
    """
    marked = tokens.marks > 0
    ends = np.cumsum(1 + marked)
    numbers = np.empty(ends[-1], np.int64)
    numbers[ends - 1 - marked] = tokens.words
    numbers[ends[marked] - 1] = rows - MARKS + tokens.marks[marked]
    return numbers, np.diff(ends[np.cumsum(lengths) - 1], prepend=0)


def cut_blocks(sizes: NDArray[np.int64], openings: Collection[int] = ()) -> list[NDArray[np.int64]]:
    """The sizes of units block by block: as many as fit, and none across a unit that opens a text.

    >>> [own.tolist() for own in cut_blocks(np.array([60, 60, 60, 200, 5]), openings={1})]
    [[60], [60, 60], [200], [5]]
    """
    edges: list[int] = []
    tokens = 0
    for unit, size in enumerate(sizes.tolist()):
        if unit and (unit in openings or tokens + size > BLOCK):
            edges.append(unit)
            tokens = 0
        tokens += size
    return np.split(sizes, edges)


def _read_blocks(
    weights: Mapping[str, Floats], numbers: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[Floats, Floats]]:
    """The rows of all tokens before the last layer, and of units' ends after it, some blocks at a time."""
    blocks = cut_blocks(sizes)
    start = 0
    for n in range(0, len(blocks), SHELF):
        shelf = blocks[n : n + SHELF]
        tokens, ends = lay_out([own.sum() for own in shelf]), lay_out([2 * len(own) for own in shelf])
        places = np.minimum(np.nonzero(tokens.real)[1], BLOCK - 1)  # a single unit may be longer than a block
        here = numbers[start : start + len(places)]
        x = _levelled(weights["emb.weight"][here] + weights["pos.weight"][places], weights, "norm")
        for layer in range(DEPTH - 1):
            x = attend(x, tokens, x, tokens, weights, f"layers.{layer}")
        at_ends = x[unit_ends(np.concatenate(shelf))]
        yield x, attend(at_ends, ends, x, tokens, weights, f"layers.{DEPTH - 1}")
        start += len(here)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where rows stand that belong to several blocks, blocks × rows of the longest, and which are real."""

    at: NDArray[np.int64]
    real: NDArray[np.bool_]


def lay_out(lengths: Sequence[int]) -> Layout:
    """Rows that follow one another, so many for each block.

    >>> layout = lay_out([2, 1])
    >>> layout.at.tolist(), layout.real.tolist()
    ([[0, 1], [2, 0]], [[True, True], [True, False]])
    """
    real = np.arange(max(lengths)) < np.array(lengths)[:, None]
    at = np.zeros(real.shape, np.int64)
    at[real] = np.arange(sum(lengths))
    return Layout(at, real)


def unit_ends(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each unit's first and last token stand, for units of these sizes.

    >>> unit_ends(np.array([3, 1])).tolist()
    [0, 2, 3, 3]
    """
    stops = np.cumsum(sizes)
    return np.stack([stops - sizes, stops - 1], axis=1).ravel()


def attend(
    asked: Floats, askers: Layout, read: Floats, among: Layout, weights: Mapping[str, Floats], name: str
) -> Floats:
    """One layer: rows `asked` look at rows `read`, softmax(QKᵀ / √d)V by heads, then two linear maps.

    What goes in is added to what comes out, and the sum levelled, both times
    (Ba et al. 2016, arXiv:1607.06450). Rows look at those of their own block
    only. Queries, keys and values stand in this order in the weights.
    """
    queries, keys, values = (
        _by_head(linear_map(rows, matrix, bias)[layout.at])
        for rows, layout, matrix, bias in zip(
            (asked, read, read),
            (askers, among, among),
            np.split(weights[f"{name}.qkv.weight"], 3),
            np.split(weights[f"{name}.qkv.bias"], 3),
            strict=True,
        )
    )
    queries *= queries.shape[3] ** -0.5
    shares = queries @ keys.swapaxes(2, 3)
    shares += np.where(among.real, np.float32(0), _NOT_REAL)[:, None, None, :]
    shares -= shares.max(-1, keepdims=True)
    np.exp(shares, out=shares)
    by_head = np.asarray(shares @ values, np.float32)
    by_head /= shares.sum(-1, keepdims=True)
    found = by_head.swapaxes(1, 2)[askers.real].reshape(len(asked), -1)
    x = _levelled(np.add(asked, linear(found, weights, f"{name}.out")), weights, f"{name}.norm1")
    wide = gelu(linear(x, weights, f"{name}.up"))
    return _levelled(np.add(x, linear(wide, weights, f"{name}.down")), weights, f"{name}.norm2")


def _by_head(x: Floats) -> Floats:
    return x.reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)


def _levelled(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt(np.square(x).mean(-1, keepdims=True) + _TINY)
    x *= weights[f"{name}.weight"]
    x += weights[f"{name}.bias"]
    return np.asarray(x, np.float32)
