"""What cleaning takes out of text that people have edited.

Such text still holds stumbles, so not all that goes is harm; a sample is to be
read by a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from build_tools.clean import RULES, rules_of
from build_tools.clean.engine import clean
from build_tools.measure.passages import Passage
from build_tools.model import Edit
from build_tools.words import join, split_words

_AROUND = 12
_SEED = "removals"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A passage, cleaned."""

    passage: Passage
    words: tuple[str, ...]
    slots: tuple[str, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """An edit that took words out, with the raw words on both sides."""

    where: str
    edit: Edit
    before: str
    after: str


def clean_all(passages: Iterable[Passage]) -> list[Cleaned]:
    """Clean every passage as one turn."""
    return [_clean(passage) for passage in passages]


def _clean(passage: Passage) -> Cleaned:
    words = split_words(passage.text)
    slots, edits = clean(words, 1, rules_of(passage.prior))
    return Cleaned(passage, tuple(words), tuple(slots), tuple(edits))


def words_removed(edit: Edit) -> int:
    """How many words fewer there are after an edit.

    >>> words_removed(Edit("repetition", 3, 5, "we, we go", "we go"))
    1
    """
    return len(split_words(edit.before)) - len(split_words(edit.after))


def removed_per_10_000(texts: Sequence[Cleaned]) -> dict[str, float]:
    """Words taken out of each 10,000, by rule."""
    removed: Counter[str] = Counter({rule.name: 0 for rule in RULES})
    for text in texts:
        for edit in text.edits:
            removed[edit.rule] += words_removed(edit)
    total = sum(len(text.words) for text in texts)
    return {rule: 10_000 * count / total for rule, count in removed.items()}


def removals(texts: Iterable[Cleaned]) -> list[Removal]:
    """Every edit that took a word out."""
    return [_removal(text, edit) for text in texts for edit in text.edits if words_removed(edit) > 0]


def _removal(text: Cleaned, edit: Edit) -> Removal:
    first, last = edit.first_word - 1, edit.last_word
    before, after = text.words[max(0, first - _AROUND) : first], text.words[last : last + _AROUND]
    return Removal(text.passage.where, edit, join(before), join(after))


def sample(found: Sequence[Removal], count: int) -> list[Removal]:
    """A random sample, the same on every run."""
    return Random(_SEED).sample(found, min(count, len(found)))


def as_tsv(found: Iterable[Removal]) -> str:
    """Removals as a table to read: one a line, tabs between."""
    rows = [("rule", "before", "after", "context")]
    for one in found:
        context = f"{one.before} [[{one.edit.before}]] {one.after}"
        rows.append((one.edit.rule, one.edit.before, one.edit.after, context.strip()))
    return "".join("\t".join(row) + "\n" for row in rows)
