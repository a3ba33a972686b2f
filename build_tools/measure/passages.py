"""Text to measure on: turns of a corpus, and passages cut from them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from random import Random

from build_tools.clean.fluency import prior, prior_of
from build_tools.model import Interview
from build_tools.words import ends_sentence, join, split_words

CORPUS = "dev.jsonl.gz"
_SEED = "passages"
_SHORTEST, _LONGEST = 20, 60
# Certain stumbles in ten thousand words: as our own talks have them (8, 30 and 57), and as edited text does.
RATES = {"recognised speech": 30.0, "edited text": 1.2}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one speaker's words, where it stands, and how much speaks for stumbles there."""

    where: str
    text: str
    prior: int = 0


def edited_turns(folder: Path) -> dict[str, list[Passage]]:
    """The turns of a corpus that people have edited, by show.

    Shows that are recognised speech, even where it was looked over, are left
    out: what cleaning takes out of them is mostly what it should.
    """
    shows: dict[str, list[Passage]] = {}
    with gzip.open(folder / CORPUS, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["quality"].startswith("human-edited"):
                shows.setdefault(record["show"], []).extend(_turns(record))
    return shows


def _turns(record: dict[str, object]) -> Iterator[Passage]:
    turns = record["turns"]
    assert isinstance(turns, list)
    readily = prior(word for turn in turns for word in split_words(turn["text"]))
    for number, turn in enumerate(turns, 1):
        if split_words(turn["text"]):
            yield Passage(f"{record['id']}, turn {number}", turn["text"], readily)


def choose(shows: dict[str, list[Passage]], words: int) -> list[Passage]:
    """Turns of all shows by turns, in an order of chance, until there are so many words.

    >>> turns = [Passage(str(n), "two words") for n in range(9)]
    >>> len(choose({"long": turns, "short": turns[:1]}, 8))
    4
    """
    orders = [_shuffled(turns, show) for show, turns in sorted(shows.items())]
    chosen: list[Passage] = []
    count = 0
    for turn in filter(None, (turn for row in zip_longest(*orders) for turn in row)):
        if count >= words:
            break
        chosen.append(turn)
        count += len(split_words(turn.text))
    return chosen


def own_turns(interviews: Iterable[Interview]) -> list[Passage]:
    """The cleaned paragraphs of an archive's own interviews, articles aside."""
    spoken = [(one, prior(_raw_words(one))) for one in interviews if one.kind != "article"]
    return [
        Passage(f"{interview.slug}#{paragraph.id}", paragraph.text, readily)
        for interview, readily in spoken
        for turn in interview.turns
        for paragraph in turn.paragraphs
    ]


def _raw_words(interview: Interview) -> Iterator[str]:
    return (word for turn in interview.turns for paragraph in turn.paragraphs for word in paragraph.raw)


def in_talk(passages: Iterable[Passage], rate: float) -> list[Passage]:
    """The same passages, as if their speakers stumbled so often (`fluency.disfluency_rate`)."""
    return [replace(passage, prior=prior_of(rate)) for passage in passages]


def _shuffled(turns: Sequence[Passage], show: str) -> list[Passage]:
    order = list(turns)
    Random(f"{_SEED} {show}").shuffle(order)
    return order


def cut(turns: Iterable[Passage], count: int) -> list[Passage]:
    """The first `count` passages of some whole sentences, one from a turn that is long enough."""
    passages: list[Passage] = []
    for turn in turns:
        if len(passages) == count:
            break
        text = _sentences(turn)
        if text:
            passages.append(replace(turn, text=text))
    return passages


def _sentences(turn: Passage) -> str:
    """Sentences from a place of chance, 20 to 60 words in all; nothing where there are none."""
    words = split_words(turn.text)
    ends = [0, *(at for at, word in enumerate(words, 1) if ends_sentence(word))]
    ranges = [(a, b) for a in ends for b in ends if _SHORTEST <= b - a <= _LONGEST]
    if not ranges:
        return ""
    first, last = Random(f"{_SEED} {turn.where}").choice(ranges)
    return join(words[first:last])
