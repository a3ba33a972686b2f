"""What is cited, as an item of CSL-JSON.

Format: https://github.com/citation-style-language/schema, version 1.0.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from build_tools.model import NARRATOR, Interview, Person
from build_tools.words import listed

# One item of CSL-JSON; its keys are the variables of the Citation Style Language.
Item = dict[str, Any]

# A piece of a citation. Text stands as it is; a list is what only a reader's browser can fill or show:
# ["i", text] in italics, ["url"], ["day", how it is written], ["id"] of the words,
# ["doubt", before, after] about who speaks, where there is any.
Piece = str | list[str]

# Controls, private marks, ends of lines: no letter of a name or a title.
_UNWRITTEN = ("Cc", "Co", "Cs", "Cn", "Zl", "Zp")
_HOST = "host"

# Scripts that set no space inside a name, or write it family name first.
_UNSPLIT = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_PARTICLE = re.compile(
    r"(?:da|de|del|della|der|des|di|do|dos|du|la|le|ten|ter|van|vande|vanden|vander|von|zu|zum|zur|af|av|el|al|bin|ibn)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Junior|Senior|II|III|IV)\.?")
_NOT_A_PERSON = re.compile(
    r"\b(?:the|of|and|inc|ltd|llc|gmbh|news|magazine|university)\b|[&@/|<>{}()\[\]\d]", re.IGNORECASE
)


def name_of(person: Person) -> dict[str, str]:
    """A name in its parts, where they are beyond doubt; else as one `literal`.

    >>> def name(text): return name_of(Person("x", text))
    >>> name("Jane Q. Doe"), name("TechCrunch"), name("The Doe Institute")
    ({'family': 'Doe', 'given': 'Jane Q.'}, {'literal': 'TechCrunch'}, {'literal': 'The Doe Institute'})
    >>> name("Ludwig van Beethoven"), name("John Roe, Jr.")
    ({'family': 'van Beethoven', 'given': 'Ludwig'}, {'family': 'Roe', 'given': 'John', 'suffix': 'Jr.'})
    >>> name("東京 太郎"), name("Ursula von der Leyen")
    ({'literal': '東京 太郎'}, {'family': 'von der Leyen', 'given': 'Ursula'})
    """
    name = _line(person.name)
    parts = name.replace(",", " ").split()
    suffix = parts.pop() if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]) else ""
    if len(parts) < 2 or _is_whole(name, suffix):
        return {"literal": name}
    start = len(parts) - 1
    while start > 1 and parts[start - 1].islower() and _PARTICLE.fullmatch(parts[start - 1]):
        start -= 1
    split = {"family": " ".join(parts[start:]), "given": " ".join(parts[:start])}
    return {**split, "suffix": suffix} if suffix else split


def _is_whole(name: str, suffix: str) -> bool:
    """Whether a name is no person's, or no rule of ours tells its parts apart."""
    has_comma = "," in name.removesuffix(suffix).rstrip(" ,")
    return has_comma or bool(_UNSPLIT.search(name) or _NOT_A_PERSON.search(name))


def whole(interview: Interview) -> Item:
    """An interview: by its guests, its hosts the interviewers; an article: by its narrator."""
    if interview.kind == "article":
        return _item(interview, [who.person for who in interview.people if who.role == NARRATOR])
    hosts = [who.person for who in interview.people if who.role == _HOST]
    guests = _guests(interview)
    return _item(interview, guests or hosts, hosts if guests else [])


def _guests(interview: Interview) -> list[Person]:
    """The guests; where nobody is called one, whoever else takes part."""
    others = [who for who in interview.people if who.role not in (_HOST, NARRATOR)]
    guests = [who for who in others if who.role == "guest"]
    return [who.person for who in guests or others]


def words_of(interview: Interview, speakers: Sequence[Person]) -> Item:
    """Words of an interview, by those who say them; none are named where nobody knows.

    Whoever speaks as a host beside somebody else is the interviewer, as in the whole.
    An article stays its narrator's whoever speaks in it; the item says whom it quotes.
    """
    role_of = {who.person.id: who.role for who in interview.everyone}
    if interview.kind == "article":
        quoted = [person for person in speakers if role_of.get(person.id) != NARRATOR]
        return _quoting(whole(interview), quoted, in_part=len(quoted) < len(speakers))
    hosts = [who.person for who in interview.everyone if who.role == _HOST]
    others = [person for person in speakers if role_of.get(person.id) != _HOST]
    if others or not speakers:
        return _item(interview, others, hosts)
    return _asking(_item(interview, speakers), _guests(interview))


def _asking(talk: Item, guests: Sequence[Person]) -> Item:
    """A host's words, and whom the host talks with."""
    names = listed(_line(person.name) for person in guests)
    return {**talk, "genre": f"Interview with {names}"} if names else talk


def _quoting(article: Item, quoted: Sequence[Person], in_part: bool) -> Item:
    """Words of an article, and whose they are where the article quotes them."""
    if not quoted:
        return article
    whose = f"{'In part words' if in_part else 'Words'} of {listed(_line(person.name) for person in quoted)}"
    return {**article, "note": f"{whose}, quoted there."}


def _item(interview: Interview, authors: Sequence[Person], interviewers: Sequence[Person] = ()) -> Item:
    """The item, without what is not known; `id` is made anew where its words are known."""
    date = interview.date
    article = interview.kind == "article"
    item: Item = {
        "id": interview.slug,
        "type": "article-newspaper" if article else "interview",
        "title": _line(interview.title) or interview.slug,
        "author": [_author(person, interview) for person in authors],
        "interviewer": [name_of(person) for person in interviewers],
        "container-title": _line(interview.outlet),
        "issued": {"date-parts": [[date.year, date.month, date.day]]} if date else None,
    }
    return {key: value for key, value in item.items() if value}


def _author(person: Person, interview: Interview) -> dict[str, str]:
    """Who wrote or spoke; an outlet that does is no person, whatever its name looks like."""
    name = _line(person.name)
    return {"literal": name} if name == _line(interview.outlet) else name_of(person)


def _line(text: str) -> str:
    """Text on one line: nothing in it can open a field of its own."""
    return " ".join("".join(" " if unicodedata.category(c) in _UNWRITTEN else c for c in text).split())
