"""What may be a label: the head of a line, a line of its own, or what follows `>>`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_tools.model import Line
from build_tools.read.labels.names import VOICE, is_name, is_part
from build_tools.words import ends_sentence

# No file has fewer labels.
FEWEST = 3

# A time, or two, as captions have them.
_TIME = r"[\[(<]?(?:\d{1,3}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?[\])>]?"
_SPAN = rf"{_TIME}(?:[ ]?(?:-|–|-->)[ ]?{_TIME})?"
_NAME = r"(?P<name>[^\W\d_][^:：*\[\]()<>]{0,58}?)(?:[ ]?\((?P<note>[^()\d][^()]{0,30})\))?"
_BEFORE_WORDS = re.compile(
    rf"""
    (?P<time>{_SPAN}[ ]?[-–]?[ ]?)?
    (?P<open>\*\*|\[)? (?P<inner>{_SPAN}[ ]?[-–]?[ ]?)?
    {_NAME} (?P<later>[ ,]{{0,2}}{_SPAN})?
    (?:(?P<bold>[ ]?:\*\*|\*\*[ ]?(?:{_SPAN})?[ ]?:)|(?P<square>\][ ]?:)|(?P<plain>[ ]?[:：]))
    (?P<said>.*)
    """,
    re.VERBOSE,
)
_ALONE = re.compile(
    rf"""
    (?P<open>\*\*)? (?P<time>{_SPAN}[ ]?[-–]?[ ]?)?
    {_NAME} (?P<close>\*\*)? (?P<later>[ ,]{{0,2}}{_SPAN})?
    """,
    re.VERBOSE,
)
ONLY_TIME = re.compile(_SPAN)
_LEADING_TIME = re.compile(rf"[\[(]{_SPAN}")
_CHEVRON = re.compile(r"(?<!\S)>{2,3}[ ]?")


@dataclass(frozen=True, slots=True)
class Mark:
    """What may be a label, and what stands after it on its line.

    `shape` tells how it is marked: "" where by a colon alone.
    """

    name: str
    said: str
    shape: str
    note: str = ""  # in brackets after the name: (Host)

    @property
    def key(self) -> str:
        return self.name.casefold()

    @property
    def plays_a_part(self) -> bool:
        return is_part(self.name)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the file, or a part of one that follows `>>`, and the label it may begin with."""

    line: Line
    mark: Mark | None
    changes: bool = False


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """Lines, and the parts of lines before and after `>>` where a file uses it."""
    cuts = sum(len(_CHEVRON.findall(line.text)) for line in lines if not line.heading) >= FEWEST
    for line in lines:
        if line.heading or not (cuts and _CHEVRON.search(line.text)):
            yield Piece(line, None if line.heading else find_label(line.text))
            continue
        before, *parts = _CHEVRON.split(" ".join(line.text.split()))
        if before.strip():
            yield Piece(replace(line, text=before.strip()), find_label(before))
        for part in parts:
            yield Piece(replace(line, text=part.strip(), opens=True), find_label(part), changes=True)


def find_label(text: str) -> Mark | None:
    """The label at the head of a line, or the one it consists of."""
    plain = " ".join(text.split())
    return _before_words(plain) or _alone(plain)


def _before_words(text: str) -> Mark | None:
    found = _BEFORE_WORDS.match(text)
    if not found or not is_name(found["name"]):
        return None
    if (found["open"] == "**") != bool(found["bold"]) or (found["open"] == "[") != bool(found["square"]):
        return None
    said = found["said"]
    if found["plain"] and found["plain"].endswith(":") and said[:1].strip():  # http://…
        return None
    said = _LEADING_TIME.sub("", said.strip(), count=1).strip()
    timed = found["time"] or found["inner"] or found["later"]
    shape = found["open"] or ("time" if timed else "")
    return Mark(found["name"].strip(" ,"), said, shape, found["note"] or "")


def _alone(text: str) -> Mark | None:
    found = _ALONE.fullmatch(text)
    if not found or bool(found["open"]) != bool(found["close"]) or not is_name(found["name"]):
        return None
    shape = "time first" if found["time"] else "time last" if found["later"] else "alone"
    if shape == "alone" and not VOICE.fullmatch(found["name"]):
        return None
    return Mark(found["name"].strip(" ,"), "", shape, found["note"] or "")


def without_broken(pieces: list[Piece]) -> list[Piece]:
    """The pieces, without marks that come once and in the middle of a sentence: titles of works.

    Where those that come again stand there too, the file has no full stops to tell by.
    """
    counts = Counter(piece.mark.key for piece in pieces if piece.mark)
    going_on = [_goes_on(before, piece) for before, piece in zip([None, *pieces], pieces, strict=False)]
    again = [
        goes_on
        for goes_on, piece in zip(going_on, pieces, strict=True)
        if piece.mark and counts[piece.mark.key] > 1
    ]
    if 2 * sum(again) >= len(again):
        return pieces
    return [
        replace(piece, mark=None) if goes_on and piece.mark and counts[piece.mark.key] == 1 else piece
        for goes_on, piece in zip(going_on, pieces, strict=True)
    ]


def _goes_on(before: Piece | None, piece: Piece) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    words = before.line.text.split() if before else ()
    ended = not words or ends_sentence(words[-1]) or (before is not None and not is_said(before))
    return not (piece.line.opens or ended)


def is_said(piece: Piece) -> bool:
    """Whether a piece is more than a heading, a label alone or a time."""
    alone = piece.mark and not piece.mark.said
    return not (piece.line.heading or alone or ONLY_TIME.fullmatch(piece.line.text))
