"""Words → units: the stretches that are judged as one.

A unit is a sentence. Where speech recognition has left no full stops, it is
what reads most like one: the gap between two words in which a sentence is
likeliest to end, and none so long that two speakers would hide in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from build_tools.clean.sentence_network import REACH
from build_tools.clean.sentences import fitted, scores
from build_tools.words import ends_sentence, same_word_form

# In words: no sentence that is longer is one unit, and nothing cut from it is shorter.
LONGEST, SHORTEST = 32, 3
# Where so few words have a mark that nobody can have set any, units are no longer than this.
LONGEST_UNMARKED, _WORDS_FOR_A_MARK = 14, 20
# What a comma, a colon or a dash adds to the score of a gap, in log-odds.
_PAUSE = 2.5
_PAUSES = (",", ";", ":", "—", "–", "-")


def cut_units(words: Sequence[str], openings: Collection[int] = frozenset()) -> tuple[tuple[int, int], ...]:
    """Word ranges, from 1 and both ends included, that cover all words in order.

    `openings` are words that open a paragraph of the source; no unit crosses one.

    >>> cut_units("Is it so? Yes. It is".split())
    ((1, 3), (4, 4), (5, 6))
    """
    ends = [n for n, word in enumerate(words, 1) if ends_sentence(word) or n + 1 in openings]
    edges = [0, *ends] if ends and ends[-1] == len(words) else [0, *ends, len(words)]
    units: list[tuple[int, int]] = []
    for before, last in pairwise(edges):
        if last - before <= LONGEST:
            units.append((before + 1, last))
        else:
            cuts = reversed(list(_cuts(words, before, last)))
            units += [(a + 1, b) for a, b in pairwise([before, *cuts, last])]
    return tuple(units)


def _cuts(words: Sequence[str], before: int, last: int) -> Iterator[int]:
    """Last words of the parts into which words `before + 1` … `last` fall, but for the last part.

    Of all ways to cut them, the one with the highest sum of scores, found part by part
    (dynamic programming): what is best up to a word does not depend on what follows.
    """
    low, high = max(before - REACH, 0), min(last + REACH, len(words))
    marks = scores([same_word_form(word) for word in words[low:high]], fitted())
    pauses = sum(word.endswith(_PAUSES) for word in words[before:last])
    longest = LONGEST if pauses * _WORDS_FOR_A_MARK > last - before else LONGEST_UNMARKED
    totals = {before: 0.0}
    cut_before: dict[int, int] = {}
    for end in range(before + SHORTEST, last + 1):
        starts = [n for n in range(end - longest, end - SHORTEST + 1) if n in totals]
        if starts:
            best = max(starts, key=totals.__getitem__)
            pause = _PAUSE * words[end - 1].endswith(_PAUSES)
            totals[end], cut_before[end] = totals[best] + marks[end - 1 - low] + pause, best
    end = last
    while (end := cut_before[end]) != before:
        yield end
