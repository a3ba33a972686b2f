"""Titles for chapters: a topic of the archive spoken of there, else what is said there and hardly elsewhere."""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wordfreq import zipf_frequency

from build_tools.draft.chapters import is_common, stem
from build_tools.index.mentions import find_mentions
from build_tools.model import Interview, Topic
from build_tools.words import join, same_word_form

# A topic or a phrase is a title when it is said so often in its chapter; a phrase has so many words.
_ENOUGH, _LONGEST = 2, 3
# What comes before a noun, or before words that go with one.
_BEFORE_NOUN = frozenset(
    "a an the this that these those my your our his her its their some any no every each all "
    "of about in on for with from into by at like between without".split()
)
# A run is a noun when it stands like one in such a share of the places where it is said.
_NOUN_SHARE = 0.25
# What may stand inside a phrase, never at its edges; and what is no word of a title.
_INNER = frozenset("of the and to for in a an".split())
_FILLERS = frozenset("um uh er erm ah oh hm hmm mm mhm yeah yep okay ok gonna wanna gotta".split())
_EDGES = re.compile(r"^[^\w$]+|[^\w%+#]+$")
_FIRST_WORDS = 6
_PHRASES = 2  # in one title


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A title a chapter might have, and how much it tells of it."""

    chapter: int
    title: str
    key: str
    score: float


@dataclass(frozen=True, slots=True)
class _Run:
    """One to three words that could be a title: folded, as said, and whether they stand like a noun."""

    key: str
    said: str
    noun: bool


def find_titles(
    interview: Interview, chapters: Sequence[int], topics: Mapping[str, Topic]
) -> tuple[str, ...]:
    """A title for each chapter; `chapters` are their first words, one at least.

    Every word of a title is of a topic's name or is said in the chapter, and
    no topic or phrase stands in two. Where nothing telling is said twice in a
    chapter, its title is its first words.
    """
    words = [word for turn in interview.turns for p in turn.paragraphs for word in p.raw]
    edges = [*chapters, len(words) + 1]
    parts = [words[first - 1 : end - 1] for first, end in pairwise(edges)]
    mentions = (
        (mention.topic, bisect(chapters, mention.paragraph.first_word) - 1)
        for mention in find_mentions(interview, topics)
    )
    titles = _chosen(_topics(Counter(mentions), topics), 1)
    named = {stem(same_word_form(word)) for title in titles.values() for word in title.split()}
    speakers = {same_word_form(part) for who in interview.people for part in who.person.name.split()}
    phrases = _chosen((c for c in _phrases(parts, speakers) if c.chapter not in titles), _PHRASES, named)
    return tuple(titles.get(n) or phrases.get(n) or _first_words(part) for n, part in enumerate(parts))


def _chosen(candidates: Iterable[_Candidate], most: int, named: Iterable[str] = ()) -> dict[int, str]:
    """The best candidates of each chapter, at most so many; what one has or is `named`, no other gets."""
    found: dict[int, list[str]] = {}
    taken = set(named)
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.chapter, c.key)):
        own = found.setdefault(candidate.chapter, [])
        stems = set(map(stem, candidate.key.split()))
        if len(own) < most and not stems & taken:
            own.append(candidate.title)
            taken |= stems
    return {chapter: _opened(", ".join(titles)) for chapter, titles in found.items() if titles}


def _opened(title: str) -> str:
    """A title begins with a capital, but for a name that has one inside ("iPhone")."""
    named = any(map(str.isupper, title.split(" ")[0][1:]))
    return title if named else title[:1].upper() + title[1:]


def _first_words(chapter: Sequence[str]) -> str:
    return f"“{_EDGES.sub('', join(chapter[:_FIRST_WORDS]))} …”"


def _topics(mentions: Counter[tuple[str, int]], topics: Mapping[str, Topic]) -> Iterator[_Candidate]:
    """Topics by how many passages of a chapter speak of them, less where many chapters do."""
    everywhere = Counter[str]()
    for (topic, _), count in mentions.items():
        everywhere[topic] += count
    for (topic, chapter), count in mentions.items():
        if count >= _ENOUGH:
            yield _Candidate(chapter, topics[topic].name, topic, count * count / everywhere[topic])


def _phrases(chapters: Sequence[Sequence[str]], speakers: Collection[str]) -> Iterator[_Candidate]:
    """Phrases by tf·idf over the chapters (Salton and Buckley 1988), weighted by how rare they are."""
    said = [list(_runs(chapter, speakers)) for chapter in chapters]
    everywhere = Counter(run.key for runs in said for run in runs)
    nouns = Counter(run.key for runs in said for run in runs if run.noun)
    spread = Counter(key for runs in said for key in {run.key for run in runs})
    for number, runs in enumerate(said):
        forms: dict[str, Counter[str]] = {}
        for run in runs:
            forms.setdefault(run.key, Counter())[run.said] += 1
        for key, ways in forms.items():
            if ways.total() >= _ENOUGH and nouns[key] >= _NOUN_SHARE * everywhere[key]:
                idf = math.log((1 + len(chapters)) / spread[key])
                yield _Candidate(number, ways.most_common(1)[0][0], key, ways.total() * idf * _weight(key))


def _runs(chapter: Sequence[str], speakers: Collection[str]) -> Iterator[_Run]:
    """Every run of telling words within a clause."""
    forms = [same_word_form(word) for word in chapter]
    plain = [_EDGES.sub("", word) for word in chapter]
    closes = [not word[-1:].isalnum() for word in chapter]
    tells = [_tells(form, speakers) for form in forms]
    for start in range(len(forms)):
        inside = start > 0 and not closes[start - 1]  # of a clause
        led = inside and (forms[start - 1] in _BEFORE_NOUN or plain[start][:1].isupper())
        for end in range(start, min(start + _LONGEST, len(forms)) if tells[start] else start):
            if end > start and (closes[end - 1] or not (tells[end] or forms[end] in _INNER)):
                break
            if tells[end]:
                goes_on = not closes[end] and end + 1 < len(forms) and tells[end + 1]
                key, words = " ".join(forms[start : end + 1]), " ".join(plain[start : end + 1])
                yield _Run(key, words, noun=led and not goes_on)


def _tells(form: str, speakers: Collection[str]) -> bool:
    letters = form.replace("-", "")
    return (
        len(letters) > 1
        and letters.isalnum()
        and not letters.isdigit()
        and form not in speakers
        and form not in _FILLERS
        and not is_common(form)
    )


def _weight(key: str) -> float:
    """How rare the telling words of a phrase are in English, added up; more words count less each."""
    rarity = [min(8 - zipf_frequency(word, "en"), 6.0) for word in key.split() if word not in _INNER]
    return sum(rarity) / math.sqrt(len(rarity))
