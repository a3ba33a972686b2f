"""`links`: quote links in other people's text."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from build_tools.commands.shared import add_sources, counted, tracked
from build_tools.errors import BuildError, Problem
from build_tools.links import STATUSES, check_links
from build_tools.pipeline import load_archive
from build_tools.texts import read_utf8

NAME = "links"
HELP = "check links to quotes, in Markdown or HTML files, against the archive"
EXAMPLES = "python -m build_tools links README.md article.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files with links."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Markdown, HTML or plain text")
    add_sources(parser)


def run(options: argparse.Namespace) -> int:
    """A line for each link that is not fine, and how many there are; 1 if any leads to nothing."""
    missing = [path for path in options.files if not path.is_file()]
    if missing:
        raise BuildError(Problem(str(path), 1, "no such file; expected text with links") for path in missing)
    texts = {path: read_utf8(path, str(path)) for path in options.files}
    interviews = {one.slug: one for one in load_archive(options.sources, tracked).interviews}
    tally: Counter[str] = Counter()
    for path, text in texts.items():
        for finding in check_links(text, interviews):
            tally[finding.status] += 1
            if finding.message:
                print(f"{path}:{finding.line}: {finding.status}: {finding.message}")
    told = ", ".join(f"{tally[status]} {status}" for status in STATUSES)
    print(f"{counted(tally.total(), 'quote link')}: {told}")
    return 1 if tally["gone"] else 0
