"""Citations for programs: BibTeX and RIS. CSL-JSON is the item itself.

BibTeX is for biblatex and biber, in UTF-8: https://ctan.org/pkg/biblatex, `@online`;
`year` is for older programs. RIS is as its specification of 2011 has it, type ELEC,
a web page: programs that read RIS take its own INTV and PCOMM for letters or for
nothing, and lose the outlet. Both say in words who asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from build_tools.cite.items import Item, Piece
from build_tools.words import listed

# What TeX would not print as it stands. Braces are counted by BibTeX even behind a
# backslash, so they are written by name.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&$#_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_TEX)) + "]")


def tex(text: str) -> str:
    r"""Text as TeX prints it, its braces balanced.

    >>> print(tex("100% of {R&D}_1"))
    100\% of \textbraceleft{}R\&D\textbraceright{}\_1
    """
    return _SPECIAL.sub(lambda match: _TEX[match[0]], text)


def bibtex(item: Item) -> list[Piece]:
    """An entry of a BibTeX file, in pieces."""
    head = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item))
    return [
        "@online{",
        ["id"],
        f",\n{head}  url = {{",
        ["url"],
        "},\n  urldate = {",
        ["day", "iso"],
        "},\n",
        *_note(item, "  note = {", "},\n", tex),
        "}\n",
    ]


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    if authors := item.get("author"):
        yield "author", " and ".join(map(_tex_name, authors))
    yield "title", f"{{{tex(item['title'])}}}"  # twice in braces: its capitals stay
    if asked := interviewed_by(item):
        yield "titleaddon", tex(asked)
    if outlet := item.get("container-title"):
        yield "organization", f"{{{tex(outlet)}}}"
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        yield "date", f"{year:04}-{month:02}-{day:02}"
        yield "year", f"{year:04}"


def _tex_name(name: dict[str, str]) -> str:
    """A name as BibTeX takes it apart: `Family, Suffix, Given`, or all of it in braces."""
    if "literal" in name:
        return f"{{{tex(name['literal'])}}}"
    parts = (name["family"], name.get("suffix", ""), name["given"])
    return ", ".join(_tex_part(part) for part in parts if part)


def _tex_part(part: str) -> str:
    """Part of a name; in braces where a word of it means something to BibTeX."""
    joins = "and" in part.lower().split() or "," in part
    return f"{{{tex(part)}}}" if joins else tex(part)


def interviewed_by(item: Item) -> str:
    """Who asked, in words; or whom, of words of a host.

    >>> interviewed_by({"type": "interview", "interviewer": [{"family": "Roe", "given": "John"}]})
    'Interview by John Roe'
    >>> interviewed_by({"type": "interview", "genre": "Interview with Jane Doe"})
    'Interview with Jane Doe'
    """
    if item["type"] != "interview":
        return ""
    if "genre" in item:
        return str(item["genre"])
    names = [_spoken(name) for name in item.get("interviewer", ())]
    return f"Interview by {listed(names)}" if names else "Interview"


def _spoken(name: dict[str, str]) -> str:
    return " ".join(filter(None, (name.get(part) for part in ("given", "family", "suffix", "literal"))))


def ris(item: Item) -> list[Piece]:
    """A record of RIS, in pieces; lines end as the specification asks, with CR and LF."""
    head = "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(item))
    return [
        head,
        "UR  - ",
        ["url"],
        "\r\nY2  - ",
        ["day", "slashes"],
        "\r\n",
        *_note(item, "N1  - ", "\r\n"),
        "ID  - ",
        ["id"],
        "\r\nER  - \r\n",
    ]


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    for tag, role in (("AU", "author"), ("A2", "interviewer")):
        for name in item.get(role, ()):
            yield tag, sorted_name(name)
    yield "TI", item["title"]
    if outlet := item.get("container-title"):
        yield "T2", outlet
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        yield "PY", f"{year:04}"
        yield "DA", f"{year:04}/{month:02}/{day:02}"
    if asked := interviewed_by(item):
        yield "M3", asked


def sorted_name(name: dict[str, str]) -> str:
    """`Family, Given, Suffix`, or a name that is one.

    >>> sorted_name({"family": "Roe", "given": "John", "suffix": "Jr."}), sorted_name({"literal": "TechCrunch"})
    ('Roe, John, Jr.', 'TechCrunch')
    """
    parts = (name.get(part, "") for part in ("literal", "family", "given", "suffix"))
    return ", ".join(filter(None, parts))


def _note(item: Item, before: str, after: str, write: Callable[[str], str] = str) -> list[Piece]:
    """What else is to be said of an item, and any doubt about who speaks, in one note."""
    if "note" in item:
        return [before + write(item["note"]), ["doubt", " ", ""], after]
    return [["doubt", before, after]]
