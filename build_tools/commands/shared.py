"""What several commands need."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import track

from build_tools.errors import BuildError, Problem
from build_tools.model import Archive, Interview
from build_tools.sources import SourceFile


def add_sources(parser: argparse.ArgumentParser) -> None:
    """`--sources DIR`: another folder than `sources/`."""
    parser.add_argument("--sources", type=Path, default=Path("sources"), metavar="DIR")


def tracked(files: tuple[SourceFile, ...]) -> Iterable[SourceFile]:
    """Show progress on a terminal, and nothing in a pipe."""
    return track(
        files,
        description="Reading",
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def find_interview(archive: Archive, slug: str, sources: Path) -> Interview:
    """The interview of that name. Raises `BuildError`, naming those there are."""
    found = next((interview for interview in archive.interviews if interview.slug == slug), None)
    if found is None:
        slugs = ", ".join(interview.slug for interview in archive.interviews) or "none"
        raise BuildError([Problem(str(sources), 1, f"no interview {slug!r}; there are: {slugs}")])
    return found


def counted(number: int, what: str = "interview") -> str:
    """So many of something, in words.

    >>> counted(1), counted(4, "turn")
    ('1 interview', '4 turns')
    """
    return f"{number} {what}{'s' * (number != 1)}"
