"""A word said twice in a row: by accident, or because it was meant?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.clean.speech import ENDS, FUNCTION_WORDS, matches, opens_anew, said_again

_GAP = r"(?:,|\s[–—-]|\s?…|\s?\.\.\.)?\s+"
_WORD = re.compile(
    rf"(?<![\w'’$-])(?P<word>\w+(?:['’]\w+)?)(?:{_GAP}(?P=word)(?![\w'’%&-]|[.@/]\w))+", re.IGNORECASE
)
# Said again on purpose, even after a pause.
_EMPHATIC = frozenset("no yes yeah very really never right okay wait well thanks thank bye".split())
# Content words said again on purpose.
_EMPHATIC_WORDS = _EMPHATIC | frozenset(
    "so much many more far long way too ever again big little old great good extremely super pretty years "
    "days one two three four five six seven eight nine ten hundred thousand million billion".split()
)
# Good grammar when doubled without a comma: "had had", "that that".
_GRAMMATICAL = frozenset("had that do who her".split())
# Without a comma the first may close a clause and the second open one: “if you ignore this this costs”.
_POINTING = frozenset("this these those you it so".split())
_PLACE = re.compile(r"\s(?:[A-Z0-9]|(?:the|a|an|my|our|this|these|those|that)\b)")
# “came in in May”, “logged on on Monday”
_PHRASAL = re.compile(
    r"\b(?:com(?:e|es|ing)|came|log(?:s|ged|ging)?|sign(?:s|ed|ing)?|go(?:es|ing)?|went|mov(?:e|es|ed|ing)|"
    r"step(?:s|ped)?|check(?:s|ed)?|bring|brought|turn(?:s|ed)?|hand(?:s|ed)?|fill(?:s|ed)?|get|got|gets|put|"
    r"puts|built|build|fits?|join(?:s|ed)?|plug(?:s|ged)?|types?|typed|sets?|kick(?:s|ed)?|jump(?:s|ed)?|lock(?:s|ed)?|"
    r"bought|buy|li(?:ve|ves|ved|ving)|work(?:s|ed|ing)?|drop(?:s|ped)?|rel(?:y|ies|ied)|keep|kept|carr(?:y|ies|ied)|"
    r"hold|held|hang|hung|pass(?:ed)?|move|later|based|early|going|focus(?:ed)?|me|us|him|her|them|it|you)\s$",
    re.IGNORECASE,
)
# Good grammar across a comma too: "what it is, is a start".
_LINKING = frozenset("is was are were do does did have has had can could will would should may might".split())
_CLAUSE = re.compile(
    r"\b(?:as|what|whatever|who|whoever|those|which|where|how|one|ones|thing|point|problem|question|all|"
    r"everything|he|she|it|i)(?:\s[\w'’]+){0,4}\s$",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\s(?:not|n't|i|you|we|they|he|she|it|more)\b", re.IGNORECASE)
# May be left at the end of a clause: “what I look for, for all of us”.
_STRANDED = frozenset("for about with on at from into".split())
_LIKE = re.compile(r"\blike\s$", re.IGNORECASE)  # “things like that, that …”
_OF_COURSE = re.compile(r"\scourse\b", re.IGNORECASE)
# May close one clause and open the next: "talking to you, you have one brain".
_CLOSING = frozenset(
    "you it that this these those there them her us what who which so then some on in".split()
)
_OPENS_CLAUSE = re.compile(
    r"(?:^|[.?!…,;:–—-]\s|\b(?:and|but|so|or|if|when|because|as|like|that|think|mean|know|will|would|"
    r"can|could|does|did|has|have|should|what|where|how|why),?\s)$",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\s(?:the|a|an|this|these|my|your|our|their)\s", re.IGNORECASE)


def repeated_words(text: str) -> Iterator[re.Match[str]]:
    """Words said again by accident, each with all of its copies; the word is group 1."""
    for match in matches(_WORD, text, said_again(text, (1,))):
        if _is_stumble(text, match):
            yield match


def _is_stumble(text: str, match: re.Match[str]) -> bool:
    word = match["word"].casefold().replace("’", "'")
    if opens_anew(match[0]) or _shouts_once(match):
        return False
    gap = match[0][len(word) :].removesuffix(match[0][-len(word) :])
    if any(mark in gap for mark in ("…", "...", "–", "—", " - ")):
        return _is_broken_off(text, match, gap)
    if word not in FUNCTION_WORDS:
        meant = word in _EMPHATIC_WORDS or any(map(str.isdigit, word))
        return not meant and _reaches_on(match)
    if gap.isspace():
        return _is_slip(text, match, word)
    if match[0].casefold().count(word) > 2:  # nobody closes one clause and opens two
        return not ENDS.match(text, match.end())
    if word in _LINKING:
        return not _CLAUSE.search(text, 0, match.start()) and not _TURNS.match(text, match.end())
    if word in _STRANDED or _OF_COURSE.match(text, match.end()) or _LIKE.search(text, 0, match.start()):
        return False
    return word not in _CLOSING or _opens_clause(text, match)


def _is_broken_off(text: str, match: re.Match[str], gap: str) -> bool:
    """Whether a word before a dash or dots is said again after them because the voice broke off."""
    word = match["word"].casefold()
    if any(map(str.isdigit, word)) or word in _EMPHATIC:
        return False
    if word not in FUNCTION_WORDS and not match["word"].islower():
        return False
    if word in _LINKING and _TURNS.match(text, match.end()):
        return False
    return word not in _CLOSING or "." in gap or "…" in gap or _opens_clause(text, match)


def _is_slip(text: str, match: re.Match[str], word: str) -> bool:
    """Whether a function word said twice without a comma is a slip: some doublings are grammar."""
    if word in _GRAMMATICAL:
        return False
    if word in _LINKING:
        return not _CLAUSE.search(text, 0, match.start()) and not _TURNS.match(text, match.end())
    if word in ("in", "on"):
        return bool(_PLACE.match(text, match.end())) and not _PHRASAL.search(text, 0, match.start())
    return word not in _POINTING or _opens_clause(text, match)


def _opens_clause(text: str, match: re.Match[str]) -> bool:
    return bool(_OPENS_CLAUSE.search(text, 0, match.start()))


def _differ_in_case(match: re.Match[str]) -> bool:
    copies = re.findall(re.escape(match["word"]), match[0], re.IGNORECASE)
    return len(set(copies)) > 1


def _shouts_once(match: re.Match[str]) -> bool:
    """Whether an abbreviation stands beside a word: “or OR”."""
    return _differ_in_case(match) and len(match["word"]) > 1 and bool(re.search(r"\b[A-Z]{2,}\b", match[0]))


def _reaches_on(match: re.Match[str]) -> bool:
    """Whether what follows shows that the word was only reached for: “harder, harder to say”."""
    word = match["word"].casefold()
    if not match["word"].islower() or match[0].casefold().count(word) > 2:
        return False
    if word.endswith("er") and match.string[match.end() :].startswith(" to "):
        return True
    return word.endswith(("'s", "’s")) or bool(_REACHED.match(match.string, match.end()))
