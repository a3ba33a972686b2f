"""WCAG 2.2 AA on every kind of page: what axe-core finds, and targets large enough to touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from .archive import Site, Talk, Windows, settle

_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SERIOUS = ("serious", "critical")
_RUN = """async (standards) => (await axe.run({ runOnly: standards, resultTypes: ["violations"] })).violations.map(
    ({ id, impact, help, nodes }) => ({ id, impact, help, places: nodes.slice(0, 5).map((node) => node.html) }))"""

# What a finger has to hit, apart from links inside a text: the standard excepts those.
_SMALL = """() => [...document.querySelectorAll(
        "button, summary, select, input:not([type=hidden]), [role=button], [tabindex='0'], .permalink, .md-header a, "
        + ".md-header label, .md-footer a, .arrival a")]
    .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((target) => !target.closest("del, .md-search"))
    .map((target) => [target, target.getBoundingClientRect()])
    .filter(([, { width, height }]) => width && height)
    .filter(([target, { left, top, width, height }]) => {
        if (width >= 44 && height >= 44) return false;
        // an invisible margin counts where a touch on it is the target's
        const [x, y] = [left + width / 2, top + height / 2];
        if (y < 45 || y > innerHeight - 45) return false;
        const reach = (dx, dy) => {
            let far = 0;
            while (far < 44 && target.contains(document.elementFromPoint(x + far * dx, y + far * dy))) far += 1;
            return far;
        };
        return reach(-1, 0) + reach(1, 0) < 44 || reach(0, -1) + reach(0, 1) < 44;
    })
    .map(([target, { width, height }]) => `${target.outerHTML.slice(0, 120)} ${width}×${height}`)"""


def _shortest(site: Site) -> Talk:
    return min((talk for talk in site.talks if not talk.is_article), key=lambda talk: talk.count)


def _article(site: Site) -> Talk:
    return next(talk for talk in site.talks if talk.is_article)


def _first(site: Site, pattern: str) -> str:
    """The shortest page of a kind: what goes wrong there goes wrong on all."""
    page = min(site.pages(pattern), key=lambda path: path.stat().st_size)
    return page.relative_to(site.folder).as_posix().removesuffix("index.html")


KINDS: dict[str, Callable[[Site], str]] = {
    "home": lambda site: "",
    "interviews": lambda site: "interviews/",
    "talk": lambda site: _shortest(site).path,
    "talk with words marked": lambda site: _shortest(site).path + "#w30-60",
    "article": lambda site: _article(site).path,
    "quotes": lambda site: "quotes/",
    "quote": lambda site: _first(site, "quotes/*/*/index.html"),
    "topics": lambda site: "topics/",
    "topic": lambda site: _first(site, "topics/*/index.html"),
    "people": lambda site: "people/",
    "person": lambda site: _first(site, "people/*/index.html"),
    "timeline": lambda site: "timeline/",
    "corrections": lambda site: "corrections/",
    "corrections of one": lambda site: _first(site, "corrections/*/index.html"),
    "about": lambda site: "about/",
    "architecture": lambda site: "about/architecture/",
    "nowhere": lambda site: "404.html",
}


# Colours do not depend on the screen, nor layout on the colours: two of the four will do.
_READERS: dict[str, tuple[str, Literal["light", "dark"]]] = {
    "desktop, light": ("desktop", "light"),
    "phone, dark": ("phone", "dark"),
}


@pytest.fixture(params=_READERS)
def reader(request: pytest.FixtureRequest, windows: Windows, site: Site) -> Iterator[Page]:
    screen, scheme = _READERS[request.param]
    with windows.reading(site, screen) as page:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield page
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def _found(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN, _STANDARDS)
    return [f"{one['id']}: {one['places']}" for one in found if one["impact"] in _SERIOUS]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_serious_is_found(reader: Page, site: Site, kind: str) -> None:
    reader.goto(site.address + KINDS[kind](site))
    settle(reader)
    assert not _found(reader)


def test_nothing_serious_is_found_in_what_opens(reader: Page, site: Site) -> None:
    """The bar beside a passage, the ways to cite it, and the note on a changed word."""
    talk = _shortest(site)
    reader.goto(site.address + talk.path)
    reader.get_by_role("button", name="Verbatim").click()
    reader.locator(".passage del.critic").first.click()
    expect(reader.get_by_role("tooltip")).to_be_visible()
    settle(reader)
    assert not _found(reader)
    reader.keyboard.press("Escape")
    reader.locator(f"#w{talk.passages[2].first} .permalink").click()
    expect(reader.get_by_role("toolbar")).to_be_visible()
    assert not _found(reader)
    reader.get_by_role("toolbar").get_by_role("button", name="Cite").click()
    expect(reader.get_by_role("dialog", name="Cite")).to_be_visible()
    assert not _found(reader)


@pytest.mark.parametrize("kind", KINDS)
def test_targets_are_large_enough_to_touch(phone: Page, site: Site, kind: str) -> None:
    phone.goto(site.address + KINDS[kind](site))
    settle(phone)
    assert not phone.evaluate(_SMALL)


def test_targets_are_large_enough_in_what_opens(phone: Page, site: Site) -> None:
    talk = _shortest(site)
    phone.goto(site.address + talk.path)
    settle(phone)
    phone.locator(f"#w{talk.passages[2].first} .permalink").tap()
    expect(phone.get_by_role("toolbar")).to_be_visible()
    assert not _small_buttons(phone)
    phone.get_by_role("toolbar").get_by_role("button", name="Cite").tap()
    expect(phone.get_by_role("dialog", name="Cite")).to_be_visible()
    assert not _small_buttons(phone)


def _small_buttons(page: Page) -> list[str]:
    """Of what is behind the thing that opened, links are covered."""
    return [target for target in page.evaluate(_SMALL) if target.startswith("<button")]
