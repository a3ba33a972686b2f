"""Cleaning: text → recorded edits. One small file per rule.

A rule is a pure function from a text to the `Replacement`s it would make,
with its reason and its examples in its docstring. A new rule is a new file and
one line in `RULES`; the order is the order of application. The engine
(`build_tools.clean.engine`) turns what rules propose into edits of numbered
words, and repeats the list until nothing more changes, so that cleaning twice
is cleaning once.

Every rule would rather leave a stumble than remove a word that was meant.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.clean import capitals, fillers, glossary, parentheticals, repetitions
from build_tools.model import Rule, Spelling

RULES: tuple[Rule, ...] = (fillers.RULE, parentheticals.RULE, repetitions.RULE, capitals.RULE)


def rules_for(slug: str, kind: str, spellings: Iterable[Spelling]) -> tuple[Rule, ...]:
    """The rules that clean one interview: its glossary first, then all the others.

    An article is written, not spoken: somebody has cleaned it already.
    """
    spelling = glossary.rule(spellings, slug)
    return (spelling,) if kind == "article" else (spelling, *RULES)
