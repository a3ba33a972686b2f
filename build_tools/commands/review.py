"""`review`: the uncertain places of an edition, one key each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import click
from rich.console import Console

from build_tools.attribute.inferred import infer
from build_tools.clean.mojibake import repairs
from build_tools.commands.shared import add_sources
from build_tools.errors import BuildError, Problem
from build_tools.read import read_transcript
from build_tools.replay import replay
from build_tools.review.doubts import doubts
from build_tools.review.loop import Ask, Editor, review
from build_tools.review.proven import Ground, Proven, read_proven
from build_tools.review.save import Manuscript
from build_tools.sources import SourceFile, find_sources
from build_tools.vocabulary import load_vocabulary

NAME = "review"
HELP = "go through the uncertain speakers of an edition, one key each"
EXAMPLES = "python -m build_tools review 2026-02-10-sam-altman-a16z"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose edition."""
    add_sources(parser)
    parser.add_argument("slug", metavar="SLUG")


def run(options: argparse.Namespace) -> int:
    """Show each place, ask, save."""
    page, manuscript = _opened(options.sources, options.slug)
    console = Console(highlight=False)
    inferred = infer(page.ground.transcript, page.meta.people)
    if not doubts(page, inferred):
        console.print(f"No uncertain and no Unknown turn in {page.ground.shown}.", markup=False)
        return 0
    single = sys.stdin.isatty() and sys.stdout.isatty()
    line = _lines(console)
    review(page, inferred, Editor(_keys(console) if single else line, line, manuscript.save), console)
    return 0


def _opened(sources: Path, slug: str) -> tuple[Proven, Manuscript]:
    """An edition that is proven, and the file it is in. Raises `BuildError`."""
    files, _ = find_sources(sources)
    file = next((file for file in files if file.slug == slug), None)
    if file is None or file.edition is None:
        raise BuildError([_no_edition(sources, slug, file, files)])
    vocabulary, problems = load_vocabulary(sources, (file.slug for file in files))
    if problems:
        raise BuildError(problems)
    transcript = read_transcript(file.raw, file.slug, file.shown)
    slots = tuple(replay(transcript.words, repairs(transcript.words)))
    manuscript = Manuscript(file.edition, file.edition_shown)
    ground = Ground(transcript, slots, vocabulary, file.edition_shown)
    return read_proven(manuscript.text, ground), manuscript


def _no_edition(sources: Path, slug: str, file: SourceFile | None, files: tuple[SourceFile, ...]) -> Problem:
    if file:
        return Problem(file.shown, 1, f"has no edition; `python -m build_tools draft {file.raw}` writes one")
    slugs = ", ".join(file.slug for file in files if file.edition) or "none"
    return Problem(str(sources), 1, f"no interview {slug!r}; there are editions of: {slugs}")


def _keys(console: Console) -> Ask:
    """Ask for a single key, at once."""

    def ask(prompt: str) -> str:
        console.print(prompt, style="dim", markup=False)
        key = click.getchar()
        if key == "\x04":
            raise EOFError
        return key if key.isprintable() or key in "\r\n" else "\ufffd"

    return ask


def _lines(console: Console) -> Ask:
    """Ask for a line."""

    def ask(prompt: str) -> str:
        console.print(prompt, style="dim", markup=False)
        return console.input("> ", markup=False)

    return ask
