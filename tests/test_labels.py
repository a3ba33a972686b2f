"""Labels in raw files: what is one, what is none, and whom it names. Cases in `cases/labels/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.attribute import attribute, publishable
from build_tools.attribute.labelled import labelled, named_in_labels
from build_tools.model import Attribution, Header, Participant, Person, SpeakerLabel, Transcript, newcomer
from build_tools.pipeline import build_archive
from build_tools.read import read_text, read_transcript
from build_tools.words import is_word, join, split_words
from conftest import MakeSources

FOLDER = Path(__file__).parent / "cases" / "labels"


def _load(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


# ── what is a label ──────────────────────────────────────────────────────────


def _shapes() -> Iterator[Any]:
    for case in _load("shapes.yml"):
        why = case.get("known-failure")
        yield pytest.param(case, marks=[pytest.mark.xfail(reason=why)] if why else [], id=case["name"])


def _said(transcript: Transcript) -> list[list[str]]:
    """Rows of label and words, by the labels of a transcript."""
    starts = [(label.first_word, label.name) for label in transcript.labels]
    if not starts or starts[0][0] > 1:
        starts.insert(0, (1, ""))
    ends = [first - 1 for first, _ in starts[1:]] + [len(transcript.words)]
    return [
        [name, join(transcript.words[first - 1 : end])]
        for (first, name), end in zip(starts, ends, strict=True)
    ]


@pytest.mark.parametrize("case", list(_shapes()))
def test_a_label_is_kept_apart_from_the_words(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / f"talk{case.get('suffix', '.txt')}"
    path.write_text(case["text"], "utf-8")
    transcript = read_transcript(path, "talk", "sources/talk")
    assert _said(transcript) == case["said"]
    assert transcript.kind == case.get("kind", "interview")
    if "paragraphs" in case:
        assert sorted(transcript.openings) == case["paragraphs"]
    for label in transcript.labels:
        assert label.line == transcript.lines[label.first_word - 1]


@pytest.mark.parametrize("text", _load("none.yml"))
def test_what_only_looks_like_labels_is_spoken(text: str) -> None:
    lines = read_text(text, ".txt").lines
    assert [line.text for line in lines] == [line for line in text.split("\n") if line]
    assert not any(line.speaker for line in lines)
    assert not any(line.speaker for line in read_text(text, ".md").lines)


def test_an_article_with_a_bold_line_stays_an_article() -> None:
    text = "He came.\n\n**Image Credits:** Jane Doe\n\nHe went.\n\n**Image Credits:** John Roe\n\nSo."
    reading = read_text(text, ".md")
    assert reading.kind == "article"
    assert [line.text for line in reading.lines][1] == "Image Credits: Jane Doe"


NAMES = st.lists(
    st.sampled_from(["Jane Doe", "John van der Roe", "Mary P. Poe", "Luis", "Ana", "O’Roe", "Јован Рое"]),
    min_size=2,
    max_size=4,
    unique=True,
)
SPOKEN = st.lists(
    st.sampled_from(
        "so So it is, was. why? (laughs) — … 3:15 “and then” a: b; No. *no* **Well** _I_ {++x++} <i> one "
        "jane doe http://a.b 12:30 [x] ... > #1 &amp; said:".split()
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
SHAPES = ["{}: {}", "**{}:** {}", "**{}**: {}", "[{}]: {}", ">> {}: {}", "{} [00:12:34]\n{}", "{} 1:02\n{}"]


@st.composite
def dialogues(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Turns of two people and more, each of whom speaks again and again."""
    names = draw(NAMES)
    order = [*names, *draw(st.permutations(names)), *draw(st.lists(st.sampled_from(names), max_size=4))]
    said = SPOKEN.filter(lambda text: any(map(is_word, text.split())))
    return [(name, draw(said)) for name in order]


@given(dialogues(), st.sampled_from(SHAPES), st.sampled_from(["\n", "\n\n"]))
def test_labels_off_no_word_is_lost(turns: list[tuple[str, str]], shape: str, between: str) -> None:
    """Whatever people say, and however labels are written, each word stays with its label."""
    lines = read_text(between.join(shape.format(name, text) for name, text in turns), ".txt").lines
    found, name = [], ""
    for line in lines:
        name = line.speaker or name
        found += [(name, word) for word in line.text.split() if is_word(word)]
    assert found == [(name, word) for name, text in turns for word in text.split() if is_word(word)]


@given(st.lists(SPOKEN, min_size=1, max_size=8))
@example(["Note: so"])
def test_a_text_without_labels_reads_as_it_stands(said: list[str]) -> None:
    lines = read_text("\n".join(said), ".txt").lines
    assert [(line.text, line.speaker) for line in lines] == [(text, "") for text in said]


@pytest.mark.parametrize(
    "text", ["A " * 50_000, "Jane " * 50_000, ">> " * 50_000, "[0:00 " * 50_000, "J. " * 50_000]
)
def test_nonsense_is_read_in_time(text: str) -> None:
    assert split_words(join(line.text for line in read_text(f"{text}\n{text}", ".txt").lines)) is not None


# ── whom a label names ───────────────────────────────────────────────────────


def _transcript(labels: list[str], header: Header) -> Transcript:
    return Transcript(
        slug="talk",
        path="sources/talk.txt",
        sha256="",
        words=("word",) * len(labels),
        lines=(1,) * len(labels),
        openings=frozenset(range(1, len(labels) + 1)),
        headings=(),
        header=header,
        notes=(),
        kind="interview",
        labels=tuple(SpeakerLabel(n, label) for n, label in enumerate(labels, 1)),
    )


def _names() -> Iterator[Any]:
    for number, case in enumerate(_load("names.yml"), 1):
        for label, expected in case["labels"].items():
            yield pytest.param(case, label, expected, id=f"{number}-{label}")


@pytest.mark.parametrize(("case", "label", "expected"), list(_names()))
def test_a_label_names(case: dict[str, Any], label: str, expected: list[str]) -> None:
    people = [Participant(newcomer(name), role) for role, name in case["people"]]
    told = case.get("header", {})
    header = Header(hosts=tuple(told.get("hosts", ())), guests=tuple(told.get("guests", ())))
    (given_to,) = labelled(_transcript([label], header), people)
    known = given_to.speaker in [who.person for who in people]
    named = [given_to.speaker.name if given_to.speaker and known else "Unknown", given_to.role]
    assert [*filter(None, named), *["?"] * given_to.uncertain] == expected
    assert (given_to.confidence == 1) is not given_to.uncertain
    assert not given_to.inferred


def test_a_full_name_that_nobody_knows_is_somebody_new() -> None:
    transcript = _transcript(["MARY MCPOE", "Jane", "Jane Doe", "Jon Roe", "Mary", "Host"], Header())
    known = [Person("jane-doe", "Jane Doe"), Person("john-roe", "John Roe", aliases=("Johnny",))]
    found = named_in_labels(transcript, (), known)
    assert [(who.person.id, who.person.name) for who in found] == [
        ("mary-mcpoe", "Mary Mcpoe"),
        ("jane-doe", "Jane Doe"),
        ("john-roe", "John Roe"),
    ]
    speakers = [(turn.speaker_id, turn.uncertain) for turn in labelled(transcript, found)]
    assert speakers == [
        ("mary-mcpoe", False),
        ("jane-doe", False),
        ("john-roe", True),
        ("mary-mcpoe", False),
        ("", False),
    ]


def test_a_new_name_never_takes_the_address_of_somebody_else() -> None:
    known = [Person("jane-doe", "Jane Doe the Elder")]
    transcript = _transcript(["Jane Doe", "John Roe"], Header())
    assert [who.person.id for who in named_in_labels(transcript, (), known)] == ["john-roe"]
    assert labelled(transcript, named_in_labels(transcript, (), known))[0].speaker is None


def test_voices_stay_apart() -> None:
    transcript = _transcript(["Speaker 1", "Speaker 1", "Speaker 2", ">>", ">>"], Header())
    turns = attribute(transcript, None, ())
    assert [(turn.first_word, turn.last_word) for turn in turns] == [(1, 2), (3, 3), (4, 4), (5, 5)]
    assert all(turn.speaker is None and turn.role == "" for turn in turns)


def test_a_page_names_nobody_by_an_unsure_guess() -> None:
    jane = Person("jane-doe", "Jane Doe")
    guess = Attribution(jane, "host", 1, 9, uncertain=True, inferred=True, confidence=0.6)
    assert (publishable(guess).speaker, publishable(guess).role) == (None, "")
    sure = Attribution(jane, "host", 1, 9, inferred=True, confidence=0.99)
    doubted = Attribution(jane, "host", 1, 9, uncertain=True)
    assert (publishable(sure), publishable(doubted)) == (sure, doubted)


# ── from file to page ────────────────────────────────────────────────────────

LABELLED = """\
Title: A talk
Host: Ann Lee
Guest: Mary Poe

Ann Lee: Welcome, Mary, to the show.

Mary Poe: Thank you. I speak of chips and of chips again, which is what I came to do here.

Zoë Øst: May I ask of chips?

Speaker 3: No.

Mary Poe: Yes.

Ann Lee: So.

Mary: So.
"""


def test_a_labelled_file_makes_pages_without_dead_links(make_sources: MakeSources) -> None:
    root = make_sources(
        {
            "talk.txt": LABELLED,
            "people.yml": "- {id: ann-lee, name: Ann Lee}\n",
            "topics.yml": "- {id: chips, name: Chips, phrases: [chips]}\n",
        }
    )
    built = build_archive(root)
    (interview,) = built.archive.interviews
    assert interview.status == "labelled"
    assert [(turn.name, turn.role) for turn in interview.turns] == [
        ("Ann Lee", "host"),
        ("Mary Poe", "guest"),
        ("Zoë Øst", "other"),
        ("Unknown", ""),
        ("Mary Poe", "guest"),
        ("Ann Lee", "host"),
        ("Mary Poe", "guest"),
    ]
    assert not any(turn.inferred for turn in interview.turns)
    paths = {page.path for page in built.pages}
    assert {"people/ann-lee.md", "people/mary-poe.md", "people/zoe-ost.md"} <= paths
    for page in built.pages:
        for target in re.findall(r"\]\(\.\./((?:people|topics|interviews)/[^)#]+)", page.text):
            assert target in paths, f"{page.path} leads to {target}"
