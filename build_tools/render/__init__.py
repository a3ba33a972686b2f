"""Interviews and index → pages of plain Markdown and JSON.

Logic is here, words and layout are in `templates/`. Whatever a template
prints is escaped, unless it is `Markdown` that one of these modules made.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model import Archive, Page
from build_tools.render import (
    citations,
    corrections,
    home,
    interviews,
    people,
    quotes,
    timeline,
    topics,
    twin,
)

# Each makes its pages from the whole archive; the order is that of the site's navigation.
SECTIONS = (home, interviews, twin, citations, quotes, topics, people, timeline, corrections)


def render(archive: Archive) -> Iterator[Page]:
    """Every generated page of the site."""
    for section in SECTIONS:
        yield from section.pages(archive)
