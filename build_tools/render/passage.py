"""A passage as Markdown: its words, its edits as CriticMarkup, its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from build_tools.model import Edit, Interview, Paragraph
from build_tools.render.markdown import Markdown, escape
from build_tools.replay import touched
from build_tools.words import join

# Ranges that other pages link to, by their first word: `{120: {148}}`.
Anchors = Mapping[int, set[int]]


class PassageWriter:
    """Writes the passages of one interview: knows its edits and the ranges linked to."""

    def __init__(self, interview: Interview, anchors: Anchors) -> None:
        self._anchors = anchors
        self._ranges = dict(touched(interview.edits))

    def write(self, paragraph: Paragraph) -> Markdown:
        """Words and edits; with all marks rejected, the raw words in order."""
        parts: list[str] = []
        number = paragraph.first_word
        while number <= paragraph.last_word:
            last = min(self._ranges.get(number, number), paragraph.last_word)
            change = self._change(paragraph, number, last)
            parts.append(self._targets(number, last) + change)
            number = last + 1
        return Markdown(" ".join(parts))

    def _targets(self, first: int, last: int) -> str:
        """Places to land on, so that a quote's address works without scripts."""
        return "".join(
            f'<span id="w{start}-{end}"></span>'
            for start in range(first, last + 1)
            for end in sorted(self._anchors.get(start, ()))
        )

    def _change(self, paragraph: Paragraph, first: int, last: int) -> str:
        low, high = first - paragraph.first_word, last - paragraph.first_word + 1
        raw, clean = join(paragraph.raw[low:high]), join(paragraph.clean[low:high])
        if raw == clean:
            return escaped_inside(raw) if first != paragraph.first_word else escape(raw)
        if not clean:
            return f"{{--{escaped_inside(raw)}--}}"
        if clean.startswith(f"{raw} "):
            return f"{escaped_inside(raw)} {{++{escaped_inside(clean[len(raw) + 1 :])}++}}"
        return f"{{~~{escaped_inside(raw)}~>{escaped_inside(clean)}~~}}"


def escaped_inside(text: str) -> str:
    """Escape text that does not open a line."""
    return escape("x" + text)[1:] if text else ""


def anchors_of(ranges: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Group word ranges by their first word."""
    ordered = sorted(set(ranges))
    return {first: {last for _, last in group} for first, group in groupby(ordered, lambda r: r[0])}


def word_changes(interview: Interview) -> list[Edit]:
    """The edits that put a word in the place of another, for the corrections page."""
    return [edit for edit in interview.edits if edit.rule in SUBSTITUTING]


SUBSTITUTING = frozenset({"edition", "glossary", "mojibake"})
