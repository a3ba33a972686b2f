"""An edition's text, read and proven against the raw words; nothing else is ever saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.edition.meta import read_meta
from build_tools.edition.parse import EditionText, Label, parse_edition
from build_tools.edition.prove import prove_edition, word_numbers
from build_tools.errors import BuildError, Problem
from build_tools.model import EditedTurn, Edition, Meta, Transcript, Vocabulary
from build_tools.review.places import NamePlace, Place, WordPlace, find_places


@dataclass(frozen=True, slots=True)
class Ground:
    """What an edition is held against; `slots` are the raw words, their encoding repaired."""

    transcript: Transcript
    slots: tuple[str, ...]
    vocabulary: Vocabulary
    shown: str


@dataclass(frozen=True, slots=True)
class Proven:
    """An edition that the build would take, its text, and where names and words stand in it.

    `labels` are in order; `starts` has the character of every word that can open a turn.
    """

    ground: Ground
    text: str
    edition: Edition
    meta: Meta
    labels: tuple[NamePlace, ...]
    starts: Mapping[int, int]

    @property
    def turns(self) -> tuple[EditedTurn, ...]:
        return self.edition.turns

    def labels_of(self, turn: EditedTurn) -> list[NamePlace]:
        """The labels of a turn: more than one where its name is repeated."""
        return [label for label in self.labels if turn.first_word <= label.first_word <= turn.last_word]

    def opens_chapter(self, word: int) -> bool:
        """Whether a chapter begins with this word."""
        return any(chapter.first_word == word for chapter in self.edition.chapters)


def read_proven(text: str, ground: Ground) -> Proven:
    """Read an edition and hold it against its words. Raises `BuildError` with all that is wrong."""
    parsed, broken = parse_edition(text, ground.shown)
    if broken:
        raise BuildError(broken)
    meta, wrong = read_meta(parsed, ground.transcript, ground.vocabulary)
    edition, differing = prove_edition(parsed, ground.transcript, ground.slots)
    if edition is None or wrong or differing:
        raise BuildError(wrong + differing)
    labels, starts = _places(parsed, ground)
    return Proven(ground, text, edition, meta, labels, starts)


def _places(parsed: EditionText, ground: Ground) -> tuple[tuple[NamePlace, ...], dict[int, int]]:
    """Where names and words stand; the parser must have found the same ones."""
    found = list(find_places(parsed.text))
    words = [place for place in found if isinstance(place, WordPlace)]
    names = [(place.name, place.uncertain) for place in found if isinstance(place, NamePlace)]
    numbers = word_numbers(parsed, ground.transcript, ground.slots)
    parsed_names = [(item.name, item.uncertain) for item in parsed.items if isinstance(item, Label)]
    inside = any("<!--" in parsed.text[p.start : p.end] for p in found if isinstance(p, NamePlace))
    if len(words) != len(numbers) or names != parsed_names or inside:
        message = "a comment stands inside a name; move it behind the name, then review"
        raise BuildError([Problem(parsed.path, 1, message)])
    labels: list[NamePlace] = []
    for place, after in zip(found, _following(found, numbers), strict=True):
        if isinstance(place, NamePlace):
            labels.append(place.at_word(after))
    return tuple(labels), dict(zip(numbers, (word.start for word in words), strict=True))


def _following(found: Sequence[Place], numbers: Iterable[int]) -> Iterator[int]:
    """For every place the number of its word, or of the first word after it."""
    upcoming = iter(numbers)
    number = next(upcoming)
    for place in found:
        yield number
        if isinstance(place, WordPlace):
            number = next(upcoming, 0)


def read_changed(before: Proven, text: str) -> Proven:
    """Read an edition after a change of names: chapters and wording must be as they were.

    Raises `BuildError` where they are not; such a text is not to be saved.
    """
    after = read_proven(text, before.ground)
    if _all_but_names(after) != _all_but_names(before):
        message = "this change would touch more than a name; make it in a text editor"
        raise BuildError([Problem(before.ground.shown, 1, message)])
    return after


def _all_but_names(page: Proven) -> tuple[object, ...]:
    """Punctuation between two turns may come to belong to the other word beside it."""
    chapters = [(chapter.first_word, chapter.title, chapter.topics) for chapter in page.edition.chapters]
    return (
        chapters,
        [q.words for q in page.edition.quotes],
        [e for e in page.edition.edits if e.rule != "punctuation"],
    )
