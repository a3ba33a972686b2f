"""Words in lines: as large as their room allows, and of even length.

Widths are measured at each size anew, for letters are shaped for the size
that they are set in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from build_tools.picture.fonts import SERIF, Style, shape
from build_tools.words import ends_sentence, split_words


@dataclass(frozen=True, slots=True)
class Room:
    """What there is for the words, in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """What no line break divides; `gap` is true where a space stands before it."""

    text: str
    gap: bool


Pieces = tuple[_Piece, ...]
Lines = tuple[str, ...]

ROOM = Room(984, 370)
MORE = "…"
_GAP = "\u00a0"
_LARGEST, _SMALLEST = 96, 34


def style_of(size: int) -> Style:
    """Sturdier shapes than print would have at the size: most see the card a few centimetres wide."""
    return Style(SERIF, size, 400, min(60, 0.45 * size))


def leading_of(size: int) -> float:
    """From line to line: large letters stand closer."""
    return (1.36 - 0.0016 * size) * size


def set_lines(words: str) -> tuple[int, Lines]:
    """The size for some words, and their lines; cut at a word where no size leaves room for all."""
    pieces = tuple(_pieces(words))
    sizes = range(_SMALLEST, _LARGEST + 1, 2)
    if fitting := count_while(len(sizes), lambda count: _has_room(pieces, sizes[count - 1])):
        size = _fuller(pieces, sizes[:fitting])
        return size, _balanced(pieces, size)
    pieces = tuple(_chopped(pieces))
    if not _has_room(pieces, _SMALLEST):
        kept = count_while(len(pieces), lambda count: _has_room(_cut(pieces, count), _SMALLEST))
        pieces = _cut(pieces, kept)
    return _SMALLEST, _balanced(pieces, _SMALLEST)


def _fuller(pieces: Pieces, sizes: range) -> int:
    """The last of some sizes, or one a little smaller that needs fewer lines and so fills them better."""
    near = [size for size in sizes if size >= 0.92 * sizes[-1]]
    return min(near, key=lambda size: (_lines_needed(pieces, size), -size))


def count_while(most: int, holds: Callable[[int], bool]) -> int:
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
    return (*pieces[: count - 1], replace(last, text=f"{last.text.rstrip(' ,;:—–-')}{_GAP}{MORE}"))


def _chopped(pieces: Pieces) -> Iterator[_Piece]:
    """Pieces no wider than a line: an endless word is divided between any two letters."""
    for piece in pieces:
        rest, gap = piece.text, piece.gap
        while (end := _fitting(rest)) < len(rest):
            yield _Piece(rest[:end], gap)
            rest, gap = rest[end:], False
        yield _Piece(rest, gap)


def _fitting(text: str) -> int:
    """How many letters of a text fit a line that ends in dots; marks stay with their letter."""
    room = ROOM.width - _width(_GAP + MORE, _SMALLEST)
    end = count_while(len(text), lambda letters: _width(text[:letters], _SMALLEST) <= room)
    while 1 < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return end


@lru_cache(maxsize=1 << 12)
def _width(text: str, size: int) -> float:
    return shape(text, style_of(size)).width


def _has_room(pieces: Pieces, size: int) -> bool:
    """Whether every piece fits its line and all lines their room."""
    if any(_width(piece.text, size) > ROOM.width for piece in pieces):
        return False
    return (_lines_needed(pieces, size) - 1) * leading_of(size) + size <= ROOM.height


def _lines_needed(pieces: Pieces, size: int) -> int:
    lines, x = 1, 0.0
    for piece in pieces:
        wide, gap = _width(piece.text, size), _width(" ", size) * piece.gap
        if x and x + gap + wide > ROOM.width:
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
    for _ in range(count):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, starts) in best.items():
            x = -gaps[start] if start < len(pieces) else 0.0
            for end in range(start + 1, len(pieces) + 1):
                x += gaps[end - 1] + widths[end - 1]
                if x > ROOM.width:
                    break
                odd = _roughness(pieces, end) if end < len(pieces) else 0.0
                total = cost + ((aim - x) / aim) ** 2 + odd
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*starts, start))
        best = reached
    _, starts = best[len(pieces)]
    return tuple(_joined(pieces[a:b]) for a, b in pairwise((*starts, len(pieces))))


def _roughness(pieces: Pieces, end: int) -> float:
    """How much a reader would stumble where a line ends behind piece `end - 1`."""
    last, after = pieces[end - 1].text, pieces[end]
    if not after.gap:
        return 0.05
    if re.search(r"[.,;:!?…—–]$", last):
        return 0.0
    opens_sentence = end > 1 and ends_sentence(pieces[end - 2].text)
    parted = 0.04 * opens_sentence + 0.03 * ends_sentence(after.text)  # one word from its sentence
    return 0.01 + parted + 0.02 * bool(re.fullmatch(r"\w{1,2}", last))


def _joined(pieces: Pieces) -> str:
    return "".join(" " * piece.gap + piece.text for piece in pieces).strip()
