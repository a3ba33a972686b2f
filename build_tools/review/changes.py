"""One change to one turn of an edition: text → text, and nothing else of it touched.

Each function takes a proven edition and gives a proven one back. Where a
change makes neighbours one turn, the name that became needless goes, and what
it named is a paragraph of the turn before. All raise `BuildError` where the
result would not be the same words under new names.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from build_tools.edition.marks import escape
from build_tools.errors import BuildError, Problem
from build_tools.model import EditedTurn
from build_tools.review.places import NamePlace
from build_tools.review.proven import Proven, read_changed

_DOUBT = " (?)"


def accept(page: Proven, turn: EditedTurn) -> Proven:
    """The turn is as it says: `(?)` goes."""
    text = page.text
    for label in reversed(page.labels_of(turn)):
        text = _replaced(text, label.inside, text[label.inside].removesuffix("(?)").rstrip())
    return _without_needless(read_changed(page, text), (turn.first_word, turn.last_word + 1))


def give(page: Proven, turn: EditedTurn, name: str, uncertain: bool = False) -> Proven:
    """The turn is `name`'s."""
    text = page.text
    for label in reversed(page.labels_of(turn)):
        text = _replaced(text, label.inside, escape(name) + _DOUBT * uncertain)
    given = read_changed(page, text)
    _check_given(given, turn.first_word, name, uncertain)
    return _without_needless(given, (turn.first_word, turn.last_word + 1))


def join_previous(page: Proven, turn: EditedTurn) -> Proven:
    """The turn goes on with the turn before it. Raises `BuildError` for the first turn."""
    return _join(page, turn, page.turns.index(turn) - 1)


def join_next(page: Proven, turn: EditedTurn) -> Proven:
    """The turn belongs to the turn after it. Raises `BuildError` for the last turn."""
    return _join(page, turn, page.turns.index(turn) + 1)


def split(page: Proven, turn: EditedTurn, word: int, name: str) -> Proven:
    """Somebody else begins at `word`: the rest of the turn is `name`'s, and uncertain.

    In an article a name may stand inside a paragraph; elsewhere a new one begins.
    """
    if not turn.first_word < word <= turn.last_word or word not in page.starts:
        raise _refused(page, turn.line, f"no turn can begin at w{word}; choose another word")
    text, at = page.text, page.starts[word]
    later = [label for label in page.labels_of(turn) if label.first_word >= word]
    for label in reversed(later):
        text = _replaced(text, label.inside, escape(name) + _DOUBT)
    if not later or later[0].first_word > word:
        runs_in = word in turn.openings or page.meta.kind == "article"
        head = text[:at] if runs_in else text[:at].rstrip() + "\n\n"
        text = f"{head}**{escape(name)}{_DOUBT}:** {text[at:]}"
    divided = read_changed(page, text)
    _check_given(divided, word, name, True)
    if not any(turn.first_word == word for turn in divided.turns):
        raise _refused(page, turn.line, f"{name} is speaking already; name another")
    return _without_needless(divided, [turn.last_word + 1])


def _join(page: Proven, turn: EditedTurn, index: int) -> Proven:
    if not 0 <= index < len(page.turns):
        raise _refused(page, turn.line, "there is no turn to join on that side")
    other = page.turns[index]
    return give(page, turn, page.labels_of(other)[0].name, other.uncertain)


def _without_needless(page: Proven, seams: Collection[int]) -> Proven:
    """Drop the labels at `seams` that name who is speaking already, but for those that open a chapter."""
    opened = {turn.first_word for turn in page.turns}
    needless = [
        label
        for label in page.labels
        if label.first_word in seams
        and label.first_word not in opened
        and not page.opens_chapter(label.first_word)
    ]
    for label in reversed(needless):
        with suppress(BuildError):  # its words cannot stand without it: it stays
            shorter = read_changed(page, _dropped(page.text, label, page.starts[label.first_word]))
            if _spans(shorter) == _spans(page):
                page = shorter
    return page


def _dropped(text: str, label: NamePlace, word: int) -> str:
    """A text without a label and the white space after it, up to the line's end."""
    after = text[label.end : word]
    space = after[: len(after) - len(after.lstrip())]
    if not label.opens_block:
        space = space.partition("\n")[0]
    return text[: label.start] + text[label.end + len(space) :]


def _spans(page: Proven) -> list[tuple[object, ...]]:
    return [(t.speaker, t.role, t.uncertain, t.first_word, t.last_word, t.openings) for t in page.turns]


def _check_given(page: Proven, word: int, name: str, uncertain: bool) -> None:
    """A name that does not read as a label would leave the words with somebody else."""
    wanted = (word, name, uncertain)
    if not any((label.first_word, label.name, label.uncertain) == wanted for label in page.labels):
        raise _refused(page, 1, f"{name!r} cannot be written as a name; rename it in people.yml")


def _refused(page: Proven, line: int, message: str) -> BuildError:
    return BuildError([Problem(page.ground.shown, line, message)])


def _replaced(text: str, there: slice, new: str) -> str:
    return text[: there.start] + new + text[there.stop :]
