"""Who speaks, as an edition says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.model import Attribution, Edition, Participant


def edited(edition: Edition, people: tuple[Participant, ...]) -> Iterator[Attribution]:
    """The turns of an edition, each given to one of its people or to nobody."""
    for turn in edition.turns:
        found = participant(turn.speaker, people) if turn.speaker else None
        yield Attribution(
            speaker=found.person if found else None,
            role=found.role if found else turn.role,
            first_word=turn.first_word,
            last_word=turn.last_word,
            openings=turn.openings,
            uncertain=turn.uncertain,
        )


def participant(name: str, people: Iterable[Participant]) -> Participant | None:
    """The participant a label names."""
    return next((who for who in people if who.person.is_called(name)), None)
