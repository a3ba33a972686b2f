"""A talk as a system is asked about it, and the answer kept apart from the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.evaluate.corpus import Record
from build_tools.model import Header, Interview, Participant, Person, Transcript
from build_tools.words import is_word, split_words


@dataclass(frozen=True, slots=True)
class Talk:
    """A question (`transcript`, and `people`, who may be named to a system or not) and its answer.

    `speakers` names who says each word; `roles` what part each of them plays,
    "" where that is not known.
    """

    name: str
    show: str
    transcript: Transcript
    people: tuple[Participant, ...]
    speakers: tuple[str, ...]
    roles: Mapping[str, str]

    @property
    def words(self) -> int:
        return len(self.speakers)


def talk_of_record(record: Record) -> Talk:
    """A record of a corpus as a question and its answer.

    Words are split from the whole text, so that marks which open a turn stand
    where they would in a text without turns. People come by name: in the order
    in which they speak, or by how much, they would tell of the answer.
    """
    words = tuple(split_words(" ".join(text for _, text in record.turns)))
    speakers = tuple(speaker for speaker, text in record.turns for _ in filter(is_word, text.split()))
    people = tuple(
        Participant(Person(name, name), role) for name, role in sorted(record.roles.items()) if role
    )
    return Talk(record.id, record.show, plain_transcript(words), people, speakers, record.roles)


def talk_of_edition(interview: Interview, transcript: Transcript) -> Talk:
    """A raw file as a question, what its edition says as the answer."""
    turns = interview.turns
    return Talk(
        name=interview.slug,
        show=interview.outlet,
        transcript=transcript,
        people=tuple(sorted(interview.people, key=lambda who: who.person.name)),
        speakers=tuple(
            turn.name if turn.speaker else ""
            for turn in turns
            for _ in range(turn.first_word, turn.last_word + 1)
        ),
        roles={turn.name: turn.role for turn in turns if turn.speaker},
    )


def plain_transcript(words: tuple[str, ...]) -> Transcript:
    """A transcript of which nothing is known but its words."""
    return Transcript(
        slug="",
        path="",
        sha256="",
        words=words,
        lines=(1,) * len(words),
        openings=frozenset(),
        headings=(),
        header=Header(),
        notes=(),
        kind="interview",
    )
