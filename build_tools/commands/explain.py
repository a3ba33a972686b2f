"""`explain`: how raw words became what the page says."""

from __future__ import annotations

import argparse
import re
import sys

from rich.console import Console

from build_tools.commands.shared import add_sources, find_interview
from build_tools.errors import BuildError, Problem
from build_tools.explain import explain
from build_tools.pipeline import load_archive

NAME = "explain"
HELP = "show raw words, each edit with its rule, and the result"
EXAMPLES = "python -m build_tools explain 2025-07-30-dario-amodei-big-technology w120"
_WORDS = re.compile(r"w?(\d{1,9})(?:-(\d{1,9}))?$")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An interview, and words of it."""
    add_sources(parser)
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("words", nargs="?", metavar="wN", help="w120, or w120-148")


def run(options: argparse.Namespace) -> int:
    """Print each turn that holds the words."""
    archive = load_archive(options.sources)
    interview = find_interview(archive, options.slug, options.sources)
    match = _WORDS.match(options.words or f"w{interview.first_word}-{interview.last_word}")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not interview.first_word <= first <= last <= interview.last_word:
        message = (
            f"{options.words!r} are no words here; expected w{interview.first_word} to w{interview.last_word}"
        )
        raise BuildError([Problem(interview.source.path, 1, message)])
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for part in explain(interview, first, last):
        console.print(part, markup=False)
    return 0
