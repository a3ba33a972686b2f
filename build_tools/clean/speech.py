"""What rules need to know about speech in print: taking words out without leaving a mess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from build_tools.clean import commas
from build_tools.clean.broken_off import DETERMINERS, breaks_off
from build_tools.model import Replacement

_WORD = re.compile(r"[\w'’-]*")

_OPENING, _CLOSING, _DASHES, _QUOTES = '“"(', '”")', "—–", '“"‘'

# In characters: no pattern looks back further.
_NEAR = 120
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")


def said_again(text: str, distances: Iterable[int]) -> Sequence[int]:
    """Where a word stands that is said again that many words later; offsets, in order.

    Looking for this first is much quicker than a pattern that looks back from every word.

    >>> said_again("I, I went to the, to the sea.", (1, 2))
    [0, 10, 13]
    """
    return sorted({start for distance in distances for start in _said_again_after(text, distance)})


@lru_cache(maxsize=32)  # rules are asked again until nothing changes, and for what another asked
def _said_again_after(text: str, distance: int) -> Sequence[int]:
    words, starts = _words(text)
    return [start for start, one, other in zip(starts, words, words[distance:], strict=False) if one == other]


@lru_cache(maxsize=8)  # several rules look at one text in turn
def _words(text: str) -> tuple[list[str], list[int]]:
    """The words of a text in small letters, and where they begin."""
    tokens = list(_TOKEN.finditer(text))
    return [token[0].casefold() for token in tokens], [token.start() for token in tokens]


def stands_before(pattern: re.Pattern[str], text: str, at: int) -> bool:
    """Whether a pattern that ends in `$` is found right before a place."""
    return bool(pattern.search(text, max(0, at - _NEAR), at))


def sentence_before(text: str, at: int) -> str:
    """What has been said of the sentence that goes on at a place.

    >>> sentence_before("So it is. And then, right?", 18)
    'And then'
    """
    return re.split(r"[.?!…]\s+", text[:at])[-1]


def goes_on_before(text: str, at: int) -> bool:
    """Whether a sentence goes on at a place: a word or a comma stands before it.

    >>> [goes_on_before(text, 4) for text in ("So, Is it", "So. Is it", "So — it is")]
    [True, False, False]
    """
    before = text[:at].rstrip()
    return before.endswith(",") or before[-1:].isalnum()


def matches(pattern: re.Pattern[str], text: str, offsets: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at given offsets, none inside another."""
    done = 0
    for offset in offsets:
        if offset >= done and (match := pattern.match(text, offset)):
            done = match.end()
            yield match


def removal(text: str, start: int, end: int) -> Replacement:
    """Remove `text[start:end]` with the space that follows it.

    A comma before it stays where one belongs between the words that now meet.
    What closed the removed words closes what stands before them.

    >>> removal("And, uh, then", 5, 8)
    Replacement(start=3, end=9, after=' ', reason='')
    >>> removal("If it rains, uh, we stay", 13, 16)
    Replacement(start=13, end=17, after='', reason='')
    >>> removal("It is so, um.", 10, 13)
    Replacement(start=8, end=13, after='.', reason='')

    The word that comes to open the text takes the capital of the removed one.

    >>> removal("Um, then", 0, 3)
    Replacement(start=0, end=5, after='T', reason='')
    >>> removal("It stops... Um, then", 12, 15)
    Replacement(start=12, end=17, after='T', reason='')
    """
    before = text[:start].rstrip()
    stop = end + (len(text[end:]) - len(text[end:].lstrip()))
    opened = text[:start][-1:] in _OPENING and start > 0
    if opened and text[stop : stop + 1] not in _CLOSING and end < len(text):
        capital = text[start].isupper() and opens_small(text, stop)
        return Replacement(start, stop + capital, text[stop].upper() if capital else "")
    if before[-1:] in _DASHES and before and text[stop : stop + 1] in _DASHES and stop < len(text):
        return Replacement(start, stop + 1 + len(text[stop + 1 :]) - len(text[stop + 1 :].lstrip()))
    if not before and text[start].isupper() and opens_small(text, stop):
        return Replacement(start, stop + 1, text[stop].upper())
    if not before or before[-1] in ".?!…":
        capital = before.endswith(("...", "…")) and text[start].isupper() and opens_small(text, stop)
        return Replacement(start, stop + capital, text[stop].upper() if capital else "")
    tail = re.search(r"[.…?!]+$", text[start:end])
    closes = tail[0] if tail else ""
    following = text[stop : stop + 1]
    if closes or following in ".?!…":  # the sentence ends here
        kept = before.rstrip(",")
        return Replacement(len(kept), stop, closes + (" " if stop < len(text) and closes else ""))
    if before[-1] == "," and not _stays(text, before, stop):
        return Replacement(len(before) - 1, stop, " ")
    return Replacement(start, stop)


def _stays(text: str, before: str, stop: int) -> bool:
    """Whether the comma at the end of `before` stays: before a quotation, or where one belongs.

    Between a word and the same word once more none is left, “to, uh, to go”, but where that would be grammar.
    """
    (earlier, last), word = last_words(before), first_word(text, stop)
    if text[stop] in _QUOTES:
        return last not in DETERMINERS
    if last == word:
        return word not in FUNCTION_WORDS or word in GRAMMATICAL
    if last == "there" and earlier in ("is", "are"):  # “are there, like, books?”
        return False
    return breaks_off(earlier, last, word) or commas.belongs(text, len(before) - 1, stop)


def last_words(text: str) -> tuple[str, str]:
    """The last two words, in small letters."""
    words = [word.strip(',“"(').replace("’", "'").casefold() for word in text.split()[-2:]]
    return ("", *words)[-2], words[-1]


def first_word(text: str, at: int) -> str:
    """The word that begins at `at`, in small letters; "" where none does."""
    match = _WORD.match(text, at)
    return match[0].replace("’", "'").casefold() if match else ""


def opens_small(text: str, at: int) -> bool:
    """Whether an ordinary word in small letters stands at `at`: not iPhone, o3, a16z or i.e.

    >>> [opens_small(said, 0) for said in ("then", "Then", "iPhone", "o3", "i.e.", "(so)")]
    [True, False, False, False, False, False]
    """
    match = _WORD.match(text, at)
    word = match[0] if match else ""
    dotted = len(word) == 1 and text[at + 1 : at + 2] == "."
    return word.islower() and word[0].isalpha() and not any(map(str.isdigit, word)) and not dotted


# The words a speaker says twice by accident, and hardly ever on purpose.
FUNCTION_WORDS = frozenset(
    "a about after an and are as at be because before but by can could did do does for from had has have he her his how "
    "i if in into is it its just like may might my not of on or our she should so some than that the their "
    "them then there these they this those to us was we were what when where which who why will with "
    "would you your it's that's there's he's she's what's who's we're they're you're i'm i've we've "
    "you've they've i'll we'll you'll they'll i'd we'd you'd they'd don't didn't doesn't isn't can't "
    "won't wouldn't couldn't".split()
)
# Good grammar when doubled without a comma: "had had", "that that".
GRAMMATICAL = frozenset("had that do who her".split())
# After these a clause is the condition of the next: “if you can, you can stay”.
SUBORDINATE = re.compile(
    r"\b(?:if|when|whenever|once|while|until|unless|what|whatever|who|whoever|where|wherever|which|"
    r"because|since|before|after|as|the more|the less)\s$",
    re.IGNORECASE,
)
# A stumble goes on; what ends a sentence was meant.
ENDS = re.compile(r"[.?!…”\"]")


def opens_anew(copies: str) -> bool:
    """Whether a copy has the capital of a new sentence: “I hope that... That is true”."""
    return bool(re.search(r"(?:\.\.\.|…)\s+(?!I\b)[A-Z]", copies))
