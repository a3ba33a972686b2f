"""Two to five words said twice in a row: by accident, or because they were meant?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.clean.repeated_words import as_stumble
from build_tools.clean.speech import (
    ENDS,
    FUNCTION_WORDS,
    SUBORDINATE,
    matches,
    opens_anew,
    said_again,
    stands_before,
)
from build_tools.clean.stumbles import Stumble, is_likely

_PHRASE = re.compile(
    r"(?<![\w'’$&-])(?P<phrase>\w+(?:['’]\w+)?(?:\s\w+(?:['’]\w+)?){1,4})"
    r"(?:(?:,|\s[–—-]|…|\.\.\.)?\s+(?P=phrase)(?![\w'’%&-]|[.@/]\w))+",
    re.IGNORECASE,
)
# A phrase doubled on purpose.
_EMPHATIC_PHRASES = re.compile(
    r"^(?:I (?:know|agree)$|no|yes|yeah|thank you|thanks|come on|oh my|very|really|never|more and|again and|"
    r"over and|better and|all right|go|as well|one(?! of\b)|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
# “Whoever you are, you are welcome.”
_CONCEDED = re.compile(r"\b(?:what|whatever|who|whoever|wherever|whichever|however)\s$", re.IGNORECASE)
# A subject and what it does; a preposition or a conjunction and what it leads to.
_RUN_ON = re.compile(
    r"(?:I|we|they|he|she|it|there)\s\w+"
    r"|(?:of|in|on|for|with|at|from|and|but|what|how|when|where|why|if|because|that|which|who)"
    r"\s(?:the|a|an|my|our|this|that|I|we|you|they|he|she|it)",
    re.IGNORECASE,
)
# Who does what, said twice before a comma: “I eventually, I eventually went”, hardly “I know, I know”.
_SUBJECT = re.compile(r"(?:I|we|they|he|she) (?!know\b|agree\b|see\b|do\b|did\b)\w+", re.IGNORECASE)
_GOES_ON = re.compile(r"\s\w")
_WHO = re.compile(r"(?:I|you|we|they|he|she|it)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|that|which)\b", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(r"\b(?:who|that|which)\s$", re.IGNORECASE)
_THINKING = re.compile(r"\w+ (?:think|know|guess|believe|mean|feel|thought|knew|say|said)$", re.IGNORECASE)
# “what I have I have for two days”
_QUESTION = re.compile(r"\b(?:what|who|which|where|how|that)(?:\s[\w'’]+){0,5}\s$", re.IGNORECASE)
_ARTICLES = frozenset("the a an my your our their his its this these those".split())
_LINKED = re.compile(
    r"(?:[,.?!…;:–—-]|\b(?:and|but|so|or|if|when|because|as|like|that|think|mean|know|is|are|was|were|be))\s$",
    re.IGNORECASE,
)
_FINITE = r"(?:is|are|was|were|has|have|had|will|would|can|could|does|do|did|should|may|might|must)"
# “It sends it to the computer, the computer makes a decision.”
_THIRD_PERSON = re.compile(r"\s\w+(?:[^s]s|ed)\b")
_VERB = re.compile(rf"\s{_FINITE}\b", re.IGNORECASE)
_AUXILIARY = re.compile(rf"\s{_FINITE}$", re.IGNORECASE)
# No clause ends here: “it seems that the culture, the culture is”.
_OPEN_CLAUSE = re.compile(r"\b(?:that|because|whether|if|when|where|while|although)\s$", re.IGNORECASE)


def repeated_phrases(text: str, prior: int = 0) -> Iterator[re.Match[str]]:
    """Phrases said again by accident, each with all of its copies; the phrase is group 1."""
    return (match for match in _said_again(text) if _is_certain(match) or is_likely(_stumble(match), prior))


def proposals(text: str) -> Iterator[Stumble]:
    """Phrases said again that may have been meant: what is to be judged."""
    return map(_stumble, _said_again(text))


def _stumble(match: re.Match[str]) -> Stumble:
    return as_stumble(match, suspect=_is_suspect(match))


def _said_again(text: str) -> Iterator[re.Match[str]]:
    for match in matches(_PHRASE, text, said_again(text, range(2, 6))):
        meant = ENDS.match(text, match.end()) or _is_meant(match["phrase"])
        if not (meant or opens_anew(match[0])):
            yield match


def _is_suspect(match: re.Match[str]) -> bool:
    """Whether grammar may say a phrase twice here."""
    conceded = stands_before(_CONCEDED, match.string, match.start())
    return conceded or _closes_relative(match) or _leads_on(match) or _goes_on(match)


def _closes_relative(match: re.Match[str]) -> bool:
    """Whether it may end the clause of one thing and begin another: “things that we know we know well”."""
    last = match["phrase"].split()[-1].casefold()
    who = _WHO.match(match["phrase"]) and last not in FUNCTION_WORDS
    return bool(who and stands_before(_RELATIVE_BEFORE, match.string, match.start()))


def _leads_on(match: re.Match[str]) -> bool:
    """Whether, without a break, one leads to the other.

    “When he did it he did it well”; “managing people who were managing people who were”; “fail and fail and”.
    """
    words = match["phrase"].split()
    if any(not word[-1].isalnum() for word in match[0].split()[:-1]):
        return False
    leads = _RELATIVE.search(match["phrase"]) or words[-1].casefold() in ("and", "or")
    if words[0].casefold() not in FUNCTION_WORDS and leads:
        return True
    return bool(_WHO.match(words[0]) and stands_before(SUBORDINATE, match.string, match.start()))


def _goes_on(match: re.Match[str]) -> bool:
    """Whether it comes yet again, or closes one clause and opens the next.

    “A step after a step after a step”; “I use the model, the model is”.
    """
    first, second = match["phrase"].split()[:2]
    start = first if first.casefold() not in FUNCTION_WORDS else f"{first} {second}"
    following = match.string[match.end() : match.end() + 99].lstrip().casefold()
    if following.startswith(start.casefold()):
        return True
    if first.casefold() in ("and", "or") and following.startswith(f"{first.casefold()} "):
        return True  # “and this and this and that”
    if _AUXILIARY.search(match["phrase"]) and stands_before(SUBORDINATE, match.string, match.start()):
        return "," in match[0]  # “if you can, you can stay”
    inside = match.string[: match.start()].strip() and not stands_before(_LINKED, match.string, match.start())
    noun_phrase = first.casefold() in _ARTICLES
    verb = _VERB.match(match.string, match.end())
    if "," in match[0]:
        verb = verb or _THIRD_PERSON.match(match.string, match.end())
    return bool(inside and noun_phrase and verb)


def _is_certain(match: re.Match[str]) -> bool:
    """Whether it is the subject of a clause that has only begun, or what nobody says twice on purpose."""
    phrase, text, start = match["phrase"], match.string, match.start()
    if _is_suspect(match):
        return False
    if "," in match[0] and phrase.split()[0].casefold() in _ARTICLES:
        return stands_before(_OPEN_CLAUSE, text, start)
    asked = stands_before(_QUESTION, text, start) or stands_before(SUBORDINATE, text, start)
    if "," in match[0]:
        return bool(_SUBJECT.fullmatch(phrase) and _GOES_ON.match(text, match.end())) and not asked
    return bool(_RUN_ON.fullmatch(phrase)) and not asked and not _THINKING.match(phrase)


def _is_meant(phrase: str) -> bool:
    """Whether it is an emphasis, a number, a name or one word twice."""
    words = phrase.split()
    name = all(word[0].isupper() for word in words)
    return bool(_EMPHATIC_PHRASES.match(phrase)) or name or any(map(str.isdigit, phrase))
