"""Quote links in other people's text, held against the archive.

A link is known by its path, `interviews/<slug>/#w120-148` or, of a quote's own
page or picture, `quotes/<slug>/w120-148/`, whatever host it names. Where the words quoted beside it are nearly those of the page and no
longer just those, the wording has changed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from build_tools.addresses import Addresses, resolve
from build_tools.model import Interview
from build_tools.words import join, same_word_form, split_words

Status = Literal["fine", "moved", "changed", "gone"]
STATUSES: tuple[Status, ...] = ("fine", "moved", "changed", "gone")

_LINK = re.compile(
    r"interviews/(?P<slug>[a-z0-9-]+)(?:\.md|\.html|/index\.html|/)?"
    r"(?P<hash>#(?P<kind>[wc])(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?)(?![\w-])"
)
_PAGE = re.compile(
    r"quotes/(?P<slug>[a-z0-9-]+)/(?P<kind>w)(?P<first>\d{1,9})-(?P<last>\d{1,9})"
    r"(?:\.md|\.png|\.html|/index\.html|/)?(?![\w-])"
)
_BLOCK = re.compile(r"\n[>\s]*\n|<(?=/?(?:p|blockquote|li|div|figure|figcaption|section|td|h[1-6])\b)")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\([^()\s]*\)")
_HTML_LINK = re.compile(r"<a\b[^>]*>(?P<text>.+?)</a>", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«„](?P<text>[^“”\"«»„]+)[”\"»“]")
_ELISION = re.compile(r"\[?(?:…|\.\.\.)\]?")
_SOURCE = re.compile(r"(?m)^\s*(?:—|–|--)\s.*$")  # who said it, under a quotation
# What is so alike the page's words, of a hundred, is meant to quote them; so few words quote nothing.
_ALIKE, _FEWEST = 60, 3
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """What a link leads to: `message` is for a person, "" where all is fine."""

    line: int
    status: Status
    message: str = ""


def check_links(text: str, interviews: Mapping[str, Interview]) -> Iterator[Finding]:
    """Every quote link of a text, in order."""
    links = [*_LINK.finditer(text), *_PAGE.finditer(text)]
    for match in sorted(links, key=lambda link: link.start()):
        line = text.count("\n", 0, match.start()) + 1
        interview = interviews.get(match["slug"])
        address = match[0]
        if interview is None:
            yield Finding(line, "gone", f"{address}: there is no interview {match['slug']}")
            continue
        found = _found(interview, int(match["first"]), int(match["last"] or 0))
        if not found.first:
            yield Finding(line, "gone", f"{address}: {found.message}")
            continue
        beside = _beside(text, match.start()) if match["last"] else []
        yield Finding(line, *_judged(interview, found, beside, address))


@dataclass(frozen=True, slots=True)
class _Found:
    """Words `first`…`last` as they are numbered now, `first` 0 where there are none."""

    first: int
    last: int
    message: str = ""
    moved: bool = False


def _found(interview: Interview, first: int, end: int) -> _Found:
    """Where words `first`…`end` are, or the passage of word `first` where `end` is 0."""
    last = end or first
    if interview.first_word <= first <= last <= interview.last_word:
        return _Found(first, last)
    landing = resolve(Addresses(interview.first_word, interview.former), first, last)
    if landing is None:
        return _Found(0, 0, f"no such words; expected w{interview.first_word} to w{interview.last_word}")
    if landing.is_gone and end:
        near = f"the nearest passage is at #w{landing.nearest}"
        return _Found(0, 0, f"these words are no longer in the transcript; {near}")
    where = f"#w{landing.first_word}-{landing.last_word}" if end else f"#w{landing.nearest}"
    differ = (landing.asked - landing.kept) * bool(end)
    message = f"is now {where}" + (f", {differ} of {landing.asked} words differ" if differ else "")
    return _Found(landing.nearest, landing.last_word or landing.nearest, message, moved=True)


def _judged(interview: Interview, found: _Found, beside: Sequence[str], address: str) -> tuple[Status, str]:
    """Whether the page still says what stands beside the link."""
    clean, verbatim = _said(interview, found.first, found.last)
    told = f"{address} {found.message}" if found.moved else address
    quoted = [text for text in beside if _is_alike(text, clean)]
    if quoted and not any(_agree(text, said) for text in quoted for said in (clean, verbatim)):
        return "changed", f"{told}: “{_short(quoted[0])}” reads “{_short(clean)}” on the page"
    return ("moved", told) if found.moved else ("fine", "")


def _said(interview: Interview, first: int, last: int) -> tuple[str, str]:
    """Words of an interview as the page shows them clean, and verbatim."""
    clean: list[str] = []
    raw: list[str] = []
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            low = max(first - paragraph.first_word, 0)
            high = last - paragraph.first_word + 1
            if low < len(paragraph.raw) and high > 0:
                clean += paragraph.clean[low:high]
                raw += paragraph.raw[low:high]
    return join(clean), join(raw)


def _is_alike(quoted: str, said: str) -> bool:
    """Whether a text is meant to quote what is said."""
    enough = len(split_words(quoted)) >= _FEWEST
    return enough and fuzz.partial_ratio(quoted.casefold(), said.casefold()) >= _ALIKE


def _agree(quoted: str, said: str) -> bool:
    """Whether one has the words of the other: a quotation may be cut, or stand among other words."""
    return _holds(said, quoted) or _holds(quoted, said)


def _holds(said: str, quoted: str) -> bool:
    """Whether a text has the words of a quotation, in order, each part between elisions in one piece."""
    forms = f" {' '.join(map(same_word_form, split_words(said)))} "
    at = 0
    for part in _ELISION.split(quoted):
        words = f" {' '.join(map(same_word_form, split_words(part)))} "
        at = forms.find(words, at) if words.strip() else at
        if at < 0:
            return False
    return True


def _beside(text: str, at: int) -> list[str]:
    """What may be quoted at a link: in its block and the two beside it."""
    cuts = [0, *(match.start() for match in _BLOCK.finditer(text)), len(text)]
    number = max(index for index, cut in enumerate(cuts[:-1]) if cut <= at)
    blocks = [
        text[cuts[index] : cuts[index + 1]]
        for index in range(max(0, number - 1), min(len(cuts) - 1, number + 2))
    ]
    found = [block for block in blocks if block.lstrip().startswith((">", "<blockquote"))]
    if "<blockquote" in "".join(blocks):
        found += blocks
    for block in blocks:
        for pattern in (_MARKDOWN_LINK, _HTML_LINK, _QUOTED):
            found += [match["text"] for match in pattern.finditer(block)]
    return [_plain(one) for one in found]


def _plain(markup: str) -> str:
    """The words of a piece of Markdown or HTML."""
    text = html.unescape(_TAG.sub(" ", _MARKDOWN_LINK.sub(r"\g<text>", markup)))
    text = re.sub(r"(?m)^\s*>\s?", "", text)
    text = _SOURCE.sub("", text)
    return " ".join(re.sub(r"\*{1,2}[^*\n]{1,80}:\*{1,2}|[*_`]", " ", text).strip(' “”"«»').split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
