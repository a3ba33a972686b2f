"""Whoever is only inferred to speak is shown so wherever the name stands; Unknown stays Unknown."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.index import make_archive
from build_tools.mkdocs_hook import search_entries
from build_tools.model import (
    Archive,
    Edit,
    Interview,
    Paragraph,
    Participant,
    Person,
    Source,
    Topic,
    Turn,
    Vocabulary,
)
from build_tools.render import render
from build_tools.render.speakers import checked, whole_percent
from conftest import ROOT

JANE, JOHN = Person("jane-doe", "Jane Doe"), Person("john-roe", "John Roe")
PEOPLE = {"Jane Doe": JANE, "John Roe": JOHN}
WEATHER = Topic("weather", "Weather", phrases=("rain",))
EXTENSIONS = ["attr_list", "md_in_html", "pymdownx.critic"]
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "speakers" / "notices.yml").read_text("utf-8"))


# ── small archives, made of turns ────────────────────────────────────────────


def _turn(first: int, name: str, role: str, words: int, confidence: float | None = None) -> Turn:
    """A turn that begins at word `first`; inferred where a confidence is given."""
    spoken = ("The", "rain", *["goes"] * words)[:words]
    return Turn(
        PEOPLE.get(name),
        role,
        (Paragraph(first, spoken, spoken),),
        uncertain=not name and not role,
        inferred=confidence is not None,
        confidence=1.0 if confidence is None else confidence,
    )


def _turns(given: list[list[Any]]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for one in given:
        turns.append(_turn(turns[-1].last_word + 1 if turns else 1, *one))
    return tuple(turns)


def _interview(
    turns: list[list[Any]],
    status: Literal["edited", "labelled", "inferred"] = "inferred",
    people: tuple[Participant, ...] = (),
    year: int = 2025,
) -> Interview:
    return Interview(
        slug=f"{year}-talk",
        kind="podcast",
        title=f"A talk of {year}",
        date=datetime.date(year, 1, 2),
        outlet="Some Podcast",
        source=Source(f"sources/{year}-talk.txt", "0"),
        people=people,
        status=status,
        chapters=(),
        turns=_turns(turns),
        edits=(),
    )


def _archive(*interviews: Interview, people: dict[str, Person] | None = None) -> Archive:
    return make_archive(interviews, Vocabulary(people=people or {}, topics={WEATHER.id: WEATHER}))


def _pages(*interviews: Interview, people: dict[str, Person] | None = None) -> dict[str, str]:
    return {page.path: page.text for page in render(_archive(*interviews, people=people))}


def _page(turns: list[list[Any]], status: Literal["edited", "labelled", "inferred"] = "inferred") -> str:
    return _pages(_interview(turns, status))["interviews/2025-talk.md"]


def _text(page: str) -> str:
    """A page as HTML, tags taken out."""
    rendered = markdown.markdown(page.split("\n---\n", 1)[1], extensions=EXTENSIONS)
    return " ".join(re.sub(r"<[^>]+>", " ", rendered).split())


# ── the notice ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_page_says_at_its_top_how_its_speakers_are_known(case: dict[str, Any]) -> None:
    interview = _interview(case["turns"], case["status"])
    interview = replace(interview, kind=case.get("kind", interview.kind))
    page = _pages(interview)["interviews/2025-talk.md"]
    notice = " ".join(re.split(r"\n\n", page.split("{: .dateline", 1)[1])[1].split())
    missing = [words for words in case["says"] if words not in notice]
    assert not missing, notice
    wrong = [words for words in case["never"] if words in notice]
    assert not wrong, notice
    assert ('role="note"' in notice) == (case["status"] != "edited")
    assert (".doubtful" in notice) == ("in doubt" in case["listed"])
    assert checked(interview) == case["listed"]


def test_the_policy_explains_what_the_notice_links_to() -> None:
    assert "\n## Inferred speakers\n" in (ROOT / "docs/about/editorial-policy.md").read_text("utf-8")


def test_lists_of_interviews_say_what_no_editor_has_read() -> None:
    inferred = _interview([["Jane Doe", "host", 9, 0.95]])
    edited = _interview([["John Roe", "guest", 9]], "edited", year=2024)
    pages = _pages(inferred, edited)
    for path in ("index.md", "interviews/index.md", "timeline/index.md"):
        lines = [line for line in pages[path].splitlines() if "speakers inferred, not edited yet" in line]
        assert len(lines) == 1 and "Jane Doe" in lines[0], path


# ── names beside passages ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("turn", "shown", "attributes"),
    [
        (["Jane Doe", "host", 9, 0.969], "Jane Doe inferred, 96%", 'data-inferred="96"'),
        (["Jane Doe", "host", 9, 1.0], "Jane Doe inferred, 99%", 'data-inferred="99"'),
        (["", "host", 9, 0.93], "Unknown host inferred, 93%", 'data-speaker="Unknown host"'),
        (["", "guest", 9], "Unknown guest", 'data-speaker="Unknown guest"'),
        (["", "", 9, 0.93], "Unknown", 'data-speaker="Unknown"'),
        (["", "", 9], "Unknown (?)", 'data-speaker="Unknown" data-uncertain="true"'),
        (["Jane Doe", "host", 9], "Jane Doe", 'data-speaker="Jane Doe"'),
    ],
)
def test_a_label_says_what_is_inferred(turn: list[Any], shown: str, attributes: str) -> None:
    page = _page([turn])
    label = re.search(r"\*\*(.*)\*\*\{\.speaker\}", page)
    assert label
    plain = re.sub(r"<[^>]+>|\]\([^)]*\)|\[", "", label[1])
    assert plain == shown
    assert attributes in page
    inferred = "inferred," in shown
    assert ("data-inferred" in page) == inferred
    assert ("data-uncertain" in page) == ("(?)" in shown)


def test_nobody_known_after_nobody_known_is_said_once() -> None:
    page = _page([["", "", 9, 0.6], ["", "", 9, 0.4], ["Jane Doe", "host", 9, 0.95], ["", "", 9, 0.6]])
    assert re.findall(r"\*\*(?:\[)?(\w+)", page.split("{: .status", 1)[1]) == ["Unknown", "Jane", "Unknown"]
    assert page.count("data-speaker=") == 4


@pytest.mark.parametrize("turns", [[["", "", 9], ["", "", 9]], [["", "host", 9, 0.95], ["", "", 9, 0.6]]])
def test_nobody_known_is_said_again_where_an_editor_or_a_part_tells_turns_apart(
    turns: list[list[Any]],
) -> None:
    assert _page(turns, "labelled").count("{.speaker}") == 2


_CONFIDENCES = st.none() | st.floats(0, 1)
_TURNS = st.lists(
    st.tuples(
        st.sampled_from(["Jane Doe", "John Roe", ""]),
        st.sampled_from(["host", "guest", ""]),
        st.integers(3, 30),
        _CONFIDENCES,
    ).map(list),
    min_size=1,
    max_size=8,
)


@given(_TURNS)
def test_every_inferred_passage_is_marked_and_no_other(turns: list[list[Any]]) -> None:
    interview = _interview(turns)
    page = _pages(interview)["interviews/2025-talk.md"]
    blocks = dict(re.findall(r"\{: #(w\d+) (.*) \}", page))
    for turn in interview.turns:
        marked = re.search(r'data-inferred="(\d+)"', blocks[f"w{turn.first_word}"])
        assert bool(marked) == (turn.inferred and bool(turn.speaker or turn.role))
        if marked:
            assert int(marked[1]) <= 100 * turn.confidence + 1e-6
            assert int(marked[1]) < 100
            assert f"inferred, {marked[1]}%" in page
    assert "100%" not in re.sub(r"100% of the words are left", "", page)


@given(st.floats(0, 1))
def test_a_share_is_never_rounded_up_nor_to_all(share: float) -> None:
    percent = whole_percent(share)
    assert percent <= 100 * share + 1e-6
    assert percent == 99 or percent > 100 * share - 1 - 1e-6
    assert 0 <= percent <= 99


# ── names elsewhere ──────────────────────────────────────────────────────────


@pytest.fixture
def mixed() -> dict[str, str]:
    """Jane Doe, inferred in the newer interview and edited in the older; nobody in between."""
    people = (Participant(JANE, "guest"),)
    newer = _interview([["Jane Doe", "guest", 12, 0.962], ["", "", 12, 0.6]], people=people)
    older = _interview([["Jane Doe", "guest", 12]], "edited", people, year=2020)
    return _pages(newer, older, people={JANE.id: JANE})


def test_topic_pages_mark_what_is_inferred_and_begin_with_what_is_edited(mixed: dict[str, str]) -> None:
    sources = re.findall(r"^\[(.*), Some Podcast", mixed["topics/weather.md"], re.MULTILINE)
    assert sources == ["Jane Doe", "Jane Doe (inferred, 96%)", "Unknown"]
    headings = re.findall(r"^## (.*) \{:", mixed["topics/weather.md"], re.MULTILINE)
    assert headings == ["Jane Doe", "Unknown"]


def test_a_persons_page_marks_what_is_inferred_and_begins_with_what_is_edited(mixed: dict[str, str]) -> None:
    page = mixed["people/jane-doe.md"]
    sources = re.findall(r"^\[Some Podcast, (.*)\]\(", page, re.MULTILINE)
    assert sources == ["2 January 2020", "2 January 2025 (inferred, 96%)"]
    assert "12 words, 50% of what is said · speakers inferred, not edited yet" in _text(page)
    assert "24 words (12 inferred) in 2 interviews" in _text(mixed["people/index.md"])


def test_the_index_of_topics_marks_those_who_are_only_inferred() -> None:
    inferred = _interview([["Jane Doe", "guest", 12, 0.95], ["John Roe", "guest", 12]])
    edited = _interview([["John Roe", "guest", 12]], "edited", year=2020)
    index = _text(_pages(inferred, edited)["topics/index.md"])
    assert "Jane Doe (inferred), John Roe" in index


def test_corrections_mark_whose_words_are_inferred() -> None:
    talk = replace(
        _interview([["Jane Doe", "guest", 12, 0.95]]), edits=(Edit("filler", 3, 3, "goes", "", "a filler"),)
    )
    assert "Jane Doe (inferred, 95%)" in _text(_pages(talk)["corrections/2025-talk.md"])


def test_search_results_mark_what_is_inferred() -> None:
    talk = _interview([["Jane Doe", "guest", 12, 0.95], ["", "", 12, 0.5], ["John Roe", "host", 12]])
    titles = [entry["title"] for entry in search_entries(talk)[1:]]
    assert titles == ["Jane Doe (inferred, 95%)", "Unknown", "John Roe"]


def test_whoever_looks_for_the_word_inferred_does_not_find_every_passage() -> None:
    """The mark is a separator of words for the search, and the word itself is not."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    given = re.search(r"^ *separator: '(.*)'$", settings, re.MULTILINE)
    assert given
    title = search_entries(_interview([["Jane Doe", "guest", 12, 0.95]]))[1]["title"]
    words = [word for word in re.split(given[1], f"{title} · (inferred) inferred, 9%") if word]
    assert words == ["Jane", "Doe", "·", "inferred", "inferred", "9%"]


# ── everybody who speaks ─────────────────────────────────────────────────────


def test_whoever_speaks_has_a_page_listed_or_not() -> None:
    """People come from the words and the file, too, and not only from people.yml."""
    talk = _interview(
        [["Jane Doe", "host", 12, 0.95], ["John Roe", "guest", 12]], people=(Participant(JANE, "host"),)
    )
    assert talk.everyone == (Participant(JANE, "host"), Participant(JOHN, "guest"))
    pages = _pages(talk, people={JANE.id: JANE})
    assert "Known here by name alone" in pages["people/john-roe.md"]
    assert "Known here by name alone" not in pages["people/jane-doe.md"]
    assert "[John Roe](../people/john-roe.md) with [Jane Doe]" in pages["interviews/2025-talk.md"]
    for path, text in pages.items():
        for person in re.findall(r"people/([^./]+)\.md", text):
            assert f"people/{person}.md" in pages, path


def test_whoever_is_listed_twice_takes_part_once() -> None:
    """Words are counted once, and nobody talks with themselves."""
    parts = (Participant(JANE, "host"), Participant(JANE, "guest"))
    talk = _interview(
        [["John Roe", "guest", 12], ["Jane Doe", "host", 12], ["John Roe", "guest", 12]], people=parts
    )
    assert talk.everyone == (Participant(JANE, "host"), Participant(JOHN, "guest"))
    assert "[John Roe](../people/john-roe.md) with [Jane Doe]" in _pages(talk)["interviews/2025-talk.md"]


def test_somebody_listed_to_whom_nothing_could_be_given_has_a_page_that_says_so() -> None:
    talk = _interview([["", "", 12, 0.5]], people=(Participant(JANE, "host"),))
    assert "no words given by name" in _text(_pages(talk)["people/jane-doe.md"])


def test_people_with_one_name_are_kept_apart_on_topic_pages() -> None:
    other = Person("jane-doe-2", "Jane Doe")
    talk = _interview([["Jane Doe", "guest", 12], ["John Roe", "guest", 12]])
    renamed = (talk.turns[0], Turn(other, "guest", talk.turns[1].paragraphs))
    page = _pages(replace(talk, turns=renamed))["topics/weather.md"]
    assert "{: #jane-doe }" in page and "{: #jane-doe-2 }" in page
