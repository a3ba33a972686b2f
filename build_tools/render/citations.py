"""Citations of each interview and of anybody's words in it, ready for the browser to fill in.

Written beside the page, at `interviews/<slug>.cite.json`::

    {"slug": …, "people": [id, …],
     "citations": [{"apa": pieces, "mla": pieces, "chicago": pieces,
                    "bibtex": pieces, "ris": pieces, "csl": item}, …],
     "whole": 0,
     "words": {"": 1, "jane-doe": 0, "jane-doe john-roe": 0, …}}

`whole` and `words` say which of the citations to take; `words` by the ids of all who
are named in the words, in the order of `people`; "" where nobody is. Pieces are as
`cite.items.Piece` has them. Words of a company that is not listed are cited as the whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from build_tools.cite.formats import bibtex, ris
from build_tools.cite.items import Item, whole, words_of
from build_tools.cite.styles import STYLES, cite
from build_tools.model import Archive, Interview, Page, Person

# Up to so many people, any of them together are listed; of more, each alone and two who speak in turn.
_FEW = 4


def pages(archive: Archive) -> Iterator[Page]:
    """One JSON file per interview."""
    for interview in archive.interviews:
        record = citation_record(interview)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        # The first key stands where every file of ours has it.
        yield Page(
            f"interviews/{interview.slug}.cite.json", "{\n " + text[1:-1].replace(":", ": ", 1) + "\n}\n"
        )


def citation_record(interview: Interview) -> dict[str, Any]:
    """Every citation of an interview, each once."""
    items: list[Item] = []

    def number(item: Item) -> int:
        if item not in items:
            items.append(item)
        return items.index(item)

    first = number(whole(interview))
    people = [who.person for who in interview.everyone]
    words = {
        " ".join(person.id for person in some): number(words_of(interview, some))
        for some in _companies(interview, people)
    }
    return {
        "slug": interview.slug,
        "people": [person.id for person in people],
        "citations": [_citation(item) for item in items],
        "whole": first,
        "words": words,
    }


def _companies(interview: Interview, people: list[Person]) -> Iterator[tuple[Person, ...]]:
    """Who may have said some words, in the order of `people`; nobody, where somebody is not known."""
    said_by = [turn.speaker.id if turn.speaker else "" for turn in interview.turns]
    speakers = [person for person in people if person.id in said_by]
    if "" in said_by:
        yield ()
    if len(speakers) <= _FEW:
        for size in range(1, len(speakers) + 1):
            yield from combinations(speakers, size)
        return
    yield from combinations(speakers, 1)
    in_turn = {frozenset(two) for two in pairwise(said_by)}
    yield from (two for two in combinations(speakers, 2) if {person.id for person in two} in in_turn)


def _citation(item: Item) -> dict[str, Any]:
    styles = {style: cite(item, style) for style in STYLES}
    return {**styles, "bibtex": bibtex(item), "ris": ris(item), "csl": item}
