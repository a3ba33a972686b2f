"""Labels in a raw file: who speaks, as the file itself says.

===========================  ================================================
`Jane Doe: words`            also `JANE DOE:`, `J. Doe:`, `JD:`, `Q:`, `Host:`,
                             `Speaker 1:`, `SPEAKER_00:`
`**Jane Doe:** words`        also `**Jane Doe**: words`, `[Jane Doe]: words`
`>> JANE: words`             `>>` alone: another speaker, who is not named
`Jane Doe [00:12:34]`        alone on a line above the words; also
                             `00:12 Jane Doe`, `Jane Doe:`, `Speaker 1`
===========================  ================================================

A time beside a label goes with it. Labels are not spoken, so they have no
word numbers; that makes a mistake here costly, and one line that looks like a
label is none. A file has labels where they form a **pattern**: few names, come
back to again and again, before a fair part of the paragraphs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from build_tools.model import Line
from build_tools.read.labels.marks import ONLY_TIME, Piece, pieces_of, without_broken
from build_tools.read.labels.names import is_name
from build_tools.read.labels.pattern import pattern_of
from build_tools.words import is_word

__all__ = ["is_name", "with_labels"]

# The label of somebody who begins to speak and is not named.
ANOTHER = ">>"


def with_labels(lines: Sequence[Line]) -> tuple[Line, ...] | None:
    """The lines with labels taken off and kept apart, or None where no pattern of labels shows.

    >>> spoken = [Line(1, "Ann: Hi."), Line(2, "Bob: Hi, Ann."), Line(3, "Ann: So."), Line(4, "Bob: Yes.")]
    >>> [(line.speaker, line.text) for line in with_labels(spoken) or ()]
    [('Ann', 'Hi.'), ('Bob', 'Hi, Ann.'), ('Ann', 'So.'), ('Bob', 'Yes.')]
    >>> with_labels([Line(1, "Note: this is so."), Line(2, "And that."), Line(3, "Note: it ends.")])
    """
    pieces = without_broken(list(pieces_of(lines)))
    names = pattern_of(pieces)
    if not names and not any(piece.changes for piece in pieces):
        return None
    return tuple(_taken_off(pieces, names))


def _taken_off(pieces: Sequence[Piece], names: frozenset[str]) -> Iterator[Line]:
    """Spoken lines, each with the label before it; a label waits for the next words."""
    times = _times(pieces, names)
    waiting = ""
    for at, piece in enumerate(pieces):
        mark = piece.mark if piece.mark and piece.mark.key in names else None
        if mark:
            waiting = f"{mark.name} ({mark.note})" if mark.note else mark.name
        elif piece.changes:
            waiting = ANOTHER
        elif at in times:
            continue
        text = mark.said if mark else piece.line.text
        if piece.line.heading or not any(map(is_word, text.split())):
            if text:
                yield replace(piece.line, text=text)
            continue
        opens = piece.line.opens or bool(waiting)
        yield replace(piece.line, text=text, opens=opens, speaker=waiting)
        waiting = ""


def _times(pieces: Sequence[Piece], names: Collection[str]) -> set[int]:
    """Pieces that are times on the line above most labels, or below most, where these have none of their own."""
    marks = [(at, piece.mark) for at, piece in enumerate(pieces) if piece.mark and piece.mark.key in names]
    labels = [at for at, _ in marks]
    found: set[int] = set()
    if any(mark.shape.startswith("time") for _, mark in marks):
        return found
    for step in (-1, 1):
        beside = [at + step for at in labels if 0 <= at + step < len(pieces)]
        times = [at for at in beside if ONLY_TIME.fullmatch(pieces[at].line.text)]
        if 2 * len(times) > len(labels):
            found.update(times)
    return found
