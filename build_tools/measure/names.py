"""What editions and the glossary did to words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_tools.model import Interview
from build_tools.words import same_words

RULES = ("edition", "glossary")


@dataclass(frozen=True, slots=True)
class Corrections:
    """The edits of one rule, and how many of them changed a word, not only its punctuation."""

    rule: str
    edits: int
    changed: int

    @property
    def share(self) -> float:
        return self.changed / self.edits if self.edits else 0.0


def corrections(interviews: Iterable[Interview]) -> list[Corrections]:
    """How many edits of each rule changed a word."""
    edits = [edit for interview in interviews for edit in interview.edits]
    found = []
    for rule in RULES:
        own = [edit for edit in edits if edit.rule == rule]
        changed = sum(not same_words(edit.before, edit.after) for edit in own)
        found.append(Corrections(rule, len(own), changed))
    return found
