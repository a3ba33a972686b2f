"""Sources may hold anything. Pages show it, letter by letter, and run none of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from build_tools.render.markdown import MARKER, front_matter
from build_tools.words import fingerprint, split_words

from .archive import (
    REPOSITORY,
    Quote,
    Site,
    Windows,
    arrive,
    assert_marked,
    note,
    published,
    settle,
    shown_passages,
    squeezed,
)
from .heads import Head, head_of
from .sharing import module

SCRIPT = "<script>window.pwned=1</script>"
IMAGE = "<img src=x onerror=window.pwned=1>"
QUOTED = '" onmouseover="window.pwned=1" x=\''
# A paragraph each; every one has the word that the search test looks for.
ATTACKS = [
    SCRIPT,
    IMAGE,
    QUOTED,
    "{{ 7*7 }} {% raw %} {# c #} ${7*7} $x$ \\(y\\)",
    "*a* _b_ `c` **d** __e__ ~~f~~ ^g^ ==h== ~i~ ``j`` ++k++",
    "# heading",
    "## heading {: #evil }",
    "| table | b |",
    "- item",
    "1. item",
    "> quoted",
    "a setext heading",
    "----- 1",
    "[x](javascript:window.pwned=1) [y](//evil.example/y) <javascript:window.pwned=1>",
    '--8<-- "mkdocs.yml"',
    "{++ins++}{--del--}{~~a~>b~~}{>>c<<}{==d==}",
    "{: #evil .x onclick=alert(1) }",
    "tail {: #evil .x onclick=window.pwned=1 }",
    "![i](x.png) ![j](//evil.example/j.png)",
    "<!-- c -->",
    "&lt;b&gt; &amp; &#60;i&#62; &nbsp; &copy;",
    "http://evil.example/x <http://evil.example/y> www.evil.example mail@evil.example",
    "[1]: http://evil.example/z",
    "[^1]: a footnote [^1]",
    "*[HTML]: an abbreviation",
    "!!! note",
    "::: block",
    "@evil #1 :smile: :material-check:",
    '<div markdown="1"> </div> <svg onload=window.pwned=1> <style>*{display:none}</style>',
    "</p></article><iframe src=//evil.example></iframe>",
    "<b>bold</b> \\* \\_ \\\\ \\<i>",
    "]]> --> */ `] %} }}",
    "a\u00a0b \u202eright\u202c to \u200bleft é \U0001f600x ½ Ⅳ 東京 ʼquoted",
]
RARE = "quokka"
RAW = "\n\n".join(f"{attack} {RARE}" for attack in ATTACKS) + "\n"

# An edition may say anything in names, titles and notes; its words are the raw ones.
SPOKEN = [f"well {SCRIPT} so {RARE}", f"um {IMAGE} yes [x](javascript:window.pwned=1) {{{{ 7*7 }}}} {RARE}"]
NAME = f"Eve {IMAGE}"
TOPIC = f"Topic {SCRIPT} {{: #evil onclick=window.pwned=1 }}"
TITLE = f"{SCRIPT} {QUOTED}"


def _json(text: str) -> str:
    """Text as YAML, which knows JSON."""
    return json.dumps(text)


def _edition() -> str:
    words = [word for line in SPOKEN for word in split_words(line)]
    return f"""---
title: {_json(TITLE)}
outlet: {_json(f"Outlet {SCRIPT}")}
description: {_json(f"About {IMAGE} {QUOTED}")}
date: 2026-01-02
people: {{guest: [eve]}}
source_url: {_json('https://evil.example/"onmouseover="window.pwned=1')}
topics: [harm]
words: {{count: {len(words)}, sha256: {fingerprint(words)}}}
---

## Chapter {SCRIPT} {QUOTED} {{topics: harm}}

**{NAME}:** =={SPOKEN[0].replace("well", "{~~well~>" + IMAGE + " web~~}")}==

**{NAME} (?):** {SPOKEN[1]}
"""


SOURCES = {
    "2026-01-01-plain.txt": RAW,
    "2026-01-02-edited.txt": "\n\n".join(SPOKEN) + "\n",
    "2026-01-02-edited.edition.md": _edition(),
    "2026-01-03-captured.txt": "\n".join(
        [
            f"Outlet {SCRIPT} · 2026-01-03",
            TITLE,
            "Why it matters",
            *(attack for attack in ATTACKS),
            "Key claims",
            *(f"- {attack}" for attack in ATTACKS),
            "Transcript",
            f"{SCRIPT} {RARE}",
        ]
    ),
    "2026-01-04-article.md": f"---\ntitle: {_json(TITLE)}\noutlet: {_json(IMAGE)}\n"
    f"url: {_json('https://evil.example/)' + SCRIPT)}\n---\n\n{SCRIPT} he said. {RARE}\n\n"
    f"# {IMAGE} heading\n\n{IMAGE} ![i]({IMAGE}) [x](javascript:window.pwned=1) {{{{ 7*7 }}}} {RARE}\n",
    "people.yml": f"- id: eve\n  name: {_json(NAME)}\n  role: {_json(SCRIPT)}\n  description: {_json(QUOTED)}\n"
    f"  links: {{{_json(IMAGE)}: {_json('https://evil.example/)' + QUOTED)}}}\n",
    "topics.yml": f"- id: harm\n  name: {_json(TOPIC)}\n  description: {_json(IMAGE + QUOTED)}\n"
    f"  phrases: [{RARE}]\n",
}


# What else a page may carry in its head: as pages of quotes do, and what citation managers read.
DRAWN = front_matter(
    title=TITLE,
    description=IMAGE + QUOTED,
    published="2026-01-02",
    quote=True,
    picture="drawn.png",
    zotero=[{"name": "dc:title", "content": TITLE}, {"name": QUOTED, "content": SCRIPT}],
    linked_data={
        "@graph": [{"@type": "Quotation", "url": "topics/drawn/", "text": f'"url": "{SCRIPT}\\" {QUOTED}'}]
    },
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive like this one, whose sources mean harm."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(REPOSITORY / "docs" / "assets", root / "docs" / "assets")
    shutil.copytree(REPOSITORY / "docs" / "about", root / "docs" / "about")
    tools = (REPOSITORY / "build_tools").as_posix()
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("build_tools/", f"{tools}/"), "utf-8")
    (root / "sources").mkdir()
    for name, text in SOURCES.items():
        (root / "sources" / name).write_text(text, "utf-8")
    (root / "docs" / "topics").mkdir()
    (root / "docs" / "topics" / "drawn.md").write_text(f"{DRAWN.replace(MARKER, '')}\n\n# Drawn\n", "utf-8")
    with published(root, root / "site") as site:
        yield site


@pytest.fixture
def visitor(windows: Windows, hostile: Site) -> Iterator[Page]:
    with windows.reading(hostile, "desktop") as page:
        yield page


def _assert_unharmed(page: Page) -> None:
    """Nothing runs, not even when a pointer or the keyboard comes upon it."""
    page.evaluate(
        """() => { for (const e of document.querySelectorAll(".md-content *, .md-nav *, .md-search *"))
            for (const name of ["mouseover", "mouseenter", "focus", "load", "error"])
                e.dispatchEvent(new Event(name)); }"""
    )
    page.wait_for_timeout(20)
    assert page.evaluate("window.pwned") is None


def test_a_transcript_is_shown_as_it_is(visitor: Page, hostile: Site) -> None:
    visitor.goto(f"{hostile.address}interviews/2026-01-01-plain/")
    visitor.get_by_role("button", name="Verbatim", exact=True).click()
    shown = squeezed(" ".join(text for _, text in shown_passages(visitor)))
    assert shown == squeezed(RAW)
    _assert_unharmed(visitor)
    expect(visitor.locator("#evil")).to_have_count(0)


def test_words_of_every_page_are_those_on_record(visitor: Page, hostile: Site) -> None:
    assert len(hostile.talks) == 4
    for talk in hostile.talks:
        visitor.goto(hostile.address + talk.path)
        assert squeezed(" ".join(text for _, text in shown_passages(visitor))) == talk.clean(1, talk.count)
        if talk.edits:
            visitor.get_by_role("button", name="Verbatim", exact=True).click()
            shown = squeezed(" ".join(text for _, text in shown_passages(visitor)))
            assert shown == talk.verbatim(1, talk.count)
            visitor.get_by_role("button", name="Clean", exact=True).click()


def test_hostile_words_can_be_quoted(visitor: Page, hostile: Site) -> None:
    talk = next(talk for talk in hostile.talks if "plain" in talk.slug)
    assert talk.raw == [word for line in RAW.splitlines() for word in split_words(line)]
    ends = [number for number, word in enumerate(talk.raw, 1) if word == RARE]
    for first, last in pairwise(ends[:: len(ends) // 4]):
        quote = Quote(talk, first, last)
        arrive(visitor, hostile.address + quote.path)
        assert_marked(visitor, quote.clean)
    _assert_unharmed(visitor)


_SPELLED = """
    const quote = m.quoteOf(...a);
    return [m.asMarkdown(quote), m.asHtml(quote), quote.title, quote.where];
"""


def test_hostile_words_are_shared_letter_by_letter(visitor: Page, hostile: Site) -> None:
    """Pasted elsewhere they are no markup and no link either; the only link is the quote's own."""
    for talk in hostile.talks:
        visitor.goto(hostile.address + talk.path)
        ends = [number for number, word in enumerate(talk.raw, 1) if word == RARE]
        for last in ends:
            first = max([1, *(end + 1 for end in ends if end < last)])
            markdown, html, title, where = module(visitor, hostile, "quote", _SPELLED, [first, last])
            assert title and where
            rendered = (
                MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
            )
            for shared in (html, rendered):
                read = _Shared(shared)
                assert set(read.tags) <= {"blockquote", "p", "a", "b", "strong"}, shared
                assert read.tags.count("a") == 1, shared
                said = squeezed(read.text.replace("Unknown: ", ""))
                assert squeezed(talk.clean(first, last)) in said, shared
                assert squeezed(title) in said
        _assert_unharmed(visitor)


class _Shared(HTMLParser):
    """Text and tags of what was shared."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_note_of_a_talk_without_outlet_names_no_count(visitor: Page, hostile: Site) -> None:
    talk = next(talk for talk in hostile.talks if "plain" in talk.slug)
    arrive(visitor, hostile.address + talk.path + "#w1-2")
    assert re.fullmatch(f"Unknown[^·]* · {talk.date} · words 1 to 2", note(visitor))


def test_no_page_runs_anything(visitor: Page, hostile: Site) -> None:
    for file in hostile.pages():
        if "about" not in file.parts:
            visitor.goto(hostile.address_of(file))
            _assert_unharmed(visitor)


def test_pages_show_hostile_names_and_titles(visitor: Page, hostile: Site) -> None:
    shown = {
        "interviews/": [TITLE, NAME, f"Outlet {SCRIPT}"],
        "interviews/2026-01-02-edited/": [
            TITLE,
            NAME,
            f"Chapter {SCRIPT} {QUOTED}",
            f"About {IMAGE} {QUOTED}",
        ],
        "interviews/2026-01-04-article/": [TITLE, f"{IMAGE} heading"],
        "corrections/2026-01-02-edited/": [f"{IMAGE} web"],
        "topics/": [TOPIC],
        "topics/harm/": [TOPIC, IMAGE + QUOTED, NAME],
        "people/": [NAME, SCRIPT],
        "people/eve/": [NAME, SCRIPT, QUOTED.strip()],
        "timeline/": [TITLE, NAME],
    }
    for path, texts in shown.items():
        visitor.goto(hostile.address + path)
        seen = squeezed(visitor.locator(".md-content").inner_text())
        missing = [text for text in texts if squeezed(text) not in seen]
        assert not missing, path


def test_search_results_run_nothing(visitor: Page, hostile: Site) -> None:
    visitor.goto(hostile.address)
    visitor.locator(".md-search__input").click()
    visitor.keyboard.type(RARE)
    expect(visitor.locator(".md-search-result__meta")).to_contain_text("matching document")
    settle(visitor)
    for more in visitor.locator(".md-search-result__more > *:first-child").all():
        more.click()
    results = visitor.locator(".md-search-result__list")
    assert SCRIPT in results.inner_text()
    assert IMAGE in results.inner_text()
    _assert_unharmed(visitor)
    visitor.locator(".md-search-result__link[href*='#w']").first.click()
    expect(visitor.locator(".md-content mark").first).to_be_attached()
    _assert_unharmed(visitor)


def test_an_address_runs_nothing(visitor: Page, hostile: Site) -> None:
    for end in ("?h=%3Cimg+src%3Dx+onerror%3Dwindow.pwned%3D1%3E#w1-2", "?q=%3Cscript%3E#w1-%3Cscript%3E"):
        arrive(visitor, f"{hostile.address}interviews/2026-01-01-plain/{end}")
        _assert_unharmed(visitor)


class _Markup(HTMLParser):
    """What in the contents of a page could run, load or lead away."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside = 0
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.inside += 1
        if not self.inside:
            return
        if tag in ("script", "img", "iframe", "style", "object", "embed", "form"):
            self.found.append(tag)
        for name, value in attrs:
            away = name in ("href", "src") and (value or "").lower().startswith(
                ("javascript:", "data:", "//")
            )
            if name.startswith("on") or away or (name == "id" and value == "evil"):
                self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"


def test_contents_hold_no_markup_of_a_source(hostile: Site) -> None:
    for file in hostile.pages():
        assert not _Markup(file.read_text("utf-8")).found, file.relative_to(hostile.folder)


# ── heads ────────────────────────────────────────────────────────────────────


def _head(site: Site, path: str) -> Head:
    return head_of((site.folder / path / "index.html").read_text("utf-8"))


def test_heads_hold_no_markup_of_a_source(hostile: Site) -> None:
    expected = {"head", "meta", "title", "link", "script"}
    scripts = head_of((hostile.folder / "404.html").read_text("utf-8")).scripts
    for file in hostile.pages():
        head = head_of(file.read_text("utf-8"))
        assert {tag for tag, _ in head.tags} == expected
        assert head.scripts == scripts, file.relative_to(hostile.folder)
        for tag, given in head.tags:
            assert given.keys() <= ALLOWED[tag], file.relative_to(hostile.folder)


ALLOWED = {
    "head": set[str](),
    "title": set[str](),
    "script": {"type"},
    "meta": {"charset", "name", "property", "http-equiv", "content"},
    "link": {"rel", "href", "type", "title"},
}


def test_heads_say_hostile_words_letter_by_letter(hostile: Site) -> None:
    head = _head(hostile, "interviews/2026-01-02-edited")
    for told in ("og:title", "twitter:title"):
        assert squeezed(head.told(told)) == squeezed(TITLE)
    assert squeezed(head.told("og:description")) == squeezed(f"About {IMAGE} {QUOTED}")
    thing = head.things[0]
    assert thing["name"] == TITLE
    assert thing["publisher"]["name"] == f"Outlet {SCRIPT}"
    assert thing["contributor"][0]["name"] == NAME
    assert thing["isBasedOn"] == 'https://evil.example/"onmouseover="window.pwned=1'
    assert _head(hostile, "people/eve").things[0]["jobTitle"] == SCRIPT
    assert _head(hostile, "topics/harm").things[0]["name"] == TOPIC


def test_a_drawn_page_says_what_it_was_given(hostile: Site) -> None:
    head = _head(hostile, "topics/drawn")
    assert head.told("og:type") == "article"
    assert head.told("article:published_time") == "2026-01-02"
    assert head.told("twitter:card") == "summary_large_image"
    assert head.told("og:image") == head.told("twitter:image") == f"{hostile.address}topics/drawn.png"
    assert squeezed(head.told("og:image:alt")) == squeezed(IMAGE + QUOTED)
    assert head.told("dc:title") == TITLE
    assert head.told(QUOTED) == SCRIPT
    [thing] = head.things
    assert thing["url"] == f"{hostile.address}topics/drawn/"
    assert thing["text"] == f'"url": "{SCRIPT}\\" {QUOTED}'
