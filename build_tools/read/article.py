"""A Markdown article with front matter: narrative in which people are quoted.

Markup goes, words stay: links keep their text, images their description.
Raw HTML is not markup here but text. Headings are not spoken; they become
chapters, and an edition must keep them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.model import Header, Line, Reading
from build_tools.texts import Headed, split_front_matter

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
    lines = tuple(_lines(headed.body, headed.body_line))
    return Reading(lines=lines, header=_header(headed.meta), kind="article")


def _split(text: str) -> Headed:
    """Front matter and body; broken front matter is text like any other."""
    try:
        return split_front_matter(text)
    except yaml.YAMLError:
        return Headed({}, text, 1)


def _lines(body: str, first: int) -> list[Line]:
    lines: list[Line] = []
    tokens = _PARSER.parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type not in ("inline", "fence", "code_block") or token.map is None:
            continue
        text = " ".join(_plain(token.children or [token]).split())
        heading = before is not None and before.type == "heading_open"
        if text:
            at = first + token.map[0] + (token.type == "fence")  # a fence's code begins below it
            lines.append(Line(at, text, opens=not heading, heading=heading))
    return lines


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
