"""How well marks are found, on talks that no weight was fitted on; and from which odds on they are put."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from build_tools.clean import sentences
from build_tools.clean.fit.documents import (
    ANYTHING,
    LIGHT,
    ONLY_COMMA,
    ONLY_NOTHING,
    ONLY_QUESTION,
    mark_after,
    spoken,
)
from build_tools.clean.sentence_network import Fitted, Thresholds, judge
from build_tools.evaluate.corpus import read_records
from build_tools.words import join

# So many of the ends put are ends, so many of the commas stand where there is some mark, and, of
# the right ends, so many of the questions are questions. In log-odds: a sentence that is far too
# long ends where that is likelier than not.
_SURE, _COMMA, _QUESTION, _LIKELY = 0.8, 0.85, 0.9, 0.0
_AT_A_TIME = 4096

SEED = 7
# So many talks are punctuated by the whole rule.
HELD_OUT_TALKS = 60

# A talk without marks: its words, and what may follow each.
Bare = tuple[list[str], list[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """Of the marks put, how many stand right; of those that were there, how many are put."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps between words whose mark is known: the odds of each mark, and what the transcriber has there."""

    end: NDArray[np.float32]
    question: NDArray[np.float32]
    mark: NDArray[np.float32]
    marks: NDArray[np.uint8]


def gaps_of(model: Fitted, talks: Iterable[Bare]) -> Gaps:
    """The gaps of talks without marks."""
    parts: list[tuple[NDArray[np.float32], ...]] = []
    marks: list[NDArray[np.uint8]] = []
    for forms, there in talks:
        known = np.array(there, np.uint8)
        marks.append(known[known != ANYTHING])
        for first in range(0, len(forms), _AT_A_TIME):
            stop = min(first + _AT_A_TIME, len(forms))
            odds = judge(model, forms, first, stop)
            asked = known[first:stop] != ANYTHING
            parts.append((odds.end[asked], odds.question[asked], odds.mark[asked]))
    end, question, mark = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Gaps(end, question, mark, np.concatenate(marks))


def settle_thresholds(gaps: Gaps) -> Thresholds:
    """The lowest odds that are right often enough."""
    ends = (gaps.marks & LIGHT) == 0
    sure = lowest(gaps.end, ends, _SURE)
    put = gaps.end >= sure
    right = put & ends
    return Thresholds(
        sure=sure,
        likely=_LIKELY,
        comma=lowest(gaps.mark[~put], gaps.marks[~put] != ONLY_NOTHING, _COMMA),
        question=lowest(gaps.question[right], gaps.marks[right] == ONLY_QUESTION, _QUESTION),
    )


def lowest(odds: NDArray[np.float32], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest odds from which on so large a share is right.

    >>> lowest(np.array([3, 2, 1, 0], np.float32), np.array([True, False, True, False]), 0.6)
    1.0
    """
    order = np.argsort(-odds, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    return float(odds[order[np.flatnonzero(share >= precision)[-1]]])


def by_gaps(gaps: Gaps, thresholds: Thresholds) -> dict[str, Found]:
    """What is found when each gap is judged alone; and sentence ends where they are found best."""
    put = gaps.end >= thresholds.sure
    ends = (gaps.marks & LIGHT) == 0
    asked = put & (gaps.question >= thresholds.question)
    comma = ~put & (gaps.mark >= thresholds.comma)
    best = max((found(gaps.end >= odds / 4, ends) for odds in range(-8, 9)), key=lambda one: one.f1)
    return {
        "sentence ends": found(put, ends),
        "sentence ends, best F1": best,
        "question marks": found(asked, gaps.marks == ONLY_QUESTION),
        "commas": found(comma, gaps.marks == ONLY_COMMA),
        "any mark": found(put | comma, gaps.marks != ONLY_NOTHING),
    }


def by_rule(talks: Iterable[Bare]) -> dict[str, Found]:
    """What the whole rule finds in talks without marks."""
    put: list[str] = []
    marks: list[int] = []
    for forms, there in talks:
        put += marks_put([form or "x" for form in forms])
        marks += there
    return _compared(put, marks)


def by_edition(words: Sequence[str], edited: Sequence[str]) -> dict[str, Found]:
    """What the whole rule finds where raw text runs on, against what an editor has made of its words.

    Where the editor has taken a word out, or the raw text has a mark, nothing is asked.
    """
    put, starts = marks_put(words), starts_of(words)
    inside = {
        number
        for start, end in sentences.stretches(join(words))
        for number in range(bisect_left(starts, start), bisect_left(starts, end))
    }
    marks = [
        mark_after(now, after) if now and was[-1].isalnum() and number in inside else ANYTHING
        for number, (was, now, after) in enumerate(zip(words, edited, [*edited[1:], ""], strict=True))
    ]
    return _compared(put, marks)


def _compared(put: Sequence[str], marks: Sequence[int]) -> dict[str, Found]:
    known = np.array(marks) != ANYTHING
    had, has = np.array(marks)[known], np.array(put)[known]
    return {
        "sentence ends": found((has == ".") | (has == "?"), (had & LIGHT) == 0),
        "question marks": found(has == "?", had == ONLY_QUESTION),
        "commas": found(has == ",", had == ONLY_COMMA),
        "any mark": found(has != "", had != ONLY_NOTHING),
    }


def marks_put(words: Sequence[str]) -> list[str]:
    """The mark that the rule puts after each word of a text."""
    put, starts = [""] * len(words), starts_of(words)
    for change in sentences.find(join(words)):
        if change.after[0] in ",.?":
            put[bisect_left(starts, change.start) - 1] = change.after[0]
    return put


def starts_of(words: Sequence[str]) -> list[int]:
    """Where each word begins in the text that they make.

    >>> starts_of(["so", "it", "is"])
    [0, 3, 6]
    """
    return list(accumulate((len(word) + 1 for word in words[:-1]), initial=0))


def found(put: NDArray[np.bool_], there: NDArray[np.bool_]) -> Found:
    """Marks put, against those that are there."""
    right = int((put & there).sum())
    return Found(right / max(int(put.sum()), 1), right / max(int(there.sum()), 1))


def with_thresholds(model: Fitted, talks: Iterable[Bare]) -> tuple[Fitted, dict[str, Found]]:
    """The same network, as sure as it may be, and what it finds."""
    gaps = gaps_of(model, talks)
    thresholds = settle_thresholds(gaps)
    return replace(model, thresholds=thresholds), by_gaps(gaps, thresholds)


def held_out(corpora: Path) -> list[Bare]:
    """The talks of dev without marks, in an order of chance."""
    talks = [spoken(record) for record in read_records(corpora / "dev.jsonl.gz")]
    random.Random(SEED).shuffle(talks)
    return talks


def tell(what: str, figures: Mapping[str, Found]) -> None:
    """Print figures, one a line."""
    for name, one in figures.items():
        print(f"{what}: {name}: {one}", flush=True)
