"""Filled pauses: um, uh, er and the like."""

from __future__ import annotations

import re

from build_tools.clean.speech import removal
from build_tools.model import Replacement, Rule

_SOUND = r"(?<![\w'’-])(?:u+m+|u+h+|uh+m+|e+r+m*|a+hm+)(?![\w'’-])[,.…]*"
_FILLER = re.compile(rf"{_SOUND}(?:\s+{_SOUND})*", re.IGNORECASE)


def find(text: str) -> list[Replacement]:
    """Remove filled pauses, with the commas that set them off.

    They carry no meaning in print, and no editor of clean verbatim keeps them.

    >>> from build_tools.clean.engine import rewrite
    >>> rewrite("Um, so I, uh, went.", RULE)
    'So I went.'
    >>> rewrite("We want to, uh, to go.", RULE)
    'We want to to go.'
    >>> rewrite("It is, uh, 20 or 25%, um.", RULE)
    'It is 20 or 25%.'

    Affirmations and words that contain the letters stay:

    >>> rewrite("Uh-huh. The ER, the umbrella, and err on the side.", RULE)
    'Uh-huh. The ER, the umbrella, and err on the side.'
    """
    return [
        removal(text, match.start(), match.end())
        for match in _FILLER.finditer(text)
        if not _is_meant(text, match)
    ]


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether the letters are an abbreviation, a verb, a name, or spoken of."""
    sound = match[0].rstrip(",.…")
    spoken_of = text[: match.start()][-1:] in _QUOTES and text[match.end() :][:1] in _QUOTES
    shouted = sound.isupper() and len(sound) > 1
    name = sound == "Er" and not match[0].endswith(",")
    return shouted or name or sound.lower().startswith("err") or (spoken_of and match.start() > 0)


_QUOTES = "“”\"'‘’"


RULE = Rule("filler", "a filled pause", find)
