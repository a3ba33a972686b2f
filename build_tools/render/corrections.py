"""Corrections: every edit that changed a word, with before, after and cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.model import Archive, Edit, Interview, Page, Paragraph
from build_tools.render.markdown import Markdown, fill
from build_tools.render.passage import SUBSTITUTING, escaped_inside, word_changes
from build_tools.render.words import address, count, day
from build_tools.words import same_words

# Words of context on either side of a correction.
_CONTEXT = 4


@dataclass(frozen=True, slots=True)
class Correction:
    """A substitution in its context."""

    edit: Edit
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Removals:
    """The disfluencies removed from one passage."""

    paragraph: Paragraph
    speaker: str
    edits: tuple[Edit, ...]


def pages(archive: Archive) -> Iterator[Page]:
    """`corrections/index.md` and a page per interview."""
    counts = [(interview, count_by_rule(interview)) for interview in archive.interviews]
    yield Page("corrections/index.md", fill("corrections.md.jinja", counts=counts, count=count, day=day))
    for interview, by_rule in counts:
        yield Page(
            f"corrections/{interview.slug}.md",
            fill(
                "correction.md.jinja",
                interview=interview,
                by_rule=by_rule,
                corrections=list(_corrections(interview)),
                removals=list(_removals(interview)),
                address=address,
                change=_change,
                count=count,
                day=day,
            ),
        )


def count_by_rule(interview: Interview) -> list[tuple[str, int]]:
    """How many edits each rule made, most first."""
    return Counter(edit.rule for edit in interview.edits).most_common()


def _corrections(interview: Interview) -> Iterator[Correction]:
    """Substitutions, each with the raw words around it."""
    words = [word for turn in interview.turns for paragraph in turn.paragraphs for word in paragraph.raw]
    for edit in word_changes(interview):
        first, last = edit.first_word - 1, edit.last_word
        before, after = words[max(0, first - _CONTEXT) : first], words[last : last + _CONTEXT]
        yield Correction(edit, " ".join(before), " ".join(after))


def _removals(interview: Interview) -> Iterator[Removals]:
    """Disfluencies by passage, in order."""
    changed = [
        edit
        for edit in interview.edits
        if edit.rule not in SUBSTITUTING and not same_words(edit.before, edit.after)
    ]
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            inside = [
                edit for edit in changed if paragraph.first_word <= edit.first_word <= paragraph.last_word
            ]
            if inside:
                yield Removals(paragraph, turn.name, tuple(sorted(inside, key=lambda e: e.first_word)))


def _change(edit: Edit) -> Markdown:
    """An edit as CriticMarkup."""
    before, after = escaped_inside(edit.before), escaped_inside(edit.after)
    if not after:
        return Markdown(f"{{--{before}--}}")
    return Markdown(f"{{~~{before}~>{after}~~}}")
