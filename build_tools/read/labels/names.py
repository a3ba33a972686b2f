"""What is shaped as a name, or says what part somebody plays."""

from __future__ import annotations

import re
import unicodedata

VOICE = re.compile(
    r"""(?ix)
    (?:unknown[ ])? (?:speaker|spk|participant|person|voice|host|guest|interviewer|interviewee|caller|panelist)
    [ _#-]{0,2} (?:\d{1,3}|[a-z])
    | (?:s|p|r|sp)\d{1,2}
    """
)
_PARTS = frozenset(
    "q a host hosts guest guests interviewer interviewee moderator presenter narrator announcer question "
    "answer speaker audience anchor reporter journalist questioner voiceover co-host unknown".split()
) | {"unknown speaker", "audience member"}
# Parts that are words of running speech too.
ASKED = frozenset({"q", "a", "question", "answer"})
_DEGREE = re.compile(r"^[^,]+, [^ ,]{2,6}$")  # Jane Doe, Ph.D.
# Small words that stand in names, and words that open a sentence but no name.
_PARTICLES = frozenset("al and bin da de del den der di dos du el ibn la le van von y zu of".split())
_OPENERS = frozenset(
    "the a an my our your his her its their this that these those there here and but so or if then i we you he "
    "she they it what why how when where who which yes no not now well because also note notes first second "
    "third finally example warning update remember look listen okay ok right one two three in on at for to with "
    "from as by chapter part step section day week title date source url summary".split()
)


def is_name(text: str) -> bool:
    """Whether a text is shaped as a name, or says what part somebody plays.

    >>> [is_name(text) for text in ("Jane van Doe", "JD", "Q", "SPEAKER_00", "Speaker A", "岳")]
    [True, True, True, True, True, True]
    >>> [is_name(text) for text in ("The question is", "And I said", "Note", "GPT 4", "Well")]
    [False, False, False, False, False]
    """
    name = text.strip(" ,")
    if is_part(name):
        return True
    tokens = name.split()
    shouted = name.isupper()  # JANE DOE, HOST OF THE SHOW: …
    if len(tokens) > (9 if shouted else 5) or opens_sentences(tokens[-1]):
        return False
    titled = "," not in name or shouted or bool(_DEGREE.search(name))
    return titled and all(map(_is_capital, tokens))


def opens_sentences(token: str) -> bool:
    """Whether a word opens sentences, and few names."""
    return token.casefold().strip(".,") in _OPENERS


def is_part(name: str) -> bool:
    """Whether a label is no name but what somebody does, or a voice with a number."""
    spoken = len(name) == 1 and name.islower()  # a: b
    return not spoken and (name.casefold() in _PARTS or bool(VOICE.fullmatch(name)))


def _is_capital(token: str) -> bool:
    """Whether a word is written as names are; scripts without capitals have no other way."""
    letters = token.replace(",", "")
    small = letters[:1].islower() and letters.casefold() not in _PARTICLES
    return letters[:1].isalpha() and not small and all(_in_names(letter) for letter in letters)


def _in_names(letter: str) -> bool:
    return letter.isalnum() or letter in ".'’-&" or unicodedata.category(letter).startswith("M")
