"""Plain text → Markdown that shows exactly that text, whoever wrote it.

Source text is hostile: nothing in it may become markup, script or an
attribute. Characters with a meaning in Markdown, CriticMarkup, attribute
lists or HTML are written as numeric entities, which every renderer knows.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

# Kept in front of every page the build step makes: it removes and rewrites only these.
MARKER = "# Made by build_tools from sources/. Changes made here are lost; change the source."

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~^=#$@]")
_OPENING = re.compile(r"^(?:(?P<bullet>[-+])|(?P<number>\d+)(?P<dot>[.)])|(?P<other>[:!\"'%/]))")
# What YAML would not take, or would take for the end of a line; in JSON it can only stand in a text.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LINKED = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data|vbscript):")


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""


@lru_cache(maxsize=1 << 16)
def escape(text: str) -> Markdown:
    """Markdown that reads as `text`, on one line.

    >>> escape("a*b* {++x++} <i> [y](z)")
    'a&#42;b&#42; &#123;++x++&#125; &#60;i&#62; &#91;y&#93;(z)'
    >>> escape("1. no list"), escape("- nor here"), escape("--8<-- 'file'")
    ('1&#46; no list', '&#45; nor here', '&#45;-8&#60;-- &#39;file&#39;')
    """
    plain = _SPECIAL.sub(_entity, " ".join(text.split()))
    plain = _LINKED.sub(r"\1&#58;", plain)
    if plain.startswith("--8"):
        plain = plain.replace("'", "&#39;")
    return Markdown(_OPENING.sub(_opened, plain))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _opened(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}&#{ord(match['dot'])};"
    return f"&#{ord(match[0])};"


def attribute_value(text: str) -> Markdown:
    """Text for a quoted attribute: letters, digits, and marks that mean nothing there.

    >>> attribute_value('Say "hi" }')
    'Say hi'
    """
    return Markdown(" ".join(re.sub(r"[^\w\s.,;:’'()·+–—-]", "", text).split()))


def front_matter(**meta: object) -> Markdown:
    """The front matter of a generated page.

    MkDocs themes print titles and descriptions without escaping them, so they
    are written here as HTML text already. What lies deeper is plain: only our
    own part of the theme prints it, and escapes it. None is left out.

    Values are written as JSON, which is YAML too, and one line each.

    >>> print(front_matter(title="A <talk>", picture=None, quote={"first": 6, "speaker": "Jane Doe"}))
    ---
    # Made by build_tools from sources/. Changes made here are lost; change the source.
    title: "A &lt;talk&gt;"
    quote: {"first": 6, "speaker": "Jane Doe"}
    ---
    """
    given = {key: value for key, value in meta.items() if value is not None}
    safe = {key: html.escape(v) if isinstance(v, str) else v for key, v in given.items()}
    lines = (f"{key}: {_json(value)}\n" for key, value in safe.items())
    return Markdown(f"---\n{MARKER}\n{''.join(lines)}---")


def _json(value: object) -> str:
    """JSON that YAML reads as the same; keys are ours, and shorter than the 1024 letters YAML allows them."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=False,  # the pages are Markdown, not HTML; `finalize` escapes for it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    environment.globals["front_matter"] = front_matter
    environment.filters["markdown"] = Markdown  # for what a macro has escaped already
    return environment


def _finalize(value: Any) -> str:
    return value if isinstance(value, Markdown) else escape(str(value))


_BLANKS = re.compile(r"\n{3,}")


def fill(template: str, helpers: dict[str, Callable[..., object]] | None = None, **values: object) -> str:
    """A template filled in: everything printed is escaped, runs of blank lines are closed up."""
    text = _environment().get_template(template).render(**(helpers or {}), **values)
    return _BLANKS.sub("\n\n", text).strip() + "\n"
