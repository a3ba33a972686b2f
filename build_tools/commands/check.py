"""`check`: prove every edition and check the vocabularies."""

from __future__ import annotations

import argparse

from build_tools.commands.shared import add_sources, counted, tracked
from build_tools.pipeline import build_archive

NAME = "check"
HELP = "do all that build does, and write nothing"
EXAMPLES = "python -m build_tools check"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sources."""
    add_sources(parser)


def run(options: argparse.Namespace) -> int:
    """Build in memory, and say in one line that nothing is wrong."""
    built = build_archive(options.sources, tracked)
    words = sum(interview.word_count for interview in built.archive.interviews)
    print(f"{counted(len(built.archive.interviews))}, {words:,} words: no problems; nothing written")
    return 0
