"""Who speaks, from the words alone: what holds of any words and any people, and small talks in `cases/inferred/`."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_tools.attribute import attribute, best_guess, publishable
from build_tools.attribute.described import describe
from build_tools.attribute.inferred import THRESHOLD, infer, without_pauses
from build_tools.attribute.units import LONGEST, cut_units
from build_tools.cli import main
from build_tools.evaluate.systems import telling
from build_tools.evaluate.talks import plain_transcript
from build_tools.model import Attribution, Participant, Person, Transcript, Vocabulary, newcomer
from build_tools.pipeline import build_archive
from build_tools.words import split_words
from conftest import ROOT, MakeSources

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "inferred" / "talks.yml").read_text("utf-8")
)
JANE, JOHN = Participant(newcomer("Jane Doe"), "host"), Participant(newcomer("John Roe"), "guest")

# ── any words, any people ────────────────────────────────────────────────────

SPOKEN = st.sampled_from(
    "So what do you think? I I'm Jane Doe. John, Thanks, Jane. welcome, Roe Roe. yeah, you know, the the… "
    "why? because... “Well,” (no) Mr. U.S. a16z $5 3.5 90% İ ß ŉ x² שלום مرحبا 今日は。 e\u0301 a\u202eb y🙂 🙂🙂z "
    "um, Uh. er — ? @1 1* <b>x</b> {{7}} 's s' -a- _ _a_".split()
)
WORDS = (
    st.one_of(
        st.lists(SPOKEN, min_size=1, max_size=80),
        st.lists(SPOKEN | st.text(min_size=1, max_size=4), min_size=1, max_size=30),
        st.builds(lambda word, n: [word] * n, SPOKEN, st.integers(1, 200)),
    )
    .map(lambda tokens: tuple(split_words(" ".join(tokens))))
    .filter(bool)
)
NAMES = st.sampled_from(
    ["Jane Doe", "John Roe", "Jane Roe", "jane doe", "Doe", "J. R.", "İ", "🙂", "a*b(", "@1"]
)
PEOPLE = st.lists(
    st.builds(
        lambda n, name, alias, role: Participant(Person(f"p{n}", name, alias), role),
        st.integers(0, 99),
        NAMES,
        st.lists(NAMES, max_size=2).map(tuple),
        st.sampled_from(["host", "host", "guest", "guest", "", "panel"]),
    ),
    max_size=9,
    unique_by=lambda who: who.person.id,
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    words = draw(WORDS)
    return replace(plain_transcript(words), openings=draw(st.frozensets(st.integers(1, len(words)))))


def covered(ranges: Iterator[tuple[int, int]]) -> list[int]:
    return [word for first, last in ranges for word in range(first, last + 1)]


@given(transcripts())
def test_units_without_pauses_keep_their_words(talk: Transcript) -> None:
    units = cut_units(talk.words, talk.openings)
    kept, ranges = without_pauses(talk.words, units)
    assert covered(iter(ranges)) == [*range(1, len(kept) + 1)]
    assert len(ranges) == len(units) and all(first <= last for first, last in ranges)
    if not any(re.search(r"\b[ue][hmr]", word, re.IGNORECASE) for word in talk.words):
        assert (kept, ranges) == (talk.words, units)


@given(transcripts())
@example(plain_transcript(("so",) * 5000))
@example(plain_transcript(("so.",) * 300))
def test_units_cover_all_words_and_cross_no_opening(talk: Transcript) -> None:
    units = cut_units(talk.words, talk.openings)
    assert covered(iter(units)) == [*range(1, len(talk.words) + 1)]
    assert all(last - first < LONGEST for first, last in units)
    assert talk.openings - {1} <= {first for first, _ in units}


@given(transcripts(), PEOPLE)
@settings(deadline=None)
@example(plain_transcript(("so",) * 5000), [JANE, JOHN])
@example(plain_transcript(("🙂y",)), [])
def test_every_word_is_given_once_and_to_nobody_who_is_not_there(
    talk: Transcript, people: list[Participant]
) -> None:
    given_to = infer(talk, people)
    assert covered((one.first_word, one.last_word) for one in given_to) == [*range(1, len(talk.words) + 1)]
    assert all((a.speaker, a.role) != (b.speaker, b.role) for a, b in pairwise(given_to))
    here = {(who.person, who.role) for who in people} | {(None, "host"), (None, "guest")}
    assert {(one.speaker, one.role) for one in given_to} <= here
    assert all(one.inferred and 0 <= one.confidence < 1 for one in given_to)
    assert all(one.uncertain == (one.confidence < THRESHOLD) for one in given_to)
    assert frozenset().union(*(one.openings for one in given_to)) == talk.openings
    assert all(one.openings <= {*range(one.first_word, one.last_word + 1)} for one in given_to)
    assert infer(talk, people) == given_to
    assert infer(talk, people, people) == given_to
    nameless = infer(talk, (), people)
    assert covered((one.first_word, one.last_word) for one in nameless) == [*range(1, len(talk.words) + 1)]
    assert not any(one.speaker for one in nameless)


@given(transcripts(), PEOPLE)
@settings(deadline=None, max_examples=30)
def test_a_page_names_nobody_that_a_draft_doubts(talk: Transcript, people: list[Participant]) -> None:
    drafted = best_guess(talk, people)
    assert drafted == attribute(talk, None, people) == infer(talk, people)
    for guess in drafted:
        shown = publishable(guess)
        assert (shown.speaker, shown.role) == ((None, "") if guess.uncertain else (guess.speaker, guess.role))
        assert (shown.first_word, shown.last_word) == (guess.first_word, guess.last_word)


@pytest.mark.timed
@pytest.mark.parametrize(
    "said", [("so",), ("why?", "yes.")], ids=["no mark", "a word a turn, each a paragraph"]
)
def test_a_long_talk_takes_time_by_its_length(said: tuple[str, ...]) -> None:
    """20,000 words took 3 and 10 seconds on one core of a busy machine; what grows with their square takes minutes."""
    words = (said * 20_000)[:20_000]
    openings = frozenset(n for n, word in enumerate(words, 1) if not word.isalpha())
    begin = time.process_time()
    infer(replace(plain_transcript(words), openings=openings), [JANE, JOHN])
    assert time.process_time() - begin < 20


# ── small talks ──────────────────────────────────────────────────────────────


def asked(case: dict[str, Any]) -> tuple[Transcript, list[Participant], list[str]]:
    """The words of a case, who takes part, and who says each word."""
    said = [(who, split_words(text)) for turn in case["said"] for who, text in turn.items()]
    words = tuple(word for _, turn in said for word in turn)
    begins = [1 + sum(len(turn) for _, turn in said[:n]) for n in range(len(said))]
    openings = frozenset(begins if case.get("paragraphs") else ())
    people = [Participant(newcomer(name), role) for name, role in case["people"]]
    return (
        replace(plain_transcript(words), openings=openings),
        people,
        [who for who, turn in said for _ in turn],
    )


def share_right(case: dict[str, Any]) -> float:
    talk, people, says = asked(case)
    found = [
        one.speaker.name if one.speaker else one.role
        for one in infer(talk, people)
        for _ in range(one.first_word, one.last_word + 1)
    ]
    return sum(a == b for a, b in zip(found, says, strict=True)) / len(says)


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["name"])
def test_an_obvious_talk_is_told(case: dict[str, Any]) -> None:
    assert share_right(case) >= 0.85


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["name"])
def test_what_nobody_could_tell_stays_uncertain(case: dict[str, Any]) -> None:
    talk, people, _ = asked(case)
    assert not [one for one in infer(talk, people) if not one.uncertain]


@pytest.mark.parametrize("case", CASES["known-failure"], ids=lambda case: case["name"])
def test_what_is_not_told_yet(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=case["why"]))
    assert share_right(case) == 1


# ── what ships ───────────────────────────────────────────────────────────────


def test_the_network_is_small() -> None:
    assert (ROOT / "build_tools/attribute/network.npz").stat().st_size <= 6_000_000


def test_the_package_has_all_that_is_read() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {
        path
        for package, patterns in told.items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    data = {p for p in (ROOT / "build_tools/attribute").rglob("*.*") if p.suffix not in (".py", ".pyc")}
    assert data and data <= packed


def test_nothing_is_kept_from_one_talk_to_the_next() -> None:
    talk = asked(CASES["positive"][0])[0]
    alone = infer(talk, [JANE, JOHN])
    for case in CASES["negative"]:
        infer(*asked(case)[:2])
    assert infer(talk, [JANE, JOHN]) == alone


def test_nobody_presents_themselves_among_others() -> None:
    told = "Yesterday I sat down with Jane Doe and John Roe to talk about bridges and the sea. "
    talk = "So, John, why do bridges stay? They stay because people need them, and I build them well. "
    given = infer(plain_transcript(tuple(split_words(told + talk * 4))), (JANE, JOHN))
    assert given[0].first_word == 1 and given[0].speaker is None


THREE = """\
Welcome to the show. I'm John Roe, your host, and my guest today is Jane Doe, who builds bridges. Jane,
welcome to the show. Thanks for having me, John. So, Jane, why do bridges stay? They stay because we build
them well, and because people need them every day. Murdoch, what do you think? Well, I think that most of
them fall sooner or later, and my own bridges fell last year, which was a sad day for all of us in the
valley. How did your bridge fall? We had a storm, and the river rose over night, and then my bridge was gone.
Jane, do you agree? I do, and our bridges stay because we test them. Thanks, Murdoch. Thanks, Jane.
"""


def test_somebody_likely_keeps_their_words_from_those_who_are_known() -> None:
    talk = plain_transcript(tuple(split_words(THREE)))
    told = describe(talk, Vocabulary())
    assert {who.person.name for who in told.people} == {"John Roe", "Jane Doe"}
    assert [who.person.name for who in told.likely] == ["Murdoch"]
    fell = talk.words.index("valley.") + 1

    def who_says(likely: tuple[Participant, ...]) -> Attribution:
        given = infer(talk, told.people, likely)
        return next(one for one in given if one.first_word <= fell <= one.last_word)

    assert who_says(()).speaker
    assert who_says(told.likely).speaker is None and who_says(told.likely).uncertain


HOSTS = """\
Welcome to the show. I'm Jane Doe, and with me, as always, is my co-host John Roe. How are you doing, John? I am
doing well. How are you doing, Jane? Very well, thank you. This week we talk about bridges, and there is no
guest, it's just John and I talking. So, John, why do bridges stay? They stay because people build them well, and
because people need them every day. I think so too, John, but what about the old ones? The old ones fall, Jane,
sooner or later, and ours fell last year. We had a storm, and the river rose over night. Thanks, John. Thanks, Jane.
"""


def test_nobody_is_named_where_two_hosts_talk_with_each_other(make_sources: MakeSources) -> None:
    talk = plain_transcript(tuple(split_words(HOSTS)))
    told = describe(talk, Vocabulary())
    assert any(not one.uncertain for one in infer(talk, told.people, told.likely))
    assert all(one.uncertain for one in telling(told)(talk, ()))
    (interview,) = build_archive(make_sources({"hosts.txt": HOSTS})).archive.interviews
    assert {(who.person.name, who.role) for who in interview.people} == {
        ("John Roe", ""),
        ("Jane Doe", ""),
    }
    assert not any(turn.speaker or turn.role for turn in interview.turns)


def test_a_draft_of_two_hosts_only_guesses_until_it_is_told(make_sources: MakeSources) -> None:
    raw = str(make_sources({"hosts.txt": HOSTS}) / "hosts.txt")

    def drafted(*told: str) -> tuple[str, int]:
        assert main(["draft", raw, "--force", *told]) == 0
        text = Path(raw).with_name("hosts.edition.md").read_text("utf-8")
        return text, len(re.findall(r"^\*\*(?:Jane Doe|John Roe):\*\*", text, re.M))

    guessed, sure = drafted()
    assert "# Not clear is who is a host" in guessed and sure == 0
    assert re.search(r"^\*\*John Roe \(\?\):\*\*", guessed, re.M)
    assert "# Not clear" not in drafted("--host", "Jane Doe", "--host", "John Roe")[0]
    told, sure = drafted("--host", "Jane Doe", "--guest", "John Roe")
    assert "# Not clear" not in told and sure > 0
