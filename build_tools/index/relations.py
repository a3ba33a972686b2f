"""Topics that are discussed together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from build_tools.model import Interview, Mention, Topic

_MOST = 6


def related_topics(
    topics: Mapping[str, Topic], mentions: Iterable[Mention], interviews: Iterable[Interview]
) -> dict[str, tuple[str, ...]]:
    """For each topic, the others that share passages and chapters with it, closest first.

    Closeness is the cosine of the two sets of places, |A∩B| / √(|A||B|)
    (Salton and McGill 1983); topics the vocabulary relates come before others.
    """
    places = [frozenset(group) for group in (*_passages(mentions), *_chapters(interviews))]
    alone = Counter(topic for place in places for topic in place)
    together = Counter(pair for place in places for pair in combinations(sorted(place), 2))
    closeness = {
        pair: count / math.sqrt(alone[pair[0]] * alone[pair[1]])
        for pair, count in together.items()
        if count > 1
    }
    return {id_: _closest(topic, closeness, alone) for id_, topic in topics.items()}


def _passages(mentions: Iterable[Mention]) -> Iterable[set[str]]:
    passages: dict[tuple[str, int], set[str]] = {}
    for mention in mentions:
        key = (mention.interview.slug, mention.paragraph.first_word)
        passages.setdefault(key, set()).add(mention.topic)
    return passages.values()


def _chapters(interviews: Iterable[Interview]) -> Iterable[tuple[str, ...]]:
    return [chapter.topics for interview in interviews for chapter in interview.chapters]


def _closest(
    topic: Topic, closeness: Mapping[tuple[str, str], float], alone: Mapping[str, int]
) -> tuple[str, ...]:
    near = {b if a == topic.id else a: c for (a, b), c in closeness.items() if topic.id in (a, b)}
    found = sorted(near, key=lambda other: (-near[other], other))
    named = [other for other in topic.related if alone.get(other)]
    return tuple(dict.fromkeys([*named, *found]))[:_MOST]
