"""An address of words opens the page with these words marked, and says whose they are."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .archive import (
    PICKS,
    Quote,
    Site,
    arrive,
    assert_marked,
    assert_nothing_marked,
    go_to_hash,
    note,
    pick,
    removed_words,
)

_TARGET = re.compile(r"interviews/([^/]+)/#w(\d+)-(\d+)$")


def _named(text: str, quote: Quote) -> set[str]:
    """Which of those who take part the note says are speaking."""
    who = text.split(f" · {quote.talk.record['outlet']} · ")[0]
    return {name for name in quote.talk.names if name in who}


def _check_arrival(page: Page, site: Site, kind: str) -> None:
    quote = pick(kind, site.talks)
    arrive(page, site.address + quote.path)
    assert_marked(page, quote.clean)
    said = note(page)
    assert _named(said, quote) == set(quote.speakers)
    for fact in (quote.talk.record["outlet"], quote.talk.date, quote.numbers):
        assert fact in said


@pytest.mark.parametrize("kind", PICKS)
def test_words_are_marked_and_in_view(desktop: Page, site: Site, kind: str) -> None:
    _check_arrival(desktop, site, kind)


@pytest.mark.parametrize("kind", ["across speakers", "first words", "last words", "inside a quotation"])
def test_words_are_marked_and_in_view_on_a_phone(phone: Page, site: Site, kind: str) -> None:
    _check_arrival(phone, site, kind)


def test_the_note_tells_a_doubt_about_the_speaker(desktop: Page, site: Site) -> None:
    doubtful = [(t, p) for t in site.talks for p in t.passages if not p.certain and not t.is_article]
    if not doubtful:
        pytest.skip("no attribution is uncertain any more")
    talk, passage = doubtful[len(doubtful) // 2]
    arrive(desktop, f"{site.address}{talk.path}#w{passage.first}-{passage.last}")
    assert f"{passage.speaker} (attribution uncertain)" in note(desktop)
    said_again = desktop.locator(f"p#w{passage.first}").evaluate(
        "(e) => { e.classList.remove('opens'); return getComputedStyle(e, '::before').content; }"
    )
    assert "(attribution uncertain)" in said_again, "a long turn says it again"


def test_a_search_term_in_the_address_does_not_move_the_marks(desktop: Page, site: Site) -> None:
    quote = pick("with a word put right", site.talks)
    word = max(quote.clean.split(), key=len)
    arrive(desktop, f"{site.address}{quote.talk.path}?h={word}{quote.hash}")
    assert_marked(desktop, quote.clean)


def test_clearing_removes_marks_and_note(page: Page, site: Site) -> None:
    quote = pick("across speakers", site.talks)
    arrive(page, site.address + quote.path)
    assert_marked(page, quote.clean)
    page.locator(".arrival").get_by_role("button", name="Clear").click()
    _assert_cleared(page)
    go_to_hash(page, quote.hash)
    assert_marked(page, quote.clean)
    page.keyboard.press("Escape")
    _assert_cleared(page)


def _assert_cleared(page: Page) -> None:
    assert_nothing_marked(page)
    expect(page.locator(".arrival")).to_have_count(0)
    assert "#" not in page.url


def test_back_returns_to_the_marked_words(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    arrive(desktop, site.address + quote.path)
    other = next(p for p in quote.talk.passages if p.first > quote.last + 150)
    desktop.mouse.wheel(0, 1)  # the reader's own hand: the page stops bringing the quote into view
    go_to_hash(desktop, f"#w{other.first}")
    expect(desktop).to_have_url(re.compile(f"#w{other.first}$"))
    assert_nothing_marked(desktop)
    expect(desktop.locator(".arrival")).to_have_count(0)
    desktop.go_back()
    expect(desktop).to_have_url(re.compile(f"{quote.hash}$"))
    assert_marked(desktop, quote.clean)
    assert _named(note(desktop), quote) == set(quote.speakers)


def test_another_address_on_the_same_page_moves_the_marks(desktop: Page, site: Site) -> None:
    quote = pick("across paragraphs", site.talks)
    arrive(desktop, f"{site.address}{quote.talk.path}#w1-1")
    go_to_hash(desktop, quote.hash)
    assert_marked(desktop, quote.clean)
    expect(desktop.locator(".arrival")).to_have_count(1)


def test_removed_words_bring_the_reader_to_their_passage(desktop: Page, site: Site) -> None:
    """The clean reading shows nothing of them, but the place is where they were said."""
    quote = removed_words(site.talks)
    arrive(desktop, site.address + quote.path)
    assert quote.numbers in note(desktop)
    home = next(p for p in quote.talk.passages if p.first <= quote.first <= p.last)
    expect(desktop.locator(f"p#w{home.first}")).to_be_in_viewport()


@pytest.mark.parametrize("before", [0, 1], ids=["beyond the last word", "across the last word"])
def test_words_that_do_not_exist_are_not_marked(desktop: Page, site: Site, before: int) -> None:
    talk = site.talks[-1]
    first = talk.count + 1 - before
    arrive(desktop, f"{site.address}{talk.path}#w{first}-{talk.count + 1}")
    asked = f"is no word {first}" if not before else f"are no words {first} to {first + 1}"
    assert note(desktop) == f"There {asked} here: this transcript has words 1 to {talk.count}."
    assert_nothing_marked(desktop)


NONSENSE = "#w5 #w9-3 #w0-0 #w1-2-3 #w1-2x #x #w99999999999999999999-1 #<img/src=x/onerror=alert(1)>".split()


def test_nonsense_does_no_harm(desktop: Page, site: Site) -> None:
    quote = pick("inside a quotation", site.talks)
    for hash in NONSENSE:
        arrive(desktop, site.address + quote.talk.path + hash)
        assert_nothing_marked(desktop)
        expect(desktop.locator("h1").filter(visible=True)).to_have_count(1)
    go_to_hash(desktop, quote.hash)
    assert_marked(desktop, quote.clean)


def _source_link(page: Page, site: Site) -> tuple[Locator, Quote]:
    """From the front page to a topic, and there a quote's link in the middle of the page."""
    page.goto(site.address)
    page.locator(".tags a").first.click()
    expect(page).to_have_url(re.compile("/topics/[^/]+/$"))
    expect(page.locator("blockquote .source").first).to_be_visible()
    links = page.locator("blockquote .source")
    found = [_TARGET.search(link.get_attribute("href") or "") for link in links.all()]
    talks = {talk.slug: talk for talk in site.talks}
    for number in range(len(found) // 2, len(found)):
        match = found[number]
        assert match, "a quote's link leads to words"
        quote = Quote(talks[match[1]], int(match[2]), int(match[3]))
        if quote.talk.is_whole(quote.first, quote.last) and quote.first > 100:
            return links.nth(number), quote
    pytest.skip("no quote on this page that can be compared word by word")


def test_a_quote_on_a_topic_page_leads_to_its_words(page: Page, site: Site) -> None:
    link, quote = _source_link(page, site)
    page.evaluate("window.stayed = true")
    link.click()
    expect(page).to_have_url(site.address + quote.path)
    assert_marked(page, quote.clean)
    assert _named(note(page), quote) == set(quote.speakers)
    assert page.evaluate("window.stayed") is True, "the page was loaded anew: no instant navigation"
    page.go_back()
    expect(page).to_have_url(re.compile("/topics/[^/]+/$"))
    expect(page.locator(".arrival")).to_have_count(0)
    assert_nothing_marked(page)
    page.go_forward()
    expect(page).to_have_url(site.address + quote.path)
    assert_marked(page, quote.clean)


def test_without_scripts_a_quote_opens_at_its_passage(scriptless: Page, site: Site) -> None:
    link, quote = _source_link(scriptless, site)
    link.click()
    expect(scriptless).to_have_url(site.address + quote.path)
    scriptless.wait_for_load_state()
    header = scriptless.locator(".md-header").bounding_box()
    place = scriptless.locator(f"[id='w{quote.first}-{quote.last}']").evaluate(
        "e => e.getBoundingClientRect().y"
    )
    height = scriptless.viewport_size["height"] if scriptless.viewport_size else 0
    assert header is not None
    assert header["y"] + header["height"] <= place <= height / 2
