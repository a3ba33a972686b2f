"""Figures → lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from build_tools.measure.names import Corrections
from build_tools.measure.recall import Recall

_SHOWN = 3


def recall_lines(title: str, found: Iterable[Recall]) -> list[str]:
    """Recall by kind; “exact” has capitals and punctuation right as well.

    >>> print(*recall_lines("on clean text", [Recall("pause", 8, 6, 4)]), sep="\\n")
    recall on clean text                       n    gone   exact
      pause                                    8   75.0%   50.0%
    """
    head = f"{f'recall {title}':<38}{'n':>6}{'gone':>8}{'exact':>8}"
    return [head, *(f"  {r.kind:<36}{r.tried:>6}{r.share:>8.1%}{r.exact_share:>8.1%}" for r in found)]


def harm_lines(words: int, found: Mapping[str, float]) -> list[str]:
    """Words removed by rule."""
    head = f"removed of 10,000 words ({words:,} in all)"
    rows = [f"  {rule:<36}{many:>6.1f}" for rule, many in found.items()]
    return [head, *rows, f"  {'together':<36}{sum(found.values()):>6.1f}"]


def property_lines(texts: int, found: Mapping[str, Sequence[str]]) -> list[str]:
    """Where properties fail, the first places of each."""
    rows = [
        f"  {name:<36}{len(where):>6}" + "".join(f"\n    {place}" for place in where[:_SHOWN])
        for name, where in found.items()
    ]
    return [f"properties: failures in {texts:,} turns", *rows]


def name_lines(found: Iterable[Corrections]) -> list[str]:
    """What editions and the glossary did."""
    rows = [f"  {one.rule:<36}{one.edits:>6}{one.changed:>8}{one.share:>8.1%}" for one in found]
    return [f"{'corrections in sources':<38}{'edits':>6}{'words':>8}{'share':>8}", *rows]
