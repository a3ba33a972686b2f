"""Readers: raw text → `Reading`. One small file per input format.

A new format is a new file with two functions, and one line in `READERS`:

1. `recognises(suffix, text)` says whether the format is this one;
2. `read(text)` returns the spoken lines, and what the file says of itself.

The first reader that recognises a file reads it. A reader never changes or
drops a spoken word; what nobody speaks (a header, a summary) goes into the
`Header` and the notes, and a label that says who speaks into `Line.speaker`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from build_tools.errors import BuildError, Problem
from build_tools.model import Heading, Reading, SpeakerLabel, Transcript
from build_tools.read import article, captured_page, plain
from build_tools.texts import decode
from build_tools.words import split_words

READERS: tuple[ModuleType, ...] = (article, captured_page, plain)

# Endings a raw file may have. Anything else in `sources/` is a mistake worth telling.
SUFFIXES = (".txt", ".md")


def read_transcript(path: Path, slug: str, shown: str) -> Transcript:
    """Read a raw file and number its words.

    `shown` is the path to show and to record. Raises `BuildError` for a file
    that is empty, not text, or not in UTF-8.
    """
    data = path.read_bytes()
    text = decode(data, shown)
    _check_text(text, shown)
    reading = read_text(text, path.suffix.lower())
    transcript = _number(reading, slug, shown, hashlib.sha256(data).hexdigest())
    if not transcript.words:
        raise BuildError([Problem(shown, 1, "no spoken words found; expected a transcript")])
    return transcript


def read_text(text: str, suffix: str) -> Reading:
    """Read text with the first reader that recognises it."""
    reader = next(reader for reader in READERS if reader.recognises(suffix, text))
    reading: Reading = reader.read(text)
    return reading


def _check_text(text: str, shown: str) -> None:
    control = next((c for c in text if ord(c) < 32 and c not in "\t\n\r\f\v"), None)
    if control is not None:
        line = text.partition(control)[0].count("\n") + 1
        message = f"control character U+{ord(control):04X}: a binary file? expected plain text"
        raise BuildError([Problem(shown, line, message)])


def _number(reading: Reading, slug: str, shown: str, sha256: str) -> Transcript:
    words: list[str] = []
    lines: list[int] = []
    openings: set[int] = set()
    headings: list[Heading] = []
    labels: list[SpeakerLabel] = []
    for line in reading.lines:
        if line.heading:
            _add_heading(headings, Heading(len(words) + 1, line.text, line=line.number))
            continue
        found = split_words(line.text)
        if line.speaker and found:
            labels.append(SpeakerLabel(len(words) + 1, line.speaker, line.number))
        if line.opens and found:
            openings.add(len(words) + 1)
        if not found and words:  # a line of punctuation belongs to the word before it
            words[-1] += "".join(f" {mark}" for mark in line.text.split())
        words += found
        lines += [line.number] * len(found)
    return Transcript(
        slug=slug,
        path=shown,
        sha256=sha256,
        words=tuple(words),
        lines=tuple(lines),
        openings=frozenset(openings),
        headings=tuple(heading for heading in headings if heading.first_word <= len(words)),
        header=reading.header,
        notes=reading.notes,
        kind=reading.kind,
        labels=tuple(labels),
    )


def _add_heading(headings: list[Heading], heading: Heading) -> None:
    """Two headings with no word between them are one."""
    if headings and headings[-1].first_word == heading.first_word:
        above = headings.pop()
        heading = replace(above, title=f"{above.title} — {heading.title}")
    headings.append(heading)
