"""Notable quotes, carried over to another transcript: where they are, and which are no more.

A quote is marked at the words that it has become, where it is still a quote of
one person, in one paragraph; where it reads otherwise now, that is told.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from build_tools.addresses import Addresses, resolve
from build_tools.edition.meta import is_unknown
from build_tools.model import Former, Run, WordRange
from build_tools.replace.ground import Bounds, Fate, Ground
from build_tools.replace.units import Seam, reading
from build_tools.replace.voices import NOBODY
from build_tools.words import join, same_words


@dataclass(frozen=True, slots=True)
class Marked:
    """A new edition with its quotes marked, where its units stand then, the quotes gone, and those changed."""

    text: str
    bounds: tuple[Bounds, ...]
    gone: tuple[Fate, ...]
    changed: tuple[Fate, ...]


def mark_quotes(
    ground: Ground, text: str, bounds: Sequence[Bounds], quotes: Sequence[WordRange], runs: Sequence[Run]
) -> Marked:
    """Mark the quotes of the edition before in the new one, `text`, whose units stand at `bounds`."""
    old = Addresses(len(ground.page.ground.slots) + 1, (_former(ground, runs),))
    lost: list[Fate] = []
    changed: list[Fate] = []
    marks: list[int] = []  # characters before which a mark stands
    for quote in quotes:
        landing = resolve(old, quote.first_word, quote.last_word)
        assert landing is not None, "the words of a quote are words of the edition"
        low, high = landing.first_word - old.first_word, landing.last_word - old.first_word
        here = None if landing.is_gone else _place(ground, text, bounds, low, high)
        if here is None or (marks and here[0] <= marks[-1]):
            lost.append(_lost(ground, quote, low, high, landing.nearest - old.first_word))
            continue
        marks += here
        before, now = _read_before(ground, quote), reading(text[slice(*here)])
        if not same_words(before, now):
            changed.append(Fate(f"=={before}==", now, low))
    for mark in reversed(marks):
        text = f"{text[:mark]}=={text[mark:]}"
    return Marked(text, tuple(_moved(one, marks) for one in bounds), tuple(lost), tuple(changed))


def _read_before(ground: Ground, quote: WordRange) -> str:
    """What a quote read in the edition before."""
    units = (one for one in ground.sheet.units if quote.first_word <= one.first <= quote.last_word)
    return join(reading(one.text) for one in units)


def _former(ground: Ground, runs: Sequence[Run]) -> Former:
    return Former(1, tuple(ground.page.ground.transcript.words), tuple(runs))


def _place(
    ground: Ground, text: str, bounds: Sequence[Bounds], low: int, high: int
) -> tuple[int, int] | None:
    """Where a quote of words `low`…`high` opens and closes; None where these are no quote of one person."""
    units = [
        one
        for one, after in zip_longest(bounds, bounds[1:])
        if one.at <= high and not (after and after.at <= low)
    ]
    start, end = units[0].start, units[-1].end
    said = set(ground.said[units[0].at : high + 1])
    label = next(iter(said)).label
    if len(said) > 1 or label == NOBODY or next(iter(said)).doubtful:
        return None
    by = ground.page.labels[label]
    if by.uncertain or is_unknown(by.name) or Seam(text[start:end]).is_parted:
        return None
    return start, end


def _moved(one: Bounds, marks: Sequence[int]) -> Bounds:
    """Where a unit stands behind the marks before it; a mark that opens before it is part of it."""
    before, within = bisect_left(marks, one.start), bisect_right(marks, one.end)
    return Bounds(one.at, one.start + 2 * before, one.end + 2 * within)


def _lost(ground: Ground, quote: WordRange, low: int, high: int, nearest: int) -> Fate:
    words = join(ground.page.ground.slots[quote.first_word - 1 : quote.last_word])
    now = join(ground.new.words[low : high + 1]) if low >= 0 else ""
    return Fate(f"=={words}==", now, min(max(low, nearest, 0), len(ground.new.words) - 1))
