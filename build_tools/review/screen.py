"""A place in doubt, shown in a terminal of any width.

Words of a source are printed as text and nothing else: no markup, no escape
sequence of theirs reaches the terminal.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from build_tools.model import EditedTurn
from build_tools.review.doubts import Doubt
from build_tools.review.proven import Proven
from build_tools.words import join

# In words: how much is shown of the neighbours, and of a long passage at either end.
CONTEXT, ENDS = 40, 90
HELP = (
    ("a", "accept: the name is right, “(?)” goes; Unknown stays Unknown"),
    ("o", "the other person said it, where there are two"),
    ("1-9", "the person with that number said it"),
    ("u", "nobody can tell: Unknown"),
    ("s", "split: somebody else begins inside; each part is then shown by itself"),
    ("p  n", "join with the previous or the next turn: it becomes part of that one"),
    ("k", "skip: leave it as it is (Space does too)"),
    ("z", "undo the last step, as often as you like"),
    ("f", "show a long passage in full"),
    ("q", "quit; everything is saved already"),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far along a sitting is: place `number` of `total`, and the words still to look at."""

    number: int
    total: int
    words: int


def plain(text: str) -> str:
    """A text without anything that could steer a terminal.

    >>> plain("a\\x1b[2Jb\\u202ec\\u00a0d")
    'a�[2Jbc d'
    """
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isprintable():
        return character
    category = unicodedata.category(character)
    return " " if category.startswith("Z") else "" if category == "Cf" else "�"


def show_place(
    console: Console, page: Proven, said: Sequence[str], doubt: Doubt, progress: Progress, full: bool
) -> None:
    """Print a passage between its neighbours, and who may speak."""
    turn, turns = doubt.turn, page.turns
    at = turns.index(turn)
    console.rule(style="dim")
    console.print(_heading(page, turn, progress))
    if at > 0:
        before = turns[at - 1]
        _show(
            console, f"  {named(page, before)}", _tail(said[before.first_word - 1 : before.last_word]), "dim"
        )
    where = f"w{turn.first_word}-{turn.last_word}, {_count(doubt.words)}"
    _show(console, f"▶ {named(page, turn)}  {where}", _passage(said, turn, full))
    if at + 1 < len(turns):
        after = turns[at + 1]
        _show(console, f"  {named(page, after)}", _head(said[after.first_word - 1 : after.last_word]), "dim")
    console.print()
    console.print(Text(_who(doubt, console.width)))


def show_help(console: Console) -> None:
    """Print what each key does."""
    grid = Table.grid(padding=(0, 2))
    for key, what in HELP:
        grid.add_row(Text(key, style="bold"), Text(what))
    console.print(grid)


def show_sentences(console: Console, said: Sequence[str], pieces: Iterable[tuple[int, int]]) -> None:
    """Print the sentences of a turn, numbered."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right")
    for number, (first, last) in enumerate(pieces, 1):
        text = Text(plain(join(said[first - 1 : last])))
        grid.add_row(Text(str(number), style="bold"), Text(f"w{first}", style="dim"), text)
    console.print(grid)


def keys_for(doubt: Doubt, width: int) -> str:
    """The keys that apply to a place, in lines no wider than `width`."""
    many = len(doubt.candidates)
    giving = f"1-{many} give" if many > 1 else "1 give"
    keys = (
        f"a accept {doubt.named}" if doubt.named else "",
        f"o give to {doubt.others[0].name}" if has_other(doubt) else giving,
        *("u Unknown", "s split", "p/n join", "k skip", "z undo", "q quit", "? help"),
    )
    return filled([plain(key) for key in keys if key], " · ", width)


def next_speakers(doubt: Doubt, width: int) -> str:
    """Who may begin in the middle of a turn, in lines no wider than `width`."""
    numbered = enumerate(doubt.candidates, 1)
    who = [plain(f"{number} {one.name}") for number, one in numbered if one.name != doubt.named]
    unknown = ["u Unknown"] if doubt.named else []
    return "Who begins there?\n" + filled([*who, *unknown], " · ", width)


def filled(items: Iterable[str], between: str, width: int) -> str:
    """Items in as few lines as hold them, none broken.

    >>> print(filled(["one two", "three", "four"], " · ", 16))
    one two · three
    four
    """
    lines: list[str] = []
    for item in items:
        if lines and cell_len(lines[-1] + between + item) <= width:
            lines[-1] += between + item
        else:
            lines.append(item)
    return "\n".join(lines)


def has_other(doubt: Doubt) -> bool:
    """Whether there is just one person to give a named turn to."""
    return doubt.named != "" and len(doubt.others) == 1


def named(page: Proven, turn: EditedTurn) -> str:
    """The name of a turn as the edition has it."""
    return plain(page.labels_of(turn)[0].name) + " (?)" * turn.uncertain


def _heading(page: Proven, turn: EditedTurn, progress: Progress) -> Text:
    begun = [chapter for chapter in page.edition.chapters if chapter.first_word <= turn.first_word]
    line = Text(f"{progress.number} of {progress.total}", style="bold")
    line.append(f" · {_count(progress.words)} left in doubt", style="not bold")
    if begun:
        line.append(f" · {plain(begun[-1].title)}", style="not bold italic")
    return line


def _show(console: Console, name: str, text: str, style: str = "") -> None:
    console.print()
    console.print(Text(name, style="dim" if style else "bold"))
    console.print(Padding(Text(text, style=style), (0, 0, 0, 2)))


def _passage(said: Sequence[str], turn: EditedTurn, full: bool) -> str:
    opened = sorted({turn.first_word, *turn.openings, turn.last_word + 1})
    paragraphs = [said[a - 1 : b - 1] for a, b in itertools.pairwise(opened)]
    words = turn.last_word - turn.first_word + 1
    if full or words <= 2 * ENDS + CONTEXT:
        return "\n".join(plain(join(paragraph)) for paragraph in paragraphs)
    slots = said[turn.first_word - 1 : turn.last_word]
    left_out = f"[… {words - 2 * ENDS} words more: f shows them …]"
    return f"{plain(join(slots[:ENDS]))}\n{left_out}\n{plain(join(slots[-ENDS:]))}"


def _tail(slots: Sequence[str]) -> str:
    return plain("… " * (len(slots) > CONTEXT) + join(slots[-CONTEXT:]))


def _head(slots: Sequence[str]) -> str:
    return plain(join(slots[:CONTEXT]) + " …" * (len(slots) > CONTEXT))


def _who(doubt: Doubt, width: int) -> str:
    numbered = enumerate(doubt.candidates, 1)
    return filled([plain(f"{n} {who.name} {who.likely:.0%}") for n, who in numbered], "   ", width)


def _count(words: int) -> str:
    return f"{words:,} word{'s' * (words != 1)}"
