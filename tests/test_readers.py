"""What readers make of raw files: cases in `cases/readers/`, one file per reader.

`lines` maps the line of the raw file to the words that begin there; `headings`
are rows of line, title and the word they stand before; `paragraphs` are the
words that open one. What a case leaves out of `header` is expected empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.model import Header, Transcript
from build_tools.read import read_transcript
from build_tools.words import join

FOLDER = Path(__file__).parent / "cases" / "readers"


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            why = case.get("known-failure")
            marks = [pytest.mark.xfail(reason=why)] if why else []
            yield pytest.param(case, marks=marks, id=f"{path.stem}-{case['name']}")


def _header(given: dict[str, Any]) -> Header:
    people = {part: tuple(given.get(part, ())) for part in ("hosts", "guests")}
    return Header(**{**given, **people})


def _lines(transcript: Transcript) -> dict[int, str]:
    pairs = list(zip(transcript.lines, transcript.words, strict=True))
    return {line: join(word for at, word in pairs if at == line) for line in transcript.lines}


@pytest.mark.parametrize("case", list(_cases()))
def test_reader(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / f"talk{case.get('suffix', '.txt')}"
    path.write_bytes(case["text"].encode())
    transcript = read_transcript(path, "talk", "sources/talk")

    assert transcript.kind == case.get("kind", "interview")
    assert transcript.header == _header(case.get("header", {}))
    assert {note.title: list(note.lines) for note in transcript.notes} == case.get("notes", {})
    assert [[h.line, h.title, h.first_word] for h in transcript.headings] == case.get("headings", [])
    if "lines" in case:
        assert _lines(transcript) == case["lines"]
    if "words" in case:
        assert list(transcript.words) == case["words"]
    if "paragraphs" in case:
        assert sorted(transcript.openings) == case["paragraphs"]
