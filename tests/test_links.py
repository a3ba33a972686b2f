"""Links to quotes in other people's text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.links import check_links
from build_tools.model import Archive, Interview
from build_tools.pipeline import load_archive
from conftest import PEOPLE, ROOT, edition_of

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "links" / "found.yml").read_text("utf-8"))
OLD = "Do you like it here. Yes, it reigns all day and I um like that."
NEW = "Do you like it here? Yes, it rains all day, and I um, like that."
BODY = "## The rain\n\n**Ann Lee:** Do you like it here.\n\n**Bob Ray:** Yes, it reigns all day and I um like that."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("links")
    sources = root / "sources"
    sources.mkdir()
    (sources / "people.yml").write_text(PEOPLE, "utf-8")
    (sources / "talk.txt").write_text(OLD, "utf-8")
    (sources / "talk.edition.md").write_text(edition_of(OLD, BODY), "utf-8")
    (root / "new.txt").write_text(NEW, "utf-8")
    assert main(["replace", "talk", str(root / "new.txt"), "--sources", str(sources)]) == 0
    return root


@pytest.fixture(scope="module")
def interviews(folder: Path) -> dict[str, Interview]:
    return {one.slug: one for one in load_archive(folder / "sources").interviews}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_links_are_judged(case: dict[str, Any], interviews: dict[str, Interview]) -> None:
    found = [
        f"{one.line} {one.status}" + f": {one.message}" * bool(one.message)
        for one in check_links(case["text"], interviews)
    ]
    assert found == case["found"]


@given(st.text("[](){}<>#w1-9 ”“\"'>\n/abtlk") | st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert [one.status for one in check_links(f"{text} interviews/talk/#w1-2 {text}", {})] == ["gone"]


def test_quotes_of_every_interview_are_fine(archive: Archive) -> None:
    interviews = {one.slug: one for one in archive.interviews}
    for interview in archive.interviews:
        for paragraph in (turn.paragraphs[0] for turn in interview.turns):
            address = f"interviews/{interview.slug}/#w{paragraph.first_word}-{paragraph.last_word}"
            for said in (paragraph.text, paragraph.verbatim):
                (found,) = check_links(f"> {said}\n\n[source]({address})", interviews)
                assert found.status == "fine", found


def test_the_command_tells_lines_and_fails_where_words_are_gone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = folder / "post.md"
    post.write_text("One\n[a](https://x.org/interviews/talk/#w1-5)\n", "utf-8")
    arguments = ["--sources", str(folder / "sources")]
    assert main(["links", str(post), *arguments]) == 0
    assert capsys.readouterr().out == (
        f"{post}:2: moved: interviews/talk/#w1-5 is now #w10001-10005\n"
        "1 quote link: 0 fine, 1 moved, 0 changed, 0 gone\n"
    )
    post.write_text("[a](/interviews/talk/#w10001-10005) [b](/interviews/none/#w1)", "utf-8")
    assert main(["links", str(post), *arguments]) == 1
    assert capsys.readouterr().out.endswith("2 quote links: 1 fine, 0 moved, 0 changed, 1 gone\n")


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "none.md", "--sources", str(ROOT / "sources")]) == 1
    assert capsys.readouterr().err.startswith("none.md:1: no such file; expected text with links\n")
