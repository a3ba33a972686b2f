"""What rules need to know about speech in print: taking words out without leaving a mess."""

from __future__ import annotations

import re

from build_tools.model import Replacement

# After these a comma that set off a removed word has nothing left to do.
_LEADS_ON = re.compile(
    r"(?:^|[\s(“\"])(?:and|but|so|or|the|a|an|of|to|that|with|in|on|at|for|from|by|as|if|when|like|"
    r"because|is|are|was|were|be|been|am|it['’]s|that['’]s|i['’]m|we['’]re|they['’]re|you['’]re|"
    r"i|we|you|they|he|she|it|this|these|those|our|my|your|their|his|its|not|have|has|had|"
    r"will|would|can|could|should|do|does|did|just|even|really|about|than|into|where|which|"
    r"who|how|why|what|then|also|still|very|more|most|some|any|each|every|no|there|here),$",
    re.IGNORECASE,
)


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
    if _LEADS_ON.search(before[-12:]):
        return Replacement(len(before) - 1, stop, " ")
    return Replacement(start, stop)


_WORD = re.compile(r"[\w'’-]*")


def opens_small(text: str, at: int) -> bool:
    """Whether an ordinary word in small letters stands at `at`: not iPhone, o3, a16z or i.e.

    >>> [opens_small(said, 0) for said in ("then", "Then", "iPhone", "o3", "i.e.", "(so)")]
    [True, False, False, False, False, False]
    """
    match = _WORD.match(text, at)
    word = match[0] if match else ""
    dotted = len(word) == 1 and text[at + 1 : at + 2] == "."
    return word.islower() and word[0].isalpha() and not any(map(str.isdigit, word)) and not dotted
