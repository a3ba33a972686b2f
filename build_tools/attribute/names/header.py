"""Names in what stands beside a talk: a title, a description, lists of who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.attribute.names.cues import names_in
from build_tools.attribute.names.gather import is_firm, is_personal
from build_tools.attribute.names.given import is_given_name
from build_tools.attribute.names.mark import Marked, core, is_ordinary, mark
from build_tools.model import Header
from build_tools.words import split_words

# A title or a description says no more of interest than this, in characters.
_MOST = 2000
_LIKELY, _MAYBE = 0.97, 0.45
_AND = r"(?: ,| and| , and| as well as| plus)"
_NAMES = rf"@\d+(?![\d*])(?:(?: , [\w' @,-]{{1,60}}? and|{_AND}) @\d+(?![\d*])){{0,3}}"
_ASIDE = r"(?: , [\w' @-]{1,80}? ,)?"
_ROLE = r"(?: (?:the|our|my|a|an|special|guest|guests|host|hosts|friend|dr|prof|professor|ceo|cto|founder|author)){0,5}"
_SPEAKS = (
    r"(?:talk|talks|talked|talking|speak|speaks|spoke|speaking|chat|chats|chatted|chatting|sit down|sits down|"
    r"sat down|catch up|catches up|conversation|discussion|interview|fireside chat|q&a)"
)
_TITLE = (
    rf"(?:with|featuring|feat|ft|guest|meet|interviewing|interview){_ROLE} (?P<guest>{_NAMES})",
    rf"{_SPEAKS} (?:to|with|of){_ROLE} (?P<guest>{_NAMES})",
    rf"(?:^|[.,?] )(?P<guest>{_NAMES})(?= (?:on|about|talks|discusses|explains|joins|returns|shares|part|,)|$)",
)
_PROSE = (
    rf"(?P<host>{_NAMES}){_ASIDE} (?:is|are|was|were) (?:\w+ )?joined by{_ROLE} (?P<guest>{_NAMES})",
    rf"(?P<host>{_NAMES}){_ASIDE} {_SPEAKS}(?: \w+){{0,2}} (?:to|with){_ROLE} (?P<guest>{_NAMES})",
    rf"(?P<host>{_NAMES}){_ASIDE} (?:interviews|interviewed|welcomes|welcomed|hosts){_ROLE} (?P<guest>{_NAMES})",
    rf"(?:host|hosts|hosted by|interviewed by) (?P<host>{_NAMES})",
    rf"interview (?:of|with) (?:[\w'@-]+ ){{1,5}}by (?P<host>{_NAMES})",
    rf"(?:i|we) (?:\w+ ){{0,2}}(?:{_SPEAKS} (?:to|with)|interview|interviewed){_ROLE} (?P<surely>{_NAMES})",
    rf"(?:joined by|{_SPEAKS} (?:to|with)|guests?(?: ,| is| are)?|joining (?:me|us)(?: is| are)?){_ROLE} (?P<guest>{_NAMES})",
    rf"(?P<guest>{_NAMES}){_ASIDE} (?:discusses|joins|explains|shares|talks|returns) ",
)
_GROUPS = {"host": "host", "guest": "guest", "surely": "guest"}
_LIST = re.compile(
    r"\b(?P<label>Speaker|Guest|Host|Panelist|Presenter|Interviewer|Interviewee|Moderator|With)s?[ \t]*:[ \t]*"
    r"(?P<names>[^\n;:]{2,300}?)(?=[\n;]|$|[.,]?\s+\w{1,20}[ \t]*:)",
    re.IGNORECASE,
)
_LISTED = {
    "guest": "guest",
    "interviewee": "guest",
    "host": "host",
    "interviewer": "host",
    "moderator": "host",
}
_NICKNAME = re.compile(r"[\"“]\w{1,20}[\"”] ")
_SMALL = frozenset("a about and at for from in of on talks talking the to with".split())
_ASUNDER = re.compile(r"[(\[|/]|(?<=\s)[-–—](?=\s)")


@dataclass(frozen=True, slots=True)
class Told:
    """A name that stands beside a talk; `role` is "" where only that they speak is told."""

    name: str
    role: str
    confidence: float
    evidence: str


def told_in(header: Header) -> list[Told]:
    """Everybody whom a header names as taking part, the surest first.

    >>> [(told.name, told.role) for told in told_in(Header(title="#12: Jane Doe on compilers"))]
    [('Jane Doe', 'guest')]
    >>> told_in(Header(title="Why I read Jane Doe’s book"))
    []
    """
    found = [Told(name, "host", 1.0, "header") for name in header.hosts]
    found += [Told(name, "guest", 1.0, "header") for name in header.guests]
    found += _listed(header.description[:_MOST])
    found += _found(_TITLE, _marked(_without_capitals(header.title[:_MOST])), "title")
    found += _found(_PROSE, _marked(header.description[:_MOST]), "description")
    first: dict[str, Told] = {}
    for told in sorted(found, key=lambda one: (-one.confidence, not one.role)):
        first.setdefault(told.name.casefold(), told)
    return list(first.values())


def _marked(text: str) -> Marked:
    return mark(split_words(_ASUNDER.sub(" , ", _NICKNAME.sub("", text))))


def _without_capitals(title: str) -> str:
    """A title with its ordinary words in small letters, as in running text.

    >>> _without_capitals("Talking To John Long About Open Source")
    'talking to John Long about open source'
    """
    plain: list[str] = []
    named = False  # whether the word before is a given name: a surname may be any word
    for word in title.split():
        form = core(word).casefold()
        given = is_given_name(form)
        letter = len(form) == 1 and form != "a"
        small = form in _SMALL or (is_ordinary(form) and not (given or named or letter))
        plain.append(word.lower() if small else word)
        named = given and not small
    return " ".join(plain)


def _found(patterns: tuple[str, ...], marked: Marked, evidence: str) -> Iterator[Told]:
    for pattern in patterns:
        for found in re.finditer(rf"(?<![\w@])(?:{pattern})", marked.text):
            for group, names in found.groupdict().items():
                for place, run in enumerate(names_in(marked, names or "")):
                    sure = _sureness(run.name, spoken_with=group == "surely" and not place)
                    if sure:
                        yield Told(run.name, _GROUPS[group], sure, evidence)


def _sureness(name: str, spoken_with: bool) -> float:
    """How sure a name is one of a person: 0 where it is none."""
    first = name.split()[0].casefold()
    if " " not in name:
        return 0.0
    if spoken_with and not is_ordinary(first) and not is_firm(name):  # one speaks with people
        return _LIKELY
    if not is_personal(name):
        return 0.0
    return _LIKELY if is_given_name(first) else _MAYBE


def _listed(text: str) -> Iterator[Told]:
    for found in _LIST.finditer(text):
        role = _LISTED.get(found["label"].casefold(), "")
        names = [one.strip(" .()") for one in re.split(r",| and | & ", _NICKNAME.sub("", found["names"]))]
        for name in names:
            if name and len(name.split()) <= 4 and name[0].isalpha() and len(name) <= 60:
                yield Told(name, role, 1.0 if role else _LIKELY if len(names) == 1 else _MAYBE, "description")
