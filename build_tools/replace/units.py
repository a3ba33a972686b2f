"""An edition cut into units of words, and the seams between them, by character.

A unit is what stands or falls together: a word, or a mark with words, and the
dashes, notes and insertions that belong to it. A seam is what stands before a
unit: white space, and where it is a structural one, a paragraph's end, a
chapter's heading, a name, a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.edition.marks import CHAPTER, COMMENT, LABEL, MARK, escape, hide, show
from build_tools.model import Edit
from build_tools.review.places import MarkPlace, NamePlace, Place, WordPlace, find_places
from build_tools.review.proven import Proven
from build_tools.words import same_words

_HEADING = re.compile(r"(?m)^##[^\n]*")
_BREAK = re.compile(r"\n[^\S\n]*\n|\n(?=#)")


@dataclass(frozen=True, slots=True)
class Unit:
    """Words `first`…`last` as the edition writes them; `edit` is what the editor changed in them."""

    first: int
    last: int
    text: str
    edit: Edit | None = None

    @property
    def is_marked(self) -> bool:
        return MARK.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Seam:
    """What stands before a unit, as written."""

    text: str

    @property
    def is_structural(self) -> bool:
        return bool(self.text.strip() or _BREAK.search(self.text))

    @property
    def comments(self) -> list[str]:
        return COMMENT.findall(self.text)

    @property
    def headings(self) -> list[str]:
        return _HEADING.findall(COMMENT.sub("", self.text))

    @property
    def label(self) -> str:
        """The last name, with its stars; "" where there is none."""
        found = [match[0] for match in LABEL.finditer(_HEADING.sub("", COMMENT.sub("", self.text)))]
        return found[-1] if found else ""

    @property
    def is_parted(self) -> bool:
        """Whether a name or a paragraph's end stands in it."""
        return self.breaks or bool(self.label)

    @property
    def breaks(self) -> bool:
        return _BREAK.search(self.text) is not None


def reading(text: str) -> str:
    """What a stretch of words of an edition reads: its changes made, its notes and comments left out.

    >>> reading("Well {~~herd~>heard~~}{>>so<<} {--it--} all")
    'Well heard all'
    """
    read = MARK.sub(lambda mark: mark["insert"] or mark["new"] or "", COMMENT.sub("", hide(text)))
    return " ".join(show(read).split())


def is_called(heading: str, title: str) -> bool:
    """Whether a chapter's heading, as written, has a title."""
    chapter = CHAPTER.match(hide(heading))
    return chapter is not None and same_words(show(chapter["title"]), title)


def retitled(heading: str, title: str) -> str:
    """A chapter's heading, which may be none yet, with another title and the same topics.

    >>> retitled("## Old {topics: rain}", "New"), retitled("", "New")
    ('## New {topics: rain}', '## New')
    """
    chapter = CHAPTER.match(heading)
    topics = f" {{topics: {chapter['topics']}}}" if chapter and chapter["topics"] else ""
    return f"## {escape(title)}{topics}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An edition: its front matter, its units, a seam before each, and what follows the last."""

    front: str
    seams: tuple[Seam, ...]
    units: tuple[Unit, ...]
    end: str


def cut(page: Proven) -> Sheet:
    """Cut a proven edition into units and seams; put together again they are its text."""
    groups = list(_groups(page.text, list(find_places(page.text))))
    firsts = sorted(page.starts)
    lasts = [first - 1 for first in firsts[1:]] + [len(page.ground.slots)]
    edits = {(edit.first_word, edit.last_word): edit for edit in page.edition.edits}
    units = tuple(
        Unit(first, last, page.text[start:end], edits.get((first, last)))
        for first, last, (start, end) in zip(firsts, lasts, groups, strict=True)
    )
    front = _end_of_front(page.text, groups[0][0])
    ends = [front, *(end for _, end in groups)]
    seams = tuple(Seam(page.text[end:start]) for end, (start, _) in zip(ends, groups, strict=False))
    return Sheet(page.text[:front], seams, units, page.text[groups[-1][1] :])


def _end_of_front(text: str, before: int) -> int:
    """Where the front matter ends."""
    fences = list(re.finditer(r"(?m)^---[^\S\n]*$", text[:before]))
    return fences[1].end() if len(fences) > 1 else 0


def _groups(text: str, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Characters of each word with the marks that belong to it: to the word before, or else the next."""
    start = end = -1
    held = -1  # where marks begin that stand before the first word of a paragraph
    for place in places:
        fresh = end < 0 or Seam(text[end : place.start]).is_structural
        if isinstance(place, MarkPlace) and not fresh and start >= 0:
            end = place.end
        elif isinstance(place, MarkPlace):
            held = place.start if held < 0 else held
        elif isinstance(place, WordPlace):
            if start >= 0:
                yield start, end
            start, end, held = (place.start if held < 0 else held), place.end, -1
        elif isinstance(place, NamePlace):
            continue
    yield start, end
