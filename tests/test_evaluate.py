"""The scores of attribution: by cases, by what must hold of any answer, and on what is known."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.attribute.units import cut_units
from build_tools.cli import main
from build_tools.commands.evaluate import own_talks
from build_tools.errors import BuildError
from build_tools.evaluate import scores
from build_tools.evaluate.corpus import choose, read_records
from build_tools.evaluate.measured import Answered, by_either, by_found_name, by_name, by_role, figures
from build_tools.evaluate.scores import Boundaries, Stretch
from build_tools.evaluate.systems import SHIPPED, SIMPLE, System, one_speaker
from build_tools.evaluate.tables import confidence_table
from build_tools.evaluate.talks import Talk, plain_transcript, talk_of_record
from build_tools.model import Attribution, Participant, Person, Transcript
from conftest import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "evaluate" / "scores.yml").read_text("utf-8")
)


def attributions(labels: str, confidence: float = 1.0) -> list[Attribution]:
    """Turns of a row of letters, one for each word."""
    turns, first = [], 1
    for label, group in groupby(labels):
        last = first + len(list(group)) - 1
        turns.append(
            Attribution(None, label.replace("?", ""), first, last, inferred=True, confidence=confidence)
        )
        first = last + 1
    return turns


def lined_up(said: str, labels: str) -> list[Stretch]:
    return scores.line_up([letter.replace(".", "") for letter in said], attributions(labels), role)


def role(one: Attribution) -> str:
    return one.role


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["what"])
def test_a_case_has_its_scores(row: dict[str, Any]) -> None:
    stretches = lined_up(row["said"], row["given"])
    changes = scores.boundaries(stretches)
    found = {
        "right": scores.words_right(stretches),
        "balanced": scores.balanced(stretches),
        "precision": changes.precision,
        "recall": changes.recall,
        "f1": changes.f1,
        "mapped": scores.words_right(scores.best_mapping(stretches)),
    }
    assert changes == Boundaries(*row["boundaries"])
    wanted = {name: row[name] for name in found if name in row}
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("given_", ["hhh", "hhhhh", ""])
def test_words_left_out_or_given_twice_are_told_of(given_: str) -> None:
    with pytest.raises(ValueError, match="of 4"):
        lined_up("hhhh", given_)


def test_a_gap_between_turns_is_told_of() -> None:
    with pytest.raises(ValueError, match="words 3 to 4 were given after word 1"):
        scores.line_up("abcd", [Attribution(None, "a", 1, 1), Attribution(None, "b", 3, 4)], role)


STRETCHES = st.lists(
    st.builds(
        Stretch,
        words=st.integers(1, 50),
        said_by=st.sampled_from("abc"),
        given_to=st.sampled_from(["a", "b", "c", ""]),
        confidence=st.floats(0, 1),
        sure=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def all_scores(stretches: Sequence[Stretch]) -> dict[str, object]:
    """Every score that does not ask in what order words stand."""
    return {
        "right": scores.words_right(stretches),
        "balanced": scores.balanced(stretches),
        "mapped": scores.words_right(scores.best_mapping(stretches)),
        "sure": scores.mean_confidence(stretches),
        "error": scores.calibration_error(stretches),
        "named": scores.named(stretches).share,
        "named right": scores.named(stretches).right,
        **{f"surest {share}": scores.right_of_surest(stretches, share) for share in (0.0, 0.5, 0.8, 1.0)},
    }


@given(st.text("ab.", min_size=1, max_size=60))
def test_the_answer_itself_is_all_right(said: str) -> None:
    stretches = lined_up(said, said.replace(".", "a"))
    found = all_scores(stretches)
    assert {name for name, score in found.items() if score not in (0.0, 1.0)} == set()
    assert found["right"] == found["balanced"] == found["surest 0.5"] == 1.0
    assert found["error"] == 0.0
    assert scores.boundaries(stretches).f1 == 1.0


@given(STRETCHES, st.data())
def test_cutting_a_stretch_changes_no_score(stretches: list[Stretch], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stretches) - 1))
    whole = replace(stretches[at], words=stretches[at].words + 1)
    part = data.draw(st.integers(1, whole.words - 1))
    halves = [replace(whole, words=part), replace(whole, words=whole.words - part)]
    one, two = (
        [*stretches[:at], whole, *stretches[at + 1 :]],
        [*stretches[:at], *halves, *stretches[at + 1 :]],
    )
    assert all_scores(two) == pytest.approx(all_scores(one))
    assert scores.boundaries(two) == scores.boundaries(one)


@given(STRETCHES, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(stretches: list[Stretch], chance: Any) -> None:
    mixed = list(stretches)
    chance.shuffle(mixed)
    assert all_scores(mixed) == pytest.approx(all_scores(stretches))


@given(STRETCHES)
def test_names_do_not_matter(stretches: list[Stretch]) -> None:
    other = {"a": "c", "b": "a", "c": "b", "": ""}
    both = [replace(one, said_by=other[one.said_by], given_to=other[one.given_to]) for one in stretches]
    labels = [replace(one, given_to=other[one.given_to]) for one in stretches]
    assert all_scores(both) == pytest.approx(all_scores(stretches))
    assert scores.boundaries(labels) == scores.boundaries(stretches)
    mapped = scores.words_right(scores.best_mapping(labels))
    assert mapped == pytest.approx(scores.words_right(scores.best_mapping(stretches)))
    assert mapped >= scores.words_right(stretches)


@given(STRETCHES)
def test_every_score_is_a_share(stretches: list[Stretch]) -> None:
    changes = scores.boundaries(stretches)
    found = [*all_scores(stretches).values(), changes.precision, changes.recall, changes.f1]
    assert all(isinstance(score, float) and -1e-9 <= score <= 1 + 1e-9 for score in found)
    assert min(changes.precision, changes.recall) - 1e-9 <= changes.f1


@given(STRETCHES)
def test_being_as_sure_as_right_is_calibrated(stretches: list[Stretch]) -> None:
    claims = [one for one in stretches if one.given_to]
    honest = [replace(one, confidence=scores.words_right(claims)) for one in claims]
    assert scores.calibration_error(honest) == pytest.approx(0, abs=1e-9)
    boastful = [replace(one, confidence=1.0) for one in claims]
    assert scores.calibration_error(boastful) == pytest.approx(1 - scores.words_right(claims))
    assert sum(one.words for one in scores.reliability(claims)) == scores.words_in(claims)


def test_the_surest_words_are_found() -> None:
    stretches = [Stretch(5, "a", "b", 0.5), Stretch(5, "a", "a", 0.9)]
    assert scores.right_of_surest(stretches, 0.5) == 1
    assert scores.right_of_surest(stretches, 0.8) == pytest.approx(5 / 8)
    tied = [replace(one, confidence=0.7) for one in stretches]
    assert scores.right_of_surest(tied, 0.5) == scores.right_of_surest(tied[::-1], 0.5) == 0.5


def test_confidence_can_foretell_how_right_a_talk_is() -> None:
    good, bad = [Stretch(9, "a", "a", 0.9)], [Stretch(9, "a", "b", 0.6)]
    assert scores.foretold([good, bad]) == pytest.approx(1)
    assert scores.foretold([[replace(good[0], confidence=0.5)], bad]) == pytest.approx(-1)
    assert scores.foretold([good, good]) == scores.foretold([good]) == scores.foretold([]) == 0


TURNS = [
    {"speaker": "John Roe", "text": "... and who are you?"},
    {"speaker": "Jane Doe", "text": "— Jane. I make, well, ships."},
    {"speaker": "John Roe", "text": "..."},
    {"speaker": "", "text": "Hear, hear!"},
    {"speaker": "John Roe", "text": "Ships!"},
]
RECORD = {
    "id": "a1",
    "show": "Ships",
    "turns": TURNS,
    "people": [{"name": "John Roe", "role": "host"}, {"name": "Jane Doe", "role": "guest"}],
}


def written(folder: Path, *rows: object, name: str = "talks.jsonl") -> Path:
    path = folder / name
    text = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    (record,) = read_records(written(tmp_path, RECORD))
    return talk_of_record(record)


def test_a_record_becomes_a_question_and_its_answer(talk: Talk) -> None:
    assert talk.transcript.words[:5] == ("... and", "who", "are", "you? —", "Jane."), (
        "marks do not tell of turns"
    )
    assert talk.speakers == ("John Roe",) * 4 + ("Jane Doe",) * 5 + ("",) * 2 + ("John Roe",)
    assert [who.person.name for who in talk.people] == ["Jane Doe", "John Roe"]
    assert talk.roles == {"John Roe": "host", "Jane Doe": "guest"}


def test_a_question_holds_nothing_of_the_answer(talk: Talk) -> None:
    asked: list[tuple[Transcript, Sequence[Participant]]] = []

    def spy(transcript: Transcript, people: Sequence[Participant]) -> list[Attribution]:
        asked.append((transcript, people))
        return one_speaker(transcript, people)

    for ask in (by_role, by_either, by_name):
        ask(spy, talk)
    assert [people for _, people in asked] == [(), (), talk.people]
    assert all(transcript == plain_transcript(talk.transcript.words) for transcript, _ in asked)


def test_a_name_that_is_found_counts_where_it_stands_for_the_speaker(talk: Talk) -> None:
    def naming(*names: str | None) -> System:
        people = [Person(name, name) if name else None for name in names]
        return lambda transcript, _: [
            Attribution(people[0], "host", 1, 4, inferred=True),
            Attribution(people[1], "guest", 5, len(transcript.words), inferred=True),
        ]

    def named(*names: str | None) -> scores.Named:
        return scores.named(by_found_name(naming(*names), talk).stretches)

    assert named("John Roe", "Jane") == scores.Named(1.0, 0.9)  # the last word is John's, who is not asked
    assert named("John Roe", None) == scores.Named(0.4, 1.0)
    assert named("Jack", "Jane Smith") == scores.Named(1.0, 0.0)


def test_zipped_records_are_read_alike(tmp_path: Path) -> None:
    zipped = written(tmp_path, RECORD, name="talks.jsonl.gz")
    assert list(read_records(zipped)) == list(read_records(written(tmp_path, RECORD)))


BROKEN = [
    "no json\n",
    "[]\n",
    "{}\n",
    {"turns": []},
    {"turns": [{"speaker": "Jane Doe", "text": "— ..."}]},
    {"turns": [{"speaker": "Jane Doe"}]},
    {"turns": "abc"},
    {"turns": TURNS, "people": [{"role": "host"}]},
    {"turns": TURNS, "people": 3},
]


def test_every_broken_line_is_told_of(tmp_path: Path) -> None:
    path = written(tmp_path, RECORD, *BROKEN, RECORD)
    records = read_records(path)
    with pytest.raises(BuildError) as told:
        list(records)
    assert [problem.line for problem in told.value.problems] == list(range(2, 2 + len(BROKEN)))
    assert all("expected {" in problem.message for problem in told.value.problems)


@pytest.mark.parametrize("name", ["talks.jsonl.gz", "missing.jsonl", "latin.jsonl"])
def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / "talks.jsonl.gz").write_text("not zipped")
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(BuildError, match="cannot be read"):
        list(read_records(tmp_path / name))


def test_a_choice_does_not_hang_on_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [RECORD | {"id": f"{show}{n}", "show": show} for show in "ab" for n in range(3)]
    records = list(read_records(written(tmp_path, *rows)))
    assert [one.id for one in choose(records, 5)] == ["a0", "b0", "a1", "b1", "a2"]
    assert choose(records[::-1], 5) == choose(records, 5)
    assert len(choose(records, None)) == len(records)


@pytest.mark.parametrize(
    ("roles", "group"),
    [
        (["host", "guest"], "has_host_and_guest"),
        (["host", "host"], "is_of_two_alike"),
        (["host", None], "is_of_two_alike"),
        (["host", "guest", "guest"], "is_of_several"),
        (["host", "guest", "other"], ""),
        (["host"], ""),
        (["host"] * 7, ""),
    ],
)
def test_talks_are_judged_in_one_group_at_most(tmp_path: Path, roles: list[str | None], group: str) -> None:
    people = [{"name": f"Doe {n}", "role": role} for n, role in enumerate(roles)]
    turns = [{"speaker": one["name"], "text": "Yes."} for one in people]
    (record,) = read_records(written(tmp_path, {"turns": turns, "people": people}))
    groups = ("has_host_and_guest", "is_of_two_alike", "is_of_several")
    assert [name for name in groups if getattr(record, name)] == ([group] if group else [])


@pytest.mark.parametrize("system", [*SIMPLE.values(), SHIPPED], ids=[*SIMPLE, "as shipped"])
@given(st.lists(st.sampled_from(["Why?", "So", "it", "is.", "(Who?)", "no", "…"]), min_size=1, max_size=90))
def test_a_system_gives_every_word_to_somebody(system: System, words: list[str]) -> None:
    given_ = system(plain_transcript(tuple(words)), ())
    assert scores.words_in(scores.line_up(["somebody"] * len(words), given_, role)) == len(words)


def test_figures_are_means_over_talks(talk: Talk) -> None:
    good, bad = Answered(talk, (Stretch(1, "a", "a"),)), Answered(talk, (Stretch(3, "a", "b"),))
    found = figures([good, bad])
    assert (found.talks, found.words, found.right, found.pooled) == (2, 4, 0.5, 0.25)
    with pytest.raises(ValueError, match="no talk"):
        figures([])


def test_simple_systems_get_what_is_known_of_our_editions() -> None:
    """Figures published before this harness was made, from others' code."""
    known = {
        "2025-07-30-dario-amodei-big-technology": [0.83, 0.81],
        "2025-04-11-sam-altman-ted": [0.64, 0.67],
        "2026-02-10-sam-altman-a16z": [0.58, 0.63],
    }
    talks = {talk.name: talk for talk, _ in own_talks(ROOT / "sources")}
    for name, wanted in known.items():
        found = [figures([by_role(system, talks[name])]).right for system in SIMPLE.values()]
        assert found == pytest.approx(wanted, abs=0.006), name


def test_the_command_prints_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hosts = RECORD | {"people": [{"name": name, "role": "host"} for name in ("Jane Doe", "John Roe")]}
    path = written(tmp_path, RECORD, hosts)
    assert main(["evaluate", "--sources", str(ROOT / "sources"), "--data", str(path), "--all"]) == 0
    out = capsys.readouterr().out
    for part in (
        "host and guest, by role: 1 talks",
        "whose words stand under one",
        "roles unclear",
        "as shipped, by show",
        "editions of this archive",
    ):
        assert part in out
    assert out.isascii() or "─" not in out, "a pipe gets no frames"


def test_the_command_says_where_corpora_would_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--sources", str(ROOT / "sources"), "--corpora", "nowhere"]) == 0
    assert "no nowhere/dev.jsonl.gz: say where with --data, --corpora or $CORPORA" in capsys.readouterr().out


def test_a_baseline_needs_interviews_to_be_fitted_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["evaluate", "--sources", str(ROOT / "sources"), "--corpora", str(tmp_path), "--baseline"]) == 1
    )
    assert "train.jsonl.gz:1: is missing; --baseline is fitted on it" in capsys.readouterr().err


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=6))
def test_the_chain_weighs_every_way_to_speak(odds: list[tuple[float, float]]) -> None:
    np = pytest.importorskip("numpy")
    from build_tools.attribute.baseline import chain, probability

    weight = {}
    for way in product((True, False), repeat=len(odds)):
        changes = [False, *(a != b for a, b in pairwise(way))]
        weight[way] = math.exp(
            sum(
                own / 2 * (1 if host else -1) + (other if changed else 0)
                for host, changed, (own, other) in zip(way, changes, odds, strict=True)
            )
        )
    host, change = np.array(odds).T
    wanted = [
        sum(w for way, w in weight.items() if way[at]) / sum(weight.values()) for at in range(len(odds))
    ]
    assert probability(chain(host, change)).tolist() == pytest.approx(wanted)


def test_the_baseline_learns_who_asks() -> None:
    pytest.importorskip("sklearn")
    from build_tools.attribute.fit_baseline import fit

    ask, answer = "So what do you think of ships?", "I think that they are good."
    words = tuple(f"{ask} {answer} {answer} ".split() * 30)
    units = cut_units(words)
    by_host = [words[last - 1] == "ships?" for first, last in units for _ in range(first, last + 1)]
    talk = plain_transcript(words)
    baseline = fit([(talk, by_host)] * 3)
    given_ = baseline(talk, ())
    said_by = ["host" if host else "guest" for host in by_host]
    assert scores.words_right(scores.line_up(said_by, given_, role)) > 0.95
    assert {one.role for one in given_} == {"host", "guest"}
    assert fit([(talk, by_host)] * 3)(talk, ()) == given_, "the same talks give the same weights"
    with pytest.raises(ValueError, match="no talks"):
        fit([])


def test_what_is_not_named_has_no_share_right(talk: Talk) -> None:
    unsure = Answered(talk, (Stretch(3, "a", "b", 0.5, sure=False),))
    (_, table, _) = confidence_table("how sure", {"as shipped": [unsure]}).renderables
    column = list(table.columns[1].cells)  # type: ignore[union-attr]
    assert column[:2] == [".000", "–"]
