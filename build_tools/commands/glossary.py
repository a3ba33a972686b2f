"""`glossary`: spellings proposed from the archive itself, for an editor to accept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from build_tools.commands.shared import add_sources, find_interview, tracked
from build_tools.errors import BuildError
from build_tools.pipeline import load_archive
from build_tools.propose.entry import told, told_unknown, with_entry
from build_tools.propose.find import Proposal, proposals, unknown_words
from build_tools.propose.match import believed
from build_tools.propose.names import known_names
from build_tools.read import read_transcript
from build_tools.sources import find_sources
from build_tools.texts import read_utf8
from build_tools.vocabulary import load_vocabulary
from build_tools.write import write_whole

NAME = "glossary"
HELP = "propose entries for glossary.yml: names the recogniser may have misheard"
EXAMPLES = """\
python -m build_tools glossary
python -m build_tools glossary --most 5 | less"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to look, and how much to show."""
    add_sources(parser)
    parser.add_argument("--interview", default="", metavar="SLUG", help="look only there")
    parser.add_argument("--most", type=int, default=20, metavar="N", help="the N surest (20)")
    parser.add_argument("--write", action="store_true", help="accept all that is shown, unasked")


def run(options: argparse.Namespace) -> int:
    """Show the surest proposals; on a terminal, ask about each."""
    archive = load_archive(options.sources, tracked)
    if options.interview:
        find_interview(archive, options.interview, options.sources)
    files, _ = find_sources(options.sources)
    headers = {file.slug: read_transcript(file.raw, file.slug, file.shown).header for file in files}
    known = believed(known_names(archive, headers))
    found = proposals(archive, known, options.interview)
    on_terminal = sys.stdout.isatty()
    console = Console(highlight=False, soft_wrap=not on_terminal)
    for proposal in found[: max(options.most, 0)]:
        console.print("\n".join(told(proposal)), markup=False)
        answer = "y" if options.write else "n"
        if not options.write and on_terminal and sys.stdin.isatty():
            answer = _asked(console)
        if answer == "q":
            break
        if answer == "y":
            _accept(proposal, options.sources, [file.slug for file in files])
        console.print()
    if not options.write and options.most > 0:
        for line in told_unknown(unknown_words(archive, known, found, options.interview)):
            console.print(line, markup=False)
    if on_terminal:
        console.print(f"{len(found)} proposals in all; what is in glossary.yml is not proposed again")
    return 0


def _asked(console: Console) -> str:
    try:
        return console.input("  accept? y/n/q ", markup=False).strip().casefold()[:1]
    except (EOFError, KeyboardInterrupt):
        return "q"


def _accept(proposal: Proposal, sources: Path, slugs: list[str]) -> None:
    """Append an entry to `glossary.yml`; where the check would refuse it, leave the file as it was."""
    path = sources / "glossary.yml"
    shown = f"{sources.name}/{path.name}"
    before = read_utf8(path, shown) if path.exists() else ""
    write_whole(path, with_entry(before, proposal, shown))
    _, problems = load_vocabulary(sources, slugs)
    if problems:
        write_whole(path, before)
        raise BuildError(problems)
