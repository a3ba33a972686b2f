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
weights, and `fit` makes them anew.

Every rule would rather leave a stumble than remove a word that was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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

RULES: tuple[Rule, ...] = (
    fillers.RULE,
    parentheticals.RULE,
    markers.RULE,
    repetitions.RULE,
    false_starts.RULE,
    capitals.RULE,
)

# For a text whose punctuation no editor has seen; where an edition punctuates, the edition wins.
FOR_UNEDITED: tuple[Rule, ...] = (sentences.RULE,)

# Which of them each level applies; `model.LEVELS` names them.
OF_LEVEL: Mapping[str, tuple[Rule, ...]] = {
    "verbatim": (),
    "light": (fillers.RULE, capitals.RULE),
    "clean": RULES,
}


def rules_for(
    slug: str, kind: str, level: str, spellings: Iterable[Spelling], speaker: str = ""
) -> tuple[Rule, ...]:
    """The rules that clean a turn of `speaker`: the glossary first, then those of its level.

    An article is written, not spoken: somebody has cleaned it already.
    """
    spelling = glossary.rule(spellings, slug, speaker)
    return (spelling,) if kind == "article" else (spelling, *OF_LEVEL[level])
