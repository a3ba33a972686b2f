"""The JSON twin of each interview: the same facts, for programs.

Written beside the page, at `interviews/<slug>.json`. Word numbers count from
`addresses.first_word`, which is 1 unless the raw file was replaced, and include
both ends; `verbatim` is the raw words, `text` the clean ones. `former` has the
numbers given before, oldest first, and what became of those words up to the
last word of now: so many kept (`=`), exchanged (`~`), gone (`-`), new (`+`).
`quotes` are those that an editor marked as notable; each has a `page` of its own,
and a `text` to be put between quotation marks: those around the whole are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from build_tools.addresses import spell_runs
from build_tools.model import Archive, Interview, Page, Paragraph, Quote, Turn
from build_tools.render.quotes import quotes_by_slug
from build_tools.render.words import quote_path, without_outer_quotes


def pages(archive: Archive) -> Iterator[Page]:
    """One JSON file per interview."""
    quotes = quotes_by_slug(archive)
    for interview in archive.interviews:
        record = interview_record(interview, quotes[interview.slug])
        text = json.dumps(record, ensure_ascii=False, indent=1)
        yield Page(f"interviews/{interview.slug}.json", text + "\n")


def interview_record(interview: Interview, quotes: Iterable[Quote] = ()) -> dict[str, Any]:
    """An interview as plain data, with its notable quotes."""
    return {
        "slug": interview.slug,
        "kind": interview.kind,
        "title": interview.title,
        "date": interview.date.isoformat() if interview.date else None,
        "outlet": interview.outlet,
        "source": {**asdict(interview.source), "url": interview.source.url or None},
        "people": [
            {"id": who.person.id, "name": who.person.name, "role": who.role} for who in interview.people
        ],
        "status": interview.status,
        "addresses": {
            "first_word": interview.first_word,
            "former": [
                {"first_word": one.first_word, "count": len(one.words), "changes": spell_runs(one.runs)}
                for one in interview.former
            ],
        },
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "first_word": chapter.first_word,
                "last_word": chapter.last_word,
                "topics": list(chapter.topics),
            }
            for chapter in interview.chapters
        ],
        "turns": [_turn(turn) for turn in interview.turns],
        "edits": [asdict(edit) for edit in interview.edits],
        "quotes": [_quote(quote) for quote in quotes],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "first_word": quote.first_word,
        "last_word": quote.last_word,
        "text": without_outer_quotes(quote.text),
        "speaker": quote.turn.name,
        "topics": list(quote.topics),
        "page": f"{quote_path(quote.interview.slug, quote.first_word, quote.last_word)}/",
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "speaker": turn.name,
        "role": turn.role,
        "uncertain": turn.uncertain,
        "inferred": turn.inferred,
        "confidence": turn.confidence,
        "first_word": turn.first_word,
        "last_word": turn.last_word,
        "paragraphs": [_paragraph(paragraph) for paragraph in turn.paragraphs],
        "verbatim": turn.verbatim,
        "text": turn.text,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "id": paragraph.id,
        "first_word": paragraph.first_word,
        "last_word": paragraph.last_word,
        "verbatim": paragraph.verbatim,
        "text": paragraph.text,
    }
