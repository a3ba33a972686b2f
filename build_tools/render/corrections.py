"""Corrections: every edit that changed a word, with before, after and cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.model import Archive, Edit, Interview, Page, Paragraph
from build_tools.render.markdown import Markdown, fill
from build_tools.render.passage import SUBSTITUTING, escaped_inside, word_changes
from build_tools.render.speakers import said_by
from build_tools.render.words import address, count, day
from build_tools.words import same_words

# What rules are in plain words; of the others, the reason that each gives with its edits says it.
_PLAIN = {
    "mojibake": "letters broken by a wrong encoding",
    "edition": "a word the recogniser misheard",
    "glossary": "a name as the archive spells it",
    "punctuation": "marks and capitals, never a word",
}

# Words of context on either side of a correction.
_CONTEXT = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """How many edits a rule made, and what the rule is in plain words."""

    rule: str
    plain: str
    edits: int


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
    tallies = [(interview, tally([interview])) for interview in archive.interviews]
    yield Page(
        "corrections/index.md",
        fill("corrections.md.jinja", tallies=tallies, total=tally(archive.interviews), count=count, day=day),
    )
    for interview, by_rule in tallies:
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


def tally(interviews: Iterable[Interview]) -> list[Tally]:
    """How many edits each rule made, most first."""
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for interview in interviews:
        for edit in interview.edits:
            reasons[edit.rule][edit.reason] += 1
    made = [
        Tally(rule, _PLAIN.get(rule) or given.most_common(1)[0][0], given.total())
        for rule, given in reasons.items()
    ]
    return sorted(made, key=lambda one: (-one.edits, one.rule))


def _corrections(interview: Interview) -> Iterator[Correction]:
    """Substitutions, each with the raw words around it."""
    words = [word for turn in interview.turns for paragraph in turn.paragraphs for word in paragraph.raw]
    for edit in word_changes(interview):
        first = edit.first_word - interview.first_word
        last = edit.last_word - interview.first_word + 1
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
                yield Removals(paragraph, said_by(turn), tuple(sorted(inside, key=lambda e: e.first_word)))


def _change(edit: Edit) -> Markdown:
    """An edit as CriticMarkup."""
    before, after = escaped_inside(edit.before), escaped_inside(edit.after)
    if not after:
        return Markdown(f"{{--{before}--}}")
    return Markdown(f"{{~~{before}~>{after}~~}}")
