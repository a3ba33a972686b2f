"""A plain baseline for attribution: two logistic regressions, joined by a chain.

What a better method has to beat. One regression says how likely a change of
speaker stands before a unit, one how likely the host says it; both see the
hashed runs of one and two words of the unit and of its neighbours (Weinberger
et al., “Feature Hashing for Large Scale Multitask Learning”, ICML 2009). A
chain of two states, host and guest, weighs them against each other (Rabiner,
“A Tutorial on Hidden Markov Models”, Proc. IEEE 1989). A second pass learns
which words each of the two says in this document, and judges again.
`fit_baseline` fits it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from build_tools.attribute.own_words import count, own_words, unit_hashes
from build_tools.attribute.units import cut_units
from build_tools.model import Attribution, Participant, Transcript

# Where a unit and its neighbours stand from it, and what keeps their hashes apart.
_SEEN = ((0, 0), (-1, 0x15A3D), (1, 0x2C7B1))

# Below it an attribution is uncertain.
THRESHOLD = 0.9

Array = Any  # of numpy; what is in it is told where it is made


@dataclass(frozen=True, slots=True)
class Settings:
    """How much each kind of evidence weighs, chosen on interviews of train (see `fit_baseline`).

    `temperature` divides the log-odds in the end: units next to each other say
    the same thing twice, so that the chain is too sure of itself.
    """

    host: float = 0.7
    change: float = 1.0
    own_words: float = 1.0
    smoothing: float = 100.0
    passes: int = 3
    temperature: float = 8.0


@dataclass(frozen=True, slots=True)
class Baseline:
    """Both regressions: `SIZE` weights each, and a bias."""

    change: Array
    change_bias: float
    host: Array
    host_bias: float
    settings: Settings = Settings()

    def __call__(self, transcript: Transcript, people: Sequence[Participant]) -> tuple[Attribution, ...]:
        """Who says what, in the shape of `build_tools.attribute.inferred.infer`.

        Somebody is named where no other has the same role.
        """
        units = cut_units(transcript.words, transcript.openings)
        said = unit_hashes(transcript.words, units)
        return tuple(_turns(units, self.host_says(said), people))

    def host_says(self, said: Sequence[Array]) -> Array:
        """For each unit, given by its hashes, the probability that the host says it."""
        seen, counted = see(said), count(said)
        settings = self.settings
        change = settings.change * (seen.dot(self.change) + self.change_bias)
        host = settings.host * (seen.dot(self.host) + self.host_bias)
        odds = chain(host, change)
        for _ in range(1, settings.passes):
            by_host = probability(odds)
            learnt = own_words(counted, np.stack([by_host, 1 - by_host], 1), settings.smoothing)
            learnt = learnt[:, 0] - learnt[:, 1]
            odds = chain(host + settings.own_words * learnt, change)
        return probability(odds / settings.temperature)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of units: rows of a sparse matrix, row u at `start[u]` … `start[u + 1]`."""

    index: Array
    value: Array
    start: Array

    def dot(self, weights: Array) -> Array:
        """The matrix times a vector of `SIZE` weights."""
        return np.add.reduceat(weights[self.index] * self.value, self.start[:-1])


def see(said: Sequence[Array]) -> Seen:
    """The features of units: own hashes and those of both neighbours, each third of length one."""
    index: list[Array] = []
    value: list[Array] = []
    start = [0]
    for at in range(len(said)):
        size = 0
        for offset, salt in _SEEN:
            if 0 <= at + offset < len(said):
                hashes = said[at + offset]
                index.append(hashes ^ salt)
                value.append(np.full(len(hashes), 1 / math.sqrt(len(hashes)), np.float32))
                size += len(hashes)
        start.append(start[-1] + size)
    return Seen(np.concatenate(index), np.concatenate(value), np.array(start))


def chain(host: Array, change: Array) -> Array:
    """The log-odds of “host” for each unit, all evidence along the chain taken together.

    Both arguments are log-odds, one for each unit: that the host says it, that another
    speaker than before says it. The forward–backward algorithm on

        p(s) ∝ exp(Σ_u ±host_u/2 + Σ_u ±change_u/2),

    the first sign positive where s_u is the host, the second where s_u ≠ s_{u−1}.

    >>> chain(np.array([2.0, 0.0, -2.0]), np.array([0.0, -9.0, 9.0])).round(1).tolist()
    [4.0, 4.0, -4.0]
    """
    forward = _messages(host, change)
    backward = _messages(host[::-1], np.roll(change[::-1], 1))[::-1]
    return forward + backward - host


def _messages(host: Array, change: Array) -> Array:
    """Log-odds of “host” for each unit, from it and all units before it."""
    odds = [float(host[0])]
    for own, other in zip(host[1:].tolist(), change[1:].tolist(), strict=True):
        before = odds[-1]
        # log((e^before + e^other) / (e^(before + other) + 1)): stay or change
        passed = np.logaddexp(before, other) - np.logaddexp(before + other, 0.0)
        odds.append(own + float(passed))
    return np.array(odds)


def probability(odds: Array) -> Array:
    """Of log-odds.

    >>> probability(np.array([0.0, 2.2])).round(2).tolist()
    [0.5, 0.9]
    """
    return 1 / (1 + np.exp(-np.clip(odds, -60, 60)))


def _turns(
    units: Sequence[tuple[int, int]], by_host: Array, people: Sequence[Participant]
) -> Iterator[Attribution]:
    """Units that one of the two says, one after another, are a turn."""
    known = {role: [who.person for who in people if who.role == role] for role in ("host", "guest")}
    rows = zip(units, by_host.tolist(), strict=True)
    for is_host, group in groupby(rows, key=lambda row: row[1] >= 0.5):
        turn = list(group)
        role = "host" if is_host else "guest"
        words = [last - first + 1 for (first, last), _ in turn]
        right = sum(n * (p if is_host else 1 - p) for n, (_, p) in zip(words, turn, strict=True))
        sure = right / sum(words)
        yield Attribution(
            speaker=known[role][0] if len(known[role]) == 1 else None,
            role=role,
            first_word=turn[0][0][0],
            last_word=turn[-1][0][1],
            uncertain=sure < THRESHOLD,
            inferred=True,
            confidence=sure,
        )
