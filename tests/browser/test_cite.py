"""How to cite: a transcript from its dateline, words from wherever they are chosen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from build_tools.cite.formats import tex
from build_tools.words import fingerprint, split_words

from .archive import REPOSITORY, SCREENS, Site, Windows, published, squeezed

TITLE = 'Who <b>said</b> & "what"}, url = {x'
OUTLET = "<img src=x onerror=window.pwned=1>\nER  - "
SAID = [
    ("Jane Doe", "What was it like up there, when the rain came?"),
    ("John Roe", "It rained, and we stayed inside."),
    ("John Roe (?)", "We read for a while."),
    ("Unknown", "So it goes."),
]
TOLD = [("Jane Doe", "guest", 0.969, "It rained for a week."), ("", "", 0.5, "So it goes.")]

# Stands in for the judgement of who speaks, where no edition says it.
HOOK = """
import json
from build_tools import pipeline
from build_tools.model import Attribution, newcomer

attribute = pipeline.attribute

def told(transcript, edition, people, likely):
    if edition:
        return attribute(transcript, edition, people, likely)
    given, first = [], 1
    for name, role, confidence, count in json.loads({told!r}):
        speaker = newcomer(name) if name else None
        given.append(Attribution(speaker, role, first, first + count - 1, frozenset([first]),
                                 not name, True, confidence))
        first += count
    return tuple(given)

pipeline.attribute = told
"""

TALK, INFERRED = "2026-01-02-talk", "2026-01-01-inferred"


def _edition() -> str:
    words = [word for _, text in SAID for word in split_words(text)]
    turns = "\n\n".join(f"**{name}:** {text}" for name, text in SAID)
    return f"""---
title: {json.dumps(TITLE)}
outlet: {json.dumps(OUTLET)}
date: 2025-07-30
people: {{host: [jane-doe], guest: [john-roe]}}
words: {{count: {len(words)}, sha256: {fingerprint(words)}}}
---

{turns}
"""


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive of two talks: one edited, its title hostile, and one whose speakers are inferred."""
    root = tmp_path_factory.mktemp("cited")
    shutil.copytree(REPOSITORY / "docs" / "assets", root / "docs" / "assets")
    shutil.copytree(REPOSITORY / "docs" / "about", root / "docs" / "about")
    counted = [(*turn[:3], len(split_words(turn[3]))) for turn in TOLD]
    (root / "told.py").write_text(HOOK.format(told=json.dumps(counted)), "utf-8")
    tools = (REPOSITORY / "build_tools").as_posix()
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8").replace("build_tools/", f"{tools}/")
    (root / "mkdocs.yml").write_text(settings.replace("hooks:\n", "hooks:\n  - told.py\n"), "utf-8")
    sources = {
        f"{TALK}.txt": "\n\n".join(text for _, text in SAID),
        f"{TALK}.edition.md": _edition(),
        f"{INFERRED}.txt": "\n\n".join(turn[3] for turn in TOLD),
        "people.yml": "- {id: jane-doe, name: Jane Doe}\n- {id: john-roe, name: John Roe}\n",
    }
    (root / "sources").mkdir()
    for name, text in sources.items():
        (root / "sources" / name).write_text(text, "utf-8")
    with published(root, root / "site") as site:
        yield site


@pytest.fixture(params=SCREENS)
def reader(request: pytest.FixtureRequest, windows: Windows, cited: Site) -> Iterator[Page]:
    with windows.reading(cited, request.param) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


@pytest.fixture
def visitor(windows: Windows, cited: Site) -> Iterator[Page]:
    with windows.reading(cited, "desktop") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def cite(page: Page, site: Site, first: int, last: int) -> Locator:
    """Words of the page that is open, cited on a day in September."""
    page.evaluate(
        """([module, first, last]) => import(module)
            .then((cite) => cite.openCitations({ first, last }, new Date(2026, 8, 3)))""",
        [f"{site.address}assets/scripts/cite.js", first, last],
    )
    return page.locator("dialog")


def shown(dialog: Locator, form: str) -> str:
    section = dialog.locator("section").filter(
        has=dialog.page.get_by_role("heading", name=re.compile(rf"^{form}\b"))
    )
    return str(section.locator("p, pre").evaluate("(text) => text.textContent"))


def of_talk(site: Site, path: str) -> str:
    return f"{site.address}interviews/{path}"


# ── the whole ────────────────────────────────────────────────────────────────


def test_a_transcript_is_cited_from_its_dateline(reader: Page, cited: Site) -> None:
    reader.goto(of_talk(cited, f"{TALK}/?h=rain"))
    opener = reader.locator(".dateline").get_by_role("button", name="Cite")
    opener.click()
    dialog = reader.get_by_role("dialog", name="Cite this transcript")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(
        ["APA", "MLA", "Chicago", "BibTeX (biblatex)", "RIS", "CSL-JSON"]
    )
    today = reader.evaluate("new Date().getFullYear()")
    address = of_talk(cited, f"{TALK}/")
    apa = shown(dialog, "APA")
    assert apa.startswith("Roe, J. (2025, July 30). Who <b>said</b>") and "(J. Doe, Interviewer)" in apa
    assert re.search(rf"Retrieved [A-Z][a-z]+ \d+, {today}, from {re.escape(address)}$", apa)
    expect(dialog.locator("section i")).to_have_count(3)
    box, screen = dialog.bounding_box(), reader.viewport_size
    assert box and screen and box["x"] >= 0 and box["x"] + box["width"] <= screen["width"]
    reader.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_touch_targets_are_large(windows: Windows, cited: Site) -> None:
    with windows.reading(cited, "phone") as page:
        page.goto(of_talk(cited, f"{TALK}/"))
        page.locator(".dateline").get_by_role("button").tap()
        for button in page.locator(".dateline button, dialog button").all():
            box = button.bounding_box()
            assert box and min(box["width"], box["height"]) >= 44
        assert page.locator("dialog").evaluate("(d) => d.scrollWidth <= d.clientWidth")


def test_nothing_of_the_offer_is_printed(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    dateline = visitor.locator(".dateline")
    expect(dateline.get_by_role("button", name="Cite")).to_be_visible()
    visitor.emulate_media(media="print")
    try:
        assert not re.search(r"·\s*(Cite)?\s*$", dateline.inner_text())
    finally:
        visitor.emulate_media(media="screen")


# ── words ────────────────────────────────────────────────────────────────────


def test_words_are_their_speakers(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    dialog = cite(visitor, cited, 11, 16)
    expect(dialog).to_have_accessible_name("Cite words 11–16, John Roe")
    address = of_talk(cited, f"{TALK}/#w11-16")
    assert shown(dialog, "APA").endswith(f"Retrieved September 3, 2026, from {address}")
    assert shown(dialog, "MLA").endswith(f", 30 July 2025, {address}. Accessed 3 Sept. 2026.")
    assert shown(dialog, "Chicago").endswith(f"Accessed September 3, 2026. {address}.")
    assert f"@online{{{TALK}-w11-16,\n" in shown(dialog, "BibTeX")
    assert f"  url = {{{address}}},\n  urldate = {{2026-09-03}},\n}}\n" in shown(dialog, "BibTeX")
    assert f"UR  - {address}\r\nY2  - 2026/09/03\r\nID  - {TALK}-w11-16\r\nER  - \r\n" in shown(dialog, "RIS")
    (item,) = json.loads(shown(dialog, "CSL-JSON"))
    assert item == {
        "id": f"{TALK}-w11-16",
        "type": "interview",
        "title": TITLE,
        "author": [{"family": "Roe", "given": "John"}],
        "interviewer": [{"family": "Doe", "given": "Jane"}],
        "container-title": squeezed(OUTLET),
        "issued": {"date-parts": [[2025, 7, 30]]},
        "URL": address,
        "accessed": {"date-parts": [[2026, 9, 3]]},
    }


@pytest.mark.parametrize(
    ("first", "last", "title", "author", "doubt"),
    [
        (3, 3, "Cite word 3, Jane Doe", "Doe, J. (", ""),
        (9, 12, "Cite words 9–12, Jane Doe, John Roe", "Roe, J. (", ""),
        (
            15,
            18,
            "Cite words 15–18, John Roe, John Roe (attribution uncertain)",
            "Roe, J. (",
            "Attribution to John Roe uncertain.",
        ),
        (17, 18, "Cite words 17–18, John Roe (attribution uncertain)", "Roe, J. (", "Attribution uncertain."),
        (
            18,
            23,
            "Cite words 18–23, John Roe (attribution uncertain), Unknown",
            "Roe, J. (",
            "The speaker of some words is unknown. Attribution to John Roe uncertain.",
        ),
    ],
)
def test_who_may_not_have_said_it_is_not_said_to_have(
    visitor: Page, cited: Site, first: int, last: int, title: str, author: str, doubt: str
) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    dialog = cite(visitor, cited, first, last)
    assert squeezed(str(dialog.get_attribute("aria-label"))) == title
    assert shown(dialog, "APA").startswith(author)
    _assert_doubted(dialog, doubt)


def test_an_unknown_speaker_stays_unknown(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    last = sum(len(split_words(text)) for _, text in SAID)
    dialog = cite(visitor, cited, last - 1, last)
    assert shown(dialog, "MLA").startswith("“Who <b>said</b>")
    assert "author" not in json.loads(shown(dialog, "CSL-JSON"))[0]
    _assert_doubted(dialog, "Speaker unknown.")


def test_an_inferred_speaker_is_said_to_be(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{INFERRED}/"))
    dialog = cite(visitor, cited, 1, 3)
    expect(dialog).to_have_accessible_name("Cite words 1–3, Jane Doe (inferred, 96%)")
    assert shown(dialog, "APA").startswith("Doe, J. (2026, January 1)")
    _assert_doubted(
        dialog, "Speaker inferred from the words alone, 96 percent sure; not checked by an editor."
    )
    dialog.get_by_role("button", name="Close").click()
    visitor.locator(".dateline").get_by_role("button").click()
    _assert_doubted(dialog, "Speaker inferred from the words alone; not checked by an editor.")


def test_who_of_several_is_inferred_is_said(visitor: Page, cited: Site) -> None:
    """One of two named is inferred, and the name means something to TeX and to RIS."""
    visitor.goto(of_talk(cited, f"{TALK}/"))
    visitor.locator("#w1").evaluate(
        "(words) => Object.assign(words.dataset, { speaker: 'R&D {Doe}\\nER  -', inferred: 91 })"
    )
    dialog = cite(visitor, cited, 9, 12)
    doubt = "Attribution to R&D {Doe} ER - inferred from the words alone, 91 percent sure; not checked by an editor."
    assert json.loads(shown(dialog, "CSL-JSON"))[0]["note"] == doubt
    assert f"N1  - {doubt}\r\n" in shown(dialog, "RIS")
    assert f"note = {{{tex(doubt)}}},\n" in shown(dialog, "BibTeX")


def _assert_doubted(dialog: Locator, doubt: str) -> None:
    """Every form says so, in its own way; nothing more where there is no doubt."""
    item: dict[str, Any] = json.loads(shown(dialog, "CSL-JSON"))[0]
    assert item.get("note", "") == doubt
    if not doubt:
        assert "note" not in shown(dialog, "BibTeX") and "N1" not in shown(dialog, "RIS")
        return
    assert shown(dialog, "APA").endswith(f" ({doubt})")
    assert shown(dialog, "MLA").endswith(f" {doubt}") and shown(dialog, "Chicago").endswith(f" {doubt}")
    assert f"  note = {{{doubt}}},\n" in shown(dialog, "BibTeX")
    assert f"\r\nN1  - {doubt}\r\n" in shown(dialog, "RIS")


# ── taking it along ──────────────────────────────────────────────────────────


def test_a_citation_is_copied_as_text_and_in_italics(reader: Page, cited: Site) -> None:
    reader.goto(of_talk(cited, f"{TALK}/"))
    dialog = cite(reader, cited, 11, 16)
    dialog.get_by_role("button", name="Copy MLA").click()
    expect(dialog.get_by_role("status")).to_have_text("MLA copied.")
    kinds = reader.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const kinds = await Promise.all(item.types.map(async (type) => [type, await (await item.getType(type)).text()]));
            return Object.fromEntries(kinds);
        }"""
    )
    assert kinds["text/plain"] == shown(dialog, "MLA")
    assert "<i>" in kinds["text/html"] and "&lt;img src=x" in kinds["text/html"]
    assert reader.evaluate("window.pwned") is None
    dialog.get_by_role("button", name="Copy RIS").click()
    expect(dialog.get_by_role("status")).to_have_text("RIS copied.")
    assert reader.evaluate("navigator.clipboard.readText()").splitlines()[0] == "TY  - ELEC"


def test_what_cannot_be_copied_is_selected(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    visitor.evaluate(
        "navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false;"
    )
    dialog = cite(visitor, cited, 11, 16)
    dialog.get_by_role("button", name="Copy BibTeX").click()
    expect(dialog.get_by_role("status")).to_have_text("BibTeX could not be copied; it is selected.")
    assert squeezed(visitor.evaluate("String(getSelection())")) == squeezed(shown(dialog, "BibTeX"))


@pytest.mark.parametrize(("form", "ending"), [("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")])
def test_data_is_downloaded(visitor: Page, cited: Site, form: str, ending: str) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    dialog = cite(visitor, cited, 11, 16)
    with visitor.expect_download() as waiting:
        dialog.get_by_role("button", name=f"Download {form}").click()
    assert waiting.value.suggested_filename == f"{TALK}-w11-16.{ending}"
    assert Path(waiting.value.path()).read_bytes().decode() == shown(dialog, form)


# ── where it opens, and where it does not ────────────────────────────────────


def test_keys_stay_in_the_dialog(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/#w3-5"))
    expect(visitor.locator(".arrival")).to_have_count(1)
    visitor.locator(".dateline").get_by_role("button").focus()
    visitor.keyboard.press("Enter")
    dialog = visitor.locator("dialog")
    expect(dialog.get_by_role("button", name="Copy APA")).to_be_focused()
    visitor.keyboard.press("s")  # the theme's key for search
    expect(visitor.locator(".md-search__input")).not_to_be_focused()
    visitor.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(visitor.locator(".arrival")).to_have_count(1)


def test_a_click_beside_the_dialog_closes_it(visitor: Page, cited: Site) -> None:
    visitor.goto(of_talk(cited, f"{TALK}/"))
    dialog = cite(visitor, cited, 1, 2)
    visitor.mouse.click(5, 5)
    expect(dialog).to_have_count(0)


def test_what_cannot_be_loaded_is_said(windows: Windows, cited: Site) -> None:
    with windows.reading(cited, "desktop") as page:
        page.goto(of_talk(cited, f"{TALK}/"))
        page.route("**/*.cite.json", lambda route: route.fulfill(status=200, body="gone"))
        page.locator(".dateline").get_by_role("button").click()
        expect(page.locator("dialog")).to_contain_text("The citations could not be loaded.")
        page.unroute("**/*.cite.json")


def test_instant_navigation_brings_one_button_to_each_talk(visitor: Page, cited: Site) -> None:
    visitor.goto(f"{cited.address}interviews/")
    expect(visitor.get_by_role("button", name="Cite", exact=True)).to_have_count(0)
    for talk in cited.talks:
        visitor.locator(f".md-content a[href$='{talk.slug}/']").first.click()
        visitor.wait_for_url(f"**/{talk.path}")
        expect(visitor.locator(".dateline button")).to_have_count(1)
        visitor.locator(".dateline button").click()
        expect(visitor.locator("dialog pre").last).to_contain_text(talk.slug)
        visitor.keyboard.press("Escape")
        visitor.go_back()
        visitor.wait_for_url("**/interviews/")


QUOTE_PAGE = """<!doctype html><title>A quote</title><link rel=icon href="data:,">
<div class="md-content"><p class="dateline">Somewhere</p>
<blockquote class="large" data-speaker="John Roe" data-person="john-roe" data-inferred="91">It rained</blockquote></div>
<script type="module" src="{scripts}archive.js"></script>"""


def test_the_page_of_a_quote_cites_the_quote(visitor: Page, cited: Site) -> None:
    """What such a page needs: a dateline, and who speaks, as passages say it."""

    def answer(route: Route) -> None:
        page = QUOTE_PAGE.format(scripts=f"{cited.address}assets/scripts/")
        route.fulfill(status=200, content_type="text/html", body=page)

    visitor.route("**/quotes/**", answer)
    visitor.goto(f"{cited.address}quotes/{TALK}/w11-12/")
    visitor.get_by_role("button", name="Cite").click()
    dialog = visitor.locator("dialog")
    expect(dialog).to_have_accessible_name("Cite words 11–12, John Roe (inferred, 91%)")
    assert of_talk(cited, f"{TALK}/#w11-12 ") in shown(dialog, "APA")
    visitor.unroute("**/quotes/**")
