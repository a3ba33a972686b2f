"""Words → numbers a network can look up: which word, and the mark that follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.words import same_word_form

# What stands for a word that is not in the vocabulary; 0 is nothing, 1 a word held back in fitting.
_FIGURE, _NAME, _NAMES_OWN, _OTHER = 2, 9, 10, 11
_ENDINGS = {"ing": 3, "ed": 4, "ly": 5, "er": 6, "'s": 7, "s": 8}
FIRST_WORD = 16

_CLOSING = "\"”'’)]* "
_MARKS = {",": 1, ".": 2, "?": 3, "!": 4, "—": 5, "–": 5, "-": 5, "…": 6, ":": 7, ";": 7}
MARKS = 8


@dataclass(frozen=True, slots=True)
class Tokens:
    """One number a word: `words` for what it is, `marks` for what it ends with."""

    words: NDArray[np.int64]
    marks: NDArray[np.int64]


def encode(words: Sequence[str], vocabulary: Mapping[str, int]) -> Tokens:
    """The words of a text as numbers.

    >>> tokens = encode(["So", "why,", "Zebulon?"], {"so": 16, "why": 17})
    >>> tokens.words.tolist(), tokens.marks.tolist()
    ([16, 17, 9], [0, 1, 3])
    """
    return Tokens(
        np.array([_word_number(word, vocabulary) for word in words], np.int64),
        np.array([_mark_number(word) for word in words], np.int64),
    )


def _word_number(word: str, vocabulary: Mapping[str, int]) -> int:
    form = same_word_form(word)
    return vocabulary.get(form) or _class_number(form, word)


def _class_number(form: str, word: str) -> int:
    """The class of an unknown word: a figure, a name, or what its ending makes it.

    >>> [_class_number(word.casefold(), word) for word in ("1995", "Zebulon", "Zebulon's", "zebras", "gnu")]
    [2, 9, 10, 8, 11]
    """
    if form[:1].isdigit() or form[:1] in "$€£":
        return _FIGURE
    ending = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
    if next((char for char in word if char.isalpha()), "a").isupper():
        return _NAMES_OWN if ending == "'s" else _NAME
    return _ENDINGS.get(ending, _OTHER)


def _mark_number(word: str) -> int:
    bare = word.rstrip(_CLOSING)
    return 6 if bare.endswith("...") else _MARKS.get(bare[-1:], 0)
