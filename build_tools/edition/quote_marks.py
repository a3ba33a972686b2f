"""The marks of notable quotes, `==words==`: which open one, which close one, and which do neither."""

from __future__ import annotations

import re

from build_tools.edition.marks import EQUALS, MARK, show
from build_tools.errors import Problem
from build_tools.words import is_word

# Stand for a mark once it is clear which it is; as other stand-ins, no text in UTF-8 holds them.
OPEN, CLOSE = "\ud880", "\ud881"
WITHOUT_QUOTES = str.maketrans("", "", OPEN + CLOSE)


def tell_quotes(text: str, line: int, ending: str, shown: str, problems: list[Problem]) -> str:
    """The words under one name, in one paragraph; what opens and closes a quote told apart by stand-ins.

    A mark that can be neither, or that finds no other, is a problem; it stays as it is.
    """
    plain = MARK.sub(_unbroken, text)
    marks: dict[int, str] = {}
    opened = -1

    def wrong(at: int, message: str) -> None:
        problems.append(Problem(shown, line + text[:at].count("\n"), message))

    def unclosed(at: int, before: str, end: int) -> None:
        near = f"near {_start(text[at:end])!r}"
        wrong(at, f"== opens {near} and does not close before {before}; put == directly behind the last word")

    for found in EQUALS.finditer(plain):
        at = found.start()
        side = _side_of_quote(plain, *found.span())
        near = f"near {show(text[max(0, at - 15) : at + 17].strip())!r}"
        if not side:
            message = f"== {near} neither opens directly before a word nor closes directly behind one"
            wrong(at, f"{message}; move it there, or write \\== if the source says it")
        elif side == CLOSE and opened < 0:
            wrong(
                at,
                f"== closes {near}, and none is open in this paragraph, under this name; put == before the words",
            )
        else:
            if side == OPEN and opened >= 0:
                unclosed(opened, f"the next == opens, near {_start(text[at:])!r}", at)
            marks[at] = side
            opened = at if side == OPEN else -1
    if opened >= 0:
        unclosed(opened, ending, len(text))
    for at, side in reversed(marks.items()):
        text = text[:at] + side + text[at + 2 :]
    return text


def _start(text: str) -> str:
    """With what a text begins, on one line."""
    return " ".join(show(text[:32]).split())


def _unbroken(mark: re.Match[str]) -> str:
    """CriticMarkup as it stands beside a quote's mark: a word, or a note, which is none; as long as it is."""
    return ("-" if mark["note"] is not None else "x") * len(mark[0])


def _side_of_quote(text: str, start: int, end: int) -> str:
    """Whether == opens or closes a quote, by what stands in one token with it; "" where it does neither."""
    if end - start > 2:
        return ""
    left = re.split(r"\s", text[:start])[-1]
    right = re.split(r"\s", text[end:], maxsplit=1)[0]
    behind, before = is_word(left), is_word(right)
    if behind == before:  # beside a dash, the side on which it stands; else in the middle of a word, or alone
        behind, before = bool(left) and not right, bool(right) and not left
    return CLOSE if behind else OPEN if before else ""
