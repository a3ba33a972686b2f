"""How an edition is written: what its marks look like, and how text keeps from being one."""

from __future__ import annotations

import re

CHAPTER = re.compile(r"^##\s+(?P<title>.+?)\s*(?:\{topics:\s*(?P<topics>[^}]*)\})?\s*$")
LABEL = re.compile(r"\*\*(?P<name>[^*\n]{1,80}?)\s*(?P<doubt>\(\?\))?:\*\*")
MARK = re.compile(
    r"\{\+\+(?P<insert>.*?)\+\+\}"
    r"|\{--(?P<delete>.*?)--\}"
    r"|\{~~(?P<old>.*?)~>(?P<new>.*?)~~\}"
    r"|\{>>(?P<note>.*?)<<\}",
    re.DOTALL,
)
BROKEN = re.compile(r"\{\+\+|\{--|\{~~|\{>>|\+\+\}|--\}|~~\}|<<\}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EQUALS = re.compile(r"={2,}")
# What a mark, a label, a comment or a heading begins or ends with; and a backslash that would escape.
_SPECIAL = re.compile(
    r"^#|\*(?=\*)|(?<=\*)\*|\{(?=\+\+|--|~~|>>|topics:)|(?<=\+\+|--|~~|<<)\}|<(?=!--)|\((?=\?\))|(?<![^\s=])=|=(?![^\s=])"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# While an edition is parsed, surrogates stand for escaped marks: UTF-8 text never holds one.
_STAND_IN = 0xD800
STANDS_IN = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0x7F)}]")


def escape(text: str) -> str:
    r"""One line that an edition reads as just this text, whatever stands in it.

    >>> print(escape("# one {++two++} **Jane Doe:** <!-- three"))
    \# one \{++two++\} \*\*Jane Doe:\*\* \<!-- three
    """
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def hide(text: str) -> str:
    """Escaped characters become stand-ins, which mean nothing to the parser."""
    return ESCAPED.sub(lambda match: chr(_STAND_IN + ord(match[1])), text)


def show(text: str) -> str:
    """Stand-ins become what they stand for."""
    return STANDS_IN.sub(lambda match: chr(ord(match[0]) - _STAND_IN), text)
