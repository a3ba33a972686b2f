"""The page of each interview, and their index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.addresses import spell_runs
from build_tools.cite.items import whole
from build_tools.cite.zotero import head_of
from build_tools.model import NARRATOR, Archive, Chapter, Interview, Mention, Page, Quote, Topic
from build_tools.render.blocks import Block, blocks, tones
from build_tools.render.home import guests
from build_tools.render.linked import interview_data
from build_tools.render.markdown import Markdown, attribute_value, fill
from build_tools.render.passage import PassageWriter, anchors_of, word_changes
from build_tools.render.quotes import quotes_by_slug
from build_tools.render.speakers import checked, standing, whole_percent
from build_tools.render.words import count, day, link, percent, where
from build_tools.words import listed

# How many other places to name under a chapter.
_ELSEWHERE = 3

# What a page says of its level; cleaned of everything is what a reader expects.
_LEVELS = {
    "verbatim": "Stumbles are left in: only misheard words are put right.",
    "light": "Only filled pauses, as um and uh, are taken out; other stumbles are left in.",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as the page shows it; `chapter` is None before the first one."""

    chapter: Chapter | None
    topics: tuple[Topic, ...]
    elsewhere: tuple[Mention, ...]
    blocks: tuple[Block, ...]


def pages(archive: Archive) -> Iterator[Page]:
    """`interviews/index.md` and a page per interview."""
    yield Page(
        "interviews/index.md",
        fill(
            "interviews.md.jinja",
            interviews=archive.interviews,
            checked=checked,
            count=count,
            day=day,
            guests=guests,
        ),
    )
    by_topic: dict[str, list[Mention]] = defaultdict(list)
    by_slug: dict[str, list[Mention]] = defaultdict(list)
    for mention in archive.mentions:
        by_topic[mention.topic].append(mention)
        by_slug[mention.interview.slug].append(mention)
    quotes = quotes_by_slug(archive)
    for interview in archive.interviews:
        topics, slug = archive.vocabulary.topics, interview.slug
        yield Page(
            f"interviews/{slug}.md",
            _interview(interview, topics, by_slug[slug], by_topic, quotes.get(slug, [])),
        )


def _interview(
    interview: Interview,
    topics: Mapping[str, Topic],
    mentions: list[Mention],
    by_topic: Mapping[str, list[Mention]],
    quotes: list[Quote],
) -> str:
    ranges = [(m.first_word, m.last_word) for m in mentions]
    ranges += [(e.first_word, e.last_word) for e in word_changes(interview)]
    ranges += [(q.first_word, q.last_word) for q in interview.quotes]
    writer = PassageWriter(interview, anchors_of(ranges))
    return fill(
        "interview.md.jinja",
        interview=interview,
        description=interview.description or _described(interview),
        linked_data=interview_data(interview, topics, quotes),
        sections=list(_sections(interview, writer, topics, by_topic)),
        byline=_byline(interview),
        former=Markdown(" ".join(f"{one.first_word}:{spell_runs(one.runs)}" for one in interview.former)),
        where=attribute_value(where(interview)),
        standing=standing(interview),
        zotero=head_of(whole(interview)),
        level="" if interview.kind == "article" else _LEVELS.get(interview.level, ""),
        day=day,
        count=count,
        link=link,
        percent=percent,
        whole_percent=whole_percent,
    )


def _described(interview: Interview) -> str:
    """What a transcript is, where no editor has described it."""
    facts = [guests(interview), interview.outlet, day(interview.date), checked(interview)]
    return f"Transcript of {count(interview.word_count, 'word')}: {' · '.join(filter(None, facts))}."


def _sections(
    interview: Interview,
    writer: PassageWriter,
    topics: Mapping[str, Topic],
    by_topic: Mapping[str, list[Mention]],
) -> Iterator[Section]:
    tone = tones(interview)
    starts: list[Chapter | None] = list(interview.chapters)
    if not interview.chapters or interview.chapters[0].first_word > interview.first_word:
        starts.insert(0, None)
    for chapter in starts:
        first, last = _span(chapter, interview)
        inside = [
            (turn, paragraph)
            for turn in interview.turns
            for paragraph in turn.paragraphs
            if first <= paragraph.first_word <= last
        ]
        yield Section(
            chapter=chapter,
            topics=tuple(topics[t] for t in chapter.topics) if chapter else (),
            elsewhere=_elsewhere(interview, chapter, by_topic) if chapter else (),
            blocks=tuple(blocks(interview, inside, writer, tone)),
        )


def _span(chapter: Chapter | None, interview: Interview) -> tuple[int, int]:
    if chapter:
        return chapter.first_word, chapter.last_word
    first = interview.chapters[0].first_word if interview.chapters else interview.last_word + 1
    return interview.first_word, first - 1


def _elsewhere(
    interview: Interview, chapter: Chapter, by_topic: Mapping[str, list[Mention]]
) -> tuple[Mention, ...]:
    """The first passage of a guest on the chapter's topics in each other interview.

    Newest first, but those whose speaker is only inferred after all others.
    """
    found: dict[str, Mention] = {}
    for topic in chapter.topics:
        for mention in by_topic.get(topic, ()):
            guest = mention.turn.speaker and mention.turn.role == "guest"
            if guest and mention.interview.slug != interview.slug:
                found.setdefault(mention.interview.slug, mention)
    return tuple(sorted(found.values(), key=lambda mention: mention.turn.inferred))[:_ELSEWHERE]


def _byline(interview: Interview) -> Markdown:
    """Who speaks with whom, each linked."""
    by_role: dict[str, list[str]] = defaultdict(list)
    for who in interview.everyone:
        by_role[who.role].append(link(who.person.name, f"../people/{who.person.id}.md"))
    guest, host, narrator = by_role["guest"], by_role["host"], by_role[NARRATOR]
    if guest and host:
        return Markdown(f"{listed(guest)} with {listed(host)}")
    if narrator and guest:
        return Markdown(f"{listed(guest)}, quoted by {listed(narrator)}")
    return Markdown(listed([name for names in by_role.values() for name in names]) or "Speakers unknown")
