"""Words and phrases said twice in a row."""

from __future__ import annotations

import re

from build_tools.model import Replacement, Rule

_GAP = r"(?:,|\s[–—-]|…|\.\.\.)?\s+"
_WORD = re.compile(rf"(?<![\w'’$-])(?P<word>\w+(?:['’]\w+)?)(?:{_GAP}(?P=word)(?![\w'’%-]))+", re.IGNORECASE)
_PHRASE = re.compile(
    r"(?<![\w'’$-])(?P<phrase>\w+(?:['’]\w+)?(?:\s\w+(?:['’]\w+)?){1,4})"
    r"(?:(?:,|\s[–—-]|…|\.\.\.)\s+(?P=phrase)(?![\w'’%-]))+",
    re.IGNORECASE,
)

# Said again on purpose, even after a pause.
_EMPHATIC = frozenset("no yes yeah very really never right okay wait well thanks thank bye".split())
# Function words: the only ones a speaker repeats by accident and never on purpose.
_SMALL = frozenset(
    "a an and are as at be because but by can could did do does for from had has have he her his how "
    "i if in is it its just like may might my not of on or our she should so some than that the their "
    "them then there these they this those to us was we were what when where which who why will with "
    "would you your it's that's there's he's she's what's who's we're they're you're i'm i've we've "
    "you've they've i'll we'll you'll they'll i'd we'd you'd they'd don't didn't doesn't isn't can't "
    "won't wouldn't couldn't".split()
)
# Good grammar when doubled without a comma: "had had", "that that", "on on".
_GRAMMATICAL = frozenset("had that is was are do does did who her it in on you there so".split())
# Good grammar across a comma too: "what it is, is a start".
_LINKING = frozenset("is was are were".split())
# May close one clause and open the next: "talking to you, you have one brain".
_CLOSING = frozenset("you it that this these those there them her us what who so then some on in".split())
_OPENS_CLAUSE = re.compile(
    r"(?:^|[.?!…,;:–—-]\s|\b(?:and|but|so|or|if|when|because|as|like|that|think|mean|know),?\s)$",
    re.IGNORECASE,
)
# A phrase doubled on purpose.
_EMPHATIC_PHRASES = re.compile(
    r"^(?:no|yes|yeah|thank you|thanks|come on|oh my|very|really|never|more and|again and|"
    r"over and|better and|all right|go)\b",
    re.IGNORECASE,
)
# After these a phrase is a clause of its own: “if you can, you can stay”.
_SUBORDINATE = re.compile(
    r"\b(?:if|when|whenever|once|while|until|unless|what|whatever|who|whoever|where|wherever|which|"
    r"because|since|before|after|as)\s$",
    re.IGNORECASE,
)
# A stumble goes on; what ends a sentence was meant to be said again.
_ENDS = re.compile(r"[.?!…”\"]")


def find(text: str) -> list[Replacement]:
    """Say once what was said twice in a row by accident.

    The speaker starts again while looking for the next word; print has no use
    for it. The last of the repeated words stays, with its punctuation.

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("I, I feel that the the model, to where we, to where we go.", RULE)
    'I feel that the model, to where we go.'
    >>> rewrite("The, the, the end.", RULE)
    'The end.'

    Emphasis, grammar, numbers and names stay:

    >>> for said in (
    ...     "It is very, very good.",
    ...     "I had had enough.",
    ...     "No, no, no.",
    ...     "I know that that works.",
    ...     "Twenty twenty, 20 20.",
    ...     "Sam, Sam, over here.",
    ...     "It gets better and better.",
    ...     "Step by step by step.",
    ...     "If I talk to you, you have one brain.",
    ...     "I am hopeful that... That is right.",
    ...     "It does whatever you like, whatever you like.",
    ...     "What it is, is a start.",
    ...     "We have data, data is the key to a big big market.",
    ... ):
    ...     assert rewrite(said, RULE) == said, said
    """
    found = [_once(match) for match in _PHRASE.finditer(text) if _is_phrase_stumble(match)]
    taken = [(one.start, one.end) for one in found]
    for match in _WORD.finditer(text):
        free = all(match.end() <= start or match.start() >= end for start, end in taken)
        if free and _is_word_stumble(text, match):
            found.append(_once(match))
    return sorted(found, key=lambda one: one.start)


def _opens_anew(copies: str) -> bool:
    """Whether a copy has the capital of a new sentence: “I hope that... That is true”."""
    return bool(re.search(r"(?:\.\.\.|…)\s+(?!I\b)[A-Z]", copies))


def _is_word_stumble(text: str, match: re.Match[str]) -> bool:
    word = match["word"].casefold().replace("’", "'")
    if _opens_anew(match[0]):
        return False
    gap = match[0][len(word) :].removesuffix(match[0][-len(word) :])
    if "…" in gap or "..." in gap or "–" in gap or "—" in gap or " - " in gap:
        return not any(map(str.isdigit, word)) and word not in _EMPHATIC
    if word not in _SMALL:
        return False
    if gap.isspace():
        return word not in _GRAMMATICAL
    if match[0].casefold().count(word) > 2:  # nobody closes one clause and opens two
        return True
    if word in _LINKING:
        return False
    return word not in _CLOSING or bool(_OPENS_CLAUSE.search(text, 0, match.start()))


def _is_phrase_stumble(match: re.Match[str]) -> bool:
    phrase = match["phrase"]
    if _opens_anew(match[0]) or _ENDS.match(match.string, match.end()):
        return False
    if _SUBORDINATE.search(match.string, 0, match.start()):
        return False
    return not _EMPHATIC_PHRASES.match(phrase) and not any(map(str.isdigit, phrase))


def _once(match: re.Match[str]) -> Replacement:
    """The last copy, opening as the first one did."""
    copy = match[1]
    last = match[0][-len(copy) :]
    first_letter = match[0][0] if match[0][0].isupper() else last[0]
    return Replacement(match.start(), match.end(), first_letter + last[1:])


RULE = Rule("repetition", "said twice in a row", find)
