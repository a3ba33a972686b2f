"""A web page captured as text: header lines, headed sections, then `Transcript`.

::

    AI + a16z · 2026-02-10
    Title of the episode
    Hosts: Ben Horowitz
    Guests: Sam Altman
    Why it matters
    …
    Transcript
    the spoken words, a sentence a line
"""

from __future__ import annotations

import datetime
import re

from build_tools.model import Header, Reading, SourceNote
from build_tools.read.plain import spoken_lines

_TRANSCRIPT = re.compile(r"^Transcript:?[ \t]*$", re.MULTILINE)
_DATED = re.compile(r"^(?P<outlet>.+?)[ \t]*·[ \t]*(?P<date>\d{4}-\d{2}-\d{2})[ \t]*$", re.MULTILINE)
_PEOPLE = re.compile(r"^(?P<part>Hosts?|Guests?):[ \t]*(?P<names>\S.*)$", re.MULTILINE)
_NAMED = re.compile(
    r"^(?:Hosts?|Guests?):[ \t]*[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)+(?:,|[ \t]*$)", re.MULTILINE
)

# Headings of a captured page. The order in which they stand does not matter.
_SECTIONS = ("Why it matters", "Key claims", "Episode summary", "Summary", "Source material")

# A captured page says what it is within so many lines.
_HEADER_LINES = 12


def recognises(suffix: str, text: str) -> bool:
    """A text whose `Transcript` line follows a dated line, or a line of names."""
    found = _TRANSCRIPT.search(text)
    if suffix != ".txt" or not found:
        return False
    header = "\n".join(text[: found.start()].split("\n")[:_HEADER_LINES])
    return bool(_DATED.search(header) or _NAMED.search(header))


def read(text: str) -> Reading:
    """Split a captured page into header, the page's own words, and speech."""
    found = _TRANSCRIPT.search(text)
    assert found is not None, "recognises() says there is a Transcript line"
    top, spoken = text[: found.start()], text[found.end() :]
    first = top.count("\n") + 1
    return Reading(
        lines=spoken_lines(spoken, first),
        header=_header(top),
        notes=tuple(_notes(top)),
    )


def _header(top: str) -> Header:
    dated = _DATED.search(top)
    people = {
        m["part"].rstrip("s"): tuple(n.strip() for n in m["names"].split(",")) for m in _PEOPLE.finditer(top)
    }
    return Header(
        title=_title(top),
        date=datetime.date.fromisoformat(dated["date"]) if dated and _is_date(dated["date"]) else None,
        outlet=dated["outlet"] if dated else "",
        hosts=people.get("Host", ()),
        guests=people.get("Guest", ()),
    )


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _title(top: str) -> str:
    """The first line that is neither the dated line, nor people, nor a section."""
    for line in top.split("\n"):
        plain = line.strip()
        if plain and plain not in _SECTIONS and not _DATED.match(line) and not _PEOPLE.match(line):
            return plain
    return ""


def _notes(top: str) -> list[SourceNote]:
    """The headed sections, in order; those without text are left out."""
    notes: list[tuple[str, list[str]]] = []
    for line in top.split("\n"):
        if line.strip() in _SECTIONS:
            notes.append((line.strip(), []))
        elif notes and line.strip():
            notes[-1][1].append(line.strip())
    return [SourceNote(title, tuple(lines)) for title, lines in notes if lines]
