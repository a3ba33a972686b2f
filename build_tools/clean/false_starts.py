"""Cut-off words, and starts that are given up and made again."""

from __future__ import annotations

import re

from build_tools.clean.speech import SUBORDINATE, matches, said_again
from build_tools.model import Replacement, Rule

_W = r"\w+(?:['’]\w+)?"
_BREAK = r"(?:,|\s?[–—]|\s-|\s?…|\s?\.\.\.)\s+"

# “mod- models”: a piece of the word that follows, broken off.
_CUT_OFF = re.compile(r"(?<![\w'’-])(?P<piece>\w{1,8})(?:-|–|—),?\s+(?P<word>\w+)", re.IGNORECASE)

# “the company every — the company is”: two or three words, up to four more, given up and said again.
_AGAIN = re.compile(
    rf"(?<![\w'’-])(?P<start>{_W}(?:\s{_W}){{1,2}})(?P<given_up>(?:\s{_W}){{1,4}})"
    rf"(?P<break>{_BREAK})(?P=start)(?![\w'’-])(?=\s\w)",
    re.IGNORECASE,
)

# “I've, I think”: a contraction cannot end a clause.
_CONTRACTED = re.compile(
    rf"(?<![\w'’-])(?P<who>I|we|you|they|he|she|it|that|there)['’](?:m|re|ve|ll|s|d){_BREAK}"
    r"(?=(?P=who)(?:['’]\w+)?\s\w)",
    re.IGNORECASE,
)

# “I, I'm sure”: the same person, in another form.
_CONTRACTING = re.compile(
    rf"(?<![\w'’-])(?P<who>I|we|they|he|she){_BREAK}(?=(?P=who)['’](?:m|re|ve|ll|s|d)\b)", re.IGNORECASE
)

# Words that cannot end a clause: what ends on one was given up.
_UNFINISHED = frozenset(
    "the a an my your our their his its every each and or but because than very really just quite "
    "no whose gonna i'm we're they're you're i've we've they've kind sort".split()
)
# Words that do not end a clause either where the voice breaks off after them.
_BROKEN_OFF = _UNFINISHED | frozenset(
    "to of for from with in into on at by about as if when that which who what where how why is are was "
    "were be been am has have had will would can could should so going trying it's that's".split()
)
_DENIES = re.compile(r"\b(?:not|never|no|only|nobody|none)\b|n['’]t\b", re.IGNORECASE)


def find(text: str) -> list[Replacement]:
    """Remove a start that its speaker gave up and made again with the same words.

    What is said second is what was meant; what was cut short says nothing yet
    (the repair of Shriberg 1994, "Preliminaries to a theory of speech
    disfluencies": reparandum, interruption, repair).

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("The company every — the company is big.", RULE)
    'The company is big.'
    >>> rewrite("I was going the, I was thinking of mod- models.", RULE)
    'I was thinking of models.'
    >>> rewrite("It's, it was late. I've, I think so.", RULE)
    'It was late. I think so.'

    A list, an emphasis or a condition is no false start:

    >>> for said in (
    ...     "We need more time, we need more people, we need both.",
    ...     "If you can do it, you can do more.",
    ...     "It was good, it was very good.",
    ...     "Pre- and post-war, two- or three-year plans.",
    ...     "That's it, that's all.",
    ... ):
    ...     assert rewrite(said, RULE) == said, said
    """
    found = [_whole(match) for match in _CUT_OFF.finditer(text) if _is_piece(match["piece"], match["word"])]
    found += [
        _made_again(match)
        for match in matches(_AGAIN, text, said_again(text, range(3, 8)))
        if _given_up(match)
    ]
    found += [
        _made_again(match)
        for pattern in (_CONTRACTED, _CONTRACTING)
        for match in pattern.finditer(text)
        if not SUBORDINATE.search(text, 0, match.start())
    ]
    return sorted(found, key=lambda one: one.start)


def _whole(match: re.Match[str]) -> Replacement:
    """The word without its piece, with the capital of the piece."""
    capital = match["piece"][0].isupper() and match["word"][0].islower()
    after = match["word"][0].upper() if capital else ""
    return Replacement(match.start(), match.start("word") + capital, after)


def _is_piece(piece: str, word: str) -> bool:
    small, whole = piece.casefold(), word.casefold()
    return small != whole and whole.startswith(small) and not piece.isdigit()


def _given_up(match: re.Match[str]) -> bool:
    """Whether the first start was left unfinished, by its last word or by a break in the line."""
    if SUBORDINATE.search(match.string, 0, match.start()):
        return False
    given_up = match["given_up"].replace("’", "'").casefold().split()
    if _DENIES.search(match["start"] + match["given_up"]):  # “it is not X, it is Y” is a contrast
        return False
    if match["break"].startswith(","):
        return given_up[-1] in _UNFINISHED
    again = match.string[match.end() - len(match["start"]) :]
    if again[0].isupper() and not match["start"][0].isupper():  # a new sentence
        return False
    return given_up[-1] in _BROKEN_OFF or len(given_up) == 1


def _made_again(match: re.Match[str]) -> Replacement:
    """Everything before the second start goes; its first letter takes the capital of the first."""
    text = match.string
    start = match.groupdict().get("start")
    again = match.end() - len(start) if start else match.end()
    capital = text[match.start()].isupper() and text[again].islower()
    return Replacement(match.start(), again + capital, text[again].upper() if capital else "")


RULE = Rule("false start", "given up and made again", find)
