"""How much cleaning takes out: each interview chooses, or the whole archive."""

from __future__ import annotations

import pytest

from build_tools.clean import RULES, capitals, fillers, of_level, rules_for
from build_tools.model import LEVELS, Interview, Rule
from build_tools.pipeline import build_archive
from build_tools.render.twin import interview_record
from conftest import PEOPLE, MakeSources, edition_of

RAW = "Um, hello there. Uh, it is, you know, the the open ai office.\n"
BODY = "**Ann Lee:** Um, hello there. Uh, it {~~is~>was~~}, you know, the the open ai office."
GLOSSARY = "- {written: OpenAI, heard: [open ai], reason: name of the company}\n"
READS = {
    "verbatim": "Um, hello there. Uh, it was, you know, the the OpenAI office.",
    "light": "Hello there. It was, you know, the the OpenAI office.",
    "clean": "Hello there. It was the OpenAI office.",
}


def _built(make_sources: MakeSources, own: str, archive: str | None) -> tuple[Interview, str]:
    """An interview with a level of its own, in an archive with one; and its page."""
    edition = edition_of(RAW, BODY, own)
    files = {"talk.txt": RAW, "talk.edition.md": edition, "people.yml": PEOPLE, "glossary.yml": GLOSSARY}
    if archive is not None:
        files["archive.yml"] = archive
    built = build_archive(make_sources(files))
    page = next(page.text for page in built.pages if page.path == "interviews/talk.md")
    return built.archive.interviews[0], page


@pytest.mark.parametrize(
    ("own", "archive", "level"),
    [
        ("", None, "clean"),
        ("", "", "clean"),
        ("", "# nothing chosen\n", "clean"),
        ("", "level:\n", "clean"),
        ("level: verbatim\n", None, "verbatim"),
        ("level: light\n", None, "light"),
        ("level: clean\n", None, "clean"),
        ("", "level: verbatim\n", "verbatim"),
        ("", "level: light\n", "light"),
        ("level: clean\n", "level: verbatim\n", "clean"),
        ("level: verbatim\n", "level: light\n", "verbatim"),
        ("level:\n", "level: light\n", "light"),
    ],
)
def test_an_interview_reads_at_its_level(
    make_sources: MakeSources, own: str, archive: str | None, level: str
) -> None:
    interview, page = _built(make_sources, own, archive)
    assert interview.level == level
    assert interview.turns[0].text == READS[level]
    assert ("stumbles" in page.lower()) == (level != "clean")


@pytest.mark.parametrize("level", LEVELS)
def test_the_data_keeps_its_shape_and_the_words_their_numbers(make_sources: MakeSources, level: str) -> None:
    interview, page = _built(make_sources, f"level: {level}\n", None)
    assert interview.turns[0].verbatim == RAW.strip()
    assert "level" not in interview_record(interview)
    assert "{: #w1 " in page


def test_each_level_takes_out_more() -> None:
    assert LEVELS == ("verbatim", "light", "clean")
    assert of_level("verbatim") == ()
    assert of_level("light") == (fillers.RULE, capitals.RULE)
    assert [rule.name for rule in of_level("clean")] == [rule.name for rule in RULES]


@pytest.mark.parametrize("level", LEVELS)
def test_an_article_is_never_cleaned(make_sources: MakeSources, level: str) -> None:
    interview, page = _built(make_sources, f"kind: article\nlevel: {level}\n", None)
    assert interview.turns[0].text == READS["verbatim"]
    assert "stumbles" not in page.lower()


@pytest.mark.parametrize("level", LEVELS)
def test_the_glossary_holds_at_every_level(level: str) -> None:
    rules: tuple[Rule, ...] = rules_for("talk", "podcast", level, ())
    assert [rule.name for rule in rules[:1]] == ["glossary"]


def test_without_an_edition_the_archive_chooses(make_sources: MakeSources) -> None:
    root = make_sources({"talk.txt": RAW, "archive.yml": "level: verbatim\n"})
    built = build_archive(root)
    assert built.archive.interviews[0].turns[0].text == RAW.strip()
