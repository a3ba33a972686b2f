"""Plain text: every line is spoken, but for labels; a blank line opens a paragraph.

At the top there may be lines that say what the file is, as many as stand
before the first blank line, if they are two or more and nothing else is there::

    Title: Jane Doe on weather
    Date: 2025-07-30
    Host: John Roe
    Guest: Jane Doe

    the spoken words
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from build_tools.model import Header, Line, Reading
from build_tools.read.labels import is_name, with_labels

_KEYS = {
    **dict.fromkeys(("host", "hosts"), "hosts"),
    **dict.fromkeys(("guest", "guests"), "guests"),
    **dict.fromkeys(("outlet", "show", "podcast"), "outlet"),
    **dict.fromkeys(("url", "source"), "url"),
    "title": "title",
    "date": "date",
}
_KEYED = re.compile(rf"(?i)(?P<key>{'|'.join(_KEYS)}):[ \t]+(?P<value>\S.*)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BETWEEN_NAMES = re.compile(r" ?(?:,|;|&|\band\b) ?")


def recognises(suffix: str, text: str) -> bool:
    """Any text that no other reader claims."""
    return True


def read(text: str) -> Reading:
    """Read text in which all is spoken.

    >>> [(line.number, line.text, line.opens) for line in read("Welcome.\\n\\nThank you.").lines]
    [(1, 'Welcome.', True), (3, 'Thank you.', True)]
    >>> reading = read("Title: A talk\\nHost: Jane Doe\\n\\nWelcome.")
    >>> reading.header.title, reading.header.hosts, reading.lines[0].text
    ('A talk', ('Jane Doe',), 'Welcome.')
    """
    top, *rest = _BLANK_LINE.split(text.lstrip(), maxsplit=1)
    below = "".join(rest)
    header = _header(top)
    if header is None or not below.strip():
        return Reading(lines=spoken_lines(text))
    above = text[: len(text) - len(below)].count("\n")
    return Reading(lines=spoken_lines(below, above + 1), header=header)


def spoken_lines(text: str, first: int = 1) -> tuple[Line, ...]:
    """The lines of a text that hold something, numbered from `first`; labels are taken off them."""
    lines: list[Line] = []
    opens = True
    for number, line in enumerate(text.split("\n"), first):
        if line.strip():
            lines.append(Line(number, line.strip(), opens=opens))
        opens = not line.strip()
    return with_labels(lines) or tuple(lines)


def _header(top: str) -> Header | None:
    """What the top of a file says of it, or None where any of it may be spoken."""
    found: dict[str, str] = {}
    for line in top.split("\n"):
        keyed = _KEYED.fullmatch(line.strip())
        if not keyed or _KEYS[keyed["key"].lower()] in found:
            return None
        found[_KEYS[keyed["key"].lower()]] = keyed["value"].strip()
    return _made_of(found) if len(found) > 1 else None


def _made_of(found: Mapping[str, str]) -> Header | None:
    people = {part: tuple(_BETWEEN_NAMES.split(found.get(part, ""))) for part in ("hosts", "guests")}
    people = {part: names for part, names in people.items() if part in found}
    day = _day(found["date"]) if "date" in found else None
    named = all(" " in name and is_name(name) for names in people.values() for name in names)
    if not named or ("date" in found and not day) or not _is_address(found.get("url")):
        return None
    return Header(
        title=found.get("title", ""),
        date=day,
        outlet=found.get("outlet", ""),
        url=found.get("url", ""),
        hosts=people.get("hosts", ()),
        guests=people.get("guests", ()),
    )


def _is_address(url: str | None) -> bool:
    return url is None or url.startswith(("https://", "http://"))


def _day(text: str) -> datetime.date | None:
    """A day as 2025-07-30, 30 July 2025 or July 30, 2025.

    >>> _day("July 30, 2025") == _day("30 Jul 2025") == _day("2025-07-30"), _day("last week")
    (True, None)
    """
    parts = text.replace(",", " ").split()
    month = next((part for part in parts if part[:3].lower() in _MONTHS), "")
    try:
        if not month:
            return datetime.date.fromisoformat(text)
        parts.remove(month)
        day, year = map(int, parts)
        return datetime.date(year, _MONTHS.index(month[:3].lower()) + 1, day)
    except ValueError:
        return None
