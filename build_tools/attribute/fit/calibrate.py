"""How sure is sure: confidence settled on talks that no weight was fitted on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from build_tools.attribute.chain import cast
from build_tools.attribute.confidence import evidence
from build_tools.attribute.decode import best_path
from build_tools.attribute.inferred import turns_of, weigh
from build_tools.attribute.network import Fitted
from build_tools.attribute.units import cut_units
from build_tools.evaluate.talks import Talk

# What a word counts of a talk in which nobody is clearly the host, or the guest.
_ALIKE = 0.3


def calibrated(model: Fitted, talks: Iterable[Talk]) -> Fitted:
    """The same network, with weights of the confidence that fit these talks of two.

    A logistic regression on what is seen of each turn, every word counting
    once, as right or as wrong (Platt 1999); words of talks in which both play
    one part, or an unknown one, count less, and are right in whichever way is better.
    """
    seen, right, wrong = (
        np.concatenate(part) for part in zip(*(_seen(model, talk) for talk in talks), strict=True)
    )
    answers = np.repeat([1, 0], len(seen))
    fitted = LogisticRegression(C=1e3, fit_intercept=False, max_iter=3000, tol=1e-8).fit(
        np.concatenate([seen, seen]), answers, sample_weight=np.concatenate([right, wrong])
    )
    return replace(model, calibration=tuple(float(weight) for weight in fitted.coef_[0]))


def _seen(model: Fitted, talk: Talk) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What is seen of each turn of a talk, and what its right and its wrong words count."""
    words, voices = talk.transcript.words, cast(())
    units = cut_units(words)
    looks = weigh(model, words, units, voices)
    path = best_path(looks.last.emissions, looks.last.links)
    turns = list(turns_of(path))
    sizes = np.array([last - first + 1 for first, last in units])
    starts = [units[start][0] - 1 for start, _ in turns]
    long = np.add.reduceat(np.ones(len(words)), starts)
    by_host = np.repeat(path == 0, sizes)
    if sorted(talk.roles.values()) == ["guest", "host"]:
        answer = np.array([talk.roles.get(speaker) == "host" for speaker in talk.speakers])
        right, weight = by_host == answer, 1.0
    else:
        right, weight = (
            by_host == np.array([speaker == talk.speakers[0] for speaker in talk.speakers]),
            _ALIKE,
        )
        right = right if right.mean() >= 0.5 else ~right
    good = np.add.reduceat(right.astype(float), starts)
    return evidence(looks, path, turns, sizes), weight * good, weight * (long - good)
