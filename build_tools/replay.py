"""Recorded edits, replayed: the proof that a page is its source plus its edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_tools.model import Edit
from build_tools.words import distribute, join


def replay(words: Sequence[str], edits: Iterable[Edit]) -> list[str]:
    """Apply edits to raw words, in order; the result has one slot per raw word.

    A transcript is a row of slots; an edit rewrites a range of them. Where the
    new text has as many words as the range has slots, each goes into its own
    slot, otherwise all of it goes into the first. Raises `ValueError` if an
    edit does not find the text it was made on.

    >>> replay(
    ...     ["Um,", "the", "the", "end."],
    ...     [Edit("filler", 1, 1, "Um,", ""), Edit("repetition", 2, 3, "the the", "the")],
    ... )
    ['', 'the', '', 'end.']
    """
    slots = list(words)
    for edit in edits:
        here = slice(edit.first_word - 1, edit.last_word)
        found = join(slots[here])
        if found != edit.before:
            span = f"w{edit.first_word}-{edit.last_word}"
            raise ValueError(f"{edit.rule} at {span}: expected {edit.before!r}, found {found!r}")
        slots[here] = distribute(edit.after, edit.last_word - edit.first_word + 1)
    return slots


def touched(edits: Iterable[Edit]) -> list[tuple[int, int]]:
    """The word ranges that edits changed, overlapping ones joined, in order.

    >>> touched([Edit("a", 3, 4, "", ""), Edit("b", 9, 9, "", ""), Edit("c", 4, 5, "", "")])
    [(3, 5), (9, 9)]
    """
    ranges: list[tuple[int, int]] = []
    for first, last in sorted((edit.first_word, edit.last_word) for edit in edits):
        if ranges and first <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    return ranges
