"""A stretch of words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class WordRange:
    """Words `first_word`…`last_word`."""

    first_word: int
    last_word: int
