"""How readily words count as stumbles goes with how often the whole talk stumbles."""

from __future__ import annotations

import pytest
from test_cleaning import TABLES

from build_tools.clean import rules_of
from build_tools.clean.engine import rewrite
from build_tools.clean.fluency import disfluency_rate, prior, prior_of
from build_tools.pipeline import build_archive
from build_tools.words import split_words
from conftest import PEOPLE, MakeSources

# Nobody can tell from these words alone: “the insight you had”, or one about you.
DOUBTFUL = "I love this insight you you had."
HALTING = "So um the plan uh is good. " * 40
FLUENT = "So the plan, I think, is good. " * 40


@pytest.mark.parametrize(
    ("rest", "page"),
    [(HALTING, "I love this insight you had."), (FLUENT, DOUBTFUL)],
    ids=["halting", "fluent"],
)
def test_the_talk_decides_in_doubt(make_sources: MakeSources, rest: str, page: str) -> None:
    root = make_sources({"talk.txt": f"{rest}{DOUBTFUL}\n", "people.yml": PEOPLE})
    turns = build_archive(root).archive.interviews[0].turns
    assert " ".join(turn.text for turn in turns).endswith(page)


@pytest.mark.parametrize(
    ("said", "stumbles"),
    [
        ("Um, so, uh, er, yes.", 2),
        ("I, I think the — the plan... the plan.", 2),
        ("We had had it, and that that was very, very good.", 0),
        ("The ER, the err, the umbrella.", 0),
    ],
)
def test_only_what_cannot_be_missed_is_counted(said: str, stumbles: int) -> None:
    words = split_words(said)
    many = disfluency_rate([*words, *["word"] * (9000 - len(words))])
    assert many == pytest.approx(1.2 / 10 + stumbles)


def test_a_short_text_counts_as_edited() -> None:
    assert prior(["Well", "said."]) == pytest.approx(0, abs=1)
    assert prior_of(disfluency_rate([])) == 0


@pytest.mark.parametrize("name", ["repetitions", "false_starts"])
def test_the_more_a_talk_stumbles_the_more_goes(name: str) -> None:
    rows = [row["said"] for row in TABLES[name]["positive"]] + TABLES[name]["negative"]
    for said in rows:
        left = [len(rewrite(said, *rules_of(how_readily)).split()) for how_readily in (-60, 0, 60, 120)]
        assert left == sorted(left, reverse=True), said
