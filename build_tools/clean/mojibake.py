"""Text that was decoded with the wrong encoding, put right with ftfy.

Only encoding is repaired: quotes keep their shape, entities and markup stay
as they are. Characters that cannot be seen but change how text is read
(direction overrides, byte-order marks) go too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftfy import TextFixerConfig, fix_text

from build_tools.model import Edit

RULE = "mojibake"

_CONFIG = TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization=None,
)
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def repair(word: str) -> str:
    """A word with its encoding repaired.

    >>> repair("donâ€™t"), repair("â€“"), repair("“don’t”"), repair("&lt;b&gt;")
    ('don’t', '–', '“don’t”', '&lt;b&gt;')
    """
    if word.isascii():
        return word
    return _INVISIBLE.sub("", fix_text(word, _CONFIG))


def repairs(words: Sequence[str]) -> list[Edit]:
    """The edits that repair the encoding of numbered words."""
    return [
        Edit(RULE, number, number, word, repair(word), "decoded with the wrong encoding")
        for number, word in enumerate(words, 1)
        if repair(word) != word
    ]
