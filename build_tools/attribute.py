"""Give words to speakers: from the edition, and without one to nobody.

No audio is used, so this is attribution, not diarization. Unknown is always
better than a wrong name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from build_tools.model import Attribution, Edition, Meta, Participant, Transcript, Vocabulary

_DATED_SLUG = re.compile(r"^(\d{4}-\d{2}-\d{2})-")


def attribute(
    transcript: Transcript, edition: Edition | None, people: Iterable[Participant]
) -> tuple[Attribution, ...]:
    """Every word of a transcript, given to one of its people or to nobody."""
    if edition is None:
        return (
            Attribution(
                None, "", 1, len(transcript.words), transcript.openings, inferred=True, confidence=0.0
            ),
        )
    return tuple(_edited(edition, tuple(people)))


def _edited(edition: Edition, people: tuple[Participant, ...]) -> Iterator[Attribution]:
    for turn in edition.turns:
        found = _participant(turn.speaker, people) if turn.speaker else None
        yield Attribution(
            speaker=found.person if found else None,
            role=found.role if found else "",
            first_word=turn.first_word,
            last_word=turn.last_word,
            openings=turn.openings,
            uncertain=turn.uncertain,
        )


def describe(transcript: Transcript, vocabulary: Vocabulary) -> Meta:
    """What a raw file without an edition tells about itself, by header or by name."""
    header = transcript.header
    dated = _DATED_SLUG.match(transcript.slug)
    everyone = [Participant(person, "") for person in vocabulary.people.values()]
    named = [("host", name) for name in header.hosts] + [("guest", name) for name in header.guests]
    found = ((role, _participant(name, everyone)) for role, name in named)
    return Meta(
        title=header.title or _DATED_SLUG.sub("", transcript.slug).replace("-", " ").capitalize(),
        date=header.date or (_day(dated[1]) if dated else None),
        outlet=header.outlet,
        kind=transcript.kind,
        url=header.url if header.url.startswith(("https://", "http://")) else "",
        description="",
        topics=(),
        people=tuple(Participant(known.person, role) for role, known in found if known),
    )


def _participant(name: str, people: Iterable[Participant]) -> Participant | None:
    """The participant a label names."""
    return next((who for who in people if who.person.is_called(name)), None)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
