"""Scores of single units → the likeliest course of the whole talk, and how sure each unit is.

A linear chain (Lafferty, McCallum and Pereira 2001): each unit has a score
for every voice, each pair of neighbours a score for every pair of voices.
`emissions` is units × voices; `links` is units × voices × voices, where
`links[t, k, l]` is the score of voice `l` at unit `t` after voice `k` at
`t − 1`, and `links[0]` is not looked at.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_path(emissions: Scores, links: Scores) -> NDArray[np.int64]:
    """The voice of each unit on the path of the highest sum (Viterbi 1967).

    >>> stay = np.zeros((3, 2, 2)) + np.log([[0.9, 0.1], [0.1, 0.9]])
    >>> best_path(np.array([[2.0, 0], [0, 1], [2, 0]]), stay).tolist()
    [0, 0, 0]
    """
    size, voices = emissions.shape
    came_from = np.zeros((size, voices), np.int64)
    total = emissions[0]
    for t in range(1, size):
        paths = total[:, None] + links[t]
        came_from[t] = paths.argmax(0)
        total = paths.max(0) + emissions[t]
    path = np.empty(size, np.int64)
    path[-1] = total.argmax()
    for t in range(size - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    return path


def posteriors(emissions: Scores, links: Scores) -> Scores:
    """How likely each voice is at each unit, over all paths (forward–backward; Rabiner 1989).

    >>> stay = np.zeros((2, 2, 2)) + np.log([[0.9, 0.1], [0.1, 0.9]])
    >>> posteriors(np.log([[0.5, 0.5], [0.8, 0.2]]), stay).round(2).tolist()
    [[0.74, 0.26], [0.8, 0.2]]
    """
    size = len(emissions)
    ahead, behind = np.zeros_like(emissions), np.zeros_like(emissions)
    ahead[0] = emissions[0]
    for t in range(1, size):
        ahead[t] = np.logaddexp.reduce(ahead[t - 1][:, None] + links[t], 0) + emissions[t]
    for t in range(size - 2, -1, -1):
        behind[t] = np.logaddexp.reduce(links[t + 1] + (emissions[t + 1] + behind[t + 1])[None, :], 1)
    both = ahead + behind
    likely = np.exp(both - both.max(1, keepdims=True))
    return np.asarray(likely / likely.sum(1, keepdims=True))
