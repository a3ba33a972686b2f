"""Capitals at the start of sentences."""

from __future__ import annotations

import re

from build_tools.clean.speech import opens_small
from build_tools.model import Replacement, Rule

_START = re.compile(r"(?:(?<=[.?!] )|(?<=\.[”\"'’)] ))[“\"(‘']*(?P<letter>[a-z])")
_ABBREVIATED = re.compile(r"(?:\.\.\.|…|(?<!['’])\b(?:[A-Za-z]\.)+|\b(?:vs|etc|Mr|Mrs|Ms|Dr|St|No)\.) $")


def find(text: str) -> list[Replacement]:
    """Give a sentence the capital it lost when its first words were removed.

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("So it goes. and “why not?” he said. i.e. this", RULE)
    'So it goes. And “why not?” he said. i.e. this'

    Names that begin small stay small, and a pause is no sentence end. The
    first word is left alone: a turn may go on with another's sentence.

    >>> rewrite("so. iPhones sell. a16z invests. And ... then more, e.g. fuel.", RULE)
    'so. iPhones sell. a16z invests. And ... then more, e.g. fuel.'
    """
    return [
        Replacement(match.start("letter"), match.end("letter"), match["letter"].upper())
        for match in _START.finditer(text)
        if opens_small(text, match.start("letter")) and not _ABBREVIATED.search(text[: match.start()][-8:])
    ]


RULE = Rule("capital", "a sentence begins here", find)
