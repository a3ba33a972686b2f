"""Problems found in sources, told to a person.

A check *yields* `Problem`s instead of raising, so that a build can report all
of them at once; `BuildError` carries them to the command line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with one file.

    `message` says what is wrong, what was expected and what to do.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class BuildError(Exception):
    """The sources cannot be built; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """A hint at what was meant by a name that is not known.

    >>> did_you_mean("ligth", ["light", "clean"]), did_you_mean(3, ["light", "clean"])
    ("did you mean 'light'?", 'expected light, clean')
    """
    names = list(known)
    near = difflib.get_close_matches(str(name), names, 1)
    return f"did you mean {near[0]!r}?" if near else f"expected {', '.join(names)}"


def line_of(text: str, needle: str) -> int:
    """The 1-based line where `needle` first stands in `text`, or 1.

    >>> line_of("a: 1\\nb: 2\\n", "b:")
    2
    """
    before, found, _ = text.partition(needle)
    return before.count("\n") + 1 if found else 1
