"""The line from sources to pages, as one visible list of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from build_tools.attribute import attribute
from build_tools.attribute.described import describe
from build_tools.chapter import cut_turn, make_chapters
from build_tools.clean import FOR_UNEDITED, rules_for
from build_tools.clean.engine import clean
from build_tools.clean.mojibake import repairs
from build_tools.edition.meta import read_meta
from build_tools.edition.parse import parse_edition
from build_tools.edition.prove import prove_edition
from build_tools.errors import BuildError
from build_tools.index import make_archive
from build_tools.model import (
    Archive,
    Edition,
    Interview,
    Meta,
    Page,
    Source,
    Transcript,
    Turn,
    Vocabulary,
)
from build_tools.read import read_transcript
from build_tools.render import render
from build_tools.replay import replay
from build_tools.settings import Settings, load_settings
from build_tools.sources import SourceFile, find_sources
from build_tools.texts import read_utf8
from build_tools.vocabulary import load_vocabulary

# What a caller may do as each source file is taken up: show progress.
Track = Callable[[tuple[SourceFile, ...]], Iterable[SourceFile]]


@dataclass(frozen=True, slots=True)
class Built:
    """Everything a build makes, before any of it is written."""

    archive: Archive
    pages: tuple[Page, ...]


def build_archive(root: Path, track: Track = iter) -> Built:
    """Read the sources under `root` and make every page. Writes nothing.

    Raises `BuildError` with the problems of all sources together.
    """
    archive = load_archive(root, track)
    return Built(archive, tuple(render(archive)))


def load_archive(root: Path, track: Track = iter) -> Archive:
    """Every interview under `root`, indexed."""
    files, problems = find_sources(root)
    vocabulary, unread = load_vocabulary(root, (file.slug for file in files))
    settings, unset = load_settings(root)
    problems += unread + unset
    if any(problem.path.endswith(("people.yml", "topics.yml")) for problem in unread):
        raise BuildError(problems)  # half of every edition would be told of as unknown
    interviews: list[Interview] = []
    for file in track(files):
        try:
            interviews.append(make_interview(file, vocabulary, settings))
        except BuildError as error:
            problems += error.problems
    if problems:
        raise BuildError(problems)
    return make_archive(interviews, vocabulary)


def make_interview(file: SourceFile, vocabulary: Vocabulary, settings: Settings) -> Interview:
    """One source, all the way: read, repair, edition, attribute, clean, chapter."""
    transcript = read_transcript(file.raw, file.slug, file.shown)
    edits = repairs(transcript.words)
    edition, meta = _edition(file, transcript, replay(transcript.words, edits), vocabulary)
    edits += edition.edits if edition else ()
    slots = replay(transcript.words, edits)
    level = meta.level or settings.level
    breaks = edition.chapters if edition else transcript.headings
    given_to = attribute(transcript, edition, meta.people)
    speakers = {given.speaker_id for given in given_to}
    rules = {
        id_: (
            *(() if edition else FOR_UNEDITED),
            *rules_for(file.slug, meta.kind, level, vocabulary.glossary, id_),
        )
        for id_ in speakers
    }
    turns: list[Turn] = []
    for given in given_to:
        said = slots[given.first_word - 1 : given.last_word]
        cleaned, made = clean(said, given.first_word, rules[given.speaker_id])
        edits += made
        turns.append(cut_turn(given, transcript.words, cleaned, edits, breaks))
    return Interview(
        slug=file.slug,
        kind=meta.kind,
        title=meta.title,
        date=meta.date,
        outlet=meta.outlet,
        source=Source(file.shown, transcript.sha256, meta.url),
        people=meta.people,
        status="edited" if edition else "inferred",
        chapters=make_chapters(breaks, len(slots)),
        turns=tuple(turns),
        edits=tuple(edits),
        description=meta.description,
        topics=meta.topics,
        notes=transcript.notes,
        level=level,
    )


def _edition(
    file: SourceFile, transcript: Transcript, slots: list[str], vocabulary: Vocabulary
) -> tuple[Edition | None, Meta]:
    """The proven edition of a source and what it says about the whole."""
    if file.edition is None:
        return None, describe(transcript, vocabulary)
    text = read_utf8(file.edition, file.edition_shown)
    parsed, broken = parse_edition(text, file.edition_shown)
    meta, wrong = read_meta(parsed, transcript, vocabulary)
    if broken:
        raise BuildError(broken + (wrong if parsed.meta else []))
    edition, differing = prove_edition(parsed, transcript, slots)
    if edition is None or wrong or differing:
        raise BuildError(wrong + differing)
    return edition, meta
