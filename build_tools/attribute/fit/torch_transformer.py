"""The transformer of `attribute.transformer`, where it can learn; the weights bear the same names."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from build_tools.attribute.fit.torch_network import HELD_BACK
from build_tools.attribute.tokens import FIRST_WORD, MARKS
from build_tools.attribute.transformer import BLOCK, DEPTH, HEADS, cut_blocks


class TransformerUnits(nn.Module):
    """Words and marks → one row a unit."""

    def __init__(
        self,
        words: int,
        *,
        size: int = 384,
        wide: int = 1536,
        unit_size: int = 128,
        dropped: float = 0.1,
        dropped_last: float = 0.25,
        held_back: float = 0.08,
    ) -> None:
        super().__init__()
        self.emb = nn.Embedding(FIRST_WORD + words + MARKS, size)
        self.pos = nn.Embedding(BLOCK, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, wide, dropped) for _ in range(DEPTH))
        self.pool = nn.Linear(4 * size, unit_size)
        self.drop = nn.Dropout(dropped)
        self.drop_last = nn.Dropout(dropped_last)
        self.held_back = held_back
        self.size = unit_size + 1

    def forward(self, words: Tensor, marks: Tensor, lengths: Tensor, windows: int) -> Tensor:
        """Rows of units; no block of words reaches from one window into the next."""
        if self.training:
            words = words.masked_fill(torch.rand(words.shape) < self.held_back, HELD_BACK)
        numbers, sizes = self._stream(words, marks, lengths)
        openings = set(range(0, len(lengths), len(lengths) // windows))
        inside, ends = self._read(numbers, sizes, cut_blocks(sizes.tolist(), openings))
        features = [
            torch.segment_reduce(inside, "mean", lengths=sizes, unsafe=True),
            torch.segment_reduce(inside, "max", lengths=sizes, unsafe=True),
            ends.reshape(len(lengths), -1),
        ]
        rows = functional.gelu(self.pool(self.drop_last(torch.cat(features, 1))), approximate="tanh")
        return torch.cat([rows, lengths.float().log()[:, None]], 1)

    def _stream(self, words: Tensor, marks: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        marked = marks > 0
        ends = (1 + marked.long()).cumsum(0)
        numbers = torch.empty(int(ends[-1]), dtype=torch.long)
        numbers[ends - 1 - marked.long()] = words
        numbers[ends[marked] - 1] = self.emb.num_embeddings - MARKS + marks[marked]
        last = ends[lengths.cumsum(0) - 1]
        return numbers, torch.diff(last, prepend=torch.zeros(1, dtype=torch.long))

    def _read(self, numbers: Tensor, sizes: Tensor, blocks: list[int]) -> tuple[Tensor, Tensor]:
        """Rows of all tokens before the last layer; those of units' first and last tokens after it."""
        per_block = torch.split(sizes, blocks)
        tokens, real = _filled(torch.split(numbers, [int(own.sum()) for own in per_block]))
        ends, asked = _filled([_unit_ends(own) for own in per_block])
        places = torch.arange(tokens.shape[1]).clamp(max=BLOCK - 1)  # units that run on may be longer
        x = self.drop(self.norm(self.emb(tokens) + self.pos(places)))
        *before, last = self.layers
        for layer in before:
            x = layer(x, x, real)
        at_ends = x.gather(1, ends[:, :, None].expand(-1, -1, x.shape[2]))
        return x[real], last(at_ends, x, real)[asked]


class Layer(nn.Module):
    """See `attribute.transformer.attend`."""

    def __init__(self, size: int, wide: int, dropped: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, wide)
        self.down = nn.Linear(wide, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(dropped)

    def forward(self, asked: Tensor, read: Tensor, real: Tensor) -> Tensor:
        """Rows `asked` look at rows `read`, block by block; those not `real` are not looked at."""
        size = asked.shape[2]
        queries = functional.linear(asked, self.qkv.weight[:size], self.qkv.bias[:size])
        keys, values = functional.linear(read, self.qkv.weight[size:], self.qkv.bias[size:]).chunk(2, 2)
        found = functional.scaled_dot_product_attention(
            _by_head(queries), _by_head(keys), _by_head(values), attn_mask=real[:, None, None, :]
        )
        x = self.norm1(asked + self.drop(self.out(found.transpose(1, 2).flatten(2))))
        wide = functional.gelu(self.up(x), approximate="tanh")
        return self.norm2(x + self.drop(self.down(wide)))


def _by_head(x: Tensor) -> Tensor:
    return x.unflatten(2, (HEADS, -1)).transpose(1, 2)


def _filled(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of several lengths as one matrix, and which of its numbers are real."""
    matrix = nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    return matrix, torch.arange(matrix.shape[1]) < torch.tensor([len(row) for row in rows])[:, None]


def _unit_ends(sizes: Tensor) -> Tensor:
    """See `attribute.transformer.unit_ends`."""
    stops = sizes.cumsum(0)
    return torch.stack([stops - sizes, stops - 1], 1).flatten()
