"""The units of `attribute.convolution`, where they can learn; the weights bear the same names."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from build_tools.attribute.convolution import FIRST, LAST, SHORT
from build_tools.attribute.fit.torch_network import DROPPED
from build_tools.attribute.tokens import FIRST_WORD, MARKS


class ConvolutionUnits(nn.Module):
    """Words and marks → one row a unit."""

    def __init__(
        self,
        words: int,
        *,
        word_size: int = 64,
        mark_size: int = 8,
        seen: int = 128,
        unit_size: int = 112,
    ) -> None:
        super().__init__()
        size = word_size + mark_size
        self.emb = nn.Embedding(FIRST_WORD + words, word_size)
        nn.init.normal_(self.emb.weight, 0, 0.5)
        self.mk = nn.Embedding(MARKS, mark_size)
        self.conv = nn.Linear(3 * size, seen)
        self.edge = nn.Linear((FIRST + LAST) * size, seen)
        self.proj = nn.Linear(3 * seen + 2 + 2 * mark_size, unit_size)
        self.drop = nn.Dropout(DROPPED)
        self.size = unit_size

    def forward(self, words: Tensor, marks: Tensor, lengths: Tensor, windows: int) -> Tensor:
        """Rows of units; words at the edge of a window see those of the next."""
        row = torch.cat([self.emb(words), self.mk(marks)], 1)
        nothing = torch.zeros_like(row[:1])
        around = torch.cat([torch.cat([nothing, row[:-1]]), row, torch.cat([row[1:], nothing])], 1)
        seen = _gelu(self.conv(around))
        last = torch.cumsum(lengths, 0) - 1
        first = last - lengths + 1
        edges = [row[torch.minimum(first + n, last)] * (lengths > n)[:, None] for n in range(FIRST)]
        edges += [row[torch.maximum(last - n, first)] * (lengths > n)[:, None] for n in range(LAST)]
        size = lengths.float()[:, None]
        features = [
            torch.segment_reduce(seen, "max", lengths=lengths, unsafe=True),
            torch.segment_reduce(seen, "mean", lengths=lengths, unsafe=True),
            _gelu(self.edge(torch.cat(edges, 1))),
            size.log(),
            (size < SHORT).float(),
            self.mk(marks[last]),
            self.mk(marks[(first - 1).clamp(min=0)]),
        ]
        return _gelu(self.proj(self.drop(torch.cat(features, 1))))


def _gelu(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")
