"""Notable quotes: chosen by person and topic, read on their own, followed into their talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from build_tools.render.words import without_outer_quotes

from .archive import SCREENS, Site, Talk, arrive, assert_marked, note, settle, squeezed
from .sharing import allow_clipboard

_SHOWN = """() => [...document.querySelectorAll(".quotes blockquote")]
    .filter((quote) => quote.getClientRects().length)
    .map((quote) => [quote.dataset.person, quote.dataset.topics.split(" ")])"""


def _quotes(site: Site) -> list[dict[str, Any]]:
    """Every notable quote, as the data of the interviews tells it, with the slug of its own."""
    return [{**quote, "slug": talk.slug} for talk in site.talks for quote in talk.record["quotes"]]


def _people(site: Site) -> dict[str, str]:
    return {who["name"]: who["id"] for talk in site.talks for who in talk.record["people"]}


def _shown(page: Page) -> list[tuple[str, list[str]]]:
    return [(person, topics) for person, topics in page.evaluate(_SHOWN)]


def _select(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def _busiest(site: Site) -> tuple[str, str, str]:
    """Somebody with quotes on a topic, but not all of theirs and not all on it: name, id and topic."""
    quotes = _quotes(site)
    for one in quotes:
        for topic in one["topics"]:
            own = [q for q in quotes if q["speaker"] == one["speaker"]]
            on = [q for q in quotes if topic in q["topics"]]
            if 0 < len([q for q in own if q in on]) < min(len(own), len(on)):
                return one["speaker"], _people(site)[one["speaker"]], topic
    pytest.fail("no such quotes")


# ── all of them ──────────────────────────────────────────────────────────────


def test_by_mouse_and_back(page: Page, site: Site) -> None:
    quotes = _quotes(site)
    name, person, topic = _busiest(site)
    page.goto(f"{site.address}quotes/")
    status = page.locator(".choice [role=status]")
    expect(status).to_have_text(f"{len(quotes)} quotes")
    _select(page, "By").select_option(person)
    own = [quote for quote in quotes if quote["speaker"] == name]
    expect(status).to_have_text(f"{len(own)} of {len(quotes)} quotes")
    assert {who for who, _ in _shown(page)} == {person}
    _select(page, "On").select_option(topic)
    both = [quote for quote in own if topic in quote["topics"]]
    expect(status).to_have_text(f"{len(both)} of {len(quotes)} quotes")
    assert all(who == person and topic in topics for who, topics in _shown(page))
    assert len(_shown(page)) == len(both)
    expect(page).to_have_url(re.compile(rf"/quotes/\?person={person}&topic={topic}$"))
    page.go_back()
    expect(status).to_have_text(f"{len(own)} of {len(quotes)} quotes")
    expect(_select(page, "On")).to_have_value("")
    page.go_back()
    expect(status).to_have_text(f"{len(quotes)} quotes")
    expect(page.locator(".choice")).to_have_count(1)


def test_by_keyboard(desktop: Page, site: Site) -> None:
    desktop.goto(f"{site.address}quotes/")
    _select(desktop, "By").focus()
    desktop.keyboard.press("ArrowDown")
    expect(desktop).to_have_url(re.compile(r"\?person="))
    expect(_select(desktop, "By")).to_be_focused()
    chosen = _select(desktop, "By").input_value()
    assert {who for who, _ in _shown(desktop)} == {chosen}
    desktop.keyboard.press("Tab")
    expect(_select(desktop, "On")).to_be_focused()
    desktop.keyboard.press("ArrowDown")
    expect(desktop).to_have_url(re.compile(r"\?person=.+&topic="))
    topic = _select(desktop, "On").input_value()
    assert _shown(desktop) and all(topic in topics for _, topics in _shown(desktop))


def test_a_choice_can_be_linked_and_only_what_is_there_is_offered(page: Page, site: Site) -> None:
    _, person, topic = _busiest(site)
    quotes = _quotes(site)
    arrive(page, f"{site.address}quotes/?person={person}&topic={topic}")
    expect(_select(page, "By")).to_have_value(person)
    expect(_select(page, "On")).to_have_value(topic)
    on = [quote for quote in quotes if topic in quote["topics"]]
    offered = _select(page, "By").locator("option").all_text_contents()
    counts = {who: sum(q["speaker"] == who for q in on) for who in {q["speaker"] for q in on}}
    assert offered == [f"everybody ({len(on)})", *(f"{who} ({counts[who]})" for who in sorted(counts))]
    arrive(page, f"{site.address}quotes/?person=<b>nobody")
    expect(page.locator(".choice [role=status]")).to_have_text(f"{len(quotes)} quotes")


def test_after_instant_navigation(desktop: Page, site: Site) -> None:
    desktop.goto(site.address)
    desktop.get_by_role("link", name="People").first.click()
    desktop.locator(".cards strong a").first.click()
    link = desktop.get_by_role("link", name=re.compile(r"\d+ notable quotes?"))
    told = int(link.inner_text().split()[0])
    link.click()
    expect(desktop.locator(".choice [role=status]")).to_have_text(f"{told} of {len(_quotes(site))} quotes")


def test_without_scripts_all_are_there(scriptless: Page, site: Site) -> None:
    scriptless.goto(f"{site.address}quotes/?person=somebody")
    expect(scriptless.locator(".choice")).to_have_count(0)
    expect(scriptless.locator(".quotes blockquote")).to_have_count(len(_quotes(site)))


def test_a_finger_finds_the_choices(phone: Page, site: Site) -> None:
    phone.goto(f"{site.address}quotes/")
    for select in phone.locator(".choice select").all():
        box = select.bounding_box()
        assert box and box["height"] >= 44 and box["x"] + box["width"] <= 390


# ── each on its own ──────────────────────────────────────────────────────────


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def test_every_page_shows_the_words_of_its_data(desktop: Page, site: Site) -> None:
    for quote in _quotes(site):
        page = (site.folder / quote["page"] / "index.html").read_text("utf-8")
        shown = re.search(r'<blockquote class="large"[^>]*>\s*<p>(.*?)</p>', page, re.DOTALL)
        desktop.set_content(f"<p>{shown[1] if shown else ''}</p>")
        assert _letters(desktop.locator("p").inner_text()) == _letters(quote["text"])


def test_its_context_is_marked_just_so(page: Page, site: Site) -> None:
    talks = {talk.slug: talk for talk in site.talks}
    shortest = sorted(talks, key=lambda slug: talks[slug].count)[:2]
    last = {quote["slug"]: quote for quote in _quotes(site)}
    for slug, quote in ((slug, last[slug]) for slug in shortest):
        page.goto(site.address + quote["page"])
        page.get_by_role("link", name="Read it in context").click()
        expect(page).to_have_url(
            re.compile(rf"/interviews/{slug}/#w{quote['first_word']}-{quote['last_word']}$")
        )
        assert_marked(page, squeezed(talks[slug].clean(quote["first_word"], quote["last_word"])))
        clean = talks[slug].clean(quote["first_word"], quote["last_word"])
        assert squeezed(quote["text"]) == squeezed(without_outer_quotes(clean))
        assert note(page).startswith(quote["speaker"])


def test_a_talk_shows_its_quotes_and_leads_to_them(page: Page, site: Site) -> None:
    quote = _quotes(site)[0]
    page.goto(f"{site.address}interviews/{quote['slug']}/")
    settle(page)
    first = page.locator(".notable").first
    expect(first).to_be_visible()
    assert "gradient" in str(first.evaluate("(e) => getComputedStyle(e).backgroundImage"))
    page.locator(".to-quote").first.click()
    expect(page).to_have_url(site.address + quote["page"])
    expect(page.locator("blockquote.large")).to_be_visible()


def test_without_scripts_the_context_is_in_view(scriptless: Page, site: Site) -> None:
    quote = _quotes(site)[-1]
    scriptless.goto(site.address + quote["page"])
    scriptless.get_by_role("link", name="Read it in context").click()
    place = scriptless.locator(f"#w{quote['first_word']}-{quote['last_word']}")
    expect(place).to_be_in_viewport()


# ── a page that is made no more ──────────────────────────────────────────────


@pytest.fixture(scope="module")
def lost(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of its own: the browser's word that something is not found is no fault here."""
    context = browser.new_context(**SCREENS["desktop"])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("ending", ["/", ""])
def test_a_lost_page_leads_to_the_words(ending: str, site: Site, lost: Page) -> None:
    talk = min(site.talks, key=lambda talk: talk.count)
    lost.goto("about:blank")
    lost.goto(f"{site.address}quotes/{talk.slug}/w20-29{ending}")
    expect(lost).to_have_url(f"{site.address}interviews/{talk.slug}/#w20-29")
    assert_marked(lost, talk.clean(20, 29))
    lost.go_back()
    assert lost.url == "about:blank"


def test_other_lost_pages_stay(site: Site, lost: Page) -> None:
    for path in ("quotes/x/y/", "quotes/w1-2/", "not/here/"):
        lost.goto(site.address + path)
        expect(lost.get_by_role("heading", name="404")).to_be_visible()
        assert lost.url == site.address + path


def test_a_page_hands_out_its_link_and_its_words(page: Page, site: Site) -> None:
    talks = {talk.slug: talk for talk in site.talks}
    allow_clipboard(page)
    for is_edited in (True, False):
        quote = next(one for one in _quotes(site) if _is_edited(one, talks) == is_edited)
        talk = talks[quote["slug"]]
        arrive(page, site.address + quote["page"])
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == site.address + quote["page"]
        page.get_by_role("button", name="Copy quote").click()
        expect(page.get_by_role("button", name="Copied")).to_have_count(2)
        said, by, address = page.evaluate("navigator.clipboard.readText()").split("\n")
        assert said[0] == "“" and said[-1] == "”" and _letters(said) == _letters(quote["text"])
        told = f"— {quote['speaker']}, {talk.record['outlet']}, {talk.date}"
        assert by == told + " (lightly edited)" * is_edited
        assert address == site.address + quote["page"]


def test_nothing_moves_below_the_pointer_that_copies(desktop: Page, site: Site) -> None:
    allow_clipboard(desktop)
    for quote in _quotes(site)[::5]:
        desktop.goto(site.address + quote["page"])
        button = desktop.locator(".dateline").get_by_role("button").nth(1)
        expect(button).to_have_text("Copy link")
        settle(desktop)
        place = button.bounding_box()
        button.click()
        expect(button).to_have_text("Copied")
        assert button.bounding_box() == place


def _is_edited(quote: dict[str, Any], talks: dict[str, Talk]) -> bool:
    talk = talks[quote["slug"]]
    words = quote["first_word"], quote["last_word"]
    return _letters(talk.verbatim(*words)) != _letters(talk.clean(*words))
