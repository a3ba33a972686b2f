"""The index: what is discussed where, by whom, and what goes together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from build_tools.index.chapters import with_topics
from build_tools.index.mentions import find_mentions
from build_tools.index.quotes import find_quotes
from build_tools.index.relations import related_topics
from build_tools.model import Archive, Interview, Mention, Quote, Vocabulary


def make_archive(interviews: Iterable[Interview], vocabulary: Vocabulary) -> Archive:
    """Put interviews in order, newest first, and index them."""
    ordered = sorted(interviews, key=lambda i: (_age(i), i.slug))
    indexed: list[Interview] = []
    mentions: list[Mention] = []
    quotes: list[Quote] = []
    for interview in ordered:
        found = list(find_mentions(interview, vocabulary.topics))
        indexed.append(with_topics(interview, found))
        mentions += [replace(mention, interview=indexed[-1]) for mention in found]
        quotes += find_quotes(indexed[-1], found)
    return Archive(
        interviews=tuple(indexed),
        vocabulary=vocabulary,
        mentions=tuple(mentions),
        quotes=tuple(quotes),
        related=related_topics(vocabulary.topics, mentions, indexed),
    )


def _age(interview: Interview) -> int:
    """Days before the end of time; undated interviews come last."""
    return -(interview.date or datetime.date.min).toordinal()
