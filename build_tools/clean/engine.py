"""Apply rules to numbered words, and record what they did.

Rules see text and know nothing of numbers. The engine joins the slots of one
turn into a text, lets each rule propose replacements, and writes them back
into the slots they touch, one recorded edit each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from build_tools.model import Edit, Replacement, Rule
from build_tools.words import distribute, is_word, join, split_words

# Rules feed each other; real speech settles in two rounds.
_MOST_ROUNDS = 20


def clean(slots: Sequence[str], first_word: int, rules: Iterable[Rule]) -> tuple[list[str], list[Edit]]:
    """Clean the slots of one turn; `first_word` is the number of the first.

    The rules are applied in order, over and over, until none changes anything.
    A turn is never emptied: what consists of disfluencies alone stays.

    >>> from build_tools.clean import RULES
    >>> slots, edits = clean(["So,", "um,", "the", "the", "end."], 7, RULES)
    >>> slots
    ['So', '', 'the', '', 'end.']
    >>> [(e.rule, e.first_word, e.last_word, e.before, e.after) for e in edits]
    [('filler', 7, 8, 'So, um,', 'So'), ('repetition', 9, 10, 'the the', 'the')]
    """
    current = list(slots)
    edits: list[Edit] = []
    chain = tuple(rules)
    settled: dict[int, list[str]] = {}  # what each rule has nothing to say about
    for _ in range(_MOST_ROUNDS):
        count = len(edits)
        for number, rule in enumerate(chain):
            if settled.get(number) == current:
                continue
            current, made = _exhaust(current, first_word, rule)
            settled[number] = current
            edits += made
        if len(edits) == count:
            break
    return current, edits


def _exhaust(slots: Sequence[str], first_word: int, rule: Rule) -> tuple[list[str], list[Edit]]:
    """Apply one rule until it changes nothing more."""
    current = list(slots)
    edits: list[Edit] = []
    for _ in range(_MOST_ROUNDS):
        current, made = apply(current, first_word, rule)
        edits += made
        if not made:
            break
    return current, edits


def apply(slots: Sequence[str], first_word: int, rule: Rule) -> tuple[list[str], list[Edit]]:
    """Apply one rule once; the edits are in the order of the words.

    Where two changes meet in a word, the second waits until the rule is applied again.
    """
    found = rule.find(join(slots))
    current = list(slots)
    edits: list[Edit] = []
    if not found:
        return current, edits
    row = _row(slots)
    taken = -1
    for low, high, changes in _groups(found, row):
        low, high, after = _settled(row, low, high, _changed(row, low, high, changes))
        if low <= taken:
            continue
        taken = high
        first, last = row.filled[low], row.filled[high]
        before = join(slots[first : last + 1])
        if after == before:
            continue
        current[first : last + 1] = distribute(after, last - first + 1)
        reason = changes[0].reason or rule.reason
        edits.append(Edit(rule.name, first_word + first, first_word + last, before, after, reason))
    if not any(map(is_word, join(current).split())):
        return list(slots), []
    return current, edits


@dataclass(frozen=True, slots=True)
class _Row:
    """Slots joined into a text: which are filled, and where in the text each of those begins."""

    text: str
    words: tuple[str, ...]  # of the filled slots
    filled: tuple[int, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Which filled slot holds a character, or the space after it."""
        return max(0, bisect_right(self.starts, offset) - 1)


def _row(slots: Sequence[str]) -> _Row:
    filled = tuple(index for index, slot in enumerate(slots) if slot)
    words = tuple(slots[index] for index in filled)
    starts = tuple(accumulate((len(word) + 1 for word in words[:-1]), initial=0))
    return _Row(" ".join(words), words, filled, starts if words else ())


def _groups(changes: Iterable[Replacement], row: _Row) -> list[tuple[int, int, list[Replacement]]]:
    """Changes that touch the same slots, with the first and the last of them."""
    groups: list[tuple[int, int, list[Replacement]]] = []
    done = 0
    for change in sorted(changes, key=lambda one: one.start):
        if change.start < done:  # it overlaps the one before and may not be needed after it
            continue
        done = change.end
        low, high = row.at(change.start), row.at(max(change.end - 1, change.start))
        if groups and low <= groups[-1][1]:
            first, reach, together = groups[-1]
            groups[-1] = (first, max(reach, high), [*together, change])
        else:
            groups.append((low, high, [change]))
    return groups


def _changed(row: _Row, low: int, high: int, changes: Iterable[Replacement]) -> str:
    """The new text of slots `low`…`high`."""
    parts, at = [], row.starts[low]
    for change in changes:
        parts += [row.text[at : change.start], change.after]
        at = change.end
    end = row.starts[high] + len(row.words[high])
    return " ".join("".join([*parts, row.text[at:end]]).split())


def _settled(row: _Row, low: int, high: int, after: str) -> tuple[int, int, str]:
    """Marks left without a word join the word they belong to: the next one, or the one before."""
    if not after or any(map(is_word, after.split())):
        return low, high, after
    if row.words[low].startswith(after) and after[0] in _OPENING and high + 1 < len(row.words):
        return low, high + 1, after + row.words[high + 1]
    if low > 0:
        gap = " " if after[0] in _DASHES else ""
        return low - 1, high, row.words[low - 1] + gap + after
    return low, high, after


_OPENING, _DASHES = "“‘\"'(", "—–-…"


def rewrite(text: str, *rules: Rule) -> str:
    """What rules make of a text, one after the other; for examples and cases."""
    slots: Sequence[str] = split_words(text)
    for rule in rules:
        slots, _ = _exhaust(slots, 1, rule)
    return join(slots)
