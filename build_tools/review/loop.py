"""Show a place, ask one key, change the edition, save; until nothing is left or the editor stops."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from rich.console import Console

from build_tools.attribute.units import cut_units
from build_tools.errors import BuildError, Problem
from build_tools.model import Attribution, EditedTurn
from build_tools.replay import replay
from build_tools.review import changes, screen
from build_tools.review.doubts import Doubt, doubts
from build_tools.review.proven import Proven
from build_tools.words import same_word_form, split_words

Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Editor:
    """Who is asked: for a key, for a line, and what is done with a changed text.

    The first two raise `EOFError` or `KeyboardInterrupt` when the editor has
    gone; `save` raises `BuildError` where it cannot.
    """

    key: Ask
    line: Ask
    save: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where a sitting stands. `settled` and `following` are first words of places.

    `settled` places are not shown again though they are in doubt still;
    `following` ones are shown before all others.
    """

    page: Proven
    settled: frozenset[int] = frozenset()
    following: tuple[int, ...] = ()
    done: int = 0

    def decided(self, page: Proven, *settled: int) -> Sitting:
        """The next place, one decision on."""
        return replace(self, page=page, settled=self.settled.union(settled), done=self.done + 1)


Action = Callable[[Sitting, Doubt, Editor, Console], Sitting | None]


@dataclass(slots=True)
class _Desk:
    """What the loop keeps: the sitting as it stands, and every one before it."""

    now: Sitting
    past: list[Sitting] = field(default_factory=list)


def review(page: Proven, inferred: Sequence[Attribution], editor: Editor, console: Console) -> Proven:
    """Go through the doubts of an edition with an editor; the edition as it stands in the end."""
    desk = _Desk(Sitting(page))
    with suppress(EOFError, KeyboardInterrupt):
        while _one_place(desk, inferred, editor, console):
            pass
    console.print()
    left = doubts(desk.now.page, inferred)
    words = sum(doubt.words for doubt in left)
    console.print(
        f"{desk.now.done} decided; {len(left)} uncertain or Unknown ({words:,} words). All is saved.",
        markup=False,
    )
    return desk.now.page


def _one_place(desk: _Desk, inferred: Sequence[Attribution], editor: Editor, console: Console) -> bool:
    """Show the next place and take keys until one of them moves on; False to stop."""
    pending = _pending(desk.now, inferred)
    if not pending:
        return bool(desk.past) and _last_word(desk, editor, console)
    doubt, said = pending[0], _said(desk.now.page)
    words = sum(one.words for one in pending)
    progress = screen.Progress(desk.now.done + 1, desk.now.done + len(pending), words)
    screen.show_place(console, desk.now.page, said, doubt, progress, full=False)
    while True:
        key = editor.key(screen.keys_for(doubt, console.width)).strip().casefold() or "k"
        if key == "q":
            return False
        if key == "z":
            if _undo(desk, editor, console):
                return True
        elif key == "?":
            screen.show_help(console)
        elif key == "f":
            screen.show_place(console, desk.now.page, said, doubt, progress, full=True)
        elif _act(desk, key, doubt, editor, console):
            return True


def _last_word(desk: _Desk, editor: Editor, console: Console) -> bool:
    """Nothing is left; a last step may still be undone."""
    console.print()
    while True:
        key = editor.key("All seen · q finish · z undo").strip().casefold()
        if key == "z":
            return _undo(desk, editor, console)
        if key in ("q", ""):
            return False


def _pending(now: Sitting, inferred: Sequence[Attribution]) -> list[Doubt]:
    """The places still to be shown, in the order in which they will be."""
    left = [doubt for doubt in doubts(now.page, inferred) if doubt.turn.first_word not in now.settled]
    first = {word: rank for rank, word in enumerate(now.following)}
    return sorted(left, key=lambda doubt: first.get(doubt.turn.first_word, len(first)))


def _said(page: Proven) -> list[str]:
    """The words of an edition with its corrections, one slot per raw word."""
    return replay(page.ground.slots, page.edition.edits)


def _undo(desk: _Desk, editor: Editor, console: Console) -> bool:
    if not desk.past:
        console.print("There is nothing to undo.")
        return False
    if not _saved(desk.now, desk.past[-1], editor, console):
        return False
    desk.now = desk.past.pop()
    return True


def _act(desk: _Desk, key: str, doubt: Doubt, editor: Editor, console: Console) -> bool:
    """Do what a key says and save it; False where nothing came of it, the reason being told."""
    try:
        after = _action(key, doubt)(desk.now, doubt, editor, console)
    except BuildError as error:
        _tell(error, console)
        return False
    if after is None or not _saved(desk.now, after, editor, console):
        return False
    desk.past.append(desk.now)
    desk.now = after
    return True


def _saved(before: Sitting, after: Sitting, editor: Editor, console: Console) -> bool:
    try:
        if after.page.text != before.page.text:
            editor.save(after.page.text)
    except BuildError as error:
        _tell(error, console)
        return False
    return True


def _tell(error: BuildError, console: Console) -> None:
    for problem in error.problems:
        console.print(screen.plain(f"Not done: {problem.message}."), markup=False, highlight=False)


def _action(key: str, doubt: Doubt) -> Action:
    """What a key does here. Raises `BuildError` where it does nothing."""
    if key in _ACTIONS:
        return _ACTIONS[key]
    if key == "o" and screen.has_other(doubt):
        return _given_to(doubt.others[0].name)
    name = _numbered(key, doubt)
    if not name:
        raise _not_here("this key means nothing here; ? shows the keys")
    return _given_to(name)


def _numbered(key: str, doubt: Doubt) -> str:
    """The candidate with a number, "" where there is none."""
    names = [candidate.name for candidate in doubt.candidates]
    return dict(zip("123456789", names, strict=False)).get(key, "")


def _accept(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting:
    return now.decided(changes.accept(now.page, doubt.turn), doubt.turn.first_word)


def _given_to(name: str) -> Action:
    def action(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting:
        return now.decided(changes.give(now.page, doubt.turn, name), doubt.turn.first_word)

    return action


def _skip(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting:
    return now.decided(now.page, doubt.turn.first_word)


def _join_previous(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting:
    return now.decided(changes.join_previous(now.page, doubt.turn))


def _join_next(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting:
    return now.decided(changes.join_next(now.page, doubt.turn))


def _split(now: Sitting, doubt: Doubt, editor: Editor, console: Console) -> Sitting | None:
    said, turn = _said(now.page), doubt.turn
    pieces = sentences(now.page, said, turn)
    screen.show_sentences(console, said, pieces)
    asked = "Where does the next speaker begin? A number, or the first words; Enter goes back"
    answer = editor.line(asked).strip()
    if not answer:
        return None
    word = chosen_word(answer, pieces, said, turn)
    page = changes.split(now.page, turn, word, _next_speaker(doubt, editor, console))
    return replace(now, page=page, following=(turn.first_word, word))


def _next_speaker(doubt: Doubt, editor: Editor, console: Console) -> str:
    """Who speaks after a split: the other one where there are two, else as asked."""
    if screen.has_other(doubt):
        return doubt.others[0].name
    key = editor.key(screen.next_speakers(doubt, console.width)).strip().casefold()
    name = "Unknown" if key == "u" else _numbered(key, doubt)
    if not name:
        raise _not_here("nobody was named, so nothing is split")
    return name


def sentences(page: Proven, said: Sequence[str], turn: EditedTurn) -> list[tuple[int, int]]:
    """Word ranges of the sentences of a turn, as far as a turn can begin with them."""
    before = turn.first_word - 1
    openings = {word - before for word in turn.openings}
    units = cut_units(said[before : turn.last_word], openings)
    firsts = [turn.first_word, *(before + first for first, _ in units[1:] if before + first in page.starts)]
    return list(zip(firsts, [*(word - 1 for word in firsts[1:]), turn.last_word], strict=True))


def chosen_word(answer: str, pieces: Sequence[tuple[int, int]], said: Sequence[str], turn: EditedTurn) -> int:
    """The word an answer means: a sentence by number, `w120`, or the first words of what is said there.

    Raises `BuildError` where it means none, or more than one.
    """
    if re.fullmatch(r"w\d{1,9}", answer):
        return int(answer[1:])
    if re.fullmatch(r"\d{1,4}", answer) and 2 <= int(answer) <= len(pieces):
        return pieces[int(answer) - 1][0]
    wanted = [same_word_form(word) for word in split_words(answer)]
    spoken = [
        (number, same_word_form(word))
        for number in range(turn.first_word, turn.last_word + 1)
        for word in split_words(said[number - 1])
    ]
    found = [
        number
        for at, (number, _) in enumerate(spoken)
        if wanted and [form for _, form in spoken[at : at + len(wanted)]] == wanted
    ]
    if len(found) != 1:
        many = "more than once; give more of them" if found else "nowhere in this passage"
        raise _not_here(f"{answer!r} is said {many}")
    return found[0]


def _not_here(message: str) -> BuildError:
    return BuildError([Problem("", 1, message)])


_ACTIONS: dict[str, Action] = {
    "a": _accept,
    "u": _given_to("Unknown"),
    "s": _split,
    "p": _join_previous,
    "n": _join_next,
    "k": _skip,
}
