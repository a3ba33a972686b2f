"""Clean or verbatim: the reader chooses, the choice stays, and both are exactly the words on record."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .archive import (
    Site,
    Talk,
    arrive,
    assert_marked,
    go_to_hash,
    marked_text,
    pick,
    settle,
    shown_passages,
    squeezed,
)


def _choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _assert_reads(page: Page, name: str) -> None:
    for button in ("Clean", "Verbatim"):
        pressed = str(button == name).lower()
        expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=button, exact=True)).to_have_attribute("aria-pressed", pressed)


def _expected(talk: Talk, ids: list[str], verbatim: bool) -> list[tuple[str, str]]:
    """What the passages of a page are to show; in an article several run into one."""
    starts = [int(name.removeprefix("w")) for name in ids]
    assert starts and starts[0] == 1
    ends = [start - 1 for start in starts[1:]] + [talk.count]
    words = talk.verbatim if verbatim else talk.clean
    return [(f"w{first}", words(first, last)) for first, last in zip(starts, ends, strict=True)]


def test_both_readings_show_exactly_the_words_on_record(desktop: Page, site: Site) -> None:
    for talk in site.talks:
        desktop.goto(site.address + talk.path)
        shown = shown_passages(desktop)
        ids = [name for name, _ in shown]
        if not talk.is_article:
            assert ids == [f"w{p.first}" for p in talk.passages]
        assert shown == _expected(talk, ids, verbatim=False)
        if talk.edits:
            _assert_reads(desktop, "Clean")
            _choose(desktop, "Verbatim")
            _assert_reads(desktop, "Verbatim")
            assert shown_passages(desktop) == _expected(talk, ids, verbatim=True)
            _choose(desktop, "Clean")
            assert shown_passages(desktop) == shown


def test_the_data_tells_the_same_words_as_the_clean_and_the_raw_text(site: Site) -> None:
    """What this module compares pages with holds together by itself."""
    for talk in site.talks:
        numbers = [n for p in talk.passages for n in range(p.first, p.last + 1)]
        assert numbers == list(range(1, talk.count + 1))
        assert all(talk.clean(p.first, p.last) == squeezed(p.text) for p in talk.passages)


def test_without_scripts_the_page_reads_clean(scriptless: Page, site: Site) -> None:
    talk = max(site.talks, key=lambda talk: len(talk.edits))
    scriptless.goto(site.address + talk.path)
    shown = shown_passages(scriptless)
    assert shown == _expected(talk, [name for name, _ in shown], verbatim=False)
    expect(scriptless.locator(".reading")).to_have_count(0)


def test_the_choice_survives_another_page_and_a_reload(desktop: Page, site: Site) -> None:
    first, second = sorted(site.talks, key=lambda talk: -len(talk.edits))[:2]
    desktop.goto(site.address + first.path)
    _choose(desktop, "Verbatim")
    desktop.goto(site.address + second.path)
    _assert_reads(desktop, "Verbatim")
    shown = shown_passages(desktop)
    assert shown == _expected(second, [name for name, _ in shown], verbatim=True)
    desktop.reload()
    _assert_reads(desktop, "Verbatim")
    _choose(desktop, "Clean")
    desktop.reload()
    _assert_reads(desktop, "Clean")


def test_the_choice_survives_instant_navigation(desktop: Page, site: Site) -> None:
    first, second = sorted(site.talks, key=lambda talk: -len(talk.edits))[:2]
    desktop.goto(site.address + first.path)
    desktop.evaluate("window.stayed = true")
    _choose(desktop, "Verbatim")
    desktop.locator(".md-tabs").get_by_role("link", name="Interviews").click()
    desktop.locator(f"article .cards a[href*='{second.slug}']").click()
    expect(desktop.locator("h1").filter(visible=True)).to_contain_text(second.record["title"])
    _assert_reads(desktop, "Verbatim")
    shown = shown_passages(desktop)
    assert shown == _expected(second, [name for name, _ in shown], verbatim=True)
    assert desktop.evaluate("window.stayed") is True


@pytest.mark.parametrize("kind", ["with a word put right", "with a filler taken out"])
def test_marks_are_right_in_both_readings(desktop: Page, site: Site, kind: str) -> None:
    _check_marks(desktop, site, kind)


def test_marks_are_right_in_both_readings_on_a_phone(phone: Page, site: Site) -> None:
    _check_marks(phone, site, "across speakers")


def _check_marks(page: Page, site: Site, kind: str) -> None:
    quote = pick(kind, site.talks)
    arrive(page, site.address + quote.path)
    assert_marked(page, quote.clean)
    _choose(page, "Verbatim")
    assert marked_text(page) == quote.verbatim
    arrive(page, site.address + quote.path)
    assert_marked(page, quote.verbatim)
    page.keyboard.press("Escape")
    go_to_hash(page, "#w1-1")
    go_to_hash(page, quote.hash)
    assert_marked(page, quote.verbatim)
    _choose(page, "Clean")
    settle(page)
    assert marked_text(page) == quote.clean
