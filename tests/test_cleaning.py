"""What each cleaning rule removes, and what it must leave: cases in `cases/cleaning/`.

`positive` is what a careful editor would sign, in speech as it was recognised;
`negative` stays as it is, in text whose speakers hardly stumble; `known-failures`
are what the page should say where a rule does something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.clean import (
    RULES,
    capitals,
    false_starts,
    fillers,
    glossary,
    markers,
    parentheticals,
    repetitions,
    sentences,
)
from build_tools.clean.engine import clean, rewrite
from build_tools.clean.fit.judges import LEAST
from build_tools.clean.fluency import prior_of
from build_tools.clean.judge import judge
from build_tools.clean.mojibake import repair, repairs
from build_tools.measure.passages import RATES
from build_tools.model import Rule, Spelling
from build_tools.replay import replay
from build_tools.words import join, split_words

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
FOLDER = Path(__file__).parent / "cases" / "cleaning"
TABLES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))
}
SPELLINGS = [
    Spelling(
        entry["written"],
        tuple(entry["heard"]),
        "",
        tuple(entry.get("interviews", ())),
        tuple(entry.get("speakers", ())),
    )
    for entry in TABLES["glossary"]["spellings"]
]
# How readily words count as stumbles in recognised speech; in edited text not at all.
RECOGNISED = prior_of(RATES["recognised speech"])
OWN_RULE: dict[str, Rule] = {
    "fillers": fillers.RULE,
    "parentheticals": parentheticals.RULE,
    "markers": markers.RULE,
    "repetitions": repetitions.rule(RECOGNISED),
    "false_starts": false_starts.rule(RECOGNISED),
    "sentences": sentences.RULE,
    "capitals": capitals.RULE,
    "glossary": glossary.rule(SPELLINGS, "talk", "jane-doe"),
}
IN_EDITED_TEXT: dict[str, Rule] = {"repetitions": repetitions.RULE, "false_starts": false_starts.RULE}
FAILS = pytest.mark.xfail(reason="known failure")


def _cases() -> Iterator[Any]:
    for name, table in TABLES.items():
        rows: list[tuple[str, str, Any]] = [(row["said"], row["page"], ()) for row in table["positive"]]
        rows += [(said, said, ()) for said in table["negative"]]
        rows += [(row["said"], row["page"], FAILS) for row in table["known-failures"]]
        for said, page, marks in rows:
            yield pytest.param(name, said, page, marks=marks, id=f"{name}-{said}")


def _by_own_rule(name: str, said: str) -> str:
    """The text a single rule makes; encoding is repaired word by word, before any rule."""
    return join(map(repair, split_words(said))) if name == "mojibake" else rewrite(said, OWN_RULE[name])


def _as_meant(name: str, said: str) -> str:
    """The same, of text in which nothing is likely to be an accident."""
    return rewrite(said, IN_EDITED_TEXT[name]) if name in IN_EDITED_TEXT else _by_own_rule(name, said)


@pytest.mark.parametrize(("name", "said", "page"), list(_cases()))
def test_rule(name: str, said: str, page: str) -> None:
    made = _as_meant(name, said) if said == page else _by_own_rule(name, said)
    assert made == page
    assert _as_meant(name, page) == page, "a second run changes nothing"


@pytest.mark.parametrize("name", IN_EDITED_TEXT)
def test_most_of_what_was_meant_stays_in_recognised_speech(name: str) -> None:
    """Where speakers stumble all the time, words said again may be one more stumble; most traps hold even so."""
    meant = TABLES[name]["negative"]
    kept = sum(_by_own_rule(name, said) == said for said in meant)
    assert kept / len(meant) >= FLOORS["traps kept in recognised speech"][name], f"{kept} of {len(meant)}"


@pytest.mark.parametrize("name", LEAST)
def test_the_thresholds_that_ship_are_those_of_the_fit(name: str) -> None:
    assert judge(name).least == LEAST[name]


@pytest.mark.parametrize("said", [c.values[1] for c in _cases()], ids=[c.id for c in _cases()])
def test_every_change_is_recorded(said: str) -> None:
    words = split_words(said)
    repaired = replay(words, repairs(words))
    slots, edits = clean(repaired, 1, (OWN_RULE["glossary"], *RULES))
    assert replay(words, [*repairs(words), *edits]) == slots, "the record replays"
    assert words == split_words(said), "raw words are untouched"
    assert clean(slots, 1, (OWN_RULE["glossary"], *RULES)) == (slots, []), "clean is clean"
