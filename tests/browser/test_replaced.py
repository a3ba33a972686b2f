"""A raw file was replaced, twice: old addresses still lead to their words, or say that these are gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from build_tools.cli import main
from build_tools.words import fingerprint, split_words

from .archive import (
    REPOSITORY,
    Site,
    Windows,
    arrive,
    assert_marked,
    assert_nothing_marked,
    go_to_hash,
    note,
    published,
    settle,
)

SLUG = "2026-01-01-rain"
FILLER = " ".join(["And when the rain comes down on these hills, we stay inside and read."] * 30)
FIRST = f"Welcome back. Does it ever rain up there? Yes, it reigns all day in May. {FILLER} Good by for now."
SECOND = (
    f"Um, welcome back. Does it ever rain up there? Yes, it rains all day in May. {FILLER} Goodbye for now."
)
THIRD = f"Welcome back. Does it ever rain? Yes, it rains every single day in May. {FILLER} Goodbye for now."
EDITION = f"""---
title: Rain
date: 2026-01-01
people: {{host: [Jane Doe], guest: [John Roe]}}
words: {{count: {len(split_words(FIRST))}, sha256: {fingerprint(split_words(FIRST))}}}
---

**Jane Doe:** Welcome back. Does it ever rain up there?

**John Roe:** Yes, it {{~~reigns~>rains~~}} all day in May.

{FILLER}

## The end

**Jane Doe:** Good by for now.
"""
PAGE = f"interviews/{SLUG}/"


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive whose only raw file was replaced twice."""
    root = tmp_path_factory.mktemp("replaced")
    for folder in ("assets", "about"):
        shutil.copytree(REPOSITORY / "docs" / folder, root / "docs" / folder)
    tools = (REPOSITORY / "build_tools").as_posix()
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8").replace("build_tools/", f"{tools}/")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    sources = root / "sources"
    sources.mkdir()
    (sources / f"{SLUG}.txt").write_text(FIRST, "utf-8")
    (sources / f"{SLUG}.edition.md").write_text(EDITION, "utf-8")
    for text in (SECOND, THIRD):
        (root / "better.txt").write_text(text, "utf-8")
        assert main(["replace", SLUG, str(root / "better.txt"), "--sources", str(sources)]) == 0
    with published(root, root / "site") as site:
        yield site


@pytest.fixture
def page(windows: Windows, replaced: Site) -> Iterator[Page]:
    with windows.reading(replaced, "desktop") as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "marked", "said"),
    [
        ("#w3-6", "Does it ever rain?", "words 3 to 6 of an earlier transcript"),
        ("#w10004-10007", "Does it ever rain?", "words 10004 to 10007 of an earlier transcript"),
        ("#w9-13", "Yes, it rains every single day", "2 of which differ here"),
        ("#w3-8", "Does it ever rain?", "2 of which differ here"),
        ("#w20003-20006", "Does it ever rain?", "words 20003 to 20006"),
    ],
)
def test_an_old_address_marks_its_words(
    page: Page, replaced: Site, words: str, marked: str, said: str
) -> None:
    arrive(page, replaced.address + PAGE + words)
    assert_marked(page, marked)
    assert note(page).endswith(said)


def test_words_that_are_gone_are_said_to_be_gone(page: Page, replaced: Site) -> None:
    arrive(page, replaced.address + PAGE + "#w7-8")
    assert "Not here any more: words 7 to 8 of an earlier transcript." in note(page)
    assert_nothing_marked(page)
    page.get_by_role("link", name="Nearest passage").click()
    settle(page)
    expect(page).to_have_url(replaced.address + PAGE + "#w20007")
    expect(page.locator(".arrival")).to_have_count(0)


def test_a_number_of_no_file_leads_nowhere(page: Page, replaced: Site) -> None:
    arrive(page, replaced.address + PAGE + "#w5000-5010")
    assert note(page).startswith("There are no words 5000 to 5010 here")
    assert_nothing_marked(page)


def test_old_passages_and_chapters_are_brought_into_view(page: Page, replaced: Site) -> None:
    last = len(split_words(FIRST))
    arrive(page, replaced.address + PAGE)
    for address, seen in ((f"#c{last - 3}", "The end"), (f"#w{last - 1}", "Goodbye for now.")):
        go_to_hash(page, "")
        page.evaluate("scrollTo(0, 0)")
        go_to_hash(page, address)
        settle(page)
        expect(page.get_by_text(seen, exact=False).last).to_be_in_viewport()
