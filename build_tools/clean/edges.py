"""Whether a clause may end with some words, or begin with others, judged by how often clauses do."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.clean.judge import JOINT, judge

_REACH = 3


def ending(forms: Sequence[str]) -> int:
    """How much speaks for a clause that ends with these words: “to rely on”, hardly “because the”."""
    return judge("ending").score(last_runs(forms))


def beginning(forms: Sequence[str]) -> int:
    """How much speaks for a clause that begins with these words: “it is”, hardly “it with”."""
    return judge("beginning").score(first_runs(forms))


def last_runs(forms: Sequence[str]) -> list[str]:
    """The last word, the last two and the last three.

    >>> last_runs(["so", "we", "go"])
    ['go', 'we_go', 'so_we_go']
    """
    return [JOINT.join(forms[-size:]) for size in range(1, _REACH + 1)]


def first_runs(forms: Sequence[str]) -> list[str]:
    """The first word, the first two and the first three."""
    return [JOINT.join(forms[:size]) for size in range(1, _REACH + 1)]
