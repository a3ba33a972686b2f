"""A page that no editor has checked says so, and says of each name how sure it is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from build_tools.words import split_words

from .archive import (
    REPOSITORY,
    SCREENS,
    Site,
    Windows,
    arrive,
    assert_marked,
    note,
    published,
    settle,
    squeezed,
)
from .sharing import allow_clipboard, bar, copied, place_of, select, shown

LONG = " ".join(
    ["And when the rain comes down on all these hills, we stay inside and read for a while."] * 12
)
# Turns of a talk that nobody has edited: name, role, confidence, words.
SURE: list[tuple[str, str, float, str]] = [
    (
        "Jane Doe",
        "host",
        0.969,
        "Welcome back to the show. Today we speak of rain. What is it like up there?",
    ),
    ("John Roe", "guest", 0.931, f"{LONG} Um, I like it."),
    ("", "", 0.62, "Yes. Right."),
    ("", "", 0.55, "So it goes."),
    ("", "host", 0.94, "And does the rain ever stop at all, or do people wait for it to?"),
    ("John Roe", "guest", 1.0, "It stops in May. Nobody is inferred to like it before that quokka comes."),
]
UNSURE = [("", "", 0.5, LONG), ("Jane Doe", "host", 0.95, "What is it like, then?"), ("", "", 0.6, LONG)]
TALKS = {"2026-01-01-sure": SURE, "2026-01-02-unsure": UNSURE}

# A hook that stands in for the judgement of who speaks: what is tested here is how it is shown.
HOOK = """
import json
from build_tools import pipeline
from build_tools.model import Attribution, newcomer

TALKS = json.loads({talks!r})

def attribute(transcript, edition, people, likely):
    given, first = [], 1
    for name, role, confidence, count in TALKS[transcript.slug]:
        last = first + count - 1
        speaker = newcomer(name) if name else None
        given.append(Attribution(speaker, role, first, last, frozenset([first]),
                                 not (name or role), True, confidence))
        first = last + 1
    return tuple(given)

pipeline.attribute = attribute
"""


@pytest.fixture(scope="module")
def inferred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive without a single edition."""
    root = tmp_path_factory.mktemp("inferred")
    shutil.copytree(REPOSITORY / "docs" / "assets", root / "docs" / "assets")
    shutil.copytree(REPOSITORY / "docs" / "about", root / "docs" / "about")
    counted = {slug: [(*t[:3], len(split_words(t[3]))) for t in turns] for slug, turns in TALKS.items()}
    (root / "told.py").write_text(HOOK.format(talks=json.dumps(counted)), "utf-8")
    tools = (REPOSITORY / "build_tools").as_posix()
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8").replace("build_tools/", f"{tools}/")
    (root / "mkdocs.yml").write_text(settings.replace("hooks:\n", "hooks:\n  - told.py\n"), "utf-8")
    (root / "sources").mkdir()
    for slug, turns in TALKS.items():
        (root / "sources" / f"{slug}.txt").write_text("\n\n".join(turn[3] for turn in turns), "utf-8")
    topics = "- {id: weather, name: Weather, description: Of rain, phrases: [rain]}\n"
    (root / "sources" / "topics.yml").write_text(topics, "utf-8")
    with published(root, root / "site") as site:
        yield site


@pytest.fixture(params=SCREENS)
def visitor(request: pytest.FixtureRequest, windows: Windows, inferred: Site) -> Iterator[Page]:
    with windows.reading(inferred, request.param) as page:
        yield page


@pytest.fixture
def desk(windows: Windows, inferred: Site) -> Iterator[Page]:
    with windows.reading(inferred, "desktop") as page:
        yield page


def _open(page: Page, site: Site, slug: str = "2026-01-01-sure") -> None:
    page.goto(f"{site.address}interviews/{slug}/")


def _top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def test_the_notice_stands_before_the_first_name(visitor: Page, inferred: Site) -> None:
    _open(visitor, inferred)
    notice = visitor.get_by_role("note")
    expect(notice).to_contain_text("No editor has checked who speaks here.")
    expect(notice).to_contain_text(re.compile(r"\d+% of the words are left Unknown; of the rest, about 93%"))
    assert _top(notice) < _top(visitor.locator(".reading")) < _top(visitor.locator(".speaker").first)
    notice.get_by_role("link").click()
    expect(visitor).to_have_url(re.compile("/about/editorial-policy/#inferred-speakers$"))
    settle(visitor)
    expect(visitor.locator("#inferred-speakers")).to_be_in_viewport()


def test_a_stronger_notice_stands_where_the_whole_is_unsure(visitor: Page, inferred: Site) -> None:
    _open(visitor, inferred)
    plain = visitor.get_by_role("note").evaluate("e => getComputedStyle(e).borderLeftWidth")
    _open(visitor, inferred, "2026-01-02-unsure")
    notice = visitor.get_by_role("note")
    expect(notice).to_contain_text("It is too unsure who speaks here to rely on any name.")
    assert notice.evaluate("e => getComputedStyle(e).borderLeftWidth") > plain


def test_labels_say_what_is_inferred(visitor: Page, inferred: Site) -> None:
    _open(visitor, inferred)
    labels = [squeezed(text) for text in visitor.locator(".speaker").all_inner_texts()]
    assert labels == [
        "Jane Doe inferred, 96%",
        "John Roe inferred, 93%",
        "Unknown",
        "Unknown host inferred, 94%",
        "John Roe inferred, 99%",
    ]
    for sure in visitor.locator(".sure").all():
        expect(sure).to_be_visible()
        lines = sure.evaluate("e => new Set([...e.getClientRects()].map((line) => line.top)).size")
        assert lines == 1, "the figure breaks over lines"
        assert sure.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 12


def test_a_screen_reader_is_told_with_the_name(desk: Page, inferred: Site) -> None:
    _open(desk, inferred)
    heard = desk.locator("p.passage").first.aria_snapshot()
    assert re.search(r"link \"Jane Doe\"[\s\S]*inferred, 96%[\s\S]*Welcome back", heard), heard


def test_the_figure_stands_below_the_name_in_the_margin(desk: Page, inferred: Site) -> None:
    _open(desk, inferred)
    label = desk.locator(".speaker").first
    name, sure, words = (
        label.get_by_role("link").bounding_box(),
        label.locator(".sure").bounding_box(),
        desk.locator("#w1").bounding_box(),
    )
    assert name and sure and words
    assert sure["y"] >= name["y"] + name["height"] - 4
    assert sure["x"] + sure["width"] <= words["x"]
    assert abs(sure["x"] + sure["width"] - name["x"] - name["width"]) < 2


def test_labels_do_not_run_into_each_other(desk: Page, inferred: Site) -> None:
    _open(desk, inferred)
    boxes = [label.bounding_box() for label in desk.locator(".speaker").all()]
    edges = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(edges))


def test_a_line_runs_beside_words_of_nobody_known(visitor: Page, inferred: Site) -> None:
    """A page may be scrolled to where no name is in view; such words are not taken for the last one's."""
    _open(visitor, inferred)
    for passage in visitor.locator("p.passage").all():
        line = passage.evaluate("e => getComputedStyle(e, '::after').borderLeftStyle")
        nobody = passage.get_attribute("data-speaker") == "Unknown"
        assert line == ("dotted" if nobody else "none")


def test_what_is_copied_says_inferred_too(desk: Page, inferred: Site) -> None:
    _open(desk, inferred)
    copied = desk.locator("p.passage").first.evaluate(
        "e => { getSelection().selectAllChildren(e); return getSelection().toString(); }"
    )
    assert squeezed(copied).startswith("Jane Doe inferred, 96% Welcome back to the show.")


def test_a_shared_quote_says_that_its_speakers_are_inferred(desk: Page, inferred: Site) -> None:
    talk = next(talk for talk in inferred.talks if talk.slug == "2026-01-01-sure")
    _open(desk, inferred)
    allow_clipboard(desk)
    passages = shown(desk, talk, verbatim=False)
    select(desk, place_of(passages, 2, 5))
    expect(bar(desk)).to_be_visible()
    assert copied(desk, "Copy quote").split("\n")[1] == "— Jane Doe (inferred, 96%), 1 January 2026"
    unknown = [p for p in talk.passages if p.speaker == "Unknown" and p.last - p.first < 5]
    select(desk, place_of(passages, unknown[0].first - 3, unknown[-1].last + 2))
    expect(bar(desk)).to_have_accessible_name(f"Share words {unknown[0].first - 3} to {unknown[-1].last + 2}")
    assert copied(desk, "Copy quote").split("\n")[:-1] == [
        "John Roe (inferred, 93%): “I like it.”",
        "Unknown: “Yes. Right.”",
        "Unknown: “So it goes.”",
        "Unknown host (inferred, 94%): “And does”",
        "— 1 January 2026",
    ]
    for name in ("Copy as Markdown", "Copy as HTML"):
        assert "John Roe (inferred, 93%):" in copied(desk, name)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 4, "Jane Doe (speaker inferred, 96%)"),
        (10, 30, "Jane Doe (speaker inferred, 96%), then John Roe (speaker inferred, 93%)"),
    ],
)
def test_the_note_says_that_a_speaker_is_inferred(
    visitor: Page, inferred: Site, first: int, last: int, said: str
) -> None:
    talk = next(talk for talk in inferred.talks if talk.slug == "2026-01-01-sure")
    arrive(visitor, f"{inferred.address}{talk.path}#w{first}-{last}")
    assert_marked(visitor, talk.clean(first, last))
    assert note(visitor) == f"{said} · 1 January 2026 · words {first} to {last}"


def test_the_note_names_the_least_sure_share_of_a_speaker(desk: Page, inferred: Site) -> None:
    talk = next(talk for talk in inferred.talks if talk.slug == "2026-01-01-sure")
    arrive(desk, f"{inferred.address}{talk.path}#w20-{talk.count}")
    said = note(desk)
    assert said.startswith(
        "John Roe (speaker inferred, 93%), then Unknown, then Unknown host (speaker inferred, 94%) · "
    )
    assert "99%" not in said


def test_a_long_turn_says_again_who_goes_on_and_how_sure_that_is(desk: Page, inferred: Site) -> None:
    _open(desk, inferred)
    passage = desk.locator("p.passage:not(.opens)").first
    passage.hover()
    shown = passage.evaluate(
        """e => {
            const style = getComputedStyle(e, "::before");
            return [style.content, e.dataset.speaker, e.dataset.inferred];
        }"""
    )
    assert shown[1:] == ["John Roe", "93"]
    assert "inferred" in shown[0] and "none" not in shown[0]


def test_nothing_stands_out_of_the_screen(visitor: Page, inferred: Site) -> None:
    for file in inferred.pages():
        visitor.goto(inferred.address_of(file))
        wide, screen = visitor.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen, file


def test_every_page_that_quotes_says_that_the_speaker_is_inferred(desk: Page, inferred: Site) -> None:
    for path in ("topics/weather/", "people/john-roe/"):
        desk.goto(inferred.address + path)
        sources = desk.locator("blockquote .source").all_inner_texts()
        assert sources
        assert all("inferred" in text or text.startswith("Unknown,") for text in sources), sources
    desk.goto(f"{inferred.address}people/")
    expect(desk.locator(".cards li").first).to_contain_text("(inferred)")
    for path in ("", "interviews/", "timeline/"):
        desk.goto(inferred.address + path)
        cards = [squeezed(text) for text in desk.locator(".cards li").all_inner_texts()]
        assert len(cards) == 2
        assert "speakers in doubt, not edited yet" in cards[0]
        assert "speakers inferred, not edited yet" in cards[1]


def test_search_tells_inferred_speakers_and_does_not_find_them_by_that_word(
    desk: Page, inferred: Site
) -> None:
    desk.goto(inferred.address)
    desk.locator(".md-search__input").click()
    desk.keyboard.type("quokka")
    links = desk.locator(".md-search-result__link[href*='#w']")
    expect(links).to_have_count(1)
    expect(links.first).to_contain_text("John Roe (inferred, 99%)")
    desk.locator(".md-search__input").fill("inferred")
    expect(desk.locator(".md-search-result__meta")).to_contain_text(re.compile("matching document"))
    settle(desk)
    expect(links).to_have_count(1)
    expect(links.first).to_contain_text("Nobody is inferred to like it")
