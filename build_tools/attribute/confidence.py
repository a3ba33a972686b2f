"""How sure a turn is: the share of its words expected to be right.

What the chain finds likely is too sure of itself, since neighbouring units say
the same thing twice. A logistic regression on what it says (Platt 1999, after
the temperature of Guo et al. 2017, arXiv:1706.04599) puts that right; it was
settled on talks that no weight was fitted on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.chain import Looks
from build_tools.attribute.decode import posteriors

# Log-odds of the chain are divided by it before anything is made of them.
TEMPERATURE = 4.0
# No likelihood is taken to be nearer to 0 or 1.
_EDGE = 1e-4


def confidences(weights: Sequence[float], seen: NDArray[np.float64]) -> list[float]:
    """For each turn how sure it is, from what is seen of it (`evidence`)."""
    shares = 1 / (1 + np.exp(-(seen @ np.asarray(weights))))
    return [float(share) for share in np.minimum(shares, 1 - _EDGE)]


def evidence(
    looks: Looks, path: NDArray[np.int64], turns: Sequence[tuple[int, int]], sizes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What a turn's confidence hangs on, turns × 7.

    A constant; how likely the turn and the whole talk are when all is said and
    done, and how likely they were at first sight (log-odds of the mean over
    words); how many words the turn has, and how many turns a hundred words of
    the talk (logarithms). A turn is units `start` … before `stop` of the path;
    `sizes` are units' words.
    """
    starts = [start for start, _ in turns]
    words = np.add.reduceat(sizes, starts)
    columns = [
        np.ones(len(turns)),
        np.log(words),
        np.full(len(turns), np.log(100 * len(turns) / sizes.sum())),
    ]
    for chain in (looks.last, looks.first):
        likely = posteriors(chain.emissions / TEMPERATURE, chain.links / TEMPERATURE)
        own = likely[np.arange(len(path)), path] * sizes
        columns.append(_log_odds(np.add.reduceat(own, starts) / words))
        columns.append(np.full(len(turns), _log_odds(own.sum() / sizes.sum())))
    return np.stack(columns, 1)


def _log_odds(share: NDArray[np.float64] | float) -> NDArray[np.float64]:
    bounded = np.clip(share, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(bounded / (1 - bounded)))
