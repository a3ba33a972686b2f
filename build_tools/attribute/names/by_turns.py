"""Who is speaking where a name is said: a guest's name is mostly said by the host, and the other way round.

What is taken as known is a guess of who speaks that uses no names, so that
nothing goes round in a circle.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from build_tools.attribute.names.gather import OWN, Candidate
from build_tools.model import Attribution

_SIDES = {"host": 1.0, "guest": -1.0}
# What is said to somebody, of themselves, and of somebody who is brought in.
_GROUPS = {
    "spoken to": frozenset(
        "asked|called|called on|thanked|greeted|how are you|bye|who are you|you are|for coming|welcome|"
        "having me|be here".split("|")
    ),
    "self": OWN | {"this is", "this is me", "tells who they are"},
    "brought in": frozenset(
        "my guest|joined by|joining us|with me|here with|we have|talking to|introduce|is the".split("|")
    ),
}


def leanings(turns: Iterable[Attribution]) -> tuple[float, ...]:
    """For each word, how far it is the host's: 1 the host's for sure, −1 the guest's, 0 nobody knows."""
    return tuple(
        _SIDES.get(turn.role, 0.0) * max(2 * turn.confidence - 1, 0.0)
        for turn in turns
        for _ in range(turn.first_word, turn.last_word + 1)
    )


def turn_features(candidates: Sequence[Candidate], leaning: Sequence[float]) -> list[dict[str, float]]:
    """Who says what of each candidate, and what share that is of all that is said so of anybody."""
    told = [_told(one, leaning) for one in candidates]
    return [
        {key: math.log1p(value) for key, value in mine.items()}
        | {
            f"{key}, share": value / sum(one[key] for one in told) if value else 0.0
            for key, value in mine.items()
        }
        for mine in told
    ]


def _told(candidate: Candidate, leaning: Sequence[float]) -> dict[str, float]:
    """By group of sayings and by side, how much is said of a candidate."""
    places = {
        group: {word for kind, words in candidate.said.items() if kind in kinds for word in words}
        for group, kinds in _GROUPS.items()
    }
    told = {}
    for group, words in places.items():
        sides = [leaning[word - 1] if word <= len(leaning) else 0.0 for word in words]
        told[f"{group}, by the host"] = sum(max(side, 0.0) for side in sides)
        told[f"{group}, by the guest"] = sum(max(-side, 0.0) for side in sides)
    return told
