"""A linear judge: the features of a place in a text → how much speaks for something there.

Its weights are fitted by ``python -m build_tools.clean.fit.judges`` and stand
in `judges.json`; `judges.md` tells what they know and what they do not. A
feature is a run of words and marks at one of a few places (a template); a
table for each template has the weights of those that tell something.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

# Scores are logarithms of odds, times this.
SCALE = 30
# What joins the words of a run.
JOINT = "_"

# Words and marks; all dashes are one, all dots of a pause, all ends of a sentence.
_TOKEN = re.compile(
    r"[$€£]?\d+(?:[.,]\d+)*%?|\w+(?:['’]\w+)*|(?P<pause>\.\.\.+|…)|(?P<dash>[—–]|--+|(?<=\s)-(?=\s))"
    r"|[,.?!;:](?!\w)|(?P<quote>[“”\"])"
)
_ONE_FOR_ALL = {"?": ".", "!": ".", ";": ":"}
_OF_GROUP = {"pause": "…", "dash": "—", "quote": '"'}
START, STOP = "^", "$"
_ENDINGS = ("ing", "ed", "ly", "er", "'s", "s")


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights, one table for each template, and from which score on a kind of place is judged to be one."""

    bias: int
    tables: tuple[Mapping[str, int], ...]
    least: Mapping[str, int]

    def score(self, features: Sequence[str]) -> int:
        """How much speaks for it: the logarithm of the odds, times `SCALE`."""
        return self.bias + sum(
            table.get(feature, 0) for feature, table in zip(features, self.tables, strict=True)
        )


@lru_cache(maxsize=1)
def _fitted() -> dict[str, Any]:
    packed: dict[str, Any] = json.loads(files("build_tools.clean").joinpath("judges.json").read_text("utf-8"))
    return packed


@lru_cache(maxsize=8)
def judge(name: str) -> Judge:
    """A judge in `judges.json`, where features of one weight stand together."""
    packed = _fitted()[name]
    tables = tuple(
        {run: int(weight) for weight, runs in table.items() for run in runs.split()}
        for table in packed["tables"]
    )
    return Judge(packed["bias"], tables, packed["least"])


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The words that have weights of their own."""
    return frozenset(_fitted()["known"].split())


def forget() -> None:
    """Read `judges.json` anew when it is next asked for."""
    for remembered in (_fitted, judge, known_words):
        remembered.cache_clear()


def tokens(text: str) -> list[str]:
    """Words in small letters and marks, in order.

    >>> tokens("So — “We’re... OK?”")
    ['so', '—', '"', "we're", '…', 'ok', '.', '"']
    """
    return [
        _OF_GROUP[match.lastgroup]
        if match.lastgroup
        else _ONE_FOR_ALL.get(match[0]) or match[0].replace("’", "'").casefold()
        for match in _TOKEN.finditer(text)
    ]


def word_class(form: str, known: frozenset[str]) -> str:
    """The word or mark itself, or what stands for a word too rare to be known.

    >>> [word_class(form, frozenset({"so"})) for form in ("so", ",", "$3.5", "modelling", "zebra")]
    ['so', ',', '#', '*ing', '*']
    """
    if form in known or not (form[0].isalnum() or form[0] in "$€£_"):
        return form
    if not form[0].isalpha():
        return "#"
    return "*" + next(filter(form.endswith, _ENDINGS), "")


# In characters: so much of a text is looked at on either side, and in tokens.
_AROUND, REACH = 120, 12


def tokens_before(text: str, at: int) -> list[str]:
    """The last tokens before a place, the nearest last; where the text begins, `START` is one.

    >>> tokens_before("and so, we", 8)
    ['^', 'and', 'so', ',']
    """
    low = max(0, at - _AROUND)
    found = tokens(text[low:at])
    return (found[1:] if low else [START, *found])[-REACH:]


def tokens_after(text: str, at: int) -> list[str]:
    """The first tokens after a place; where the text ends, `STOP` is one.

    >>> tokens_after("and so, we", 6)
    [',', 'we', '$']
    """
    high = at + _AROUND
    found = tokens(text[at:high])
    return (found[:-1] if high < len(text) else [*found, STOP])[:REACH]
