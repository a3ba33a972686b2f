"""The editor's version, and who it says speaks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from build_tools.model.edit import Edit
from build_tools.model.source import Heading
from build_tools.model.vocabulary import Participant, Person
from build_tools.model.word_range import WordRange

# How much cleaning takes out, the least first.
LEVELS = ("verbatim", "light", "clean")


@dataclass(frozen=True, slots=True)
class EditedTurn:
    """A turn as an edition marks it; `speaker` is a name as written, "" for Unknown.

    `role` is the part played by somebody without a name (`**Unknown host:**`), "" otherwise.
    """

    speaker: str
    uncertain: bool
    first_word: int
    last_word: int
    openings: frozenset[int]  # words that open a paragraph
    line: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says words `first_word`…`last_word`; `speaker` is None where nobody can tell.

    `openings` are the words that open a paragraph of the edition or the source.
    """

    speaker: Person | None
    role: str
    first_word: int
    last_word: int
    openings: frozenset[int] = frozenset()
    uncertain: bool = False
    inferred: bool = False
    confidence: float = 1.0

    @property
    def speaker_id(self) -> str:
        return self.speaker.id if self.speaker else ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about an interview as a whole; `level` is "" where the archive's own holds.

    `first_word` is the number that its first word is recorded to have;
    `likely` are those who may well take part, and are not sure enough to be
    listed; `has_clear_parts` says whether it is clear who is a host and who a
    guest, without which nobody's words are told from another's.
    """

    title: str
    date: datetime.date | None
    outlet: str
    kind: str
    url: str
    description: str
    topics: tuple[str, ...]
    people: tuple[Participant, ...]
    level: str = ""
    first_word: int = 1
    likely: tuple[Participant, ...] = ()
    has_clear_parts: bool = True


@dataclass(frozen=True, slots=True)
class EditedQuote:
    """Words that an edition marks as a notable quote, and the line on which they begin."""

    words: WordRange
    line: int


@dataclass(frozen=True, slots=True)
class Edition:
    """An editor's version of one transcript, proven against its words."""

    path: str
    chapters: tuple[Heading, ...]
    turns: tuple[EditedTurn, ...]
    edits: tuple[Edit, ...]
    quotes: tuple[EditedQuote, ...] = ()
