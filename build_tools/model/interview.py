"""An interview as it is published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from build_tools.model.addresses import Former
from build_tools.model.edit import Edit
from build_tools.model.source import SourceNote
from build_tools.model.vocabulary import Participant, Person
from build_tools.model.word_range import WordRange
from build_tools.words import ends_sentence, join


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage: a stretch of one turn that is read, linked and found as one.

    `raw` and `clean` have one slot per word. `run_in` is true where the
    passage goes on in the middle of a paragraph of the source.
    """

    first_word: int
    raw: tuple[str, ...]
    clean: tuple[str, ...]
    run_in: bool = False

    @property
    def id(self) -> str:
        return f"w{self.first_word}"

    @property
    def last_word(self) -> int:
        return self.first_word + len(self.raw) - 1

    @property
    def verbatim(self) -> str:
        return join(self.raw)

    @property
    def text(self) -> str:
        return join(self.clean)

    def sentences(self) -> list[tuple[int, int]]:
        """Word ranges of the sentences of the clean text, covering the paragraph."""
        ranges, first = [], self.first_word
        for number, slot in enumerate(self.clean, self.first_word):
            if (slot and ends_sentence(slot)) or number == self.last_word:
                ranges.append((first, number))
                first = number + 1
        return ranges

    def clean_slice(self, first: int, last: int) -> str:
        """The clean text of words `first`…`last`."""
        return join(self.clean[max(0, first - self.first_word) : last - self.first_word + 1])

    def raw_slice(self, first: int, last: int) -> str:
        """The raw text of words `first`…`last`."""
        return join(self.raw[max(0, first - self.first_word) : last - self.first_word + 1])


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's consecutive words; `speaker` is None where nobody can tell."""

    speaker: Person | None
    role: str
    paragraphs: tuple[Paragraph, ...]
    uncertain: bool = False
    inferred: bool = False
    confidence: float = 1.0

    @property
    def name(self) -> str:
        return self.speaker.name if self.speaker else "Unknown"

    @property
    def first_word(self) -> int:
        return self.paragraphs[0].first_word

    @property
    def last_word(self) -> int:
        return self.paragraphs[-1].last_word

    @property
    def verbatim(self) -> str:
        return join(paragraph.verbatim for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        return join(paragraph.text for paragraph in self.paragraphs)

    def clean_slice(self, first: int, last: int) -> str:
        """The clean text of words `first`…`last`."""
        return join(p.clean_slice(first, last) for p in self._holding(first, last))

    def raw_slice(self, first: int, last: int) -> str:
        """The raw text of words `first`…`last`."""
        return join(p.raw_slice(first, last) for p in self._holding(first, last))

    def _holding(self, first: int, last: int) -> Iterator[Paragraph]:
        return (p for p in self.paragraphs if p.first_word <= last and p.last_word >= first)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled stretch of an interview."""

    title: str
    first_word: int
    last_word: int
    topics: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"c{self.first_word}"


@dataclass(frozen=True, slots=True)
class Source:
    """Provenance: where the words came from."""

    path: str
    sha256: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript, ready to publish.

    As far as a draft can tell, `likely` may well take part too, and
    `has_clear_parts` says whether it is clear who is a host and who a guest.
    """

    slug: str
    kind: str
    title: str
    date: datetime.date | None
    outlet: str
    source: Source
    people: tuple[Participant, ...]
    status: Literal["edited", "labelled", "inferred"]
    chapters: tuple[Chapter, ...]
    turns: tuple[Turn, ...]
    edits: tuple[Edit, ...]
    description: str = ""
    topics: tuple[str, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    level: str = "clean"
    former: tuple[Former, ...] = ()
    quotes: tuple[WordRange, ...] = ()
    likely: tuple[Participant, ...] = ()
    has_clear_parts: bool = True

    @property
    def first_word(self) -> int:
        return self.turns[0].first_word

    @property
    def last_word(self) -> int:
        return self.turns[-1].last_word

    @property
    def word_count(self) -> int:
        return self.last_word - self.first_word + 1

    @property
    def everyone(self) -> tuple[Participant, ...]:
        """Those who take part, and whoever else speaks, each once, with the first part they play."""
        found: dict[str, Participant] = {}
        spoken = (Participant(turn.speaker, turn.role) for turn in self.turns if turn.speaker)
        for who in (*self.people, *spoken):
            found.setdefault(who.person.id, who)
        return tuple(found.values())

    def turn_at(self, word: int) -> Turn:
        """The turn that holds a word."""
        return next(t for t in self.turns if t.first_word <= word <= t.last_word)

    def chapter_at(self, word: int) -> Chapter | None:
        """The chapter that holds a word."""
        return next((c for c in self.chapters if c.first_word <= word <= c.last_word), None)
