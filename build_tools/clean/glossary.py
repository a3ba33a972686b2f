"""Spellings an archive has decided on: heard → written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from build_tools.model import Replacement, Rule, Spelling

# A heard form is a whole word; `_` and `*` around it are markup. It may carry
# the s of a plural, and what an apostrophe adds.
_BEFORE = r"(?<![^\W_])(?<!-)"
_ENDS = re.compile(r"\s*$|\s+[“\"(]?[A-Z]")
_AFTER = r"(?P<plural>s)?(?=['’](?:s|ll|d|re|ve)\b|(?!['’]?[^\W_]|-))"


def rule(spellings: Iterable[Spelling], slug: str, speaker: str = "") -> Rule:
    """The rule that writes names as `glossary.yml` says, in one person's turns of one interview.

    Whole words only; a possessive and a regular plural are carried over. A
    form with a capital letter matches only with its capitals. Where two
    entries know a form, the one for this speaker wins, then the one for this
    interview.

    >>> from build_tools.clean.engine import rewrite
    >>> entry = Spelling("OpenAI", ("Open EI", "open ai"), "misheard")
    >>> rewrite("Open EI's plan; Open AI, reopen aim, open EI.", rule([entry], "any"))
    "OpenAI's plan; OpenAI, reopen aim, open EI."
    >>> rewrite("Open EI", rule([Spelling("OpenAI", ("Open EI",), "", ("other",))], "any"))
    'Open EI'
    >>> only_jane = Spelling("GPT", ("GPD",), speakers=("jane-doe",))
    >>> [rewrite("Many GPDs.", rule([only_jane], "any", who)) for who in ("jane-doe", "john-roe")]
    ['Many GPTs.', 'Many GPDs.']
    """
    here = [
        spelling
        for spelling in spellings
        if (not spelling.interviews or slug in spelling.interviews)
        and (not spelling.speakers or speaker in spelling.speakers)
    ]
    here.sort(key=lambda spelling: (bool(spelling.speakers), bool(spelling.interviews)))
    exact = {heard: s for s in here for heard in s.heard if not heard.islower()}
    folded = {heard: s for s in here for heard in s.heard if heard.islower()}
    patterns = [(_pattern(exact, 0), exact), (_pattern(folded, re.IGNORECASE), folded)]
    written = {spelling.written.casefold() for spelling in here}

    def find(text: str) -> list[Replacement]:
        """Replace heard forms; where two overlap, the longer stands."""
        found: list[Replacement] = []
        for pattern, forms in patterns:
            for match in pattern.finditer(text) if pattern else ():
                spelling = _spelling(match["heard"], forms)
                after = _as_heard(spelling.written, match["heard"], forms)
                if match["plural"]:
                    if not _has_plural(match["heard"], after, written):
                        continue
                    after = _plural(after)
                if match["heard"].endswith(".") and _ENDS.match(text, match.end()):
                    after += "."  # the point was that of the sentence as well
                if match[0] != after:
                    reason = spelling.reason or "misheard"
                    found.append(Replacement(match.start(), match.end(), after, reason))
        return _longest(found)

    return Rule("glossary", "misheard", find)


def _spelling(heard: str, forms: dict[str, Spelling]) -> Spelling:
    form = " ".join(heard.split())
    return forms.get(form) or forms[form.lower()]


def _as_heard(written: str, heard: str, forms: Collection[str]) -> str:
    """The written form, with the capital a sentence gave to the heard one.

    A capital that the glossary itself gives to the heard form says nothing
    about the written one, and names with digits keep their small letter.
    """
    plain = written[:1].islower() and not any(c.isupper() or c.isdigit() for c in written)
    by_sentence = heard[:1].isupper() and " ".join(heard.split()) not in forms
    return written[0].upper() + written[1:] if plain and by_sentence else written


def _has_plural(heard: str, after: str, written: Collection[str]) -> bool:
    """Whether `heard` and an s may be the plural of what is meant.

    Not where either is a plural already, nor where the s makes another word
    that an entry writes: it would be changed again and again.
    """
    plural = " ".join(heard.split()).casefold() + "s"
    writes_it = any(plural in re.split(r"[\s-]", form) or plural == form for form in written)
    return not (heard.endswith(("s", "S")) or after.endswith("s") or writes_it)


def _plural(written: str) -> str:
    """The regular plural of a name.

    >>> [_plural(name) for name in ("GPT", "Codex", "Bosch", "startup")]
    ['GPTs', 'Codexes', 'Bosches', 'startups']
    """
    return written + ("es" if written.endswith(("x", "z", "ch", "sh")) else "s")


def _pattern(forms: Iterable[str], flags: int) -> re.Pattern[str] | None:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if not ordered:
        return None
    alternatives = "|".join(r"\s+".join(map(re.escape, form.split())) for form in ordered)
    return re.compile(rf"{_BEFORE}(?P<heard>{alternatives}){_AFTER}", flags)


def _longest(found: list[Replacement]) -> list[Replacement]:
    kept: list[Replacement] = []
    for one in sorted(found, key=lambda r: (r.start - r.end, r.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda r: r.start)
