"""Candidates → how likely each is the host, a guest or nobody who takes part.

Two logistic regressions: one asks who of those that take part is the host,
the other, knowing that, who takes part at all, for a host's rivals are hosts.
The weights are fitted by `python -m build_tools.evaluate.names --fit`; they
stand in `weights.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from build_tools.attribute.names.by_turns import turn_features
from build_tools.attribute.names.cues import KINDS
from build_tools.attribute.names.gather import AWAY, OWN, Candidate
from build_tools.attribute.names.given import is_given_name

WEIGHTS = Path(__file__).with_name("weights.json")
IS_HOST, TAKES_PART = "is the host", "takes part"

# What brings a guest in, what tells of a host, and what is counted, not only noted.
_BRINGS = frozenset(
    "my guest|joined by|joining us|with me|here with|we have|talking to|welcome|introduce|for coming|is the|"
    "named early".split("|")
)
_HOSTS = frozenset({"your host", "host named", "co-host", "and i", "as always", "having me", "be here"})
_COUNTED = ("asked", "called", "thanked", "greeted")
_NOTED = (*(kind for kind in KINDS if kind not in AWAY), "named early")
# Kinds of which hardly any is said of somebody who is not there.
_SIGNS = (OWN - {"i am, later", "i have been"}) | frozenset(
    "asked|said before|thanked|greeted|for coming|welcome|my guest|joined by|joining us|we have|having me|be here|"
    "how are you|tells who they are".split("|")
)
# What is rarely said but tells much counts for more than a fit on few cases would give it.
_TELLING = {
    "tells who they are": 3.0,
    **dict.fromkeys(("your host", "having me", "my guest", "joined by", "co-host"), 2.0),
}
# Named over more than this share of a talk is named throughout it.
_THROUGHOUT = 0.8
# Leads are cut off here, in the units of `_strength`.
_CLEAR_LEAD = 6


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances that somebody is the host or a guest; the rest is that they take no part."""

    host: float
    guest: float


def weigh(candidates: Sequence[Candidate], leaning: Sequence[float]) -> list[Chances]:
    """The chances of every candidate of a text, in their order.

    `leaning` says for each word how far it is the host's, see `by_turns`.
    """
    hosts = host_chances(_weights()[IS_HOST], candidates, leaning)
    there = [
        _logistic(_weights()[TAKES_PART], values) for values in part_features(candidates, leaning, hosts)
    ]
    return [Chances(part * host, part * (1 - host)) for part, host in zip(there, hosts, strict=True)]


def host_chances(
    weights: Mapping[str, float], candidates: Sequence[Candidate], leaning: Sequence[float]
) -> list[float]:
    """The chance of every candidate to be the host, should they take part."""
    return [_logistic(weights, values) for values in role_features(candidates, leaning)]


def role_features(candidates: Sequence[Candidate], leaning: Sequence[float]) -> list[dict[str, float]]:
    """What tells host from guest, candidate by candidate."""
    sides = turn_features(candidates, leaning)
    return [
        {**_features(one, others), **side, **_against_guests(one, others)}
        for (one, others), side in zip(_each(candidates), sides, strict=True)
    ]


def part_features(
    candidates: Sequence[Candidate], leaning: Sequence[float], hosts: Sequence[float]
) -> list[dict[str, float]]:
    """What tells who takes part, candidate by candidate; `hosts` are the chances of each to be the host."""
    sides = turn_features(candidates, leaning)
    return [
        {**_features(one, others), **sides[n], **_against_peers(n, candidates, hosts)}
        for n, (one, others) in enumerate(_each(candidates))
    ]


def _each(candidates: Sequence[Candidate]) -> list[tuple[Candidate, list[Candidate]]]:
    return [(one, [other for other in candidates if other is not one]) for one in candidates]


def _features(candidate: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    said, places = candidate.said, len(candidate.places)
    away = sum(candidate.times(kind) for kind in AWAY)
    signs = len(_SIGNS & said.keys())
    first = _is_first(candidate, others)
    most = places > max((len(one.places) for one in others), default=1)
    return {
        **{kind: _TELLING.get(kind, 1.0) * (kind in said) for kind in _NOTED},
        **{f"times {kind}": math.log1p(candidate.times(kind)) for kind in _COUNTED},
        "share away": away / max(places, 1),
        "away": math.log1p(away),
        "given name": float(_is_given(candidate)),
        "first full name": float(first),
        "most named": float(most),
        "first and most named": float(first and most),
        "told of early": float("named early" in said and OWN.isdisjoint(said)),
        "times": math.log1p(places),
        "spread": _spread(candidate, others),
        "from first to last": float("named early" in said and _spread(candidate, others) > _THROUGHOUT),
        "a sign": float(signs > 0),
        "two signs": float(signs > 1),
        "three signs": float(signs > 2),
        "brought in": float(min(_brought(candidate), 3)),
        "addressed": min(sum(candidate.times(kind) for kind in _COUNTED), 6) / 6,
        "many": float(sum(_bringing(one) >= 4 for one in (*others, candidate)) > 3),
    }


def _against_guests(candidate: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    """How a candidate compares, as a guest, with those who are nothing like a host."""
    guests = [_bringing(one) for one in others if _HOSTS.isdisjoint(one.said)]
    return {
        "lead": _lead(_bringing(candidate), max(guests, default=0.0)),
        "another host": float(any(not _HOSTS.isdisjoint(one.said) for one in others)),
        "another guest": float(max(map(_brought, others), default=0) >= 2 and not _brought(candidate)),
    }


def _against_peers(n: int, candidates: Sequence[Candidate], hosts: Sequence[float]) -> dict[str, float]:
    """How candidate `n` compares with those who would have the same part."""
    own = _strength(candidates[n])
    rival = max(
        (
            _strength(one) * (host if hosts[n] > 0.5 else 1 - host)
            for m, (one, host) in enumerate(zip(candidates, hosts, strict=True))
            if m != n
        ),
        default=0.0,
    )
    return {"lead among peers": _lead(own, rival), "leads among peers": float(own > rival)}


def _spread(candidate: Candidate, others: Sequence[Candidate]) -> float:
    """Over how much of a talk somebody is named, as a share of all up to the last name in it."""
    last = max(max(one.places, default=0) for one in (candidate, *others))
    return (max(candidate.places) - min(candidate.places)) / last if last else 0.0


def _lead(own: float, other: float) -> float:
    return max(-1.0, min(1.0, (own - other) / _CLEAR_LEAD))


def _is_first(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether this is the full name said first, early, of all that are no host's."""
    rivals = (one for one in others if "named early" in one.said and _HOSTS.isdisjoint(one.said))
    return "named early" in candidate.said and candidate.word <= min(
        (one.word for one in rivals), default=candidate.word
    )


def _is_given(one: Candidate) -> bool:
    return is_given_name(one.name.split()[0].casefold())


def _brought(one: Candidate) -> int:
    return len(_BRINGS & one.said.keys())


def _bringing(one: Candidate) -> float:
    """How much speaks for a guest."""
    told = 3 * _brought(one) - ("named early" in one.said)
    return (told + _called(one)) * (1 if _is_given(one) else 0.5)


def _strength(one: Candidate) -> float:
    """How much speaks for somebody who takes part, whatever the part."""
    told = 3 * len(_SIGNS & one.said.keys()) + 2 * ("named early" in one.said)
    return (told + _called(one)) * (1 if _is_given(one) else 0.7)


def _called(one: Candidate) -> float:
    return sum(math.log1p(one.times(kind)) for kind in _COUNTED)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    return weights


def _logistic(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """1 / (1 + e^−x), x the weighted sum."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
