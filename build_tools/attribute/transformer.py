"""Words → one row a unit, by a transformer: what a sentence says, read beside those around it.

Three layers of attention (Vaswani et al. 2017, arXiv:1706.03762; as BERT has
them, Devlin et al. 2019, arXiv:1810.04805) over the words and marks of a block
of units, and a few before them. They began as the first three of
all-MiniLM-L6-v2 and were fitted on; see `network.md`. The last layer is asked
only for the first and the last token of each unit, for about a quarter of the
cost of asking for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.layers import Floats, Weights, gelu, linear, linear_map
from build_tools.attribute.tokens import MARKS, Tokens

DEPTH, HEADS = 3, 12
# Tokens of the units of a block, at most (units are not cut); and how many before them are
# read once more, so that no unit is read without what it answers.
BLOCK, BEFORE = 128, 16
PLACES = BEFORE + BLOCK
# Blocks that are reckoned at a time: more cost memory, fewer time.
SHELF = 4
# As BERT has it: keeps a row that never varies from being divided by nothing.
_TINY = np.float32(1e-12)
# Added to the score of what is not there.
_NOT_REAL = np.float32(-1e9)


def read_units(weights: Weights, tokens: Tokens, lengths: NDArray[np.int64]) -> Floats:
    """One row a unit, whatever its length; `lengths` are the words of each unit and cover all tokens."""
    numbers, sizes = token_stream(tokens, lengths, len(weights["emb.weight"]))
    seen, ends = zip(*_read_blocks(weights, numbers, sizes), strict=True)
    inside = np.split(np.concatenate(seen), np.cumsum(sizes)[:-1])
    features = [
        np.stack([rows.mean(0) for rows in inside]),
        np.stack([rows.max(0) for rows in inside]),
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


@dataclass(frozen=True, slots=True)
class Block:
    """Units of these `sizes`, whose tokens are `start` … before `stop`; read are those from `first` on."""

    first: int
    start: int
    stop: int
    sizes: NDArray[np.int64]


def cut_blocks(sizes: NDArray[np.int64], openings: Collection[int] = ()) -> list[Block]:
    """Units block by block: as many as fit, and nothing across a unit that opens a text.

    >>> blocks = cut_blocks(np.array([60, 60, 60, 200, 5]), openings={1})
    >>> [(block.first, block.start, block.stop) for block in blocks]
    [(0, 0, 60), (60, 60, 180), (164, 180, 380), (364, 380, 385)]
    """
    stops = np.cumsum(sizes)
    blocks: list[Block] = []
    unit = opened = 0
    while unit < len(sizes):
        start = int(stops[unit] - sizes[unit])
        if unit in openings:
            opened = start
        after = unit + 1
        while after < len(sizes) and after not in openings and stops[after] <= start + BLOCK:
            after += 1
        blocks.append(Block(max(opened, start - BEFORE), start, int(stops[after - 1]), sizes[unit:after]))
        unit = after
    return blocks


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


@dataclass(frozen=True, slots=True)
class Shelf:
    """Blocks as they are read at a time: the tokens `read`, laid out as `tokens`.

    Of their rows, those at `own` are units', and those at `asked` the first and
    the last of each unit, laid out as `ends`.
    """

    read: NDArray[np.int64]
    tokens: Layout
    own: NDArray[np.int64]
    asked: NDArray[np.int64]
    ends: Layout


def shelve(blocks: Sequence[Block]) -> Shelf:
    """Blocks side by side.

    >>> shelf = shelve([Block(0, 0, 3, np.array([3])), Block(1, 3, 5, np.array([1, 1]))])
    >>> shelf.read.tolist(), shelf.own.tolist(), shelf.asked.tolist()
    ([0, 1, 2, 1, 2, 3, 4], [0, 1, 2, 5, 6], [0, 2, 5, 5, 6, 6])
    """
    read = [np.arange(block.first, block.stop) for block in blocks]
    is_own = [tokens >= block.start for block, tokens in zip(blocks, read, strict=True)]
    own = np.flatnonzero(np.concatenate(is_own))
    sizes = np.concatenate([block.sizes for block in blocks])
    stops = np.cumsum(sizes)
    return Shelf(
        read=np.concatenate(read),
        tokens=lay_out([len(tokens) for tokens in read]),
        own=own,
        asked=own[np.stack([stops - sizes, stops - 1], axis=1).ravel()],
        ends=lay_out([2 * len(block.sizes) for block in blocks]),
    )


def _read_blocks(
    weights: Weights, numbers: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[Floats, Floats]]:
    """The rows of all tokens before the last layer, and of units' ends after it, some blocks at a time."""
    blocks = cut_blocks(sizes)
    for n in range(0, len(blocks), SHELF):
        shelf = shelve(blocks[n : n + SHELF])
        places = np.minimum(np.nonzero(shelf.tokens.real)[1], PLACES - 1)  # a single unit may be longer
        x = weights["emb.weight"][numbers[shelf.read]] + weights["pos.weight"][places]
        x = _levelled(x, weights, "norm")
        for layer in range(DEPTH - 1):
            x = attend(x, shelf.tokens, x, shelf.tokens, weights, f"layers.{layer}")
        at_ends = attend(x[shelf.asked], shelf.ends, x, shelf.tokens, weights, f"layers.{DEPTH - 1}")
        yield x[shelf.own], at_ends


def attend(asked: Floats, askers: Layout, read: Floats, among: Layout, weights: Weights, name: str) -> Floats:
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


def _levelled(x: Floats, weights: Weights, name: str) -> Floats:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt(np.square(x).mean(-1, keepdims=True) + _TINY)
    x *= weights[f"{name}.weight"]
    x += weights[f"{name}.bias"]
    return np.asarray(x, np.float32)
