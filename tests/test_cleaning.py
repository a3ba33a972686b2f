"""What each cleaning rule removes, and what it must leave: cases in `cases/cleaning/`.

`positive` is what a careful editor would sign; `negative` stays as it is;
`known-failures` are what the page should say where a rule does something else.
"""

from __future__ import annotations

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
from build_tools.clean.mojibake import repair, repairs
from build_tools.model import Rule, Spelling
from build_tools.replay import replay
from build_tools.words import join, split_words

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
OWN_RULE: dict[str, Rule] = {
    "fillers": fillers.RULE,
    "parentheticals": parentheticals.RULE,
    "markers": markers.RULE,
    "repetitions": repetitions.RULE,
    "false_starts": false_starts.RULE,
    "sentences": sentences.RULE,
    "capitals": capitals.RULE,
    "glossary": glossary.rule(SPELLINGS, "talk", "jane-doe"),
}
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


@pytest.mark.parametrize(("name", "said", "page"), list(_cases()))
def test_rule(name: str, said: str, page: str) -> None:
    assert _by_own_rule(name, said) == page
    assert _by_own_rule(name, page) == page, "a second run changes nothing"


@pytest.mark.parametrize("said", [c.values[1] for c in _cases()], ids=[c.id for c in _cases()])
def test_every_change_is_recorded(said: str) -> None:
    words = split_words(said)
    repaired = replay(words, repairs(words))
    slots, edits = clean(repaired, 1, (OWN_RULE["glossary"], *RULES))
    assert replay(words, [*repairs(words), *edits]) == slots, "the record replays"
    assert words == split_words(said), "raw words are untouched"
    assert clean(slots, 1, (OWN_RULE["glossary"], *RULES)) == (slots, []), "clean is clean"
