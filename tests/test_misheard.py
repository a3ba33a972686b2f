"""Names in the four documents: what was misheard is right on the pages, and what was heard right still is.

The list, `cases/misheard.yml`, was made for the most part from the raw words alone, apart from the editions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.model import Archive, Interview
from build_tools.words import join

LISTS: dict[str, dict[str, list[list[Any]]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "misheard.yml").read_text("utf-8")
)
# What replaces words may begin or end with a neighbour: “early opening at WW4” → “early OpenAI, well before”.
_AROUND = 3


@pytest.fixture(params=LISTS)
def interview(request: pytest.FixtureRequest, archive: Archive) -> Interview:
    return next(one for one in archive.interviews if one.slug == request.param)


def raw_and_clean(interview: Interview) -> tuple[list[str], list[str]]:
    paragraphs = [paragraph for turn in interview.turns for paragraph in turn.paragraphs]
    raw = [word for paragraph in paragraphs for word in paragraph.raw]
    clean = [word for paragraph in paragraphs for word in paragraph.clean]
    assert interview.first_word == 1
    return raw, clean


def says(slots: list[str], first: int, last: int, around: int, name: str) -> bool:
    return name in join(slots[max(first - 1 - around, 0) : last + around])


def test_every_misheard_name_is_right_on_the_page(interview: Interview) -> None:
    raw, clean = raw_and_clean(interview)
    rows = LISTS[interview.slug]["misheard"]
    assert [heard for first, last, heard, _ in rows if not says(raw, first, last, 0, heard)] == []
    assert [row for row in rows if not says(clean, row[0], row[1], _AROUND, row[3])] == []


def test_no_name_that_was_heard_right_is_spoilt(interview: Interview) -> None:
    raw, clean = raw_and_clean(interview)
    rows = LISTS[interview.slug]["heard right"]
    assert [heard for first, last, heard in rows if not says(raw, first, last, 0, heard)] == []
    assert [row for row in rows if not says(clean, row[0], row[1], _AROUND, row[2])] == []
