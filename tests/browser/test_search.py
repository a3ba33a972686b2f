"""Searching finds the passage that says it, with the name of its speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from .archive import Passage, Site, Talk, settle

_WORD = re.compile(r"[a-z]+")
_STEM = 5  # letters that decide whether a search engine takes two words for one


class Rare(NamedTuple):
    """A passage with words that nothing else in the archive says or is called."""

    talk: Talk
    passage: Passage
    words: list[str]


def _rare(talks: Sequence[Talk], article: bool = False, words: int = 1) -> Rare:
    """A passage with some rare words, from the middle of all there are."""
    texts = [p.text for talk in talks for p in talk.passages]
    texts += [talk.record["title"] for talk in talks]
    texts += [chapter["title"] for talk in talks for chapter in talk.record["chapters"]]
    stems = Counter(word[:_STEM] for text in texts for word in set(_WORD.findall(text.lower())))
    found = []
    for talk in talks:
        for passage in talk.passages:
            plain = re.findall(r"(?<= )[a-z]{8,}(?= )", passage.text)
            rare = [word for word in plain if stems[word[:_STEM]] == 1]
            if talk.is_article == article and passage.speaker not in talk.narrators and len(rare) >= words:
                found.append(Rare(talk, passage, rare))
    if not found:
        pytest.skip("no passage says a word that no other says")
    return found[len(found) // 2]


def _search(page: Page, words: str) -> Locator:
    """Type into the search field as on this screen; the links that are found."""
    field = page.locator(".md-search__input")
    if page.viewport_size and page.viewport_size["width"] < 600:
        page.locator(".md-header__button[for=__search]").click()
    else:
        field.click()
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__meta")).to_contain_text(re.compile("matching document"))
    settle(page)
    return page.locator(".md-search-result__link")


def _passages(links: Locator) -> Locator:
    return links.and_(links.page.locator("[href*='#w']"))


def _address(talk: Talk, passage: Passage) -> re.Pattern[str]:
    """Of a passage, whatever the search adds to be marked there."""
    return re.compile(rf"/{re.escape(talk.path)}(\?[^#]*)?#w{passage.first}$")


def _assert_found(page: Page, rare: Rare) -> None:
    first = _passages(page.locator(".md-search-result__link")).first
    where = _address(rare.talk, rare.passage)
    expect(first).to_have_attribute("href", where)
    expect(first.locator("h2")).to_contain_text(rare.passage.speaker)
    expect(page.locator(".md-search-result__item").first).to_contain_text(rare.talk.record["title"])
    first.click()
    expect(page).to_have_url(where)
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
    settle(page)
    expect(page.locator(f"[id='w{rare.passage.first}']")).to_be_in_viewport()
    place = page.locator(f"[id='w{rare.passage.first}']").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert place and header and place["y"] >= header["y"] + header["height"] - 1
    expect(page.locator(".md-content")).to_contain_text(rare.words[0])


@pytest.mark.parametrize("article", [False, True], ids=["talk", "article"])
def test_a_rare_word_leads_to_its_passage(page: Page, site: Site, article: bool) -> None:
    rare = _rare(site.talks, article)
    page.goto(site.address)
    _search(page, rare.words[0])
    _assert_found(page, rare)


# Asks the search for nothing more until it is told to.
_HOLD = """() => {
    const asked = [];
    const ask = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) { asked.push([this, message]); };
    window.askAll = () => {
        Worker.prototype.postMessage = ask;
        for (const [worker, message] of asked) worker.postMessage(...message);
    };
}"""


@pytest.mark.parametrize("aimed", [True, False], ids=["released on a result", "released elsewhere"])
def test_a_press_holds_while_results_are_listed_anew(desktop: Page, site: Site, aimed: bool) -> None:
    rare = _rare(site.talks)
    desktop.goto(site.address)
    links = _passages(_search(desktop, rare.words[0][:-1]))
    where = _address(rare.talk, rare.passage)
    expect(links.first).to_have_attribute("href", where)
    desktop.evaluate(_HOLD)
    desktop.keyboard.type(rare.words[0][-1])
    links.first.hover()
    link = links.first.element_handle()
    desktop.mouse.down()
    desktop.evaluate("() => askAll()")
    link.wait_for_element_state("hidden")
    expect(links.first).to_have_attribute("href", where)
    if not aimed:
        desktop.locator(".md-search__input").hover()
    desktop.mouse.up()
    if aimed:
        expect(desktop).to_have_url(where)
    else:
        settle(desktop)
        assert desktop.url == site.address


def test_several_words_lead_to_the_passage_that_says_them_all(desktop: Page, site: Site) -> None:
    rare = _rare(site.talks, words=2)
    desktop.goto(site.address)
    _search(desktop, " ".join(rare.words[:2]))
    _assert_found(desktop, rare)


def test_a_phrase_in_quotation_marks_leads_to_its_passage(desktop: Page, site: Site) -> None:
    rare = _rare(site.talks)
    words = rare.passage.text.split()
    at = words.index(rare.words[0])
    phrase = " ".join(word.strip(",.?!;:") for word in words[max(0, at - 2) : at + 2])
    desktop.goto(site.address)
    _search(desktop, f'"{phrase}"')
    _assert_found(desktop, rare)


def test_what_is_said_comes_before_what_is_said_about_the_archive(desktop: Page, site: Site) -> None:
    desktop.goto(site.address)
    _search(desktop, "who says it")
    results = desktop.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    hrefs = [str(results.nth(n).get_attribute("href")) for n in range(min(3, results.count()))]
    assert not [href for href in hrefs if "/about/" in href], hrefs


def test_apostrophes_stay_whole_in_results(desktop: Page, site: Site) -> None:
    desktop.goto(site.address)
    _search(desktop, "you're")
    results = desktop.locator(".md-search-result__list")
    expect(results).to_contain_text("you're")
    assert ";re" not in results.inner_text()


def test_every_result_leads_to_a_place_that_exists(site: Site) -> None:
    ids: dict[str, str] = {}
    missing = []
    for entry in site.search_entries:
        path, _, name = entry["location"].partition("#")
        page = ids.setdefault(path, (site.folder / path / "index.html").read_text("utf-8"))
        if name and f'id="{name}"' not in page:
            missing.append(f"{entry['location']}: {entry['text'][:40]}")
    assert not missing, "\n".join(missing)


def test_every_passage_can_be_found(site: Site) -> None:
    entries = {entry["location"]: entry for entry in site.search_entries}
    for talk in site.talks:
        for passage in talk.passages:
            entry = entries[f"{talk.path}#w{passage.first}"]
            assert entry["title"].startswith(passage.speaker)


def test_generated_indexes_are_never_results(desktop: Page, site: Site) -> None:
    """A topic page repeats what interviews say; the interviews themselves are the results."""
    for entry in site.search_entries:
        assert entry["location"].split("/")[0] in ("interviews", "about", "")
    desktop.goto(f"{site.address}topics/")
    name = desktop.locator(".topic-index a").first.inner_text()
    links = _search(desktop, name)
    paths = [urlsplit(link.get_attribute("href") or "").path for link in links.all()]
    assert paths
    own = urlsplit(site.address).path
    assert all(re.match(rf"{re.escape(own)}(interviews|about)/.", path) for path in paths), set(paths)


def test_a_word_after_a_quotation_mark_is_found(desktop: Page, site: Site) -> None:
    """Punctuation that clings to a word does not hide it."""
    texts = [p.text for talk in site.talks for p in talk.passages]
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    found = [
        (talk, passage, match[1])
        for talk in site.talks
        for passage in talk.passages
        for match in re.finditer(r"[“(\"]([a-z]{6,})\b", passage.text)
        if counts[match[1]] == 1
    ]
    if not found:
        pytest.skip("no rare word stands after a quotation mark")
    talk, passage, word = found[0]
    desktop.goto(site.address)
    _search(desktop, word)
    where = _address(talk, passage)
    expect(_passages(desktop.locator(".md-search-result__link")).first).to_have_attribute("href", where)
