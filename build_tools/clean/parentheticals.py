"""“You know” and “I mean” where they say nothing."""

from __future__ import annotations

import re

from build_tools.clean.speech import removal, sentence_before
from build_tools.model import Replacement, Rule

# Set off on both sides: by a comma or a sentence's edge before, by a comma after.
_PARENTHETICAL = re.compile(
    r"(?:(?<=^)|(?<=[.?!…] )|(?<=, )|(?<=[–—] )|(?<=[“\"(]))(?:you know|I mean)(?:, (?:you know|I mean))*"
    r"(?P<after>,|(?=\.(?:\s|$)))",
    re.IGNORECASE,
)


# With a comma after it alone: behind a word that only leads on (“and you know, we went”), or, with or without
# one, between an article and its noun (“a you know very large model”).
_LEADS = re.compile(
    r"(?:(?<=\band )|(?<=\bbut )|(?<=\bor )|(?<=\bbecause )|(?<=\bso )(?<!\bjust so ))(?:you know|I mean),(?=\s\w)"
    r"|(?:(?<=\ba )|(?<=\ban )|(?<=\bthe ))(?:you know|I mean),?(?=\s\w)",
    re.IGNORECASE,
)

_CLUE = re.compile("you know|i mean", re.IGNORECASE)


def find(text: str) -> list[Replacement]:
    """Remove “you know” and “I mean” set off by commas.

    Said by habit, they only delay; set off by commas they have neither subject
    nor object in the sentence.

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("You know, I think, you know, it works.", RULE)
    'I think it works.'
    >>> rewrite("Well, I mean, that is, you know.", RULE)
    'Well, that is.'
    >>> rewrite("We said that, you know, we have, I mean, laws.", RULE)
    'We said that we have laws.'
    >>> rewrite("And you know, it is a you know large model.", RULE)
    'And it is a large model.'

    Where they carry meaning they stay:

    >>> for said in (
    ...     "People who know you, you know them too.",
    ...     "Do you know, I forgot.",
    ...     "As you know, it rained.",
    ...     "That is what I mean, roughly.",
    ...     "You know what I mean?",
    ...     "I mean it.",
    ...     "You know.",
    ... ):
    ...     assert rewrite(said, RULE) == said, said
    """
    if not _CLUE.search(text):  # most turns say neither
        return []
    found = [
        removal(text, match.start(), match.end())
        for match in _PARENTHETICAL.finditer(text)
        if not _alone(text, match) and not _corrects(text, match)
    ]
    found += [
        removal(text, match.start(), match.end())
        for match in _LEADS.finditer(text)
        if not _ASKED.match(text, match.end())
    ]
    return sorted(found, key=lambda one: one.start)


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether the words are a sentence of their own, said to be heard."""
    clause = sentence_before(text, match.start())
    if match["after"]:
        return bool(_ASKED.match(text, match.end()))
    return not clause.strip() or bool(_CONDITION.match(clause))


# “You know, don't you?”; “Once you see it, you know.”; “For a day or two, well, you know.”
_ASKED = re.compile(r"\s(?:don['’]t you\b|and I know\b)", re.IGNORECASE)
_CONDITION = re.compile(r"[“\"]?(?:once|if|when|what|as|unless|whatever)\b|.*, well, $", re.IGNORECASE)


def _corrects(text: str, match: re.Match[str]) -> bool:
    """Whether “I mean” puts a name or a number in the place of another: “2024, I mean, 2025”."""
    before = _LAST.search(text, 0, match.start())
    after = _NEXT.match(text, match.end())
    if "mean" not in match[0]:
        return False
    clause = sentence_before(text, match.start())
    return bool(before and after) or bool(_DEFINES.search(clause))


# “By AGI, I mean, …” says what is meant.
_DEFINES = re.compile(r"(?i)\bwhen (?:I|we|you|people) say\b|^By\b|\bby [^,]{1,60}, $|\b(?:not|nor) \w+, $")
_LAST = re.compile(r"(?<=[\w,] )(?:[A-Z][\w'’]+|[$€£]?\d[\w.,%]*), $")
_NEXT = re.compile(r"\s(?!I\b)(?:[A-Z]|[$€£]?\d)")


RULE = Rule("parenthetical", "“you know” or “I mean” without meaning", find)
