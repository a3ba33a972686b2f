"""Edited transcripts as numbers: words without marks, the marks they had, and how they would be heard."""

from __future__ import annotations

import random as chances
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from build_tools.clean.sentence_network import COMMA, MARKS, NOTHING, QUESTION, STOP, encode
from build_tools.evaluate.corpus import Record, common_forms
from build_tools.words import ends_sentence, is_word, same_word_form

# Words of the vocabulary are said in so many shows and talks, so that none is the mark of one host.
_IN_SHOWS, _IN_TALKS, _MOST_WORDS = 3, 10, 8_000
_FORM = re.compile(r"[^\W\d_][^\W\d_'.&-]*(?:['.&-][^\W\d_]+)*\.?'?")

_PAUSE = re.compile(r"(?:\.\.|…)[\"'”’)\]]*$")
_DASH = re.compile(r"[—–-][\"'”’)\]]*$")
_LIGHT = re.compile(r"[,;:][\"'”’)\]]*$")

# What may stand after a word: one bit for each of nothing, comma, full stop and question mark.
ANYTHING = (1 << len(MARKS)) - 1
ONLY_NOTHING, ONLY_COMMA, ONLY_STOP, ONLY_QUESTION = (1 << n for n in (NOTHING, COMMA, STOP, QUESTION))
LIGHT = ONLY_NOTHING | ONLY_COMMA

# Of places where a sentence begins: how many get a word that is said to another, and how many a hesitation;
# of all others, how many a hesitation, and how many the word or two that follow once more.
_ANSWERED, _OPENED, _HESITATED, _REPEATED = 0.05, 0.05, 0.03, 0.012
_ANSWERS = (("yeah",), ("yeah",), ("right",), ("okay",), ("mhm",))
_OPENINGS = (("um",), ("uh",), ("um",), ("like",), ("i", "mean"), ("you", "know"), ("yeah",))
_HESITATIONS = (
    *(("um",), ("uh",), ("like",), ("like",)),
    *(("you", "know"), ("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of")),
)
_TWO_WORDS = 0.3
# Of sentences: how many end a text.
_LAST = 0.02
# How rough: all these shares are multiplied by a number up to this, drawn for each talk.
_ROUGHEST = 2.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A talk: the number of each word, and what may follow it, in bits."""

    words: NDArray[np.int16]
    marks: NDArray[np.uint8]


def spoken(record: Record) -> tuple[list[str], list[int]]:
    """The forms of the words of a talk, one speaker's after the other's, and what may follow each.

    >>> spoken(Record("", "", "", "", {}, (("", "Well, is it? Yes – I"), ("", "It is: so... it"))))
    (['well', 'is', 'it', 'yes', 'i', 'it', 'is', 'so', 'it'], [2, 1, 8, 3, 15, 1, 2, 15, 15])
    """
    forms: list[str] = []
    marks: list[int] = []
    for _, text in record.turns:
        tokens = text.split()
        for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
            if is_word(token):
                forms.append(same_word_form(token))
                marks.append(mark_after(token, after))
            elif marks and marks[-1] == ONLY_NOTHING and _DASH.search(token):
                marks[-1] = LIGHT
    return forms, marks


def mark_after(word: str, after: str) -> int:
    """What may follow a word, given the one after it; three dots do not tell, nor does a speaker cut short.

    >>> [mark_after(word, "and") for word in ("yes.", "yes", "yes?”", "yes,", "ye–", "well...")]
    [4, 1, 8, 2, 3, 15]
    >>> mark_after("no", "")
    15
    """
    if not ends_sentence(word):
        if not after:
            return ANYTHING
        if _LIGHT.search(word):
            return ONLY_COMMA
        return LIGHT if _DASH.search(word) else ONLY_NOTHING
    if _PAUSE.search(word) and after and (not after[0].isupper() or after.split("'")[0] == "I"):
        return ANYTHING
    return ONLY_QUESTION if "?" in word[-3:] else ONLY_STOP


def make_vocabulary(records: Iterable[Record]) -> list[str]:
    """The words worth a place of their own, the commonest first."""
    forms = common_forms(records, _IN_SHOWS, _IN_TALKS)
    return list(islice(filter(_FORM.fullmatch, forms), _MOST_WORDS))


def make_talk(record: Record, vocabulary: Mapping[str, int]) -> Heard:
    """A talk in numbers."""
    forms, marks = spoken(record)
    return Heard(encode(forms, vocabulary).astype(np.int16), np.array(marks, np.uint8))


def roughened(talk: Heard, vocabulary: Mapping[str, int], random: np.random.Generator) -> Heard:
    """A talk as speech recognition hears it: with hesitations, backchannels and words said twice."""
    size = len(talk.words)
    opens = np.concatenate([[True], (talk.marks[:-1] & LIGHT) == 0])
    roll = random.random(size) / random.uniform(0.01, _ROUGHEST)
    answered = opens & (roll < _ANSWERED)
    opened = opens & ~answered & (roll < _ANSWERED + _OPENED)
    hesitated = ~opens & (roll < _HESITATED)
    repeated = ~opens & ~hesitated & (roll < _HESITATED + _REPEATED)
    words: list[Sequence[int]] = []
    marks: list[Sequence[int]] = []
    places = np.flatnonzero(answered | opened | hesitated | repeated)
    pick = chances.Random(int(random.integers(1 << 30)))
    for place in places.tolist():
        if repeated[place]:
            many = 2 if talk.marks[place] == ONLY_NOTHING and pick.random() < _TWO_WORDS else 1
            said: Sequence[int] = talk.words[place : place + many].tolist()
        else:
            ways = _ANSWERS if answered[place] else _OPENINGS if opened[place] else _HESITATIONS
            said = encode(pick.choice(ways), vocabulary).tolist()
        words.append(said)
        marks.append((ONLY_STOP,) if answered[place] else (ONLY_NOTHING,) * (len(said) - 1) + (LIGHT,))
    at = np.repeat(places, [len(said) for said in words])
    return Heard(
        np.insert(talk.words, at, [number for said in words for number in said]),
        np.insert(talk.marks, at, [mark for said in marks for mark in said]),
    )


def parted(talk: Heard, random: np.random.Generator) -> Iterator[Heard]:
    """A talk as texts that end with a sentence, as turns do."""
    ends = np.flatnonzero((talk.marks & LIGHT) == 0) + 1
    chosen = ends[random.random(len(ends)) < _LAST].tolist()
    for first, stop in pairwise([0, *chosen, len(talk.words)]):
        yield Heard(talk.words[first:stop], talk.marks[first:stop])
