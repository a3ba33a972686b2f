"""Read an edition: front matter, chapters, named turns, CriticMarkup.

::

    ---
    title: …
    people: {host: [jane-doe], guest: [john-roe]}
    ---

    ## A chapter {topics: energy, chips}

    **Jane Doe:** Some words, {~~herd~>heard~~} so. {>>a note<<}

    A paragraph without a name goes on with the same speaker.

    **John Roe (?):** An attribution the editor is not sure of.

    **Unknown:** Nobody can tell; **Unknown host:** nobody can tell the name.

A name may also stand inside a paragraph; the turn then runs in, as a quotation
does in an article. CriticMarkup follows the syntax of its toolkit
(https://github.com/CriticMarkup/CriticMarkup-toolkit): ``{++in++}``,
``{--out--}``, ``{~~old~>new~~}``, ``{>>comment<<}``. Marks do not nest and do
not cross a paragraph. ``==words==`` marks a notable quote, as pymdownx.mark does:
in one paragraph, under one name, around marks but never inside one. As in
Markdown, a backslash takes the meaning away from the punctuation mark after
it: what follows ``\\{++`` is not inserted, and ``\\==`` is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import yaml

from build_tools.errors import Problem
from build_tools.texts import Headed, split_front_matter, yaml_problem
from build_tools.words import is_word


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text of an edition without white space outside CriticMarkup.

    `raw` is what it says with all marks rejected, `new` with all accepted. `opens` and
    `closes` tell whether a notable quote begins before it, or ends behind it.
    """

    raw: str
    new: str
    line: int
    note: str = ""
    marked: bool = False
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """`**Name:**` or `**Name (?):**`."""

    name: str
    uncertain: bool
    line: int


@dataclass(frozen=True, slots=True)
class ChapterLine:
    """`## Title {topics: a, b}`."""

    title: str
    topics: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphStart:
    """A new paragraph begins."""

    line: int


Item = Chunk | Label | ChapterLine | ParagraphStart


@dataclass(frozen=True, slots=True)
class EditionText:
    """A parsed edition, not yet held against raw words."""

    path: str
    text: str
    meta: Mapping[str, object]
    items: tuple[Item, ...]


_CHAPTER = re.compile(r"^##\s+(?P<title>.+?)\s*(?:\{topics:\s*(?P<topics>[^}]*)\})?\s*$")
_LABEL = re.compile(r"\*\*(?P<name>[^*\n]{1,80}?)\s*(?P<doubt>\(\?\))?:\*\*")
_MARK = re.compile(
    r"\{\+\+(?P<insert>.*?)\+\+\}"
    r"|\{--(?P<delete>.*?)--\}"
    r"|\{~~(?P<old>.*?)~>(?P<new>.*?)~~\}"
    r"|\{>>(?P<note>.*?)<<\}",
    re.DOTALL,
)
_BROKEN = re.compile(r"\{\+\+|\{--|\{~~|\{>>|\+\+\}|--\}|~~\}|<<\}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EQUALS = re.compile(r"={2,}")
# What a mark, a label, a comment or a heading begins or ends with; and a backslash that would escape.
_SPECIAL = re.compile(
    r"^#|\*(?=\*)|(?<=\*)\*|\{(?=\+\+|--|~~|>>|topics:)|(?<=\+\+|--|~~|<<)\}|<(?=!--)|\((?=\?\))|(?<![^\s=])=|=(?![^\s=])"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# While an edition is parsed, surrogates stand for escaped marks: UTF-8 text never holds one.
_STAND_IN = 0xD800
_STANDS_IN = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0x7F)}]")
# And these for the marks of a quote, once it is clear which opens and which closes.
_OPEN, _CLOSE = "\ud880", "\ud881"
_WITHOUT_QUOTES = str.maketrans("", "", _OPEN + _CLOSE)


def escape(text: str) -> str:
    r"""One line that an edition reads as just this text, whatever stands in it.

    >>> print(escape("# one {++two++} **Jane Doe:** <!-- three"))
    \# one \{++two++\} \*\*Jane Doe:\*\* \<!-- three
    """
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _hide(text: str) -> str:
    """Escaped characters become stand-ins, which mean nothing to the parser."""
    return _ESCAPED.sub(lambda match: chr(_STAND_IN + ord(match[1])), text)


def _show(text: str) -> str:
    """Stand-ins become what they stand for."""
    return _STANDS_IN.sub(lambda match: chr(ord(match[0]) - _STAND_IN), text)


def parse_edition(text: str, shown: str) -> tuple[EditionText, list[Problem]]:
    """Read the text of an edition; problems carry `shown` and a line."""
    problems: list[Problem] = []
    headed = _split(text, shown, problems)
    body = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), _hide(headed.body))
    items: list[Item] = []
    for line, block in _blocks(body, headed.body_line):
        items += _block_items(block, line, shown, problems)
    return EditionText(shown, text, headed.meta, tuple(items)), problems


def _split(text: str, shown: str, problems: list[Problem]) -> Headed:
    try:
        headed = split_front_matter(text)
    except yaml.YAMLError as error:
        problems.append(yaml_problem(shown, error, first=2))
        return Headed({}, "", 1)
    if not headed.meta:
        problems.append(Problem(shown, 1, "no front matter; expected title, people … between ---"))
    return headed


def _blocks(body: str, first: int) -> Iterator[tuple[int, str]]:
    """Paragraphs and headings, each with the line on which it begins."""
    block: list[str] = []
    start = first
    for number, line in enumerate(body.split("\n"), first):
        heading = line.startswith("#")
        if block and (heading or not line.strip()):
            yield start, "\n".join(block)
            block = []
        if heading:
            yield number, line
        elif line.strip():
            start = start if block else number
            block.append(line)
    if block:
        yield start, "\n".join(block)


def _block_items(block: str, line: int, shown: str, problems: list[Problem]) -> list[Item]:
    if block.startswith("#"):
        chapter = _CHAPTER.match(block)
        if not chapter:
            message = "expected a chapter: '## ' and a title; other headings have no meaning here"
            problems.append(Problem(shown, line, message))
            return []
        if _EQUALS.search(chapter["title"]):
            message = (
                "== in a heading; only what somebody says can be a quote: take the mark out, or write \\=="
            )
            problems.append(Problem(shown, line, message))
        topics = tuple(t.strip() for t in (chapter["topics"] or "").split(",") if t.strip())
        return [ChapterLine(_show(chapter["title"]), topics, line)]
    items: list[Item] = [ParagraphStart(line)]
    end, labels = 0, list(_LABEL.finditer(block))
    for label in [*labels, None]:
        stretch = block[end : label.start()] if label else block[end:]
        at = line + block[:end].count("\n")
        ending = "the next name" if label else "the end of the paragraph"
        items += _chunks(_quotes_told(stretch, at, ending, shown, problems), at, shown, problems)
        if label:
            at = line + block[: label.start()].count("\n")
            items.append(Label(_show(label["name"]).strip(), bool(label["doubt"]), at))
            end = label.end()
    return items


def _chunks(text: str, line: int, shown: str, problems: list[Problem]) -> list[Chunk]:
    """Cut text at white space outside marks."""
    chunks: list[Chunk] = []
    raw, new, note, marked = "", "", "", False
    opens = False  # a quote, at the next chunk
    start = line

    def close() -> None:
        nonlocal raw, new, note, marked, opens
        opens, closes = opens or _OPEN in raw, _CLOSE in raw
        raw, new = raw.translate(_WITHOUT_QUOTES), new.translate(_WITHOUT_QUOTES)
        if raw or new or marked:
            chunks.append(Chunk(_show(raw), _show(new), start, _show(note), marked, opens, closes))
            opens = False
        elif (note or closes) and chunks:
            last = chunks[-1]
            chunks[-1] = replace(last, note=_show(note) or last.note, closes=last.closes or closes)
        raw, new, note, marked = "", "", "", False

    for piece, is_mark in _pieces(text, line, shown, problems):
        if not is_mark:
            for token in re.split(r"(\s+)", piece):
                if token.isspace():
                    close()
                    line += token.count("\n")
                    start = line
                else:
                    raw, new = raw + token, new + token
            continue
        match = _MARK.fullmatch(piece)
        assert match is not None
        if match["note"] is not None:
            note = " ".join(match["note"].split())
        else:
            raw += match["delete"] or match["old"] or ""
            new += match["insert"] or match["new"] or ""
            marked = True
    close()
    return chunks


# ── notable quotes ───────────────────────────────────────────────────────────


def _quotes_told(text: str, line: int, ending: str, shown: str, problems: list[Problem]) -> str:
    """The words under one name, in one paragraph; what opens and closes a quote told apart by stand-ins.

    A mark that can be neither, or that finds no other, is a problem; it stays as it is.
    """
    plain = _MARK.sub(_unbroken, text)
    marks: dict[int, str] = {}
    opened = -1

    def wrong(at: int, message: str) -> None:
        problems.append(Problem(shown, line + text[:at].count("\n"), message))

    def unclosed(at: int, before: str, end: int) -> None:
        near = f"near {_start(text[at:end])!r}"
        wrong(at, f"== opens {near} and does not close before {before}; put == directly behind the last word")

    for found in _EQUALS.finditer(plain):
        at = found.start()
        side = _side_of_quote(plain, *found.span())
        near = f"near {_show(text[max(0, at - 15) : at + 17].strip())!r}"
        if not side:
            message = f"== {near} neither opens directly before a word nor closes directly behind one"
            wrong(at, f"{message}; move it there, or write \\== if the source says it")
        elif side == _CLOSE and opened < 0:
            wrong(
                at,
                f"== closes {near}, and none is open in this paragraph, under this name; put == before the words",
            )
        else:
            if side == _OPEN and opened >= 0:
                unclosed(opened, f"the next == opens, near {_start(text[at:])!r}", at)
            marks[at] = side
            opened = at if side == _OPEN else -1
    if opened >= 0:
        unclosed(opened, ending, len(text))
    for at, side in reversed(marks.items()):
        text = text[:at] + side + text[at + 2 :]
    return text


def _start(text: str) -> str:
    """With what a text begins, on one line."""
    return " ".join(_show(text[:32]).split())


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
    return _CLOSE if behind else _OPEN if before else ""


def _pieces(text: str, line: int, shown: str, problems: list[Problem]) -> Iterator[tuple[str, bool]]:
    """Plain stretches and marks, in order."""
    end = 0
    for match in [*_MARK.finditer(text), None]:
        plain = text[end : match.start()] if match else text[end:]
        broken = _BROKEN.search(plain)
        if broken:
            at = line + text[: end + broken.start()].count("\n")
            message = f"broken CriticMarkup near {_show(plain[broken.start() :][:30])!r}"
            problems.append(Problem(shown, at, message + "; every mark opens and closes in one paragraph"))
        yield plain, False
        if match:
            if any(part and _BROKEN.search(part) for part in match.groups()):
                at = line + text[: match.start()].count("\n")
                problems.append(Problem(shown, at, f"a mark inside a mark: {_show(match[0][:40])!r}"))
            if _EQUALS.search(match[0]):
                at = line + text[: match.start()].count("\n")
                message = f"== inside a mark: {_show(match[0][:40])!r}; a quote stands around a whole mark"
                problems.append(Problem(shown, at, f"{message}: move ==, or write \\== if it is said"))
            yield match[0], True
            end = match.end()
