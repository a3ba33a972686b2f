"""`evaluate`: how right attribution from the words alone is, on interviews whose speakers are known."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console, RenderableType
from rich.progress import track

from build_tools.attribute.described import describe
from build_tools.commands.shared import add_sources
from build_tools.errors import BuildError, Problem
from build_tools.evaluate import tables
from build_tools.evaluate.corpus import Record, choose, read_records
from build_tools.evaluate.cost import measure_cost
from build_tools.evaluate.measured import Answered, Ask, by_either, by_found_name, by_name, by_role
from build_tools.evaluate.systems import SHIPPED, SIMPLE, System, finding_names, telling
from build_tools.evaluate.talks import Talk, talk_of_edition, talk_of_record
from build_tools.model import Attribution, Meta, Participant, Transcript
from build_tools.pipeline import load_archive
from build_tools.read import read_transcript
from build_tools.sources import find_sources

NAME = "evaluate"
HELP = "measure attribution: speakers told from the words against speakers known"
EXAMPLES = """\
python -m build_tools evaluate
python -m build_tools evaluate --baseline --all
python -m build_tools evaluate --data my-interviews.jsonl --most 20"""
_CORPORA = Path(os.environ.get("CORPORA", "../shared/corpora"))
_WIDTH = 110

# The groups in which talks are judged: what they are called, how they are asked about, which they are.
Group = tuple[str, str, Callable[[Record], bool], Ask]
_OF_TWO: tuple[Group, ...] = (
    ("two speakers, host and guest", "by role", lambda one: one.has_host_and_guest, by_role),
    ("two speakers, roles unclear", "the better of both ways", lambda one: one.is_of_two_alike, by_either),
)
_OF_SEVERAL: Group = (
    "three to six speakers",
    "by name, all names and roles told",
    lambda one: one.is_of_several,
    by_name,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure on, and what to compare with."""
    add_sources(parser)
    parser.add_argument("--corpora", type=Path, default=_CORPORA, metavar="DIR")
    parser.add_argument("--split", default="dev", metavar="NAME", help="file in DIR: NAME.jsonl.gz (dev)")
    parser.add_argument("--data", type=Path, metavar="FILE", help="labelled .jsonl or .jsonl.gz instead")
    parser.add_argument("--all", action="store_true", help="talks of three to six speakers as well")
    parser.add_argument("--most", type=int, metavar="N", help="N talks of each group, spread over shows")
    parser.add_argument(
        "--baseline",
        action="store_true",
        help="fit a logistic regression on train and compare (half a minute)",
    )
    parser.add_argument("--cost", action="store_true", help="time and memory, in a process of its own")


def run(options: argparse.Namespace) -> int:
    """Print tables; on corpora only where there are any."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    path = options.data or options.corpora / f"{options.split}.jsonl.gz"
    systems = {**SIMPLE, **(_baseline(options.corpora) if options.baseline else {}), "as shipped": SHIPPED}
    if options.data or path.is_file():
        for table in _of_corpus(path, options, systems):
            console.print(table)
    else:
        console.print(f"no {path}: say where with --data, --corpora or $CORPORA\n", markup=False)
    console.print(_of_archive(options.sources))
    files, _ = find_sources(options.sources)
    if options.cost and files:
        raw = max((file.raw for file in files), key=lambda path: path.stat().st_size)
        console.print(tables.cost_line(measure_cost(raw)))
    return 0


def _baseline(corpora: Path) -> dict[str, System]:
    path = corpora / "train.jsonl.gz"
    if not path.is_file():
        raise BuildError([Problem(str(path), 1, "is missing; --baseline is fitted on it (--corpora DIR)")])
    if find_spec("sklearn") is None:
        message = "needs scikit-learn, for fitting; pip install 'interview-archive[fit]'"
        raise BuildError([Problem("--baseline", 1, message)])
    from build_tools.attribute.fit_baseline import fit

    talks = (talk_of_record(record) for record in read_records(path) if record.has_host_and_guest)
    answers = ((talk.transcript, [talk.roles[who] == "host" for who in talk.speakers]) for talk in talks)
    return {"logistic regression": fit(answers)}


def _of_corpus(
    path: Path, options: argparse.Namespace, systems: dict[str, System]
) -> Iterable[RenderableType]:
    records = list(read_records(path))
    drafted: dict[str, list[Answered]] = {}
    answers: dict[Transcript, Sequence[Attribution]] = {}  # asked of twice

    def drafts(transcript: Transcript, people: Sequence[Participant]) -> Sequence[Attribution]:
        if transcript not in answers:
            answers[transcript] = finding_names(transcript, people)
        return answers[transcript]

    for kind, asks, belongs, ask in (*_OF_TWO, *([_OF_SEVERAL] if options.all else [])):
        talks = [talk_of_record(record) for record in choose(filter(belongs, records), options.most)]
        # where parts are not known, there is no telling whether a name found has the right one
        asked = {**systems, "the same, names found first": drafts} if ask is by_role else systems
        if talks:
            yield from _of_group(f"{kind}, {asks}: {len(talks)} talks", talks, ask, asked)
            drafted[kind] = [by_found_name(drafts, talk) for talk in _tracked(talks, "names found")]
    if drafted:
        yield tables.named_table("a draft, told nobody's name: whose words stand under one", drafted)


def _of_group(
    title: str, talks: Sequence[Talk], ask: Ask, systems: dict[str, System]
) -> Iterable[RenderableType]:
    found = {name: [ask(system, talk) for talk in _tracked(talks, name)] for name, system in systems.items()}
    shipped = found["as shipped"]
    yield tables.systems_table(title, found)
    yield tables.shows_table("as shipped, by show", shipped)
    sure = {name: answered for name, answered in found.items() if name not in SIMPLE}
    yield tables.confidence_table("how sure", sure)
    yield tables.reliability_table("as shipped, how right where so sure", shipped)


def _of_archive(sources: Path) -> RenderableType:
    """What a draft has right of each edition: told nobody's name, those of all, or those it finds."""
    rows: list[tuple[Answered, str]] = []
    for talk, told in own_talks(sources):
        rows.append((by_role(SHIPPED, talk), "role"))
        rows.append((by_name(SHIPPED, talk), "name, told"))
        rows.append((by_name(telling(told), talk), "name, found"))
    return tables.talks_table("editions of this archive: what the draft has right", rows)


def own_talks(sources: Path) -> list[tuple[Talk, Meta]]:
    """The edited interviews of an archive, and what each raw file itself tells.

    Raises `BuildError` where the sources have problems.
    """
    archive = load_archive(sources)
    edited = {one.slug: one for one in archive.interviews if one.status == "edited"}
    files, _ = find_sources(sources)
    talks: list[tuple[Talk, Meta]] = []
    for file in files:
        if file.slug in edited:
            transcript = read_transcript(file.raw, file.slug, file.shown)
            told = describe(transcript, archive.vocabulary)
            talks.append((talk_of_edition(edited[file.slug], transcript), told))
    return talks


def _tracked(talks: Sequence[Talk], name: str) -> Iterable[Talk]:
    """Show progress on a terminal, and nothing in a pipe."""
    return track(
        talks,
        description=name,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
