"""What a picture says, and whether it can be drawn."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import astuple, dataclass

from build_tools.picture.fonts import SANS, SERIF, has_letters
from build_tools.words import split_words

# Controls, halves of letters, private and unassigned ones: nobody knows how they look.
_FORMLESS = {"Cc", "Cs", "Co", "Cn"}
# Written from the right, or turning the direction: lines are set from the left only.
_NOT_FROM_THE_LEFT = {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
# More marks on one letter than any language sets would climb into the lines around it.
_PILED_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a quote without quotation marks around them, who says them, where and when.

    `doubt` says how unsure it is that `speaker` says them, "" where nothing is in doubt.
    """

    words: str
    speaker: str
    where: str = ""
    doubt: str = ""


def can_draw(card: Card) -> bool:
    """Whether the fonts have every letter of a card and its lines run from left to right.

    >>> can_draw(Card("Größe, размер, μέγεθος — ½!", "Jane Doe")), can_draw(Card("大きさ", "Jane Doe"))
    (True, False)
    """
    texts = astuple(card)
    return (
        bool(split_words(card.words) and split_words(card.speaker))
        and all(map(_is_plain, texts))
        and has_letters(card.words, SERIF)
        and all(has_letters(text, SANS) for text in texts[1:])
    )


def _is_plain(text: str) -> bool:
    if _PILED_MARKS.search(unicodedata.normalize("NFD", text)):
        return False
    return not any(
        unicodedata.category(letter) in _FORMLESS or unicodedata.bidirectional(letter) in _NOT_FROM_THE_LEFT
        for letter in " ".join(text.split())
    )
