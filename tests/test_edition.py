"""What an edition says of its raw words: cases in `cases/editions/`.

A case is raw text and the body of an edition, and who its `people` are where
they are others. Expected are rows: `turns` (speaker, first word, last word,
the part played by somebody unknown, and `uncertain` or `run-in`), `chapters`
(title, first word, topics), `edits` (rule, first word, last word, before,
after, reason), `quotes` (first word, last word), and the words of the `page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.attribute import attribute
from build_tools.clean.mojibake import repairs
from build_tools.edition.meta import read_meta
from build_tools.edition.parse import parse_edition
from build_tools.edition.prove import prove_edition
from build_tools.model import Attribution, Edit, Edition, Heading, Person, Topic, Transcript, Vocabulary
from build_tools.read import read_transcript
from build_tools.replay import replay
from build_tools.words import fingerprint, join

FOLDER = Path(__file__).parent / "cases" / "editions"
PEOPLE = "{host: [jane-doe], guest: [luis-ortega]}"
VOCABULARY = Vocabulary(
    people={
        "jane-doe": Person("jane-doe", "Jane Doe", aliases=("Jane", "Dr. Doe")),
        "luis-ortega": Person("luis-ortega", "Luis Ortega"),
    },
    topics={"chips": Topic("chips", "Chips"), "energy": Topic("energy", "Energy")},
)


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            why = case.get("known-failure")
            marks = [pytest.mark.xfail(reason=why)] if why else []
            yield pytest.param(case, marks=marks, id=f"{path.stem}-{case['name']}")


def _prove(transcript: Transcript, body: str, people: str) -> tuple[Edition, tuple[Attribution, ...]]:
    """The edition of a transcript and who says what, by the steps of the pipeline."""
    record = f"{{count: {len(transcript.words)}, sha256: {fingerprint(transcript.words)}}}"
    text = f"---\ntitle: A talk\npeople: {people}\nwords: {record}\n---\n\n{body}"
    parsed, problems = parse_edition(text, "sources/talk.edition.md")
    assert not problems
    slots = replay(transcript.words, repairs(transcript.words))
    edition, problems = prove_edition(parsed, transcript, slots)
    assert edition is not None, problems
    meta, problems = read_meta(parsed, transcript, VOCABULARY)
    assert not problems
    return edition, attribute(transcript, edition, meta.people)


def _turn(turn: Attribution) -> list[object]:
    name = turn.speaker.name if turn.speaker else "Unknown"
    run_in = turn.first_word not in turn.openings
    part = [turn.role] * (turn.speaker is None and turn.role != "")
    marks = [*part, *["uncertain"] * turn.uncertain, *["run-in"] * run_in]
    return [name, turn.first_word, turn.last_word, *marks]


def _chapter(chapter: Heading) -> list[object]:
    return [chapter.title, chapter.first_word, *chapter.topics]


def _edit(edit: Edit) -> list[object]:
    reason = [edit.reason] if edit.reason else []
    return [edit.rule, edit.first_word, edit.last_word, edit.before, edit.after, *reason]


@pytest.mark.parametrize("case", list(_cases()))
def test_edition(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(case["raw"], "utf-8")
    transcript = read_transcript(path, "talk", "sources/talk.txt")
    edition, turns = _prove(transcript, case["body"], case.get("people", PEOPLE))

    assert list(map(_turn, turns)) == case["turns"]
    assert list(map(_chapter, edition.chapters)) == case.get("chapters", [["Talk", 1]])
    assert list(map(_edit, edition.edits)) == case.get("edits", [])
    assert [[one.words.first_word, one.words.last_word] for one in edition.quotes] == case.get("quotes", [])
    page = replay(transcript.words, [*repairs(transcript.words), *edition.edits])
    assert join(page) == case["page"]
    assert len(page) == len(transcript.words)
    if "paragraphs" in case:
        assert sorted(word for turn in turns for word in turn.openings) == case["paragraphs"]
