"""Words: what is numbered, and when two spellings are the same word.

A **word** is a whitespace-separated token with at least one letter or digit.
The words of a raw file are numbered from 1; the numbers are its addresses.
A token without letter or digit (a dash, an ellipsis) belongs to the word
before it, so that joining the words with single spaces gives the text back.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Indel

# Marks that may be added, removed or exchanged without changing a word.
_PUNCTUATION = ".,;:!?\"'“”‘’«»…—–-()[]*_¿¡"
_STRAIGHT = str.maketrans("‘’ʼ", "'''")


def is_word(token: str) -> bool:
    """Whether a whitespace-free token counts as a word.

    >>> is_word("90%"), is_word("—")
    (True, False)
    """
    return token.isalnum() or any(map(str.isalnum, token))


def has_words(text: str) -> bool:
    """Whether a text holds at least one word."""
    return any(map(is_word, text.split()))


def split_words(text: str) -> list[str]:
    """Split text into words, each with the punctuation that follows it.

    >>> split_words("Yes — well, no ...")
    ['Yes —', 'well,', 'no ...']

    Punctuation before the first word stays with it:

    >>> split_words("... and so")
    ['... and', 'so']
    """
    words: list[str] = []
    before = ""
    for token in text.split():
        if is_word(token):
            words.append(before + token)
            before = ""
        elif words:
            words[-1] += " " + token
        else:
            before += token + " "
    return words


@lru_cache(maxsize=1 << 16)  # a language has few words, and a talk says them often
def same_word_form(word: str) -> str:
    """The form in which two spellings of one word are equal.

    Case and punctuation around a word may differ; anything inside it may not.

    >>> same_word_form("“Don’t!”") == same_word_form("don't")
    True
    >>> same_word_form("were") == same_word_form("we're")
    False
    >>> same_word_form("$5") == same_word_form("5")
    False
    """
    letters = next((token for token in word.split() if is_word(token)), word)
    return letters.translate(_STRAIGHT).casefold().strip(_PUNCTUATION)


def same_words(before: str, after: str) -> bool:
    """Whether two texts have the same words, whatever their punctuation.

    >>> same_words("Well yes", "Well, yes.")
    True
    """
    return [same_word_form(word) for word in split_words(before)] == [
        same_word_form(word) for word in split_words(after)
    ]


def fingerprint(words: Iterable[str]) -> str:
    """Sixteen hex digits that change when the words read from a file change.

    >>> fingerprint(["Hello,", "world."])
    '7e28b4b14130dd71'
    """
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


# A path is no longer than a file system takes; folders have a page of this name themselves.
_LONGEST_SLUG, _TAKEN_SLUG = 80, "index"


def slug_of(name: str) -> str:
    """The id of somebody who has none: ASCII letters, digits and single hyphens.

    >>> slug_of("Jane O’Doe"), slug_of("Јован Рое"), slug_of("../etc"), slug_of("—")
    ('jane-odoe', 'jovan-roe', 'etc', 'person-bda05058')
    """
    plain = re.sub("['`]", "", anyascii(name)).lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:_LONGEST_SLUG].strip("-")
    if not slug or slug == _TAKEN_SLUG:
        return f"person-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return slug


# A misspelling: each part of the name so alike, all parts together so alike.
_PART_ALIKE, _NAME_ALIKE = 0.8, 0.88


@lru_cache(maxsize=1 << 12)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name, folded; its script stays, for there homophones are told apart.

    >>> name_parts("J. D. Ó’Doe-Roe")
    ('j', 'd', 'odoe', 'roe')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = (c for c in plain if not unicodedata.combining(c) and c not in "'’`")
    return tuple("".join(c if c.isalnum() else " " for c in letters).split())


def misspelt(parts: tuple[str, ...], own: tuple[str, ...]) -> float:
    """How alike two names are, part by part: the share of letters in common (Indel distance).

    1 where they are one, 0 where any part is another name.

    >>> round(misspelt(("jon", "roe"), ("john", "roe")), 2), misspelt(("jane", "roe"), ("jane", "doe"))
    (0.93, 0.0)
    """
    if len(parts) != len(own) or not parts:
        return 0.0
    alike = min(Indel.normalized_similarity(one, other) for one, other in zip(parts, own, strict=True))
    whole = Indel.normalized_similarity(" ".join(parts), " ".join(own))
    return float(whole) if alike >= _PART_ALIKE and whole >= _NAME_ALIKE else 0.0


_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s+[^\w\s]+)*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|No|Jr|Sr|Inc|[A-Z](?:\.[A-Z])*)\.$"
)


def ends_sentence(word: str) -> bool:
    """Whether a word, with its punctuation, closes a sentence.

    >>> [ends_sentence(word) for word in ("yes.", "Mr.", "why?”", "U.S.", "so", "Hm ...")]
    [True, False, True, False, False, True]
    """
    if word[-1:].isalnum() or word[-1:] == ",":  # most words
        return False
    return bool(_SENTENCE_END.search(word)) and not _ABBREVIATION.search(word)


def join(slots: Iterable[str]) -> str:
    """The text of a row of slots, empty ones left out."""
    return " ".join(filter(None, slots))


def listed(names: Iterable[str]) -> str:
    """Names in a sentence.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"]), listed([])
    ('A', 'A and B', 'A, B and C', '')
    """
    given = list(names)
    return " and ".join(filter(None, [", ".join(given[:-1]), *given[-1:]]))


def distribute(text: str, size: int) -> list[str]:
    """Spread text over `size` slots: word by word where they are as many, else all first.

    >>> distribute("Jensen Huang", 2), distribute("ChatGPT", 2)
    (['Jensen', 'Huang'], ['ChatGPT', ''])
    """
    parts = split_words(text)
    if len(parts) == size and join(parts) == text:
        return parts
    return [text] + [""] * (size - 1)
