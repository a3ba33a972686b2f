"""The figures of the cleaning have floors, in `floors.json`. They only rise.

Our own text is always measured. The corpora are not in the repository; they
are looked for beside it in `../shared/corpora`, or where $CORPORA says.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

import pytest

from build_tools.measure.disfluencies import kinds
from build_tools.measure.harm import Cleaned, clean_all, removed_per_10_000
from build_tools.measure.passages import (
    CORPUS,
    RATES,
    Passage,
    choose,
    cut,
    edited_turns,
    in_talk,
    own_turns,
)
from build_tools.measure.properties import broken
from build_tools.measure.recall import Recall, measure_recall
from build_tools.model import Archive
from conftest import ROOT

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
CORPORA = Path(os.environ.get("CORPORA", ROOT.parent / "shared" / "corpora"))


@pytest.fixture(scope="module")
def turns() -> list[Passage]:
    if not (CORPORA / CORPUS).is_file():
        pytest.skip(f"no corpora at {CORPORA}; $CORPORA may say where they are")
    return choose(edited_turns(CORPORA), FLOORS["words"])


@pytest.fixture(scope="module")
def cleaned(turns: list[Passage]) -> list[Cleaned]:
    return clean_all(turns)


def below(found: Iterable[Recall], floors: dict[str, float]) -> dict[str, str]:
    """The kinds of stumble that cleaning finds less often than it did."""
    return {
        one.kind: f"{one.share:.3f} of {one.tried}, floor {floors[one.kind]}"
        for one in found
        if one.share < floors[one.kind]
    }


def test_every_kind_of_stumble_has_its_floors() -> None:
    for text in ("own text", *RATES):
        assert FLOORS["recall"][text].keys() == kinds({}).keys()


def test_cleaning_finds_stumbles_in_our_own_text(archive: Archive) -> None:
    passages = cut(own_turns(archive.interviews), FLOORS["passages"])
    assert len(passages) == FLOORS["passages"]
    assert below(measure_recall(passages), FLOORS["recall"]["own text"]) == {}


def test_cleaning_finds_stumbles_in_recognised_speech(turns: list[Passage]) -> None:
    """The words are those of edited interviews, said by people who stumble as our own speakers do."""
    passages = in_talk(cut(turns, FLOORS["passages"]), RATES["recognised speech"])
    found = measure_recall(passages)
    assert below(found, FLOORS["recall"]["recognised speech"]) == {}
    for sort, floor in FLOORS["recall together"].items():
        shares = [one.share for one in found if sort in one.kind.replace("after a pause", "").split(",")[0]]
        assert fmean(shares) >= floor, f"{sort}: {fmean(shares):.3f} over {len(shares)} kinds"


def test_cleaning_finds_stumbles_in_edited_text(turns: list[Passage]) -> None:
    """Fewer than in recognised speech: where hardly anybody stumbles, words said again are mostly meant."""
    passages = in_talk(cut(turns, FLOORS["passages"]), RATES["edited text"])
    assert below(measure_recall(passages), FLOORS["recall"]["edited text"]) == {}


def test_edited_text_and_recognised_speech_are_told_apart(turns: list[Passage], archive: Archive) -> None:
    """The prior of nearly all that editors went over is below that of all our talks."""
    edited = sorted(turn.prior for turn in turns)
    assert edited[round(0.95 * len(edited))] < min(turn.prior for turn in own_turns(archive.interviews))


def test_cleaning_takes_little_out_of_edited_text(cleaned: list[Cleaned]) -> None:
    most = FLOORS["most removed of 10,000 words"]
    found = removed_per_10_000(cleaned)
    assert {rule: many for rule, many in found.items() if many > most.get(rule, 0)} == {}


def test_what_must_hold_holds_on_edited_text(cleaned: list[Cleaned]) -> None:
    assert {name: where for name, where in broken(cleaned).items() if where} == {}


# How the page of figures names a kind, and the kind the floors know it by.
PUBLISHED = {
    "a word said three times": "word again, twice",
    "a word said again, after a break (to — to)": "word again, break",
    "a word said again, after a pause (to, uh, to)": "word again after a pause",
    "a word said again, bare (to to)": "word again",
    "a word said again, after a comma (to, to)": "word again, comma",
    "a phrase said again, after a break": "phrase again, break",
    "a phrase said again, after a comma": "phrase again, comma",
    "a phrase said again, bare": "phrase again",
    "a phrase said three times": "phrase again, twice",
    "a false start of two or three words, after a break": "false start, more words back, break",
    "a false start of two or three words, after a comma": "false start, more words back, comma",
    "a false start that takes up one word, after a break": "false start, one word back, break",
    "a false start that takes up one word, after a comma": "false start, one word back, comma",
}


@pytest.mark.parametrize("shown", PUBLISHED)
def test_the_published_figures_go_with_the_floors(shown: str) -> None:
    """Who raises a floor writes the page anew; a page cannot promise less, nor much more."""
    page = (ROOT / "docs/about/cleaning.md").read_text("utf-8")
    figures = re.search(rf"\| {re.escape(shown)} \| (\d+)% \| (\d+)% \|", page)
    assert figures
    for figure, text in zip(figures.groups(), RATES, strict=True):
        floor = FLOORS["recall"][text][PUBLISHED[shown]]
        assert floor <= int(figure) / 100 <= floor + 0.03, text
