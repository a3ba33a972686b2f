"""Letters: their shapes, their places in a line, and whether a font has them.

HarfBuzz does both, shaping and filling outlines. Pillow's own text needs the
system's FriBidi for kerning and ligatures, and without it sets letters whole
pixels apart: the same words would look, and measure, another way elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import uharfbuzz as hb

# HarfBuzz counts in whole numbers: so many to a pixel.
UNIT = 64


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, in a package made to hold it, and the figures it is set with."""

    package: str
    file: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size in pixels and a weight (400 is regular); `optical` is the size its shapes suit."""

    face: Face
    size: int
    weight: int = 400
    optical: float = 0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter's shape, `x` and `y` units right of and above the start of its line.

    `letter` is the index of the letter of the text that it stands for.
    """

    id: int
    x: int
    y: int
    letter: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, shaped; `width` in pixels."""

    style: Style
    glyphs: tuple[Glyph, ...]
    width: float


# The face of the site; numbers hang as they do in books.
SERIF = Face("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", ("onum", "pnum"))
SANS = Face("fontpkg_source_sans_3", "SourceSans3[wght].ttf")


def shape(text: str, style: Style) -> Line:
    """Set a text in one line, with kerning and ligatures."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.language = "en"  # HarfBuzz would ask the locale of the machine
    buffer.guess_segment_properties()
    hb.shape(font_of(style), buffer, dict.fromkeys(style.face.features, True))
    glyphs, x = [], 0
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        glyphs.append(Glyph(info.codepoint, x + at.x_offset, at.y_offset, info.cluster))
        x += at.x_advance
    return Line(style, tuple(glyphs), x / UNIT)


def has_letters(text: str, face: Face) -> bool:
    """Whether a font has a shape for every letter of a text."""
    return all(glyph.id for glyph in shape(" ".join(text.split()), Style(face, 16)).glyphs)


@lru_cache(maxsize=128)
def font_of(style: Style) -> hb.Font:
    """The font of a style, as HarfBuzz takes it."""
    font = hb.Font(_face(style.face))
    font.scale = (style.size * UNIT, style.size * UNIT)
    font.set_variations({"wght": style.weight, "opsz": style.optical})
    return font


@lru_cache(maxsize=8)
def _face(face: Face) -> hb.Face:
    return hb.Face(data_of(face))


def data_of(face: Face) -> bytes:
    """The bytes of a font file."""
    return files(face.package).joinpath("files", face.file).read_bytes()
