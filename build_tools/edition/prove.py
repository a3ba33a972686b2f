"""Hold an edition against the raw words: nothing missing, nothing added.

With every mark rejected, the words of the edition must be the words of the
raw file, in order. What the marks change, and every change of punctuation or
capitals, becomes a recorded edit.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from build_tools.edition.meta import first_number, is_unknown, unknown_role
from build_tools.edition.parse import (
    ChapterLine,
    Chunk,
    EditionText,
    Label,
    ParagraphStart,
)
from build_tools.errors import BuildError, Problem
from build_tools.model import Edit, EditedQuote, EditedTurn, Edition, Heading, Transcript, WordRange
from build_tools.words import has_words, join, same_word_form, same_words, split_words

# How many words to show around the first difference.
_CONTEXT = 6


@dataclass(slots=True)
class _Unit:
    """Words of the edition that stand or fall together, and where they were found."""

    raw: list[str]
    new: str
    line: int
    note: str
    marked: bool
    opens: bool = False  # a notable quote
    closes: bool = False
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Layout:
    """Units in order, and the structure that stands before each of them (by index)."""

    units: list[_Unit] = field(default_factory=list)
    labels: list[tuple[int, Label]] = field(default_factory=list)
    chapters: list[tuple[int, ChapterLine]] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)


def prove_edition(
    edition: EditionText, transcript: Transcript, slots: Sequence[str]
) -> tuple[Edition | None, list[Problem]]:
    """Align an edition with the raw words of its transcript.

    `slots` are the words with their encoding repaired, one slot per raw word.
    A raw word that was nothing but broken punctuation may be left out of the
    edition. Returns no edition where the words differ.
    """
    layout, problems = _lay_out(edition)
    difference = _align(layout.units, edition, transcript, slots)
    if difference:
        return None, [*problems, difference]
    problems += _check_structure(layout, edition)
    if problems:
        return None, problems
    starts = [unit.first for unit in layout.units]
    proven = Edition(
        path=edition.path,
        chapters=tuple(
            Heading(starts[at], chapter.title, chapter.topics, chapter.line)
            for at, chapter in layout.chapters
        ),
        turns=tuple(_turns(layout, starts, len(slots))),
        edits=tuple(_edits(layout.units, transcript.words, slots)),
        quotes=tuple(_quotes(layout.units)),
    )
    return proven, [*_check_headings(proven, transcript), *_check_quoted(proven)]


def word_numbers(edition: EditionText, transcript: Transcript, slots: Sequence[str]) -> list[int]:
    """The first word of every chunk that holds words, in order, of an edition that is proven."""
    layout, _ = _lay_out(edition)
    difference = _align(layout.units, edition, transcript, slots)
    if difference:
        raise BuildError([difference])
    return [unit.first for unit in layout.units]


def _lay_out(edition: EditionText) -> tuple[_Layout, list[Problem]]:
    """Gather chunks into units; marks without words join the word before them."""
    layout = _Layout()
    before = ""  # what stands before the first word of a turn or paragraph
    opens = False  # whether a quote opens with that
    fresh = True
    problems: list[Problem] = []
    for item in edition.items:
        at = len(layout.units)
        if isinstance(item, Label):
            layout.labels.append((at, item))
            fresh = True
        elif isinstance(item, ChapterLine):
            layout.chapters.append((at, item))
        elif isinstance(item, ParagraphStart):
            layout.paragraphs.add(at)
            fresh = True
        elif has_words(item.raw):
            layout.units.append(_unit(item, before, opens))
            before, opens, fresh = "", False, False
        else:
            problems += _check_bounds(item, fresh, opens, edition.path)
            if fresh:
                before, opens = f"{before} {item.new}".strip(), (opens or item.opens) and not item.closes
            else:
                _append(layout.units[-1], item)
    if before:
        problems.append(Problem(edition.path, 1, f"{before!r} belongs to no word of the source"))
    return layout, problems


def _unit(chunk: Chunk, before: str, opens: bool) -> _Unit:
    """A chunk with words, and what stands before them."""
    return _Unit(
        raw=split_words(chunk.raw),
        new=f"{before} {chunk.new}".strip() if before else chunk.new,
        line=chunk.line,
        note=chunk.note,
        marked=chunk.marked or before != "",
        opens=chunk.opens or opens,
        closes=chunk.closes,
    )


def _check_bounds(chunk: Chunk, fresh: bool, opens: bool, shown: str) -> Iterator[Problem]:
    """A quote begins and ends with words of the source; what is none belongs to the word before it."""
    if chunk.opens and not fresh:
        message = f"== opens before {chunk.new!r}, which belongs to the word before it"
        yield Problem(shown, chunk.line, f"{message}; put == directly before a word of the source")
    elif chunk.closes and fresh and (opens or chunk.opens):
        message = f"no word of the source between == and ==, only {chunk.new!r}"
        yield Problem(shown, chunk.line, f"{message}; put a word into the quote, or take the marks out")


def _append(unit: _Unit, chunk: Chunk) -> None:
    unit.new = f"{unit.new} {chunk.new}".strip()
    unit.marked = unit.marked or chunk.marked
    unit.note = unit.note or chunk.note
    unit.closes = unit.closes or chunk.closes


def _align(
    units: list[_Unit], edition: EditionText, transcript: Transcript, slots: Sequence[str]
) -> Problem | None:
    """Give every unit its word range, or tell the first difference."""
    raw = [same_word_form(word) for word in transcript.words]
    repaired = [same_word_form(slot) if has_words(slot) else "" for slot in slots]
    at = 0
    for number, unit in enumerate(units):
        start = None
        for word in unit.raw:
            form = same_word_form(word)
            while at < len(raw) and not repaired[at] and form not in (raw[at], repaired[at]):
                at += 1
            if at == len(raw) or form not in (raw[at], repaired[at]):
                return _difference(units, number, at, edition, transcript)
            start = at if start is None else start
            at += 1
        assert start is not None, "a unit has at least one word"
        unit.first, unit.last = start + 1, at
    while at < len(raw) and not repaired[at]:
        at += 1
    if at < len(raw):
        return _difference(units, len(units), at, edition, transcript)
    _close_gaps(units, len(raw))
    return None


def _close_gaps(units: list[_Unit], count: int) -> None:
    """Broken punctuation that an edition leaves out belongs to the word before it."""
    for unit, following in itertools.pairwise(units):
        unit.last = following.first - 1
    if units:
        units[0].first, units[-1].last = 1, count


def _difference(
    units: Sequence[_Unit], number: int, at: int, edition: EditionText, transcript: Transcript
) -> Problem:
    """Name both files, both lines, and the words around the first difference."""
    there = " ".join(transcript.words[at : at + _CONTEXT]) or "(its end)"
    here = " ".join(word for unit in units[number : number + _CONTEXT] for word in unit.raw)
    before = " ".join(transcript.words[max(0, at - _CONTEXT) : at])
    line = units[min(number, len(units) - 1)].line if units else 1
    published = first_number(edition.meta.get("words"))
    source_line = transcript.lines[min(at, len(transcript.lines) - 1)]
    return Problem(
        edition.path,
        line,
        f"words differ from {transcript.path}:{source_line} at w{at + published}, after “{before}”: "
        f"the source has “{there}”, the edition has “{here or '(its end)'}”; "
        "change words only with {~~old~>new~~}, {++new++} or {--old--}",
    )


def _check_structure(layout: _Layout, edition: EditionText) -> list[Problem]:
    problems = []
    total = len(layout.units)
    if not layout.labels or layout.labels[0][0] > 0:
        line = layout.units[0].line if layout.units else 1
        problems.append(Problem(edition.path, line, "words before the first name; expected **Name:**"))
    ends = [at for at, _ in layout.labels[1:]] + [total]
    for (at, label), end in zip(layout.labels, ends, strict=False):
        if at == end:
            problems.append(Problem(edition.path, label.line, f"{label.name} says nothing here"))
    chapter_ends = [at for at, _ in layout.chapters[1:]] + [total]
    for (at, chapter), end in zip(layout.chapters, chapter_ends, strict=False):
        if at == end:
            problems.append(Problem(edition.path, chapter.line, f"empty chapter {chapter.title!r}"))
    return problems


def _check_headings(edition: Edition, transcript: Transcript) -> Iterator[Problem]:
    """A heading of the source is not spoken, but it must not be lost either."""
    chapters = {chapter.first_word: chapter.title for chapter in edition.chapters}
    for heading in transcript.headings:
        if not same_words(chapters.get(heading.first_word, ""), heading.title):
            message = f"the source's heading {heading.title!r} is missing before w{heading.first_word}"
            yield Problem(edition.path, 1, message + f" ({transcript.path}:{heading.line})")


def _turns(layout: _Layout, starts: Sequence[int], count: int) -> list[EditedTurn]:
    """Turns with their word ranges; a name repeated goes on with the same turn."""
    openings = {starts[at] for at in layout.paragraphs if at < len(starts)}
    turns: list[EditedTurn] = []
    ends = [starts[at] - 1 for at, _ in layout.labels[1:]] + [count]
    for (at, label), last in zip(layout.labels, ends, strict=True):
        first = starts[at]
        speaker = "" if is_unknown(label.name) else label.name
        said_by = (speaker, label.uncertain, unknown_role(label.name))
        previous = turns[-1] if turns else None
        if previous and (previous.speaker, previous.uncertain, previous.role) == said_by:
            turns[-1] = replace(
                previous,
                last_word=last,
                openings=previous.openings | {w for w in openings if first <= w <= last},
            )
            continue
        inside = frozenset(word for word in openings if first <= word <= last)
        turns.append(
            EditedTurn(speaker, label.uncertain, first, last, inside, label.line, unknown_role(label.name))
        )
    return turns


def _quotes(units: Sequence[_Unit]) -> Iterator[EditedQuote]:
    first = line = 0
    for unit in units:
        if unit.opens:
            first, line = unit.first, unit.line
        if unit.closes:
            yield EditedQuote(WordRange(first, unit.last), line)


def _check_quoted(edition: Edition) -> Iterator[Problem]:
    """Nobody is quoted of whom it is not certain that they said it."""
    for quote in edition.quotes:
        turn = next(t for t in edition.turns if t.first_word <= quote.words.first_word <= t.last_word)
        if turn.speaker and not turn.uncertain:
            continue
        who = f"{turn.speaker} (?)" if turn.speaker else "Unknown"
        message = f"a quote of {who}; a quote needs somebody who certainly said it"
        yield Problem(edition.path, quote.line, f"{message}: settle who speaks first, or take == out")


def _edits(units: Sequence[_Unit], words: Sequence[str], slots: Sequence[str]) -> list[Edit]:
    edits = []
    for unit in units:
        here = slice(unit.first - 1, unit.last)
        before = join(slots[here])
        if unit.new in (before, join(words[here])):  # as it reads, or as it was decoded
            continue
        word_changed = not same_words(before, unit.new)
        rule = "edition" if word_changed else "punctuation"
        reason = unit.note or ("misheard" if word_changed else "")
        edits.append(Edit(rule, unit.first, unit.last, before, unit.new, reason))
    return edits
