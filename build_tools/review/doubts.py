"""The uncertain places of an edition, in order of doubt, and who may speak there.

How likely each person is comes from judging the words anew
(`attribute.inferred`), whatever the edition says: of every word of the turn,
what was judged its likeliest speaker has the judgement's confidence, and the
others share the rest; a turn is the mean of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.attribute.edited import participant
from build_tools.edition.meta import is_unknown, unknown_role
from build_tools.model import Attribution, EditedTurn
from build_tools.review.proven import Proven

_ROLES = ("host", "guest")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may speak, under the name the edition would give; `likely` from 0 to 1."""

    name: str
    likely: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """An uncertain turn. `confidence` is that of the name it bears, 0 for Unknown."""

    turn: EditedTurn
    confidence: float
    candidates: tuple[Candidate, ...]
    named: str

    @property
    def words(self) -> int:
        return self.turn.last_word - self.turn.first_word + 1

    @property
    def wrong(self) -> float:
        """How many of its words are expected to be somebody else's."""
        return self.words * (1 - self.confidence)

    @property
    def others(self) -> tuple[Candidate, ...]:
        """Who else it may be."""
        return tuple(candidate for candidate in self.candidates if candidate.name != self.named)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may speak: a name as the edition writes it, a person's id or "", a role or ""."""

    name: str
    person: str
    role: str


def doubts(page: Proven, inferred: Sequence[Attribution]) -> list[Doubt]:
    """The turns marked `(?)` and those of Unknown, most words expected wrong first.

    A turn of an **Unknown host** without `(?)` is no doubt: nobody knows the
    name, but the role is sure.
    """
    voices = tuple(_voices(page))
    found = [
        _doubt(page, turn, voices, inferred)
        for turn in page.turns
        if turn.uncertain or not (turn.speaker or turn.role)
    ]
    return sorted(found, key=lambda doubt: (-doubt.wrong, doubt.turn.first_word))


def _doubt(page: Proven, turn: EditedTurn, voices: Sequence[Voice], inferred: Sequence[Attribution]) -> Doubt:
    shares = likely(turn.first_word, turn.last_word, voices, inferred)
    candidates = tuple(Candidate(voice.name, share) for voice, share in zip(voices, shares, strict=True))
    named = _known_as(page, page.labels_of(turn)[0].name, voices)
    sure = next((candidate.likely for candidate in candidates if candidate.name == named), 0.0)
    return Doubt(turn, sure, candidates, named)


def likely(first: int, last: int, voices: Sequence[Voice], inferred: Sequence[Attribution]) -> list[float]:
    """How likely each voice is to say words `first`…`last`, word by word on average."""
    total = [0.0] * len(voices)
    for given in inferred:
        words = min(last, given.last_word) - max(first, given.first_word) + 1
        if words > 0:
            for at, share in enumerate(_shares(given, voices)):
                total[at] += share * words / (last - first + 1)
    return total


def _shares(given: Attribution, voices: Sequence[Voice]) -> list[float]:
    """A judgement's confidence, spread over the voices it may mean; the rest over the others."""
    meant = [given.speaker is not None and voice.person == given.speaker.id for voice in voices]
    if not any(meant):
        meant = [given.role != "" and voice.role == given.role for voice in voices]
    inside = sum(meant)
    outside = len(voices) - inside
    if not inside:
        return [1 / len(voices)] * len(voices)
    rest = (1 - given.confidence) / outside if outside else 0.0
    return [given.confidence / inside if is_meant else rest for is_meant in meant]


def _voices(page: Proven) -> Iterator[Voice]:
    """The people of the edition as it writes them, and roles that nobody named plays."""
    people = page.meta.people
    written = list(dict.fromkeys(label.name for label in page.labels))
    for who in people:
        name = next((name for name in written if participant(name, [who])), who.person.name)
        yield Voice(name, who.person.id, who.role)
    for role in _ROLES:
        name = f"Unknown {role}"
        found = next((label for label in written if label.casefold() == name.casefold()), "")
        alone = len(people) < len(_ROLES) and all(who.role != role for who in people)
        if found or alone:
            yield Voice(found or name, "", role)


def _known_as(page: Proven, name: str, voices: Sequence[Voice]) -> str:
    """The voice a label names, by whichever of its names; "" for Unknown."""
    if is_unknown(name) and not unknown_role(name):
        return ""
    known = participant(name, page.meta.people)
    return next((voice.name for voice in voices if known and voice.person == known.person.id), name)
