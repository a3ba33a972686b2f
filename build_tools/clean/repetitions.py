"""Words and phrases said twice in a row."""

from __future__ import annotations

import re
from functools import partial

from build_tools.clean.repeated_phrases import repeated_phrases
from build_tools.clean.repeated_words import repeated_words
from build_tools.clean.speech import goes_on_before
from build_tools.model import Replacement, Rule


def find(text: str, prior: int = 0) -> list[Replacement]:
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
    found = [_once(match) for match in repeated_phrases(text, prior)]
    taken = [(one.start, one.end) for one in found]
    for match in repeated_words(text, prior):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            found.append(_once(match))
    return sorted(found, key=lambda one: one.start)


def _once(match: re.Match[str]) -> Replacement:
    """The last copy, opening as the first one did, but for a capital where no sentence begins."""
    copy = match[1]
    last = match[0][-len(copy) :]
    stray = last[0].islower() and goes_on_before(match.string, match.start())
    return Replacement(match.start(), match.end(), (last if stray else match[0])[0] + last[1:])


def rule(prior: int = 0) -> Rule:
    """The rule for a talk in which so much speaks for any stumble."""
    return Rule("repetition", "said twice in a row", partial(find, prior=prior))


RULE = rule()
