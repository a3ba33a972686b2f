"""An address with a text fragment leads to its words in a browser that knows nothing of this site's script."""

from __future__ import annotations

import random
import re
from io import BytesIO
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .archive import (
    Quote,
    Site,
    Talk,
    arrive,
    assert_nothing_marked,
    note,
    pick,
    removed_words,
    settle,
    squeezed,
)

_ADDRESSES = """async ([script, ranges]) => {
    const { addressOf } = await import(script);
    return ranges.map(([first, last]) => addressOf(first, last));
}"""


def _addresses(page: Page, site: Site, talk: Talk, ranges: list[tuple[int, int]]) -> list[str]:
    arrive(page, site.address + talk.path)
    found = page.evaluate(_ADDRESSES, [f"{site.address}assets/scripts/address.js", ranges])
    return [str(address) for address in found]


def _matched(text: str, fragment: str) -> str:
    """The first text of a page, a line for each block, that a text fragment stands for; "" for none.

    As browsers find it: https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive.
    """
    parts = fragment.split(",")
    before = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    after = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) == 2 else ""
    opened = rf"(?<!\w){re.escape(before)}\s*" if before else r"(?<!\w)"
    closed = rf"\s*{re.escape(after)}(?!\w)" if after else r"(?!\w)"
    whole = rf"{re.escape(start)}(?!\w).*?(?<!\w){re.escape(end)}" if end else re.escape(start)
    found = re.search(rf"{opened}({whole}){closed}", text, re.IGNORECASE | re.DOTALL)
    return found[1] if found else ""


def test_a_fragment_leads_to_its_words_and_no_others(desktop: Page, site: Site) -> None:
    chance = random.Random(5)
    talk = min((talk for talk in site.talks if not talk.is_article), key=lambda talk: talk.count)
    starts = [chance.randrange(1, talk.count) for _ in range(150)]
    ranges = [(first, min(talk.count, first + chance.choice((0, 1, 3, 9, 40, 200)))) for first in starts]
    chapters = {chapter["first_word"] for chapter in talk.record["chapters"]}
    ranges = [
        (first, last)
        for first, last in ranges
        if talk.is_whole(first, last) and chapters.isdisjoint(range(first + 1, last + 1))
    ]
    addresses = _addresses(desktop, site, talk, ranges)
    shown = "\n".join(squeezed(line) for line in desktop.inner_text("body").splitlines())
    names = re.compile("|".join(rf"\n{re.escape(name)}(?: \(\?\))?\n" for name in talk.names))
    without = 0
    for (first, last), address in zip(ranges, addresses, strict=True):
        assert urlsplit(address).fragment.split(":~:")[0] == f"w{first}-{last}"
        fragment = address.partition(":~:text=")[2]
        without += not fragment
        if fragment:
            found = names.sub("\n", _matched(shown, fragment)).replace("¶", " ")
            assert squeezed(found) == talk.clean(first, last), address
    assert without <= len(ranges) // 10, "too many words that a browser alone does not find"


def _marked_pixels(page: Page) -> int:
    """How many pixels in view have the marker's colour."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(count for count, colour in colours if colour == (0xFB, 0xE7, 0xA1))


@pytest.mark.parametrize(
    "kind", ["inside a paragraph", "across speakers", "with a filler taken out", "with a word put right"]
)
def test_a_browser_marks_the_words_without_our_script(
    desktop: Page, scriptless: Page, site: Site, kind: str
) -> None:
    quote = pick(kind, site.talks)
    [address] = _addresses(desktop, site, quote.talk, [(quote.first, quote.last)])
    assert ":~:text=" in address
    arrive(scriptless, site.address + quote.talk.path)
    assert not _marked_pixels(scriptless)
    arrive(scriptless, address)
    scriptless.wait_for_load_state()
    scriptless.wait_for_timeout(300)
    assert _marked_pixels(scriptless) > 500


def test_with_our_script_the_words_are_marked_once(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    [address] = _addresses(desktop, site, quote.talk, [(quote.first, quote.last)])
    arrive(desktop, address)
    expect(desktop.locator("mark.words").first).to_be_attached()
    assert _marked_pixels(desktop) > 500
    desktop.locator(".arrival button").click()
    assert_nothing_marked(desktop)
    settle(desktop)
    assert not _marked_pixels(desktop)


def test_on_paper_the_address_is_printed(page: Page, site: Site) -> None:
    quote: Quote = pick("inside a paragraph", site.talks)
    arrive(page, site.address + quote.path)
    printed = page.locator(".quoted")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_be_visible()
    assert printed.inner_text().endswith(site.address + quote.path)
    expect(page.locator(".arrival")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".arrival button").click()
    expect(printed).to_have_count(0)


def test_whose_words_they_are_is_seen_above_them(page: Page, site: Site) -> None:
    """Some lines down in a passage, too: its name is not left half under the header."""
    talk = pick("inside a paragraph", site.talks).talk
    followed = zip(talk.passages, talk.passages[1:], strict=False)
    opening = next(p for before, p in followed if p.speaker != before.speaker and p.last - p.first > 60)
    for down in (1, 12, 24, 36):
        arrive(page, f"{site.address}{talk.path}#w{opening.first + down}-{opening.first + down + 5}")
        expect(page.locator("mark.words").first).to_be_attached()
        settle(page)
        name = page.locator(f"#w{opening.first} .speaker").bounding_box()
        header = page.locator(".md-header").bounding_box()
        assert name and header and name["y"] >= header["y"] + header["height"]


@pytest.mark.parametrize("beyond", [True, False])
def test_words_that_never_were_are_said_to_be_missing(page: Page, site: Site, beyond: bool) -> None:
    talk = pick("inside a paragraph", site.talks).talk
    words = f"w{talk.count + 1}-{talk.count + 9}" if beyond else "w0-4"
    arrive(page, f"{site.address}{talk.path}#{words}")
    assert_nothing_marked(page)
    nearest = talk.passages[-1 if beyond else 0]
    page.get_by_role("link", name="Nearest passage").click()
    expect(page).to_have_url(re.compile(rf"#w{nearest.first}$"))
    expect(page.locator(f"#w{nearest.first}")).to_be_in_viewport()


@pytest.mark.parametrize("words", ["w{}", "c{}", "w{}9999999999999999999999-{}9999999999999999999999"])
def test_an_address_that_never_was_says_so(desktop: Page, site: Site, words: str) -> None:
    talk = pick("inside a paragraph", site.talks).talk
    asked = words.replace("{}", str(talk.count + 1))
    arrive(desktop, f"{site.address}{talk.path}#{asked}")
    assert f"no word {re.split(r'[wc-]', asked)[1]} here" in note(desktop)
    assert_nothing_marked(desktop)


def test_words_left_out_of_the_clean_text_are_said_to_be(desktop: Page, site: Site) -> None:
    quote = removed_words(site.talks)
    arrive(desktop, site.address + quote.path)
    assert note(desktop).endswith("left out of the clean text")


def test_the_page_of_a_quote_prints_its_address(desktop: Page, site: Site) -> None:
    page = site.pages("quotes/*/*/index.html")[0]
    desktop.goto(site.address_of(page))
    printed = desktop.locator(".quoted")
    expect(printed).to_have_text(site.address_of(page))
    expect(printed).to_be_hidden()
    desktop.emulate_media(media="print")
    expect(printed).to_be_visible()
    expect(desktop.locator(".md-header")).to_be_hidden()
    desktop.emulate_media(media="screen")
