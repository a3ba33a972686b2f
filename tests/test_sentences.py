"""Sentence ends in text that runs on: what must hold of any text, and of the weights."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.clean import fit_sentences, sentences
from build_tools.clean.engine import apply, rewrite
from build_tools.replay import replay
from build_tools.words import ends_sentence, same_words, split_words

TABLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "cleaning" / "sentences.yml").read_text("utf-8")
)
SPOKEN = (
    "i i'm i'll you we they it it's that that's what how do does is are so and but or because yeah um "
    "like think know want thing people really very much thank thanks for the a an of to with right okay "
    "iPhone U.S. no No. a16z 3.5 gpt-4 90% Sam — - so, yeah; “well well” (then then) don't ß ŉ ǆ İ you?"
).split()
STOPS = ["yes.", "why?", "well...", "no!”", "Mr."]
TEXTS = st.one_of(
    st.lists(st.sampled_from(SPOKEN), min_size=30, max_size=260),
    st.lists(st.sampled_from([*SPOKEN * 3, *STOPS]), min_size=30, max_size=260),
    st.lists(
        st.sampled_from([*SPOKEN * 3, *STOPS]) | st.text(min_size=1, max_size=9), min_size=30, max_size=150
    ),
).map(" ".join)


@pytest.mark.parametrize("row", TABLE["positive"], ids=lambda row: row["said"][:40])
def test_a_stretch_is_punctuated(row: dict[str, str]) -> None:
    assert rewrite(row["said"], sentences.RULE) == row["page"]
    assert sentences.find(row["page"]) == []
    assert same_words(row["said"], row["page"])


@pytest.mark.parametrize("said", TABLE["negative"], ids=lambda said: said[:40])
def test_other_text_stays(said: str) -> None:
    assert sentences.find(said) == []


@given(TEXTS)
@settings(deadline=None, max_examples=150)
def test_words_stay_and_a_second_run_changes_nothing(text: str) -> None:
    page, at = "", 0
    for change in sentences.find(text):
        assert at <= change.start <= change.end, "changes are in order and apart"
        assert same_words(text[change.start : change.end], change.after)
        page += text[at : change.start] + change.after
        at = change.end
    page += text[at:]
    assert same_words(text, page)
    assert sentences.find(page) == []


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_edits_replay(text: str) -> None:
    words = split_words(text)
    slots, edits = apply(words, 1, sentences.RULE)
    assert replay(words, edits) == slots
    assert apply(slots, 1, sentences.RULE) == (slots, [])


def test_every_end_is_read_as_one() -> None:
    chance = random.Random(3)
    said = " ".join(chance.choice(SPOKEN[:60]) for _ in range(4000))
    changes = sentences.find(said)
    stops = [change for change in changes if change.after[0] in ".?"]
    assert stops
    assert all(ends_sentence(said[: change.start].split()[-1] + change.after[0]) for change in stops)


def test_the_weights_are_small_and_whole() -> None:
    path = Path(sentences.__file__).with_suffix(".json")
    assert path.stat().st_size <= 300_000
    model = sentences.unpacked(path.read_text("utf-8"))
    assert len(model.tables) == len(sentences.TEMPLATES)
    assert model.sure > model.likely
    for (_, size), table in zip(sentences.TEMPLATES, model.tables, strict=True):
        assert table
        assert all(run.count(sentences.JOINT) == size - 1 for run in table)


def test_it_is_fast_enough() -> None:
    sentences.fitted()
    plain = "It was a good day, and we went on for a while. Then we stopped there. " * 6000
    assert _rate(plain) > 250_000, "a tenth to a quarter of what it does alone: machines are busy"
    assert _rate("and then i think we said that it was so and you know it went on " * 2000) > 50_000


def _rate(text: str) -> float:
    begin = time.perf_counter()
    sentences.find(text)
    return len(text) / (time.perf_counter() - begin)


def test_roughening_keeps_the_words_and_their_ends() -> None:
    forms, labels = ["a", "b", "c", "d"] * 200, [0, 0, 0, 1] * 200
    heard, ends = fit_sentences.roughened(forms, labels, random.Random(1))
    assert len(heard) == len(ends) > len(forms)
    assert [word for word in heard if word == "d"][:200] == ["d"] * 200
    assert sum(ends) >= 200


@pytest.mark.parametrize("row", TABLE["known-failures"], ids=lambda row: row["said"][:40])
def test_a_known_failure_is_an_end_left_out(row: dict[str, str]) -> None:
    assert same_words(row["said"], row["page"])
    assert rewrite(row["said"], sentences.RULE) == row["said"]
