"""Where each letter of a card goes.

The words stand in the middle of their room, who says them below; the mark
that opens them hangs in the margin. Distances are pixels from the top left
corner; a line's `y` is where its letters stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from build_tools.picture.card import Card
from build_tools.picture.fonts import SANS, UNIT, Line, Style, shape
from build_tools.picture.lines import MORE, ROOM, Lines, count_while, leading_of, set_lines, style_of

WIDTH, HEIGHT = 1200, 630  # what every site that shows such pictures asks for

_LEFT, _TOP = 108, 64  # of the words
_NAME_SIZE, _WHERE_SIZE, _SMALLEST_CREDIT = 34, 28, 22
_NAME_AT, _WHERE_AT = 532, 571
RULE = (_LEFT, 478, _LEFT + 56, 482)  # between the words and who says them: left, top, right, bottom

_OPEN, _CLOSE = "“", "”"
_CAPITAL = 0.67  # of the size: how high capitals are

Ink = Literal["ink", "soft", "accent"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A shaped line, or part of one, at its place and in its colour."""

    line: Line
    x: float
    y: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Layout:
    """A card, set: its words line by line, their size, and everything that is drawn."""

    size: int
    lines: tuple[str, ...]
    placed: tuple[Placed, ...]


def lay_out(card: Card) -> Layout:
    """Set a card."""
    size, lines = set_lines(card.words)
    return Layout(size, lines, (*_words(lines, size), *_credit(card)))


def _words(lines: Lines, size: int) -> Iterator[Placed]:
    """The lines, in the middle of their room; the marks around them in the accent colour."""
    style, leading = style_of(size), leading_of(size)
    height = (len(lines) - 1) * leading + _CAPITAL * size
    top = _TOP + (ROOM.height - height) / 2 + _CAPITAL * size
    for number, text in enumerate(lines):
        opens, closes = number == 0, number == len(lines) - 1
        full = f"{_OPEN * opens}{text}{_CLOSE * closes}"
        line = shape(full, style)
        first, end = int(opens), len(full) - int(closes)
        x = _LEFT - next(glyph.x for glyph in line.glyphs if glyph.letter >= first) / UNIT
        y = top + number * leading
        yield Placed(_part(line, first, end), x, y, "ink")
        if opens or closes:
            marks = tuple(glyph for glyph in line.glyphs if not first <= glyph.letter < end)
            yield Placed(replace(line, glyphs=marks), x, y, "accent")


def _credit(card: Card) -> Iterator[Placed]:
    """Who, how sure, where and when. A long name is cut before the doubt about it is."""
    lift = 0 if card.where else _WHERE_AT - _NAME_AT
    doubt = shape(f" ({card.doubt})" if card.doubt else "", Style(SANS, _WHERE_SIZE))
    name = _in_one_line(card.speaker, _NAME_SIZE, 600, ROOM.width - doubt.width)
    yield Placed(name, _LEFT, _NAME_AT + lift, "ink")
    yield Placed(doubt, _LEFT + name.width, _NAME_AT + lift, "soft")
    yield Placed(_in_one_line(card.where, _WHERE_SIZE, 400, ROOM.width), _LEFT, _WHERE_AT, "soft")


def _in_one_line(text: str, size: int, weight: int, room: float) -> Line:
    """A line set smaller where it is too long, and cut where that is not enough."""
    text = " ".join(text.split())
    for smaller in range(size, _SMALLEST_CREDIT - 1, -2):
        line = shape(text, Style(SANS, smaller, weight))
        if line.width <= room:
            return line
    style = Style(SANS, _SMALLEST_CREDIT, weight)
    kept = count_while(len(text), lambda letters: shape(text[:letters] + MORE, style).width <= room)
    return shape(text[:kept].rstrip() + MORE, style)


def _part(line: Line, first: int, end: int) -> Line:
    return replace(line, glyphs=tuple(glyph for glyph in line.glyphs if first <= glyph.letter < end))
