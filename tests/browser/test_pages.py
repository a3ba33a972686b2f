"""Every kind of page: whole, within the screen, and with links that lead somewhere."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .archive import REPOSITORY, Site, squeezed

KINDS = {
    "home": "index.html",
    "interviews": "interviews/index.html",
    "an interview": "interviews/*/index.html",
    "quotes": "quotes/index.html",
    "a quote": "quotes/*/*/index.html",
    "topics": "topics/index.html",
    "a topic": "topics/*/index.html",
    "people": "people/index.html",
    "a person": "people/*/index.html",
    "timeline": "timeline/index.html",
    "corrections": "corrections/index.html",
    "corrections of an interview": "corrections/*/index.html",
    "about": "about/**/index.html",
}

# Text in view, apart from examples of Markdown that a page shows as such.
_TEXT = """() => {
    let text = "";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.closest("code, pre, script, style") && node.parentElement.checkVisibility())
            text += node.data;
    }
    return text;
}"""

# What stands out of the screen at its sides and cannot be scrolled to by itself.
_OUTSIDE = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (e) => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX)
        || scrolls(e.parentElement));
    return [...document.querySelectorAll(".md-content__inner *")]
        .filter((e) => e.getClientRects().length && !scrolls(e))
        .filter((e) => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1)
        .map((e) => e.outerHTML.slice(0, 80));
}"""


def _pages(site: Site, kind: str) -> list[Path]:
    """The smallest page of a kind and the largest; of those written by hand, all."""
    found = sorted(site.pages(KINDS[kind]), key=lambda page: page.stat().st_size)
    assert found, f"the site has no such page: {kind}"
    return found if kind == "about" else [*found[:1], *found[1:][-1:]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_and_fits_the_screen(page: Page, site: Site, kind: str) -> None:
    for file in _pages(site, kind):
        page.goto(site.address_of(file))
        expect(page.locator("h1").filter(visible=True)).to_have_count(1)
        assert page.locator("h1").count() == 1
        wide, screen = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen, "the page scrolls sideways"
        assert not page.evaluate(_OUTSIDE), "something stands out of the screen"
        text = page.evaluate(_TEXT)
        left = [mark for mark in ("{:", "{--", "{++", "{~~", "{>>", "{{", "{%", "](", "**") if mark in text]
        assert not left, f"Markdown left on {file.relative_to(site.folder)}: {left}"


def test_examples_on_pages_written_by_hand_are_shown_as_written(desktop: Page, site: Site) -> None:
    """An example of an edition is full of marks; none of them may act on the page itself."""
    found = 0
    for source in sorted((REPOSITORY / "docs" / "about").glob("*.md")):
        examples = re.findall(r"<pre><code>(.*?)</code></pre>", source.read_text("utf-8"), re.DOTALL)
        name = "" if source.stem == "index" else f"{source.stem}/"
        desktop.goto(f"{site.address}about/{name}")
        shown = [squeezed(text) for text in desktop.locator(".md-content pre").all_inner_texts()]
        assert shown == [squeezed(html.unescape(example)) for example in examples], source.name
        found += len(examples)
    assert found


# ── links ────────────────────────────────────────────────────────────────────


class _Links(HTMLParser):
    """The ids of a page, and the addresses it names: where it leads, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "link" and given.get("rel") in ("canonical", "prev", "next"):
            self.leads.append(given.get("href", ""))
        elif tag == "a" and "href" in given:
            self.leads.append(given["href"])
        else:
            self.loads += [given[name] for name in ("src", "href", "data", "poster") if name in given]


@pytest.fixture(scope="module")
def links(site: Site) -> dict[str, _Links]:
    """All pages of the site by their addresses."""
    return {site.address_of(page): _Links(page.read_text("utf-8")) for page in site.pages()}


def _broken(site: Site, here: str, target: str, links: dict[str, _Links]) -> Iterator[str]:
    """Why a link of the page `here` leads nowhere, if it does."""
    there = urljoin(here, target)
    if urlsplit(there).scheme not in ("http", "https") or urlsplit(there).netloc != urlsplit(here).netloc:
        return
    page, _, name = there.partition("#")
    page = page.partition("?")[0]
    file = site.folder / unquote(page.removeprefix(site.address))
    if not page.startswith(site.address):
        yield f"{here}: {target} leads out of the site"
    elif page not in links and not file.is_file():
        yield f"{here}: {target} does not exist"
    elif name and page in links and unquote(name) not in links[page].ids:
        yield f"{here}: {target} has no such place"


def test_every_internal_link_leads_to_a_place(site: Site, links: dict[str, _Links]) -> None:
    assert len(links) > 10
    broken = [
        problem
        for here, page in links.items()
        for target in dict.fromkeys(page.leads + page.loads)
        for problem in _broken(site, here, target, links)
    ]
    assert not broken, "\n".join(broken)


def test_pages_load_nothing_from_elsewhere(site: Site, links: dict[str, _Links]) -> None:
    for here, page in links.items():
        outside = [t for t in page.loads if not urljoin(here, t).startswith((site.address, "data:"))]
        assert not outside, here


def test_links_use_safe_schemes(links: dict[str, _Links]) -> None:
    for here, page in links.items():
        odd = {target for target in page.leads if urlsplit(target).scheme not in ("", "http", "https")}
        assert not odd, here


def test_places_on_a_page_have_names_of_their_own(links: dict[str, _Links]) -> None:
    for here, page in links.items():
        twice = (
            {name for name in page.ids if page.ids.count(name) > 1}
            if len(set(page.ids)) < len(page.ids)
            else set()
        )
        assert not twice, here


# ── the look of a talk ───────────────────────────────────────────────────────

_FIRST_LINE = """(passage) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(".speaker, .permalink") || !node.data.trim()) continue;
        range.selectNodeContents(node);
        if (range.getClientRects().length) return range.getClientRects()[0].toJSON();
    }
}"""
# Where the text of an element begins.
_LEFT = "(e) => e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingLeft)"


def _names_and_lines(page: Page, site: Site) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    """The boxes of speakers' names and of the first lines beside them."""
    talks = sorted(site.talks, key=lambda talk: talk.count)
    for talk in (talks[0], talks[-1]):
        page.goto(site.address + talk.path)
        opening = page.locator(".passage.opens")
        for number in sorted({0, opening.count() // 2, opening.count() - 1}):
            passage = opening.nth(number)
            passage.scroll_into_view_if_needed()
            name = passage.locator(".speaker").evaluate("e => e.getBoundingClientRect().toJSON()")
            assert name["width"] > 0
            yield name, passage.evaluate(_FIRST_LINE)


def test_on_a_phone_names_stand_above_the_words(phone: Page, site: Site) -> None:
    for name, line in _names_and_lines(phone, site):
        assert name["bottom"] <= line["top"] + 4
        assert abs(name["left"] - line["left"]) < 12


def test_on_a_desktop_names_stand_in_the_margin(desktop: Page, site: Site) -> None:
    for name, line in _names_and_lines(desktop, site):
        assert name["left"] >= 0
        assert name["right"] < line["left"]
        assert name["top"] < line["bottom"] and line["top"] < name["bottom"]


def test_what_opens_stands_flush_with_the_text(page: Page, site: Site) -> None:
    """Before and after, and large enough for a finger."""
    noted = [file for file in site.pages("interviews/*/index.html") if "<details" in file.read_text("utf-8")]
    if not noted:
        pytest.skip("no interview has notes of its source any more")
    page.goto(site.address_of(noted[0]))
    edge = page.locator(".md-content .dateline").evaluate(_LEFT)
    summary = page.locator("details summary")
    assert summary.evaluate(_LEFT) == pytest.approx(edge)
    summary.click()
    for line in (summary, page.locator("details p").first):
        assert line.evaluate(_LEFT) == pytest.approx(edge)
    box = summary.bounding_box()
    assert box and (box["height"] >= 44 or not page.evaluate("matchMedia('(pointer: coarse)').matches"))


def test_our_scripts_and_styles_are_small(site: Site) -> None:
    ours = [path for kind in ("scripts", "styles") for path in (site.folder / "assets" / kind).iterdir()]
    assert len(ours) > 15
    assert sum(len(gzip.compress(path.read_bytes())) for path in ours) < 30_000


# ── by keyboard ──────────────────────────────────────────────────────────────


def test_a_permalink_can_be_reached_by_keyboard(desktop: Page, site: Site) -> None:
    desktop.goto(site.address + site.talks[-1].path)
    permalink = desktop.locator(".permalink:focus")
    desktop.locator(".passage .speaker a").first.focus()
    for _ in range(30):
        desktop.keyboard.press("Tab")
        if permalink.count():
            break
    expect(permalink).to_have_css("opacity", "1")
    expect(permalink).to_be_in_viewport()
    target = permalink.evaluate("link => link.hash")
    assert re.fullmatch(r"#w\d+", target)
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("toolbar")).to_have_accessible_name(
        re.compile(f"Share words {target[2:]} to ")
    )


def test_on_a_phone_permalinks_are_visible_without_hovering(phone: Page, site: Site) -> None:
    phone.goto(site.address + site.talks[-1].path)
    opacity = phone.locator(".permalink").first.evaluate("e => getComputedStyle(e).opacity")
    assert float(opacity) > 0.3
