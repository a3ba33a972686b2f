"""The picture of each notable quote, beside its page: `quotes/<slug>/w<first>-<last>.png`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_tools.model import Archive, Picture, Quote, Turn
from build_tools.picture import Card, can_draw, draw, fingerprint
from build_tools.render.speakers import sure, voice
from build_tools.render.words import anchor, day


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
        words=bare(quote.text).rstrip(" ,;:—–"),
        speaker=voice(quote.turn),
        where=" · ".join(filter(None, [quote.interview.outlet, day(quote.interview.date)])),
        doubt=_doubt(quote.turn),
    )


def bare(text: str) -> str:
    """A text without the quotation marks around it, for it gets its own; those inside stay.

    >>> bare("“We looked inside.”"), bare("“We looked inside."), bare("He said “no” and “yes”")
    ('We looked inside.', 'We looked inside.', 'He said “no” and “yes”')
    """
    if text.startswith("“") and text.find("”") in (-1, len(text) - 1):
        text = text[1:]
    if text.endswith("”") and "“" not in text:
        text = text[:-1]
    return text


def _doubt(turn: Turn) -> str:
    """In words, for the picture goes where nobody explains a question mark."""
    percent = sure(turn)
    if percent is not None:
        return f"inferred, {percent}%"
    return "attribution uncertain" if turn.uncertain and not turn.inferred else ""
