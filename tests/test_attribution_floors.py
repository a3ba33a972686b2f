"""Attribution from the words alone has floors, in `floors.json`. They only rise.

The corpora are not in the repository; they are looked for beside it in
`../shared/corpora`, or where $CORPORA says.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from build_tools.commands.evaluate import own_talks
from build_tools.evaluate import scores
from build_tools.evaluate.corpus import Record, choose, read_records
from build_tools.evaluate.cost import WORDS, measure_cost
from build_tools.evaluate.measured import Answered, Ask, by_found_name, by_name, by_role, figures, pooled
from build_tools.evaluate.systems import SHIPPED, SIMPLE, finding_names
from build_tools.evaluate.talks import Talk, talk_of_record
from conftest import ROOT

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["attribution"]
CORPUS = Path(os.environ.get("CORPORA", ROOT.parent / "shared" / "corpora")) / "dev.jsonl.gz"


def talks_of(belongs: Callable[[Record], bool], most: int) -> list[Talk]:
    if not CORPUS.is_file():
        pytest.skip(f"no corpora at {CORPUS.parent}; $CORPORA may say where they are")
    chosen = choose(filter(belongs, read_records(CORPUS)), most)
    return [talk_of_record(record) for record in chosen]


@pytest.fixture(scope="module")
def talks() -> list[Talk]:
    return talks_of(lambda one: one.has_host_and_guest, FLOORS["talks"])


@pytest.fixture(scope="module")
def answered(talks: list[Talk]) -> list[Answered]:
    return [by_role(SHIPPED, talk) for talk in talks]


@pytest.fixture(scope="module")
def editions() -> dict[str, Talk]:
    return {talk.name: talk for talk, _ in own_talks(ROOT / "sources")}


def below(found: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, str]:
    """The figures that are lower than they were."""
    return {
        name: f"{found[name]:.3f}, floor {floor}" for name, floor in floors.items() if found[name] < floor
    }


def test_host_and_guest_are_told_apart(answered: list[Answered]) -> None:
    own = figures(answered)
    found = {"words right": own.right, "balanced": own.balanced, "boundary F1": own.f1}
    assert own.talks == FLOORS["talks"]
    assert below(found, FLOORS["host and guest"]) == {}


def test_it_knows_how_sure_it_is(answered: list[Answered]) -> None:
    named = scores.named(pooled(answered))
    assert below({"share": named.share, "right": named.right}, FLOORS["under a name"]) == {}
    assert scores.calibration_error(pooled(answered)) <= FLOORS["most calibration error"]


def test_a_draft_of_a_crowd_names_few_wrongly() -> None:
    crowds = talks_of(lambda one: one.is_of_several, FLOORS["talks of three to six"])
    named = scores.named(pooled(by_found_name(finding_names, talk) for talk in crowds))
    floors = FLOORS["three to six, under a name that is found"]
    assert below({"share": named.share, "right": named.right}, floors) == {}


def test_it_earns_its_place(talks: list[Talk], answered: list[Answered]) -> None:
    simple = [figures([by_role(system, talk) for talk in talks]) for system in SIMPLE.values()]
    assert figures(answered).balanced >= max(one.balanced for one in simple)


@pytest.mark.parametrize(("ask", "what"), [(by_role, "by role"), (by_name, "by name")])
def test_our_own_editions_are_drafted_well(editions: dict[str, Talk], ask: Ask, what: str) -> None:
    floors = FLOORS[f"editions, words right {what}"]
    found = {name: scores.words_right(ask(SHIPPED, editions[name]).stretches) for name in floors}
    assert below(found, floors) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux tells it")
@pytest.mark.timed
def test_it_is_quick_and_small() -> None:
    """Seconds are those of the usual core: a slow machine may be slow, and what else runs there only adds."""
    text = ROOT / "sources" / "2025-07-30-dario-amodei-big-technology.txt"
    cost = min((measure_cost(text) for _ in range(3)), key=lambda one: one.usual_seconds)
    assert cost.words == WORDS
    assert cost.usual_seconds <= FLOORS["most seconds"]
    assert cost.megabytes <= FLOORS["most megabytes"]
