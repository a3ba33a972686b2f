"""How a text sounds, and how alike two texts are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from jellyfish import metaphone
from rapidfuzz.distance import Indel

# What remains of a letter's name when it is spelled out, vowels left out.
_SPELLED = {
    **dict.fromkeys("aeiouyh", ""),
    **{letter: letter.upper() for letter in "bdfjklnprstvz"},
    **dict(zip("cgmqwx", ("S", "J", "N", "K", "TPL", "KS"), strict=True)),
}
_DIGITS = dict(zip("0123456789", "SR WN T 0R FR FF SKS SFN T NN".split(), strict=True))
# Voice is what recognisers lose first: d and t, b and p, j and ch.
_VOICELESS = str.maketrans("BDGJVZ", "PTKXFS")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TEEN = re.compile(r"(?<!\d)1([3-9])(?!\d)")


@lru_cache(maxsize=1 << 18)
def squash(text: str) -> str:
    """The letters and digits of a text, folded.

    >>> squash("Chad Chippy-T,"), squash("Café")
    ('chadchippyt', 'cafe')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, plain))


def digits(text: str) -> str:
    """The digits of a text; “sixteen” and “sixty” are heard as one.

    >>> digits("GPT-4.5"), digits("a16z"), digits("A60Z")
    ('45', '60', '60')
    """
    return "".join(filter(str.isdigit, _TEEN.sub(r"\g<1>0", text)))


@lru_cache(maxsize=1 << 16)
def sound(text: str) -> str:
    """A key of consonants: equal for texts that may be heard alike.

    Capitals in a row are spelled out, as a speaker does; parts of a
    camel-case name sound one by one.

    >>> sound("ChatGPT"), sound("Chatchee BT"), sound("Chad Chippy-T")
    ('XXPT', 'XXPT', 'XXPT')
    >>> sound("OpenAI") == sound("Open EI"), sound("GPT-5") == sound("GPD5")
    (True, True)
    """
    key = ""
    for word in text.split():
        key = _joined(key, _sound_of_word(word))
    return re.sub(r"^[AEIOU]", "A", key).replace("TX", "X")


@lru_cache(maxsize=1 << 16)
def _sound_of_word(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    key = ""
    for piece in _PIECE.findall(plain):
        key = _joined(key, _sound_of(piece).translate(_VOICELESS))
    return key


def _joined(key: str, part: str) -> str:
    """Two keys as one: a vowel counts only at the beginning."""
    return key + (part[1:] if key and part[:1] in tuple("AEIOU") else part)


def _sound_of(piece: str) -> str:
    if piece.isdigit():
        return "".join(_DIGITS[digit] for digit in digits(piece))
    if piece.isupper() and (len(piece) <= 3 or not set(piece) & set("AEIOU")):
        vowel = "A" if piece[0] in "AEIO" else ""
        return vowel + "".join(_SPELLED[letter] for letter in piece.lower())
    key = metaphone(piece)
    return key[:-1] if piece.endswith("ing") else key  # “-ing” and “-in” are one


@lru_cache(maxsize=1 << 18)
def letters_alike(one: str, other: str) -> float:
    """How alike two squashed texts are written, 0…1."""
    return float(Indel.normalized_similarity(one, other))


def likeness(heard: str, name: str) -> float:
    """How alike two texts look and sound, 0…1.

    >>> likeness("open AI", "OpenAI"), round(likeness("Sam Alman", "Sam Altman"), 2)
    (1.0, 0.93)
    >>> likeness("banana", "OpenAI") < 0.5
    True
    """
    one, other = squash(heard), squash(name)
    if one == other:
        return 1.0
    written = letters_alike(one, other)
    if written < 0.45:
        return written
    return (written + float(Indel.normalized_similarity(sound(heard), sound(name)))) / 2
