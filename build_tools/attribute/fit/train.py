"""Windows of interviews → weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from build_tools.attribute.fit.documents import Document, Version
from build_tools.attribute.fit.kept import go_on, keep
from build_tools.attribute.fit.settle import LEVELS
from build_tools.attribute.fit.torch_network import SpeakerNetwork
from build_tools.attribute.tokens import Tokens

STEPS = 3000
# Units in a window, windows in a step.
WINDOW, BATCH = 96, 8
# How much oftener a unit is drawn where a host talks with a guest, and where two talk.
_CLEAR, _TWO = 6, 2
# 0: shows are drawn as they are; 1: all alike.
_LEVELLED = 0.4
# How often a window is drawn without marks and capitals, and how often from the very beginning.
_BARE, _FROM_THE_START = 0.35, 0.08
# The rate rises over a share of the steps and sinks to a share of itself; what began as a part of
# another network learns more slowly.
_RATE, _RATE_OF_UNITS, _WARM, _LAST = 1e-3, 1e-4, 0.06, 0.05
# After this share of the steps weights stand as they will be packed while losses are taken.
_ROUNDED_AFTER = 0.6
# The decay of weights, and of their running mean, which so reaches back over some 300 steps.
_DECAY, _AVERAGED = 0.01, 0.997
# How many steps a fit that is stopped loses at most.
_KEPT_EVERY = 50
_COMMA, _STOP, _QUESTION, _DASH = 1, 2, 3, 5

Report = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows, one after the other and filled up to the same number of units; `known` tells real units."""

    tokens: Tokens
    lengths: Tensor
    host: Tensor
    change: Tensor
    known: Tensor
    clear: Tensor


def train(
    network: SpeakerNetwork,
    steps: int,
    documents: Sequence[Document],
    seed: int,
    report: Report,
    kept: Path,
) -> SpeakerNetwork:
    """The network fitted to documents: the running mean of its weights (Polyak and Juditsky 1992).

    `report` is told the step and the loss. How far it has come is written to
    the file `kept` now and then; where that is there already, the fit goes on
    from it, to the same weights as if it had never stopped.
    """
    random = np.random.default_rng(seed)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGED))
    own = [value for name, value in network.named_parameters() if not name.startswith("units.")]
    groups = [
        {"params": list(network.units.parameters()), "lr": _RATE_OF_UNITS},
        {"params": own, "lr": _RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step / steps))
    parts = {"network": network, "mean": averaged, "optimizer": optimizer, "schedule": schedule}
    done = go_on(kept, parts, random)
    for step, batch in enumerate(draw(documents, random, steps - done), done + 1):
        optimizer.zero_grad()
        with rounded(network) if step > _ROUNDED_AFTER * steps else nullcontext():
            loss = total_loss(network, batch)
            loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        averaged.update_parameters(network)
        report(step, float(loss.detach()))
        if step % _KEPT_EVERY == 0:
            keep(kept, step, parts, random)
    return averaged.module.eval()


def _share_of_rate(done: float) -> float:
    """How much of the full rate is used after a share of all steps: up in a line, down along a cosine."""
    if done < _WARM:
        return max(done / _WARM, 1e-3)
    return _LAST + (1 - _LAST) * (1 + math.cos(math.pi * (done - _WARM) / (1 - _WARM))) / 2


@contextmanager
def rounded(network: nn.Module) -> Iterator[None]:
    """Matrices as `settle.packed` stores them, and afterwards as they were.

    A gradient taken within is that of the rounded weights, and is followed by
    the exact ones (the straight-through estimator; Bengio et al. 2013, arXiv:1308.3432).
    """
    matrices = [value for value in network.parameters() if value.ndim == 2]
    exact = [value.detach().clone() for value in matrices]
    with torch.no_grad():
        for value in matrices:
            scale = value.abs().amax(1, keepdim=True).clamp(min=1e-7) / LEVELS
            value.copy_((value / scale).round() * scale)
    try:
        yield
    finally:
        with torch.no_grad():
            for value, before in zip(matrices, exact, strict=True):
                value.copy_(before)


def total_loss(network: SpeakerNetwork, batch: Batch) -> Tensor:
    """What is wrong with the changes and the roles of single units, and with the path of two speakers."""
    tokens = batch.tokens
    host, change = network(
        torch.from_numpy(tokens.words), torch.from_numpy(tokens.marks), batch.lengths, len(batch.clear)
    )
    after = batch.known.clone()
    after[:, 0] = False  # who spoke before a window is not seen
    loss = functional.binary_cross_entropy_with_logits(change[after], batch.change[after])
    told = batch.known & (batch.host >= 0)
    if told.any():
        loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(host[told], batch.host[told].float())
    clear = batch.clear
    if clear.any():
        known = told[clear]
        path = network.chain_loss(host[clear], change[clear], batch.host[clear].clamp(min=0), known)
        loss = loss + path.sum() / known.sum()
    return loss


def draw(documents: Sequence[Document], random: np.random.Generator, steps: int) -> Iterator[Batch]:
    """Batches of windows, each drawn in one of the ways it may have been written down."""
    weights = _weights(documents)
    for _ in range(steps):
        chosen = [documents[n] for n in random.choice(len(documents), BATCH, p=weights)]
        windows = []
        for document in chosen:
            version = document.bare if random.random() < _BARE else document.as_is
            units = len(version.lengths)
            first = (
                0 if random.random() < _FROM_THE_START else int(random.integers(max(1, units - WINDOW // 2)))
            )
            windows.append(roughened(window(version, first, min(first + WINDOW, units)), random))
        yield _batch(windows, [document.clear for document in chosen])


def _weights(documents: Sequence[Document]) -> NDArray[np.float64]:
    weights = [
        len(document.as_is.lengths) * (_CLEAR if document.clear else _TWO if document.two else 1)
        for document in documents
    ]
    shows: Counter[str] = Counter()
    for document, weight in zip(documents, weights, strict=True):
        shows[document.show] += weight
    levelled = np.array(
        [
            weight / shows[document.show] ** _LEVELLED
            for document, weight in zip(documents, weights, strict=True)
        ]
    )
    return np.asarray(levelled / levelled.sum())


def window(version: Version, first: int, stop: int) -> Version:
    """Units `first` … before `stop`, with their words."""
    begin = version.starts[first]
    end = version.starts[stop - 1] + version.lengths[stop - 1]
    return Version(
        Tokens(version.tokens.words[begin:end], version.tokens.marks[begin:end]),
        version.starts[first:stop] - begin,
        version.lengths[first:stop],
        version.host[first:stop],
        version.change[first:stop],
    )


def roughened(version: Version, random: np.random.Generator) -> Version:
    """The same words as a worse recogniser or another editor would mark and cut them.

    Half of the marks go, or all question marks become full stops, or commas
    and dashes go; now and then a unit runs on into the next of the same speaker.
    """
    marks = version.tokens.marks
    kind = random.random()
    if kind < 0.15:
        marks = np.where(random.random(len(marks)) < 0.5, 0, marks)
    elif kind < 0.3:
        marks = np.where(marks == _QUESTION, _STOP, marks)
    elif kind < 0.4:
        marks = np.where((marks == _COMMA) | (marks == _DASH), 0, marks)
    joined = np.zeros(len(version.change), bool)
    if random.random() < 0.3:
        joined = ~version.change & (random.random(len(joined)) < 0.15)
        joined[0] = False
    kept = np.flatnonzero(~joined)
    return Version(
        Tokens(version.tokens.words, marks),
        version.starts[kept],
        np.add.reduceat(version.lengths, kept),
        version.host[kept],
        version.change[kept],
    )


def _batch(windows: Sequence[Version], clear: Sequence[bool]) -> Batch:
    units = max(len(one.lengths) for one in windows)
    words, marks, lengths = [], [], []
    host = np.full((len(windows), units), -1)
    change = np.zeros((len(windows), units), np.float32)
    known = np.zeros((len(windows), units), bool)
    for row, one in enumerate(windows):
        here = len(one.lengths)
        filling = np.zeros(units - here, np.int64)
        words += [one.tokens.words, filling]
        marks += [one.tokens.marks, filling]
        lengths += [one.lengths, filling + 1]
        host[row, :here], change[row, :here], known[row, :here] = one.host, one.change, True
    return Batch(
        Tokens(np.concatenate(words), np.concatenate(marks)),
        torch.from_numpy(np.concatenate(lengths)),
        torch.from_numpy(host),
        torch.from_numpy(change),
        torch.from_numpy(known),
        torch.tensor(clear),
    )
