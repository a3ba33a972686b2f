"""What the parts of carrying an edition over tell each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.model import Transcript
from build_tools.replace.units import Sheet
from build_tools.replace.voices import Places, Voice
from build_tools.review.proven import Proven


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mark, as it was written: `now` the words in its place, at word `at` (from 0)."""

    mark: str
    now: str
    at: int


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the parts of carrying need to know."""

    page: Proven
    sheet: Sheet
    new: Transcript
    written: Sequence[str]
    given: Places
    said: Sequence[Voice]


class Bounds(NamedTuple):
    """A unit of the new edition: its first word, from 0, and its first and last character, as a slice."""

    at: int
    start: int
    end: int
