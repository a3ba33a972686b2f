"""Talks → weights: the network of `clean.sentence_network`, where it can learn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from build_tools.clean.fit.documents import ANYTHING, Heard, parted, roughened
from build_tools.clean.sentence_network import DILATIONS, FIRST_WORD, MARKS, REACH, WIDE

# Words in a window of which something is asked, windows in a step.
WINDOW, BATCH = 256, 32
_RATE, _DECAY, _WARM = 3e-3, 0.01, 100
# From this share of all steps on, the rate falls.
_FALLS = 0.7
_AVERAGED, _AVERAGED_EVERY = 0.9, 10
_IMPOSSIBLE = -1e9

Report = Callable[[int, float], None]
Weights = dict[str, NDArray[np.float32]]


class MarkNetwork(nn.Module):
    """For each word, one score for each mark that may follow it.

    The weights bear the names they have in `sentence_network`. Windows are
    filled up with nothing at their edges; what is scored there is not asked for.
    """

    def __init__(self, words: int, *, word_size: int = 64, size: int = 128) -> None:
        super().__init__()
        self.emb = nn.Embedding(FIRST_WORD + words, word_size)
        nn.init.normal_(self.emb.weight, 0, 0.3)
        self.first = nn.Conv1d(word_size, size, WIDE, padding="same")
        self.layers = nn.ModuleList(
            nn.Conv1d(size, size, 3, dilation=gap, padding="same") for gap in DILATIONS
        )
        self.out = nn.Conv1d(size, len(MARKS), 1)

    def forward(self, words: Tensor) -> Tensor:
        """Scores, windows × classes × words, of word numbers, windows × words."""
        x = self.first(self.emb(words).transpose(1, 2))
        for layer in self.layers:
            x = x + layer(torch.relu(x))
        return self.out(torch.relu(x))


def train(
    talks: Sequence[Heard], vocabulary: Mapping[str, int], steps: int, seed: int, report: Report
) -> MarkNetwork:
    """A network fitted to talks: the running mean of its weights (Polyak and Juditsky 1992).

    Sums are made in sixteen bits where the processor can. `report` is told the step and the loss.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = MarkNetwork(len(vocabulary))
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGED))
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=_RATE, weight_decay=_DECAY, betas=(0.9, 0.98), fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, steps))
    for step, (words, marks) in zip(range(1, steps + 1), draw(talks, vocabulary, random), strict=False):
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(words)[:, :, REACH:-REACH]
        loss = lost(scores.float(), marks)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % _AVERAGED_EVERY == 0:
            averaged.update_parameters(network)
        report(step, float(loss.detach()))
    return averaged.module.eval()


def _share_of_rate(step: int, steps: int) -> float:
    """How much of the full rate is used at a step: up in a line, the same for long, down in a line."""
    return min((step + 1) / _WARM, 1, (1 - step / steps) / (1 - _FALLS))


def lost(scores: Tensor, marks: Tensor) -> Tensor:
    """What the marks that may stand lack in likelihood: the mean of −log of the sum of their shares.

    Where any mark may stand, nothing is asked.
    """
    bits = torch.tensor([[mark >> n & 1 for n in range(len(MARKS))] for mark in range(ANYTHING + 1)])
    barred = torch.where(bits > 0, 0.0, _IMPOSSIBLE)
    shares = functional.log_softmax(scores, 1).transpose(1, 2)
    return -(shares + barred[marks]).logsumexp(2)[marks != ANYTHING].mean()


def draw(
    talks: Sequence[Heard], vocabulary: Mapping[str, int], random: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Windows of all talks, as often as wanted, heard each time in another way.

    The numbers of words, and of marks without the `REACH` words at both ends that are context alone.
    """
    context = np.arange(-REACH, WINDOW + REACH)
    while True:
        words, marks = _row(talks, vocabulary, random)
        starts = np.arange(REACH + int(random.integers(WINDOW)), len(words) - REACH - WINDOW, WINDOW)
        random.shuffle(starts)
        for first in range(0, len(starts) - BATCH + 1, BATCH):
            at = starts[first : first + BATCH, None] + context
            yield (
                torch.from_numpy(words[at].astype(np.int64)),
                torch.from_numpy(marks[at[:, REACH:-REACH]].astype(np.int64)),
            )


def _row(
    talks: Sequence[Heard], vocabulary: Mapping[str, int], random: np.random.Generator
) -> tuple[NDArray[np.int16], NDArray[np.uint8]]:
    """All talks in a row, in any order and in parts, with nothing between them."""
    apart = Heard(np.zeros(REACH, np.int16), np.full(REACH, ANYTHING, np.uint8))
    heard = [apart]
    for number in random.permutation(len(talks)):
        for part in parted(roughened(talks[number], vocabulary, random), random):
            heard += [part, apart]
    filled = Heard(np.zeros(WINDOW, np.int16), np.full(WINDOW, ANYTHING, np.uint8))
    return (
        np.concatenate([one.words for one in (*heard, filled)]),
        np.concatenate([one.marks for one in (*heard, filled)]),
    )
