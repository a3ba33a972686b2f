"""What is read: raw files and what readers make of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """What a raw file says about itself; empty where it says nothing."""

    title: str = ""
    date: datetime.date | None = None
    outlet: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A section of a raw file that nobody speaks: a summary, a list of claims."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of spoken text and the 1-based line of the raw file where it begins.

    `opens` is true where a source paragraph begins; `heading` where the text
    is a heading of the source and not spoken. `speaker` is the label before
    it, as written; "" where there is none.
    """

    number: int
    text: str
    opens: bool = False
    heading: bool = False
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a raw file."""

    lines: tuple[Line, ...]
    header: Header = Header()
    notes: tuple[SourceNote, ...] = ()
    kind: str = "interview"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title that stands before word `first_word`, with the topics an editor gave it."""

    first_word: int
    title: str
    topics: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """A name the raw file itself sets before word `first_word`, as written there."""

    first_word: int
    name: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """A raw file, read and numbered."""

    slug: str
    path: str
    sha256: str
    words: tuple[str, ...]
    lines: tuple[int, ...]  # line of the raw file, word by word
    openings: frozenset[int]  # words that open a paragraph of the source
    headings: tuple[Heading, ...]
    header: Header
    notes: tuple[SourceNote, ...]
    kind: str
    labels: tuple[SpeakerLabel, ...] = ()
