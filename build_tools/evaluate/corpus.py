"""Labelled interviews: one JSON object a line, as the corpora's README has it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from build_tools.errors import BuildError, Problem
from build_tools.words import same_word_form, split_words

_EXPECTED = 'expected {"turns": [{"speaker": …, "text": …}, …], "people": [{"name": …, "role": …}, …], …}'
_ROLES = ("host", "guest")


@dataclass(frozen=True, slots=True)
class Record:
    """A labelled interview: its turns are (speaker, text), its roles "host", "guest" or "" by name.

    A speaker who is not known is "", and has no role.
    """

    id: str
    show: str
    title: str
    description: str
    roles: Mapping[str, str]
    turns: tuple[tuple[str, str], ...]

    @property
    def has_host_and_guest(self) -> bool:
        """Whether two speak, one clearly the host and one clearly the guest."""
        return sorted(self.roles.values()) == ["guest", "host"]

    @property
    def is_of_two_alike(self) -> bool:
        """Whether two speak who are both hosts, both guests or of unknown roles."""
        return len(self.roles) == 2 and not self.has_host_and_guest

    @property
    def is_of_several(self) -> bool:
        """Whether three to six speak, each known as host or guest."""
        return 3 <= len(self.roles) <= 6 and all(self.roles.values())


def read_records(path: Path) -> Iterator[Record]:
    """The interviews in a `.jsonl` or `.jsonl.gz` file.

    Raises `BuildError` at the end, with all lines that are none.
    """
    problems: list[Problem] = []
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, 1):
                try:
                    yield _record(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    problems.append(Problem(str(path), number, f"not a labelled interview; {_EXPECTED}"))
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        problems.append(
            Problem(str(path), 1, f"cannot be read ({error}); expected a .jsonl or .jsonl.gz file")
        )
    if problems:
        raise BuildError(problems)


def _record(data: Mapping[str, Any]) -> Record:
    turns = tuple((str(turn["speaker"] or ""), str(turn["text"])) for turn in data["turns"])
    turns = tuple(turn for turn in turns if any(map(str.isalnum, turn[1])))
    if not turns:
        raise ValueError("no words")
    known = {person["name"]: person.get("role") for person in data.get("people") or ()}
    roles = {name: known.get(name) for name, _ in turns if name}
    return Record(
        id=str(data.get("id") or ""),
        show=str(data.get("show") or ""),
        title=str(data.get("title") or ""),
        description=str(data.get("description") or ""),
        roles={name: role if role in _ROLES else "" for name, role in roles.items()},
        turns=turns,
    )


def choose(records: Iterable[Record], most: int | None) -> list[Record]:
    """At most so many, from all shows by turns, the same whatever the order of the file.

    >>> def of(show: str) -> list[Record]:
    ...     return [Record(f"{show}{n}", show, "", "", {}, ()) for n in range(9)]
    >>> [record.id for record in choose([*of("b"), *of("a")[:1]], 3)]
    ['a0', 'b0', 'b1']
    """
    shows: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda one: (one.show, one.id)):
        shows.setdefault(record.show, []).append(record)
    return [record for record in chain(*zip_longest(*shows.values())) if record][:most]


def common_forms(records: Iterable[Record], shows: int, interviews: int) -> list[str]:
    """The forms of words said in so many shows and interviews, the commonest first."""
    said: Counter[str] = Counter()
    heard_in: Counter[str] = Counter()
    on: dict[str, set[str]] = defaultdict(set)
    for record in records:
        here = Counter(same_word_form(word) for _, text in record.turns for word in split_words(text))
        said += here
        heard_in.update(here.keys())
        for form in here:
            on[form].add(record.show)
    by_count = sorted(said, key=lambda form: (-said[form], form))
    return [form for form in by_count if len(on[form]) >= shows and heard_in[form] >= interviews]
