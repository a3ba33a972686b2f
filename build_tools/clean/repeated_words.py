"""A word said twice in a row: by accident, or because it was meant?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.clean.speech import (
    ENDS,
    FUNCTION_WORDS,
    GRAMMATICAL,
    matches,
    opens_anew,
    said_again,
    stands_before,
)
from build_tools.clean.stumbles import Stumble, is_likely

_GAP = r"(?:,|\s[–—-]|\s?…|\s?\.\.\.)?\s+"
_WORD = re.compile(
    rf"(?<![\w'’$&-])(?P<word>\w+(?:['’]\w+)?)(?:{_GAP}(?P=word)(?![\w'’%&-]|[.@/]\w))+", re.IGNORECASE
)
# Said again on purpose, even after a pause.
_EMPHATIC = frozenset("no yes yeah very really never right okay wait well thanks thank bye".split())
# Content words said again on purpose.
_EMPHATIC_WORDS = _EMPHATIC | frozenset(
    "so much many more far long way too ever again big little old great good extremely super pretty years "
    "days one two three four five six seven eight nine ten hundred thousand million billion".split()
)
# “came in in May”, “logged on on Monday”
_PHRASAL = re.compile(
    r"\b(?:com(?:e|es|ing)|came|log(?:s|ged|ging)?|sign(?:s|ed|ing)?|go(?:es|ing)?|went|mov(?:e|es|ed|ing)|"
    r"step(?:s|ped)?|check(?:s|ed)?|bring|brought|turn(?:s|ed)?|hand(?:s|ed)?|fill(?:s|ed)?|get|got|gets|put|"
    r"puts|built|build|fits?|join(?:s|ed)?|plug(?:s|ged)?|types?|typed|sets?|kick(?:s|ed)?|jump(?:s|ed)?|lock(?:s|ed)?|"
    r"bought|buy|li(?:ve|ves|ved|ving)|work(?:s|ed|ing)?|drop(?:s|ped)?|rel(?:y|ies|ied)|keep|kept|carr(?:y|ies|ied)|"
    r"hold|held|hang|hung|pass(?:ed)?|move|later|based|early|going|div(?:e|es|ed|ing)|thrown?|is|are|was|were|be|been|me|us|him|her|them|it|that|you)\s$",
    re.IGNORECASE,
)
# Good grammar across a comma too: “what it is, is a start”, “they do, do they?”.
_LINKS = frozenset("and or but so because the a".split())
_LINKING = frozenset("is was are were do does did have has had can could will would should may might".split())
_CLAUSE = re.compile(
    r"\b(?:as|what|whatever|who|whoever|which|those|where|how|one|ones|thing|point|problem|question|all|"
    r"everything)(?:\s[\w'’]+){0,3}\s$",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\s(?:not|i|you|we|they|he|she|it)\b", re.IGNORECASE)
# Without a comma the first may close a clause and the second open one: “if you ignore this this costs”.
_POINTING = frozenset("this these those you it so".split())
_OPENS_CLAUSE = re.compile(
    r"(?:^|[.?!…,;:–—-]\s|\b(?:and|but|so|or|if|when|because|as|like|that|think|mean|know|will|would|"
    r"can|could|does|did|has|have|should|what|where|how|why),?\s)$",
    re.IGNORECASE,
)
# May be left at the end of a clause: “what I look for, for all of us”.
_STRANDED = frozenset("for about with on at from into".split())
# “the use of this for, for instance, schools”; “those out there, there could be more”
_FOR_INSTANCE = re.compile(r"\s(?:instance|example)\b", re.IGNORECASE)
_OUT = re.compile(r"\b(?:out|up|down|over|in|go|went|been|get|got|lives?|lived)\s$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:of|in|on|for|with|at|from|by|about|after|before|into)\s$", re.IGNORECASE)
_AND_I = re.compile(
    r"\b(?:you and|than|as|do|did|am|was|were|can|could|will|would|have|had|should|must|may|might)\s$",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\s(?:the|a|an|this|these|my|your|our|their)\s", re.IGNORECASE)
# “we see data - data is the hot word - but”
_ASIDE = re.compile(r"[^.?!]{2,80}\s[–—-]\s")
_BREAKS = ("…", "...", "–", "—", " - ")


def repeated_words(text: str, prior: int = 0) -> Iterator[re.Match[str]]:
    """Words said again by accident, each with all of its copies; the word is group 1."""
    for match in _said_again(text):
        if _is_certain(match) or (
            is_likely(_stumble(match), prior) if _is_judged(match) else _is_reached_for(match)
        ):
            yield match


def proposals(text: str) -> Iterator[Stumble]:
    """Words said again that are good grammar now and then: what is to be judged."""
    return (_stumble(match) for match in _said_again(text) if _is_judged(match))


def as_stumble(match: re.Match[str], *, suspect: bool) -> Stumble:
    """What was said once, or several times, and the last time; group 1 is what was said."""
    size = match.end(1) - match.start(1)
    return Stumble(match.string, match.start(), match.end(1), match.end() - size, match.end(), suspect)


def _stumble(match: re.Match[str]) -> Stumble:
    return as_stumble(match, suspect=_is_suspect(match))


def _said_again(text: str) -> Iterator[re.Match[str]]:
    for match in matches(_WORD, text, said_again(text, (1,))):
        if not opens_anew(match[0]) and not _shouts_once(match):
            yield match


def _form(match: re.Match[str]) -> str:
    return match["word"].casefold().replace("’", "'")


def _is_judged(match: re.Match[str]) -> bool:
    """Whether a small word comes twice, neither for emphasis (“so, so, so useful”) nor by plain grammar (“had had”)."""
    word = _form(match)
    if word == "so" and _copies(match) > 2:
        return False
    if word in _LINKS and ENDS.match(match.string, match.end()):  # “good peers and, and. And so”
        return False
    broken = "," in match[0] or any(mark in match[0] for mark in _BREAKS)
    return word in FUNCTION_WORDS and (broken or word not in ("had", "her"))


def _is_suspect(match: re.Match[str]) -> bool:
    """Whether good grammar may double a small word here."""
    word, text, start = _form(match), match.string, match.start()
    if any(mark in match[0] for mark in _BREAKS):
        return False
    if word.removesuffix("n't") in _LINKING and _is_linked(match):
        return True
    if word == "i" and stands_before(_AND_I, text, start):
        return True
    if word == "for" and _FOR_INSTANCE.match(text, match.end()):
        return True
    if word == "there" and stands_before(_OUT, text, start):
        return True
    if "," in match[0]:  # “from this, this talk emerged”
        return (
            word in _STRANDED
            or word == "her"
            or (word in _POINTING and stands_before(_PREPOSITION, text, start))
        )
    if word in ("in", "on") and stands_before(_PHRASAL, text, start):
        return True
    return word in GRAMMATICAL or (word in _POINTING and not stands_before(_OPENS_CLAUSE, text, start))


def _is_certain(match: re.Match[str]) -> bool:
    """Whether it comes three times, or is an “I” that no question and no “you and” leads to: “so I, I think”."""
    i = match["word"].casefold() == "i" and match[0].count(",") == 1
    return _is_tripled(match) or (i and not stands_before(_AND_I, match.string, match.start()))


def _is_tripled(match: re.Match[str]) -> bool:
    """Whether a small word comes three times, and the sentence goes on: nobody closes one clause and opens two."""
    word = _form(match)
    if word not in FUNCTION_WORDS or word == "so" or _copies(match) < 3:
        return False
    return not ENDS.match(match.string, match.end())


def _copies(match: re.Match[str]) -> int:
    return len(re.findall(r"\w+(?:['’]\w+)?", match[0]))


def _is_linked(match: re.Match[str]) -> bool:
    """Whether a verb closes the clause that is the subject of the second: “what it is, is a start”."""
    turns = _TURNS.match(match.string, match.end())
    return bool(turns) or stands_before(_CLAUSE, match.string, match.start())


def _shouts_once(match: re.Match[str]) -> bool:
    """Whether an abbreviation stands beside a word: “or OR”."""
    copies = set(re.findall(re.escape(match["word"]), match[0], re.IGNORECASE))
    return len(copies) > 1 and len(match["word"]) > 1 and bool(re.search(r"\b[A-Z]{2,}\b", match[0]))


def _is_reached_for(match: re.Match[str]) -> bool:
    """Whether the rest of the sentence shows that a word was only reached for: “harder, harder to say”."""
    word = match["word"].casefold()
    if not match["word"].islower() or any(map(str.isdigit, word)) or word in FUNCTION_WORDS:
        return False
    if any(mark in match[0] for mark in _BREAKS):  # the voice broke off, or an aside begins
        return word not in _EMPHATIC and not _ASIDE.match(match.string, match.end())
    if word in _EMPHATIC_WORDS or match[0].casefold().count(word) > 2:
        return False
    if word.endswith("er") and match.string.startswith(" to ", match.end()):
        return True
    return word.endswith(("'s", "’s")) or bool(_REACHED.match(match.string, match.end()))
