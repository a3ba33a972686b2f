"""What a raw file without an edition tells about itself, by header or by name."""

from __future__ import annotations

import datetime
import re

from build_tools.attribute.edited import participant
from build_tools.model import Meta, Participant, Transcript, Vocabulary

_DATED_SLUG = re.compile(r"^(\d{4}-\d{2}-\d{2})-")


def describe(transcript: Transcript, vocabulary: Vocabulary) -> Meta:
    """The metadata of a raw file, as far as its header or its name gives them."""
    header = transcript.header
    dated = _DATED_SLUG.match(transcript.slug)
    everyone = [Participant(person, "") for person in vocabulary.people.values()]
    named = [("host", name) for name in header.hosts] + [("guest", name) for name in header.guests]
    found = ((role, participant(name, everyone)) for role, name in named)
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


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
