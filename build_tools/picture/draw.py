"""A card as a PNG.

The file is small because it has few colours: between paper and each ink some
steps are enough for smooth edges. A text chunk in it names what it was drawn
from, so that a later build can tell without drawing whether it still holds.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor
from PIL.PngImagePlugin import PngInfo

from build_tools.picture.card import Card
from build_tools.picture.fonts import SANS, SERIF, UNIT, data_of, font_of
from build_tools.picture.layout import HEIGHT, RULE, WIDTH, Ink, Layout, lay_out

# The light scheme of docs/assets/styles/archive.css.
PAPER = "#fdfcf9"
INKS: dict[Ink, str] = {"ink": "#1d1b18", "soft": "#5a564f", "accent": "#8a2f1d"}

_STEPS = 16  # from paper to ink, both included
_CHUNK = "interview-archive quote"  # PNG specification, 11.3.3.2: the keyword of a tEXt chunk


def draw(card: Card) -> bytes:
    """The PNG of a card that `can_draw`."""
    layout = lay_out(card)
    image = Image.new("L", (WIDTH, HEIGHT))
    for number, ink in enumerate(INKS):
        steps = [_step(number, value) for value in range(256)]
        image = ImageChops.lighter(image, _covered(layout, ink).point(steps))
    image.putpalette(_palette())
    chunks = PngInfo()
    chunks.add_text(_CHUNK, fingerprint(card))
    data = io.BytesIO()
    image.save(data, "PNG", pnginfo=chunks, compress_level=6)
    return data.getvalue()


def fingerprint(card: Card) -> str:
    """64 hex digits that change with what a card says, the code that draws it and its fonts."""
    said = "\0".join(" ".join(text.split()) for text in astuple(card))
    return hashlib.sha256(f"{_drawing()}\0{said}".encode()).hexdigest()


def fingerprint_of(path: Path) -> str | None:
    """What the picture in a file was drawn from; None where `draw` did not make it."""
    try:
        with Image.open(path, formats=("PNG",)) as image:
            found = image.info.get(_CHUNK)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # no PNG, or none of ours
        return None
    return found if isinstance(found, str) else None


@cache
def _drawing() -> str:
    """A hash of this room's code and fonts: whoever changes one need not remember a number."""
    code = sorted(file.name for file in files(__package__).iterdir() if file.name.endswith(".py"))
    data = [files(__package__).joinpath(name).read_bytes() for name in code]
    return hashlib.sha256(b"\0".join([*data, data_of(SERIF), data_of(SANS)])).hexdigest()


def _covered(layout: Layout, ink: Ink) -> Image.Image:
    """How much of each pixel an ink covers, 0 to 255."""
    raster = hb.RasterDraw()
    raster.extents = hb.RasterExtents(0, 0, WIDTH, HEIGHT, 0)
    raster.scale_factor = (UNIT, UNIT)
    for placed in layout.placed:
        if placed.ink == ink:
            font = font_of(placed.line.style)
            x, y = round(placed.x * UNIT), round((HEIGHT - placed.y) * UNIT)  # HarfBuzz counts upwards
            for glyph in placed.line.glyphs:
                raster.transform = (1, 0, 0, 1, x + glyph.x, y + glyph.y)
                raster.draw_glyph(font, glyph.id)
    covered = raster.render()
    stride = covered.extents.stride
    mask = Image.frombytes("L", (WIDTH, HEIGHT), covered.buffer, "raw", "L", stride, -1)
    if ink == "accent":
        mask.paste(255, RULE)
    return mask


def _step(number: int, covered: int) -> int:
    """The colour in the palette for a pixel that the ink of that number covers so much."""
    step = round(covered * (_STEPS - 1) / 255)
    return step + number * (_STEPS - 1) if step else 0


def _palette() -> list[int]:
    """Paper, and behind it the steps to each ink: red, green, blue, red, …"""
    paper = ImageColor.getrgb(PAPER)
    palette = [*paper]
    for ink in INKS.values():
        for step in range(1, _STEPS):
            share = step / (_STEPS - 1)
            palette += [
                round(p + (f - p) * share) for p, f in zip(paper, ImageColor.getrgb(ink), strict=True)
            ]
    return palette
