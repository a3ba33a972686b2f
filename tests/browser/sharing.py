"""What tests of sharing have in common: selections made as a reader makes them, and what they take."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page, expect

from build_tools.words import is_word, split_words

from .archive import Site, Talk

# Text a reader sees, passage by passage, by its text nodes; and a range between two places in it.
HELPERS = """
    const nodesOf = (passage) => {
        const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT), nodes = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (!node.parentElement.closest(".speaker, .permalink") && node.parentElement.checkVisibility())
                nodes.push(node);
        return nodes;
    };
    const placeAt = (passage, at) => {
        for (const node of nodesOf(passage)) {
            if (at <= node.data.length) return [node, at];
            at -= node.data.length;
        }
    };
    const rangeOf = ([from, start, to, end]) => {
        const all = document.querySelectorAll("p.passage"), range = document.createRange();
        range.setStart(...placeAt(all[from], start));
        range.setEnd(...placeAt(all[to], end));
        return range;
    };
"""
_TEXTS = (
    f"() => {{{HELPERS}"
    """ return [...document.querySelectorAll("p.passage")].map((passage) =>
    [passage.id, nodesOf(passage).map((node) => node.data).join("")]);
}"""
)
_SELECT = (
    f"(place) => {{{HELPERS}"
    """
    const range = rangeOf(place);
    getSelection().setBaseAndExtent(
        range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}"""
)
_SCROLL = """([number, block]) => document.querySelectorAll("p.passage")[number].scrollIntoView({block})"""

# Passage and character where a selection begins, and where it ends.
Place = tuple[int, int, int, int]


class Token(NamedTuple):
    """What stands between white space in the text of a passage, and the raw words it stands for."""

    start: int
    text: str
    first: int
    last: int


class Shown(NamedTuple):
    """A passage as a reader sees it."""

    first: int
    text: str
    tokens: list[Token]


def texts_of(page: Page) -> list[tuple[str, str]]:
    """Id and text of each passage, with its white space."""
    return [(name, text) for name, text in page.evaluate(_TEXTS)]


def shown(page: Page, talk: Talk, verbatim: bool) -> list[Shown]:
    """The passages of a page, each token with the words that the data says it stands for."""
    texts = texts_of(page)
    firsts = [int(name.removeprefix("w")) for name, _ in texts]
    lasts = [first - 1 for first in firsts[1:]] + [talk.count]
    found = []
    for (_, text), first, last in zip(texts, firsts, lasts, strict=True):
        owned = _owners(talk, first, last, verbatim)
        matches = list(re.finditer(r"\S+", text))
        assert [match[0] for match in matches] == [token for token, _, _ in owned]
        tokens = [Token(m.start(), m[0], low, high) for m, (_, low, high) in zip(matches, owned, strict=True)]
        found.append(Shown(first, text, tokens))
    return found


def _owners(talk: Talk, first: int, last: int, verbatim: bool) -> list[tuple[str, int, int]]:
    """The tokens of words `first`…`last`, each with the raw words it stands for."""
    changed = {} if verbatim else {low: min(high, last) for low, high in talk.changed}
    found, number = [], first
    while number <= last:
        end = changed.get(number, number)
        raw, clean = talk.verbatim(number, end), talk.clean(number, end)
        added = clean[len(raw) :] if clean.startswith(f"{raw} ") else ""
        if verbatim or clean == raw or added:
            for word in range(number, end + 1):
                found += [(token, word, word) for token in talk.raw[word - 1].split()]
            found += [(token, end, end) for token in added.split()] if not verbatim else []
        else:
            found += [(token, number, end) for token in clean.split()]
        number = end + 1
    return found


def words_at(passages: list[Shown], place: Place) -> tuple[int, int] | None:
    """The raw words of which a selection takes a letter or a digit."""
    begin, start, until, end = place
    taken = []
    for number in range(begin, until + 1):
        low = start if number == begin else 0
        high = end if number == until else len(passages[number].text)
        for token in passages[number].tokens:
            part = token.text[max(0, low - token.start) : max(0, high - token.start)]
            if is_word(part):
                taken.append(token)
    return (min(t.first for t in taken), max(t.last for t in taken)) if taken else None


def place_of(passages: list[Shown], first: int, last: int) -> Place:
    """Where the tokens stand that are words `first`…`last`, each cut in its middle at the ends."""
    at = [
        (number, token)
        for number, passage in enumerate(passages)
        for token in passage.tokens
        if token.first <= last and token.last >= first and len(split_words(token.text)) == 1
    ]
    (begin, head), (until, tail) = at[0], at[-1]
    return begin, head.start + (len(head.text) > 2), until, tail.start + len(tail.text)


def select(page: Page, place: Place) -> None:
    """Select as by keyboard: no pointer, the selection is just there."""
    page.evaluate(_SCROLL, [place[0], "center"])
    page.evaluate(_SELECT, place)


def bar(page: Page) -> Locator:
    return page.get_by_role("toolbar")


def allow_clipboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def copied(page: Page, name: str) -> str:
    """What a button of the bar puts on the clipboard."""
    page.evaluate("navigator.clipboard.writeText('')")
    bar(page).get_by_role("button", name=name, exact=True).click()
    expect(bar(page).get_by_role("button", name=name, exact=True)).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def module(page: Page, site: Site, name: str, call: str, argument: Any = None) -> Any:
    """What a module of the page, as `m`, answers; `a` is the argument."""
    path = f"{site.address}assets/scripts/{name}.js"
    return page.evaluate(f"async ([path, a]) => {{ const m = await import(path); {call} }}", [path, argument])
