"""Addresses that a raw file gave before another took its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Kept, other words in their place, gone, new: as CriticMarkup marks what changed.
Change = Literal["=", "~", "-", "+"]


@dataclass(frozen=True, slots=True)
class Run:
    """`count` words in a row to which the same happened, as in a CIGAR string of the SAM format.

    `=` the same word stands there now; `~` another word stands in its place;
    `-` nothing does; `+` words stand there that were not there before.
    """

    change: Change
    count: int


@dataclass(frozen=True, slots=True)
class Former:
    """A raw file that was replaced: its words, numbered from `first_word`, and where they are now."""

    first_word: int
    words: tuple[str, ...]
    runs: tuple[Run, ...]

    @property
    def last_word(self) -> int:
        return self.first_word + len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Landing:
    """Where words of a former raw file are now: words `first_word`…`last_word`, 0 where they are gone.

    `kept` of the `asked` words are the same; `nearest` is the word that stands where they stood.
    """

    first_word: int
    last_word: int
    kept: int
    asked: int
    nearest: int

    @property
    def is_gone(self) -> bool:
        """Fewer than half of the words are there: what is there instead is no longer the quote."""
        return not self.first_word or 2 * self.kept < self.asked
