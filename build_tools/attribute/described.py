"""What a raw file without an edition tells about itself: by header, by labels, by what is said."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from build_tools.attribute.edited import participant
from build_tools.attribute.inferred import infer
from build_tools.attribute.labelled import named_in_labels
from build_tools.attribute.names import Named, find_outlet, find_people, parts_are_clear, same_name
from build_tools.model import Header, Meta, Participant, Person, Transcript, Vocabulary, newcomer
from build_tools.words import join, same_word_form

_DATED_SLUG = re.compile(r"^(\d{4}-\d{2}-\d{2})-")
# Sections of a captured page that tell who is there.
_SUMMARIES = ("Episode summary", "Summary")


def describe(transcript: Transcript, vocabulary: Vocabulary) -> Meta:
    """The metadata of a raw file, as far as header, name and words give them."""
    header = transcript.header
    dated = _DATED_SLUG.match(transcript.slug)
    people, likely, has_clear_parts = _people(transcript, vocabulary.people)
    return Meta(
        title=header.title or _title(transcript.slug, people, transcript.words),
        date=header.date or (_day(dated[1]) if dated else None),
        outlet=header.outlet or ("" if transcript.kind == "article" else find_outlet(transcript.words)),
        kind=transcript.kind,
        url=header.url if header.url.startswith(("https://", "http://")) else "",
        description="",
        topics=(),
        people=people,
        likely=likely,
        has_clear_parts=has_clear_parts,
    )


def _title(slug: str, people: Iterable[Participant], words: Sequence[str]) -> str:
    """A title made of a slug, in which those who take part have their names, and “TED” its capitals.

    >>> from build_tools.model import newcomer
    >>> people = [Participant(newcomer("Jane Doe"), "guest")]
    >>> _title("2025-01-02-jane-doe-at-nasa", people, "So, welcome to NASA.".split())
    'Jane Doe at NASA'
    """
    capitals = _in_capitals(words)
    told = _DATED_SLUG.sub("", slug).lower().split("-")
    title = " ".join(word.upper() if word in capitals else word for word in told)
    title = title[:1].upper() + title[1:]
    for who in people:
        found = re.search(rf"(?i)\b{re.escape(who.person.name)}\b", title)
        if found:
            title = title[: found.start()] + who.person.name + title[found.end() :]
    return title


def _in_capitals(words: Sequence[str]) -> set[str]:
    """Words that a text writes in capitals more often than not, in small letters; none where all is so written.

    >>> sorted(_in_capitals("US teams of NASA asked us: join us at NASA!".split())), _in_capitals(["HELLO"])
    (['nasa'], set())
    """
    forms = [same_word_form(word) for word in words]
    pairs = zip(forms, words, strict=True)
    capitals = Counter(form for form, word in pairs if len(form) > 1 and word.isupper())
    if 2 * capitals.total() > len(forms):
        return set()
    said = Counter(forms)
    return {form for form, times in capitals.items() if 2 * times > said[form]}


def _people(
    transcript: Transcript, known: Mapping[str, Person]
) -> tuple[tuple[Participant, ...], tuple[Participant, ...], bool]:
    """Who takes part, who is likely to, and whether their parts are clear.

    The header comes first, then the labels, then what is said.
    """
    found = _named(transcript)
    named = [one for one in found if one.is_sure]
    header = tuple(_matched((one for one in named if not one.word), transcript, known))
    labelled = named_in_labels(transcript, header, known.values())
    if labelled:
        return (*header, *(_with_role(who, named) for who in labelled)), (), True
    people = tuple(_matched(named, transcript, known))
    ids = {who.person.id for who in people}
    others = _matched((one for one in found if not one.is_sure), transcript, known)
    likely = tuple(who for who in others if who.person.id not in ids)
    return people, likely, parts_are_clear(found)


def _named(transcript: Transcript) -> list[Named]:
    header = transcript.header
    if transcript.kind == "article":  # written about people, not spoken by them
        header = Header(hosts=header.hosts, guests=header.guests)
        return list(find_people((), header))
    if not header.description:
        notes = (line for note in transcript.notes if note.title in _SUMMARIES for line in note.lines)
        header = replace(header, description=join(notes))
    sides = infer(transcript, ())  # a guess that uses no names: it says host or guest, not who
    return list(find_people(transcript.words, header, sides))


def _matched(
    named: Iterable[Named], transcript: Transcript, known: Mapping[str, Person]
) -> Iterator[Participant]:
    """Each name as a person of the archive, or as somebody new; nobody twice."""
    taken: set[str] = set()
    for one in named:
        person = _known(one.name, transcript, known) or newcomer(_spelled(one.name, transcript.slug))
        is_other = person.id in known and known[person.id] != person  # two names would share an address
        if person.id not in taken and not is_other:
            taken.add(person.id)
            yield Participant(person, one.role)


def _spelled(name: str, slug: str) -> str:
    """A name as the file's own name spells it, where it was misheard by a letter or two.

    >>> _spelled("Jane Do", "2025-01-02-jane-doe-some-show"), _spelled("Jane Doe", "jane-doe")
    ('Jane Doe', 'Jane Doe')
    """
    parts, size = slug.split("-"), len(name.split())
    runs = (" ".join(parts[n : n + size]).title() for n in range(len(parts) - size + 1))
    found = next((run for run in runs if size > 1 and same_name(run, name)), name)
    return name if found.casefold() == name.casefold() else found


def _known(name: str, transcript: Transcript, known: Mapping[str, Person]) -> Person | None:
    """The one person of the archive whom a name means.

    A given name alone means somebody whose surname is said too, or is part of the file's name.
    """
    found = participant(name, [Participant(person, "") for person in known.values()])
    if found:
        return found.person
    if " " in name:
        those = [person for person in known.values() if same_name(name, person.name)]
    else:
        said = {same_word_form(word).removesuffix("'s") for word in transcript.words}
        said.update(transcript.slug.split("-"))
        names = [(person, person.name.casefold().split()) for person in known.values() if " " in person.name]
        those = [person for person, own in names if own[0] == name.casefold() and own[-1] in said]
    return those[0] if len(those) == 1 else None


def _with_role(who: Participant, named: Iterable[Named]) -> Participant:
    """Somebody whom a label names, with the part they play where only the words tell it."""
    told = next((one.role for one in named if same_name(one.name, who.person.name)), "other")
    return Participant(who.person, told) if who.role == "other" else who


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
