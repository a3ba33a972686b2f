"""Who says the words of a new transcript, as far as the old edition tells.

A word that stayed, or that another word took the place of, is said by whoever
said it. Words that are new between two turns go to the turn whose sentence
they belong to; where that cannot be told, or where they are a sentence of
their own or many, nobody is named: it may be somebody else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.model import Run
from build_tools.words import ends_sentence

# So many new or other words in a row may well be somebody else's.
_MANY = 12
# Of words in the place of many others, so many times as many are still the same speech.
_AS_LONG = 2

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a word: the label of the old edition, by its place among them, or `NOBODY`."""

    label: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Which old word became which new one, both counted from 0; None where there is none."""

    now: tuple[int | None, ...]
    before: tuple[int | None, ...]
    kept: tuple[bool, ...]  # by new word: whether it is the same word

    def next_now(self, old: int) -> int:
        """The first new word that an old word from `old` on became, or the end."""
        return next((new for new in self.now[old:] if new is not None), len(self.before))

    def last_now(self, old: int) -> int:
        """The last new word that an old word before `old` became, or -1."""
        return next((new for new in reversed(self.now[:old]) if new is not None), -1)


def places(runs: Sequence[Run]) -> Places:
    """Runs, word by word."""
    now: list[int | None] = []
    before: list[int | None] = []
    kept: list[bool] = []
    for run in runs:
        old, new = len(now), len(before)
        stays = run.change in "=~"
        if run.change != "+":
            now += range(new, new + run.count) if stays else [None] * run.count
        if run.change != "-":
            before += range(old, old + run.count) if stays else [None] * run.count
            kept += [run.change == "="] * run.count
    return Places(tuple(now), tuple(before), tuple(kept))


Side = Literal["before", "after", "within", "alone"]


def side(words: Sequence[str], first: int, last: int) -> Side:
    """Where new words `first`…`last` (from 0) belong, by where sentences end.

    To the sentence before or after them, within one, or to none: a sentence of their own, or many.
    """
    opens = first == 0 or ends_sentence(words[first - 1])
    closes = last == len(words) - 1 or ends_sentence(words[last])
    if last - first + 1 >= _MANY or (opens and closes):
        return "alone"
    if opens == closes:
        return "within"
    return "after" if opens else "before"


def voices(words: Sequence[str], given: Places, labels: Sequence[int]) -> list[Voice]:
    """Who says each new word; `labels` are the first words (from 1) of the old edition's labels."""
    said = [NOBODY if old is None else bisect_right(labels, old + 1) - 1 for old in given.before]
    for first, last in _stretches([old is None for old in given.before]):
        said[first : last + 1] = [_put_in(words, said, first, last)] * (last - first + 1)
    told = [Voice(label) for label in said]
    for first, last in _stretches([not kept for kept in given.kept]):
        if last - first + 1 >= _MANY:
            told[first : last + 1] = _rewritten(told, given, first, last)
    return told


def _put_in(words: Sequence[str], said: Sequence[int], first: int, last: int) -> int:
    """Who says words that were put in."""
    before = said[first - 1] if first else NOBODY
    after = said[last + 1] if last + 1 < len(said) else NOBODY
    where = side(words, first, last)
    if where == "alone" or (where == "within" and before != after):
        return NOBODY
    return after if where == "after" else before


def _rewritten(told: Sequence[Voice], given: Places, first: int, last: int) -> list[Voice]:
    """Many words in a row of which none stayed: in doubt within one turn, else nobody's."""
    around = {told[at].label for at in range(max(0, first - 1), min(len(told), last + 2))}
    old = sum(given.before[at] is not None for at in range(first, last + 1))
    size = last - first + 1
    if len(around) == 1 and size <= _AS_LONG * old:
        return [Voice(told[first].label, told[first].label != NOBODY)] * size
    return [Voice(NOBODY)] * size


def _stretches(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last of each row of flags that are set.

    >>> list(_stretches([True, False, True, True]))
    [(0, 0), (2, 3)]
    """
    first = None
    for at, flag in enumerate([*flags, False]):
        if flag and first is None:
            first = at
        elif not flag and first is not None:
            yield first, at - 1
            first = None
