"""Explain a passage: its raw words, what each rule did to them, and the result."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Interview, Paragraph, Turn


def explain(interview: Interview, first: int, last: int) -> Iterator[str]:
    """Text for every passage that holds any of words `first`…`last`."""
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            if paragraph.last_word >= first and paragraph.first_word <= last:
                yield "\n".join(_passage(interview, turn, paragraph))


def _passage(interview: Interview, turn: Turn, paragraph: Paragraph) -> Iterator[str]:
    doubt = " (?)" if turn.uncertain else ""
    yield f"{turn.name}{doubt}, w{paragraph.first_word}-{paragraph.last_word}"
    yield f"  raw    {paragraph.verbatim}"
    for edit in interview.edits:
        if paragraph.first_word <= edit.first_word <= paragraph.last_word:
            after = f"“{edit.after}”" if edit.after else "nothing"
            where = f"w{edit.first_word}-{edit.last_word}"
            yield f"  {where:<13} “{edit.before}” → {after}  ({edit.rule}: {edit.reason or 'edited'})"
    yield f"  page   {paragraph.text}"
    yield ""
