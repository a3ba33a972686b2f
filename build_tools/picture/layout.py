"""Where each letter of a card goes.

The words are set as large as their room allows, in lines of even length; the
mark that opens them hangs in the margin. Distances are pixels from the top
left corner; a line's `y` is where its letters stand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from build_tools.picture.card import Card
from build_tools.picture.fonts import SANS, SERIF, Line, Style, shape
from build_tools.words import split_words

WIDTH, HEIGHT = 1200, 630  # what every site that shows such pictures asks for
SAFE = 56  # nothing is drawn nearer to an edge

_LEFT, _MEASURE = 108, 984
_TOP, _BOTTOM = 64, 434  # of the words
_LARGEST, _SMALLEST = 96, 36
_NAME_SIZE, _WHERE_SIZE, _SMALLEST_CREDIT = 34, 28, 22
_NAME_AT, _WHERE_AT = 532, 571
RULE = (_LEFT, 478, _LEFT + 56, 482)  # between the words and who says them: left, top, right, bottom

_OPEN, _CLOSE, _MORE = "“", "”", "…"
_GAP = "\u00a0"

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


@dataclass(frozen=True, slots=True)
class _Piece:
    """What no line break divides; `gap` is true where a space stands before it."""

    text: str
    gap: bool


Pieces = tuple[_Piece, ...]
Lines = tuple[str, ...]


def lay_out(card: Card) -> Layout:
    """Set a card."""
    size, lines = _fit(tuple(_pieces(card.words)))
    return Layout(size, lines, (*_words(lines, size), *_credit(card)))


def _words(lines: Lines, size: int) -> Iterator[Placed]:
    """The lines, in the middle of their room; the marks around them in the accent colour."""
    style, leading = _style(size), _leading(size)
    height = (len(lines) - 1) * leading + 0.67 * size  # from the head of the capitals
    top = _TOP + (_BOTTOM - _TOP - height) / 2 + 0.67 * size
    for number, text in enumerate(lines):
        opens, closes = number == 0, number == len(lines) - 1
        full = f"{_OPEN * opens}{text}{_CLOSE * closes}"
        line = shape(full, style)
        first, end = int(opens), len(full) - int(closes)
        x = _LEFT - (shape(_OPEN, style).width if opens else 0)
        y = top + number * leading
        yield Placed(_part(line, first, end), x, y, "ink")
        if opens or closes:
            marks = tuple(glyph for glyph in line.glyphs if not first <= glyph.letter < end)
            yield Placed(replace(line, glyphs=marks), x, y, "accent")


def _credit(card: Card) -> Iterator[Placed]:
    """Who, how sure, where and when. A long name is cut before the doubt about it is."""
    lift = 0 if card.where else _WHERE_AT - _NAME_AT
    doubt = shape(f" ({card.doubt})" if card.doubt else "", Style(SANS, _WHERE_SIZE))
    name = _in_one_line(card.speaker, _NAME_SIZE, 600, _MEASURE - doubt.width)
    yield Placed(name, _LEFT, _NAME_AT + lift, "ink")
    yield Placed(doubt, _LEFT + name.width, _NAME_AT + lift, "soft")
    yield Placed(_in_one_line(card.where, _WHERE_SIZE, 400, _MEASURE), _LEFT, _WHERE_AT, "soft")


def _in_one_line(text: str, size: int, weight: int, room: float) -> Line:
    """A line set smaller where it is too long, and cut where that is not enough."""
    text = " ".join(text.split())
    for smaller in range(size, _SMALLEST_CREDIT - 1, -2):
        line = shape(text, Style(SANS, smaller, weight))
        if line.width <= room:
            return line
    style = Style(SANS, _SMALLEST_CREDIT, weight)
    kept = _count(len(text), lambda letters: shape(text[:letters] + _MORE, style).width <= room)
    return shape(text[:kept].rstrip() + _MORE, style)


def _part(line: Line, first: int, end: int) -> Line:
    return replace(line, glyphs=tuple(glyph for glyph in line.glyphs if first <= glyph.letter < end))


# ── size and lines ───────────────────────────────────────────────────────────


def _style(size: int) -> Style:
    """Sturdier shapes than print would have at the size: most see the card a few centimetres wide."""
    return Style(SERIF, size, 400, min(60, 0.45 * size))


def _leading(size: int) -> float:
    """From line to line: large letters stand closer."""
    return (1.36 - 0.0016 * size) * size


def _fit(pieces: Pieces) -> tuple[int, Lines]:
    """The largest size at which all pieces find room, and the lines; cut at a word where none is."""
    sizes = range(_SMALLEST, _LARGEST + 1, 2)
    if fitting := _count(len(sizes), lambda count: _has_room(pieces, sizes[count - 1])):
        return sizes[fitting - 1], _balanced(pieces, sizes[fitting - 1])
    pieces = tuple(_chopped(pieces))
    if not _has_room(pieces, _SMALLEST):
        kept = _count(len(pieces), lambda count: _has_room(_cut(pieces, count), _SMALLEST))
        pieces = _cut(pieces, kept)
    return _SMALLEST, _balanced(pieces, _SMALLEST)


def _count(most: int, holds: Callable[[int], bool]) -> int:
    """The largest of 1…`most` for which something holds that holds for all smaller ones; 0 for none."""
    return bisect_left(range(1, most + 1), True, key=lambda number: not holds(number))


def _pieces(words: str) -> Iterator[_Piece]:
    """Words with the marks that follow them; long compounds may be divided behind their hyphen."""
    for word in split_words(re.sub(r"(?<=\w)'(?=\w)", "’", words)):
        for number, text in enumerate(re.split(r"(?<=\w\w[-—–/])(?=[^\W\d]{2})", word)):
            yield _Piece(text, gap=number == 0)


def _cut(pieces: Pieces, count: int) -> Pieces:
    """The first pieces, and dots for the others."""
    last = pieces[count - 1]
    return (*pieces[: count - 1], replace(last, text=f"{last.text.rstrip(' ,;:—–-')}{_GAP}{_MORE}"))


def _chopped(pieces: Pieces) -> Iterator[_Piece]:
    """Pieces no wider than a line: an endless word is divided between any two letters."""
    for piece in pieces:
        text, gap = piece.text, piece.gap
        while _width(text, _SMALLEST) > _MEASURE:
            end = _count(len(text), lambda letters: _width(text[:letters], _SMALLEST) <= _MEASURE)  # noqa: B023
            while end > 1 and unicodedata.combining(text[end]):
                end -= 1
            yield _Piece(text[:end], gap)
            text, gap = text[end:], False
        yield _Piece(text, gap)


@lru_cache(maxsize=1 << 12)
def _width(text: str, size: int) -> float:
    return shape(text, _style(size)).width


def _has_room(pieces: Pieces, size: int) -> bool:
    """Whether every piece fits its line and all lines their room."""
    if any(_width(piece.text, size) > _MEASURE for piece in pieces):
        return False
    return _lines_needed(pieces, size) * _leading(size) <= _BOTTOM - _TOP


def _lines_needed(pieces: Pieces, size: int) -> int:
    lines, x = 1, 0.0
    for piece in pieces:
        wide, gap = _width(piece.text, size), _width(" ", size) * piece.gap
        if x and x + gap + wide > _MEASURE:
            lines, x = lines + 1, wide
        else:
            x += gap * bool(x) + wide
    return lines


def _balanced(pieces: Pieces, size: int) -> Lines:
    """The fewest lines, as even as can be: the sum of the squares of what is missing is least."""
    count, space = _lines_needed(pieces, size), _width(" ", size)
    widths = [_width(piece.text, size) for piece in pieces]
    gaps = [space * piece.gap for piece in pieces]
    aim = (sum(widths) + sum(gaps)) / count
    # For each number of pieces that the lines so far hold: what that costs, and where each line began.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(count):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, starts) in best.items():
            x = -gaps[start] if start < len(pieces) else 0.0
            for end in range(start + 1, len(pieces) + 1):
                x += gaps[end - 1] + widths[end - 1]
                if x > _MEASURE:
                    break
                odd = _roughness(pieces, end) if number < count - 1 else 0.0
                total = cost + ((aim - x) / aim) ** 2 + odd
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*starts, start))
        best = reached
    _, starts = best[len(pieces)]
    return tuple(_joined(pieces[a:b]) for a, b in pairwise((*starts, len(pieces))))


def _roughness(pieces: Pieces, end: int) -> float:
    """How much a reader would stumble where a line ends behind piece `end - 1`."""
    last, after = pieces[end - 1].text, pieces[end].text if end < len(pieces) else ""
    if after == _MORE or (after and not pieces[end].gap):
        return 0.05
    if re.fullmatch(r"\w{1,2}", last) or (end > 1 and re.search(r"[.!?…]$", pieces[end - 2].text)):
        return 0.03  # a small word, or the first of a sentence, belongs to what follows
    return 0.0 if re.search(r"[.,;:!?…—–]$", last) else 0.01


def _joined(pieces: Pieces) -> str:
    return "".join(" " * piece.gap + piece.text for piece in pieces).strip()
