"""Carry an edition over to another transcript of the same talk.

Where words stayed, the edition's own text stays: what the editor changed in
them, corrections, notes and comments included. What the editor left alone is
written as the new transcript has it. Names, paragraphs and chapters stand
before the words that they stood before; notable quotes follow (`quotes`). The
result is proven by whoever asks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from build_tools.edition.marks import escape
from build_tools.edition.meta import is_unknown
from build_tools.model import Heading, Run, Transcript
from build_tools.replace.ground import Bounds, Fate, Ground
from build_tools.replace.quotes import mark_quotes
from build_tools.replace.units import Seam, Unit, cut, is_called, retitled
from build_tools.replace.voices import NOBODY, Voice, places, side, voices
from build_tools.review.places import without_quotes
from build_tools.review.proven import Proven, read_proven
from build_tools.words import fingerprint, join, same_word_form, split_words

_WORDS = re.compile(r"(?m)^words:[^\n]*(?:\n[^\S\n]+[^\n]*)*")


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


def carry(page: Proven, new: Transcript, written: Sequence[str], runs: Sequence[Run], first: int) -> Carried:
    """The edition `page`, for the words of `new`, which are written so, and numbered from `first`."""
    quotes, page = (
        [one.words for one in page.edition.quotes],
        read_proven(without_quotes(page.text), page.ground),
    )
    given = places(runs)
    said = voices(new.words, given, [label.first_word for label in page.labels])
    ground = Ground(page, cut(page), new, written, given, said)
    staying = _staying(ground)
    right, elsewhere = _fates(ground, staying)
    seams = _seams(ground)
    front = _WORDS.sub(lambda _: _words_line(new, first), ground.sheet.front, count=1)
    text, bounds = _assembled(ground, staying, seams, front)
    marked = mark_quotes(ground, text, bounds, quotes, runs)
    headings = [heading for seam in ground.sheet.seams for heading in seam.headings]
    placed = [heading for group in seams.values() for heading in _heading(group)]
    gone = list(headings)
    for heading in placed:
        gone.remove(heading)
    heard = {voice.label for voice in said} - {NOBODY}
    return Carried(
        text=marked.text,
        starts={at: start for at, start, _ in marked.bounds},
        corrections=sum(unit.is_marked for unit in staying.values()),
        right_now=tuple(right),
        elsewhere=tuple(elsewhere),
        turns=len(heard),
        turns_gone=len(page.labels) - len(heard),
        chapters=len(placed),
        chapters_gone=tuple(gone),
        doubtful=sum(voice.doubtful for voice in said),
        unknown=sum(voice.label == NOBODY for voice in said),
        quotes=len(quotes) - len(marked.gone),
        quotes_gone=marked.gone,
        quotes_changed=marked.changed,
    )


def _words_line(new: Transcript, first: int) -> str:
    record: dict[str, object] = {"count": len(new.words), "sha256": fingerprint(new.words)}
    if first > 1:
        record["first"] = first
    flow = yaml.safe_dump(record, default_flow_style=True, sort_keys=False, width=float("inf"))
    return f"words: {flow.strip()}"


# ── units ────────────────────────────────────────────────────────────────────


def _staying(ground: Ground) -> dict[int, Unit]:
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


def _said_now(ground: Ground, unit: Unit, first: int) -> bool:
    """Whether the new transcript itself has the words that an editor put in after these."""
    if unit.edit is None:
        return False
    forms = _forms(unit.edit.after)
    there = [same_word_form(word) for word in ground.new.words[first : first + len(forms)]]
    return len(forms) > unit.last - unit.first + 1 and there == forms


def _fates(ground: Ground, staying: Mapping[int, Unit]) -> tuple[list[Fate], list[Fate]]:
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


def _seams(ground: Ground) -> dict[int, list[Seam]]:
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


def _seam(ground: Ground, at: int, seams: Sequence[Seam]) -> str:
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


def _label(ground: Ground, voice: Voice) -> str:
    """A name between stars, as the edition has it, or as the doubt about it demands."""
    if voice.label == NOBODY:
        return "**Unknown:**"
    label = ground.page.labels[voice.label]
    if voice.doubtful and not is_unknown(label.name):
        return f"**{escape(label.name)} (?):**"
    return ground.page.text[label.start : label.end]


# ── the text ─────────────────────────────────────────────────────────────────


def _assembled(
    ground: Ground, staying: Mapping[int, Unit], seams: Mapping[int, list[Seam]], front: str
) -> tuple[str, list[Bounds]]:
    """The new edition, and where each unit stands in it."""
    parts, bounds, length = [front], list[Bounds](), len(front)
    for between, at, text in _pieces(ground, staying, seams):
        start = length + len(between)
        length = start + len(text)
        bounds.append(Bounds(at, start, length))
        parts += [between, text]
    return "".join(parts) + ground.sheet.end, bounds


def _pieces(
    ground: Ground, staying: Mapping[int, Unit], seams: Mapping[int, list[Seam]]
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
