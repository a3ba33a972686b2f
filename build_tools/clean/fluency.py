"""How readily the words of a talk count as stumbles: the prior of its judges.

What an editor has been over holds a filled pause or an “I, I” once in many
pages; recognised speech has them in every minute. Who stumbles in ways that
cannot be missed also stumbles in ways that can: the odds that words said again
were said by accident go with that rate. By Bayes' rule the logarithm of it is
added to what a judge finds in the words themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from build_tools.clean import fillers
from build_tools.clean.judge import SCALE
from build_tools.words import join, same_word_form

# Hardly ever said twice on purpose, whatever stands between.
_NEVER_TWICE = frozenset("a an and he i i'm it's my of our the they to we with".split())
# In ten thousand words of edited text. Of a talk with so many the judges' thresholds are right as they stand.
_EDITED = 1.2
# So many words are taken for granted, with as many stumbles as edited text has.
_GRANTED = 1000


def disfluency_rate(words: Iterable[str]) -> float:
    """Certain stumbles in ten thousand raw words; the fewer words, the nearer to what edited text has.

    >>> disfluency_rate([])
    1.2
    >>> disfluency_rate(["Um,", "I,", "I", "think", "so."] * 1000) > 1000
    True
    """
    said = list(words)
    forms = list(map(same_word_form, said))
    doubled = sum(one == other and one in _NEVER_TWICE for one, other in pairwise(forms))
    certain = doubled + len(fillers.find(join(said)))
    return 1e4 * (certain + _EDITED * _GRANTED / 1e4) / (len(said) + _GRANTED)


def prior(words: Iterable[str]) -> int:
    """How much speaks for any stumble in a talk of these raw words, as judges count; 0 where it has been edited.

    >>> prior([]), prior(["Well", "said."] * 5000) < 0 < prior(["The,", "the", "end."] * 50)
    (0, True)
    """
    return prior_of(disfluency_rate(words))


def prior_of(rate: float) -> int:
    """The same, of a disfluency rate."""
    return round(SCALE * math.log(rate / _EDITED))
