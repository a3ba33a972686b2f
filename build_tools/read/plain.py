"""Plain text: every line is spoken; a blank line opens a paragraph."""

from __future__ import annotations

from build_tools.model import Line, Reading


def recognises(suffix: str, text: str) -> bool:
    """Any text that no other reader claims."""
    return True


def read(text: str) -> Reading:
    """Read text in which all is spoken.

    >>> read("Welcome.\\n\\nThank you.").lines
    (Line(number=1, text='Welcome.', opens=True, heading=False), Line(number=3, text='Thank you.', opens=True, heading=False))
    """
    return Reading(lines=spoken_lines(text))


def spoken_lines(text: str, first: int = 1) -> tuple[Line, ...]:
    """The lines of a text that hold something, numbered from `first`."""
    lines: list[Line] = []
    opens = True
    for number, line in enumerate(text.split("\n"), first):
        if line.strip():
            lines.append(Line(number, line.strip(), opens=opens))
        opens = not line.strip()
    return tuple(lines)
