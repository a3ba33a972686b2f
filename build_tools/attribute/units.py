"""Words → units: the stretches that are judged as one.

A unit is a sentence. Where speech recognition has left no full stops, it is
what reads most like one: the gap between two words in which a sentence is
likeliest to end, and none so long that two speakers would hide in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from build_tools.clean.sentences import REACH, fitted, scores
from build_tools.words import ends_sentence, same_word_form

# In words: nothing longer is one unit, nothing cut from a longer one is shorter.
LONGEST, SHORTEST = 32, 3
# What a comma, a colon or a dash adds to the score of a gap.
_PAUSE = 30
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
            cuts = sorted(_cuts(words, before, last))
            units += [(a + 1, b) for a, b in pairwise([before, *cuts, last])]
    return tuple(units)


def _cuts(words: Sequence[str], before: int, last: int) -> Iterator[int]:
    """Last words of the parts into which words `before + 1` … `last` fall, but for the last part."""
    low, high = max(before - REACH, 0), min(last + REACH, len(words))
    model = fitted()
    marks = scores([same_word_form(word) for word in words[low:high]], model)
    ranked = {
        n: marks[n - 1 - low] + _PAUSE * words[n - 1].endswith(_PAUSES) for n in range(before + 1, last)
    }
    parts = [(before, last)]
    while parts:
        start, end = parts.pop()
        inner = range(start + SHORTEST, end - SHORTEST + 1)
        best = max(inner, key=lambda n: (ranked[n], -n), default=None)
        if best is None or (end - start <= LONGEST and ranked[best] < model.likely + _PAUSE):
            continue
        yield best
        parts += [(start, best), (best, end)]
