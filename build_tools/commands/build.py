"""`build`: sources/ → docs/."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from build_tools.commands.shared import add_sources, counted, tracked
from build_tools.pipeline import build_archive
from build_tools.write import write_pages

NAME = "build"
HELP = "make the pages in docs/ from sources/"
EXAMPLES = """\
python -m build_tools build
python -m build_tools build --sources my-talks --docs my-site"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two folders."""
    add_sources(parser)
    parser.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Build, write what changed, and say so in one line."""
    start = time.perf_counter()
    built = build_archive(options.sources, tracked)
    written = write_pages(built.pages, options.docs, built.pictures)
    took = time.perf_counter() - start
    print(
        f"{counted(len(built.archive.interviews))}: {len(written.changed)} pages written, "
        f"{written.unchanged} unchanged, {len(written.removed)} removed in {took:.1f} s"
    )
    return 0
