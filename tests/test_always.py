"""What must always hold (docs/about/architecture.md), on every source of the archive."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from build_tools.clean import rules_for
from build_tools.clean.engine import clean
from build_tools.clean.fluency import prior
from build_tools.model import Archive, Interview
from build_tools.pipeline import Built, build_archive
from build_tools.read import read_transcript
from build_tools.render.twin import interview_record
from build_tools.replay import replay
from build_tools.words import join, split_words
from build_tools.write import write_pages
from conftest import ROOT

SLUGS = sorted(path.name.removesuffix(".edition.md") for path in (ROOT / "sources").glob("*.edition.md"))


def interview_of(archive: Archive, slug: str) -> Interview:
    return next(interview for interview in archive.interviews if interview.slug == slug)


def raw_words(interview: Interview) -> list[str]:
    path = ROOT / interview.source.path
    return list(read_transcript(path, interview.slug, interview.source.path).words)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_lost(archive: Archive, slug: str) -> None:
    """Turns hold exactly the raw words, in order, each once."""
    interview = interview_of(archive, slug)
    held = [word for turn in interview.turns for p in turn.paragraphs for word in p.raw]
    assert held == raw_words(interview)
    for before, turn in zip([None, *interview.turns], interview.turns, strict=False):
        assert turn.first_word == (before.last_word + 1 if before else 1)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_invented(archive: Archive, slug: str) -> None:
    """Replaying the recorded edits over the raw words gives the page, and only they do."""
    interview = interview_of(archive, slug)
    slots = replay(raw_words(interview), interview.edits)
    assert slots == [slot for turn in interview.turns for p in turn.paragraphs for slot in p.clean]
    assert all(edit.before != edit.after for edit in interview.edits)
    assert all(edit.rule == "punctuation" or edit.reason for edit in interview.edits)


@pytest.mark.parametrize("slug", SLUGS)
def test_cleaning_twice_changes_nothing_more(archive: Archive, slug: str) -> None:
    interview = interview_of(archive, slug)
    spellings = archive.vocabulary.glossary
    readily = prior(raw_words(interview))
    for turn in interview.turns:
        speaker = turn.speaker.id if turn.speaker else ""
        rules = rules_for(slug, interview.kind, interview.level, spellings, speaker, readily)
        slots = split_words(turn.text)
        assert clean(slots, 1, rules) == (slots, [])


@pytest.mark.parametrize("slug", SLUGS)
def test_every_turn_has_words_and_its_speaker_is_listed(archive: Archive, slug: str) -> None:
    interview = interview_of(archive, slug)
    listed = {who.person for who in interview.people} | {None}
    for turn in interview.turns:
        assert turn.text and turn.speaker in listed
        assert all(paragraph.text for paragraph in turn.paragraphs)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_markdown_rejected_is_the_source(built: Built, slug: str) -> None:
    """With all marks rejected and markup gone, the page's passages are the raw words."""
    page = next(page.text for page in built.pages if page.path == f"interviews/{slug}.md")
    passages = re.findall(r"(?m)^(.*)\n\{: #w\d+ \.passage", page)
    text = " ".join(passages)
    text = re.sub(r"\[¶?\]\([^)]*\)\{:[^}]*\}|\*\*[^*]*\*\*\{\.speaker\}|</?span[^>]*>", "", text)
    text = re.sub(r"\{~~(.*?)~>.*?~~\}", r"\1", text)
    text = re.sub(r"\{\+\+.*?\+\+\}", "", re.sub(r"\{--(.*?)--\}", r"\1", text))
    text = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
    assert text.split() == join(raw_words(interview_of(built.archive, slug))).split()


def test_the_mentions_lie_in_their_passages(archive: Archive) -> None:
    assert archive.mentions
    for mention in archive.mentions:
        assert mention.paragraph.first_word <= mention.first_word
        assert mention.first_word <= mention.last_word <= mention.paragraph.last_word
        assert mention.text


def test_building_twice_writes_nothing_the_second_time(built: Built, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    first = write_pages(built.pages, docs, built.pictures)
    stamps = {path: path.stat().st_mtime_ns for path in docs.rglob("*")}
    again = build_archive(ROOT / "sources")
    second = write_pages(again.pages, docs, again.pictures)
    assert len(first.changed) == len(built.pages) + len(built.pictures)
    assert (second.changed, second.removed) == ((), ())
    assert stamps == {path: path.stat().st_mtime_ns for path in docs.rglob("*")}


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_elsewhere_it_gives_the_same_bytes(
    built: Built, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """Another folder, time zone, locale and hash seed."""
    shutil.copytree(ROOT / "sources", tmp_path / "elsewhere" / "sources")
    command = [sys.executable, "-m", "build_tools", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    subprocess.run(command, cwd=tmp_path / "elsewhere", env=environment, check=True, capture_output=True)
    docs = tmp_path / "elsewhere" / "docs"
    pages = {page.path: page.text.encode() for page in built.pages}
    pictures = {picture.path: picture.draw() for picture in built.pictures}
    assert pages | pictures == {
        path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()
    }


def test_every_page_is_made_once(built: Built) -> None:
    paths = [page.path for page in built.pages]
    assert len(paths) == len(set(paths))


# ── the shape of the JSON twin ───────────────────────────────────────────────

SHAPE: dict[str, Any] = {
    "": "slug kind title date outlet source people status addresses chapters turns edits quotes",
    "source": "path sha256 url",
    "people": "id name role",
    "chapters": "id title first_word last_word topics",
    "turns": "speaker role uncertain inferred confidence first_word last_word paragraphs verbatim text",
    "paragraphs": "id first_word last_word verbatim text",
    "edits": "rule first_word last_word before after reason",
    "quotes": "first_word last_word text speaker topics page",
}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_twin_has_its_shape(archive: Archive, slug: str) -> None:
    quotes = [quote for quote in archive.quotes if quote.interview.slug == slug]
    record = json.loads(json.dumps(interview_record(interview_of(archive, slug), quotes)))
    assert list(record) == SHAPE[""].split()
    assert list(record["source"]) == SHAPE["source"].split()
    for name in ("people", "chapters", "turns", "edits", "quotes"):
        for item in record[name]:
            assert list(item) == SHAPE[name].split()
    for turn in record["turns"]:
        for paragraph in turn["paragraphs"]:
            assert list(paragraph) == SHAPE["paragraphs"].split()
        assert turn["verbatim"] == " ".join(p["verbatim"] for p in turn["paragraphs"])
        assert turn["text"] == " ".join(p["text"] for p in turn["paragraphs"])
