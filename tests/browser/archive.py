"""What the browser tests share: a built site, its facts, and a reader's eyes."""

from __future__ import annotations

import datetime
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from build_tools.model import Edit
from build_tools.render.words import day
from build_tools.replay import replay, touched
from build_tools.words import split_words

REPOSITORY = Path(__file__).parents[2]
PREFIX = "/some/prefix/"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}


def squeezed(text: str) -> str:
    """Text as a reader sees it: runs of white space are one space."""
    return " ".join(text.split())


# ── a talk, as its data tells it ─────────────────────────────────────────────


class Passage(NamedTuple):
    """A paragraph of a turn."""

    speaker: str
    certain: bool
    turn: int
    first: int
    last: int
    verbatim: str
    text: str


@dataclass(frozen=True)
class Talk:
    """An interview, as `interviews/<slug>.json` tells it."""

    record: dict[str, Any]

    @property
    def slug(self) -> str:
        return str(self.record["slug"])

    @property
    def path(self) -> str:
        return f"interviews/{self.slug}/"

    @property
    def is_article(self) -> bool:
        return bool(self.record["kind"] == "article")

    @cached_property
    def passages(self) -> list[Passage]:
        return [
            Passage(
                turn["speaker"],
                not turn["uncertain"],
                number,
                paragraph["first_word"],
                paragraph["last_word"],
                paragraph["verbatim"],
                paragraph["text"],
            )
            for number, turn in enumerate(self.record["turns"])
            for paragraph in turn["paragraphs"]
        ]

    @cached_property
    def raw(self) -> list[str]:
        """The raw words; word number one is the first."""
        return [word for passage in self.passages for word in split_words(passage.verbatim)]

    @cached_property
    def edits(self) -> list[Edit]:
        return [Edit(**edit) for edit in self.record["edits"]]

    @cached_property
    def slots(self) -> list[str]:
        """The clean words, in the places of the raw ones."""
        slots = replay(self.raw, self.edits)
        for passage in self.passages:
            assert squeezed(" ".join(slots[passage.first - 1 : passage.last])) == squeezed(passage.text)
        return slots

    @cached_property
    def changed(self) -> list[tuple[int, int]]:
        """Stretches of words that edits changed as one."""
        return touched(self.edits)

    @property
    def count(self) -> int:
        return len(self.raw)

    def clean(self, first: int, last: int) -> str:
        return squeezed(" ".join(self.slots[first - 1 : last]))

    def verbatim(self, first: int, last: int) -> str:
        return squeezed(" ".join(self.raw[first - 1 : last]))

    def speakers(self, first: int, last: int) -> list[str]:
        """Who says words `first`…`last`, in order."""
        said = [p.speaker for p in self.passages if p.first <= last and p.last >= first]
        return list(dict.fromkeys(said))

    @property
    def names(self) -> set[str]:
        """Everybody who takes part."""
        return {person["name"] for person in self.record["people"]}

    @property
    def narrators(self) -> set[str]:
        return {person["name"] for person in self.record["people"] if person["role"] == "narrator"}

    @property
    def date(self) -> str:
        """The date, as pages write it."""
        given = self.record["date"]
        return day(datetime.date.fromisoformat(given) if given else None)

    def is_whole(self, first: int, last: int) -> bool:
        """Whether no edit crosses a border of words `first`…`last`."""
        inside = 1 <= first <= last <= self.count
        return inside and not any(a < first <= b or a <= last < b for a, b in self.changed)

    def is_plain(self, first: int, last: int) -> bool:
        """Whether no edit touches words `first`…`last`."""
        return not any(a <= last and first <= b for a, b in self.changed)


# ── passages worth quoting, chosen when the tests run ────────────────────────


class Quote(NamedTuple):
    """Words `first`…`last` of a talk."""

    talk: Talk
    first: int
    last: int

    @property
    def hash(self) -> str:
        return f"#w{self.first}-{self.last}"

    @property
    def path(self) -> str:
        return self.talk.path + self.hash

    @property
    def numbers(self) -> str:
        """Its words as pages count them."""
        return f"words {self.first} to {self.last}" if self.first < self.last else f"word {self.first}"

    @property
    def clean(self) -> str:
        return self.talk.clean(self.first, self.last)

    @property
    def verbatim(self) -> str:
        return self.talk.verbatim(self.first, self.last)

    @property
    def speakers(self) -> list[str]:
        return self.talk.speakers(self.first, self.last)


def _inside(talk: Talk) -> Iterator[Quote]:
    for p in talk.passages:
        if not talk.is_article and p.last - p.first > 14 and talk.is_plain(p.first, p.last):
            yield Quote(talk, p.first + 4, p.first + 10)


def _one_word(talk: Talk) -> Iterator[Quote]:
    for quote in _inside(talk):
        yield Quote(talk, quote.first, quote.first)


def _dashes(talk: Talk) -> Iterator[Quote]:
    """A dash, or dots, between two words belong to the word before."""
    for p in talk.passages:
        for last in range(p.first + 3, p.last):
            if " " in talk.raw[last - 1] and not talk.is_article and talk.is_plain(last - 3, last):
                yield Quote(talk, last - 3, last)


def _borders(talk: Talk, same_turn: bool) -> Iterator[Quote]:
    for p, q in pairwise(talk.passages):
        speakers_differ = p.speaker != q.speaker
        fits = (p.turn == q.turn) if same_turn else speakers_differ
        first, last = p.last - 5, q.first + 5
        if not talk.is_article and fits and first > p.first and last < q.last and talk.is_whole(first, last):
            yield Quote(talk, first, last)


def _edits(talk: Talk, chosen: Callable[[Edit], bool], around: int) -> Iterator[Quote]:
    alone = set(talk.changed)
    for edit in filter(chosen, talk.edits):
        first, last = edit.first_word, edit.last_word
        home = next(p for p in talk.passages if p.first <= first <= p.last)
        first, last = max(home.first, first - around), min(home.last, last + around)
        if (edit.first_word, edit.last_word) in alone and talk.is_whole(first, last):
            yield Quote(talk, first, last)


def _puts_words_right(edit: Edit) -> bool:
    return edit.rule == "edition" and edit.after != "" and not edit.after.startswith(edit.before)


def _takes_words_out(edit: Edit) -> bool:
    return edit.rule != "edition" and not edit.after


def _ends(talk: Talk, at_start: bool) -> Iterator[Quote]:
    for size in range(5, 12):
        first, last = (1, size) if at_start else (talk.count - size + 1, talk.count)
        if not talk.is_article and talk.is_whole(first, last):
            yield Quote(talk, first, last)


def _quotations(talk: Talk) -> Iterator[Quote]:
    for p in talk.passages:
        first, last = p.first + 2, p.last - 2
        if talk.is_article and p.speaker not in talk.narrators and first + 3 < last < first + 20:
            yield Quote(talk, first, last)


def _narrative(talk: Talk) -> Iterator[Quote]:
    """The writer's words in a sentence that goes on with a quotation."""
    for p, q in pairwise(talk.passages):
        runs_on = p.text[-1].isalpha() and q.speaker not in talk.narrators
        if talk.is_article and p.speaker in talk.narrators and runs_on and talk.is_plain(p.first, p.last):
            yield Quote(talk, max(p.first, p.last - 5), p.last)


PICKS: dict[str, Callable[[Talk], Iterator[Quote]]] = {
    "inside a paragraph": _inside,
    "one word": _one_word,
    "with a dash at its end": _dashes,
    "across paragraphs": lambda talk: _borders(talk, same_turn=True),
    "across speakers": lambda talk: _borders(talk, same_turn=False),
    "with a word put right": lambda talk: _edits(talk, _puts_words_right, around=3),
    "just a word put right": lambda talk: _edits(talk, _puts_words_right, around=0),
    "with a filler taken out": lambda talk: _edits(talk, _takes_words_out, around=3),
    "first words": lambda talk: _ends(talk, at_start=True),
    "last words": lambda talk: _ends(talk, at_start=False),
    "inside a quotation": _quotations,
    "narrative beside a quotation": _narrative,
}


def _middle(kind: str, quotes: Sequence[list[Quote]]) -> Quote:
    """One from the middle of the shortest talk that has any: it loads fastest."""
    found = next(filter(None, sorted(quotes, key=lambda some: some[0].talk.count if some else 0)), None)
    if found is None:
        pytest.skip(f"no interview has such a passage any more: {kind}")
    return found[len(found) // 2]


def pick(kind: str, talks: Sequence[Talk]) -> Quote:
    """A quote of some kind."""
    return _middle(kind, [list(PICKS[kind](talk)) for talk in talks])


def removed_words(talks: Sequence[Talk]) -> Quote:
    """Words of which the clean reading shows nothing."""
    return _middle("words taken out", [list(_edits(talk, _takes_words_out, around=0)) for talk in talks])


# ── the built site ───────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Site:
    """A built site: where it is read, and where it lies on disk."""

    address: str
    folder: Path

    @cached_property
    def talks(self) -> list[Talk]:
        found = (self.folder / "interviews").glob("*.json")
        files = sorted(file for file in found if not file.name.endswith(".cite.json"))
        return [Talk(json.loads(file.read_text("utf-8"))) for file in files]

    @cached_property
    def search_entries(self) -> list[dict[str, str]]:
        index = json.loads((self.folder / "search" / "search_index.json").read_text("utf-8"))
        return list(index["docs"])

    def pages(self, pattern: str = "**/*.html") -> list[Path]:
        return sorted(self.folder.glob(pattern))

    def address_of(self, page: Path) -> str:
        return self.address + page.relative_to(self.folder).as_posix().removesuffix("index.html")


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a path prefix, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(PREFIX)
        return super().translate_path("/" + path.removeprefix(PREFIX) if inside else "/not/here")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not lost.exists():
            super().send_error(code, message, explain)
            return
        page = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def published(root: Path, folder: Path) -> Iterator[Site]:
    """Build the archive in `root` into `folder` and serve it."""
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        site = Site(f"http://127.0.0.1:{server.server_port}{PREFIX}", folder)
        _build(root, site)
        yield site
        server.shutdown()
        thread.join()


def _build(root: Path, site: Site) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site.folder)]
    environment = {**os.environ, "SITE_URL": site.address, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}{done.stderr}", pytrace=False)


# ── a reader ─────────────────────────────────────────────────────────────────


class Windows:
    """Browser windows, one per site and screen, each clean again for the next test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[tuple[str, str, bool], tuple[Page, list[str]]] = {}

    @contextmanager
    def reading(self, site: Site, screen: str, scripts: bool = True) -> Iterator[Page]:
        """A blank page. Fails at the end if anything went elsewhere or went wrong."""
        key = (site.address, screen, scripts)
        if key not in self._open:
            self._open[key] = self._new(site, screen, scripts)
        page, wrong = self._open[key]
        yield page
        if page.url.startswith(site.address):
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        found = "\n".join(wrong)
        wrong.clear()
        assert not found, found

    def _new(self, site: Site, screen: str, scripts: bool) -> tuple[Page, list[str]]:
        context = self._browser.new_context(**SCREENS[screen], java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        wrong: list[str] = []

        def refuse(dialog: Dialog) -> None:
            wrong.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        context.on("request", lambda request: wrong.extend(_elsewhere(request.url, site)))
        context.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(f"page error: {error.error}"))
        context.on("dialog", refuse)
        return context.new_page(), wrong


def _elsewhere(url: str, site: Site) -> Iterator[str]:
    if urlsplit(url).scheme not in ("data", "blob", "about") and not url.startswith(site.address):
        yield f"a request left the site: {url}"


_STILL = """async () => {
    await document.fonts.ready;
    let still = 0, at = scrollY;
    for (const end = performance.now() + 4000; still < 4 && performance.now() < end;) {
        await new Promise((done) => setTimeout(done, 40));
        const moves = document.getAnimations().some((animation) => animation instanceof CSSTransition);
        still = scrollY === at && !moves ? still + 1 : 0;
        at = scrollY;
    }
}"""

_MARKED = """() => [...document.querySelectorAll(".passage")].map((passage) =>
    [...passage.querySelectorAll("mark.words")]
        .filter((mark) => mark.getClientRects().length).map((mark) => mark.textContent).join("")
).join(" ")"""

# The words a reader sees of each passage, apart from the speaker's name and the permalink.
_SHOWN = """() => [...document.querySelectorAll("p.passage")].map((passage) => {
    let text = "";
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent.closest(".speaker, .permalink") && parent.checkVisibility()) text += node.data;
    }
    return [passage.id, text];
})"""

# Which lines of the marked words a reader does not see: out of view, or under something else. A quote
# may be longer than the screen; what counts is what stands within a third of it from its first line.
_UNSEEN = """() => {
    const marks = [...document.querySelectorAll("mark.words")];
    const lines = marks.flatMap((mark) => [...mark.getClientRects()]).filter((line) => line.width > 1);
    const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
    const seen = (line) => {
        const x = line.x + line.width / 2, y = line.y + line.height / 2;
        return line.top >= header && line.bottom <= innerHeight && line.left >= 0 && line.right <= innerWidth
            && document.elementFromPoint(x, y)?.closest("mark.words") != null;
    };
    if (!lines.length) return ["nothing is marked"];
    const near = lines.filter((line) => line.top - lines[0].top < innerHeight / 3);
    return near.filter((line) => !seen(line)).map((line) => JSON.stringify(line));
}"""


def settle(page: Page) -> None:
    """Wait until fonts are there and nothing scrolls or slides any more."""
    page.evaluate(_STILL)


def arrive(page: Page, address: str) -> None:
    """Open an address anew, as from a link elsewhere."""
    if page.url != "about:blank":
        page.goto("about:blank")
    page.goto(address)


def go_to_hash(page: Page, hash: str) -> None:
    """Go to an address on the same page."""
    page.evaluate("hash => { location.hash = hash }", hash)


def marked_text(page: Page) -> str:
    """The marked words that a reader sees."""
    return squeezed(page.evaluate(_MARKED))


def shown_passages(page: Page) -> list[tuple[str, str]]:
    """Id and words of each passage, as a reader sees them."""
    return [(name, squeezed(text)) for name, text in page.evaluate(_SHOWN)]


def assert_marked(page: Page, expected: str) -> None:
    """These words are marked, all of them and no others, and are in view."""
    expect(page.locator("mark.words").first).to_be_attached()
    settle(page)
    assert marked_text(page) == expected
    assert not page.evaluate(_UNSEEN), "marked words are out of view, or something lies over them"


def assert_nothing_marked(page: Page) -> None:
    settle(page)
    expect(page.locator("mark.words")).to_have_count(0)


def note(page: Page) -> str:
    """What the note says about the marked words."""
    status = page.locator(".arrival [role=status]")
    expect(status).not_to_be_empty()
    return squeezed(status.inner_text())
