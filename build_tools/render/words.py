"""How pages say things: dates, counts, names, addresses."""

from __future__ import annotations

import datetime

from build_tools.model import Interview, Mention, Quote
from build_tools.render.markdown import Markdown, escape

_MONTHS = ("January February March April May June July August September October November December").split()


# Marks that say nothing at the end of words.
_HANGING = " ,;:–—"


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


def where(interview: Interview) -> str:
    """Where and when somebody said something: `Some Podcast · 30 July 2025`."""
    return " · ".join(filter(None, [interview.outlet, day(interview.date)]))


def address(interview: Interview, first: int, last: int) -> Markdown:
    """The lasting address of a stretch of words, from any generated index page."""
    return Markdown(f"../interviews/{interview.slug}.md#{anchor(first, last)}")


def anchor(first: int, last: int) -> str:
    """The fragment that names words `first`…`last` of an interview."""
    return f"w{first}-{last}"


def quote_path(slug: str, first: int, last: int) -> str:
    """Where all of a notable quote is, from the root of the site or of `docs/`: its page, its picture.

    >>> quote_path("2025-talk", 6, 9)
    'quotes/2025-talk/w6-9'
    """
    return f"quotes/{slug}/{anchor(first, last)}"


def span(first: int, last: int) -> str:
    """Which words, in words.

    >>> span(7, 9), span(7, 7)
    ('words 7 to 9', 'word 7')
    """
    return f"word {first}" if first == last else f"words {first} to {last}"


def link(text: str, target: str) -> Markdown:
    """A Markdown link; `target` is one of the project's own addresses or a checked URL."""
    return Markdown(f"[{escape(text)}]({_url(target)})")


def _url(target: str) -> str:
    """A target that cannot end its link early."""
    unsafe = {"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C"}
    return "".join(unsafe.get(letter, letter) for letter in target)


def quoted(words: Mention | Quote) -> str:
    """Words as a quotation shows them: dots where a sentence is entered or left, no comma or dash left hanging."""
    first, last = words.first_word, words.last_word
    turn = words.turn
    opening = next(p for p in turn.paragraphs if first <= p.last_word)
    closing = next(p for p in turn.paragraphs if last <= p.last_word)
    begun = next(one for one, end in opening.sentences() if first <= end)
    ended = next(end for one, end in closing.sentences() if last <= end)
    opens = not opening.clean_slice(begun, first - 1)
    ends = not closing.clean_slice(last + 1, ended)
    text = without_outer_quotes(words.text)
    return f"{'' if opens else '… '}{text.rstrip(_HANGING)}{'' if ends else ' …'}"


def without_outer_quotes(text: str) -> str:
    """Text without the marks around the whole of it, and without one at its end whose other is not there.

    >>> without_outer_quotes("“All of it.”"), without_outer_quotes("the only way,”")
    ('All of it.', 'the only way,')
    >>> without_outer_quotes("“One” and “two”"), without_outer_quotes('He said "two"')
    ('“One” and “two”', 'He said "two"')
    """
    pairs: dict[int, int] = {}
    lone: list[int] = []  # marks whose other has not come yet
    stray: set[int] = set()
    for at, mark in enumerate(text):
        closes_straight = mark == '"' and lone and text[lone[-1]] == '"'
        if mark == "”" or closes_straight:
            if lone:
                pairs[lone.pop()] = at
            else:
                stray.add(at)
        elif mark in '“"':
            lone.append(at)
    stray.update(lone)
    end = len(text) - 1
    if pairs.get(0) == end:
        return text[1:-1]
    return text[0 in stray : len(text) - (end in stray)]


def shortened(text: str, most: int) -> str:
    """Text of at most so many characters, cut between words.

    >>> shortened("It rains all day.", 17), shortened("It rains all day.", 16)
    ('It rains all day.', 'It rains all …')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1].rpartition(" ")[0] or text[: most - 2]
    return f"{head.rstrip(_HANGING + '.')} …"
