"""Where words and names stand in the text of an edition, by character.

The parser tells what an edition says; a change needs to know where. The same
expressions find both, and `proven` checks that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from build_tools.edition.marks import COMMENT, EQUALS, ESCAPED, LABEL, MARK, STANDS_IN, hide, show
from build_tools.texts import split_front_matter
from build_tools.words import has_words

# What stands between white space; marks may hold white space themselves.
_TOKEN = re.compile(rf"(?:{MARK.pattern}|\S)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A label: characters `start`…`end`, with the name and its `(?)` up to `name_end`."""

    name: str
    uncertain: bool
    start: int
    end: int
    opens_block: bool
    first_word: int = 0

    def at_word(self, number: int) -> NamePlace:
        """The same label, before word `number`."""
        return replace(self, first_word=number)

    @property
    def inside(self) -> slice:
        """The characters between `**` and `:**`."""
        return slice(self.start + 2, self.end - 3)


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A word, or a mark with words: characters `start`…`end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """What stands between white space without a word: a dash, a note, words put in."""

    start: int
    end: int


Place = NamePlace | WordPlace | MarkPlace


def find_places(text: str) -> Iterator[Place]:
    """The names, words and marks of an edition, in order.

    >>> [type(place).__name__ for place in find_places("---\\na: 1\\n---\\n**Jane Doe:** Hello.")]
    ['NamePlace', 'WordPlace']
    """
    shown, origin = _as_parsed(text)
    for start, block in _blocks(shown):
        end = 0
        for label in LABEL.finditer(block):
            yield from _words(block, end, label.start(), start, origin)
            end = label.end()
            yield NamePlace(
                name=show(label["name"]).strip(),
                uncertain=bool(label["doubt"]),
                start=origin[start + label.start()],
                end=origin[start + end - 1] + 1,
                opens_block=not block[: label.start()].strip(),
            )
        yield from _words(block, end, len(block), start, origin)


def without_quotes(text: str) -> str:
    """A proven edition without the marks of its quotes.

    >>> without_quotes("---\\na: 1\\n---\\n**Jane Doe:** ==Hello== \\\\== <!-- == -->")
    '---\\na: 1\\n---\\n**Jane Doe:** Hello \\\\== <!-- == -->'
    """
    shown, origin = _as_parsed(text)
    for found in reversed(list(EQUALS.finditer(shown))):
        text = text[: origin[found.start()]] + text[origin[found.end() - 1] + 1 :]
    return text


def _as_parsed(text: str) -> tuple[str, list[int]]:
    """The body as the parser reads it, and where in the text each of its characters begins."""
    headed = split_front_matter(text)
    body = len(text.rstrip()) - len(headed.body) if headed.meta else 0
    shown = ""
    origin: list[int] = []
    for part in re.finditer(rf"{ESCAPED.pattern}|[^\\]+|\\", text[body:]):
        hidden = hide(part[0])
        origin += range(body + part.start(), body + part.start() + len(hidden))
        shown += hidden
    for comment in reversed(list(COMMENT.finditer(shown))):
        lines = [at for at in range(*comment.span()) if shown[at] == "\n"]
        origin[comment.start() : comment.end()] = [origin[at] for at in lines]
        shown = shown[: comment.start()] + "\n" * len(lines) + shown[comment.end() :]
    return shown, origin


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, each with the character at which it begins; headings are left out."""
    start, block = 0, ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if line.startswith("#") or not line.strip():
            if block:
                yield start, block
            start, block = start + len(block) + len(line), ""
        else:
            block += line
    if block:
        yield start, block


def _words(
    block: str, first: int, last: int, start: int, origin: list[int]
) -> Iterator[WordPlace | MarkPlace]:
    for token in _TOKEN.finditer(block[first:last]):
        raw = MARK.sub(lambda mark: mark["delete"] or mark["old"] or "", token[0])
        at = start + first + token.start()
        last_size = 2 if STANDS_IN.match(token[0][-1]) else 1  # an escaped mark takes two characters
        place = WordPlace if has_words(raw) else MarkPlace
        yield place(origin[at], origin[at + len(token[0]) - 1] + last_size)
