"""The topics of chapters: those an editor gave, and those that are plainly discussed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from build_tools.model import Chapter, Interview, Mention

# A topic is found in a chapter when this many of its passages mention it.
_ENOUGH = 2
_MOST = 5


def with_topics(interview: Interview, mentions: Iterable[Mention]) -> Interview:
    """The interview with the topics of each chapter, and of the whole, from its own mentions."""
    own = tuple(mentions)
    chapters = tuple(replace(c, topics=_topics(c, own)) for c in interview.chapters)
    every = [*interview.topics, *(topic for chapter in chapters for topic in chapter.topics)]
    return replace(interview, chapters=chapters, topics=tuple(dict.fromkeys(every)))


def _topics(chapter: Chapter, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The editor's topics first, then those found, most mentioned first."""
    inside = Counter(
        m.topic for m in mentions if chapter.first_word <= m.paragraph.first_word <= chapter.last_word
    )
    found = [topic for topic, count in inside.most_common() if count >= _ENOUGH]
    room = max(_MOST, len(chapter.topics))
    return tuple(dict.fromkeys([*chapter.topics, *found]))[:room]
