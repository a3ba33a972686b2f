"""What is said beside a name, and what it tells: the patterns of `cues.toml` over marked text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_tools.attribute.names.mark import Marked, Run

# In words: introductions and farewells are looked for only so far from the beginning or the end.
FIRST, OPENING, ENDING = 60, 500, 200
# What is said of somebody who takes part at other times.
ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of saying, how it reads in marked text, and where it is looked for."""

    kind: str
    form: re.Pattern[str]
    where: str


@dataclass(frozen=True, slots=True)
class Said:
    """A run of words named in the way `kind` says."""

    run: Run
    kind: str


def _patterns(table: Mapping[str, Mapping[str, list[str]]], words: Mapping[str, str]) -> Iterator[Pattern]:
    for kind, places in table.items():
        for where, forms in places.items():
            for form in forms:
                plain = _spelled_out(form, words)
                yield Pattern(kind, re.compile(rf"(?<![\w'@])(?:{plain})(?![\w'*])"), where)


def _spelled_out(form: str, words: Mapping[str, str]) -> str:
    """A form with the forms that its words in capitals stand for.

    >>> _spelled_out("thanks <MUCH>", {"SO": "so", "MUCH": "(?:<SO> )*much"})
    'thanks (?:so )*much'
    """
    for name in reversed(tuple(words)):
        form = form.replace(f"<{name}>", words[name])
    return form


_TABLE = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
PATTERNS = tuple(_patterns({key: value for key, value in _TABLE.items() if key != "words"}, _TABLE["words"]))
KINDS = tuple(dict.fromkeys(pattern.kind for pattern in PATTERNS if pattern.kind != ABSENT))
_ELSEWHERE = re.compile(r"(?:from|of|at|with|over at) (?:the )?@\d+(?: @\d+)?")
_NUMBER = re.compile(r"@(\d+)")


def say(marked: Marked) -> Iterator[Said]:
    """Everything that is said of a name, pattern by pattern."""
    for pattern in PATTERNS:
        begin, end = _stretch(marked, pattern.where)
        for found in pattern.form.finditer(marked.text, begin, end):
            for run in names_in(marked, found["names"]):
                yield Said(run, pattern.kind)


def names_in(marked: Marked, text: str) -> list[Run]:
    """The runs named in a piece of marked text, but for places and firms that somebody is from."""
    return [marked.runs[int(number)] for number in _NUMBER.findall(_ELSEWHERE.sub("", text))]


def _stretch(marked: Marked, where: str) -> tuple[int, int]:
    """Where in the text to look: both ends, in characters."""
    words, end = len(marked.starts), len(marked.text)
    opening = marked.starts[OPENING] if words > OPENING else end
    if where == "first":
        return 0, marked.starts[FIRST] if words > FIRST else end
    if where == "opening":
        return 0, opening
    if where == "later":
        return opening, end
    if where == "ending":
        return marked.starts[max(words - ENDING, 0)] if words else 0, end
    return 0, end
