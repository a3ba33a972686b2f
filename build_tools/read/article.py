"""A Markdown article with front matter: narrative in which people are quoted.

Markup goes, words stay: links keep their text, images their description.
Raw HTML is not markup here but text. Headings are not spoken; they become
chapters, and an edition must keep them. Where labels before its paragraphs say
who speaks, it is no article but an interview.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.model import Header, Line, Reading
from build_tools.read.labels import with_labels
from build_tools.texts import Headed, split_front_matter

# How a block's inline tokens become lines of text.
_Say = Callable[[Token], list[str]]

_PARSER = MarkdownIt("commonmark", {"html": False})


def recognises(suffix: str, text: str) -> bool:
    """A Markdown file."""
    return suffix == ".md"


def read(text: str) -> Reading:
    """Read an article.

    >>> reading = read("---\\ntitle: A *day*\\n---\\nHe [said](http://x.y) “no”.\\n\\nWhy\\n---\\n\\nSo.")
    >>> reading.header.title
    'A *day*'
    >>> [(line.number, line.text, line.heading) for line in reading.lines]
    [(4, 'He said “no”.', False), (6, 'Why', True), (9, 'So.', False)]
    """
    headed = _split(text)
    header = _header(headed.meta)
    marked = with_labels(_lines(headed.body, headed.body_line, _marked_lines))
    if marked:
        unmarked = (replace(line, text=line.text.replace("**", "")) for line in marked)
        return Reading(lines=tuple(line for line in unmarked if line.text.strip()), header=header)
    return Reading(tuple(_lines(headed.body, headed.body_line, _joined)), header, kind="article")


def _split(text: str) -> Headed:
    """Front matter and body; broken front matter is text like any other."""
    try:
        return split_front_matter(text)
    except yaml.YAMLError:
        return Headed({}, text, 1)


def _lines(body: str, first: int, say: _Say) -> list[Line]:
    """Paragraphs and headings, each as the lines that `say` makes of its inline tokens."""
    lines: list[Line] = []
    tokens = _PARSER.parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type not in ("inline", "fence", "code_block") or token.map is None:
            continue
        heading = before is not None and before.type == "heading_open"
        at = first + token.map[0] + (token.type == "fence")  # a fence's code begins below it
        texts = _joined(token) if heading else say(token)
        said = [(at + below, text) for below, text in enumerate(texts) if text]
        lines += [
            Line(number, text, opens=not heading and number == said[0][0], heading=heading)
            for number, text in said
        ]
    return lines


def _joined(token: Token) -> list[str]:
    """All of a paragraph as one line, without markup."""
    return [" ".join(_plain(token.children or [token]).split())]


def _marked_lines(token: Token) -> list[str]:
    """The lines of a paragraph; what is bold stays marked, for a label may be."""
    bold = ("strong_open", "strong_close")
    parts = ["**" if child.type in bold else _plain([child]) for child in token.children or [token]]
    return [" ".join(line.split()) for line in "".join(parts).split("\n")]


def _plain(tokens: Sequence[Token]) -> str:
    """The words of inline tokens, without their markup."""
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
        else:
            parts.append(token.content.replace("**", ""))  # emphasis that CommonMark refuses
    return "".join(parts)


def _header(meta: Mapping[str, object]) -> Header:
    date = meta.get("date")
    return Header(
        title=str(meta.get("title") or ""),
        date=_date(str(date)) if date else None,
        outlet=str(meta.get("outlet") or ""),
        url=str(meta.get("source_url") or meta.get("url") or ""),
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None
