"""Whether a comma belongs between two words, judged by the words and marks on both sides."""

from __future__ import annotations

from build_tools.clean.judge import JOINT, judge, known_words, tokens_after, tokens_before, word_class

_MARKS = frozenset(',.…—:"^$')
_LONG = 7


def belongs(text: str, end: int, start: int) -> bool:
    """Whether a comma belongs between what ends at `end` and what begins at `start`.

    >>> [belongs(f"{one} {other} as well.", len(one), len(one) + 1) for one, other in (
    ...     ("I think that", "it works"), ("If you go there", "you will see it"), ("We went to the", "sea"))]
    [False, True, False]
    """
    return score(text, end, start) >= judge("comma").least["comma"]


def score(text: str, end: int, start: int) -> int:
    """How much speaks for a comma."""
    return judge("comma").score(features(text, end, start, known_words()))


def features(text: str, end: int, start: int, known: frozenset[str]) -> list[str]:
    """Runs of words around the gap, and how far away the next marks are."""
    before = [word_class(form, known) for form in tokens_before(text, end)]
    after = [word_class(form, known) for form in tokens_after(text, start)]
    b3, b2, b1 = ("", "", *before)[-3:]
    a1, a2, a3 = (*after, "", "", "")[:3]
    opening = next((at for at, form in enumerate(reversed(before)) if form in _MARKS), len(before))
    closing = next((at for at, form in enumerate(after) if form in _MARKS), len(after))
    clause = before[-opening] if opening else b1
    mark = before[-1 - opening] if opening < len(before) else ""
    next_mark = after[closing] if closing < len(after) else ""
    runs = (
        (b1,), (b2, b1), (b3, b2, b1),
        (a1,), (a1, a2), (a1, a2, a3),
        (b1, a1), (b2, b1, a1), (b1, a1, a2), (b2, b1, a1, a2),
        (clause, f"{min(opening, _LONG)}", a1),
        (clause, a1, a2), (clause, b1),
        (mark, f"{min(opening, _LONG)}"), (mark, a1),
        (next_mark, f"{min(closing, _LONG)}"), (next_mark, f"{min(closing, _LONG)}", a1),
        (f"{min(opening, _LONG)}", f"{min(closing, _LONG)}", mark, next_mark),
    )  # fmt: skip
    return [JOINT.join(run) for run in runs]
