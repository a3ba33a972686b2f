"""Sentence ends in text that runs on: what must hold of any text, and of the weights."""

from __future__ import annotations

import io
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.clean import sentence_network, sentences
from build_tools.clean.engine import apply, rewrite
from build_tools.clean.fit.documents import ANYTHING, LIGHT, ONLY_NOTHING, make_talk, roughened, spoken
from build_tools.clean.fit.measure import Gaps, by_edition, by_rule, settle_thresholds
from build_tools.clean.fit.settle import packed
from build_tools.clean.sentence_network import FIRST_WORD, REACH, Fitted, Thresholds, judge, unpacked
from build_tools.evaluate.corpus import Record, choose, read_records
from build_tools.replay import replay
from build_tools.words import ends_sentence, same_words, split_words
from conftest import ROOT

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


def test_what_is_marked_is_left_alone() -> None:
    """Every gap between two words that bears a mark already stays as it is."""
    chance = random.Random(5)
    said = " ".join(chance.choice([*SPOKEN[:60] * 3, "so,", "and;"]) for _ in range(3000))
    marked = {at for at, letter in enumerate(said) if letter in ",;"}
    assert not marked & {at for one in sentences.find(said) for at in range(one.start, one.end)}


def test_the_weights_are_small_and_whole() -> None:
    path = Path(sentences.__file__).with_suffix(".npz")
    assert path.stat().st_size <= 1_000_000
    model = sentences.fitted()
    assert model.thresholds.sure > model.thresholds.likely
    assert list(model.vocabulary.values()) == list(range(FIRST_WORD, FIRST_WORD + len(model.vocabulary)))
    assert len(model.weights["emb"]) == FIRST_WORD + len(model.vocabulary)


def small_model(seed: int) -> Fitted:
    """Words a … z, few and small layers, weights of chance."""
    random = np.random.default_rng(seed)
    shapes = {"emb": (FIRST_WORD + 26, 4), "first": (6, 5 * 4), "out": (4, 6)}
    shapes |= {f"layer{n}": (6, 3 * 6) for n in range(4)}
    weights = {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}
    weights |= {f"{name}.bias": random.normal(size=len(weights[name])).astype(np.float32) for name in shapes}
    del weights["emb.bias"]
    stored = packed("abcdefghijklmnopqrstuvwxyz", weights, Thresholds(1, 0, 1, 0))
    assert stored == packed("abcdefghijklmnopqrstuvwxyz", weights, Thresholds(1, 0, 1, 0))
    with np.load(io.BytesIO(stored)) as file:
        return unpacked(dict(file))


LETTERS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz!9"), min_size=1, max_size=90)


@given(LETTERS, st.data())
@settings(deadline=None, max_examples=50)
def test_words_are_judged_alike_wherever_a_text_is_cut(forms: list[str], data: st.DataObject) -> None:
    model = small_model(1)
    first = data.draw(st.integers(0, len(forms) - 1))
    stop = data.draw(st.integers(first + 1, len(forms)))
    whole, part = judge(model, forms, 0, len(forms)), judge(model, forms, first, stop)
    for name in ("end", "question", "mark"):
        np.testing.assert_allclose(
            getattr(part, name), getattr(whole, name)[first:stop], rtol=1e-4, atol=1e-4
        )


@given(LETTERS)
@settings(deadline=None, max_examples=50)
def test_odds_are_those_of_one_distribution(forms: list[str]) -> None:
    odds = judge(small_model(2), forms, 0, len(forms))
    assert (odds.mark >= odds.end).all(), "an end is a mark"


@pytest.mark.parametrize("seed", range(3))
def test_torch_and_numpy_agree(seed: int) -> None:
    torch: Any = pytest.importorskip("torch", reason="fitting needs torch: pip install -e .[fit]")
    from build_tools.clean.fit.settle import settled
    from build_tools.clean.fit.train import MarkNetwork

    torch.manual_seed(seed)
    network = MarkNetwork(26, word_size=4, size=6).eval()
    with np.load(
        io.BytesIO(packed(map(chr, range(97, 123)), settled(network.state_dict()), Thresholds(1, 0, 1, 0)))
    ) as file:
        model = unpacked(dict(file))
    numbers = np.random.default_rng(seed).integers(0, FIRST_WORD + 26, 80 + 2 * REACH)
    with torch.no_grad():
        wanted = network(torch.from_numpy(numbers)[None])[0, :, REACH:-REACH].T.numpy()
    assert np.abs(sentence_network.run_network(model.weights, numbers) - wanted).max() < 0.02


@pytest.mark.timed
def test_it_is_fast_enough() -> None:
    sentences.fitted()
    plain = "It was a good day, and we went on for a while. Then we stopped there. " * 6000
    assert _rate(plain) > 250_000, "a tenth to a quarter of what it does alone: machines are busy"
    assert _rate("and then i think we said that it was so and you know it went on " * 2000) > 50_000


def _rate(text: str) -> float:
    begin = time.perf_counter()
    sentences.find(text)
    return len(text) / (time.perf_counter() - begin)


NUMBERS = {
    word: n for n, word in enumerate("a b c d um uh like i mean you know yeah right okay mhm".split(), 16)
}


def test_roughening_keeps_the_words_and_their_marks() -> None:
    talk = make_talk(Record("", "", "", "", {}, (("", "a b, c d? " * 300),)), NUMBERS)
    heard = roughened(talk, NUMBERS, np.random.default_rng(1))
    again = roughened(talk, NUMBERS, np.random.default_rng(1))
    assert len(talk.words) < len(heard.words) == len(heard.marks)
    assert heard.words.tolist() == again.words.tolist()
    rest = iter(zip(heard.words.tolist(), heard.marks.tolist(), strict=True))
    assert all(pair in rest for pair in zip(talk.words.tolist(), talk.marks.tolist(), strict=True))
    assert set(heard.marks.tolist()) <= {1, 2, 3, 4, 8, ANYTHING}


def test_words_said_to_another_and_hesitations_come_in() -> None:
    talk = make_talk(Record("", "", "", "", {}, (("", "a b c d. " * 2000),)), NUMBERS)
    heard = roughened(talk, NUMBERS, np.random.default_rng(2))
    said = {word: set(heard.marks[heard.words == NUMBERS[word]].tolist()) for word in NUMBERS}
    assert said["okay"] == {4} and said["um"] == {LIGHT} and said["you"] == {ONLY_NOTHING}


def test_thresholds_are_as_precise_as_they_should_be() -> None:
    random = np.random.default_rng(3)
    odds = random.normal(0, 3, (3, 20_000)).astype(np.float32)
    marks = np.where(random.random(20_000) < 1 / (1 + np.exp(-odds[0])), 4, 1).astype(np.uint8)
    marks[(odds[1] > 0) & (marks == 4)] = 8
    marks[(odds[2] > 2) & (marks == 1)] = 2
    found = settle_thresholds(Gaps(odds[0], odds[1], odds[2], marks))
    put = odds[0] >= found.sure
    assert (marks[put] >= 4).mean() == pytest.approx(0.8, abs=0.05)


def test_an_edition_says_what_is_right() -> None:
    said = "thank you so much for coming on the show i'm really glad um you are here".split()
    edited = "Thank you so much for coming on the show. I'm really glad  you are here!".split(" ")
    found = by_edition(said, edited)
    ends = found["sentence ends"]
    assert (ends.precision, ends.recall) == (1, 1), "the end of the text is not asked for"
    assert found["question marks"].f1 == 0


CORPUS = Path(os.environ.get("CORPORA", ROOT.parent / "shared" / "corpora")) / "dev.jsonl.gz"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["sentences"]


@pytest.mark.skipif(not CORPUS.is_file(), reason=f"no corpora at {CORPUS.parent}; $CORPORA may say where")
def test_marks_are_found_in_talks_without_any() -> None:
    found = by_rule([spoken(record) for record in choose(read_records(CORPUS), FLOORS["talks"])])
    for name, floor in FLOORS["found"].items():
        assert found[name].precision >= floor["precision"], name
        assert found[name].recall >= floor["recall"], name


@pytest.mark.parametrize("row", TABLE["known-failures"], ids=lambda row: row["said"][:40])
def test_a_known_failure_is_still_one(row: dict[str, str]) -> None:
    assert same_words(row["said"], row["page"])
    assert rewrite(row["said"], sentences.RULE) != row["page"]
