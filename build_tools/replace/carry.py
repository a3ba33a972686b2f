"""Carry an edition over to another transcript of the same talk.

Where words stayed, the edition's own text stays: what the editor changed in
them, corrections, notes and comments included. What the editor left alone is
written as the new transcript has it. Names, paragraphs and chapters stand
before the words that they stood before. A notable quote is marked at the words
that it has become, where it is still a quote of one person, in one paragraph;
where it reads otherwise now, that is told.
The result is proven by whoever asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import yaml

from build_tools.addresses import Addresses, resolve
from build_tools.edition.marks import escape
from build_tools.edition.meta import is_unknown
from build_tools.model import Former, Heading, Run, Transcript, WordRange
from build_tools.replace.units import Seam, Sheet, Unit, cut, is_called, reading, retitled
from build_tools.replace.voices import NOBODY, Places, Voice, places, side, voices
from build_tools.review.places import without_quotes
from build_tools.review.proven import Proven, read_proven
from build_tools.words import fingerprint, join, same_word_form, same_words, split_words

_WORDS = re.compile(r"(?m)^words:[^\n]*(?:\n[^\S\n]+[^\n]*)*")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mark, as it was written: `now` the words in its place, at word `at` (from 0)."""

    mark: str
    now: str
    at: int


@dataclass(frozen=True, slots=True)
class Carried:
    """An edition's new text, and what was carried into it.

    `starts` has the character at which each new word, or the mark with it, begins.
    """

    text: str
    starts: Mapping[int, int]
    corrections: int
    right_now: tuple[Fate, ...]
    elsewhere: tuple[Fate, ...]
    turns: int
    turns_gone: int
    chapters: int
    chapters_gone: tuple[str, ...]
    doubtful: int  # words that bear (?) now
    unknown: int  # words that nobody says now
    quotes: int = 0
    quotes_gone: tuple[Fate, ...] = ()
    quotes_changed: tuple[Fate, ...] = ()  # they are marked, and read otherwise


@dataclass(frozen=True, slots=True)
class _Ground:
    """All that the parts of carrying need to know."""

    page: Proven
    sheet: Sheet
    new: Transcript
    written: Sequence[str]
    given: Places
    said: Sequence[Voice]


class _Bounds(NamedTuple):
    """A unit of the new edition: its first word, from 0, and its first and last character, as a slice."""

    at: int
    start: int
    end: int


def carry(page: Proven, new: Transcript, written: Sequence[str], runs: Sequence[Run], first: int) -> Carried:
    """The edition `page`, for the words of `new`, which are written so, and numbered from `first`."""
    quotes, page = (
        [one.words for one in page.edition.quotes],
        read_proven(without_quotes(page.text), page.ground),
    )
    given = places(runs)
    said = voices(new.words, given, [label.first_word for label in page.labels])
    ground = _Ground(page, cut(page), new, written, given, said)
    staying = _staying(ground)
    right, elsewhere = _fates(ground, staying)
    seams = _seams(ground)
    front = _WORDS.sub(lambda _: _words_line(new, first), ground.sheet.front, count=1)
    text, bounds = _assembled(ground, staying, seams, front)
    text, bounds, lost, changed = _with_quotes(ground, text, bounds, quotes, runs)
    headings = [heading for seam in ground.sheet.seams for heading in seam.headings]
    placed = [heading for group in seams.values() for heading in _heading(group)]
    gone = list(headings)
    for heading in placed:
        gone.remove(heading)
    heard = {voice.label for voice in said} - {NOBODY}
    return Carried(
        text=text,
        starts={at: start for at, start, _ in bounds},
        corrections=sum(unit.is_marked for unit in staying.values()),
        right_now=tuple(right),
        elsewhere=tuple(elsewhere),
        turns=len(heard),
        turns_gone=len(page.labels) - len(heard),
        chapters=len(placed),
        chapters_gone=tuple(gone),
        doubtful=sum(voice.doubtful for voice in said),
        unknown=sum(voice.label == NOBODY for voice in said),
        quotes=len(quotes) - len(lost),
        quotes_gone=lost,
        quotes_changed=changed,
    )


def _words_line(new: Transcript, first: int) -> str:
    record: dict[str, object] = {"count": len(new.words), "sha256": fingerprint(new.words)}
    if first > 1:
        record["first"] = first
    flow = yaml.safe_dump(record, default_flow_style=True, sort_keys=False, width=float("inf"))
    return f"words: {flow.strip()}"


# ── units ────────────────────────────────────────────────────────────────────


def _staying(ground: _Ground) -> dict[int, Unit]:
    """The units whose words all stayed, side by side, by their first new word."""
    found: dict[int, Unit] = {}
    headed = {heading.first_word - 1 for heading in ground.new.headings}
    for unit in ground.sheet.units:
        now = ground.given.now[unit.first - 1 : unit.last]
        first = now[0]
        if first is None or now != tuple(range(first, first + len(now))):
            continue
        if headed.intersection(now[1:]):
            continue
        if all(ground.given.kept[first : first + len(now)]) and not _said_now(ground, unit, first):
            found[first] = unit
    return found


def _said_now(ground: _Ground, unit: Unit, first: int) -> bool:
    """Whether the new transcript itself has the words that an editor put in after these."""
    if unit.edit is None:
        return False
    forms = _forms(unit.edit.after)
    there = [same_word_form(word) for word in ground.new.words[first : first + len(forms)]]
    return len(forms) > unit.last - unit.first + 1 and there == forms


def _fates(ground: _Ground, staying: Mapping[int, Unit]) -> tuple[list[Fate], list[Fate]]:
    """The marks whose words are now as the editor wished, and those whose words are others."""
    right: list[Fate] = []
    elsewhere: list[Fate] = []
    still = {unit.first for unit in staying.values()}
    for unit in ground.sheet.units:
        if unit.first in still or not unit.is_marked:
            continue
        first = ground.given.last_now(unit.first - 1) + 1
        end = ground.given.next_now(unit.last)
        fate = Fate(unit.text, join(ground.new.words[first:end]), min(first, len(ground.new.words) - 1))
        wished = _forms(unit.edit.after) if unit.edit else []
        there = [same_word_form(word) for word in ground.new.words[first:end]]
        (right if unit.edit and _holds(there, wished) else elsewhere).append(fate)
    return right, elsewhere


def _holds(there: Sequence[str], wished: Sequence[str]) -> bool:
    """Whether words stand among others, in a row; no words only where there are none."""
    if not wished:
        return not there
    return any(there[at : at + len(wished)] == wished for at in range(len(there)))


def _forms(text: str) -> list[str]:
    return [same_word_form(word) for word in split_words(text)]


# ── seams ────────────────────────────────────────────────────────────────────


def _seams(ground: _Ground) -> dict[int, list[Seam]]:
    """What stands before each new word, by that word; what nothing follows is left out."""
    found: dict[int, list[Seam]] = defaultdict(list)
    given = ground.given
    for unit, seam in zip(ground.sheet.units, ground.sheet.seams, strict=True):
        if not seam.is_structural:
            continue
        before, after = given.last_now(unit.first - 1), given.next_now(unit.first - 1)
        if unit.first == 1:
            after = 0
        elif before + 1 < after and side(ground.new.words, before + 1, after - 1) == "after":
            after = before + 1
        if after < len(given.before):
            found[after].append(seam)
    return dict(found)


def _heading(seams: Sequence[Seam]) -> list[str]:
    """The heading that stays where several stand before one word: the last."""
    return [heading for seam in seams for heading in seam.headings][-1:]


def _seam(ground: _Ground, at: int, seams: Sequence[Seam]) -> str:
    """What stands before new word `at`, where that is more than white space."""
    voice = ground.said[at]
    changed = at == 0 or voice != ground.said[at - 1]
    label = _label(ground, voice) if changed else ""
    heading = _entitled(_heading(seams), ground.new.headings, at + 1)
    if len(seams) == 1 and seams[0].label == label and seams[0].headings == heading:
        return seams[0].text
    comments = [comment for seam in seams for comment in seam.comments]
    runs_in = seams or ground.page.meta.kind == "article"
    if runs_in and not heading and not any(seam.breaks for seam in seams):
        return " " + "".join(f"{part} " for part in [*comments, label] if part)
    above = "".join(f"\n\n{part}" for part in [*comments, *heading])
    return f"{above}\n\n{label} " if label else f"{above}\n\n"


def _entitled(heading: list[str], headings: Sequence[Heading], word: int) -> list[str]:
    """The heading before a word, where the new transcript has headings of its own."""
    own = next((one.title for one in headings if one.first_word == word), "")
    if own:
        called = bool(heading) and is_called(heading[0], own)
        return heading if called else [retitled("".join(heading), own)]
    return [one for one in heading if not any(is_called(one, other.title) for other in headings)]


def _label(ground: _Ground, voice: Voice) -> str:
    """A name between stars, as the edition has it, or as the doubt about it demands."""
    if voice.label == NOBODY:
        return "**Unknown:**"
    label = ground.page.labels[voice.label]
    if voice.doubtful and not is_unknown(label.name):
        return f"**{escape(label.name)} (?):**"
    return ground.page.text[label.start : label.end]


# ── the text ─────────────────────────────────────────────────────────────────


def _assembled(
    ground: _Ground, staying: Mapping[int, Unit], seams: Mapping[int, list[Seam]], front: str
) -> tuple[str, list[_Bounds]]:
    """The new edition, and where each unit stands in it."""
    parts, bounds, length = [front], list[_Bounds](), len(front)
    for between, at, text in _pieces(ground, staying, seams):
        start = length + len(between)
        length = start + len(text)
        bounds.append(_Bounds(at, start, length))
        parts += [between, text]
    return "".join(parts) + ground.sheet.end, bounds


def _pieces(
    ground: _Ground, staying: Mapping[int, Unit], seams: Mapping[int, list[Seam]]
) -> Iterator[tuple[str, int, str]]:
    """What stands before a unit, its first new word, its text."""
    spaces = dict(zip((unit.first for unit in ground.sheet.units), ground.sheet.seams, strict=True))
    headed = {heading.first_word - 1 for heading in ground.new.headings}
    at, follows = 0, 0  # the old word that would follow the unit before
    while at < len(ground.written):
        unit = staying.get(at)
        size = unit.last - unit.first + 1 if unit else 1
        if at in seams or at in headed or at == 0 or ground.said[at] != ground.said[at - 1]:
            between = _seam(ground, at, seams.get(at, []))
        elif unit and unit.first == follows and not spaces[unit.first].is_structural:
            between = spaces[unit.first].text
        else:
            between = " "
        if unit and (unit.edit or unit.is_marked):
            yield between, at, unit.text
        else:
            yield between, at, escape(join(ground.written[at : at + size]))
        follows = unit.last + 1 if unit else 0
        at += size


# ── notable quotes ───────────────────────────────────────────────────────────


def _with_quotes(
    ground: _Ground, text: str, bounds: list[_Bounds], quotes: Sequence[WordRange], runs: Sequence[Run]
) -> tuple[str, list[_Bounds], tuple[Fate, ...], tuple[Fate, ...]]:
    """The new edition with its quotes marked, where its units stand then, and the quotes gone, and changed."""
    old = Addresses(len(ground.page.ground.slots) + 1, (_former(ground, runs),))
    lost: list[Fate] = []
    changed: list[Fate] = []
    marks: list[int] = []  # characters before which a mark stands
    for quote in quotes:
        landing = resolve(old, quote.first_word, quote.last_word)
        assert landing is not None, "the words of a quote are words of the edition"
        low, high = landing.first_word - old.first_word, landing.last_word - old.first_word
        here = None if landing.is_gone else _place(ground, text, bounds, low, high)
        if here is None or (marks and here[0] <= marks[-1]):
            lost.append(_lost(ground, quote, low, high, landing.nearest - old.first_word))
            continue
        marks += here
        before, now = _read_before(ground, quote), reading(text[slice(*here)])
        if not same_words(before, now):
            changed.append(Fate(f"=={before}==", now, low))
    for mark in reversed(marks):
        text = f"{text[:mark]}=={text[mark:]}"
    return text, [_moved(one, marks) for one in bounds], tuple(lost), tuple(changed)


def _read_before(ground: _Ground, quote: WordRange) -> str:
    """What a quote read in the edition before."""
    units = (one for one in ground.sheet.units if quote.first_word <= one.first <= quote.last_word)
    return join(reading(one.text) for one in units)


def _former(ground: _Ground, runs: Sequence[Run]) -> Former:
    return Former(1, tuple(ground.page.ground.transcript.words), tuple(runs))


def _place(
    ground: _Ground, text: str, bounds: Sequence[_Bounds], low: int, high: int
) -> tuple[int, int] | None:
    """Where a quote of words `low`…`high` opens and closes; None where these are no quote of one person."""
    units = [
        one
        for one, after in zip_longest(bounds, bounds[1:])
        if one.at <= high and not (after and after.at <= low)
    ]
    start, end = units[0].start, units[-1].end
    said = set(ground.said[units[0].at : high + 1])
    label = next(iter(said)).label
    if len(said) > 1 or label == NOBODY or next(iter(said)).doubtful:
        return None
    by = ground.page.labels[label]
    if by.uncertain or is_unknown(by.name) or Seam(text[start:end]).is_parted:
        return None
    return start, end


def _moved(one: _Bounds, marks: Sequence[int]) -> _Bounds:
    """Where a unit stands behind the marks before it; a mark that opens before it is part of it."""
    before, within = bisect_left(marks, one.start), bisect_right(marks, one.end)
    return _Bounds(one.at, one.start + 2 * before, one.end + 2 * within)


def _lost(ground: _Ground, quote: WordRange, low: int, high: int, nearest: int) -> Fate:
    words = join(ground.page.ground.slots[quote.first_word - 1 : quote.last_word])
    now = join(ground.new.words[low : high + 1]) if low >= 0 else ""
    return Fate(f"=={words}==", now, min(max(low, nearest, 0), len(ground.new.words) - 1))
