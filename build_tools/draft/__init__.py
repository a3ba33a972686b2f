"""The first version of an edition, for an editor to correct.

===============  ==========================================================
`people`         who is said to take part, on the command line
`chapters`       where a new chapter begins
`titles`         what it is called
`write`          an interview → the text of its edition
===============  ==========================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_tools.chapter import make_chapters
from build_tools.draft.chapters import find_chapters
from build_tools.draft.titles import find_titles
from build_tools.model import Heading, Interview, Topic


def with_chapters(interview: Interview, topics: Mapping[str, Topic]) -> Interview:
    """The interview with chapters found in its words, unless its source has headings or it is short."""
    starts = () if interview.chapters else find_chapters(interview.turns)
    if not starts:
        return interview
    titles = find_titles(interview, starts, topics)
    headings = [Heading(first, title) for first, title in zip(starts, titles, strict=True)]
    return replace(interview, chapters=make_chapters(headings, interview.word_count))
