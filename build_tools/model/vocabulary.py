"""The authorities of an archive: people, topics, spellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.words import slug_of


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of `people.yml`: anybody, or anything, that speaks."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    description: str = ""
    links: tuple[tuple[str, str], ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether a name, in any case, is this person's."""
        return name.casefold() in (own.casefold() for own in (self.name, *self.aliases))


def newcomer(name: str) -> Person:
    """Somebody who has no entry in `people.yml`: a name, and an id made of it.

    >>> newcomer("Jane Doe").id
    'jane-doe'
    """
    return Person(slug_of(name), name)


# The part of whoever tells an article, and quotes the others in it.
NARRATOR = "narrator"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person and the part they play in one interview."""

    person: Person
    role: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of `topics.yml`."""

    id: str
    name: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    broader: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """An entry of `glossary.yml`: what the recogniser hears, what is meant."""

    written: str
    heard: tuple[str, ...]
    reason: str = ""
    interviews: tuple[str, ...] = ()  # empty: everywhere
    speakers: tuple[str, ...] = ()  # ids of people; empty: whoever speaks


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The authorities an archive keeps, by id."""

    people: Mapping[str, Person] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    glossary: tuple[Spelling, ...] = ()
