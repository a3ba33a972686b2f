"""The home page: what this is, the newest interviews, what is discussed most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_tools.model import Archive, Interview, Page
from build_tools.render.markdown import fill
from build_tools.render.speakers import checked
from build_tools.render.words import count, day
from build_tools.words import listed

_NEWEST, _TOPICS = 12, 16


def pages(archive: Archive) -> Iterator[Page]:
    """`index.md`."""
    counts = Counter(mention.topic for mention in archive.mentions)
    topics = archive.vocabulary.topics
    yield Page(
        "index.md",
        fill(
            "home.md.jinja",
            interviews=archive.interviews[:_NEWEST],
            topics=[(topics[id_], n) for id_, n in counts.most_common(_TOPICS)],
            example=archive.interviews[0] if archive.interviews else None,
            totals=[
                count(len(archive.interviews), "interview"),
                count(sum(i.word_count for i in archive.interviews), "word"),
                count(len(counts), "topic"),
                count(sum(len(i.edits) for i in archive.interviews), "edit on record", "edits on record"),
            ],
            checked=checked,
            day=day,
            guests=guests,
        ),
    )


def guests(interview: Interview) -> str:
    """Who an interview is with: its guests, or everybody where no guest is named."""
    people = interview.everyone
    named = [who.person.name for who in people if who.role == "guest"]
    return listed(named or [who.person.name for who in people]) or "Speakers unknown"
