"""Addresses outlive a raw file: its numbers are never given again.

The words of a first raw file are numbered from 1. When another takes its
place, its words are numbered from the next ten thousand on: after words 1 to
9,043 come words 10,001 and up. So a number alone tells which file it was given
for; no old address can come to mean other words, and where nothing was ever
replaced, nothing is different. What became of the old words is recorded in
`<slug>.addresses.json` beside the raw file, with those words, so that the
build can prove the record as it proves an edition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, cast

from build_tools.errors import BuildError, Problem
from build_tools.model import Change, Former, Interview, Landing, Run, WordRange
from build_tools.sources import SourceFile
from build_tools.texts import read_utf8
from build_tools.words import fingerprint, same_word_form, split_words

# Where the numbers of the next raw file begin, and how many words stand on a line of the record.
_STEP, _ON_A_LINE = 10_000, 100
_ABOUT = "Where the words of raw files that were replaced are now. Written by `replace`; not to be edited."
_RUNS = re.compile(r"(?:\d{1,9}[=~+-])+")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The numbers of an interview's words, and of those it had before, oldest first."""

    first_word: int = 1
    former: tuple[Former, ...] = ()


def next_first(addresses: Addresses, count: int) -> int:
    """The number of the first word of the next raw file, where the present one has `count` words.

    >>> next_first(Addresses(), 9_043), next_first(Addresses(10_001), 10_000)
    (10001, 20001)
    """
    last = addresses.first_word + count - 1
    return -(-last // _STEP) * _STEP + 1


# ── where words are now ──────────────────────────────────────────────────────


def resolve(addresses: Addresses, first: int, last: int) -> Landing | None:
    """Where words `first`…`last` of a former raw file are now, None where no such file had them."""
    former = next((f for f in addresses.former if f.first_word <= first <= last <= f.last_word), None)
    if former is None:
        return None
    low = high = kept = nearest = 0
    old, new = former.first_word, addresses.first_word
    for run in former.runs:
        start, end = max(old, first), min(old + run.count - 1, last)
        stays = run.change in "=~"
        if run.change != "+" and start <= end:
            nearest = nearest or new + (start - old) * stays
            if stays:
                low, high = low or new + start - old, new + end - old
            kept += (end - start + 1) * (run.change == "=")
        old += run.count * (run.change != "+")
        new += run.count * (run.change != "-")
    return Landing(low, high, kept, last - first + 1, low or min(nearest, new - 1))


# ── the numbers of a page ────────────────────────────────────────────────────


def renumber(interview: Interview, addresses: Addresses) -> Interview:
    """The interview with the numbers by which its words are published."""
    by = addresses.first_word - 1
    if not by and not addresses.former:
        return interview
    return replace(
        interview,
        chapters=tuple(
            replace(one, first_word=one.first_word + by, last_word=one.last_word + by)
            for one in interview.chapters
        ),
        turns=tuple(
            replace(turn, paragraphs=tuple(replace(p, first_word=p.first_word + by) for p in turn.paragraphs))
            for turn in interview.turns
        ),
        edits=tuple(
            replace(one, first_word=one.first_word + by, last_word=one.last_word + by)
            for one in interview.edits
        ),
        former=addresses.former,
        quotes=tuple(WordRange(one.first_word + by, one.last_word + by) for one in interview.quotes),
    )


# ── the record ───────────────────────────────────────────────────────────────


def spell_runs(runs: Iterable[Run]) -> str:
    """Runs as one short text.

    >>> spell_runs([Run("=", 57), Run("~", 1), Run("-", 2)])
    '57=1~2-'
    """
    return "".join(f"{run.count}{run.change}" for run in runs)


def record_text(addresses: Addresses, words: Sequence[str]) -> str:
    """The record of an interview whose raw words now are `words`."""
    former = [
        {
            "first_word": one.first_word,
            "count": len(one.words),
            "changes": spell_runs(one.runs),
            "words": [
                " ".join(one.words[at : at + _ON_A_LINE]) for at in range(0, len(one.words), _ON_A_LINE)
            ],
        }
        for one in addresses.former
    ]
    record = {
        "about": _ABOUT,
        "first_word": addresses.first_word,
        "words": {"count": len(words), "sha256": fingerprint(words)},
        "former": former,
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def load_addresses(file: SourceFile, words: Sequence[str]) -> Addresses:
    """The addresses of a source whose raw words are `words`. Raises `BuildError`."""
    if file.addresses is None:
        return Addresses()
    return read_record(read_utf8(file.addresses, file.addresses_shown), file.addresses_shown, words)


def read_record(text: str, shown: str, words: Sequence[str]) -> Addresses:
    """A record, proven against the raw words. Raises `BuildError` where an address would come to lie."""
    try:
        record = json.loads(text)
        addresses = Addresses(_number(record["first_word"]), tuple(map(_former, record["former"])))
        made_for = (_number(record["words"]["count"]), record["words"]["sha256"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "no record of addresses; restore the file that `replace` wrote"
        raise BuildError([Problem(shown, 1, message)]) from None
    if made_for != (len(words), fingerprint(words)):
        message = (
            "made for another raw file than the one beside it: old links would mark other words. "
            "Restore that raw file, then give the new one to `python -m build_tools replace`"
        )
        raise BuildError([Problem(shown, 1, message)])
    wrong = next(_wrong(addresses, words), "")
    if wrong:
        raise BuildError([Problem(shown, 1, f"{wrong}; restore the file that `replace` wrote")])
    return addresses


def _number(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def _former(record: Mapping[str, Any]) -> Former:
    if not _RUNS.fullmatch(record["changes"]):
        raise ValueError(record["changes"])
    runs = tuple(
        Run(cast(Change, change), int(count))
        for count, change in re.findall(r"(\d+)([=~+-])", record["changes"])
    )
    words = tuple(word for line in record["words"] for word in split_words(line))
    return Former(_number(record["first_word"]), words, runs)


def _wrong(addresses: Addresses, words: Sequence[str]) -> Iterator[str]:
    """What of a record is not so."""
    firsts = [*(one.first_word for one in addresses.former), addresses.first_word]
    if not addresses.former or firsts[0] != 1:
        yield "says nothing of the first raw file"
    for one, following in pairwise([*addresses.former, Former(addresses.first_word, (), ())]):
        if one.last_word >= following.first_word:
            yield f"gives w{following.first_word} twice"
    now = [same_word_form(word) for word in words]
    for one in addresses.former:
        yield from _wrong_runs(one, now)


def _wrong_runs(former: Former, now: Sequence[str]) -> Iterator[str]:
    before = [same_word_form(word) for word in former.words]
    old = new = 0
    for run in former.runs:
        end_old, end_new = old + run.count * (run.change != "+"), new + run.count * (run.change != "-")
        if run.change == "=" and before[old:end_old] != now[new:end_new]:
            yield f"the words from w{former.first_word + old} on are not those it leads to"
        old, new = end_old, end_new
    if (old, new) != (len(before), len(now)):
        yield f"does not tell of every word from w{former.first_word} on"
