"""The authorities of an archive: who is who, what is discussed, how names are written.

`people.yml`, `topics.yml` and `glossary.yml` are lists of entries. Everything
that is wrong with any of them is reported at once, with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import TypeVar

import yaml
from wordfreq import zipf_frequency

from build_tools.errors import BuildError, Problem, did_you_mean
from build_tools.model import Person, Spelling, Topic, Vocabulary
from build_tools.sources import is_address, shown
from build_tools.texts import load_yaml, read_utf8, yaml_problem
from build_tools.words import is_word, same_word_form

# A single word at least this frequent in English (per billion words, log 10) may be
# what was really said; correcting it everywhere would put words into mouths.
_ORDINARY_ZIPF = 3.0

_Entry = Mapping[str, object]
_Thing = TypeVar("_Thing")
_Named = TypeVar("_Named", Person, Topic)


class _WrongEntryError(Exception):
    """An entry does not have the shape it should have."""


def load_vocabulary(root: Path, slugs: Iterable[str]) -> tuple[Vocabulary, list[Problem]]:
    """Read the three files in `root`, and say what is wrong with them; a missing one is empty.

    `slugs` are the interviews there are.
    """
    problems: list[Problem] = []
    people = _load(root / "people.yml", _person, problems)
    topics = _load(root / "topics.yml", _topic, problems)
    spellings = _load(root / "glossary.yml", _spelling, problems)
    vocabulary = Vocabulary(
        people={person.id: person for _, person in people},
        topics={topic.id: topic for _, topic in topics},
        glossary=tuple(spelling for _, spelling in spellings),
    )
    problems += _check_ids(shown(root / "people.yml", root), people)
    problems += _check_ids(shown(root / "topics.yml", root), topics)
    problems += _check_names(shown(root / "people.yml", root), people)
    problems += _check_relations(shown(root / "topics.yml", root), topics)
    problems += _check_spellings(shown(root / "glossary.yml", root), spellings, vocabulary, frozenset(slugs))
    return vocabulary, problems


# ── reading entries ──────────────────────────────────────────────────────────


def _load(path: Path, make: Callable[[_Entry], _Thing], problems: list[Problem]) -> list[tuple[int, _Thing]]:
    """The entries of one file, each with its line."""
    if not path.exists():
        return []
    where = shown(path, path.parent)
    try:
        text = read_utf8(path, where)
        node, entries = yaml.compose(text, yaml.SafeLoader), load_yaml(text)
    except BuildError as error:
        problems += error.problems
        return []
    except yaml.YAMLError as error:
        problems.append(yaml_problem(where, error))
        return []
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        problems.append(Problem(where, 1, "expected a list of entries, each starting with '- '"))
        return []
    made: list[tuple[int, _Thing]] = []
    for child, entry in zip(node.value, entries, strict=True):
        line = child.start_mark.line + 1
        try:
            made.append((line, make(_mapping(entry))))
        except _WrongEntryError as error:
            problems.append(Problem(where, line, str(error)))
    return made


def _mapping(entry: object) -> _Entry:
    if not isinstance(entry, dict):
        raise _WrongEntryError(f"expected an entry with keys, found {entry!r}")
    return entry


def _keys(entry: _Entry, needed: Iterable[str], allowed: Iterable[str]) -> None:
    known = {*needed, *allowed}
    for key in entry:
        if key not in known:
            raise _WrongEntryError(f"unknown key {key!r}; expected {', '.join(sorted(known))}")
    for key in needed:
        if not entry.get(key):
            raise _WrongEntryError(f"key {key!r} is missing; every entry needs it")


def _text(entry: _Entry, key: str) -> str:
    value = entry.get(key)
    if isinstance(value, (dict, list)):
        raise _WrongEntryError(f"{key!r}: expected a text, found {value!r}")
    return "" if value is None else " ".join(str(value).split())


def _texts(entry: _Entry, key: str) -> tuple[str, ...]:
    value = entry.get(key) or []
    if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
        raise _WrongEntryError(f"{key!r}: expected a list of texts, found {value!r}")
    return tuple(" ".join(str(item).split()) for item in value)


def _id(entry: _Entry) -> str:
    name = _text(entry, "id")
    if not is_address(name):
        raise _WrongEntryError(
            f"{name!r} cannot be part of an address; use lower-case letters, digits and hyphens"
        )
    return name


def _person(entry: _Entry) -> Person:
    _keys(entry, ("id", "name"), ("aliases", "role", "description", "links"))
    links = entry.get("links") or {}
    if not isinstance(links, dict):
        raise _WrongEntryError("'links': expected label: address, one a line")
    for label, url in links.items():
        if not str(url).startswith(("https://", "http://")):
            raise _WrongEntryError(f"link {label!r}: expected an http(s) address, found {url!r}")
    return Person(
        id=_id(entry),
        name=_text(entry, "name"),
        aliases=_texts(entry, "aliases"),
        role=_text(entry, "role"),
        description=_text(entry, "description"),
        links=tuple((str(label), str(url)) for label, url in links.items()),
    )


def _topic(entry: _Entry) -> Topic:
    _keys(entry, ("id", "name"), ("description", "phrases", "broader", "related"))
    for phrase in _texts(entry, "phrases"):
        if not is_word(phrase):
            raise _WrongEntryError(f"phrase {phrase!r} has no word in it; a passage is found by words")
    return Topic(
        id=_id(entry),
        name=_text(entry, "name"),
        description=_text(entry, "description"),
        phrases=_texts(entry, "phrases"),
        broader=_text(entry, "broader"),
        related=_texts(entry, "related"),
    )


def _spelling(entry: _Entry) -> Spelling:
    _keys(entry, ("written", "heard"), ("reason", "interviews", "speakers"))
    return Spelling(
        written=_text(entry, "written"),
        heard=_texts(entry, "heard"),
        reason=_text(entry, "reason"),
        interviews=_texts(entry, "interviews"),
        speakers=_texts(entry, "speakers"),
    )


# ── what entries say together ────────────────────────────────────────────────


def _check_ids(where: str, entries: list[tuple[int, _Named]]) -> Iterator[Problem]:
    counts = Counter(entry.id for _, entry in entries)
    for line, entry in entries:
        if counts[entry.id] > 1:
            yield Problem(where, line, f"id {entry.id!r} stands {counts[entry.id]} times; ids are unique")


def _check_names(where: str, people: list[tuple[int, Person]]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for line, person in people:
        for name in dict.fromkeys((person.name, *person.aliases)):
            owner = owners.setdefault(name.casefold(), person.id)
            if owner != person.id:
                yield Problem(where, line, f"{name!r} is also a name of {owner!r}; a name must tell who")


def _check_relations(where: str, topics: list[tuple[int, Topic]]) -> Iterator[Problem]:
    known = {topic.id for _, topic in topics}
    for line, topic in topics:
        for other in filter(None, (topic.broader, *topic.related)):
            if other not in known:
                yield Problem(where, line, f"unknown topic {other!r}; expected the id of an entry here")
            elif other == topic.id:
                yield Problem(where, line, f"{other!r} is named as broader or related to itself")


def _check_spellings(
    where: str,
    spellings: list[tuple[int, Spelling]],
    vocabulary: Vocabulary,
    slugs: frozenset[str],
) -> Iterator[Problem]:
    """A glossary may correct only what cannot have been meant."""
    right = {_form(name) for p in vocabulary.people.values() for name in (p.name, *p.aliases)}
    right |= {_form(spelling.written) for _, spelling in spellings}
    owners: dict[tuple[str, str, str], str] = {}
    for line, spelling in spellings:
        for slug in spelling.interviews:
            if slug not in slugs:
                yield Problem(where, line, f"unknown interview {slug!r}; expected the name of a raw file")
        for id_ in spelling.speakers:
            if id_ not in vocabulary.people:
                hint = did_you_mean(id_, vocabulary.people) if vocabulary.people else "add it to people.yml"
                yield Problem(where, line, f"unknown person {id_!r}; {hint}")
        for heard in spelling.heard:
            yield from _check_heard(where, line, spelling, heard, right)
            for scope in product(spelling.interviews or ("",), spelling.speakers or ("",)):
                owner = owners.setdefault((_form(heard), *scope), spelling.written)
                if owner != spelling.written:
                    message = f"{heard!r} is to become both {owner!r} and {spelling.written!r}"
                    yield Problem(where, line, message + "; give each a scope (interviews: […])")


def _check_heard(where: str, line: int, spelling: Spelling, heard: str, right: set[str]) -> Iterator[Problem]:
    form, written = _form(heard), _form(spelling.written)
    if heard == spelling.written:
        yield Problem(where, line, f"{heard!r} is already written so")
    if form == written:  # the same letters put right, as "Open-AI" → "OpenAI", change no other word
        return
    if form in right:
        yield Problem(where, line, f"{heard!r} is a right spelling elsewhere; it would be changed")
    elif f" {form} " in f" {written} ":
        message = f"{heard!r} stands inside {spelling.written!r}; it would be changed again and again"
        yield Problem(where, line, message)
    elif not spelling.interviews and " " not in form and zipf_frequency(form, "en") >= _ORDINARY_ZIPF:
        message = f"{heard!r} is an ordinary word and would be changed wherever it stands"
        yield Problem(where, line, message + "; give the entry a scope (interviews: […])")


def _form(text: str) -> str:
    return " ".join(map(same_word_form, text.split()))
