"""The timeline: who spoke when, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from build_tools.model import Archive, Interview, Page
from build_tools.render.home import guests
from build_tools.render.markdown import fill
from build_tools.render.speakers import checked
from build_tools.render.words import count, day


def pages(archive: Archive) -> Iterator[Page]:
    """`timeline/index.md`."""
    years = [(year, list(group)) for year, group in groupby(archive.interviews, _year)]
    yield Page(
        "timeline/index.md",
        fill(
            "timeline.md.jinja",
            years=years,
            topics=archive.vocabulary.topics,
            checked=checked,
            count=count,
            day=day,
            guests=guests,
        ),
    )


def _year(interview: Interview) -> str:
    return str(interview.date.year) if interview.date else "Undated"
