"""Full stops, question marks, commas and capitals, for recognised speech that runs on without them.

A small network (`sentence_network`) says for each gap between two words how
much speaks for each mark. It sees words only, neither marks nor capitals, so
what the rule inserts never changes a score: after one run no gap is left that
a second would fill. Figures and limits are in `sentences.md`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from build_tools.clean.sentence_network import REACH, Fitted, Floats, Odds, fitted, judge
from build_tools.clean.speech import opens_small
from build_tools.model import Replacement, Rule
from build_tools.words import ends_sentence, is_word, same_word_form

__all__ = ["RULE", "find", "fitted", "scores", "stretches"]

# In words: a longer stretch has lost its full stops; longer than the second, it needs one badly.
LONG, VERY_LONG = 40, 60
# A text without any mark has lost them all, unless it is a mere “yeah” or “of course”.
_SHORT = 2
# Where there is a mark in so many words, somebody or something has punctuated, and it is left alone.
_WORDS_FOR_A_MARK = 20
# Cut by the lower threshold, neither part is shorter.
_SHORTEST_PART = 5
# A text of which a smaller share of words is known is in another language.
_LEAST_KNOWN = 0.5
# Words are judged so many at a time, always the same ones together, so that a second run sees the same figures.
_TOGETHER = 512

_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_MARK = re.compile(r"[,;:](?=\s)|[—–]")
_TOKEN = re.compile(r"\S+")
_STANDS_SMALL = re.compile(r"(?<![^\s“‘\"'(])i(?=(?:['’](?:m|ve|ll|d))?[,;:]?[”\"'’)]*(?:\s|$))")


class _Token(NamedTuple):  # there are as many as words
    """A word of a text with the marks about it: where it stands, and its form."""

    start: int
    end: int
    form: str


def scores(forms: Sequence[str], model: Fitted) -> list[float]:
    """For each word, how much speaks for a sentence that ends with it, in log-odds.

    >>> said = "i think that is right what do you think of it".split()
    >>> marks = scores(said, fitted())
    >>> said[marks.index(max(marks[:-1]))]
    'right'
    """
    return [float(odds) for odds in judge(model, forms, 0, len(forms)).end]


def find(text: str) -> list[Replacement]:
    """Mark sentences where a text runs on, and give their first words and “I” capitals.

    >>> from build_tools.clean.engine import rewrite
    >>> said = (
    ...     "we worked on it for a long time and in the end it was good enough to show to people thank "
    ...     "you so much for that do you think it will work yeah i think it will i mean we will see"
    ... )
    >>> page = rewrite(said, RULE)
    >>> page[75:]
    'to people. Thank you so much for that. Do you think it will work? Yeah, I think it will. I mean, we will see.'
    >>> page == rewrite(page, RULE)
    True

    Text that is punctuated stays as it is, and so does text in another language.

    >>> find("i think so. it is " + "very " * 30 + "good. thanks a lot.")
    []
    >>> find("ich glaube dass wir in den jahren die kommen sehen werden wie sich das alles wandelt " * 5)
    []
    """
    found = list(stretches(text))
    if not found:
        return []
    tokens = [
        _Token(*match.span(), same_word_form(match[0]))
        for match in _TOKEN.finditer(text)
        if is_word(match[0])
    ]
    forms = [token.form for token in tokens]
    if not _is_english(forms):
        return []
    ranges = list(_ranges(tokens, found))
    odds = _judged(forms, ranges)
    return [change for first, stop in ranges for change in _punctuated(text, tokens, odds, first, stop)]


def _is_english(forms: Sequence[str]) -> bool:
    known = fitted().vocabulary
    return sum(form in known for form in forms) >= _LEAST_KNOWN * len(forms)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where a text goes on for long with neither full stop nor comma; all of it, if it has no mark at all."""
    ends = [match.end() for match in _END.finditer(text)]
    least = LONG if ends or _MARK.search(text) else _SHORT
    start = 0
    for end in [*ends, len(text)]:
        if end - start > 2 * least:
            said = text[start:end]
            words = sum(map(is_word, said.split()))
            if words > least and len(_MARK.findall(said)) * _WORDS_FOR_A_MARK < words:
                yield start, end
        start = end


def _ranges(tokens: Sequence[_Token], found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The tokens of each stretch: the first, and the first after it."""
    at = 0
    for start, end in found:
        while tokens[at].start < start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at].start < end:
            at += 1
        yield first, at


def _judged(forms: Sequence[str], ranges: Iterable[tuple[int, int]]) -> Odds:
    """What speaks for each mark after the words of these ranges; nothing at all after most others."""
    odds = np.full((3, len(forms)), -np.inf, np.float32)
    blocks = {
        block for first, stop in ranges for block in range(first // _TOGETHER, (stop - 1) // _TOGETHER + 1)
    }
    for block in sorted(blocks):
        first, stop = block * _TOGETHER, min((block + 1) * _TOGETHER, len(forms))
        low = max(first - REACH, 0)
        here = _odds_of(tuple(forms[low : stop + REACH]), first - low, stop - low)
        odds[:, first:stop] = here.end, here.question, here.mark
    return Odds(*odds)


@lru_cache(maxsize=64)  # rules are asked again until nothing changes, and the words stay the same
def _odds_of(forms: tuple[str, ...], first: int, stop: int) -> Odds:
    return judge(fitted(), forms, first, stop)


def _punctuated(text: str, tokens: Sequence[_Token], odds: Odds, first: int, stop: int) -> list[Replacement]:
    """What one stretch needs, whose tokens are `first` … before `stop`."""
    thresholds = fitted().thresholds
    ends = set(_ends(text, tokens, odds, first, stop))
    changes = [
        _boundary(text, tokens[n], tokens[n + 1 : n + 2], odds.question[n] >= thresholds.question)
        for n in ends
    ]
    if first == 0 and ends and (opening := _capital(text, tokens[0])):
        changes.append(opening)
    letters = {change.end - 1 for change in changes}
    changes += (
        Replacement(match.start(), match.end(), "I", "the speaker")
        for match in _STANDS_SMALL.finditer(text, tokens[first].start, tokens[stop - 1].end)
        if match.start() not in letters
    )
    if ends:  # otherwise it is somebody's long sentence
        changes += _commas(text, tokens, _from(odds.mark, thresholds.comma, first, stop), ends)
    return sorted(changes, key=lambda one: one.start)


def _commas(
    text: str, tokens: Sequence[_Token], pauses: Iterable[int], ends: Container[int]
) -> Iterator[Replacement]:
    """Commas for what pauses, but does not end."""
    for n in pauses:
        if n not in ends and n + 1 < len(tokens) and _is_open(text, tokens[n], tokens[n + 1 : n + 2]):
            yield Replacement(tokens[n].end, tokens[n].end, ",", "a pause, to judge by the words")


def _from(odds: Floats, least: float, first: int, stop: int) -> list[int]:
    """Where odds are no lower."""
    return [first + n for n in np.flatnonzero(odds[first:stop] >= least).tolist()]


def _ends(text: str, tokens: Sequence[_Token], odds: Odds, first: int, stop: int) -> Iterator[int]:
    """All ends that are sure; as long as a part is very long, what is likeliest in it; the last word of all."""
    thresholds = fitted().thresholds
    open_to = {
        n: float(odds.end[n])
        for n in _from(odds.end, thresholds.likely, first, stop - 1)
        if _may_end(text, tokens[n], tokens[n + 1 : n + 2])
    }
    if stop == len(tokens) and _may_end(text, tokens[-1], ()):
        yield stop - 1
    sure = [n for n, score in open_to.items() if score >= thresholds.sure]
    yield from sure
    parts = list(pairwise([first - 1, *sure, stop - 1]))
    while parts:
        before, last = parts.pop()
        if last - before <= VERY_LONG:
            continue
        inner = range(before + _SHORTEST_PART, last - _SHORTEST_PART + 1)
        best = max(filter(open_to.__contains__, inner), key=lambda n: (open_to[n], n), default=None)
        if best is not None:
            yield best
            parts += [(before, best), (best, last)]


def _is_open(text: str, token: _Token, following: Sequence[_Token]) -> bool:
    """Whether nothing stands between two words yet: no mark, no dash, no quote; or after the last."""
    last = text[token.end - 1]
    between = text[token.end : following[0].start] if following else text[token.end :] + " "
    return (last.isalnum() or last == "%") and between.isspace()


def _may_end(text: str, token: _Token, following: Sequence[_Token]) -> bool:
    """Whether a full stop can stand after a word, and will be read as one."""
    word = text[token.start : token.end]
    readable = len(word) > 1 and ends_sentence(word.capitalize() + ".") and ends_sentence(word + ".")
    return readable and _is_open(text, token, following)


def _boundary(text: str, token: _Token, following: Sequence[_Token], asks: bool) -> Replacement:
    """The end of one sentence and the beginning of the next, if there is one."""
    mark = "?" if asks else "."
    capital = _capital(text, following[0]) if following else None
    if capital is None:
        return Replacement(token.end, token.end, mark)
    return Replacement(token.end, capital.end, mark + text[token.end : capital.start] + capital.after)


def _capital(text: str, token: _Token) -> Replacement | None:
    """The first letter of a word made a capital, where it is an ordinary word in small letters."""
    letter = next(at for at in range(token.start, token.end) if text[at].isalnum())
    capital = text[letter].upper()
    if not opens_small(text, letter) or len(capital) > 1 or capital.casefold() != text[letter].casefold():
        return None
    return Replacement(letter, letter + 1, capital, "a sentence begins here")


RULE = Rule("sentence", "a sentence ends here, to judge by the words", find)
