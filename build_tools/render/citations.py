"""Citations of each interview and of anybody's words in it, ready for the browser to fill in.

Written beside the page, at `interviews/<slug>.cite.json`::

    {"slug": …, "people": [id, …],
     "citations": [{"apa": pieces, "mla": pieces, "chicago": pieces,
                    "bibtex": pieces, "ris": pieces, "csl": item}, …],
     "whole": 0,
     "words": {"": 1, "jane-doe": 0, "jane-doe john-roe": 0, …}}

`whole` and `words` say which of the citations to take; `words` by the ids of all who
are named in the words, in the order of `people`; "" where nobody is. Pieces are as
`cite.items.Piece` has them. Who speaks with more others than are listed is cited
as the whole: nobody is named as the author of what they have not said alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from build_tools.cite.formats import bibtex, ris
from build_tools.cite.items import Item, everybody, whole, words_of
from build_tools.cite.styles import STYLES, cite
from build_tools.model import Archive, Interview, Page

# Of how many people every company of some is listed; of more, each alone and every two.
_EVERY, _TOGETHER = 4, 2


def pages(archive: Archive) -> Iterator[Page]:
    """One JSON file per interview."""
    for interview in archive.interviews:
        record = citation_record(interview)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        # A line each, and the first key where every file of ours has it.
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
    people = [person for person, _ in everybody(interview)]
    said_by = {turn.speaker.id if turn.speaker else "" for turn in interview.turns}
    speakers = [person for person in people if person.id in said_by]
    most = len(speakers) if len(speakers) <= _EVERY else _TOGETHER
    words = {
        " ".join(person.id for person in some): number(words_of(interview, some))
        for size in range(0 if "" in said_by else 1, most + 1)
        for some in combinations(speakers, size)
    }
    return {
        "slug": interview.slug,
        "people": [person.id for person in people],
        "citations": [_citation(item) for item in items],
        "whole": first,
        "words": words,
    }


def _citation(item: Item) -> dict[str, Any]:
    styles = {style: cite(item, style) for style in STYLES}
    return {**styles, "bibtex": bibtex(item), "ris": ris(item), "csl": item}
