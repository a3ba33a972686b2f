"""Sentence ends and capitals, for recognised speech that runs on without a full stop.

A linear model over the words around a gap says how likely a sentence ends
there (the method of `build_tools.clean.fit_sentences`, which fitted
`sentences.json`; figures and limits are in `sentences.md`). It sees words only,
neither marks nor capitals, so what the rule inserts never changes a score:
after one run no gap is left that a second would fill.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from build_tools.clean.speech import opens_small
from build_tools.model import Replacement, Rule
from build_tools.words import ends_sentence, is_word, same_word_form

# In words: a longer stretch has lost its full stops; longer than the second, it needs one badly.
LONG, VERY_LONG = 40, 80
# Where there is a mark in so many words, somebody or something has punctuated, and it is left alone.
_WORDS_FOR_A_MARK = 20
# Cut by the lower threshold, neither part is shorter.
_SHORTEST_PART = 5

# A boundary is told by runs of words around it: where a run begins (0 is the word before
# the gap, 1 the word after it) and of how many words it is.
TEMPLATES = (
    *((at, 1) for at in range(-2, 4)),
    *((at, 2) for at in range(-1, 3)),
    *((at, 3) for at in range(-2, 2)),
)
REACH = 3
LONGEST_RUN = 3
# What joins the words of a run in `sentences.json`.
JOINT = "_"

_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_MARK = re.compile(r"[,;:](?=\s)|[—–]")
_TOKEN = re.compile(r"\S+")
_STANDS_SMALL = re.compile(r"(?<![^\s“‘\"'(])i(?=(?:['’](?:m|ve|ll|d))?[,;:]?[”\"'’)]*(?:\s|$))")
_SUFFIXES = ("ing", "ed", "ly", "er", "'s", "s")

_LONGEST_QUESTION = 16
_OPENERS = frozenset("and so but or well okay yeah now um uh like then because".split())
_ASKING = frozenset("what how why where when who which".split())
_INVERTED = frozenset(
    "do does did is are was were can could would will should have has had "
    "don't doesn't didn't isn't aren't wasn't can't couldn't wouldn't won't shouldn't haven't hasn't".split()
)
_SUBJECTS = frozenset("i you we they he she it there that this these those anyone anybody people".split())


@dataclass(frozen=True, slots=True)
class Model:
    """Fitted weights, one table for each template; words it does not know go by their endings."""

    bias: int
    sure: int
    likely: int
    known: frozenset[str]
    tables: tuple[dict[str, int], ...]


def unpacked(data: str) -> Model:
    """The model in a JSON text, where runs of words of one weight stand together."""
    packed = json.loads(data)
    tables = [
        {run: int(weight) for weight in table for run in table[weight].split()} for table in packed["tables"]
    ]
    return Model(
        packed["bias"], packed["sure"], packed["likely"], frozenset(packed["known"].split()), tuple(tables)
    )


@lru_cache(maxsize=1)
def fitted() -> Model:
    """The model in `sentences.json`."""
    return unpacked(files("build_tools.clean").joinpath("sentences.json").read_text("utf-8"))


def word_class(form: str) -> str:
    """What stands for a word too rare to be known.

    >>> word_class("1995"), word_class("fingerprinting"), word_class("zebra")
    ('#', '*ing', '*')
    """
    if form[:1].isdigit():
        return "#"
    return "*" + next(filter(form.endswith, _SUFFIXES), "")


def scores(forms: Sequence[str], model: Model) -> list[int]:
    """For each word, how much speaks for a sentence that ends with it.

    >>> said = "i think that is right what do you think of it".split()
    >>> marks = scores(said, fitted())
    >>> said[marks.index(max(marks[:-1]))]
    'right'
    """
    known = model.known
    words = [form if form in known else word_class(form) for form in forms]
    padded = ["", *[""] * REACH, *words, *[""] * (REACH + LONGEST_RUN)]
    pairs = list(map(JOINT.join, pairwise(padded)))
    triples = list(map(JOINT.join, zip(padded, padded[1:], padded[2:], strict=False)))
    runs = (padded, pairs, triples)
    result = [model.bias] * len(words)
    for (at, size), table in zip(TEMPLATES, model.tables, strict=True):
        column, first = runs[size - 1], REACH + 1 + at
        get = table.get
        result = [
            score + get(run, 0) for score, run in zip(result, column[first : first + len(words)], strict=True)
        ]
    return result


def is_question(sentence: Sequence[str]) -> bool:
    """Whether a short sentence opens as a question does; words in small letters.

    >>> is_question("so what do you think of it".split()), is_question("is it over".split())
    (True, True)
    >>> is_question("what i think is this".split()), is_question("do it".split())
    (False, False)
    """
    opening = list(sentence[:5])
    while opening and opening[0] in _OPENERS:
        opening.pop(0)
    if len(sentence) > _LONGEST_QUESTION or len(opening) < 3:
        return False
    if opening[0] in _ASKING:
        return opening[1] in _INVERTED and opening[2] in _SUBJECTS | {"the", "your"}
    return opening[0] in _INVERTED and opening[1] in _SUBJECTS


def find(text: str) -> list[Replacement]:
    """End sentences where a text runs on, and give their first words and “I” capitals.

    >>> from build_tools.clean.engine import rewrite
    >>> said = (
    ...     "we worked on it for a long time and in the end it was good enough to show to people thank "
    ...     "you so much for that do you think it will work yeah i think it will i mean we will see"
    ... )
    >>> page = rewrite(said, RULE)
    >>> page[74:]
    'to people thank you so much for that. Do you think it will work? Yeah I think it will I mean we will see'
    >>> page == rewrite(page, RULE)
    True

    Text that is punctuated stays as it is.

    >>> find("i think so. it is " + "very " * 30 + "good. thanks a lot.")
    []
    """
    stretches = list(_stretches(text))
    if not stretches:
        return []
    tokens = [match.span() for match in _TOKEN.finditer(text) if is_word(match[0])]
    changes: list[Replacement] = []
    at = 0
    for start, end in stretches:
        while tokens[at][0] < start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at][0] < end:
            at += 1
        changes += _punctuated(text, tokens, first, at)
    return changes


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where a text goes on for long with neither full stop nor comma."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if end - start > 2 * LONG:
            said = text[start:end]
            words = sum(map(is_word, said.split()))
            if words > LONG and len(_MARK.findall(said)) * _WORDS_FOR_A_MARK < words:
                yield start, end
        start = end


def _punctuated(text: str, tokens: Sequence[tuple[int, int]], first: int, stop: int) -> list[Replacement]:
    """What one stretch needs, whose tokens are `first` … before `stop`."""
    low, high = max(first - REACH, 0), min(stop + REACH, len(tokens))
    forms = [same_word_form(text[begin:end]) for begin, end in tokens[low:high]]
    model = fitted()
    marks = dict(enumerate(scores(forms, model), low))
    open_to = {
        index: marks[index]
        for index in range(first, stop - 1)
        if marks[index] >= model.likely and _may_end(text, tokens[index], tokens[index + 1])
    }
    ends = sorted(_ends(open_to, first, stop, model))
    changes = []
    begin = first
    for index in ends:
        mark = "?" if is_question(forms[begin - low : index + 1 - low]) else "."
        changes.append(_boundary(text, tokens[index], tokens[index + 1], mark))
        begin = index + 1
    taken = {position for change in changes for position in range(change.start, change.end)}
    for match in _STANDS_SMALL.finditer(text, tokens[first][0], tokens[stop - 1][1]):
        if match.start() not in taken:
            changes.append(Replacement(match.start(), match.end(), "I", "the speaker"))
    return sorted(changes, key=lambda one: one.start)


def _ends(open_to: dict[int, int], first: int, stop: int, model: Model) -> Iterator[int]:
    """All that is sure; then, as long as a part is very long, what is likeliest in it."""
    sure = [index for index, score in open_to.items() if score >= model.sure]
    yield from sure
    edges = [first - 1, *sure, stop - 1]
    parts = list(pairwise(edges))
    while parts:
        before, last = parts.pop()
        if last - before <= VERY_LONG:
            continue
        inner = range(before + _SHORTEST_PART, last - _SHORTEST_PART + 1)
        best = max(
            (index for index in inner if index in open_to), key=lambda i: (open_to[i], i), default=None
        )
        if best is not None:
            yield best
            parts += [(before, best), (best, last)]


def _may_end(text: str, token: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a full stop can stand between two tokens: no dash or quote is in the way, and it will be read as one."""
    word = text[slice(*token)].rstrip(",;:")
    free = (word[-1:].isalnum() or word.endswith("%")) and text[token[1] : following[0]].isspace()
    return free and len(word) > 1 and ends_sentence(word.capitalize() + ".") and ends_sentence(word + ".")


def _boundary(text: str, token: tuple[int, int], following: tuple[int, int], mark: str) -> Replacement:
    """The end of one sentence and the beginning of the next."""
    start = token[0] + len(text[slice(*token)].rstrip(",;:"))
    letter = next(at for at in range(*following) if text[at].isalnum())
    capital = text[letter].upper()
    if not opens_small(text, letter) or len(capital) > 1 or capital.casefold() != text[letter].casefold():
        return Replacement(start, token[1], mark)
    return Replacement(start, letter + 1, mark + text[token[1] : letter] + capital)


RULE = Rule("sentence", "a sentence ends here, to judge by the words", find)
