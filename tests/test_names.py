"""Who takes part, told from words and header; cases in `cases/names/`."""

from __future__ import annotations

import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.attribute.described import describe
from build_tools.attribute.names import Named, find_cues, find_people, parts_are_clear
from build_tools.attribute.names.address import KINDS
from build_tools.attribute.names.cues import PATTERNS, Pattern, names_in
from build_tools.attribute.names.gather import Candidate
from build_tools.attribute.names.mark import mark
from build_tools.attribute.names.weigh import (
    IS_HOST,
    TAKES_PART,
    WEIGHTS,
    part_features,
    role_features,
)
from build_tools.evaluate.corpus import Record, choose, read_records
from build_tools.evaluate.names import measure, report
from build_tools.model import Attribution, Header, Person, SpeakerLabel, Transcript, Vocabulary
from build_tools.words import split_words
from conftest import ROOT

FOLDER = Path(__file__).parent / "cases" / "names"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["names"]
CORPUS = Path(os.environ.get("CORPORA", ROOT.parent / "shared" / "corpora")) / "dev.jsonl.gz"


def _cases(name: str) -> Iterator[Any]:
    for case in yaml.safe_load((FOLDER / name).read_text("utf-8")):
        why = case.get("known-failure")
        marks = [pytest.mark.xfail(reason=why)] if why else []
        yield pytest.param(case, marks=marks, id=case.get("name", case["text"][:30]))


def _turns(spans: list[tuple[str, int]]) -> tuple[Attribution, ...]:
    """Turns of so many words, by roles, of which a guess is sure."""
    turns, first = [], 1
    for role, words in spans:
        turns.append(Attribution(None, role, first, first + words - 1, frozenset(), confidence=0.9))
        first += words
    return tuple(turns)


@pytest.mark.parametrize("case", list(_cases("people.yml")))
def test_who_takes_part(case: dict[str, Any]) -> None:
    header = Header(
        title=case.get("title", ""),
        description=case.get("description", ""),
        hosts=tuple(case.get("hosts", ())),
        guests=tuple(case.get("guests", ())),
    )
    turns = _turns(case["turns"]) if "turns" in case else ()
    found = [one for one in find_people(split_words(case["text"]), header, turns) if one.is_sure]
    named = [[one.name, one.role] for one in found]
    if "people" in case:
        assert sorted(named) == sorted(case["people"])
    assert not {name for name, _ in named} & set(case.get("not", ()))


@pytest.mark.parametrize("case", list(_cases("cues.yml")))
def test_who_is_spoken_to(case: dict[str, Any]) -> None:
    words = split_words(case["text"])
    cues = find_cues(words, case["names"])
    told = [[" ".join(words[cue.first_word - 1 : cue.last_word]), cue.name, cue.kind] for cue in cues]
    assert told == case["cues"]


def _transcript(text: str, **more: Any) -> Transcript:
    words = tuple(split_words(text))
    return Transcript(
        path="sources/talk.txt",
        sha256="",
        words=words,
        lines=(1,) * len(words),
        openings=frozenset(),
        headings=(),
        notes=(),
        **{"header": Header(), "kind": "interview", "slug": "talk", **more},
    )


_TALK = (
    "Hello and welcome to the Quiet Harbour podcast. I'm John Roe, your host, and my guest today is Jane Do. "
    "Jane, welcome to the show. Thanks for having me, John. So, Jane, why bridges? They stay."
)


def test_a_talk_is_described_by_what_is_said() -> None:
    jane = Person("jd", "Jane Doe")
    meta = describe(_transcript(_TALK), Vocabulary(people={"jd": jane}))
    assert meta.outlet == "Quiet Harbour Podcast"
    assert {(who.person.id, who.role) for who in meta.people} == {("jd", "guest"), ("john-roe", "host")}


def test_a_given_name_means_whom_the_file_is_named_after() -> None:
    people = {"jane-doe": Person("jane-doe", "Jane Doe"), "jane-roe": Person("jane-roe", "Jane Roe")}
    said = "Jane, welcome to the show. Thank you. So, Jane, why bridges? They stay. Jane, thanks for coming."
    meta = describe(_transcript(said, slug="2025-01-02-jane-roe"), Vocabulary(people=people))
    assert [(who.person.id, who.role) for who in meta.people] == [("jane-roe", "guest")]


def test_a_misheard_name_is_spelled_as_the_file_is_named() -> None:
    meta = describe(_transcript(_TALK, slug="2025-01-02-jane-doe-quiet-harbour"), Vocabulary())
    assert {who.person.name for who in meta.people} == {"Jane Doe", "John Roe"}


@pytest.mark.parametrize(
    ("found", "clear"),
    [
        ("", True),
        ("host .9 .9, guest .9 .9", True),
        ("host .9 .9, guest .9 .7", False),
        ("host .9 .9, guest .9 .9, guest .4 .5", True),
        ("host .9 .9", True),
        ("host .9 .9, host .9 .9", False),
        ("host .9 .9, host .4 .9", False),
        ("host .9 .9, host .9 .9, guest .4 .9", True),
        ("guest .9 .9, guest .9 .9", True),
        ("told guest, host .9 .9, host .9 .9", True),
        ("told guest, host .9 .7", False),
        ("told host, host .9 .9", False),
        ("told host, told host", True),
        ("told host, guest .9 .9", True),
    ],
)
def test_parts_are_clear_where_those_who_speak_surely_play_them(found: str, clear: bool) -> None:
    names = []
    for one in filter(None, found.split(", ")):
        who = Named("Jane Doe", "host" if "host" in one else "guest", 1.0, 0, "")
        if not one.startswith("told"):  # in a header
            _, sure, clarity = one.split()
            who = replace(who, word=7, confidence=float(sure), clarity=float(clarity))
        names.append(who)
    assert parts_are_clear(names) == clear


def test_an_article_tells_of_people_who_do_not_speak() -> None:
    assert describe(_transcript(_TALK, kind="article"), Vocabulary()).people == ()


def test_labels_come_before_what_is_said() -> None:
    labels = (SpeakerLabel(1, "Mary Major"), SpeakerLabel(9, "John Roe"))
    meta = describe(_transcript(_TALK, labels=labels), Vocabulary())
    assert [(who.person.name, who.role) for who in meta.people] == [
        ("Mary Major", "other"),
        ("John Roe", "host"),
    ]


def test_no_two_people_share_an_address() -> None:
    other = Person("john-roe", "Johanna Roebuck")
    meta = describe(_transcript(_TALK), Vocabulary(people={other.id: other}))
    assert [who.person.name for who in meta.people] == ["Jane Do"]


_TOKENS = st.sampled_from(
    """Jane Doe, John Roe. I'm my guest is joined by and with, welcome to the thanks for having me, you
    ? . , — … “Jane @0 @1* Dr. O'Neil's C. van der \x00 ’s 𝕁ane ＪＡＮＥ ß ﬁ talking so well""".split()
)


@given(st.lists(_TOKENS | st.text(min_size=1, max_size=8), max_size=60).map(" ".join))
def test_any_words_are_read_without_harm(text: str) -> None:
    words = split_words(text)
    marked = mark(words)
    assert len(marked.starts) == len(words)
    for run in marked.runs:
        assert 1 <= run.first_word <= run.last_word <= len(words)
    found = find_people(words, Header(title=text, description=text))
    assert all(0 <= one.confidence <= 1 and one.word <= len(words) for one in found)
    for cue in find_cues(words, [one.name for one in found]):
        assert 1 <= cue.first_word <= cue.last_word <= len(words)


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece",
    [
        "Jane Doe, and ",
        "Jane ",
        "joined by the one and only very special guest ",
        "thank you so much for coming on and ",
        "I'm Jane, the a b c d e f g h, and ",
        "my guest today is here with us today now, ",
        "@1 ? , @2 ",
        "so and but well ",
    ],
)
def test_nonsense_takes_no_time(piece: str) -> None:
    words = (piece * (50_000 // len(piece.split()))).split()
    begun = time.process_time()
    find_people(split_words(" ".join(words)), Header(title=piece * 500, description=piece * 500))
    assert time.process_time() - begun < 10


@pytest.mark.timed
def test_a_crowd_of_names_takes_no_time() -> None:
    letters = [chr(65 + n % 26) + chr(97 + n // 26 % 26) + chr(97 + n // 676) + "qua" for n in range(5_000)]
    words = split_words(" ".join(f"Thanks, {one} {one}x. So, {one}, why?" for one in letters))
    begun = time.process_time()
    find_people(words, Header())
    assert time.process_time() - begun < 10


def test_figures_count_names_as_they_are_said() -> None:
    turns = (
        (
            "John Roe",
            "Hello. I'm John Roe, your host, and my guest today is Jane Doe. Jane, welcome to the show.",
        ),
        ("Jane Doe", "Thanks for having me, John."),
        ("John Roe", "So, Jane, why bridges?"),
        ("Jane Doe", "They stay."),
    )
    record = Record("1", "a show", "", "", {"John Roe": "host", "Jane Doe": "guest"}, turns)
    shows = measure([record], with_header=False)
    for tally in shows["a show"].roles.values():
        assert (tally.named, tally.found, tally.claimed, tally.right) == (1, 1, 1, 1)
    assert set(shows["all"].cues) == {("self", True), ("address", True), ("mention", True)}
    assert "guest precision 1.000 of 1, recall 1.000 of 1" in report(shows)


def test_the_weights_are_of_the_features() -> None:
    weights = json.loads(WEIGHTS.read_text("utf-8"))
    nobody = [Candidate("Jane Doe", 1, {}, (1,))]
    (role,), (part,) = role_features(nobody, ()), part_features(nobody, (), [0.5])
    assert {key: set(values) for key, values in weights.items()} == {
        IS_HOST: {"bias", *role},
        TAKES_PART: {"bias", *part},
    }


def test_sayings_are_looked_for_somewhere() -> None:
    assert {pattern.where for pattern in PATTERNS} <= {"anywhere", "first", "opening", "later", "ending"}
    assert not [pattern for pattern in PATTERNS if re.search("<[A-Z]", pattern.form.pattern)]


def _forms() -> Iterator[tuple[str, str, list[str]]]:
    for kind, sentences in yaml.safe_load((FOLDER / "forms.yml").read_text("utf-8")).items():
        for sentence, names in sentences.items():
            yield kind, sentence, names


def _read(pattern: Pattern, sentence: str) -> set[str]:
    """Whom a form finds named in a sentence, wherever it is said."""
    marked = mark(split_words(sentence))
    found = pattern.form.finditer(marked.text)
    return {run.name for one in found for run in names_in(marked, one["names"])}


@pytest.mark.parametrize(("kind", "sentence", "names"), list(_forms()))
def test_what_is_said_of_a_name(kind: str, sentence: str, names: list[str]) -> None:
    forms = [pattern for pattern in PATTERNS if pattern.kind == kind]
    assert set().union(*(_read(form, sentence) for form in forms)) == set(names)


def test_every_form_reads_something() -> None:
    sentences: dict[str, list[str]] = defaultdict(list)
    for kind, sentence, _ in _forms():
        sentences[kind].append(sentence)
    assert not [one for one in PATTERNS if not any(_read(one, told) for told in sentences[one.kind])]


def test_names_are_found_as_well_as_before() -> None:
    if not CORPUS.is_file():
        pytest.skip(f"no corpora at {CORPUS.parent}; $CORPORA may say where they are")
    records = (record for record in read_records(CORPUS) if record.has_host_and_guest)
    figures = measure(choose(records, FLOORS["talks"]), with_header=False)["all"]
    for role, tally in figures.roles.items():
        assert tally.precision >= FLOORS[role]["precision"]
        assert tally.recall >= FLOORS[role]["recall"]
    for kind in KINDS:
        true, false = figures.cues[kind, True], figures.cues[kind, False]
        assert true >= FLOORS[kind] * (true + false) > 0
