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

from build_tools.edition.marks import BROKEN, CHAPTER, COMMENT, EQUALS, LABEL, MARK, hide, show
from build_tools.edition.quote_marks import CLOSE, OPEN, WITHOUT_QUOTES, tell_quotes
from build_tools.errors import Problem
from build_tools.texts import Headed, split_front_matter, yaml_problem


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


def parse_edition(text: str, shown: str) -> tuple[EditionText, list[Problem]]:
    """Read the text of an edition; problems carry `shown` and a line."""
    problems: list[Problem] = []
    headed = _split(text, shown, problems)
    body = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), hide(headed.body))
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
        chapter = CHAPTER.match(block)
        if not chapter:
            message = "expected a chapter: '## ' and a title; other headings have no meaning here"
            problems.append(Problem(shown, line, message))
            return []
        if EQUALS.search(chapter["title"]):
            message = (
                "== in a heading; only what somebody says can be a quote: take the mark out, or write \\=="
            )
            problems.append(Problem(shown, line, message))
        topics = tuple(t.strip() for t in (chapter["topics"] or "").split(",") if t.strip())
        return [ChapterLine(show(chapter["title"]), topics, line)]
    items: list[Item] = [ParagraphStart(line)]
    end, labels = 0, list(LABEL.finditer(block))
    for label in [*labels, None]:
        stretch = block[end : label.start()] if label else block[end:]
        at = line + block[:end].count("\n")
        ending = "the next name" if label else "the end of the paragraph"
        items += _chunks(tell_quotes(stretch, at, ending, shown, problems), at, shown, problems)
        if label:
            at = line + block[: label.start()].count("\n")
            items.append(Label(show(label["name"]).strip(), bool(label["doubt"]), at))
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
        opens, closes = opens or OPEN in raw, CLOSE in raw
        raw, new = raw.translate(WITHOUT_QUOTES), new.translate(WITHOUT_QUOTES)
        if raw or new or marked:
            chunks.append(Chunk(show(raw), show(new), start, show(note), marked, opens, closes))
            opens = False
        elif (note or closes) and chunks:
            last = chunks[-1]
            chunks[-1] = replace(last, note=show(note) or last.note, closes=last.closes or closes)
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
        match = MARK.fullmatch(piece)
        assert match is not None
        if match["note"] is not None:
            note = " ".join(match["note"].split())
        else:
            raw += match["delete"] or match["old"] or ""
            new += match["insert"] or match["new"] or ""
            marked = True
    close()
    return chunks


def _pieces(text: str, line: int, shown: str, problems: list[Problem]) -> Iterator[tuple[str, bool]]:
    """Plain stretches and marks, in order."""
    end = 0
    for match in [*MARK.finditer(text), None]:
        plain = text[end : match.start()] if match else text[end:]
        broken = BROKEN.search(plain)
        if broken:
            at = line + text[: end + broken.start()].count("\n")
            message = f"broken CriticMarkup near {show(plain[broken.start() :][:30])!r}"
            problems.append(Problem(shown, at, message + "; every mark opens and closes in one paragraph"))
        yield plain, False
        if match:
            if any(part and BROKEN.search(part) for part in match.groups()):
                at = line + text[: match.start()].count("\n")
                problems.append(Problem(shown, at, f"a mark inside a mark: {show(match[0][:40])!r}"))
            if EQUALS.search(match[0]):
                at = line + text[: match.start()].count("\n")
                message = f"== inside a mark: {show(match[0][:40])!r}; a quote stands around a whole mark"
                problems.append(Problem(shown, at, f"{message}: move ==, or write \\== if it is said"))
            yield match[0], True
            end = match.end()
