"""`draft`: the first version of an edition."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from build_tools.commands.shared import add_sources, counted
from build_tools.draft.people import Named, wrong_names
from build_tools.draft.write import how_sure
from build_tools.errors import BuildError, Problem
from build_tools.index import make_archive
from build_tools.model import Interview, Vocabulary
from build_tools.pipeline import draft_edition, draft_interview
from build_tools.read import SUFFIXES, read_transcript
from build_tools.render.twin import interview_record
from build_tools.settings import Settings, load_settings
from build_tools.sources import EDITION_SUFFIX, SourceFile, find_sources, is_address, shown
from build_tools.vocabulary import load_vocabulary
from build_tools.words import slug_of
from build_tools.write import write_whole

NAME = "draft"
HELP = "draft an edition: who speaks, chapters, and how sure that is"
EXAMPLES = """\
python -m build_tools draft sources/2025-07-30-jane-doe-some-podcast.txt
python -m build_tools draft talk.txt --host "John Roe" --guest jane-doe --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A raw file, and who takes part in it."""
    parser.add_argument("raw", type=Path, metavar="RAW", help="a raw transcript, wherever it lies")
    for role in ("host", "guest"):
        parser.add_argument(
            f"--{role}",
            nargs="+",
            action="extend",
            default=[],
            metavar="NAME",
            help=f"each {role} there is, by name or by id",
        )
    parser.add_argument("--json", action="store_true", help="print the interview as JSON, write nothing")
    parser.add_argument("--force", action="store_true", help="write over an edition that is there")
    add_sources(parser)


def run(options: argparse.Namespace) -> int:
    """Write the edition beside the raw file, and say in one line how sure it is."""
    named = Named(tuple(options.host), tuple(options.guest))
    vocabulary, settings, problems = _archive(options.sources)
    problems += _in_the_way(options)
    problems += wrong_names(named, vocabulary.people, f"{options.sources.name}/people.yml")
    if problems:
        raise BuildError(problems)
    file = _source(options.raw, options.sources)
    interview = draft_interview(file, vocabulary, settings, named)
    if options.json:
        (indexed,) = make_archive([interview], vocabulary).interviews
        print(json.dumps(interview_record(indexed), ensure_ascii=False, indent=1))
        return 0
    text = draft_edition(file, interview, vocabulary)
    write_whole(_edition_of(options.raw), text)
    print(_told(interview, options))
    return 0


def _edition_of(raw: Path) -> Path:
    return raw.with_name(raw.stem + EDITION_SUFFIX)


def _in_the_way(options: argparse.Namespace) -> Iterator[Problem]:
    """What keeps a file from being drafted."""
    raw, edition = options.raw, _edition_of(options.raw)
    if not raw.is_file():
        yield Problem(str(raw), 1, "no such file; expected a raw transcript")
    elif raw.name.endswith(EDITION_SUFFIX):
        yield Problem(str(raw), 1, "an edition already; expected the raw transcript it is made of")
    elif raw.suffix.lower() not in SUFFIXES:
        yield Problem(
            str(raw), 1, f"no reader for {raw.suffix or 'such'} files; expected {', '.join(SUFFIXES)}"
        )
    elif not options.json and not is_address(raw.stem):
        better = _address(raw) + raw.suffix.lower()
        yield Problem(
            str(raw), 1, f"{raw.stem!r} cannot be part of an address; rename the file, say to {better}"
        )
    elif not options.json and not options.force and edition.exists():
        yield Problem(
            str(edition), 1, "is there already and may hold somebody's work; --force writes over it"
        )
    if not options.sources.is_dir() and options.sources != Path("sources"):
        yield Problem(str(options.sources), 1, "no such folder; expected people.yml and the like in it")


def _address(raw: Path) -> str:
    """A name that can be part of an address: the file's own, or its date and title."""
    if is_address(raw.stem):
        return raw.stem
    header = read_transcript(raw, raw.stem, str(raw)).header
    told = " ".join(filter(None, [str(header.date or ""), header.title]))
    better = slug_of(told if header.title else raw.stem)
    return better if is_address(better) else "interview"


def _archive(sources: Path) -> tuple[Vocabulary, Settings, list[Problem]]:
    """What an archive knows, and what is wrong with that; where there is no archive yet, nothing."""
    slugs = [file.slug for file in find_sources(sources)[0]] if sources.is_dir() else []
    vocabulary, unread = load_vocabulary(sources, slugs)
    settings, unset = load_settings(sources)
    return vocabulary, settings, unread + unset


def _source(raw: Path, sources: Path) -> SourceFile:
    """The raw file, shown as the build step shows it where it lies in the archive."""
    inside = raw.resolve().is_relative_to(sources.resolve())
    name = shown(raw.resolve(), sources.resolve()) if inside else str(raw)
    return SourceFile(_address(raw), raw, name, edition_shown=str(_edition_of(raw)))


def _told(interview: Interview, options: argparse.Namespace) -> str:
    inside = options.raw.resolve().is_relative_to(options.sources.resolve())
    first = "" if inside else f"put it and {options.raw.name} into {options.sources}/, then "
    return (
        f"{_edition_of(options.raw)}: {counted(len(interview.turns), 'turn')}, "
        f"{counted(len(interview.chapters), 'chapter')}; {how_sure(interview)}. "
        f"Next: {first}python -m build_tools review {interview.slug}"
    )
