"""The command line: build, check, explain."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from build_tools.errors import BuildError, Problem
from build_tools.explain import explain
from build_tools.pipeline import build_archive, load_archive
from build_tools.sources import SourceFile
from build_tools.write import write_pages

_EXAMPLES = {
    "build": "python -m build_tools build\npython -m build_tools build --sources my-talks --docs my-site",
    "check": "python -m build_tools check",
    "explain": "python -m build_tools explain 2025-07-30-dario-amodei-big-technology w120",
}
_WORDS = re.compile(r"w?(\d{1,9})(?:-(\d{1,9}))?$")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 if all went well, 1 if the sources have problems, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BuildError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        many = len(error.problems)
        print(f"{many} problem{'s' * (many != 1)}; nothing was written.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0


def run() -> None:
    """The `interview-archive` command."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools",
        description="Turn raw interview transcripts into a Markdown archive.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, what in (
        ("build", _build, "make the pages in docs/ from sources/"),
        ("check", _check, "do all that build does, and write nothing"),
        ("explain", _explain, "show raw words, each edit with its rule, and the result"),
    ):
        command = commands.add_parser(
            name,
            help=what,
            description=what[0].upper() + what[1:] + ".",
            epilog="examples:\n  " + _EXAMPLES[name].replace("\n", "\n  "),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("--sources", type=Path, default=Path("sources"), metavar="DIR")
        if name == "build":
            command.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR")
        if name == "explain":
            command.add_argument("slug", metavar="SLUG")
            command.add_argument("words", nargs="?", metavar="wN", help="w120, or w120-148")
        command.set_defaults(run=run)
    return parser


def _tracked(files: tuple[SourceFile, ...]) -> Iterable[SourceFile]:
    """Show progress on a terminal, and nothing in a pipe."""
    return track(
        files,
        description="Reading",
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _build(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    built = build_archive(options.sources, _tracked)
    written = write_pages(built.pages, options.docs)
    took = time.perf_counter() - start
    print(
        f"{_size(len(built.archive.interviews))}: {len(written.changed)} pages written, "
        f"{written.unchanged} unchanged, {len(written.removed)} removed in {took:.1f} s"
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    built = build_archive(options.sources, _tracked)
    words = sum(interview.word_count for interview in built.archive.interviews)
    print(f"{_size(len(built.archive.interviews))}, {words:,} words: no problems; nothing written")
    return 0


def _explain(options: argparse.Namespace) -> int:
    archive = load_archive(options.sources)
    interview = next((i for i in archive.interviews if i.slug == options.slug), None)
    if interview is None:
        slugs = ", ".join(i.slug for i in archive.interviews) or "none"
        problem = Problem(str(options.sources), 1, f"no interview {options.slug!r}; there are: {slugs}")
        raise BuildError([problem])
    match = _WORDS.match(options.words or f"w1-{interview.word_count}")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= interview.word_count:
        message = f"{options.words!r} are no words here; expected w1 to w{interview.word_count}"
        raise BuildError([Problem(interview.source.path, 1, message)])
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for part in explain(interview, first, last):
        console.print(part, markup=False)
    return 0


def _size(interviews: int) -> str:
    return f"{interviews} interview{'s' * (interviews != 1)}"
