"""The picture of each notable quote, beside its page: `quotes/<slug>/w<first>-<last>.png`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_tools.model import Archive, Picture, Quote, Turn
from build_tools.picture import Card, can_draw, draw, fingerprint
from build_tools.render.speakers import sure, voice
from build_tools.render.words import quote_path, quoted, where


def pictures(archive: Archive) -> Iterator[Picture]:
    """A picture of every notable quote that can be drawn."""
    for quote in archive.quotes:
        if picture := picture_of(quote):
            yield picture


def picture_of(quote: Quote) -> Picture | None:
    """The picture of a quote; None where the fonts lack a letter: no picture rather than empty boxes."""
    card = card_of(quote)
    if not can_draw(card):
        return None
    path = quote_path(quote.interview.slug, quote.first_word, quote.last_word)
    return Picture(f"{path}.png", fingerprint(card), partial(draw, card))


def card_of(quote: Quote) -> Card:
    """What the picture of a quote says."""
    return Card(
        words=quoted(quote),
        speaker=voice(quote.turn),
        where=where(quote.interview),
        doubt=_doubt(quote.turn),
    )


def _doubt(turn: Turn) -> str:
    """In words, for the picture goes where nobody explains a question mark.

    A build refuses quotes in doubt; who draws another is kept from a bare name all the same.
    """
    percent = sure(turn)
    if percent is not None:
        return f"inferred, {percent}%"
    return "attribution uncertain" if turn.uncertain and not turn.inferred else ""
