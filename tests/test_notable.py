"""Notable quotes: from `==` in an edition to pages. The marks' own forms are in `cases/editions/`."""

from __future__ import annotations

import html
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.errors import BuildError
from build_tools.model import Archive, Quote, WordRange
from build_tools.pipeline import Built, build_archive, load_archive
from build_tools.render.words import quoted
from build_tools.words import split_words
from conftest import PEOPLE, MakeSources, edition_of

TOPICS = "- {id: rain, name: Rain, phrases: [rains]}\n- {id: sun, name: Sun, phrases: [sunny]}\n"


def built_of(make_sources: MakeSources, raw: str, body: str, **files: str) -> Built:
    named = {name.replace("_", "."): text for name, text in files.items()}
    texts = {"people.yml": PEOPLE, "topics.yml": TOPICS, "talk.txt": raw}
    return build_archive(make_sources({**texts, "talk.edition.md": edition_of(raw, body), **named}))


def pages_of(built: Built) -> dict[str, str]:
    return {page.path: page.text for page in built.pages}


# ── in the archive ───────────────────────────────────────────────────────────

MARKS = [
    "so",
    "it?",
    "yes.",
    "— no",
    "“well”",
    "{~~herd~>heard~~}",
    "{--the--}",
    "right {++in++}",
    "it {>>x<<}",
]
SAID = st.lists(st.sampled_from(MARKS), min_size=1, max_size=7)


@given(st.lists(SAID, min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_marks_take_no_part_in_words_or_edits(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """With and without ==, the interview is the same but for its quotes."""
    plain, marked, wanted = [], [], []
    first = 1
    for parts in (["one", *said] for said in paragraphs):
        low = data.draw(st.integers(0, len(parts) - 1).filter(lambda at: not parts[at].startswith("—")))  # noqa: B023
        high = data.draw(st.integers(low, len(parts) - 1))
        plain.append(" ".join(parts))
        parts[low] = f"=={parts[low]}"
        parts[high] += "=="
        marked.append(" ".join(parts))
        wanted.append(WordRange(first + low, first + high))
        first += len(parts)
    without, quoting = (_told("\n\n".join(["**Ann Lee:** Yes.", *body])) for body in (plain, marked))
    if quoting is None:  # nothing of a quote is left: the build says so
        return
    assert without is not None
    assert quoting.pop("quotes") == [[one.first_word + 1, one.last_word + 1] for one in wanted]
    assert without.pop("quotes") == []
    assert quoting == without


def _told(body: str) -> dict[str, Any] | None:
    raw = body.replace("**Ann Lee:** ", "").replace("==", "").replace(" {++in++}", "").replace(" {>>x<<}", "")
    raw = raw.replace("{~~herd~>heard~~}", "herd").replace("{--the--}", "the").replace("\n\n", " ")
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder)
        files = {"people.yml": PEOPLE, "talk.txt": raw, "talk.edition.md": edition_of(raw, body)}
        for name, text in files.items():
            (sources / name).write_text(text, "utf-8")
        try:
            built = build_archive(sources)
        except BuildError as error:
            assert all("taken out" in problem.message for problem in error.problems)
            return None
    record: dict[str, Any] = json.loads(pages_of(built)["interviews/talk.json"])
    del record["source"]
    record["quotes"] = [[one["first_word"], one["last_word"]] for one in record["quotes"]]
    return record


def test_a_quote_is_on_what_its_words_and_its_chapter_speak_of(make_sources: MakeSources) -> None:
    raw = (
        "It rains a lot there, as all of us have seen. We love it when it is sunny here at the sea. So be it."
    )
    body = "## Talk {topics: rain}\n\n**Ann Lee:** It rains a lot there, as all of us have seen. ==We love it when it is sunny here at the sea.== So be it."
    (quote,) = built_of(make_sources, raw, body).archive.quotes
    assert (quote.turn.name, quote.topics) == ("Ann Lee", ("sun", "rain"))
    assert quote.text == "We love it when it is sunny here at the sea."


def test_numbers_are_those_of_now(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "It rains a lot there. We love it."
    root = make_sources({"people.yml": PEOPLE, "talk.txt": raw, "talk.edition.md": edition_of(raw, "**Ann Lee:** It ==rains a lot there.== We love it.")})  # fmt: skip
    monkeypatch.chdir(root.parent)
    Path("new.txt").write_text("Oh, it rains a lot there. We love it.", "utf-8")
    assert main(["replace", "talk", "new.txt"]) == 0
    (quote,) = load_archive(root).quotes
    assert (quote.first_word, quote.last_word, quote.text) == (10_003, 10_006, "rains a lot there.")


def test_a_replacement_tells_of_lost_quotes(
    make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = "It rains a lot there. We love it so."
    root = make_sources({"people.yml": PEOPLE, "talk.txt": raw, "talk.edition.md": edition_of(raw, "**Ann Lee:** It ==rains a lot there.== ==We love it== so.")})  # fmt: skip
    monkeypatch.chdir(root.parent)
    Path("new.txt").write_text("It was mostly quite sunny. We love it so.", "utf-8")
    assert main(["replace", "talk", "new.txt", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "1 of 2 quotes" in told
    assert "talk.edition.md:7: ==rains a lot there.==: “was mostly" in told


def test_a_replacement_tells_of_quotes_that_read_otherwise(
    make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = "It rains a lot there on all of the days. We love it so."
    root = make_sources({"people.yml": PEOPLE, "talk.txt": raw, "talk.edition.md": edition_of(raw, "**Ann Lee:** ==It rains a lot there on all of the days.== ==We love it== so.")})  # fmt: skip
    monkeypatch.chdir(root.parent)
    Path("new.txt").write_text(
        raw.replace("there on", "here on").replace("love it so", "love it, so"), "utf-8"
    )
    assert main(["replace", "talk", "new.txt", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "2 of 2 quotes" in told
    assert "talk.edition.md:7: “… a lot there on all …” reads “… a lot here on all …”" in told
    assert told.count(" reads ") == 1


# ── as it is shown ───────────────────────────────────────────────────────────

SHOWN = [
    ("a whole sentence", "It rains. ==It is wet.== Yes.", "It is wet."),
    ("entered and left in the middle", "It ==rains all day, and== then not.", "… rains all day, and …"),
    ("no comma is left hanging", "==It rains all day,== and then not.", "It rains all day …"),
    ("what cleaning takes out before it", "It rains. Um, ==it is wet.==", "It is wet."),
    ("a stray mark of quotation", "“==It rains.== It is wet.”", "It rains."),
    ("a pair of them inside", "He said ==“yes” and “no”== again.", "… “yes” and “no” …"),
    ("a pair around the whole", "==“It rains all day.”== Yes.", "It rains all day."),
    ("straight ones", '==He said "yes" and "no".== Yes.', 'He said "yes" and "no".'),
    ("at the end of a turn without a full stop", "It is ==the only way,==", "… the only way"),
    ("no dash is left hanging", "==It rains — all day —== and then not.", "It rains — all day …"),
    ("broken off", "It is ==the only way —==", "… the only way"),
]


@pytest.mark.parametrize(("text", "shown"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_a_quote_is_shown_so(text: str, shown: str, make_sources: MakeSources) -> None:
    raw = text.replace("==", "")
    built = built_of(make_sources, raw, f"**Ann Lee:** {text}")
    assert quoted(built.archive.quotes[0]) == shown


@pytest.mark.parametrize(
    "said",
    ["“It rains ==all day,” she wrote==", "He said: ==“It rains all day.”==", "==“It rains== all day.”"],
)
def test_programs_are_given_words_to_put_between_marks(said: str, make_sources: MakeSources) -> None:
    """They put their own around them."""
    pages = pages_of(built_of(make_sources, said.replace("==", ""), f"**Ann Lee:** {said}"))
    (quote,) = json.loads(pages["interviews/talk.json"])["quotes"]
    page = pages[f"{quote['page'].rstrip('/')}.md"]
    meta = yaml.safe_load(page.split("---\n")[1])
    wanted = said.split("==")[1]
    wanted = wanted.strip("“”") if "she" not in said else wanted
    assert quote["text"] == meta["linked_data"]["@graph"][0]["text"] == wanted


def test_a_long_name_leaves_room_for_words(make_sources: MakeSources) -> None:
    name = f"Ann {'Very ' * 14}Lee"
    body = f"**{name}:** ==It rains a lot there, all day and all night.=="
    built = built_of(make_sources, "It rains a lot there, all day and all night.", body, people_yml=f"- {{id: ann-lee, name: {name}}}\n- {{id: bob-ray, name: Bob Ray}}\n")  # fmt: skip
    meta = yaml.safe_load(pages_of(built)["quotes/talk/w1-10.md"].split("---\n")[1])
    assert meta["title"] == f"{name}: “It rains a lot …”"


def test_a_word_is_no_words(make_sources: MakeSources) -> None:
    pages = pages_of(built_of(make_sources, "Rain. It is wet.", "**Ann Lee:** ==Rain.== It is wet."))
    assert 'aria-label="The page of this quote, word 1"' in pages["interviews/talk.md"]
    assert "talk, word 1" in pages["quotes/talk/w1-1.md"].lower()


def test_a_page_says_who_where_and_what(make_sources: MakeSources) -> None:
    raw = "It rains a lot there. We love it so. Nobody knows why."
    body = "**Ann Lee:** ==It rains a lot there.== ==We love it so.==\n\n**Bob Ray:** ==Nobody knows why.=="
    pages = pages_of(built_of(make_sources, raw, body))
    page = pages["quotes/talk/w6-9.md"]
    meta = yaml.safe_load(page.split("---\n")[1])
    assert meta["title"] == "Ann Lee: “We love it so.”"
    assert meta["description"] == "We love it so."
    assert meta["quote"] is True
    assert meta["picture"] == "w6-9.png"
    for part in (
        "# [Ann Lee](../../people/ann-lee.md) said",
        "(../../interviews/talk.md#w6-9)",
        "(../../quotes/talk/w1-5.md){: .prev",
        "(../../quotes/talk/w10-12.md){: .next",
    ):
        assert part in page
    assert '<span id="w6-9"></span><span class="notable">We love it so.</span>' in pages["interviews/talk.md"]
    assert "[2 notable quotes](../quotes/index.md?person=ann-lee)" in pages["people/ann-lee.md"]


def test_a_quote_over_several_passages_is_marked_in_each(make_sources: MakeSources) -> None:
    sentence = "It rains all day and all night in this town, and nobody who lives here knows why it does. "
    raw = sentence * 30
    built = built_of(make_sources, raw, f"**Ann Lee:** =={raw.strip()}==")
    turn = built.archive.interviews[0].turns[0]
    page = pages_of(built)["interviews/talk.md"]
    assert len(turn.paragraphs) > 1
    assert page.count('<span class="notable">It rains') == len(turn.paragraphs)
    assert page.count("{: .to-quote") == 1
    assert built.archive.quotes[0].text == turn.text


def test_without_quotes_there_is_a_page_that_lists_none(make_sources: MakeSources) -> None:
    pages = pages_of(built_of(make_sources, "It rains.", "**Ann Lee:** It rains."))
    assert "<blockquote" not in pages["quotes/index.md"]
    assert not [path for path in pages if path.startswith("quotes/talk")]


def _inside(quote: Quote) -> str:
    return f"{quote.interview.slug} {quote.first_word}-{quote.last_word}"


def test_the_archive_has_some_forty_well_shown(archive: Archive) -> None:
    assert 35 <= len(archive.quotes) <= 60
    assert {quote.interview.slug for quote in archive.quotes} == {i.slug for i in archive.interviews}
    for quote in archive.quotes:
        text = quoted(quote)
        assert 8 <= len(split_words(text)) <= 60, _inside(quote)
        assert text.count("“") == text.count("”"), _inside(quote)
        assert not text.endswith((",", ";", ":", "—")), _inside(quote)
        assert quote.topics, _inside(quote)
        assert quote.turn.speaker and not quote.turn.uncertain, _inside(quote)


def test_titles_and_descriptions_are_short(built: Built) -> None:
    quotes = [p for p in built.pages if p.path.startswith("quotes/2")]
    assert quotes
    for page in quotes:
        meta = yaml.safe_load(page.text.split("---\n")[1])
        assert len(html.unescape(meta["title"])) <= 70 and len(meta["description"]) <= 300 + 20, page.path
