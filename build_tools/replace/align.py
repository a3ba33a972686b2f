"""Align two transcripts of one talk, word by word.

The fewest words put in, left out or exchanged that make one of the other
(Levenshtein's distance over words, by Myers' bit-parallel algorithm and
Hirschberg's division as rapidfuzz has them): 12,000 words take 0.05 s and
memory that grows with their number, where difflib needs a second for the same
alignment. What stands between words that stayed is then paired by likeness,
so that *Wang* is matched with *Huang* and not with the word beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from build_tools.model import Change, Run
from build_tools.words import same_word_form

# A few like words between rewritten stretches are there by chance ("the", "and").
_CHANCE, _REWRITTEN = 2, 3
# Beyond so many pairs of words, a stretch is another text and its words are not paired.
_MOST_PAIRS = 10_000
# That two words are paired at all counts as much as half of being alike.
_PAIRED = 0.5


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words `old` of one text that became words `new` of the other."""

    same: bool
    old: range
    new: range


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    """What became of each old word, in order: runs that use up all old and all new words.

    >>> [f"{run.count}{run.change}" for run in align("by Jensen Wang so".split(), "by Jensen Huang".split())]
    ['2=', '1~', '1-']
    """
    before = [same_word_form(word) for word in old]
    after = [same_word_form(word) for word in new]
    stretches = _without_chance(_stretches(before, after))
    return _joined(run for stretch in stretches for run in _runs(stretch, before, after))


def _stretches(before: Sequence[str], after: Sequence[str]) -> list[_Stretch]:
    """Same words and others in turn."""
    found: list[_Stretch] = []
    for code in Levenshtein.opcodes(before, after):
        same = code.tag == "equal"
        start_old, start_new = code.src_start, code.dest_start
        if found and found[-1].same == same:
            above = found.pop()
            start_old, start_new = above.old.start, above.new.start
        found.append(_Stretch(same, range(start_old, code.src_end), range(start_new, code.dest_end)))
    return found


def _without_chance(stretches: list[_Stretch]) -> list[_Stretch]:
    """Join rewritten stretches over the few words between them that are alike by chance."""
    kept: list[_Stretch] = []
    for number, stretch in enumerate(stretches):
        if kept and not kept[-1].same and not stretch.same:
            above = kept.pop()
            stretch = _over(above, stretch)
        elif _is_chance(stretches, number):
            stretch = _Stretch(False, stretch.old, stretch.new)
            if kept and not kept[-1].same:
                stretch = _over(kept.pop(), stretch)
        kept.append(stretch)
    return kept


def _over(first: _Stretch, second: _Stretch) -> _Stretch:
    """Both as one stretch of other words."""
    return _Stretch(False, range(first.old.start, second.old.stop), range(first.new.start, second.new.stop))


def _is_chance(stretches: Sequence[_Stretch], number: int) -> bool:
    stretch = stretches[number]
    beside = [stretches[at] for at in (number - 1, number + 1) if 0 <= at < len(stretches)]
    return (
        stretch.same
        and len(stretch.old) <= _CHANCE
        and len(beside) == 2
        and all(max(len(one.old), len(one.new)) >= _REWRITTEN for one in beside)
    )


def _runs(stretch: _Stretch, before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    if stretch.same:
        yield Run("=", len(stretch.old))
        return
    at_old, at_new = stretch.old.start, stretch.new.start
    for one, other in [*_pairs(stretch, before, after), (stretch.old.stop, stretch.new.stop)]:
        yield Run("-", one - at_old)
        yield Run("+", other - at_new)
        if one < stretch.old.stop:
            yield Run("=" if before[one] == after[other] else "~", 1)
        at_old, at_new = one + 1, other + 1


def _pairs(stretch: _Stretch, before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which word stands in the place of which: the pairs, in order, that are most alike together.

    By dynamic programming, as Needleman and Wunsch (1970), with gaps that cost nothing.
    """
    old, new = stretch.old, stretch.new
    if not len(old) * len(new) or len(old) * len(new) > _MOST_PAIRS:
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            alike = _PAIRED + Indel.normalized_similarity(before[old[i]], after[new[j]])
            best[i][j] = max(best[i + 1][j + 1] + alike, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
    return pairs


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of one kind as one run, empty ones left out."""
    joined: list[tuple[Change, int]] = []
    for run in runs:
        if joined and joined[-1][0] == run.change:
            joined[-1] = (run.change, joined[-1][1] + run.count)
        elif run.count:
            joined.append((run.change, run.count))
    return tuple(Run(change, count) for change, count in joined)
