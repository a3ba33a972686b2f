"""Cleaning: text → recorded edits. One small file per rule.

A rule is a pure function from a text to the `Replacement`s it would make,
with its reason and its examples in its docstring. A new rule is a new file and
one line in `RULES`; the order is the order of application. The engine
(`build_tools.clean.engine`) turns what rules propose into edits of numbered
words, and repeats the list until nothing more changes, so that cleaning twice
is cleaning once. How many of the rules clean an interview is its level.

Where a rule cannot tell alone, it asks what was fitted: `stumbles` whether words
were said again by accident, `commas` whether one belongs in a gap (both by a
`judge`), `sentence_network` which marks were lost. Cards stand beside the
weights, and `fit` makes them anew. `fluency` tells how readily a talk is judged:
who says “um” and “I, I” all the time stumbles in other ways too.

Every rule would rather leave a stumble than remove a word that was meant.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.clean import (
    capitals,
    false_starts,
    fillers,
    glossary,
    markers,
    parentheticals,
    repetitions,
    sentences,
)
from build_tools.model import Rule, Spelling


def rules_of(prior: int = 0) -> tuple[Rule, ...]:
    """The rules for a talk in which so much speaks for any stumble (`fluency.prior`)."""
    return (
        fillers.RULE,
        parentheticals.RULE,
        markers.RULE,
        repetitions.rule(prior),
        false_starts.rule(prior),
        capitals.RULE,
    )


# For words of which it is not known how often their speakers stumble.
RULES: tuple[Rule, ...] = rules_of()

# For a text whose punctuation no editor has seen; where an edition punctuates, the edition wins.
FOR_UNEDITED: tuple[Rule, ...] = (sentences.RULE,)


def of_level(level: str, prior: int = 0) -> tuple[Rule, ...]:
    """The rules that a level applies; `model.LEVELS` names the levels."""
    return {"verbatim": (), "light": (fillers.RULE, capitals.RULE), "clean": rules_of(prior)}[level]


def rules_for(
    slug: str, kind: str, level: str, spellings: Iterable[Spelling], speaker: str = "", prior: int = 0
) -> tuple[Rule, ...]:
    """The rules that clean a turn of `speaker`: the glossary first, then those of its level.

    An article is written, not spoken: somebody has cleaned it already.
    """
    spelling = glossary.rule(spellings, slug, speaker)
    return (spelling,) if kind == "article" else (spelling, *of_level(level, prior))
