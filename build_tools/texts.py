"""Read the files people write: UTF-8, YAML, front matter; every trouble told with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from build_tools.errors import BuildError, Problem


def read_utf8(path: Path, shown: str) -> str:
    """The text of a file. Raises `BuildError` where it is not UTF-8."""
    return decode(path.read_bytes(), shown)


def decode(data: bytes, shown: str) -> str:
    """UTF-8 as text with plain line ends. Raises `BuildError` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "not UTF-8 text; convert it (iconv -t UTF-8), then build again"
        raise BuildError([Problem(shown, line, message)]) from None


class _Loader(yaml.SafeLoader):
    """YAML without code; a day that no calendar has stays text, to be told of later."""


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def load_yaml(text: str) -> Any:
    """The value of a YAML text. Raises `yaml.YAMLError`."""
    return yaml.load(text, _Loader)


def yaml_problem(shown: str, error: yaml.YAMLError, first: int = 1) -> Problem:
    """A YAML error told with its line; `first` is the line where the YAML begins."""
    mark = getattr(error, "problem_mark", None)
    line = first + mark.line if mark else first
    what = getattr(error, "problem", None) or "cannot be read"
    return Problem(shown, line, f"broken YAML: {what}; check quotes, colons and indentation here")


@dataclass(frozen=True, slots=True)
class Headed:
    """A text with front matter: its keys, its body, and the line on which the body begins."""

    meta: Mapping[str, object]
    body: str
    body_line: int


def split_front_matter(text: str) -> Headed:
    """Split a text into front matter and body; without front matter `meta` is empty.

    Raises `yaml.YAMLError` where the front matter is broken.

    >>> split_front_matter("---\\na: 1\\n---\\n\\nText.")
    Headed(meta={'a': 1}, body='Text.', body_line=5)
    """
    handler = YAMLHandler()
    stripped = text.strip()
    above = text[: len(text) - len(text.lstrip())].count("\n")
    if not handler.detect(stripped) or len(handler.FM_BOUNDARY.findall(stripped)) < 2:
        return Headed({}, text, 1)
    front, body = handler.split(stripped)
    meta = load_yaml(front)
    if meta is not None and not isinstance(meta, dict):  # dashes around something else
        return Headed({}, text, 1)
    lead = len(body) - len(body.lstrip("\n"))
    body = body[lead:]
    line = above + stripped.count("\n") - body.count("\n") + 1
    return Headed(meta or {}, body, line)
