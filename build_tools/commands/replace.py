"""`replace`: another transcript for an interview that is published already."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.commands.shared import add_sources
from build_tools.errors import BuildError, Problem
from build_tools.replace.plan import plan, write
from build_tools.replace.tell import LISTED, tell
from build_tools.sources import SourceFile, find_sources
from build_tools.vocabulary import load_vocabulary

NAME = "replace"
HELP = "put a better raw transcript in the place of an old one; old links keep working"
EXAMPLES = """\
python -m build_tools replace 2025-07-30-dario-amodei-big-technology better.txt --dry-run
python -m build_tools replace 2025-07-30-dario-amodei-big-technology better.txt"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An interview, and the raw file that is to be its source."""
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("raw", type=Path, metavar="NEW_RAW", help="a raw transcript, wherever it lies")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    parser.add_argument("--all", action="store_true", help="list every place worth a look")
    add_sources(parser)


def run(options: argparse.Namespace) -> int:
    """Make and prove everything, write it, and say on one screen what was done."""
    files, _ = find_sources(options.sources)
    vocabulary, problems = load_vocabulary(options.sources, (file.slug for file in files))
    if problems:
        raise BuildError(problems)
    made = plan(_chosen(files, options.slug, options.sources), options.raw, vocabulary)
    if not options.dry_run:
        write(made)
    for line in tell(made, sys.maxsize if options.all else LISTED):
        print(line)
    print("nothing was written" if options.dry_run else "written; next: python -m build_tools check")
    return 0


def _chosen(files: tuple[SourceFile, ...], slug: str, sources: Path) -> SourceFile:
    found = next((file for file in files if file.slug == slug), None)
    if found is None:
        slugs = ", ".join(file.slug for file in files) or "none"
        raise BuildError([Problem(str(sources), 1, f"no interview {slug!r}; there are: {slugs}")])
    return found
