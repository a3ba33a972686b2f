"""Citations: as the handbooks and the formats have them, whatever is cited. Cases in `cases/cite/`."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.cite.formats import bibtex, ris
from build_tools.cite.items import Item, Piece, whole, words_of
from build_tools.cite.styles import STYLES, cite
from build_tools.cite.zotero import head_of
from build_tools.model import Interview, Paragraph, Participant, Source, Turn, newcomer
from build_tools.pipeline import Built
from build_tools.render.citations import citation_record
from build_tools.write import is_generated

FOLDER = Path(__file__).parent / "cases" / "cite"
URL = "https://x.example/t/#w1-9"
DAYS = {"long": "September 3, 2026", "short": "3 Sept. 2026", "iso": "2026-09-03", "slashes": "2026/09/03"}
FORMS = (*STYLES, "bibtex", "ris", "csl")


def interview(facts: dict[str, Any]) -> Interview:
    """An interview in which everybody says a word."""
    people = [
        Participant(newcomer(name), role) for role, names in facts.get("people", {}).items() for name in names
    ]
    turns = [
        Turn(who.person, who.role, (Paragraph(number, ("word",), ("word",)),))
        for number, who in enumerate(people, 1)
    ]
    return Interview(
        slug="a-talk",
        kind=facts.get("kind", "interview"),
        title=facts["title"],
        date=facts.get("date"),
        outlet=facts.get("outlet", ""),
        source=Source("a-talk.txt", ""),
        people=tuple(people),
        status="edited",
        chapters=(),
        turns=tuple(turns) or (Turn(None, "", (Paragraph(1, ("word",), ("word",)),)),),
        edits=(),
    )


def item_of(case: dict[str, Any]) -> Item:
    talk = interview(case["interview"])
    return words_of(talk, [newcomer(name) for name in case["words"]]) if "words" in case else whole(talk)


def filled(pieces: list[Piece], doubt: str = "") -> str:
    """A citation as a reader sees it, italics between underscores; the browser fills it alike."""
    fill: dict[str, Callable[..., str]] = {
        "i": lambda text: f"_{text}_",
        "id": lambda: "a-talk-w1-9",
        "url": lambda: URL,
        "day": lambda form: DAYS[form],
        "doubt": lambda before, after: doubt and before + doubt + after,
    }
    return "".join(piece if isinstance(piece, str) else fill[piece[0]](*piece[1:]) for piece in pieces)


def cited(item: Item, form: str, doubt: str = "") -> str:
    if form == "csl":
        return json.dumps(item, ensure_ascii=False)
    set_as = {"bibtex": bibtex, "ris": ris}.get(form)
    return filled(set_as(item) if set_as else cite(item, form), doubt).replace("\r\n", "\n")


# ── as the handbooks have it ─────────────────────────────────────────────────


def _cases(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((FOLDER / name).read_text("utf-8")))


def _expected() -> Iterator[Any]:
    for case in _cases("cases.yml"):
        for form in FORMS:
            yield pytest.param(case, form, id=f"{case['name']}: {form}")


@pytest.mark.parametrize(("case", "form"), list(_expected()))
def test_a_citation_is(case: dict[str, Any], form: str) -> None:
    expected = case[form]
    found = cited(item_of(case), form)
    assert (json.loads(found) if form == "csl" else found) == expected


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=case["name"]), id=case["name"])
        for case in _cases("known.yml")
    ],
)
def test_the_handbook_says(case: dict[str, Any]) -> None:
    assert cited(item_of(case), case["style"]).startswith(case["expected"])


def test_a_style_writes_the_day_of_access_in_one_of_two_ways() -> None:
    """The styles write the second of March; what a browser puts there is long or short, nothing else."""
    item = item_of({"interview": {"title": "A talk", "people": {"guest": ["Jane Doe"]}}})
    days = {style: [piece[1] for piece in cite(item, style) if piece[0] == "day"] for style in STYLES}
    assert days == {"apa": ["long"], "mla": ["short"], "chicago": ["long"]}


# ── doubt ────────────────────────────────────────────────────────────────────

DOUBT = "Speaker inferred from the words alone, 91 percent sure; not checked by an editor."


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csl"])
@pytest.mark.parametrize("kind", ["interview", "article"])
def test_doubt_has_its_place_in_every_form(form: str, kind: str) -> None:
    people = {"narrator": ["John Roe"], "guest": ["Jane Doe"]}
    case = {"interview": {"kind": kind, "title": "A talk", "people": people}, "words": ["Jane Doe"]}
    sure, doubted = (cited(item_of(case), form, doubt) for doubt in ("", DOUBT))
    assert DOUBT in doubted and DOUBT not in sure
    assert doubted.count("note = {") <= 1 and doubted.count("N1  - ") <= 1
    assert ("()" in sure, "{}" in sure) == (False, False)


# ── hostile titles and names ─────────────────────────────────────────────────

TEXTS = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "}",
        "{",
        "\\",
        "%",
        "\r\nER  - ",
        "</i>",
        '<span class="nocase">x',
        "“",
        "”.",
        "\ue000a\ue001",
        "?!.",
        "a and b",
    ]
)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@given(TEXTS, TEXTS, TEXTS)
@example("}} , url = {x", "Doe, , and}", "%\nTY  - BOOK")
@example("x</span>.", "A. B.", "Y.")
def test_whatever_a_source_says_stays_text_and_whole(title: str, name: str, outlet: str) -> None:
    talk = {"title": title, "outlet": outlet, "people": {"guest": [name], "host": ["John Roe"]}}
    item = item_of({"interview": {**talk, "date": datetime.date(2025, 7, 30)}})
    _assert_whole(item)
    _assert_whole(words_of(interview({**talk, "kind": "article"}), [newcomer(name)]))
    _assert_whole(words_of(interview(talk), [newcomer("John Roe")]))


def _assert_whole(item: Item) -> None:
    for form in FORMS:
        text = cited(item, form)
        assert _letters(item["title"]) in _letters(re.sub(r"\\text[a-z]+\{\}", "", text)), form
        assert not re.search("[\ue000-\ue010\x00-\x08]", text), form
    _assert_is_one_entry(cited(item, "bibtex"))
    lines = "".join(piece for piece in ris(item) if isinstance(piece, str)).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - ELEC", "ER  - "]


def _assert_is_one_entry(text: str) -> None:
    """BibTeX counts braces, whatever stands before them."""
    depth = 0
    for number, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth > 0 or number < len("@online") or number >= len(text) - 2
    assert depth == 0 and text.count("\n") == len(re.findall(r"^(?:@|  [a-z]+ = |\})", text, re.MULTILINE))


# ── the page's data ──────────────────────────────────────────────────────────


def test_every_interview_has_its_citations(built: Built, tmp_path: Path) -> None:
    pages = {page.path: page.text for page in built.pages}
    for talk in built.archive.interviews:
        text = pages[f"interviews/{talk.slug}.cite.json"]
        (tmp_path / "x.json").write_text(text, "utf-8")
        assert is_generated(tmp_path / "x.json")
        record = json.loads(text)
        assert len(text.encode()) < 16_000  # fetched only when somebody cites
        for turn in talk.turns:
            csl = record["citations"][record["words"][turn.speaker.id if turn.speaker else ""]]["csl"]
            authors = [
                " ".join(filter(None, map(one.get, ("given", "family", "literal"))))
                for one in csl.get("author", ())
            ]
            spoken = [turn.speaker.name] if turn.speaker else []
            if talk.kind == "article":
                narrators = [who.person.name for who in talk.people if who.role == "narrator"]
                assert authors == narrators
                quoted = "".join(set(spoken) - set(narrators))
                assert csl.get("note", "") == (quoted and f"Words of {quoted}, quoted there.")
            else:
                assert authors == spoken


def test_of_many_people_two_are_listed_who_speak_in_turn() -> None:
    guests = [f"Jane Doe{letter}" for letter in "abcdefgh"]
    record = citation_record(interview({"title": "Panel", "people": {"guest": guests}}))
    assert len(record["words"]) == 8 + 7
    assert "jane-doeb jane-doec" in record["words"] and "jane-doeb jane-doed" not in record["words"]
    assert "" not in record["words"], "everybody is known"


def test_somebody_who_speaks_but_is_not_announced_can_be_cited() -> None:
    talk = interview({"title": "A talk", "people": {"guest": ["Jane Doe"]}})
    caller = Turn(newcomer("John Roe"), "other", (Paragraph(2, ("word",), ("word",)),))
    record = citation_record(replace(talk, turns=(*talk.turns, caller)))
    assert record["people"] == ["jane-doe", "john-roe"]
    author = record["citations"][record["words"]["john-roe"]]["csl"]["author"]
    assert author == [{"family": "Roe", "given": "John"}]
    assert record["citations"][record["whole"]]["csl"]["author"] == [{"family": "Doe", "given": "Jane"}]


# ── Zotero ───────────────────────────────────────────────────────────────────


def test_zotero_is_told_the_kind_and_the_parts_people_play() -> None:
    people = {"host": ["John Roe"], "guest": ["Jane Doe", "The Example"]}
    item = item_of(
        {
            "interview": {
                "title": "A <b>talk</b>",
                "date": datetime.date(2025, 7, 3),
                "outlet": "Ö",
                "people": people,
            }
        }
    )
    assert [(tag["name"], tag["content"]) for tag in head_of(item)] == [
        ("z:itemType", "interview"),
        ("dc:title", "A <b>talk</b>"),
        ("z:interviewees", "Doe, Jane"),
        ("z:interviewees", "The Example"),
        ("z:interviewers", "Roe, John"),
        ("dc:date", "2025-07-03"),
        ("dc:source", "Ö"),
    ]


def test_zotero_takes_an_article_for_one() -> None:
    talk = {
        "kind": "article",
        "title": "On trust",
        "people": {"narrator": ["John Roe"], "guest": ["Jane Doe"]},
    }
    tags = [(tag["name"], tag["content"]) for tag in head_of(item_of({"interview": talk}))]
    assert tags == [("z:itemType", "newspaperArticle"), ("dc:title", "On trust"), ("dc:creator", "Roe, John")]


def test_an_interviews_page_carries_what_zotero_reads(built: Built) -> None:
    for talk in built.archive.interviews:
        page = next(page.text for page in built.pages if page.path == f"interviews/{talk.slug}.md")
        meta = yaml.safe_load(page.split("---\n")[1])
        assert meta["zotero"] == head_of(whole(talk))
