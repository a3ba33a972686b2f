"""What rules need to know about speech in print: taking words out without leaving a mess."""

from __future__ import annotations

import re

from build_tools.model import Replacement

_WORD = re.compile(r"[\w'’-]*")

# Which comma stays when a word between two commas goes? None where the words on both
# sides make one phrase, one where the speaker starts anew. Told by the words themselves:
_CONJUNCTIONS = frozenset(
    "and but so or that because if when as where which who what how why while than though although "
    "whether until since cause".split()
)
_SUBJECTS = frozenset("i we they he she".split())
_OPEN = frozenset(
    "the a an of to with in on at for from by into around about like is are was were be been am not "
    "have has had will would can could should do does did just even really very more most some any "
    "each every no my our your their his its than then also still it's that's i'm we're they're you're "
    "i've we've they've you've don't doesn't didn't isn't aren't can't won't kind sort".split()
)
# A word that begins a new start rather than going on with an open phrase.
_STARTS_ANEW = frozenset(
    "i we they he she it you there this that these those it's that's there's i'm we're they're you're "
    "he's she's i've we've they've you've i'd we'd they'd you'd i'll we'll they'll you'll let's if when "
    "because and but so or what where how who which why suppose now well".split()
)
_ARTICLES = frozenset("the a an my our your their his its".split())
_PREPOSITIONS = frozenset("of to with in on at for from by into about as like".split())

_OPENING, _CLOSING, _DASHES = '“"(', '”")', "—–"


def leads_on(before: str, after: str) -> bool:
    """Whether the word `after` goes on with the phrase that `before` leaves open; both in small letters.

    >>> leads_on("and", "i"), leads_on("the", "models"), leads_on("we", "have")
    (True, True, True)
    >>> leads_on("to", "i"), leads_on("a", "he"), leads_on("we", "to"), leads_on("the", "the")
    (False, False, False, False)
    >>> leads_on("breakthrough", "models"), leads_on("it", "goes")
    (False, False)
    """
    if before == after:
        return False
    if before in _CONJUNCTIONS:
        return after not in ("and", "but", "so", "or")
    if before in _SUBJECTS:
        return after not in _STARTS_ANEW | _PREPOSITIONS | _ARTICLES
    if before in _ARTICLES:
        return after not in _STARTS_ANEW | _PREPOSITIONS | _ARTICLES
    return before in _OPEN and after not in _STARTS_ANEW


def removal(text: str, start: int, end: int) -> Replacement:
    """Remove `text[start:end]` with the space that follows it.

    A comma before it stays where a pause is left, and goes where the sentence
    leads on. What closed the removed words closes what stands before them.

    >>> removal("And, uh, then", 5, 8)
    Replacement(start=3, end=9, after=' ', reason='')
    >>> removal("I think, uh, then", 9, 12)
    Replacement(start=9, end=13, after='', reason='')
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
    if before[-1] == "," and leads_on(_last_word(before), _first_word(text, stop)):
        return Replacement(len(before) - 1, stop, " ")
    return Replacement(start, stop)


def _last_word(text: str) -> str:
    return text.split()[-1].rstrip(",").replace("’", "'").casefold()


def _first_word(text: str, at: int) -> str:
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
