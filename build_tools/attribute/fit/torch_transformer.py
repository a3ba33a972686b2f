"""The transformer of `attribute.transformer`, where it can learn; the weights bear the same names."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from build_tools.attribute.fit.torch_network import DROPPED
from build_tools.attribute.tokens import FIRST_WORD, MARKS, Tokens
from build_tools.attribute.transformer import (
    DEPTH,
    HEADS,
    PLACES,
    Shelf,
    cut_blocks,
    shelve,
    token_stream,
)

# What is dropped inside of layers: less, since they begin with much learnt.
_DROPPED_INSIDE = 0.1


class TransformerUnits(nn.Module):
    """Words and marks → one row a unit."""

    def __init__(self, words: int, *, size: int = 384, wide: int = 1536, unit_size: int = 128) -> None:
        super().__init__()
        self.emb = nn.Embedding(FIRST_WORD + words + MARKS, size)
        self.pos = nn.Embedding(PLACES, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, wide) for _ in range(DEPTH))
        self.pool = nn.Linear(4 * size, unit_size)
        self.drop = nn.Dropout(_DROPPED_INSIDE)
        self.drop_last = nn.Dropout(DROPPED)
        self.size = unit_size + 1

    def forward(self, words: Tensor, marks: Tensor, lengths: Tensor, windows: int) -> Tensor:
        """Rows of units; no block of words reaches from one window into the next."""
        spoken = Tokens(words.numpy(), marks.numpy())
        numbers, sizes = token_stream(spoken, lengths.numpy(), self.emb.num_embeddings)
        openings = range(0, len(sizes), len(sizes) // windows)
        inside, at_ends = self._read(torch.from_numpy(numbers), shelve(cut_blocks(sizes, openings)))
        per_unit = torch.from_numpy(sizes)
        features = [
            torch.segment_reduce(inside, "mean", lengths=per_unit, unsafe=True),
            torch.segment_reduce(inside, "max", lengths=per_unit, unsafe=True),
            at_ends.reshape(len(lengths), -1),
        ]
        rows = functional.gelu(self.pool(self.drop_last(torch.cat(features, 1))), approximate="tanh")
        return torch.cat([rows, lengths.float().log()[:, None]], 1)

    def _read(self, numbers: Tensor, shelf: Shelf) -> tuple[Tensor, Tensor]:
        """Rows of units' tokens before the last layer; of units' ends after it."""
        tokens, ends = shelf.tokens, shelf.ends
        real, asked = torch.from_numpy(tokens.real), torch.from_numpy(ends.real)
        places = torch.arange(real.shape[1]).clamp(max=PLACES - 1)  # units that run on may be longer
        x = self.drop(self.norm(self.emb(numbers[shelf.read[tokens.at]]) + self.pos(places)))
        *before, last = self.layers
        for layer in before:
            x = layer(x, x, real)
        columns = torch.from_numpy(np.nonzero(tokens.real)[1][shelf.asked[ends.at]])
        at_ends = x.gather(1, columns[:, :, None].expand(-1, -1, x.shape[2]))
        return x[real][shelf.own], last(at_ends, x, real)[asked]


class Layer(nn.Module):
    """See `attribute.transformer.attend`."""

    def __init__(self, size: int, wide: int) -> None:
        super().__init__()
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, wide)
        self.down = nn.Linear(wide, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(_DROPPED_INSIDE)

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
