"""The names the archive knows, ready to be compared with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from build_tools.propose.names import Name, frequency
from build_tools.propose.sound import sound, squash

_SHORTEST = 3  # letters
_HEARD_ZIPF = 1.5  # what was only heard, and is rarer, may be misheard itself
_NOUGHT = re.compile(r"\d0$")  # for the o of “4o”
# “GPT 3.5” is of the family of “GPT-3”.
VERSION = re.compile(r"(?P<family>[A-Z]{2,})[ -]?(?P<number>\d(?:\.\d)?)")


class Known:
    """Names, ready to be compared with.

    `expected` are those that are likely in an interview (none given: all); of
    any other much more is asked, and of what was only heard.
    """

    def __init__(self, names: Iterable[Name], expected: Container[Name] | None = None) -> None:
        self.every = tuple(names)
        self.by_letters = {squash(name.written): name for name in self.every}
        self.expected: dict[str, list[Name]] = defaultdict(list)  # by how they begin
        self.others: dict[str, list[Name]] = defaultdict(list)
        self.by_sound: dict[str, list[Name]] = defaultdict(list)
        for name in self.every:
            if len(squash(name.written)) < _SHORTEST:  # “AI” is like too much
                continue
            heard = sound(name.written)
            if name.sure and (expected is None or name in expected):
                self.expected[heard[:1]].append(name)
                self.by_sound[heard].append(name)
            else:
                self.others[heard[:1]].append(name)

    def at(self, slug: str, said: Container[Name]) -> Known:
        """The same names for one interview, of which `said` stand in it as they should."""
        expected = {name for name in self.every if not name.slugs or slug in name.slugs or name in said}
        return Known(self.every, expected)

    @cached_property
    def families(self) -> dict[str, Name]:
        """One name of each family whose members differ in a number: “GPT-3” by how “GPT” sounds."""
        members = [(name, match) for name in self.every if (match := VERSION.fullmatch(name.written))]
        return {sound(match["family"]): name for name, match in members if "-" in name.written}

    def named(self, words: Sequence[str]) -> Name | None:
        """The name whose letters these words have."""
        form = squash("".join(words))
        found = self.by_letters.get(form)
        return self.by_letters.get(f"{form[:-1]}o") if not found and _NOUGHT.search(form) else found

    def holds(self, words: Sequence[str]) -> bool:
        """Whether some of these words are a known name, or its plural, already."""
        if any("-" in word and self.holds(word.split("-")) for word in words):
            return True
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                form = squash("".join(words[first:last]))
                name = self.by_letters.get(form) or self.by_letters.get(form.removesuffix("s"))
                if name and _counts(name) and (last - first in (len(words), len(name.written.split()))):
                    return True
        return False


def _counts(name: Name) -> bool:
    """Whether a name is known well enough to keep others out: what was only heard may be misheard itself."""
    if name.sure:
        return True
    return not name.written.isupper() and all(frequency(word) >= _HEARD_ZIPF for word in name.written.split())
