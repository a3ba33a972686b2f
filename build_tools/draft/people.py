"""Who takes part, as an editor says on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.edition.meta import wrong_name
from build_tools.errors import Problem
from build_tools.model import Meta, Participant, Person, newcomer


@dataclass(frozen=True, slots=True)
class Named:
    """Names of hosts and guests; of which there are none, the text itself must tell."""

    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Each name with its role."""
        yield from ((" ".join(name.split()), "host") for name in self.hosts)
        yield from ((" ".join(name.split()), "guest") for name in self.guests)


def wrong_names(named: Named, people: Mapping[str, Person], shown: str) -> Iterator[Problem]:
    """The names that an edition could not hold: misspelt ones, ids that nobody has.

    `shown` is the file that has the people.
    """
    for name, _ in named:
        if wrong := wrong_name(name, people):
            yield Problem(shown, 1, wrong)


def with_people(meta: Meta, named: Named, people: Mapping[str, Person]) -> Meta:
    """What is known of an interview, with its hosts, its guests or both as they are named, by name or id.

    Once it is told who plays one part, whoever else is found plays the other.
    """
    given: dict[str, Participant] = {}
    for name, role in named:
        person = _person(name, people)
        given.setdefault(person.id, Participant(person, role))
    roles = {who.role for who in given.values()}

    def others(found: Iterable[Participant]) -> tuple[Participant, ...]:
        return tuple(who for who in found if who.role not in roles and who.person.id not in given)

    return replace(
        meta,
        people=(*given.values(), *others(meta.people)),
        likely=others(meta.likely),
        has_clear_parts=meta.has_clear_parts or bool(given),
    )


def _person(name: str, people: Mapping[str, Person]) -> Person:
    """The person of that id or name, or somebody new."""
    called = (person for person in people.values() if person.is_called(name))
    return people.get(name) or next(called, None) or newcomer(name)
