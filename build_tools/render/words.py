"""How pages say things: dates, counts, names, addresses."""

from __future__ import annotations

import datetime

from build_tools.model import Interview, Mention
from build_tools.render.markdown import Markdown, escape

_MONTHS = ("January February March April May June July August September October November December").split()


def day(date: datetime.date | None) -> str:
    """A date for people, in every locale the same.

    >>> day(datetime.date(2025, 7, 30)), day(None)
    ('30 July 2025', 'undated')
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else "undated"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "passage"), count(12_792, "word"), count(3, "copy", "copies")
    ('1 passage', '12,792 words', '3 copies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    """A share for people.

    >>> percent(1, 3), percent(1, 1000), percent(0, 5)
    ('33%', 'under 1%', '0%')
    """
    share = 100 * part / whole if whole else 0
    return "under 1%" if 0 < share < 1 else f"{share:.0f}%"


def listed(names: list[str]) -> str:
    """Names in a sentence.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])
    ('A', 'A and B', 'A, B and C')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def address(interview: Interview, first: int, last: int) -> Markdown:
    """The lasting address of a stretch of words, from any generated index page."""
    return Markdown(f"../interviews/{interview.slug}.md#{anchor(first, last)}")


def anchor(first: int, last: int) -> str:
    """The fragment that names words `first`…`last` of an interview."""
    return f"w{first}-{last}"


def link(text: str, target: str) -> Markdown:
    """A Markdown link; `target` is one of the project's own addresses or a checked URL."""
    return Markdown(f"[{escape(text)}]({_url(target)})")


def _url(target: str) -> str:
    """A target that cannot end its link early."""
    unsafe = {"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C"}
    return "".join(unsafe.get(letter, letter) for letter in target)


def quoted(mention: Mention) -> str:
    """The words of a mention, with dots where its sentence goes on."""
    paragraph = mention.paragraph
    opens = any(mention.first_word == first for first, _ in paragraph.sentences())
    before = paragraph.clean_slice(paragraph.first_word, mention.first_word - 1)
    after = paragraph.clean_slice(mention.last_word + 1, paragraph.last_word)
    text = mention.text.strip('“”"')
    ends = any(mention.last_word == last for _, last in paragraph.sentences()) or not after
    head = "" if opens or not before else "… "
    return f"{head}{text.rstrip(',;: ') if not ends else text}{'' if ends else ' …'}"
