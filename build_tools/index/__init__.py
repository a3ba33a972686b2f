"""The index: what is discussed where, by whom, and what goes together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from build_tools.index.chapters import with_topics
from build_tools.index.mentions import find_mentions
from build_tools.index.relations import related_topics
from build_tools.model import Archive, Interview, Vocabulary


def make_archive(interviews: Iterable[Interview], vocabulary: Vocabulary) -> Archive:
    """Put interviews in order, newest first, and index them."""
    ordered = sorted(interviews, key=lambda i: (_age(i), i.slug))
    mentions = [m for interview in ordered for m in find_mentions(interview, vocabulary.topics)]
    indexed = tuple(with_topics(interview, mentions) for interview in ordered)
    by_slug = {interview.slug: interview for interview in indexed}
    mentions = [replace(m, interview=by_slug[m.interview.slug]) for m in mentions]
    return Archive(
        interviews=indexed,
        vocabulary=vocabulary,
        mentions=tuple(mentions),
        related=related_topics(vocabulary.topics, mentions, indexed),
    )


def _age(interview: Interview) -> int:
    """Days before the end of time; undated interviews come last."""
    return -(interview.date or datetime.date.min).toordinal()
