"""What rules need to know about speech in print: taking words out without leaving a mess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from build_tools.model import Replacement

_WORD = re.compile(r"[\w'’-]*")

# Which comma stays when a word between two commas goes? None where the words on both
# sides make one phrase, one where the speaker starts anew. Told by the words themselves:
_ASKING = frozenset("do did can could will would should might may".split())
_CONJUNCTIONS = frozenset(
    "and but so or that because if when as where which who what how why while than although "
    "whether until since cause".split()
)
_SUBJECTS = frozenset("i we they he she".split())
_OPEN = frozenset(
    "the a an of to with in on at for from by into around about like is are was were be been am not "
    "have has had will would can could should do does did just even really very more most some any "
    "each every my our your their his its than then also still it's that's i'm we're they're you're "
    "i've we've they've you've don't doesn't didn't isn't aren't can't won't kind sort".split()
)
# A word that begins a new start rather than going on with an open phrase.
_STARTS_ANEW = frozenset(
    "i we they he she it you there this that these those it's that's there's i'm we're they're you're "
    "he's she's i've we've they've you've i'd we'd they'd you'd i'll we'll they'll you'll let's if when "
    "because and but so or what where how who which why suppose now well".split()
)
# A statement goes on after these without a comma: “I think it works”.
_THINKING = frozenset("think feel believe guess say said hope suppose mean know feels thinks thought".split())
# No comma parts a subject from these, or a word from its preposition.
_FINITE = frozenset(
    "is are was were has have had will would can could do does did should might may isn't aren't wasn't "
    "doesn't don't didn't won't can't".split()
)
_ARTICLES = frozenset("the a an my our your their his its".split())
_CLOSE = frozenset("to per".split())
_PREPOSITIONS = frozenset("of to with in on at for from by into about as like".split())

_OPENING, _CLOSING, _DASHES = '“"(', '”")', "—–"


def leads_on(earlier: str, before: str, after: str) -> bool:
    """Whether `after` goes on with what `earlier before` leaves open; all in small letters.

    >>> leads_on("", "and", "i"), leads_on("", "the", "models"), leads_on("", "we", "have")
    (True, True, True)
    >>> leads_on("", "to", "i"), leads_on("", "a", "he"), leads_on("", "we", "to"), leads_on("", "the", "the")
    (False, False, False, False)
    >>> leads_on("", "breakthrough", "models"), leads_on("", "it", "goes")
    (False, False)
    >>> leads_on("", "think", "it"), leads_on("", "issues", "are"), leads_on("", "models", "to"), leads_on("", "it", "is")
    (True, True, True, False)
    >>> leads_on("if", "you", "study"), leads_on("to", "you", "study")
    (True, False)
    """
    if before == after:
        return False
    if not after:  # a quotation, a number
        return before in _ARTICLES
    if before in _CONJUNCTIONS:
        return after not in ("and", "but", "so", "or")
    if before in _SUBJECTS or (before in ("you", "it") and earlier in _CONJUNCTIONS | _ASKING):
        return after not in _STARTS_ANEW | _PREPOSITIONS | _ARTICLES
    if before in _ARTICLES:
        return after not in _STARTS_ANEW | _PREPOSITIONS | _ARTICLES
    if before in _THINKING:
        return after not in ("and", "but", "so", "or", "if", "when", "because", "well", "now", "how", "why")
    if before in _OPEN or before.endswith("n't"):
        return after not in _STARTS_ANEW
    ambiguous = before in _STARTS_ANEW or before in ("then", "here", "me", "us", "them", "him", "her")
    return not ambiguous and after in _FINITE | _CLOSE


_TOKEN = re.compile(r"\w+(?:['’]\w+)*")


def said_again(text: str, distances: Iterable[int]) -> list[int]:
    """Where a word stands that is said again that many words later; offsets, in order.

    Looking for this first is much quicker than a pattern that looks back from every word.

    >>> said_again("I, I went to the, to the sea.", (1, 2))
    [0, 10, 13]
    """
    words, starts = _words(text)
    found = {
        start
        for distance in distances
        for start, one, other in zip(starts, words, words[distance:], strict=False)
        if one == other
    }
    return sorted(found)


@lru_cache(maxsize=8)  # several rules look at one text in turn
def _words(text: str) -> tuple[list[str], list[int]]:
    """The words of a text in small letters, and where they begin."""
    tokens = list(_TOKEN.finditer(text))
    return [token[0].casefold() for token in tokens], [token.start() for token in tokens]


def matches(pattern: re.Pattern[str], text: str, offsets: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at given offsets, none inside another."""
    done = 0
    for offset in offsets:
        if offset >= done and (match := pattern.match(text, offset)):
            done = match.end()
            yield match


# “those books, you know, are they here?”
_INVERTED = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|will|would|have|has)\s(?:it|they|you|we|he|she|there|that|this)\b",
    re.IGNORECASE,
)


_APART = re.compile(r",\s[\w'’]+,$")  # “Isn't there, though, …”: a word between commas of its own


def hedge(text: str, start: int, end: int) -> Replacement:
    """Remove a hedge of what follows it, as “like”: both of its commas go, unless a clause follows.

    >>> hedge("I got, like, a job", 7, 12)
    Replacement(start=5, end=13, after=' ', reason='')
    """
    plain = removal(text, start, end)
    before = text[:start].rstrip()
    apart = _APART.search(before)
    stays = plain.start == start and before.endswith(",") and not plain.after and not apart
    if stays and first_word(text, plain.end) not in _STARTS_ANEW | {""}:
        return Replacement(len(before) - 1, plain.end, " ")
    return plain


def removal(text: str, start: int, end: int) -> Replacement:
    """Remove `text[start:end]` with the space that follows it.

    A comma before it stays where a pause is left, and goes where the sentence
    leads on. What closed the removed words closes what stands before them.

    >>> removal("And, uh, then", 5, 8)
    Replacement(start=3, end=9, after=' ', reason='')
    >>> removal("I went, uh, then", 8, 11)
    Replacement(start=8, end=12, after='', reason='')
    >>> removal("It is so, um.", 10, 13)
    Replacement(start=8, end=13, after='.', reason='')

    The word that comes to open the text takes the capital of the removed one.

    >>> removal("Um, then", 0, 3)
    Replacement(start=0, end=5, after='T', reason='')
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
        return Replacement(start, stop)
    tail = re.search(r"[.…?!]+$", text[start:end])
    closes = tail[0] if tail else ""
    following = text[stop : stop + 1]
    if closes or following in ".?!…":  # the sentence ends here
        kept = before.rstrip(",")
        return Replacement(len(kept), stop, closes + (" " if stop < len(text) and closes else ""))
    if (
        before[-1] == ","
        and not _asks_anew(before, text[stop:])
        and leads_on(*last_words(before), first_word(text, stop))
    ):
        return Replacement(len(before) - 1, stop, " ")
    return Replacement(start, stop)


def _asks_anew(before: str, after: str) -> bool:
    """Whether a question begins after a word that does not ask it: “those books, are they here?”."""
    return bool(_INVERTED.match(after)) and last_words(before)[1] not in _CONJUNCTIONS


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
