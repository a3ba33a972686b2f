"""What must hold of every cleaned text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from build_tools.clean import rules_of
from build_tools.clean.engine import clean
from build_tools.measure.harm import Cleaned
from build_tools.replay import replay
from build_tools.words import join, same_word_form, split_words


def replays(text: Cleaned) -> bool:
    """Whether the recorded edits, replayed over the raw words, give the page."""
    try:
        return tuple(replay(text.words, text.edits)) == text.slots
    except ValueError:
        return False


def settles(text: Cleaned) -> bool:
    """Whether cleaning what is clean changes nothing, in its slots and as new text."""
    again, rules = split_words(join(text.slots)), rules_of(text.passage.prior)
    return not clean(text.slots, 1, rules)[1] and not clean(again, 1, rules)[1]


def invents_nothing(text: Cleaned) -> bool:
    """Whether every word is a raw word, in the order of the raw words."""
    left = iter([same_word_form(word) for word in text.words])
    return all(same_word_form(word) in left for word in split_words(join(text.slots)))


PROPERTIES: dict[str, Callable[[Cleaned], bool]] = {
    "replay gives the page": replays,
    "cleaning twice changes nothing": settles,
    "no word that is not raw": invents_nothing,
}


def broken(texts: Iterable[Cleaned]) -> dict[str, list[str]]:
    """Where each property fails."""
    seen = list(texts)
    return {
        name: [text.passage.where for text in seen if not holds(text)] for name, holds in PROPERTIES.items()
    }
