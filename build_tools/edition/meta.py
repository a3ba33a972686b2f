"""The front matter of an edition: what it must say, and what it may."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from build_tools.edition.parse import ChapterLine, EditionText, Label
from build_tools.errors import Problem, did_you_mean, line_of
from build_tools.model import LEVELS, Meta, Participant, Person, Transcript, Vocabulary, newcomer
from build_tools.words import fingerprint, misspelt, name_parts, slug_of

_KEYS = frozenset("title date outlet kind people source_url description topics words status level".split())
ROLES = ("host", "guest", "narrator", "other")
_UNKNOWN = re.compile(r"(?i)unknown(?: (?P<role>host|guest))?")
# An entry of people: is an id, or else a name. YAML reads yes, no and nothing as values.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_NAMES = ("True", "False", "None")
_LONGEST_NAME = 80


def read_meta(
    edition: EditionText, transcript: Transcript, vocabulary: Vocabulary
) -> tuple[Meta, list[Problem]]:
    """Check front matter; what it leaves out, the raw file's own header fills in."""
    meta, header = edition.meta, transcript.header
    problems = [
        *_check_keys(edition),
        *_check_words(edition, transcript),
        *_check_people(edition, vocabulary),
        *_check_topics(edition, vocabulary),
        *_check_date(edition),
        *_check_level(edition),
    ]
    date = meta.get("date")
    return (
        Meta(
            title=str(meta.get("title") or header.title),
            date=date if _is_day(date) else header.date,
            outlet=str(meta.get("outlet") or header.outlet),
            kind=str(meta.get("kind") or transcript.kind),
            url=str(meta.get("source_url") or header.url),
            description=str(meta.get("description") or ""),
            topics=tuple(_list(meta.get("topics"))),
            people=tuple(_participants(meta.get("people"), vocabulary.people)),
            level=str(meta.get("level") or ""),
            first_word=first_number(meta.get("words")),
        ),
        problems,
    )


def _at(edition: EditionText, key: str) -> int:
    return line_of(edition.text, f"\n{key}:") + 1 if f"\n{key}:" in edition.text else 1


def _check_keys(edition: EditionText) -> Iterator[Problem]:
    for key in edition.meta:
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"expected {', '.join(sorted(_KEYS))}"
            yield Problem(edition.path, _at(edition, str(key)), f"unknown key {key!r}; {hint}")
    for key in ("title", "people"):
        if edition.meta.get(key) in (None, ""):  # {}: nobody is known
            yield Problem(edition.path, 1, f"{key!r} is missing from the front matter")
    url = edition.meta.get("source_url")
    if url and not str(url).startswith(("https://", "http://")):
        at = _at(edition, "source_url")
        yield Problem(edition.path, at, f"source_url: expected an http(s) address, found {url!r}")


def _check_words(edition: EditionText, transcript: Transcript) -> Iterator[Problem]:
    """Every address of the interview hangs on how its raw file is read."""
    count, digest = len(transcript.words), fingerprint(transcript.words)
    expected = f"words: {{count: {count}, sha256: {digest}}}"
    words = edition.meta.get("words")
    if not isinstance(words, Mapping):
        message = f"no record of the words read; if {transcript.path} is right, add “{expected}”"
        yield Problem(edition.path, 1, message)
    elif (words.get("count"), str(words.get("sha256"))) != (count, digest):
        yield Problem(
            edition.path,
            _at(edition, "words"),
            f"{transcript.path} now reads as {count} other words than when this edition was made; "
            f"every address would move. Restore the raw file; expected “{expected}” otherwise",
        )


def first_number(words: object) -> int:
    """The number of the first word, where the record of words gives one; 0 if that is no number."""
    first = words.get("first", 1) if isinstance(words, Mapping) else 1
    return first if isinstance(first, int) else 0


def _is_day(value: object) -> TypeGuard[datetime.date]:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _check_date(edition: EditionText) -> Iterator[Problem]:
    date = edition.meta.get("date")
    if date is not None and not _is_day(date):
        at = _at(edition, "date")
        yield Problem(edition.path, at, f"date: expected a day as 2025-07-30, found {str(date)!r}")


def _check_level(edition: EditionText) -> Iterator[Problem]:
    level = edition.meta.get("level")
    if level is not None and level not in LEVELS:
        hint = did_you_mean(level, LEVELS)
        yield Problem(edition.path, _at(edition, "level"), f"unknown level {level!r}; {hint}")


def _check_people(edition: EditionText, vocabulary: Vocabulary) -> Iterator[Problem]:
    people = edition.meta.get("people")
    at = _at(edition, "people")
    if people is not None and not isinstance(people, Mapping):
        message = "people: expected roles with ids, as {host: [jane-doe], guest: [john-roe]}"
        yield Problem(edition.path, at, message)
        return
    for role, entries in (people or {}).items():
        if role not in ROLES:
            yield Problem(edition.path, at, f"unknown role {role!r}; expected {', '.join(ROLES)}")
        for entry in _list(entries):
            message = wrong_name(entry, vocabulary.people)
            if message:
                yield Problem(edition.path, at, message)
    taking_part = [who.person for who in _participants(people, vocabulary.people)]
    yield from _check_addresses(edition, at, taking_part)
    yield from _check_labels(edition, taking_part)


def wrong_name(entry: str, known: Mapping[str, Person]) -> str:
    """What to tell of an entry that is neither an id, nor a name that people.yml has, nor a new one."""
    if entry in known or _called(entry, known):
        return ""
    if _ID.fullmatch(entry):
        near = difflib.get_close_matches(entry, list(known), 1)
        hint = f"did you mean {near[0]!r}?" if near else "add it to people.yml first"
        return f"unknown person {entry!r}; {hint}"
    if is_unknown(entry) or entry in _NO_NAMES or not _can_be_name(entry):
        return f"{entry!r} cannot be a name; expected an id of people.yml, or a name as Jane Doe"
    near_person = _nearly(entry, known)
    if near_person:
        return (
            f"{entry!r} is not in people.yml; did you mean {near_person.name!r}? "
            "If this is somebody else, add them to people.yml"
        )
    return ""


def _can_be_name(text: str) -> bool:
    """Whether a text is letters of any script, and what joins them."""
    joined = all(c.isalnum() or c in " .,'’&-" or unicodedata.category(c).startswith("M") for c in text)
    return joined and text[:1].isalpha() and len(text) <= _LONGEST_NAME


def _called(name: str, known: Mapping[str, Person]) -> Person | None:
    return next((person for person in known.values() if person.is_called(name)), None)


def _nearly(name: str, known: Mapping[str, Person]) -> Person | None:
    """Whose name, or address, this would nearly be."""
    if slug_of(name) in known:
        return known[slug_of(name)]
    parts = name_parts(name)
    alike = [
        (misspelt(parts, name_parts(own)), person)
        for person in known.values()
        for own in (person.name, *person.aliases)
    ]
    likeness, person = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return person if likeness else None


def _check_addresses(edition: EditionText, at: int, people: Iterable[Person]) -> Iterator[Problem]:
    """Two new names must not share a page."""
    names: dict[str, str] = {}
    for person in people:
        other = names.setdefault(person.id, person.name)
        if other != person.name:
            message = f"{person.name!r} and {other!r} would share a page; write one name alike"
            yield Problem(edition.path, at, message + ", or add them to people.yml with ids of their own")


def _check_labels(edition: EditionText, listed: list[Person]) -> Iterator[Problem]:
    names = [person.name for person in listed]
    for label in edition.items:
        if not isinstance(label, Label) or is_unknown(label.name):
            continue
        if any(person.is_called(label.name) for person in listed):
            continue
        near = difflib.get_close_matches(label.name, names, 1)
        hint = (
            f"did you mean {near[0]}?"
            if near
            else f"expected {' or '.join(filter(None, [', '.join(names), 'Unknown']))}"
        )
        message = f"{label.name!r} speaks but is not in people: of the front matter; {hint}"
        yield Problem(edition.path, label.line, message)


def is_unknown(name: str) -> bool:
    """Whether a label says that nobody can tell who speaks."""
    return bool(_UNKNOWN.fullmatch(name))


def unknown_role(name: str) -> str:
    """The part played by somebody whose name nobody can tell, "" where not even that is known.

    >>> unknown_role("Unknown host"), unknown_role("Unknown")
    ('host', '')
    """
    found = _UNKNOWN.fullmatch(name)
    return (found["role"] or "").lower() if found else ""


def _check_topics(edition: EditionText, vocabulary: Vocabulary) -> Iterator[Problem]:
    lines = [(_at(edition, "topics"), id_) for id_ in _list(edition.meta.get("topics"))]
    chapters = [item for item in edition.items if isinstance(item, ChapterLine)]
    lines += [(chapter.line, id_) for chapter in chapters for id_ in chapter.topics]
    for line, id_ in lines:
        if id_ not in vocabulary.topics:
            yield _unknown(edition.path, line, "topic", id_, vocabulary.topics, "topics.yml")


def _unknown(path: str, line: int, what: str, id_: str, known: Iterable[str], where: str) -> Problem:
    near = difflib.get_close_matches(id_, list(known), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"add it to {where} first"
    return Problem(path, line, f"unknown {what} {id_!r}; {hint}")


def _list(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return [str(value)] if value else []


def _participants(value: object, people: Mapping[str, Person]) -> Iterator[Participant]:
    """Those taking part: by id or name, as people.yml has them, or else new."""
    if not isinstance(value, Mapping):
        return
    for role, entries in value.items():
        for entry in _list(entries):
            known = people.get(entry) or _called(entry, people)
            if known:
                yield Participant(known, str(role))
            elif not wrong_name(entry, people):
                yield Participant(newcomer(entry), str(role))
