"""The whole archive, indexed, and the pages made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from build_tools.model.interview import Interview, Paragraph, Turn
from build_tools.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that speaks of a topic, and the words of it worth quoting."""

    topic: str
    interview: Interview
    turn: Turn
    paragraph: Paragraph
    first_word: int
    last_word: int

    @property
    def text(self) -> str:
        return self.paragraph.clean_slice(self.first_word, self.last_word)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one turn that an editor marked as worth quoting, and the topics they speak of, by id."""

    interview: Interview
    turn: Turn
    first_word: int
    last_word: int
    topics: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The clean words."""
        return self.turn.clean_slice(self.first_word, self.last_word)

    @property
    def verbatim(self) -> str:
        """The raw words."""
        return self.turn.raw_slice(self.first_word, self.last_word)


@dataclass(frozen=True, slots=True)
class Archive:
    """Every interview, newest first, with what the index found in them and its notable quotes."""

    interviews: tuple[Interview, ...]
    vocabulary: Vocabulary
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A file to write: its path under `docs/`, and all of its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG to write: its path under `docs/`, and its bytes, made only where they are needed.

    `fingerprint` changes with what is drawn and how; the file carries it.
    """

    path: str
    fingerprint: str
    draw: Callable[[], bytes]
