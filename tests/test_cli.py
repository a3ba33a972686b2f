"""The command line, as a person meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.commands import COMMANDS
from conftest import PEOPLE, MakeSources, edition_of

RAW = "Um, so the the plan of Open EI. Yes, I agree."
BODY = "## The plan\n\n**Ann Lee:** Um, so the the plan of Open EI.\n\n**Bob Ray:** Yes, I agree."
FILES = {
    "people.yml": PEOPLE,
    "glossary.yml": "- {written: OpenAI, heard: [Open EI], reason: its name}\n",
    "talk.txt": RAW,
    "talk.edition.md": edition_of(RAW, BODY),
}


@pytest.fixture(autouse=True)
def _inside(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_sources(FILES).parent)


def test_build_says_what_it_did_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1 and out.startswith(
        "1 interview: 13 pages written, 0 unchanged, 0 removed in "
    )
    assert err == ""
    assert main(["build"]) == 0
    assert "0 pages written, 13 unchanged" in capsys.readouterr().out


def test_check_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "1 interview, 11 words: no problems; nothing written\n"
    assert not Path("docs").exists()


def test_explain_shows_raw_words_each_edit_and_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "talk", "w3"]) == 0
    assert capsys.readouterr().out == (
        "Ann Lee, w1-8\n"
        "  raw    Um, so the the plan of Open EI.\n"
        "  w7-8          “Open EI.” → “OpenAI.”  (glossary: its name)\n"
        "  w1-2          “Um, so” → “So”  (filler: a filled pause)\n"
        "  w3-4          “the the” → “the”  (repetition: said twice in a row)\n"
        "  page   So the plan of OpenAI.\n\n"
    )


def test_explain_without_words_shows_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "talk"]) == 0
    out = capsys.readouterr().out
    assert "Ann Lee, w1-8" in out and "Bob Ray, w9-11" in out


def test_a_raw_file_without_an_edition_makes_a_page_by_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/talk.edition.md").unlink()
    assert main(["build"]) == 0
    page = Path("docs/interviews/talk.md").read_text()
    assert "**Unknown**{.speaker}" in page and "nobody is named" in page


def test_measure_measures_our_own_text_and_says_where_corpora_would_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = "We have a plan to build a very small house in the garden and you may live in it as long as it stands."
    Path("sources/second.txt").write_text(said)
    assert main(["measure", "--corpora", "nowhere"]) == 0
    out = capsys.readouterr().out
    assert "recall on our own text" in out and "  pause                                    1  100.0%" in out
    assert out.endswith("no corpora at nowhere: say where with --corpora or $CORPORA\n")


@pytest.mark.parametrize("command", [command.NAME for command in COMMANDS])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"examples:\n  python -m build_tools {command}" in capsys.readouterr().out
