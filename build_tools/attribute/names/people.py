"""Who takes part: the header and the words, weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from build_tools.attribute.names.by_turns import leanings
from build_tools.attribute.names.cues import OPENING, say
from build_tools.attribute.names.gather import AWAY, Candidate, gather, same_name
from build_tools.attribute.names.header import Told, told_in
from build_tools.attribute.names.mark import mark
from build_tools.attribute.names.weigh import Chances, weigh
from build_tools.model import Attribution, Header

Role = Literal["host", "guest", "other"]

# From here on a name may stand in the front matter; below, it is no more than likely. Chosen on dev and
# on train, where a given name alone was taken for a guest's and was the host's.
_SURE = {"guest": 0.5, "host": 0.65}
_SURE_OF_GIVEN_NAME = {"guest": 0.8}
# Below it the part somebody plays is not clear. Chosen on dev; on train one named word in a hundred.
_CLEAR = 0.75
# Below it a name is not worth a mention.
_LEAST = 0.3
# A header that names a guest, or a host, is likely to name them all: how much of the chance is left to others.
_BESIDE_HEADER = 0.8
# Nobody is sure of whom all that is heard is the name, early on, and what is said of absent people too.
_ONLY_NAMED = 0.45
# No chance is taken to be nearer to 0.
_EDGE = 1e-9
# Somebody who is said to speak, but not as what, is a guest so often.
_SPEAKER_IS_GUEST = 0.45


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who takes part, and why that is thought.

    `word` is the first word of the name where it is said, 0 where the header
    has it; `confidence` is the chance that name and role are right, `clarity`
    that the role is, should they take part.
    """

    name: str
    role: Role
    confidence: float
    word: int
    evidence: str
    clarity: float = 1.0

    @property
    def is_sure(self) -> bool:
        """Whether the name may be published with its role."""
        enough = _SURE.get(self.role, 1.0)
        if " " not in self.name:
            enough = _SURE_OF_GIVEN_NAME.get(self.role, enough)
        return self.confidence >= enough


def find_people(words: Sequence[str], header: Header, turns: Iterable[Attribution] = ()) -> tuple[Named, ...]:
    """Who takes part, the surest first; somebody who is only spoken of does not.

    `turns` are a guess of whether a host or a guest says each word, as far as there is one.

    >>> talk = "I'm John Roe, your host, and my guest today is Jane Doe. Jane, welcome to the show."
    >>> sorted((one.name, one.role) for one in find_people(talk.split(), Header()))
    [('Jane Doe', 'guest'), ('John Roe', 'host')]
    """
    beside = told_in(header)
    known = [told.name for told in beside]
    marked = mark(words, known)
    candidates = gather(marked, say(marked), known)
    chances = dict(
        zip(
            (one.name for one in candidates),
            zip(candidates, weigh(candidates, leanings(turns)), strict=True),
            strict=True,
        )
    )
    found: list[Named] = []
    for told in beside:
        own = next((name for name in chances if same_name(name, told.name)), "")
        found.append(_both(told, chances.pop(own)[1] if own else Chances(0.0, 0.0)))
    told_roles = {one.role for one in found if one.is_sure}
    heard = [_heard(candidate, chance) for candidate, chance in chances.values()]
    found += [
        replace(one, confidence=_BESIDE_HEADER * one.confidence) if one.role in told_roles else one
        for one in heard
    ]
    likely = [one for one in found if one.confidence >= _LEAST]
    return tuple(sorted(likely, key=lambda one: (-one.confidence, one.word, one.name)))


def parts_are_clear(found: Sequence[Named]) -> bool:
    """Whether it is clear who is a host and who is a guest; what a header says of it is.

    Hosts who talk with each other sound like a host and a guest by turns, and
    nothing but names tells one from the other.
    """
    heard = [one for one in found if one.word]
    are_hosts = len(found) > 1 and {one.role for one in found} == {"host"}
    return not (heard and are_hosts) and all(one.clarity >= _CLEAR for one in heard if one.is_sure)


def _both(told: Told, chance: Chances) -> Named:
    """A name of the header, with what the words add to it."""
    if not told.role:
        host = chance.host > max(chance.guest, 0.5)
        sure = chance.host if host else max(chance.guest, _SPEAKER_IS_GUEST, told.confidence)
        return Named(told.name, "host" if host else "guest", sure, 0, told.evidence)
    role: Role = "host" if told.role == "host" else "guest"
    heard = chance.host if role == "host" else chance.guest
    return Named(told.name, role, 1 - (1 - told.confidence) * (1 - heard), 0, told.evidence)


def _heard(candidate: Candidate, chance: Chances) -> Named:
    role: Role = "host" if chance.host > chance.guest else "guest"
    evidence = ", ".join(sorted(candidate.said, key=lambda kind: (-candidate.times(kind), kind))[:3])
    only_named = candidate.said.keys() <= AWAY | {"named early"}
    sure = min(max(chance.host, chance.guest), _ONLY_NAMED if only_named else 1.0)
    clarity = max(chance.host, chance.guest) / max(chance.host + chance.guest, _EDGE)
    return Named(candidate.name, role, sure, candidate.word, evidence, clarity)


_OUTLET = re.compile(
    r"(?:welcome(?: back)?(?: everyone| everybody)?(?: ,)? to|listening to) "
    r"(?:(?:another|this|a new) episode of )?(?:the |our )?@(?P<name>\d+)(?P<podcast> podcast)?(?![\w*])"
)


def find_outlet(words: Sequence[str]) -> str:
    """The podcast that says its own name at the opening, "" where none does.

    >>> find_outlet("Hello and welcome to the Quiet Harbour podcast. I'm Jane.".split())
    'Quiet Harbour Podcast'
    >>> find_outlet("Welcome to Boston.".split())
    ''
    """
    marked = mark(words[:OPENING])
    for found in _OUTLET.finditer(marked.text):
        name = marked.runs[int(found["name"])].name
        if found["podcast"]:
            return f"{name} Podcast"
        if name.casefold().endswith(" podcast"):
            return name
    return ""
