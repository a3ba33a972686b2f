"""What the head of a page says to programs, and what on the page could run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from build_tools.policy import inline_scripts

POLICY = "content-security-policy"


@dataclass(frozen=True)
class Head:
    """The head of a page; `tags` are its elements in order, with their attributes."""

    title: str
    tags: list[tuple[str, dict[str, str]]]
    data: list[Any]  # what stands in scripts of linked data, parsed
    scripts: list[str]  # of the whole page, as written
    acting: list[str]  # on the whole page: handlers, styles and addresses that could run something

    def told(self, name: str) -> str:
        """The content of the only <meta> of a name or property; "" where there is none."""
        found = [
            tag["content"]
            for kind, tag in self.tags
            if kind == "meta"
            and name in (tag.get("name"), tag.get("property"), tag.get("http-equiv", "").lower())
        ]
        assert len(found) < 2, f"{name} twice"
        return found[0] if found else ""

    def linked(self, rel: str) -> list[str]:
        return [tag["href"] for kind, tag in self.tags if kind == "link" and tag.get("rel") == rel]

    @property
    def things(self) -> list[dict[str, Any]]:
        """What the linked data tell of: the page's own thing first."""
        return [thing for data in self.data for thing in data.get("@graph", [data])]


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.title = ""
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.data: list[str] = []
        self.acting: list[str] = []
        self._in_head = self._in_title = self._in_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_head = (self._in_head or tag == "head") and tag != "body"
        self._in_title = tag == "title" and self._in_head
        self._in_data = given.get("type") == "application/ld+json"
        if self._in_head:
            self.tags.append((tag, given))
        if self._in_data:
            self.data.append("")
        self.acting += [f"<{tag} {name}={value}>" for name, value in given.items() if _acts(name, value)]

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._in_data:
            self.data[-1] += data


def _acts(name: str, value: str) -> bool:
    leads = name in ("href", "src", "action", "formaction", "data") and value.strip().lower()
    return name.startswith("on") or name == "style" or str(leads).startswith(("javascript:", "vbscript:"))


def head_of(page: str) -> Head:
    """The head of a page, read as a browser reads it."""
    read = _Reader(page)
    return Head(
        read.title, read.tags, [json.loads(text) for text in read.data], inline_scripts(page), read.acting
    )


def values(data: Any, *keys: str) -> Iterator[str]:
    """Everything that stands under some keys, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and isinstance(value, str):
                yield value
            yield from values(value, *keys)
    elif isinstance(data, list):
        for item in data:
            yield from values(item, *keys)
