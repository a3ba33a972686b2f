"""Discourse markers where they say nothing: like, sort of, kind of, right?, so and well piled up."""

from __future__ import annotations

import re

from build_tools.clean.speech import opens_small, removal, sentence_before
from build_tools.model import Replacement, Rule

# Set off by commas on both sides, or by a sentence's edge and a comma.
_SET_OFF = re.compile(
    r"(?:(?<=^)|(?<=[.?!…] )|(?<=, )|(?<=[–—] ))(?:like|sort of|kind of)"
    r"(?:, (?:like|sort of|kind of))*,(?=\s)",
    re.IGNORECASE,
)
# “Like, ten million” means about ten million; “like, no way” gives somebody's words.
_MEANS_SOMETHING = re.compile(
    r"\s(?:[$€£]?\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|twenty\b|"
    r"thirty\b|forty\b|fifty\b|hundreds?\b|thousands?\b|millions?\b|billions?\b|a (?:hundred|thousand|"
    r"million|billion|dozen|couple|few)\b|[“\"]|(?:at all|no|oh|wow|hey|okay|yeah|wait|whoa|what)\b)",
    re.IGNORECASE,
)
_QUOTES_BEFORE = re.compile(r"\b(?:i'm|i’m|was|were|be|is|are|it's|it’s|just|goes|all),? $", re.IGNORECASE)

# A tag after a statement that goes on: “…of the economy, right? If you look…”
_TAG = re.compile(r", right\?(?=\s+\S)")
_ASKS = re.compile(
    r"^[“\"]?(?:(?:yeah, |so |and |but )?wait\b|just to\b|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|isn|aren|don|"
    r"doesn|didn|what|why|how|who|where|when|which|not|so you|you)\b",
    re.IGNORECASE,
)

# “But what's the use”, “I'd say, how do you begin”, hardly “that is what it is”.
_QUESTION = re.compile(
    r"(?:^|, |\b(?:and|but|so|or) )(?:what if|(?:what|where|who|how)['’]s|(?:what|why|how|where|who|when)"
    r" (?:is|are|was|were|do|does|did|can|could|will|would|should)(?:n['’]t)?) (?:the|a|an|your|my|our|their|his|"
    r"you|we|they|it|i|he|she|that|this|there)\b"
    r"|(?:^|, |\b(?:and|but|so|or) )(?:(?:do|does|did|can|could|would|should) (?:you|we|they|he|she|it|i)"
    r"|who (?:would|could|knew|knows))\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"\s+(?:yeah|yes|yep|no|right|exactly|sure|okay|mm)\b", re.IGNORECASE)

# Openers one upon the other: “Well, so, okay, so here is”.
_PILE = re.compile(
    r"(?:^|(?<=[.?!] ))(?P<pile>(?:(?:so|well|okay|ok),? )+)(?P<last>so|well|okay|ok)\b(?=,| )",
    re.IGNORECASE,
)


def find(text: str) -> list[Replacement]:
    """Remove markers in their parenthetical use only.

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("Like, if you had, like, new ideas, sort of, each day.", RULE)
    'If you had new ideas each day.'
    >>> rewrite("That is what the economy does, right? If you look, it grows.", RULE)
    'That is what the economy does. If you look, it grows.'
    >>> rewrite("Well, so, okay, so here is the thing.", RULE)
    'So here is the thing.'

    Where they mean something they stay:

    >>> for said in (
    ...     "It looks like rain, a kind of rain, sort of.",
    ...     "If you had, like, 10 million of those.",
    ...     "I was like, no way.",
    ...     "Is that so, right? You know it.",
    ...     "Not bad, right?",
    ...     "People like you, like me, like that.",
    ...     "So well done. Now, so far, so good. So now we go.",
    ... ):
    ...     assert rewrite(said, RULE) == said, said
    """
    found = [
        removal(text, match.start(), match.end())
        for match in _SET_OFF.finditer(text)
        if not _MEANS_SOMETHING.match(text, match.end()) and not _introduces(text, match)
    ]
    found += [
        Replacement(tag.start(), tag.end(), "?" if _asked(text, tag) else ".")
        for tag in _TAG.finditer(text)
        if _only_checks(text, tag)
    ]
    found += [_unpiled(match) for match in _PILE.finditer(text) if match["last"].casefold() != "well"]
    return sorted(found, key=lambda one: one.start)


def _introduces(text: str, match: re.Match[str]) -> bool:
    """Whether “like” gives somebody's words: “I was like, no way”."""
    return "like" in match[0].casefold() and bool(_QUOTES_BEFORE.search(text, 0, match.start()))


def _asked(text: str, tag: re.Match[str]) -> bool:
    """Whether the tag comes after a question: “but what's the most basic thing, right?”."""
    return bool(_QUESTION.search(sentence_before(text, tag.start())))


def _only_checks(text: str, match: re.Match[str]) -> bool:
    """Whether “right?” ends a statement and its speaker goes on stating."""
    before = sentence_before(text, match.start())
    after = re.split(r"(?<=[.?!…])\s", text[match.end() :].lstrip())[0]
    asks_on = after.endswith("?") or bool(_ANSWERS.match(f" {after}"))
    if before[-1:] in '”"':
        return False
    return len(before.split()) > 4 and not _ASKS.match(before) and not asks_on


def _unpiled(match: re.Match[str]) -> Replacement:
    last = match["last"]
    capital = match["pile"][0].isupper() and opens_small(match.string, match.start("last"))
    return Replacement(match.start(), match.end(), last.capitalize() if capital else last)


RULE = Rule("marker", "like, sort of, right? and the like without meaning", find)
