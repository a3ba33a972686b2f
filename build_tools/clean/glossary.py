"""Spellings an archive has decided on: heard → written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_tools.model import Replacement, Rule, Spelling


def rule(spellings: Iterable[Spelling], slug: str) -> Rule:
    """The rule that writes names as `glossary.yml` says, in one interview.

    Whole words only; a possessive is carried over. A form with a capital
    letter matches only with its capitals.

    >>> from build_tools.clean.engine import rewrite
    >>> entry = Spelling("OpenAI", ("Open EI", "open ai"), "misheard")
    >>> rewrite("Open EI's plan; Open AI, reopen aim, open EI.", rule([entry], "any"))
    "OpenAI's plan; OpenAI, reopen aim, open EI."
    >>> rewrite("Open EI", rule([Spelling("OpenAI", ("Open EI",), "", ("other",))], "any"))
    'Open EI'
    """
    here = [s for s in spellings if not s.interviews or slug in s.interviews]
    exact = {heard: s for s in here for heard in s.heard if not heard.islower()}
    folded = {heard: s for s in here for heard in s.heard if heard.islower()}
    patterns = [(_pattern(exact, 0), exact), (_pattern(folded, re.IGNORECASE), folded)]

    def find(text: str) -> list[Replacement]:
        """Replace heard forms; where two overlap, the longer stands."""
        found: list[Replacement] = []
        for pattern, forms in patterns:
            for match in pattern.finditer(text) if pattern else ():
                heard = " ".join(match["heard"].split())
                spelling = forms.get(heard) or forms[heard.lower()]
                if match["heard"] != _as_heard(spelling.written, match["heard"]):
                    reason = spelling.reason or "misheard"
                    written = _as_heard(spelling.written, match["heard"])
                    found.append(Replacement(match.start("heard"), match.end("heard"), written, reason))
        return _longest(found)

    return Rule("glossary", "misheard", find)


def _as_heard(written: str, heard: str) -> str:
    """The written form, with the capital a sentence gave to the heard one."""
    small = written[:1].islower() and not any(map(str.isupper, written))
    return written[0].upper() + written[1:] if small and heard[:1].isupper() else written


def _pattern(forms: Iterable[str], flags: int) -> re.Pattern[str] | None:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if not ordered:
        return None
    alternatives = "|".join(r"\s+".join(map(re.escape, form.split())) for form in ordered)
    return re.compile(rf"(?<![\w-])(?P<heard>{alternatives})(?=['’]s\b|(?![\w'’-]))", flags)


def _longest(found: list[Replacement]) -> list[Replacement]:
    kept: list[Replacement] = []
    for one in sorted(found, key=lambda r: (r.start - r.end, r.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda r: r.start)
