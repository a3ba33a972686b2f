"""What pages say of themselves to programs, and the policy under which they run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from build_tools.policy import hash_of

from .archive import REPOSITORY, Site, settle
from .heads import POLICY, Head, head_of, values

# By page: its type in OpenGraph, its own thing in schema.org, and what must be told of that.
_OF_A_TALK = ["name", "description", "datePublished", "about", "contributor"]
KINDS: dict[str, tuple[str, dict[str, list[str]]]] = {
    "index.html": ("website", {"WebSite": ["name", "description", "potentialAction"]}),
    "interviews/*/index.html": (
        "article",
        {
            "PodcastEpisode": [*_OF_A_TALK, "partOfSeries"],
            "Conversation": [*_OF_A_TALK, "publisher"],
            "NewsArticle": [
                "name",
                "headline",
                "datePublished",
                "author",
                "mentions",
                "publisher",
                "isBasedOn",
            ],
        },
    ),
    "quotes/*/*/index.html": ("article", {"Quotation": ["text", "isPartOf"]}),
    "people/*/index.html": ("profile", {"Person": ["name"], "Organization": ["name"]}),
    "topics/*/index.html": ("website", {"DefinedTerm": ["name", "description", "inDefinedTermSet"]}),
    "*/index.html": ("website", {}),
    "about/*/index.html": ("website", {}),
    "corrections/*/index.html": ("website", {}),
}


def kind_of(page: Path, site: Site) -> tuple[str, dict[str, list[str]]]:
    path = page.relative_to(site.folder)
    found = [kind for pattern, kind in KINDS.items() if _matches(path, pattern)]
    assert len(found) == 1, f"{path} is of {len(found)} kinds"
    return found[0]


def _matches(path: Path, pattern: str) -> bool:
    return len(path.parts) == pattern.count("/") + 1 and path.match(pattern)


@pytest.fixture(scope="module")
def heads(site: Site) -> dict[Path, Head]:
    """The head of every page."""
    return {page: head_of(page.read_text("utf-8")) for page in site.pages()}


@pytest.fixture(scope="module")
def pages(heads: dict[Path, Head], site: Site) -> dict[Path, Head]:
    """The same without the page for what is not there."""
    return {page: head for page, head in heads.items() if page.name != "404.html"}


def test_every_page_says_what_it_is_and_where(pages: dict[Path, Head], site: Site) -> None:
    assert len(pages) > 50
    for page, head in pages.items():
        where = site.address_of(page)
        assert head.linked("canonical") == [where]
        assert head.told("og:url") == where
        assert head.told("og:type") == kind_of(page, site)[0], where
        assert head.told("og:site_name") and head.told("og:locale") == "en_US"
        assert head.told("og:title") == head.told("twitter:title")
        assert head.told("og:title") in head.title or page.parent == site.folder, where
        assert head.told("og:description") == head.told("twitter:description") == head.told("description")
        assert len(head.told("description")) > 15, where


def test_titles_and_descriptions_are_those_of_the_page(pages: dict[Path, Head]) -> None:
    """None takes the site's own for want of a better."""
    for told in ("og:title", "description"):
        twice = [text for text, n in Counter(head.told(told) for head in pages.values()).items() if n > 1]
        assert not twice


def test_a_page_has_the_picture_that_lies_beside_it_or_none(pages: dict[Path, Head], site: Site) -> None:
    for head in pages.values():
        picture = head.told("og:image")
        assert head.told("twitter:card") == ("summary_large_image" if picture else "summary")
        assert head.told("twitter:image") == picture
        assert bool(picture) == bool(head.told("og:image:alt")) == bool(head.told("og:image:width"))
        if picture:
            assert (site.folder / unquote(picture.removeprefix(site.address))).is_file()


def test_linked_data_tells_of_the_things_of_the_page(pages: dict[Path, Head], site: Site) -> None:
    seen = set()
    for page, head in pages.items():
        where, expected = site.address_of(page), kind_of(page, site)[1]
        if not expected:
            assert not head.data, where
            continue
        thing = head.things[0]
        assert head.data[0]["@context"] == "https://schema.org"
        assert thing["@type"] in expected, where
        missing = [name for name in expected[thing["@type"]] if not thing.get(name)]
        assert not missing, f"{where}: no {missing}"
        assert thing["@id"] == thing["url"] == where
        seen.add(thing["@type"])
        for trail in head.things[1:]:
            steps = trail["itemListElement"]
            assert [step["position"] for step in steps] == [*range(1, len(steps) + 1)]
            assert [steps[0]["item"]["@id"], steps[-1]["item"]["@id"]] == [site.address, where]
    assert seen >= {"WebSite", "PodcastEpisode", "Conversation", "NewsArticle", "Person", "DefinedTerm"}


def test_linked_data_leads_to_pages_of_the_site(pages: dict[Path, Head], site: Site) -> None:
    known = {site.address_of(page) for page in pages}
    for page, head in pages.items():
        led = set(values(head.data, "@id", "url"))
        assert led <= known, f"{page}: {led - known}"
        assert not [
            text for text in values(head.data, "name", "text", "description") if "&" in text and ";" in text
        ]


def test_an_interview_is_told_of_as_its_data_have_it(pages: dict[Path, Head], site: Site) -> None:
    for talk in site.talks:
        head = pages[site.folder / talk.path / "index.html"]
        thing = head.things[0]
        assert thing["name"] == talk.record["title"]
        assert thing["datePublished"] == head.told("article:published_time") == talk.record["date"]
        assert thing.get("isBasedOn") == talk.record["source"]["url"]
        parties = [*thing.get("author", []), *thing.get("contributor", []), *thing.get("mentions", [])]
        assert {party["name"] for party in parties} == talk.names
        twin = [urljoin(site.address + talk.path, href) for href in head.linked("alternate describedby")]
        assert twin == [f"{site.address}interviews/{talk.slug}.json"]


def test_programs_find_every_page(pages: dict[Path, Head], site: Site) -> None:
    listed = [one.text for one in ET.parse(site.folder / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert sorted(filter(None, listed)) == sorted(site.address_of(page) for page in pages)
    robots = (site.folder / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {site.address}sitemap.xml" in robots.splitlines()


def test_what_is_not_there_is_not_to_be_listed(heads: dict[Path, Head], site: Site) -> None:
    head = heads[site.folder / "404.html"]
    assert head.told("robots") == "noindex"
    assert not head.linked("canonical") and not head.data


# ── the policy ───────────────────────────────────────────────────────────────


def test_every_page_is_under_the_same_policy(heads: dict[Path, Head], site: Site) -> None:
    """The same, so that nothing changes when the theme swaps pages without loading them."""
    policies = {head.told(POLICY) for head in heads.values()}
    assert len(policies) == 1
    rules = dict(rule.split(" ", 1) for rule in policies.pop().split("; "))
    assert rules["default-src"] == rules["style-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]{44}')+", rules["script-src"])


def test_the_policy_stands_before_anything_it_could_refuse(heads: dict[Path, Head]) -> None:
    for head in heads.values():
        assert [tag for tag, _ in head.tags[:3]] == ["head", "meta", "meta"]
        assert head.tags[2][1]["http-equiv"].lower() == POLICY


def test_the_policy_names_just_the_scripts_of_the_pages(heads: dict[Path, Head]) -> None:
    for page, head in heads.items():
        named = set(re.findall(r"'(sha256-[^']+)'", head.told(POLICY)))
        assert {hash_of(script) for script in head.scripts} == named, page


def test_nothing_on_a_page_acts_but_scripts_in_files(heads: dict[Path, Head]) -> None:
    """No handlers, no styles in the line, no addresses that run."""
    for page, head in heads.items():
        assert not head.acting, page


_INJECTED = """async (code) => {
    const script = document.createElement("script");
    script.textContent = code;
    const seen = new Promise((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
        setTimeout(() => done(""), 1000);
    });
    document.body.append(script);
    return await seen;
}"""


@pytest.fixture
def attacked(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose errors are expected."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address + site.talks[0].path)
        yield page


def test_a_script_that_found_its_way_into_a_page_does_not_run(attacked: Page, site: Site) -> None:
    for _ in range(2):
        assert attacked.evaluate(_INJECTED, "window.pwned = 1") == "script-src-elem"
        attacked.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.pwned=1>')"
        )
        attacked.evaluate("document.body.insertAdjacentHTML('beforeend', '<a id=a href=javascript:pwned=1>')")
        attacked.evaluate("document.getElementById('a').click()")
        attacked.wait_for_timeout(50)
        assert attacked.evaluate("window.pwned") is None
        attacked.locator(".md-tabs").get_by_role("link", name="People").click()  # swapped, not loaded
        expect(attacked.locator("h1").filter(visible=True)).to_contain_text("People")


def test_text_is_never_run_as_code(attacked: Page) -> None:
    """Of `eval`, as a script of the page calls it; the test's own code stands outside of the policy."""
    attacked.evaluate("document.body.addEventListener('click', () => setTimeout('window.pwned = 1'))")
    attacked.locator("h1").click()
    attacked.wait_for_timeout(50)
    assert attacked.evaluate("window.pwned") is None


def test_pages_work_under_the_policy(desktop: Page, site: Site) -> None:
    """Search, light and dark, pages swapped at any depth: the window fails if the console has an error."""
    page = desktop
    page.goto(site.address)
    page.evaluate("window.stayed = true")
    page.locator("article a[href*='topics/']").first.click()
    settle(page)
    page.locator("article .source").first.click()
    settle(page)
    page.evaluate("document.querySelector('[data-md-component=palette] label:not([hidden])').click()")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".md-search__input").click()
    page.keyboard.type("timeline")
    page.locator(".md-search-result__link").first.click()
    settle(page)
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_programs_can_search_as_they_are_told(desktop: Page, site: Site, pages: dict[Path, Head]) -> None:
    action = pages[site.folder / "index.html"].things[0]["potentialAction"]
    desktop.goto(action["target"]["urlTemplate"].replace("{search_term_string}", "timeline"))
    expect(desktop.locator(".md-search-result__meta")).to_contain_text(re.compile("matching document"))


def test_a_swapped_page_has_a_head_of_its_own(desktop: Page, site: Site, pages: dict[Path, Head]) -> None:
    talk = site.talks[0]
    desktop.goto(site.address)
    desktop.evaluate("window.stayed = true")
    for step in ("Interviews", talk.record["title"]):
        desktop.locator(".md-tabs, article").get_by_role("link", name=step).first.click()
        expect(desktop).to_have_title(re.compile(re.escape(step)))
        settle(desktop)
    assert desktop.evaluate("window.stayed") is True
    shown = head_of(desktop.content())
    written = pages[site.folder / talk.path / "index.html"]
    for told in ("og:url", "og:title", "og:type", "description", "twitter:title", POLICY):
        assert shown.told(told) == written.told(told)
    assert shown.linked("canonical") == written.linked("canonical")
    assert shown.data == written.data


def test_pages_written_by_hand_are_described() -> None:
    for path in (REPOSITORY / "docs" / "about").glob("*.md"):
        assert re.match(r"---\n(.*\n)*?description: \S", path.read_text("utf-8")), path.name
