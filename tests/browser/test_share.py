"""Words that are selected can be shared: exactly these words, whose they are, and where they stand."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from itertools import groupby, product

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from build_tools.render.words import without_outer_quotes

from .archive import (
    Quote,
    Site,
    Talk,
    arrive,
    assert_marked,
    marked_text,
    note,
    pick,
    removed_words,
    settle,
    squeezed,
)
from .sharing import (
    HELPERS,
    Place,
    Shown,
    allow_clipboard,
    bar,
    copied,
    module,
    place_of,
    select,
    shown,
    words_at,
)

KINDS = ["inside a paragraph", "across speakers", "with a word put right", "narrative beside a quotation"]


def _open(page: Page, site: Site, talk: Talk, verbatim: bool = False) -> list[Shown]:
    page.goto(site.address + talk.path)
    allow_clipboard(page)
    if verbatim and talk.edits:
        page.get_by_role("button", name="Verbatim", exact=True).click()
    settle(page)
    return shown(page, talk, verbatim)


# ── which words ──────────────────────────────────────────────────────────────


def _anywhere(passages: list[Shown], count: int) -> list[Place]:
    """Selections from any character to any other, most of them short."""
    chance = random.Random(5)
    places: list[Place] = []
    while len(places) < count:
        begin = chance.randrange(len(passages))
        until = min(len(passages) - 1, begin + chance.choice([0, 0, 0, 1, 2, 5]))
        start = chance.randint(0, len(passages[begin].text))
        end = chance.randint(0, len(passages[until].text))
        if begin == until:
            end = min(len(passages[until].text), start + chance.choice([0, 1, 2, 3, 8, 40, 400]))
        places.append((begin, start, until, end))
    return places


def _said(talk: Talk, first: int, last: int) -> list[str]:
    """Who says words `first`…`last`, as often as another has spoken between, with any doubt."""
    names = [
        p.speaker + ("" if p.certain else " (?)")
        for p in talk.passages
        if p.first <= last and p.last >= first
    ]
    return [name for name, _ in groupby(names)]


def test_any_selection_takes_the_words_that_the_data_says(desktop: Page, site: Site) -> None:
    """In both readings, from any character to any other; and the quote made of it has these words."""
    for talk in sorted(site.talks, key=lambda talk: talk.count)[:3]:
        passages = _open(desktop, site, talk)
        _check_selections(desktop, site, talk, passages, verbatim=False)
        if talk.edits:
            desktop.get_by_role("button", name="Verbatim", exact=True).click()
            passages = shown(desktop, talk, verbatim=True)
            _check_selections(desktop, site, talk, passages, verbatim=True)
            desktop.get_by_role("button", name="Clean", exact=True).click()


def _check_selections(page: Page, site: Site, talk: Talk, passages: list[Shown], verbatim: bool) -> None:
    places = _anywhere(passages, 36)
    expected = [words_at(passages, place) for place in places]
    call = HELPERS + "return a.map((place) => m.wordsWithin(rangeOf(place)) ?? null);"
    found = module(page, site, "selection", call, places)
    assert [one and (one["first"], one["last"]) for one in found] == expected
    ranges = [words for words in expected if words]
    assert len(ranges) > 24
    quotes = module(page, site, "quote", "return a.map((words) => m.quoteOf(...words));", ranges)
    read = talk.verbatim if verbatim else talk.clean
    for words, quote in zip(ranges, quotes, strict=True):
        said = " ".join(text for voice in quote["voices"] for text in voice["paragraphs"])
        assert said == read(*words), words
        assert [voice["who"] for voice in quote["voices"]] == _said(talk, *words)
        assert quote["verbatim"] == verbatim
        assert quote["edited"] == (not verbatim and _is_edited(talk, *words)), words


def _is_edited(talk: Talk, first: int, last: int) -> bool:
    """Whether the clean reading has other words, not only other marks or capitals."""
    clean, raw = (re.sub(r"[\W_]", "", read(first, last).lower()) for read in (talk.clean, talk.verbatim))
    return clean != raw


_ODD = """
    const of = (start, end) => {
        const range = document.createRange();
        range.setStart(...start);
        range.setEnd(...end);
        return m.wordsWithin(range) ?? null;
    };
    const [one, two] = document.querySelectorAll("p.passage");
    const label = one.querySelector(".speaker"), permalink = one.querySelector(".permalink");
    return {
        everything: of([document.body, 0], [document.body, document.body.childNodes.length]),
        label: of([label, 0], [label, label.childNodes.length]),
        permalink: of([permalink, 0], [permalink, 1]),
        permalinkAndLabel: of([permalink, 0], [two.querySelector(".speaker a").firstChild, 4]),
        before: of([document.querySelector("h1"), 0], [label, 1]),
        three: of([label.firstChild.firstChild, 2], [two, 0]),
    };
"""


def test_names_links_and_all_that_is_not_spoken_count_for_nothing(desktop: Page, site: Site) -> None:
    talk = pick("across speakers", site.talks).talk
    _open(desktop, site, talk)
    found = module(desktop, site, "selection", _ODD)
    assert found.pop("everything") == {"first": 1, "last": talk.count}
    assert found.pop("three") == {"first": 1, "last": talk.passages[0].last}
    assert set(found.values()) == {None}, found


# ── as a person would ────────────────────────────────────────────────────────

_POINT = (
    f"(place) => {{{HELPERS}"
    """
    const range = rangeOf(place);
    const lines = [...range.getClientRects()].filter((line) => line.width > 1);
    const [head, tail] = [lines[0], lines[lines.length - 1]];
    return [[head.left + 1, head.top + head.height / 2], [tail.right - 1, tail.top + tail.height / 2]];
}"""
)


def _points(page: Page, place: Place) -> list[list[float]]:
    """On the screen, where a selection begins and ends."""
    points: list[list[float]] = page.evaluate(_POINT, place)
    return points


def _drag(page: Page, place: Place) -> None:
    select(page, place)
    page.evaluate("getSelection().removeAllRanges()")
    (x, y), (to_x, to_y) = _points(page, place)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.mouse.move(to_x, to_y)
    page.wait_for_timeout(300)
    expect(bar(page)).to_have_count(0)
    page.mouse.up()


@pytest.mark.parametrize("kind", KINDS)
def test_words_dragged_over_with_a_mouse_are_shared(desktop: Page, site: Site, kind: str) -> None:
    quote = pick(kind, site.talks)
    passages = _open(desktop, site, quote.talk)
    place = place_of(passages, quote.first, quote.last)
    words = words_at(passages, place)
    assert words
    taken = Quote(quote.talk, *words)
    _drag(desktop, place)
    expect(bar(desktop)).to_have_accessible_name(f"Share words {taken.first} to {taken.last}")
    text = copied(desktop, "Copy quote")
    address = copied(desktop, "Copy link")
    assert address.startswith(site.address + taken.path)
    assert text == "\n".join([*_in_marks(taken), _source(taken), address])
    arrive(desktop, address)
    assert_marked(desktop, taken.clean)


def test_two_clicks_take_a_word_and_three_its_paragraph(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    word = max(range(quote.first, quote.last + 1), key=lambda number: len(quote.talk.slots[number - 1]))
    place = place_of(passages, word, word)
    select(desktop, place)
    (x, y), _ = _points(desktop, place)
    desktop.evaluate("getSelection().removeAllRanges()")
    desktop.mouse.dblclick(x + 3, y)
    expect(bar(desktop)).to_have_accessible_name(f"Share word {word}")
    desktop.mouse.click(x + 3, y, click_count=3)
    home = next(p for p in quote.talk.passages if p.first <= quote.first <= p.last)
    expect(bar(desktop)).to_have_accessible_name(f"Share words {home.first} to {home.last}")
    desktop.mouse.click(5, 500)
    expect(bar(desktop)).to_have_count(0)


_AFTER_THE_BAR = """() => {
    const behind = document.querySelector(".share").compareDocumentPosition(document.activeElement);
    return behind === Node.DOCUMENT_POSITION_FOLLOWING;
}"""


def test_words_selected_by_keyboard_are_shared_by_keyboard(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    number, start, _, _ = place_of(passages, quote.first, quote.first)
    select(desktop, (number, start, number, start + 1))
    for _ in range(4):
        desktop.keyboard.press("Control+Shift+ArrowRight")
    words = f"words {quote.first} to {quote.first + 3}"
    expect(bar(desktop)).to_have_accessible_name(f"Share {words}")
    expect(bar(desktop).get_by_role("status")).to_contain_text("Tab leads to ways to share")
    desktop.keyboard.press("Control+c")
    assert quote.talk.raw[quote.first] in desktop.evaluate("navigator.clipboard.readText()")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("button", name="Copy link")).to_be_focused()
    desktop.keyboard.press("ArrowRight")
    desktop.keyboard.press("Enter")
    button = desktop.get_by_role("button", name="Copy quote")
    expect(button).to_be_focused()
    expect(button).to_have_text("Copied")
    expect(bar(desktop).get_by_role("status")).to_have_text("Copied quote")
    text = desktop.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"“{quote.talk.clean(quote.first, quote.first + 3)}”\n— {quote.speakers[0]}, ")
    expect(button).to_have_text("Quote")
    for key, name in (
        ("End", "Cite"),
        ("ArrowRight", "Copy link"),
        ("ArrowLeft", "Cite"),
        ("Home", "Copy link"),
    ):
        desktop.keyboard.press(key)
        expect(bar(desktop).get_by_role("button", name=name)).to_be_focused()
    expect(bar(desktop).locator("[tabindex='0']")).to_have_count(1)
    for _ in range(2):  # and on, after the words
        desktop.keyboard.press("Tab")
        assert desktop.evaluate(_AFTER_THE_BAR)
    desktop.get_by_role("button", name="Copy link").focus()
    desktop.keyboard.press("Escape")
    expect(bar(desktop)).to_have_count(0)
    assert desktop.evaluate("getSelection().toString()"), "the words are still selected"
    assert desktop.evaluate("document.activeElement === document.body")


def test_escape_closes_the_bar_before_it_clears_marks(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    arrive(desktop, site.address + quote.path)
    assert_marked(desktop, quote.clean)
    passages = shown(desktop, quote.talk, verbatim=False)
    select(desktop, place_of(passages, quote.first, quote.last))
    expect(bar(desktop)).to_have_accessible_name(f"Share words {quote.first} to {quote.last}")
    desktop.keyboard.press("Escape")
    expect(bar(desktop)).to_have_count(0)
    assert_marked(desktop, quote.clean)
    desktop.keyboard.press("Escape")
    expect(desktop.locator("mark.words")).to_have_count(0)


@pytest.mark.parametrize("way", ["selection", "permalink"])
@pytest.mark.parametrize("key", ["Escape", "click"])
def test_the_bar_waits_behind_the_citations(desktop: Page, site: Site, way: str, key: str) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    if way == "selection":
        select(desktop, place_of(passages, quote.first, quote.last))
    else:
        desktop.locator(f"#w{passages[1].first} .permalink").click()
    cite = bar(desktop).get_by_role("button", name="Cite")
    expect(cite).to_be_visible()
    selected = desktop.evaluate("getSelection().toString()")
    assert bool(selected) == (way == "selection")
    cite.click()
    dialog = desktop.get_by_role("dialog", name="Cite word")
    expect(dialog).to_be_visible()
    dialog.get_by_role("paragraph").first.click(click_count=3)
    desktop.wait_for_timeout(300)
    if key == "click":
        dialog.get_by_role("button", name="Close").click()
    else:
        desktop.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(cite).to_be_focused()
    desktop.wait_for_timeout(300)
    expect(cite).to_be_visible()
    if way == "selection":
        assert desktop.evaluate("getSelection().toString()") == selected
    desktop.keyboard.press("Escape")
    expect(bar(desktop)).to_have_count(0)


def test_verbatim_words_are_shared_as_such(desktop: Page, site: Site) -> None:
    quote = removed_words(site.talks)
    passages = _open(desktop, site, quote.talk, verbatim=True)
    select(desktop, place_of(passages, quote.first, quote.last))
    text = copied(desktop, "Copy quote")
    assert text.startswith(f"“{quote.verbatim}”\n— ")
    assert text.split("\n")[1].endswith(" (verbatim)")
    assert quote.hash in text


def _first_edit(site: Site, only_marks: bool) -> Quote:
    """A few words around the first edit that changes words, or nothing but marks or capitals."""
    for talk in site.talks:
        for first, last in talk.changed:
            around = Quote(talk, max(1, first - 2), min(talk.count, last + 2))
            home = next(p for p in talk.passages if p.first <= first <= p.last)
            inside = home.first <= around.first and around.last <= home.last
            edited = _is_edited(talk, around.first, around.last)
            if inside and edited != only_marks and around.clean != around.verbatim:
                return around
    pytest.skip("no such edit any more")


@pytest.mark.parametrize("only_marks", [False, True])
def test_an_edited_quote_says_so_and_one_with_other_marks_does_not(
    desktop: Page, site: Site, only_marks: bool
) -> None:
    quote = _first_edit(site, only_marks)
    passages = _open(desktop, site, quote.talk)
    select(desktop, place_of(passages, quote.first, quote.last))
    text = copied(desktop, "Copy quote")
    assert text.startswith(f"“{quote.clean}”\n")
    markdown, html = copied(desktop, "Copy as Markdown"), copied(desktop, "Copy as HTML")
    for spelled in (text.split("\n")[1], markdown.rstrip(), html.rstrip().removesuffix("</p>")):
        assert spelled.endswith(f"{quote.talk.date}{'' if only_marks else ' (lightly edited)'}")


def test_a_selection_elsewhere_offers_nothing(desktop: Page, site: Site) -> None:
    _open(desktop, site, site.talks[0])
    desktop.locator("h1").click(click_count=3)
    desktop.wait_for_timeout(400)
    expect(bar(desktop)).to_have_count(0)


def test_a_word_only_added_is_shared_with_the_word_before_it(desktop: Page, site: Site) -> None:
    added = [
        Quote(talk, edit.last_word, edit.last_word)
        for talk in site.talks
        for edit in talk.edits
        if edit.rule == "edition" and edit.after.startswith(f"{edit.before} ")
        if (edit.first_word, edit.last_word) in talk.changed
    ]
    if not added:
        pytest.skip("no edition adds a word any more")
    quote = added[-1]
    passages = _open(desktop, site, quote.talk)
    word = quote.clean.split()[-1]
    number, start = next(
        (number, token.start)
        for number, passage in enumerate(passages)
        for token in passage.tokens
        if (token.first, token.text) == (quote.first, word)
    )
    select(desktop, (number, start, number, start + len(word)))
    address = copied(desktop, "Copy link")
    assert address.startswith(site.address + quote.path)
    assert copied(desktop, "Copy quote").startswith(f"“{quote.clean}”")
    arrive(desktop, address)
    assert note(desktop)
    assert marked_text(desktop).replace(" ", "") == quote.clean.replace(" ", "")  # but for the space between


# ── how it is spelled ────────────────────────────────────────────────────────


class _Read(HTMLParser):
    """Text by paragraphs, and each tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.paragraphs[-1] += data


def _told(talk: Talk, words: tuple[int, int]) -> list[str]:
    """The paragraphs of a quote of several speakers; each is named where it begins to speak."""
    told: list[str] = []
    before = ""
    for p in talk.passages:
        if p.first <= words[1] and p.last >= words[0]:
            text = talk.clean(max(p.first, words[0]), min(p.last, words[1]))
            told.append(text if p.speaker == before else f"{p.speaker}: {text}")
            before = p.speaker
    return told


def _in_marks(quote: Quote) -> list[str]:
    """A line of text for each voice: with its name where there are several, in quotation marks of its own."""
    paragraphs = [p for p in quote.talk.passages if p.first <= quote.last and p.last >= quote.first]
    said = []
    for _, some in groupby(paragraphs, lambda p: p.speaker):
        ends = [(max(p.first, quote.first), min(p.last, quote.last)) for p in some]
        said.append("\n\n".join(quote.talk.clean(*words) for words in ends))
    names = [f"{name}: " for name in _said(quote.talk, quote.first, quote.last)]
    if len(names) == 1:
        names = [""]
    return [f"{name}“{without_outer_quotes(text)}”" for name, text in zip(names, said, strict=True)]


def _source(quote: Quote) -> str:
    names = _said(quote.talk, quote.first, quote.last)
    facts = [quote.talk.record["outlet"], quote.talk.date]
    return f"— {', '.join(names + facts if len(names) == 1 else facts)}{_reading(quote)}"


def _reading(quote: Quote) -> str:
    """What stands behind the source of words read clean."""
    return " (lightly edited)" if _is_edited(quote.talk, quote.first, quote.last) else ""


def test_quotation_marks_are_put_as_the_pages_of_quotes_put_them(desktop: Page, site: Site) -> None:
    """Never two at an end, never one without its other: any way they may stand in a short text."""
    desktop.goto(site.address)
    texts = ["".join(signs) for count in range(6) for signs in product('“”"a', repeat=count)]
    found = module(desktop, site, "quote", "return a.map(m.inMarks);", texts)
    assert found == [f"“{without_outer_quotes(text)}”" for text in texts]


@pytest.mark.parametrize("kind", ["inside a quotation", "inside a paragraph"])
def test_words_quoted_already_are_in_one_pair_of_marks(desktop: Page, site: Site, kind: str) -> None:
    """A whole quotation of an article, with the marks it has there."""
    quote = pick(kind, site.talks)
    home = next(p for p in quote.talk.passages if p.first <= quote.first <= p.last)
    whole = Quote(quote.talk, home.first, home.last)
    passages = _open(desktop, site, whole.talk)
    select(desktop, place_of(passages, whole.first, whole.last))
    text = copied(desktop, "Copy quote")
    assert text.split("\n")[:-1] == [*_in_marks(whole), _source(whole)]
    assert "““" not in text and "””" not in text


def test_markdown_and_html_read_as_the_quote_does(desktop: Page, site: Site) -> None:
    quote = pick("across speakers", site.talks)
    talk = quote.talk
    passages = _open(desktop, site, talk)
    place = place_of(passages, quote.first, quote.last)
    words = words_at(passages, place)
    assert words
    select(desktop, place)
    link = copied(desktop, "Copy link")
    taken = Quote(talk, *words)
    source = f"— {talk.record['title']}, {talk.record['outlet']}, {talk.date}{_reading(taken)}"
    assert copied(desktop, "Copy quote").split("\n") == [*_in_marks(taken), _source(taken), link]
    markdown = copied(desktop, "Copy as Markdown")
    assert all(line.startswith(">") for line in markdown.splitlines())
    html = copied(desktop, "Copy as HTML")
    for read in (_Read(MarkdownIt("commonmark").render(markdown)), _Read(html)):
        assert read.paragraphs == [*_told(talk, words), source]
        assert [attrs["href"] for tag, attrs in read.tags if tag == "a"] == [link]
    assert _Read(html).tags[0] == ("blockquote", {"cite": site.address + taken.path})


def test_what_was_copied_before_is_told_of_no_other_words(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    select(desktop, place_of(passages, quote.first, quote.last))
    copied(desktop, "Copy link")
    copied(desktop, "Copy quote")
    names = bar(desktop).get_by_role("button")
    told = ["Link", "Copied", "Markdown", "HTML", "Cite"]
    assert names.all_text_contents() == told, "one thing is told at a time"
    desktop.evaluate("document.activeElement.blur()")
    select(desktop, place_of(passages, quote.first, quote.last - 1))
    expect(bar(desktop)).to_have_accessible_name(f"Share words {quote.first} to {quote.last - 1}")
    assert names.all_text_contents() == ["Link", "Quote", "Markdown", "HTML", "Cite"]
    expect(bar(desktop).get_by_role("status")).to_contain_text("Tab leads to")


def test_without_a_clipboard_for_scripts_the_browser_copies(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    select(desktop, place_of(passages, quote.first, quote.last))
    desktop.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    button = bar(desktop).get_by_role("button", name="Copy link")
    button.click()
    expect(button).to_have_text("Copied")
    assert quote.hash in desktop.evaluate("delete navigator.clipboard && navigator.clipboard.readText()")
    assert desktop.evaluate("getSelection().toString()"), "the words are still selected"
    expect(button).to_have_text("Link")
    desktop.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true});"
        "document.execCommand = () => false;"
    )
    button.click()
    expect(button).to_have_text("Not copied")
    expect(bar(desktop).get_by_role("status")).to_have_text("This browser did not let it be copied")


# ── where the bar stands ─────────────────────────────────────────────────────

# Select as with a pointer, for many places and ways to have scrolled; where does the bar not stand as it should?
_STANDS = (
    f"async ([places, gap]) => {{{HELPERS}"
    """
    const wait = (time) => new Promise((done) => setTimeout(done, time));
    const wrong = [];
    for (const [place, scrolled] of places) {
        document.body.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
        const range = rangeOf(place);
        const lines = () => {
            const [, , to] = place;
            const all = [...document.querySelectorAll("p.passage")].slice(place[0], to + 1);
            return all.flatMap(nodesOf).filter((node) => range.intersectsNode(node)).flatMap((node) => {
                const part = document.createRange();
                part.setStart(node, node === range.startContainer ? range.startOffset : 0);
                part.setEnd(node, node === range.endContainer ? range.endOffset : node.data.length);
                return [...part.getClientRects()];
            }).filter((line) => line.width > 1);
        };
        scrollTo(0, scrollY + lines()[0].top - scrolled * innerHeight);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        await wait(0);
        document.body.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
        await wait(5);
        const bar = document.querySelector(".share")?.getBoundingClientRect();
        const at = JSON.stringify([place, scrolled, bar]);
        if (!bar) { wrong.push("no bar: " + at); continue; }
        const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
        const floor = document.querySelector(".arrival")?.getBoundingClientRect().top ?? innerHeight;
        const right = document.documentElement.clientWidth;
        if (bar.top < header || bar.bottom > floor || bar.left < 0 || bar.right > right)
            wrong.push("out of the screen: " + at);
        const over = lines().filter((line) => line.left < bar.right && line.right > bar.left
            && line.top < bar.bottom && line.bottom > bar.top);
        const [top, bottom] = [lines()[0].top, Math.max(...lines().map((line) => line.bottom))];
        const room = top - header > bar.height + 20 || floor - bottom > bar.height + gap + 20;
        if (over.length && room) wrong.push("over the words: " + at);
        if (gap > 30 && floor - bottom > bar.height + gap + 20 && bar.top < bottom + 30)
            wrong.push("where the phone's own tools are: " + at);
    }
    return wrong;
}"""
)


def test_the_bar_stands_on_the_screen_and_never_over_the_words(page: Page, site: Site) -> None:
    """With the note of an arrival at the lower edge, and without it."""
    talk = pick("across speakers", site.talks).talk
    passages = _open(page, site, talk)
    arrive(page, f"{site.address}{talk.path}#w1-2")
    assert note(page)
    chance = random.Random(7)
    places = [place for place in _anywhere(passages, 56) if words_at(passages, place)]
    ways = [(place, chance.uniform(0.1, 0.9)) for place in places]
    gap = 36 if page.evaluate("matchMedia('(pointer: coarse)').matches") else 8
    wrong = page.evaluate(_STANDS, [ways[::2], gap])
    page.locator(".arrival").get_by_role("button", name="Clear").click()
    wrong += page.evaluate(_STANDS, [ways[1::2], gap])
    assert not wrong, "\n".join(wrong[:5])


_OVER = """(bar) => {
    const own = bar.getBoundingClientRect(), range = getSelection().getRangeAt(0);
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), over = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!range.intersectsNode(node) || bar.contains(node)) continue;
        const part = document.createRange();
        part.setStart(node, node === range.startContainer ? range.startOffset : 0);
        part.setEnd(node, node === range.endContainer ? range.endOffset : node.data.length);
        for (const line of part.getClientRects())
            if (line.width > 1 && line.left < own.right && line.right > own.left
                && line.top < own.bottom && line.bottom > own.top) over.push(node.data);
    }
    return over;
}"""
# Where dragging begins and where it ends.
_DRAGGED = {
    "from the title": ["h1", "p.passage"],
    "from the topics": ["h2 + p", "p.passage"],
    "to a heading": ["p.passage", "h2:nth-of-type(2)"],
}
_SELECT_FROM = """([from, to]) => {
    const [start, end] = [from, to].map((name) => document.querySelector(name));
    start.scrollIntoView({ block: "center" });
    const text = (home) => document.createTreeWalker(home, NodeFilter.SHOW_TEXT).nextNode();
    const last = [...end.childNodes].reverse().find((node) => node.nodeType === 3 && node.data.trim().length > 3);
    getSelection().setBaseAndExtent(text(start), 2, last, 3);
}"""


@pytest.mark.parametrize("way", _DRAGGED)
def test_the_bar_is_over_nothing_selected_beside_the_passages(page: Page, site: Site, way: str) -> None:
    talk = pick("inside a paragraph", site.talks).talk
    _open(page, site, talk)
    page.evaluate(_SELECT_FROM, _DRAGGED[way])
    expect(bar(page)).to_be_visible()
    if not bar(page).evaluate("(bar) => bar.matches('.edge')"):
        assert bar(page).evaluate(_OVER) == []


def test_the_bar_goes_with_its_words_and_finds_a_new_place(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    select(desktop, place_of(passages, quote.first, quote.last))
    expect(bar(desktop)).to_be_visible()
    lines = "(e) => [...getSelection().getRangeAt(0).getClientRects()].map((line) => line.top)"
    top = min(bar(desktop).evaluate(lines))
    desktop.mouse.wheel(0, top - 70)
    settle(desktop)
    desktop.wait_for_timeout(200)
    box, header = bar(desktop).bounding_box(), desktop.locator(".md-header").bounding_box()
    assert box and header
    assert box["y"] >= header["y"] + header["height"]
    assert box["y"] > max(bar(desktop).evaluate(lines))


def test_a_finger_hits_every_button(phone: Page, site: Site) -> None:
    quote = pick("across paragraphs", site.talks)
    passages = _open(phone, site, quote.talk)
    select(phone, place_of(passages, quote.first, quote.last))
    buttons = bar(phone).get_by_role("button")
    expect(buttons.first).to_be_visible()
    for button in buttons.all():
        box = button.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    allow_clipboard(phone)
    buttons.first.tap()
    expect(buttons.first).to_have_text("Copied")
    assert quote.hash in phone.evaluate("navigator.clipboard.readText()")
    link = phone.locator(f"#w{passages[1].first} .permalink")
    link.scroll_into_view_if_needed()
    hit = link.evaluate(
        """(link) => {
            const { right, bottom, top } = link.getBoundingClientRect();
            const at = (x, y) => document.elementFromPoint(x, y) === link;
            const middle = (top + bottom) / 2;
            return [at(right - 2, middle), at(right - 42, middle), at(right - 2, bottom + 12)];
        }"""
    )
    assert hit == [True, True, True]
    wide = phone.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1]


def test_a_phone_hands_the_quote_to_other_apps(phone: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    page = phone.context.new_page()
    page.add_init_script("navigator.share = async (data) => { window.handed = data; };")
    passages = _open(page, site, quote.talk)
    select(page, place_of(passages, quote.first, quote.last))
    button = bar(page).get_by_role("button", name="Share")
    top, last = bar(page).get_by_role("button").first.bounding_box(), button.bounding_box()
    assert top and last and top["y"] == last["y"], "the bar breaks over lines"
    button.tap()
    handed = page.evaluate("window.handed")
    assert quote.hash in handed["url"]
    assert handed["title"] == quote.talk.record["title"]
    assert handed["text"].startswith("“") and quote.speakers[0] in handed["text"]
    page.close()


# ── at a passage's ¶ ─────────────────────────────────────────────────────────


def _long_turn(talk: Talk) -> tuple[int, list[tuple[int, int]]]:
    """Number of a turn of several passages, and their words."""
    turns = [
        (number, [(p.first, p.last) for p in some])
        for number, some in groupby(talk.passages, lambda p: p.turn)
    ]
    return next((number, words) for number, words in turns if len(words) > 1)


@pytest.mark.parametrize("key", ["Enter", "Space", "click"])
def test_a_permalink_offers_the_passage_and_the_whole_turn(desktop: Page, site: Site, key: str) -> None:
    talk = pick("across paragraphs", site.talks).talk
    _, passages = _long_turn(talk)
    _open(desktop, site, talk)
    first, last = passages[1]
    link = desktop.locator(f"#w{first} .permalink")
    link.focus()
    if key == "click":
        link.click()
    else:
        desktop.keyboard.press(key)
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(bar(desktop)).to_have_accessible_name(f"Share words {first} to {last}")
    expect(desktop.get_by_role("button", name="Copy link")).to_be_focused()
    expect(desktop.locator(".passage.chosen")).to_have_count(1)
    assert f"#w{first}-{last}" in copied(desktop, "Copy link")
    desktop.get_by_role("button", name="Whole turn").click()
    whole = (passages[0][0], passages[-1][1])
    expect(bar(desktop)).to_have_accessible_name(f"Share words {whole[0]} to {whole[1]}")
    expect(desktop.get_by_role("button", name="Whole turn")).to_have_attribute("aria-pressed", "true")
    expect(desktop.locator(".passage.chosen")).to_have_count(len(passages))
    text = copied(desktop, "Copy quote")
    assert squeezed(text).startswith(f"“{talk.clean(*whole)}” — ")
    desktop.keyboard.press("Escape")
    expect(bar(desktop)).to_have_count(0)
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")
    expect(desktop.locator(".passage.chosen")).to_have_count(0)


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_the_same_permalink_closes_the_bar(page: Page, site: Site, way: str) -> None:
    talk = site.talks[0]
    passages = _open(page, site, talk)
    links = [page.locator(f"#w{passage.first} .permalink") for passage in passages[1:3]]
    finger = page.evaluate("matchMedia('(pointer: coarse)').matches")
    for link, shows in [(links[0], 1), (links[0], 0), (links[0], 1), (links[1], 1), (links[1], 0)]:
        if way == "keyboard":
            link.focus()
            page.keyboard.press("Enter")
        elif finger:
            link.tap()
        else:
            link.click()
        expect(link).to_have_attribute("aria-expanded", "true" if shows else "false")
        expect(bar(page)).to_have_count(shows)
    links[0].click()
    page.locator(".dateline a").first.focus()
    expect(bar(page)).to_have_count(0)


def test_a_passage_alone_in_its_turn_and_one_of_an_article_offer_no_turn(desktop: Page, site: Site) -> None:
    for kind in ("across speakers", "inside a quotation"):
        talk = pick(kind, site.talks).talk
        passages = _open(desktop, site, talk)
        desktop.locator(f"#w{passages[0].first} .permalink").click()
        expect(bar(desktop)).to_be_visible()
        turns = [p.turn for p in talk.passages]
        expect(desktop.get_by_role("button", name="Whole turn")).to_have_count(
            int(not talk.is_article and turns.count(0) > 1)
        )


def test_a_permalink_is_a_link_all_the_same(desktop: Page, site: Site) -> None:
    talk = site.talks[0]
    passages = _open(desktop, site, talk)
    link = desktop.locator(f"#w{passages[1].first} .permalink")
    with desktop.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    assert opened.value.url == f"{site.address}{talk.path}#w{passages[1].first}"
    opened.value.close()
    expect(bar(desktop)).to_have_count(0)


def test_without_scripts_a_permalink_leads_to_its_passage(scriptless: Page, site: Site) -> None:
    talk = site.talks[0]
    scriptless.goto(site.address + talk.path)
    scriptless.locator(".passage .permalink").nth(1).click()
    expect(scriptless).to_have_url(re.compile(r"#w\d+$"))


def test_the_bar_is_gone_on_another_page_and_on_paper(desktop: Page, site: Site) -> None:
    quote = pick("inside a paragraph", site.talks)
    passages = _open(desktop, site, quote.talk)
    select(desktop, place_of(passages, quote.first, quote.last))
    expect(bar(desktop)).to_be_visible()
    desktop.emulate_media(media="print")
    expect(bar(desktop)).to_be_hidden()
    desktop.emulate_media(media="screen")
    desktop.evaluate("document.querySelector('.byline a').click()")
    expect(desktop).to_have_url(re.compile("/people/"))
    expect(bar(desktop)).to_have_count(0)
