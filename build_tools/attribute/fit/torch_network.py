"""The course of `attribute.network` over units, where it can learn; the weights bear the same names."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from build_tools.attribute.network import LAYERS

# What is dropped in fitting of the rows of units and of states.
DROPPED = 0.25
# So many words are held back in fitting, so that no one word is relied on; what stands in their place.
_SHARE_HELD_BACK, _HELD_BACK = 0.08, 1


class SpeakerNetwork(nn.Module):
    """Scores of a change and of the host for each unit; `chain` weighs them against each other.

    `units` makes words and marks into rows of `units.size`, one a unit.
    """

    def __init__(self, units: nn.Module, *, state: int = 96) -> None:
        super().__init__()
        self.units = units
        self.gru = nn.GRU(units.size, state, LAYERS, bidirectional=True, dropout=DROPPED)
        self.role = nn.Linear(2 * state, 1)
        self.ch = nn.Sequential(nn.Linear(4 * state, 64), nn.ReLU(), nn.Linear(64, 1))
        self.chain = nn.Parameter(torch.tensor([1.0, 1.0, 0.0]))  # host, change, bias
        self.drop = nn.Dropout(DROPPED)

    def forward(self, words: Tensor, marks: Tensor, lengths: Tensor, windows: int) -> tuple[Tensor, Tensor]:
        """Scores of the host and of a change, windows × units, of windows that follow one another."""
        if self.training:
            words = words.masked_fill(torch.rand(words.shape) < _SHARE_HELD_BACK, _HELD_BACK)
        x = self.drop(self.units(words, marks, lengths, windows))
        x, _ = self.gru(x.view(windows, -1, x.shape[1]).transpose(0, 1))
        x = self.drop(x)
        before = torch.cat([torch.zeros_like(x[:1]), x[:-1]])
        return self.role(x)[..., 0].t(), self.ch(torch.cat([x, before], 2))[..., 0].t()

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
