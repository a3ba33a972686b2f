"""A passage as Markdown: its words, its edits as CriticMarkup, its addresses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import groupby

from build_tools.model import Edit, Interview, Paragraph, WordRange
from build_tools.render.markdown import Markdown, escape
from build_tools.render.words import quote_path, span
from build_tools.replay import touched
from build_tools.words import join

# Ranges that other pages link to, by their first word: `{120: {148}}`.
Anchors = Mapping[int, set[int]]


class PassageWriter:
    """Writes the passages of one interview: knows its edits, its quotes and the ranges linked to."""

    def __init__(self, interview: Interview, anchors: Anchors) -> None:
        self._targets = {first: _targets(first, lasts) for first, lasts in anchors.items()}
        self._ranges = dict(touched(interview.edits))
        self._quotes = sorted(interview.quotes)
        self._ends = [quote.last_word for quote in self._quotes]
        self._slug = interview.slug

    def write(self, paragraph: Paragraph) -> Markdown:
        """Words and edits; with all marks rejected, the raw words in order."""
        parts: list[str] = []
        quote: WordRange | None = None  # the one that the part before belongs to
        number, end = paragraph.first_word, paragraph.last_word
        while number <= end:
            last = min(self._ranges.get(number, number), end)
            here = self._quote_at(number, last)
            if quote and here != quote:
                parts[-1] += self._closed(quote, paragraph)
            opening = '<span class="notable">' if here and here != quote else ""
            targets = "".join(self._targets.get(at, "") for at in range(number, last + 1))
            parts.append(targets + opening + _change(paragraph, number, last))
            number, quote = last + 1, here
        if quote:
            parts[-1] += self._closed(quote, paragraph)
        return Markdown(" ".join(parts))

    def _quote_at(self, first: int, last: int) -> WordRange | None:
        """The notable quote that holds any of these words."""
        at = bisect_left(self._ends, first)
        return self._quotes[at] if at < len(self._ends) and self._quotes[at].first_word <= last else None

    def _closed(self, quote: WordRange, paragraph: Paragraph) -> str:
        """The end of a quote; behind its last word a link to its page."""
        if quote.last_word > paragraph.last_word:
            return "</span>"
        label = f"The page of this quote, {span(quote.first_word, quote.last_word)}"
        page = quote_path(self._slug, quote.first_word, quote.last_word)
        return f'</span>[](../{page}.md){{: .to-quote title="A page for this quote" aria-label="{label}" }}'


def _targets(first: int, lasts: Iterable[int]) -> str:
    """Places to land on before a word, so that a quote's address works without scripts."""
    return "".join(f'<span id="w{first}-{last}"></span>' for last in sorted(lasts))


def _change(paragraph: Paragraph, first: int, last: int) -> str:
    """Words, and what became of them, as CriticMarkup."""
    low, high = first - paragraph.first_word, last - paragraph.first_word + 1
    raw, clean = join(paragraph.raw[low:high]), join(paragraph.clean[low:high])
    if raw == clean:
        return escaped_inside(raw) if low else escape(raw)
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
