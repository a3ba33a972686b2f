"""A page per person, and their index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.model import Archive, Interview, Mention, Page, Person, Topic
from build_tools.render.linked import person_data
from build_tools.render.markdown import fill
from build_tools.render.quotes import quotes_by_person
from build_tools.render.speakers import checked, doubt
from build_tools.render.words import address, count, day, link, percent, quoted

# Passages shown under each topic of a person; the topic's page has them all.
_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person's part in one interview."""

    interview: Interview
    role: str
    words: int
    inferred: int  # of these words, those that no editor or source has given to the person
    share: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the archive has of one person; `known` where `people.yml` says who that is."""

    person: Person
    known: bool
    appearances: tuple[Appearance, ...]
    topics: tuple[tuple[Topic, tuple[Mention, ...]], ...]

    @property
    def words(self) -> int:
        return sum(appearance.words for appearance in self.appearances)

    @property
    def inferred(self) -> int:
        """Words that were inferred to be this person's."""
        return sum(appearance.inferred for appearance in self.appearances)


def pages(archive: Archive) -> Iterator[Page]:
    """`people/index.md` and a page for everybody who takes part in an interview."""
    records = _records(archive)
    yield Page(
        "people/index.md",
        fill("people.md.jinja", records=records, count=count),
    )
    quotes = quotes_by_person(archive.quotes)
    for record in records:
        yield Page(
            f"people/{record.person.id}.md",
            fill(
                "person.md.jinja",
                record=record,
                description=record.person.description or _described(record),
                linked_data=person_data(record.person, (a.interview for a in record.appearances))
                if record.known
                else None,
                quotes=quotes[record.person.id],
                most=_PASSAGES,
                address=address,
                checked=checked,
                count=count,
                day=day,
                doubt=doubt,
                link=link,
                quoted=quoted,
            ),
        )


def _described(record: Record) -> str:
    """What a person's page has, where nobody has described the person."""
    person = ", ".join(filter(None, [record.person.name, record.person.role]))
    said = count(record.words, "word") + (" (inferred)" if record.inferred else "")
    return f"{person}: {said} in {count(len(record.appearances), 'interview')}, by topic."


def _records(archive: Archive) -> list[Record]:
    """Everybody who takes part or speaks; who says most stands first."""
    said: dict[str, list[Mention]] = defaultdict(list)
    for mention in archive.mentions:
        if mention.turn.speaker:
            said[mention.turn.speaker.id].append(mention)
    appearances: dict[str, list[Appearance]] = defaultdict(list)
    people: dict[str, Person] = {}
    for interview in archive.interviews:
        for appearance, person in _appearances(interview):
            people[person.id] = archive.vocabulary.people.get(person.id, person)
            appearances[person.id].append(appearance)
    records = [
        Record(
            person, id_ in archive.vocabulary.people, tuple(appearances[id_]), _by_topic(said[id_], archive)
        )
        for id_, person in people.items()
    ]
    return sorted(records, key=lambda record: (-record.words, record.person.name))


def _appearances(interview: Interview) -> Iterator[tuple[Appearance, Person]]:
    words, inferred = Counter[str](), Counter[str]()
    for turn in interview.turns:
        if turn.speaker:
            words[turn.speaker.id] += turn.last_word - turn.first_word + 1
            inferred[turn.speaker.id] += turn.inferred * (turn.last_word - turn.first_word + 1)
    for who in interview.everyone:
        own = words[who.person.id]
        share = percent(own, interview.word_count)
        yield Appearance(interview, who.role, own, inferred[who.person.id], share), who.person


def _by_topic(mentions: list[Mention], archive: Archive) -> tuple[tuple[Topic, tuple[Mention, ...]], ...]:
    """What is said under each topic, most first; what is only inferred comes after the rest."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: mention.turn.inferred):
        grouped[mention.topic].append(mention)
    ordered = sorted(grouped, key=lambda id_: (-len(grouped[id_]), id_))
    return tuple((archive.vocabulary.topics[id_], tuple(grouped[id_])) for id_ in ordered)
