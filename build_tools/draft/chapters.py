"""Chapters found in what is said: a new one begins where the words of a talk change.

Of all ways to cut a talk, the one is taken under which its words are likeliest,
each chapter having words of its own (Utiyama and Isahara 2001, "A statistical
model for domain-independent text segmentation"). A chapter begins where a turn
does, and rather where the host asks at length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from wordfreq import zipf_frequency

from build_tools.model import Turn
from build_tools.words import same_word_form

# In words: how long a chapter is at best, at most and at least; a shorter talk has none.
_IDEAL, _MOST, _LEAST = 900, 2400, 150
# Two places nearer than this, in words, are one; so no talk has too many to try.
_NEAR = 25
# In nats: what a chapter of twice the ideal length costs, and one that is too short.
_LENGTH_COST, _SHORT_COST = 10.0, 1000.0
# In nats: what it costs to begin in the middle of a turn, with a guest, with few words, without a question.
_INSIDE, _GUEST, _BRIEF, _NO_QUESTION = 10.0, 10.0, 10.0, 4.0
# A turn of so many words is not brief; one of so many may hide another speaker, or a new chapter.
_AT_LENGTH, _LONG = 30, 200
# Words more frequent than this, per thousand million, log 10, tell nothing of a topic.
_COMMON_ZIPF = 5.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A word at which a chapter may begin, and what it costs to begin there."""

    first_word: int
    cost: float


def find_chapters(turns: Sequence[Turn]) -> tuple[int, ...]:
    """The first words of the chapters, the first of them 1; none where a talk is too short."""
    words = [word for turn in turns for paragraph in turn.paragraphs for word in paragraph.raw]
    if len(words) < _IDEAL + _LEAST:
        return ()
    places = [place for turn in turns for place in _places(turn) if place.first_word > 1]
    return _cut(_apart(places), [telling(word) for word in words])


def telling(word: str) -> str:
    """The form under which a word counts; "" where it is too common to tell a topic.

    >>> [telling(word) for word in ("Models,", "modelling", "Lovelace's", "the", "90%")]
    ['model', 'modell', 'lovelace', '', '']
    """
    form = same_word_form(word)
    return stem(form) if form[:1].isalpha() and not is_common(form) else ""


@lru_cache(maxsize=1 << 16)
def is_common(form: str) -> bool:
    """Whether a word is too frequent in English to tell a topic."""
    return float(zipf_frequency(form, "en")) > _COMMON_ZIPF


def stem(form: str) -> str:
    """A word without its commonest endings; what is left has at least four letters."""
    form = form.removesuffix("'s")
    for ending in ("ing", "ies", "ed", "es", "s", "y"):
        if form.endswith(ending) and not form.endswith("ss") and len(form) >= len(ending) + 4:
            return form.removesuffix(ending)
    return form


def _places(turn: Turn) -> Iterator[_Place]:
    """Where a turn begins, and the paragraphs of a long one."""
    length = turn.last_word - turn.first_word + 1
    brief = max(0.0, 1 - length / _AT_LENGTH)
    yield _Place(
        turn.first_word,
        _GUEST * (turn.role == "guest") + _BRIEF * brief + _NO_QUESTION * ("?" not in turn.verbatim),
    )
    if length > _LONG:
        yield from (_Place(paragraph.first_word, _INSIDE) for paragraph in turn.paragraphs[1:])


def _apart(places: Iterable[_Place]) -> list[_Place]:
    """Of places that are near each other, the cheapest."""
    groups = groupby(places, key=lambda place: place.first_word // _NEAR)
    return [min(group, key=lambda place: place.cost) for _, group in groups]


def _cut(places: Sequence[_Place], forms: Sequence[str]) -> tuple[int, ...]:
    """The cheapest way to cut words at some of the places, by dynamic programming."""
    edges = [0, *(place.first_word - 1 for place in places), len(forms)]
    costs = [0.0, *(place.cost for place in places)]
    blocks = [[form for form in forms[a:b] if form] for a, b in pairwise(edges)]
    kinds = len(set(forms) - {""})
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(edges)):
        options: list[tuple[float, int]] = []
        for start, surprise in _surprises(blocks[:end], kinds):
            length = edges[end] - edges[start]
            if length > _MOST and options:
                break
            cost = surprise + _length_cost(length) + costs[start]
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    cuts, here = [], len(edges) - 1
    while here > 0:
        here = best[here][1]
        cuts.append(edges[here] + 1)
    return tuple(cuts[::-1])


def _length_cost(length: int) -> float:
    return _LENGTH_COST * ((length - _IDEAL) / _IDEAL) ** 2 + _SHORT_COST * (length < _LEAST)


def _surprises(blocks: Sequence[Sequence[str]], kinds: int) -> Iterator[tuple[int, float]]:
    """Each start of a chapter that ends with the last block, latest first, and its surprise.

    In nats: Σ over its words of −ln((c + 1) / (n + k)), with c the count of a
    word in the chapter, n of all its words, and `kinds` k of different words
    in the talk (Laplace's rule).
    """
    counts = Counter[str]()
    likely = 0.0  # Σ c ln(c + 1)
    for start in range(len(blocks) - 1, -1, -1):
        for form in blocks[start]:
            c = counts[form]
            likely += (c + 1) * math.log(c + 2) - c * math.log(c + 1)
            counts[form] = c + 1
        n = counts.total()
        yield start, n * math.log(n + kinds) - likely if n else 0.0
