"""Scores → tables to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from build_tools.evaluate import scores
from build_tools.evaluate.cost import Cost
from build_tools.evaluate.measured import Answered, by_show, figures, pooled

_SURE = (0.5, 0.8, 0.9)
_COLUMNS = ("words", "words right", "balanced", "F1", "named", "named right")


def systems_table(title: str, found: Mapping[str, Sequence[Answered]]) -> Group:
    """One line a system, all asked about the same talks."""
    table = _table("system", "words right", "pooled", "balanced", "precision", "recall", "F1")
    for name, answered in found.items():
        own = figures(answered)
        cells = (own.right, own.pooled, own.balanced, own.precision, own.recall, own.f1)
        table.add_row(Text(name), *map(_three, cells))
    return _titled(title, table)


def shows_table(title: str, answered: Iterable[Answered]) -> Group:
    """One line a show."""
    table = _table("show", "talks", *_COLUMNS)
    for show, talks in by_show(answered).items():
        table.add_row(Text(show), str(len(talks)), *_cells(talks))
    return _titled(title, table)


def talks_table(title: str, rows: Iterable[tuple[Answered, str]]) -> Group:
    """One line a talk and a way to ask about it."""
    table = _table("talk", "by", *_COLUMNS)
    for answered, asked in rows:
        table.add_row(Text(answered.talk.name), asked, *_cells([answered]))
    return _titled(title, table)


def _cells(talks: Sequence[Answered]) -> list[str]:
    own, known = figures(talks), scores.named(pooled(talks))
    shares = (own.right, own.balanced, own.f1, known.share)
    return [f"{own.words:,}", *map(_three, shares), _right_of(known)]


def named_table(title: str, found: Mapping[str, Sequence[Answered]]) -> Group:
    """One line a kind of talks: how many of all words stand under somebody's name, and how many of those are right."""
    table = _table("speakers", "talks", "named", "named right")
    for kind, answered in found.items():
        known = scores.named(pooled(answered))
        table.add_row(Text(kind), str(len(answered)), _three(known.share), _right_of(known))
    return _titled(title, table)


def confidence_table(title: str, found: Mapping[str, Sequence[Answered]]) -> Group:
    """How sure each system says it is, and how right it is; the words of all talks together."""
    table = _table("", *found)
    columns = [list(_sureness(answered)) for answered in found.values()]
    for row in zip(*columns, strict=True):
        table.add_row(row[0][0], *(figure for _, figure in row))
    return _titled(title, table)


def _sureness(answered: Sequence[Answered]) -> Iterator[tuple[str, str]]:
    every = pooled(answered)
    known = scores.named(every)
    yield "words under a name", _three(known.share)
    yield "of them right", _right_of(known)
    for share in _SURE:
        yield f"right of the surest {share:.0%}", _three(scores.right_of_surest(every, share))
    yield f"expected calibration error, {scores.BINS} bins", _three(scores.calibration_error(every))
    foretold = scores.foretold([one.stretches for one in answered])
    yield "correlation of a talk's confidence with its words right", _three(foretold)


def _right_of(known: scores.Named) -> str:
    return _three(known.right) if known.share else "–"


def reliability_table(title: str, answered: Iterable[Answered]) -> Group:
    """One line a bin of confidence."""
    table = _table("confidence", "words", "mean", "right")
    for one in scores.reliability(pooled(answered)):
        edges = f"{one.low:.1f} to {one.high:.1f}"
        table.add_row(edges, f"{one.words:,}", _three(one.confidence), _three(one.right))
    return _titled(title, table)


def cost_line(cost: Cost) -> str:
    """Time and memory in a line.

    >>> cost_line(Cost(12000, 1.9, 180.2, 147.0))
    '12,000 words: 1.90 s on one core of 147 GFLOP/s, 180 MB at most'
    """
    core = f"one core of {cost.speed:.0f} GFLOP/s"
    return f"{cost.words:,} words: {cost.seconds:.2f} s on {core}, {cost.megabytes:.0f} MB at most"


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right")
    return table


def _titled(title: str, table: Table) -> Group:
    return Group(Text(title, style="bold"), table, "")


def _three(share: float) -> str:
    """A share with three digits, without the zero before the point, as tables of papers have it.

    >>> _three(0.8666), _three(1.0), _three(-0.05)
    ('.867', '1.000', '-.050')
    """
    return f"{share:.3f}".replace("0.", ".", 1)
