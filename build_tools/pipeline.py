"""The line from sources to pages, as one visible list of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.addresses import Addresses, load_addresses, renumber
from build_tools.attribute import attribute, best_guess, doubted, publishable
from build_tools.attribute.described import describe
from build_tools.chapter import cut_turn, make_chapters
from build_tools.clean import FOR_UNEDITED, rules_for
from build_tools.clean.engine import clean
from build_tools.clean.fluency import prior
from build_tools.clean.mojibake import repairs
from build_tools.draft import with_chapters
from build_tools.draft.people import Named, with_people
from build_tools.draft.write import edition_text
from build_tools.edition.meta import read_meta
from build_tools.edition.parse import parse_edition
from build_tools.edition.prove import prove_edition
from build_tools.errors import BuildError, Problem
from build_tools.index import make_archive
from build_tools.model import (
    Archive,
    Attribution,
    Edition,
    Interview,
    Meta,
    Page,
    Picture,
    Source,
    Transcript,
    Turn,
    Vocabulary,
)
from build_tools.read import read_transcript
from build_tools.render import render
from build_tools.render.pictures import pictures
from build_tools.replay import replay
from build_tools.settings import Settings, load_settings
from build_tools.sources import SourceFile, find_sources
from build_tools.texts import read_utf8
from build_tools.vocabulary import load_vocabulary
from build_tools.words import has_words

# What a caller may do as each source file is taken up: show progress.
Track = Callable[[tuple[SourceFile, ...]], Iterable[SourceFile]]


@dataclass(frozen=True, slots=True)
class Built:
    """Everything a build makes, before any of it is written."""

    archive: Archive
    pages: tuple[Page, ...]
    pictures: tuple[Picture, ...] = ()


def build_archive(root: Path, track: Track = iter) -> Built:
    """Read the sources under `root` and make every page. Writes and draws nothing.

    Raises `BuildError` with the problems of all sources together.
    """
    archive = load_archive(root, track)
    return Built(archive, tuple(render(archive)), tuple(pictures(archive)))


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
    addresses = load_addresses(file, transcript.words)
    slots = replay(transcript.words, repairs(transcript.words))
    edition, meta = _edition(file, transcript, slots, vocabulary)
    if edition and meta.first_word != addresses.first_word:
        raise BuildError([_other_numbers(edition, meta, addresses)])
    given = doubted(attribute(transcript, edition, meta.people, meta.likely), meta)
    told = _told(
        transcript, edition, _with_clear_parts(meta), [*map(publishable, given)], vocabulary, settings
    )
    interview = renumber(told, addresses)
    empty = _check_shown(edition, interview) if edition else []
    if empty:
        raise BuildError(empty)
    return interview


def _with_clear_parts(meta: Meta) -> Meta:
    """What a page may say of who takes part: nothing of their parts where these are not clear."""
    if meta.has_clear_parts:
        return meta
    return replace(meta, people=tuple(replace(who, role="") for who in meta.people))


def _other_numbers(edition: Edition, meta: Meta, addresses: Addresses) -> Problem:
    """An edition and the record of addresses each tell of the other: neither may be lost unseen."""
    message = f"words: the first word is w{addresses.first_word} by the record of addresses"
    if not addresses.former:
        message = "there is no record of the addresses that the words had before"
    return Problem(
        edition.path,
        1,
        f"{message}, w{meta.first_word} by this edition; restore the .addresses.json that `replace` wrote, "
        f"or, if the record is right, write “first: {addresses.first_word}” into words:",
    )


def draft_interview(file: SourceFile, vocabulary: Vocabulary, settings: Settings, named: Named) -> Interview:
    """One source before any edition: everybody whom the best guess names, and chapters as found.

    `named` are those who are said to take part. Where it is not clear who is
    a host and who a guest, every name is a mere guess.
    """
    transcript = read_transcript(file.raw, file.slug, file.shown)
    meta = with_people(describe(transcript, vocabulary), named, vocabulary.people)
    given = doubted(best_guess(transcript, meta.people, meta.likely), meta)
    interview = _told(transcript, None, meta, given, vocabulary, settings)
    return with_chapters(interview, vocabulary.topics)


def draft_edition(file: SourceFile, interview: Interview, vocabulary: Vocabulary) -> str:
    """The edition of a drafted interview. Raises `BuildError` rather than hand out one the build refuses."""
    transcript = read_transcript(file.raw, file.slug, file.shown)
    text = edition_text(interview, vocabulary.people)
    slots = replay(transcript.words, repairs(transcript.words))
    _proven(text, file.edition_shown, transcript, slots, vocabulary)
    return text


def _told(
    transcript: Transcript,
    edition: Edition | None,
    meta: Meta,
    given_to: Sequence[Attribution],
    vocabulary: Vocabulary,
    settings: Settings,
) -> Interview:
    """An interview of what is known, its words cleaned and cut."""
    edits = [*repairs(transcript.words), *(edition.edits if edition else ())]
    slots = replay(transcript.words, edits)
    level = meta.level or settings.level
    breaks = edition.chapters if edition else transcript.headings
    how_readily = prior(transcript.words)
    rules = {
        id_: (
            *(() if edition else FOR_UNEDITED),
            *rules_for(transcript.slug, meta.kind, level, vocabulary.glossary, id_, how_readily),
        )
        for id_ in {given.speaker_id for given in given_to}
    }
    turns: list[Turn] = []
    for given in given_to:
        said = slots[given.first_word - 1 : given.last_word]
        cleaned, made = clean(said, given.first_word, rules[given.speaker_id])
        edits += made
        turns.append(cut_turn(given, transcript.words, cleaned, edits, breaks))
    return Interview(
        slug=transcript.slug,
        kind=meta.kind,
        title=meta.title,
        date=meta.date,
        outlet=meta.outlet,
        source=Source(transcript.path, transcript.sha256, meta.url),
        people=meta.people,
        status="edited" if edition else "labelled" if transcript.labels else "inferred",
        chapters=make_chapters(breaks, len(slots)),
        turns=tuple(turns),
        edits=tuple(edits),
        description=meta.description,
        topics=meta.topics,
        notes=transcript.notes,
        level=level,
        quotes=tuple(quote.words for quote in edition.quotes) if edition else (),
        likely=meta.likely,
        has_clear_parts=meta.has_clear_parts,
    )


def _check_shown(edition: Edition, interview: Interview) -> list[Problem]:
    """Once all is cleaned, a quote has words to show: not only such as are taken out."""
    return [
        Problem(
            edition.path,
            quote.line,
            f"all words of this quote (w{words.first_word}-{words.last_word}) are taken out of the clean text; "
            "put == around others, or take it out",
        )
        for words, quote in zip(interview.quotes, edition.quotes, strict=True)
        if not has_words(interview.turn_at(words.first_word).clean_slice(words.first_word, words.last_word))
    ]


def _edition(
    file: SourceFile, transcript: Transcript, slots: list[str], vocabulary: Vocabulary
) -> tuple[Edition | None, Meta]:
    """The proven edition of a source and what it says about the whole."""
    if file.edition is None:
        return None, describe(transcript, vocabulary)
    text = read_utf8(file.edition, file.edition_shown)
    return _proven(text, file.edition_shown, transcript, slots, vocabulary)


def _proven(
    text: str, shown: str, transcript: Transcript, slots: list[str], vocabulary: Vocabulary
) -> tuple[Edition, Meta]:
    parsed, broken = parse_edition(text, shown)
    meta, wrong = read_meta(parsed, transcript, vocabulary)
    if broken:
        raise BuildError(broken + (wrong if parsed.meta else []))
    edition, differing = prove_edition(parsed, transcript, slots)
    if edition is None or wrong or differing:
        raise BuildError(wrong + differing)
    return edition, meta
