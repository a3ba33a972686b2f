"""Who speaks, as labels in the raw file say, each matched to somebody.

A label may be a name, part of one (`Jane`, `Doe`, `J. Doe`, `JD`), a part that
is played (`Host`, `Q`) or a bare voice (`Speaker 1`, `>>`). It is given to one
of the interview's people where it can mean nobody else. A full name that
nobody has is somebody new; any other label stays a turn of its own, unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from build_tools.model import Attribution, Header, Participant, Person, SpeakerLabel, Transcript, newcomer
from build_tools.words import misspelt, name_parts

_ROLES = {
    **dict.fromkeys("host hosts co-host interviewer moderator presenter anchor q question".split(), "host"),
    **dict.fromkeys("guest guests interviewee a answer".split(), "guest"),
}
_NUMBERED = re.compile(r"(?i)(host|guest|interviewer|interviewee)[ _#-]{0,2}(?:\d+|[a-z])")
_UNNAMED = re.compile(
    r"(?i)(?:unknown )?(?:speaker|spk|participant|person|voice|caller|panelist|unknown|narrator|announcer|"
    r"audience|reporter|journalist|questioner|voiceover)(?: member)?[ _#-]{0,2}(?:\d+|[a-z])?|(?:s|p|r|sp)\d+"
)
_TITLE = re.compile(r"(?i)^(?:dr|prof|professor|mr|mrs|ms|sir|senator|president)\.? +(?=\S)")
_NOTE = re.compile(r" \((?P<note>[^()]+)\)$")

# Nobody else may be nearly as alike; and likeness alone makes nothing sure.
_APART, _NEVER_SURE = 0.08, 0.99
# A part of a name alone is misspelt only where it is long enough to tell.
_LONG_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class _Heard:
    """A label understood: the name in it, "" for none, and the part that is played.

    `numbered` where it is one of several who play that part.
    """

    name: str
    role: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """Who a name means, and how alike the two are: 1 where it is that name."""

    who: Participant
    likeness: float


def labelled(transcript: Transcript, people: Sequence[Participant]) -> tuple[Attribution, ...]:
    """Every word of a transcript that has labels, given to somebody or to nobody.

    `people` are those who take part, with those of `named_in_labels`. A name
    that is only alike makes a turn uncertain.
    """
    given: list[Attribution] = []
    for label, first, last in _stretches(transcript):
        said = replace(_given(label, people, transcript.header), first_word=first, last_word=last)
        if (
            given
            and said.speaker
            and (given[-1].speaker, given[-1].uncertain) == (said.speaker, said.uncertain)
        ):
            said = replace(said, first_word=given.pop().first_word)
        given.append(said)
    return tuple(replace(said, openings=_within(transcript.openings, said)) for said in given)


def _within(openings: Iterable[int], said: Attribution) -> frozenset[int]:
    return frozenset(word for word in openings if said.first_word <= word <= said.last_word)


def named_in_labels(
    transcript: Transcript, people: Sequence[Participant], known: Iterable[Person] = ()
) -> tuple[Participant, ...]:
    """Those whom labels call by a full name and who are not yet among an interview's people.

    `known` are the people of the archive; who is not among them either is new.
    """
    archive = [Participant(person, "") for person in known]
    taken = {who.person.id for who in (*archive, *people)}
    found = list(people)
    for label in transcript.labels:
        heard = _understand(label.name)
        if not _is_full(heard.name) or _alike(heard.name, found):
            continue
        role = heard.role or _role_in(transcript.header, heard.name) or "other"
        alike = _alike(heard.name, archive, (_is_called, _is_short_for, _is_nearly))
        match = _clearest(alike)
        if match:
            found.append(Participant(match.who.person, role))
        elif not alike:
            person = newcomer(_spelled(heard.name, transcript.words))
            if person.id not in taken:  # else two names would share an address
                found.append(Participant(person, role))
                taken.add(person.id)
    return tuple(found[len(people) :])


def _stretches(transcript: Transcript) -> Iterator[tuple[SpeakerLabel | None, int, int]]:
    """Label, first and last word, in order; a label repeated goes on with the same stretch."""
    last = len(transcript.words)
    starts: list[tuple[SpeakerLabel | None, int]] = []
    if transcript.labels and transcript.labels[0].first_word > 1:
        starts.append((None, 1))
    for label in transcript.labels:
        before = starts[-1][0] if starts else None
        if before is None or before.name != label.name or not any(map(str.isalnum, label.name)):
            starts.append((label, label.first_word))
    ends = [first - 1 for _, first in starts[1:]] + [last]
    for (named, first), end in zip(starts, ends, strict=True):
        yield named, first, end


def _given(label: SpeakerLabel | None, people: Sequence[Participant], header: Header) -> Attribution:
    """Who a label names; its words are still to be told."""
    heard = _understand(label.name if label else "")
    match = _match(heard.name, people) if heard.name else _host_or_guest(heard, people, header)
    if not match:
        return Attribution(None, heard.role, 1, 1)
    role = match.who.role if match.who.role in ("host", "guest") else heard.role or match.who.role
    return Attribution(match.who.person, role, 1, 1, uncertain=match.likeness < 1, confidence=match.likeness)


# ── understanding labels ─────────────────────────────────────────────────────


@cache
def _understand(label: str) -> _Heard:
    """A label, taken apart.

    >>> [(heard.name, heard.role) for heard in map(_understand, ("Dr. Jane Doe (Host)", "JANE DOE, GUEST"))]
    [('Jane Doe', 'host'), ('JANE DOE', 'guest')]
    >>> [(heard.name, heard.role) for heard in map(_understand, ("Q", "Guest 2", "SPEAKER_00", ">>"))]
    [('', 'host'), ('', 'guest'), ('', ''), ('', '')]
    """
    note = _NOTE.search(label)
    plain, _, title = _NOTE.sub("", label).partition(",")
    told = [word.strip(".").casefold() for word in (note["note"] if note else title).split()]
    role = next((_ROLES[word] for word in told if word in _ROLES and len(word) > 1), "")
    name = _TITLE.sub("", plain.strip())
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return _Heard("", _ROLES[numbered[1].casefold()], numbered=True)
    if name.casefold() in _ROLES:
        return _Heard("", _ROLES[name.casefold()])
    if _UNNAMED.fullmatch(name) or not any(map(str.isalpha, name)):
        return _Heard("", role)
    return _Heard(name, role)


def _host_or_guest(heard: _Heard, people: Sequence[Participant], header: Header) -> _Match | None:
    """Who plays the part a label tells of, where the file itself names one for it, and only one."""
    named = {"host": header.hosts, "guest": header.guests}.get(heard.role, ())
    if len(named) != 1 or heard.numbered:
        return None
    return _clearest(_alike(named[0], [who for who in people if who.role == heard.role], (_is_called,)))


def _role_in(header: Header, name: str) -> str:
    host = any(_is_called(name, one) for one in header.hosts)
    guest = any(_is_called(name, one) for one in header.guests)
    return "host" if host and not guest else "guest" if guest and not host else ""


def _is_full(name: str) -> bool:
    """Whether a label gives enough of a name to know somebody by it."""
    parts = [part for part in name.split() if len(part.strip(".")) > 1]
    return len(parts) > 1 or (bool(parts) and name.upper() == name.lower() and len(name) > 1)


def _spelled(name: str, words: Sequence[str]) -> str:
    """A name in capitals as it is written elsewhere, or as names mostly are.

    >>> _spelled("JANE MCDOE-ROE", ()), _spelled("JANE MCDOE", ["Jane", "McDoe,"])
    ('Jane Mcdoe-Roe', 'Jane McDoe')
    """
    if not name.isupper():
        return name
    written = {word.strip(".,;:!?").upper(): word.strip(".,;:!?") for word in words if word[:1].isupper()}
    return " ".join(written.get(part, part.title().replace("’S", "’s")) for part in name.split())


# ── matching names ───────────────────────────────────────────────────────────

# How alike a name and one of a person's names are: 1 where one means the other, 0 where not.
_Likeness = Callable[[str, str], float]


def _match(name: str, people: Sequence[Participant]) -> _Match | None:
    """The one person a name means. What fits two people means neither."""
    return _clearest(_alike(name, people))


def _clearest(alike: Sequence[_Match]) -> _Match | None:
    clear = len(alike) == 1 or (len(alike) > 1 and alike[0].likeness - alike[1].likeness >= _APART)
    return alike[0] if clear else None


def _alike(
    name: str, people: Sequence[Participant], rungs: Iterable[_Likeness] | None = None
) -> list[_Match]:
    """Everybody a name may mean, the likeliest first.

    The surest way to tell is tried first: the name itself, a short form or a
    part of it, a misspelling.
    """
    for likeness in rungs or (_is_called, _is_some_of, _is_nearly):
        found = {
            who.person.id: _Match(
                who, max(likeness(name, own) for own in (who.person.name, *who.person.aliases))
            )
            for who in people
        }
        alike = sorted(
            (match for match in found.values() if match.likeness), key=lambda match: -match.likeness
        )
        if alike:
            return alike
    return []


def _is_called(name: str, own: str) -> float:
    """The same name, whatever its capitals, accents and full stops."""
    return float(name_parts(name) == name_parts(own))


def _is_some_of(name: str, own: str) -> float:
    """A short form or a part: JD may be Jane Doe, and DJ JD."""
    return max(_is_short_for(name, own), _is_part_of(name, own))


def _is_short_for(name: str, own: str) -> float:
    """Initials, a first name cut to its letter, a middle name left out.

    >>> [_is_short_for(name, "Jane Mary Doe") for name in ("JMD", "J. Doe", "J. D.", "Jane Doe", "Jane D.")]
    [1.0, 1.0, 1.0, 1.0, 1.0]
    >>> [_is_short_for(name, "Jane Doe") for name in ("JR", "John Doe", "Doe", "Jane")]
    [0.0, 0.0, 0.0, 0.0]
    >>> _is_short_for("Jane Ann Doe", "Jane Mary Doe"), _is_short_for("Jane A. Doe", "Jane Doe")
    (0.0, 1.0)
    """
    parts, own_parts = name_parts(name), name_parts(own)
    if len(own_parts) < 2 or not parts:
        return 0.0
    initials = "".join(part[0] for part in own_parts)
    ends = own_parts[0][0] + own_parts[-1][0]
    if "".join(parts) in (initials, ends) and (name.isupper() or "." in name):
        return 1.0
    first, last = parts[0], parts[-1]
    fits = len(parts) > 1 and _may_be(own_parts[0], first) and _may_be(own_parts[-1], last)
    middle = all(map(_may_be, own_parts[1:-1], parts[1:-1]))
    return float(fits and middle and (len(first) > 1 or len(last) > 1))


def _may_be(own: str, part: str) -> bool:
    """Whether two parts of names are one, or one is the other's first letter."""
    return own == part or (own[0] == part[0] and 1 in (len(own), len(part)))


def _is_part_of(name: str, own: str) -> float:
    """A first name or a surname alone."""
    parts, own_parts = name_parts(name), name_parts(own)
    whole = len(own_parts) > 1 and parts != own_parts
    return float(whole and bool(parts) and parts in (own_parts[:1], own_parts[-1:], own_parts[1:]))


def _is_nearly(name: str, own: str) -> float:
    """A misspelling of all of a name, or of a first name or surname alone."""
    parts, own_parts = name_parts(name), name_parts(own)
    if len(parts) == 1 < len(own_parts) and len(parts[0]) >= _LONG_ENOUGH:
        return min(max(misspelt(parts, (part,)) for part in (own_parts[0], own_parts[-1])), _NEVER_SURE)
    return min(misspelt(parts, own_parts), _NEVER_SURE) if len(parts) > 1 else 0.0
