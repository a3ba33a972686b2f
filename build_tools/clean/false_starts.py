"""Cut-off words, and starts that are given up and made again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from build_tools.clean.speech import (
    FUNCTION_WORDS,
    SUBORDINATE,
    goes_on_before,
    opens_anew,
    said_again,
    stands_before,
)
from build_tools.clean.stumbles import Stumble, is_likely
from build_tools.model import Replacement, Rule

_W = r"\w+(?:['’]\w+)?"
_BREAK = r"(?:,|\s?[–—]|\s-|\s?…|\s?\.\.\.)\s+"

# “mod- models”: a piece of the word that follows, broken off.
_CUT_OFF = re.compile(r"(?<![\w'’-])(?P<piece>\w{1,8})(?:-|–|—),?\s+(?P<word>\w+)", re.IGNORECASE)

# “the company every — the company is”: one to three words, up to four more, given up and said again.
_AGAIN = re.compile(
    rf"(?<![\w'’$&-])(?P<start>{_W}(?:\s{_W}){{0,2}})(?P<given_up>(?:\s{_W}){{1,4}}?)"
    rf"(?P<break>{_BREAK})(?P=start)(?![\w'’%&-])(?=\s\w)",
    re.IGNORECASE,
)

# “I've, I think”, “you've actually, you've got”: a contraction cannot end a clause.
_CONTRACTED = re.compile(
    rf"(?<![\w'’-])(?P<who>I|we|you|they|he|she|it|that|there)['’](?:m|re|ve|ll|s|d)"
    rf"(?:\s(?:actually|really|just|also|probably))?{_BREAK}"
    r"(?=(?P=who)(?:['’]\w+)?\s\w)",
    re.IGNORECASE,
)

# “I, I'm sure”: the same person, in another form.
_CONTRACTING = re.compile(
    rf"(?<![\w'’-])(?P<who>I|we|they|he|she)(?:{_BREAK}|\s+)(?=(?P=who)['’](?:m|re|ve|ll|s|d)\b)",
    re.IGNORECASE,
)

# Said in passing, not made again: “there are maybe, I don't know, twenty”, “we have a lot of, you know”.
_IN_PASSING = re.compile(r"(?:you know|I mean|I (?:don['’]t|do not) know)\b|\w+ \w+,", re.IGNORECASE)
# Said again after a comma, one word does not take back more than so many.
_MOST_GIVEN_UP = 2
_RELATIVE = re.compile(
    r"\b(?:things?|one|ones|way|reason|that|which|who) (?:that|which|who|where|why)\s$", re.IGNORECASE
)
_POINTING = frozenset("that this it there them".split())
# Words that cannot end a clause: what ends on one was given up.
_UNFINISHED = frozenset("the a an my your our their every each and or but than".split())
# “You can get investment and, you can get advice”, “I think that's what, I see most often”
_JOINED = re.compile(r"\b(?:and|or|but)(?: like)?$|\bwhat$", re.IGNORECASE)
# “I think despite that, I am glad”
_ASIDE = re.compile(
    r"\w+ (?:think|guess|believe|feel|say|know|hope|suppose) (?:if|when|as|after|before|because|since|while|once|"
    r"although|despite|without|in|on|at|for|from|with|by)\b.* \w+$",
    re.IGNORECASE,
)
# “It is not X, it is Y”; nothing is denied yet in “I don't, I think”.
_DENIES = re.compile(r"\b(?:not|never|no|only|nobody|none)\b|n['’]t\b(?=\s)", re.IGNORECASE)


def find(text: str, prior: int = 0) -> list[Replacement]:
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
        _made_again(text, stumble.first, stumble.again)
        for stumble in proposals(text)
        if _is_unfinished(stumble) or is_likely(stumble, prior)
    ]
    found += [
        _made_again(text, match.start(), match.end())
        for pattern in (_CONTRACTED, _CONTRACTING)
        for match in pattern.finditer(text)
        if not stands_before(SUBORDINATE, text, match.start())
    ]
    return sorted(found, key=lambda one: one.start)


def proposals(text: str) -> Iterator[Stumble]:
    """What begins as something did that ended shortly before: what is to be judged."""
    for offset in said_again(text, range(2, 8)):
        match = _AGAIN.match(text, offset)
        if match and _is_proposed(match):
            again = match.end() - len(match["start"])
            suspect = _is_suspect(match)
            yield Stumble(text, match.start(), match.start("break"), again, match.end(), suspect)


def _is_unfinished(stumble: Stumble) -> bool:
    """Whether two words or more are said again after what cannot end a clause."""
    last = stumble.text[stumble.first : stumble.broken].split()[-1].casefold()
    return last in _UNFINISHED and " " in stumble.text[stumble.again : stumble.end] and not stumble.suspect


def _whole(match: re.Match[str]) -> Replacement:
    """The word without its piece, with the capital of the piece."""
    capital = match["piece"][0].isupper() and match["word"][0].islower()
    after = match["word"][0].upper() if capital else ""
    return Replacement(match.start(), match.start("word") + capital, after)


def _is_piece(piece: str, word: str) -> bool:
    small, whole = piece.casefold(), word.casefold()
    return small != whole and whole.startswith(small) and not piece.isdigit()


def _is_proposed(match: re.Match[str]) -> bool:
    """Whether it is no number, no new sentence, nothing said in passing, and not said again whole."""
    if opens_anew(match[0]) or any(map(str.isdigit, match["start"])):
        return False
    if _IN_PASSING.match(match.string, match.end() - len(match["start"])):
        return False
    goes_on = _JOINED.search(match["given_up"]) or _is_in_line(match) or _is_aside(match)
    if match["break"].startswith(",") and goes_on:
        return False
    return not match.string[match.end() :].casefold().startswith(match["given_up"].casefold())


def _is_suspect(match: re.Match[str]) -> bool:
    """Whether it may be a list, a condition or a contrast: “it is not X, it is Y”."""
    start, given_up, text = match["start"], match["given_up"], match.string
    comma = match["break"].startswith(",")
    if _is_third(text[: match.start()], start):
        return True
    if " " not in start:
        if stands_before(_RELATIVE, text, match.start()):
            return True  # “one of the things that I think — I have not seen it”
        if comma and given_up.count(" ") > _MOST_GIVEN_UP:
            return True
    elif not comma:
        return bool(_DENIES.search(given_up))
    return bool(stands_before(SUBORDINATE, text, match.start()) or _DENIES.search(start + given_up))


def _is_third(before: str, start: str) -> bool:
    """Whether another begins alike before it: “I think X, I think Y — I think all”."""
    return bool(re.search(rf"\b{re.escape(start)}(?:\s[\w'’]+){{1,5}},\s$", before[-99:], re.IGNORECASE))


def _is_in_line(match: re.Match[str]) -> bool:
    """Whether a third begins alike, or the second ends when the first did.

    “I can, I will, I must”; “he said he would, he said he could”.
    """
    following, size = match.string[match.end() :], len(match["given_up"].split())
    again = re.match(rf"(?:\s[\w'’]+){{1,5}},\s{re.escape(match['start'])}\b", following, re.IGNORECASE)
    return bool(again or re.match(rf"(?:\s[\w'’]+){{{size}}}[.?!]", following))


def _is_aside(match: re.Match[str]) -> bool:
    """Whether the first attempt only leads up to the second: “I think despite that, I am glad”."""
    first = match["start"] + match["given_up"]
    return bool(_ASIDE.match(first)) and first.split()[-1].casefold() not in FUNCTION_WORDS - _POINTING


def _made_again(text: str, first: int, again: int) -> Replacement:
    """Everything before the second start goes; where a sentence begins, it takes the capital of the first."""
    capital = text[first].isupper() and text[again].islower() and not goes_on_before(text, first)
    return Replacement(first, again + capital, text[again].upper() if capital else "")


def rule(prior: int = 0) -> Rule:
    """The rule for a talk in which so much speaks for any stumble."""
    return Rule("false start", "given up and made again", partial(find, prior=prior))


RULE = rule()
