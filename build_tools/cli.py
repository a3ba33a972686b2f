"""The command line: build, check, explain, glossary, measure."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from build_tools.errors import BuildError, Problem
from build_tools.explain import explain
from build_tools.measure.harm import as_tsv, clean_all, removals, removed_per_10_000, sample
from build_tools.measure.names import corrections
from build_tools.measure.passages import CORPUS, choose, cut, edited_turns, own_turns
from build_tools.measure.properties import broken
from build_tools.measure.recall import measure_recall
from build_tools.measure.report import harm_lines, name_lines, property_lines, recall_lines
from build_tools.model import Archive, Interview
from build_tools.pipeline import build_archive, load_archive
from build_tools.propose.entry import told, with_entry
from build_tools.propose.find import Known, Proposal, proposals
from build_tools.propose.names import known_names
from build_tools.read import read_transcript
from build_tools.sources import SourceFile, find_sources
from build_tools.texts import read_utf8
from build_tools.vocabulary import load_vocabulary
from build_tools.write import write_pages, write_whole

_EXAMPLES = {
    "build": "python -m build_tools build\npython -m build_tools build --sources my-talks --docs my-site",
    "check": "python -m build_tools check",
    "explain": "python -m build_tools explain 2025-07-30-dario-amodei-big-technology w120",
    "glossary": "python -m build_tools glossary\npython -m build_tools glossary --most 5 | less",
    "measure": "python -m build_tools measure\npython -m build_tools measure --words 200000 --sample removals.tsv",
}
# Corpora lie beside the repository, since none of their text may lie in it.
_CORPORA = Path(os.environ.get("CORPORA", "../shared/corpora"))
_PASSAGES, _REMOVALS = 200, 300
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
        ("glossary", _glossary, "propose entries for glossary.yml: names the recogniser may have misheard"),
        ("measure", _measure, "measure what cleaning finds, takes out and costs"),
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
        if name == "glossary":
            command.add_argument("--interview", default="", metavar="SLUG", help="look only there")
            command.add_argument("--most", type=int, default=20, metavar="N", help="the N surest (20)")
            command.add_argument("--write", action="store_true", help="accept all that is shown, unasked")
        if name == "measure":
            command.add_argument("--corpora", type=Path, default=_CORPORA, metavar="DIR")
            command.add_argument("--words", type=int, default=500_000, metavar="N", help="of the corpora")
            command.add_argument("--sample", type=Path, metavar="FILE", help="write removals to read")
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
    interview = _interview(archive, options.slug, options.sources)
    match = _WORDS.match(options.words or f"w1-{interview.word_count}")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= interview.word_count:
        message = f"{options.words!r} are no words here; expected w1 to w{interview.word_count}"
        raise BuildError([Problem(interview.source.path, 1, message)])
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for part in explain(interview, first, last):
        console.print(part, markup=False)
    return 0


def _interview(archive: Archive, slug: str, sources: Path) -> Interview:
    found = next((interview for interview in archive.interviews if interview.slug == slug), None)
    if found is None:
        slugs = ", ".join(interview.slug for interview in archive.interviews) or "none"
        raise BuildError([Problem(str(sources), 1, f"no interview {slug!r}; there are: {slugs}")])
    return found


def _glossary(options: argparse.Namespace) -> int:
    archive = load_archive(options.sources, _tracked)
    if options.interview:
        _interview(archive, options.interview, options.sources)
    files, _ = find_sources(options.sources)
    headers = (read_transcript(file.raw, file.slug, file.shown).header for file in files)
    found = proposals(archive, Known(known_names(archive, headers)), options.interview)
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


def _measure(options: argparse.Namespace) -> int:
    interviews = load_archive(options.sources).interviews
    own = cut(own_turns(interviews), _PASSAGES)
    print(
        *recall_lines("on our own text", measure_recall(own)), *name_lines(corrections(interviews)), sep="\n"
    )
    if (options.corpora / CORPUS).is_file():
        _measure_corpora(options)
    else:
        print(f"no corpora at {options.corpora}: say where with --corpora or $CORPORA")
    return 0


def _measure_corpora(options: argparse.Namespace) -> None:
    turns = choose(edited_turns(options.corpora), options.words)
    print(*recall_lines("on edited text", measure_recall(cut(turns, _PASSAGES))), sep="\n")
    start = time.perf_counter()
    cleaned = clean_all(turns)
    took = time.perf_counter() - start
    print(*harm_lines(sum(len(text.words) for text in cleaned), removed_per_10_000(cleaned)), sep="\n")
    print(*property_lines(len(cleaned), broken(cleaned)), sep="\n")
    print(f"speed: {sum(len(turn.text.encode()) for turn in turns) / took / 1e6:.2f} MB/s")
    if options.sample:
        options.sample.write_text(as_tsv(sample(removals(cleaned), _REMOVALS)), "utf-8")


def _size(interviews: int) -> str:
    return f"{interviews} interview{'s' * (interviews != 1)}"
