"""A page per topic, and their index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model import NARRATOR, Archive, Chapter, Interview, Mention, Page, Person, Topic
from build_tools.render.linked import topic_data
from build_tools.render.markdown import fill
from build_tools.render.quotes import quotes_by_topic
from build_tools.render.speakers import names_of, said_by
from build_tools.render.words import address, count, day, quoted


@dataclass(frozen=True, slots=True)
class Group:
    """What one speaker says of a topic: newest talk first, but the inferred after the others."""

    person: Person | None
    mentions: tuple[Mention, ...]

    @property
    def name(self) -> str:
        return self.person.name if self.person else "Unknown"


def pages(archive: Archive) -> Iterator[Page]:
    """`topics/index.md` and a page for every topic somebody speaks of."""
    by_topic: dict[str, list[Mention]] = defaultdict(list)
    for mention in archive.mentions:
        by_topic[mention.topic].append(mention)
    chapters = _chapters(archive)
    topics = archive.vocabulary.topics
    quotes = quotes_by_topic(archive.quotes)
    spoken = {id_: topic for id_, topic in topics.items() if by_topic[id_] or chapters[id_]}
    yield Page("topics/index.md", _index(spoken, by_topic))
    for id_, topic in spoken.items():
        yield Page(
            f"topics/{id_}.md",
            fill(
                "topic.md.jinja",
                topic=topic,
                linked_data=topic_data(topic),
                quotes=quotes[id_],
                groups=group_by_speaker(by_topic[id_]),
                passages=len(by_topic[id_]),
                chapters=chapters[id_],
                broader=spoken.get(topic.broader),
                narrower=[other for other in spoken.values() if other.broader == id_],
                related=[spoken[r] for r in archive.related.get(id_, ()) if r in spoken],
                address=address,
                count=count,
                day=day,
                quoted=quoted,
                said_by=said_by,
            ),
        )


def _chapters(archive: Archive) -> Mapping[str, list[tuple[Interview, Chapter]]]:
    found: dict[str, list[tuple[Interview, Chapter]]] = defaultdict(list)
    for interview in archive.interviews:
        for chapter in interview.chapters:
            for topic in chapter.topics:
                found[topic].append((interview, chapter))
    return found


def group_by_speaker(mentions: list[Mention]) -> list[Group]:
    """Guests first, then hosts, then narrators; who says most of it leads, nobody known is last."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: mention.turn.inferred):
        groups[mention.turn.speaker.id if mention.turn.speaker else ""].append(mention)
    order = {"guest": 0, "host": 1, "other": 1, NARRATOR: 2, "": 3}
    ranked = sorted(
        groups.values(),
        key=lambda g: (
            g[0].turn.speaker is None,
            min(order.get(m.turn.role, 1) for m in g),
            -len(g),
            g[0].turn.name,
        ),
    )
    return [Group(group[0].turn.speaker, tuple(group)) for group in ranked]


def _index(spoken: Mapping[str, Topic], by_topic: Mapping[str, list[Mention]]) -> str:
    """Topics under what they belong to, in alphabetical order."""
    tops = [t for t in spoken.values() if t.broader not in spoken]
    tree = [
        (top, sorted((t for t in spoken.values() if t.broader == top.id), key=lambda t: t.name))
        for top in sorted(tops, key=lambda t: t.name.casefold())
    ]
    speakers = {id_: names_of(m.turn for m in by_topic[id_] if m.turn.role == "guest") for id_ in spoken}
    return fill("topics.md.jinja", tree=tree, by_topic=by_topic, speakers=speakers, count=count)
