"""The picture of each notable quote, beside its page: `quotes/<slug>/w<first>-<last>.png`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_tools.model import Archive, Picture, Quote, Turn
from build_tools.picture import Card, can_draw, draw, fingerprint
from build_tools.render.speakers import sure, voice
from build_tools.render.words import anchor, day, quoted


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
    path = f"quotes/{quote.interview.slug}/{anchor(quote.first_word, quote.last_word)}.png"
    return Picture(path, fingerprint(card), partial(draw, card))


def card_of(quote: Quote) -> Card:
    """What the picture of a quote says."""
    return Card(
        words=quoted(quote),
        speaker=voice(quote.turn),
        where=" · ".join(filter(None, [quote.interview.outlet, day(quote.interview.date)])),
        doubt=_doubt(quote.turn),
    )


def _doubt(turn: Turn) -> str:
    """In words, for the picture goes where nobody explains a question mark."""
    percent = sure(turn)
    if percent is not None:
        return f"inferred, {percent}%"
    return "attribution uncertain" if turn.uncertain and not turn.inferred else ""
