"""Recorded changes, and the rules that propose them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One recorded change: words `first_word`…`last_word`, read `before`, now read `after`."""

    rule: str
    first_word: int
    last_word: int
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A change a cleaning rule proposes: characters `start`…`end` of a text become `after`."""

    start: int
    end: int
    after: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named cleaning rule: a pure function from text to the changes it would make."""

    name: str
    reason: str
    find: Callable[[str], list[Replacement]]
