"""The network of `attribute.network`, where it can learn; the weights bear the same names."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from build_tools.attribute.network import FIRST, LAST, LAYERS, SHORT
from build_tools.attribute.tokens import FIRST_WORD, MARKS

# A word held back in fitting, so that no one word is relied on.
_HELD_BACK = 1


class SpeakerNetwork(nn.Module):
    """Scores of a change and of the host for each unit; `chain` weighs them against each other."""

    def __init__(
        self,
        words: int,
        *,
        word_size: int = 64,
        mark_size: int = 8,
        seen: int = 128,
        unit_size: int = 112,
        state: int = 96,
        dropped: float = 0.25,
        held_back: float = 0.08,
    ) -> None:
        super().__init__()
        size = word_size + mark_size
        self.emb = nn.Embedding(FIRST_WORD + words, word_size)
        nn.init.normal_(self.emb.weight, 0, 0.5)
        self.mk = nn.Embedding(MARKS, mark_size)
        self.conv = nn.Linear(3 * size, seen)
        self.edge = nn.Linear((FIRST + LAST) * size, seen)
        self.proj = nn.Linear(3 * seen + 2 + 2 * mark_size, unit_size)
        self.gru = nn.GRU(unit_size, state, LAYERS, bidirectional=True, dropout=dropped)
        self.role = nn.Linear(2 * state, 1)
        self.ch = nn.Sequential(nn.Linear(4 * state, 64), nn.ReLU(), nn.Linear(64, 1))
        self.chain = nn.Parameter(torch.tensor([1.0, 1.0, 0.0]))  # host, change, bias
        self.drop = nn.Dropout(dropped)
        self.held_back = held_back

    def forward(self, words: Tensor, marks: Tensor, lengths: Tensor, windows: int) -> tuple[Tensor, Tensor]:
        """Scores of the host and of a change, windows × units, of windows that follow one another."""
        x = self.drop(self._units(words, marks, lengths))
        x, _ = self.gru(x.view(windows, -1, x.shape[1]).transpose(0, 1))
        x = self.drop(x)
        before = torch.cat([torch.zeros_like(x[:1]), x[:-1]])
        return self.role(x)[..., 0].t(), self.ch(torch.cat([x, before], 2))[..., 0].t()

    def _units(self, words: Tensor, marks: Tensor, lengths: Tensor) -> Tensor:
        if self.training:
            words = words.masked_fill(torch.rand(words.shape) < self.held_back, _HELD_BACK)
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

    def chain_loss(self, host: Tensor, change: Tensor, answer: Tensor, known: Tensor) -> Tensor:
        """What the right path of two speakers lacks in likelihood, window by window.

        The negative log-likelihood of a linear chain (Lafferty, McCallum and
        Pereira 2001), with the scores of `attribute.inferred.chain`.
        """
        weight, turn, bias = self.chain
        emissions = torch.stack([-weight * host, weight * host], 2) / 2
        turns = (turn * change + bias) / 2
        total = emissions[:, 0]
        for t in range(1, host.shape[1]):
            step = turns[:, t : t + 1]
            now = torch.logaddexp(total - step, total.flip(1) + step) + emissions[:, t]
            total = torch.where(known[:, t : t + 1], now, total)
        own = emissions.gather(2, answer[:, :, None])[..., 0]
        moved = ((answer[:, 1:] != answer[:, :-1]).float() * 2 - 1) * turns[:, 1:]
        right = own[:, 0] + ((own[:, 1:] + moved) * known[:, 1:]).sum(1)
        return total.logsumexp(1) - right


def _gelu(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")
