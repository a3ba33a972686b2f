"""Two to five words said twice in a row: by accident, or because they were meant?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.clean.speech import ENDS, FUNCTION_WORDS, SUBORDINATE, matches, opens_anew, said_again

_PHRASE = re.compile(
    r"(?<![\w'’$-])(?P<phrase>\w+(?:['’]\w+)?(?:\s\w+(?:['’]\w+)?){1,4})"
    r"(?:(?:,|\s[–—-]|…|\.\.\.)\s+(?P=phrase)(?![\w'’%&-]|[.@/]\w))+",
    re.IGNORECASE,
)
# Without a comma only what nobody says twice on purpose: a subject and what it does, a preposition or
# an article and what it leads to. The sentence goes on.
_PHRASE_RUN_ON = re.compile(
    r"(?<![\w'’$-])(?P<phrase>\w+(?:['’]\w+)?(?:\s\w+(?:['’]\w+)?){2,4}"
    r"|(?:I|we|they|he|she|it|there|a|an|the|to)\s\w+"
    r"|(?:of|in|on|for|with|at|from|and|but|what|how|when|where|why|if|because|that|which|who)"
    r"\s(?:the|a|an|my|our|this|that|I|we|you|they|he|she|it))"
    r"(?:\s+(?P=phrase)(?![\w'’%&-]|[.@/]\w))+(?=\s\w)",
    re.IGNORECASE,
)

# A phrase doubled on purpose.
_EMPHATIC_PHRASES = re.compile(
    r"^(?:no|yes|yeah|thank you|thanks|come on|oh my|very|really|never|more and|again and|"
    r"over and|better and|all right|go|as well|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_THINKING = re.compile(r"\w+ (?:think|know|guess|believe|mean|feel|thought|knew|say|said)$", re.IGNORECASE)
# “what I have — I have two”
_QUESTION = re.compile(r"\b(?:what|who|which|where|how|that)(?:\s[\w'’]+){0,5}\s$", re.IGNORECASE)
_NOUN_PHRASE = re.compile(r"(?:the|a|an|my|your|our|their|his|its|this|these|those)\s", re.IGNORECASE)
_GOES_ON = re.compile(r"\s(?:of|for|in|on|at|to|that|which|with|from|by|and|or)\b", re.IGNORECASE)
_LINKED = re.compile(
    r"(?:[,.?!…;:–—-]|\b(?:and|but|so|or|if|when|because|as|like|that|think|mean|know|is|are|was|were|be))\s$",
    re.IGNORECASE,
)


def repeated_phrases(text: str) -> Iterator[re.Match[str]]:
    """Phrases said again by accident, each with all of its copies; the phrase is group 1."""
    offsets = said_again(text, range(2, 6))
    for pattern in (_PHRASE, _PHRASE_RUN_ON):
        for match in matches(pattern, text, offsets):
            if _is_stumble(match):
                yield match


def _is_stumble(match: re.Match[str]) -> bool:
    phrase = match["phrase"]
    if opens_anew(match[0]) or ENDS.match(match.string, match.end()):
        return False
    if SUBORDINATE.search(match.string, 0, match.start()):
        return False
    if _is_object(match) or _goes_round(match):
        return False
    dashed = any(mark in match[0] for mark in (" - ", "–", "—"))
    run_on = "," not in match[0] and "." not in match[0] and "…" not in match[0]
    subject = run_on and not _NOUN_PHRASE.match(phrase)
    if (dashed or subject) and _QUESTION.search(match.string, 0, match.start()):
        return False
    if all(word[0].isupper() for word in phrase.split()):  # a name
        return False
    if run_on and _THINKING.match(phrase):  # “I think I think too much”
        return False
    return not _EMPHATIC_PHRASES.match(phrase) and not any(map(str.isdigit, phrase))


def _is_object(match: re.Match[str]) -> bool:
    """Whether the phrase closes one clause and opens the next: “I use the model, the model works”."""
    small = all(word.casefold() not in FUNCTION_WORDS for word in match["phrase"].split())
    noun_phrase = small or bool(_NOUN_PHRASE.match(match["phrase"]))
    before = match.string[: match.start()]
    inside = bool(before.strip()) and not _LINKED.search(before[-12:])
    return noun_phrase and inside and not _GOES_ON.match(match.string, match.end())


def _goes_round(match: re.Match[str]) -> bool:
    """Whether the phrase comes yet again: “a step after a step after a step”."""
    first = re.escape(" ".join(match["phrase"].split()[:2]))
    return bool(re.match(rf",?(?:\s(?:and|or|then))?\s{first}\b", match.string[match.end() :], re.IGNORECASE))
