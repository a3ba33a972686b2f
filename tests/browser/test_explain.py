"""Verbatim, each changed stretch says what the page has instead, by which rule and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from build_tools.model import Edit

from .archive import Site, Talk, settle, squeezed

RULES = ("edition", "filler", "repetition")


# Focus what the Tab key stops at just before a changed stretch.
_STOP_BEFORE = """(number) => {
    const stops = [...document.querySelectorAll(".md-content :is(a[href], button, [tabindex='0'])")];
    stops[stops.indexOf(document.querySelectorAll(".passage del.critic")[number]) - 1].focus();
}"""


class Stretch(NamedTuple):
    """A changed stretch of a talk, and the edits that made it."""

    talk: Talk
    number: int  # among the changed stretches that the page shows
    verbatim: str
    clean: str
    edits: list[Edit]


def _stretches(talk: Talk) -> Iterator[Stretch]:
    """What the page strikes out, in order; words only added strike out nothing."""
    number = 0
    for first, last in talk.changed:
        verbatim, clean = talk.verbatim(first, last), talk.clean(first, last)
        if verbatim == clean or clean.startswith(f"{verbatim} "):
            continue
        edits = [edit for edit in talk.edits if edit.first_word <= last and edit.last_word >= first]
        yield Stretch(talk, number, verbatim, clean, edits)
        number += 1


def _pick(talks: Sequence[Talk], rule: str) -> Stretch:
    """A stretch that one edit of this rule alone has changed, in the shortest talk that has any."""
    for talk in sorted(talks, key=lambda talk: talk.count):
        found = [one for one in _stretches(talk) if [edit.rule for edit in one.edits] == [rule]]
        if found:
            return found[len(found) // 2]
    pytest.skip(f"no stretch is changed by {rule} alone")


def _longest(talks: Sequence[Talk]) -> Stretch:
    return max((one for talk in talks for one in _stretches(talk)), key=lambda one: len(one.verbatim))


def _read_verbatim(page: Page, site: Site, talk: Talk) -> None:
    page.goto(site.address + talk.path)
    page.get_by_role("button", name="Verbatim", exact=True).click()
    settle(page)


def _on(page: Page, stretch: Stretch) -> Locator:
    found = page.locator(".passage del.critic").nth(stretch.number)
    assert squeezed(found.text_content() or "") == stretch.verbatim
    found.scroll_into_view_if_needed()
    settle(page)
    return found


def _point(page: Page, words: Locator) -> None:
    """Hover with a mouse, tap with a finger."""
    if page.evaluate("matchMedia('(hover: none)').matches"):
        words.tap()
    else:
        words.hover()


def _assert_tells(page: Page, stretch: Stretch) -> None:
    note = page.get_by_role("tooltip")
    for edit in stretch.edits:
        expect(note).to_contain_text(f"{edit.rule}: {edit.reason}" if edit.reason else edit.rule)
    expect(note).to_contain_text("The clean text says" if stretch.clean else "leaves this out")
    expect(note).to_contain_text(stretch.clean)
    expect(note).to_have_count(1)
    place = note.bounding_box()
    screen = page.viewport_size
    assert place and screen
    assert place["x"] >= 0 and place["x"] + place["width"] <= screen["width"]
    assert place["y"] >= 0 and place["y"] + place["height"] <= screen["height"]
    described = page.locator("[aria-describedby=why]")
    assert squeezed(described.text_content() or "") == stretch.verbatim


@pytest.mark.parametrize("rule", RULES)
def test_pointing_at_changed_words_tells_why(page: Page, site: Site, rule: str) -> None:
    stretch = _pick(site.talks, rule)
    _read_verbatim(page, site, stretch.talk)
    _point(page, _on(page, stretch))
    _assert_tells(page, stretch)
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(page.locator("[aria-describedby=why]")).to_have_count(0)


@pytest.mark.parametrize("rule", RULES)
def test_changed_words_are_reached_by_keyboard(page: Page, site: Site, rule: str) -> None:
    stretch = _pick(site.talks, rule)
    _read_verbatim(page, site, stretch.talk)
    words = _on(page, stretch)
    page.evaluate(_STOP_BEFORE, stretch.number)
    page.keyboard.press("Tab")
    expect(words).to_be_focused()
    _assert_tells(page, stretch)
    page.keyboard.press("Tab")
    expect(words).not_to_be_focused()
    expect(words).not_to_have_attribute("aria-describedby", "why")


def test_the_longest_stretch_has_its_note_within_the_screen(page: Page, site: Site) -> None:
    stretch = _longest(site.talks)
    _read_verbatim(page, site, stretch.talk)
    _on(page, stretch).focus()
    _assert_tells(page, stretch)


def test_the_note_goes_where_another_place_is_touched(page: Page, site: Site) -> None:
    stretch = _pick(site.talks, "edition")
    _read_verbatim(page, site, stretch.talk)
    _point(page, _on(page, stretch))
    _assert_tells(page, stretch)
    _point(page, page.locator("h1"))
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_the_note_stays_while_the_pointer_goes_to_it(desktop: Page, site: Site) -> None:
    stretch = _pick(site.talks, "edition")
    _read_verbatim(desktop, site, stretch.talk)
    _on(desktop, stretch).hover()
    _assert_tells(desktop, stretch)
    desktop.get_by_role("tooltip").hover()
    desktop.wait_for_timeout(500)
    _assert_tells(desktop, stretch)


def test_escape_closes_the_note_before_it_clears_marks(desktop: Page, site: Site) -> None:
    stretch = _pick(site.talks, "edition")
    edit = stretch.edits[0]
    _read_verbatim(desktop, site, stretch.talk)
    desktop.evaluate("hash => { location.hash = hash }", f"#w{edit.first_word}-{edit.last_word}")
    expect(desktop.locator(".arrival")).to_be_visible()
    settle(desktop)
    _on(desktop, stretch).focus()
    _assert_tells(desktop, stretch)
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("tooltip")).to_have_count(0)
    expect(desktop.locator(".arrival")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".arrival")).to_have_count(0)


def test_only_the_verbatim_reading_stops_at_changed_words(page: Page, site: Site) -> None:
    stretch = _pick(site.talks, "edition")
    page.goto(site.address + stretch.talk.path)
    changed, stops = page.locator(".passage del.critic"), page.locator("del[tabindex]")
    expect(stops).to_have_count(0)
    page.get_by_role("button", name="Verbatim", exact=True).click()
    expect(stops).to_have_count(changed.count())
    page.reload()
    expect(stops).to_have_count(changed.count())
    page.get_by_role("button", name="Clean", exact=True).click()
    expect(stops).to_have_count(0)


def test_the_data_is_asked_for_once_and_only_when_needed(desktop: Page, site: Site) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(".json") and "/interviews/" in request.url:
            asked.append(request.url)

    desktop.on("request", note)
    stretch, other = _pick(site.talks, "edition"), _pick(site.talks, "repetition")
    _read_verbatim(desktop, site, stretch.talk)
    assert not asked
    for one in [stretch, *([other] if other.talk is stretch.talk else []), stretch]:
        _on(desktop, one).focus()
        _assert_tells(desktop, one)
    assert asked == [f"{site.address}interviews/{stretch.talk.slug}.json"]
    desktop.remove_listener("request", note)


def test_notes_are_right_after_instant_navigation(page: Page, site: Site) -> None:
    second = _pick(site.talks, "edition")
    first = next((talk for talk in site.talks if talk is not second.talk and [*_stretches(talk)]), None)
    if first is None:
        pytest.skip("only one interview has changed words")
    _read_verbatim(page, site, first)
    start = next(_stretches(first))
    _on(page, start).focus()
    _assert_tells(page, start)
    page.evaluate("window.stayed = true")
    page.evaluate("document.querySelector('.md-logo').click()")
    page.locator(f"article .cards a[href*='{second.talk.slug}']").click()
    expect(page.locator("h1").filter(visible=True)).to_contain_text(second.talk.record["title"])
    expect(page.get_by_role("tooltip")).to_have_count(0)
    settle(page)
    _point(page, _on(page, second))
    _assert_tells(page, second)
    assert page.evaluate("window.stayed") is True


def test_a_reason_that_cannot_be_loaded_is_said_so(desktop: Page, site: Site) -> None:
    stretch = _pick(site.talks, "edition")
    _read_verbatim(desktop, site, stretch.talk)
    # An empty answer, as a broken connection makes, without the browser's own complaint.
    desktop.route("**/interviews/*.json", lambda route: route.fulfill(status=200, body=""))
    _on(desktop, stretch).focus()
    expect(desktop.get_by_role("tooltip")).to_contain_text("could not be loaded")
    expect(desktop.get_by_role("tooltip")).to_contain_text(stretch.clean)
    desktop.unroute("**/interviews/*.json")
    desktop.keyboard.press("Escape")
    desktop.locator("h1").click()
    _on(desktop, stretch).blur()
    _on(desktop, stretch).focus()
    _assert_tells(desktop, stretch)
