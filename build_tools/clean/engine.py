"""Apply rules to numbered words, and record what they did.

Rules see text and know nothing of numbers. The engine joins the slots of one
turn into a text, lets each rule propose replacements, and writes them back
into the slots they touch, one recorded edit each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

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
    for _ in range(_MOST_ROUNDS):
        count = len(edits)
        for rule in chain:
            current, made = _exhaust(current, first_word, rule)
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
    """Apply one rule once; the edits are in the order of the words."""
    text = join(slots)
    filled = [index for index, slot in enumerate(slots) if slot]
    starts: list[int] = []
    at = 0
    for index in filled:
        starts.append(at)
        at += len(slots[index]) + 1
    current = list(slots)
    edits: list[Edit] = []
    for change in _groups(rule.find(text), starts):
        low = bisect_right(starts, change[0].start) - 1
        high = bisect_right(starts, max(change[-1].end - 1, change[0].start)) - 1
        begin = starts[low]
        end = starts[high] + len(slots[filled[high]])
        after, low, begin = _rewritten(text, change, begin, end, low, starts)
        first, last = filled[low], filled[high]
        before = join(current[first : last + 1])
        if after == before:
            continue
        current[first : last + 1] = distribute(after, last - first + 1)
        reason = change[0].reason or rule.reason
        edits.append(Edit(rule.name, first_word + first, first_word + last, before, after, reason))
    if not any(map(is_word, join(current).split())):
        return list(slots), []
    return current, edits


def _groups(changes: Sequence[Replacement], starts: Sequence[int]) -> list[list[Replacement]]:
    """Replacements that touch the same slots are one edit."""
    groups: list[list[Replacement]] = []
    reach = -1
    end = 0
    for change in sorted(changes, key=lambda one: one.start):
        if change.start < end:  # it overlaps the one before and may not be needed after it
            continue
        end = change.end
        low = bisect_right(starts, change.start) - 1
        high = bisect_right(starts, max(change.end - 1, change.start)) - 1
        if groups and low <= reach:
            groups[-1].append(change)
        else:
            groups.append([change])
        reach = max(reach, high)
    return groups


def _rewritten(
    text: str, changes: Sequence[Replacement], begin: int, end: int, low: int, starts: Sequence[int]
) -> tuple[str, int, int]:
    """The new text of a stretch; stray punctuation joins the word before it."""
    parts, at = [], begin
    for change in changes:
        parts += [text[at : change.start], change.after]
        at = max(at, change.end)
    after = " ".join("".join([*parts, text[at:end]]).split())
    if after and not any(map(is_word, after.split())) and low > 0:
        begin = starts[low - 1]
        after = text[begin : starts[low] - 1] + after
        low -= 1
    return after, low, begin


def rewrite(text: str, *rules: Rule) -> str:
    """What rules make of a text, one after the other; for examples and cases."""
    slots: Sequence[str] = split_words(text)
    for rule in rules:
        slots, _ = _exhaust(slots, 1, rule)
    return join(slots)
