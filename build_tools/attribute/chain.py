"""Who may speak, and the scores of a chain over a whole talk: what the network says, names, own words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.decode import Scores, posteriors
from build_tools.attribute.names import Cue
from build_tools.attribute.names.cues import OPENING
from build_tools.attribute.network import Judgement
from build_tools.attribute.own_words import Said, levelled, own_words
from build_tools.model import Participant, Person

# More voices than this are not told apart.
MOST_VOICES = 6
# How much likelier one speaker is followed by somebody in the other role than by one in the same.
_OTHER_ROLE = 3.0
# What the network's score of a change counts beside its score of a role.
_CHANGE = 1.3
# In log-odds, by kind of cue: how much likelier a voice says the unit that names it.
_SAYS = {"self": 5.0, "address": -4.5, "mention": -3.0}
# The one addressed is likely to speak next, or, a little, to have spoken before.
_NEXT, _BEFORE = 2.0, 0.8
# How much more each voice is taken to have said, at each look at a document's own words: at first so
# much that a wrong guess is not learnt by heart.
_SMOOTHING = np.linspace(400, 150, 7)

_PLAYS = {"host": 1.0, "guest": -1.0}


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may speak, whether or not anybody knows who.

    `is_named` says whether their words may stand under their name.
    """

    person: Person | None
    role: str
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of units × voices, and of units × voices × voices: see `decode`."""

    emissions: Scores
    links: Scores


@dataclass(frozen=True, slots=True)
class Looks:
    """A talk before and after its own words were learnt from."""

    first: Chain
    last: Chain


def cast(people: Sequence[Participant], likely: Sequence[Participant] = ()) -> tuple[Voice, ...]:
    """Who may speak: those known, and where a talk would lack one, a host and a guest whom nobody names.

    Those who are only `likely` to take part have a voice too, and no name.
    Several hosts without a guest are taken to talk among themselves. Somebody
    listed twice speaks in the first of their roles. Where too many are listed,
    hosts and guests stay by turns.
    """
    listed: dict[str, Voice] = {}
    for those, is_named in ((people, True), (likely, False)):
        for who in those:
            listed.setdefault(who.person.id, Voice(who.person, who.role, is_named))
    known = list(listed.values())
    hosts = [voice for voice in known if voice.role == "host"]
    guests = [voice for voice in known if voice.role == "guest"]
    others = [voice for voice in known if voice.role not in _PLAYS]
    if not hosts:
        hosts = [Voice(None, "host")]
    if not guests and len(hosts) < 2:
        guests = [Voice(None, "guest")]
    by_turns = [voice for pair in zip_longest(hosts, guests) for voice in pair if voice]
    kept = {id(voice) for voice in (*by_turns, *others)[:MOST_VOICES]}
    return tuple(voice for voice in (*hosts, *guests, *others) if id(voice) in kept)


def with_presenter(
    voices: tuple[Voice, ...], cues: Iterable[Cue], units: Sequence[tuple[int, int]]
) -> tuple[Voice, ...]:
    """The same voices, and a host nobody names where a sentence at the opening tells of all who are known.

    “I sat down with Jane Doe and John Roe” is said by neither.
    """
    known = np.array([voice.person is not None and voice.is_named for voice in voices])
    told = np.zeros((len(units), len(voices)), bool)
    for cue in cues:
        if cue.kind == "mention" and cue.first_word <= OPENING:
            told[_unit_of(cue, units)] |= _called(cue, voices)
    is_presented = known.sum() > 1 and bool(told[:, known].all(1).any())
    is_full = len(voices) == MOST_VOICES or Voice(None, "host") in voices
    return (*voices, Voice(None, "host")) if is_presented and not is_full else voices


def _unit_of(cue: Cue, units: Sequence[tuple[int, int]]) -> int:
    return bisect_right(units, cue.first_word, key=lambda unit: unit[0]) - 1


def _called(cue: Cue, voices: Sequence[Voice]) -> NDArray[np.bool_]:
    """Which of the voices a cue names."""
    return np.array([voice.person is not None and voice.person.is_called(cue.name) for voice in voices])


def make_chain(judged: Judgement, voices: Sequence[Voice]) -> Chain:
    """What the network says, for these voices.

    The score of a role goes half to those who play it, half against the
    others; so does the score of a change. Who takes over is likelier to play
    the other role. Voices that all play one role are not told apart by it.
    """
    plays = np.array([_PLAYS.get(voice.role, 0.0) for voice in voices])
    tells = len(set(plays)) > 1
    emissions = judged.host[:, None] * plays * tells / 2
    turns = _CHANGE * judged.change[:, None, None] / 2
    same = np.eye(len(voices), dtype=bool)
    shares = np.where(plays[:, None] != plays, _OTHER_ROLE, 1.0) * ~same
    shares = shares / np.maximum(shares.sum(1, keepdims=True), 1.0)
    return Chain(emissions, np.where(same, -turns, turns + np.log(shares + same)))


def with_cues(
    chain: Chain, cues: Iterable[Cue], units: Sequence[tuple[int, int]], voices: Sequence[Voice]
) -> Chain:
    """Names said in a talk tell who does not speak there, or who does."""
    emissions, links = chain.emissions.copy(), chain.links.copy()
    for cue in cues:
        at = _unit_of(cue, units)
        called = _called(cue, voices)
        emissions[at] += _SAYS[cue.kind] * called
        if cue.kind != "address":
            continue
        moves = ~np.eye(len(voices), dtype=bool)
        links[at] += _BEFORE * called[:, None] * moves
        if at + 1 < len(units):
            links[at + 1] += _NEXT * called[None, :] * moves
    return Chain(emissions, links)


def with_own_words(chain: Chain, said: Said, sizes: NDArray[np.float64]) -> Chain:
    """What this talk's own words tell: guess, learn from the guess, and guess again.

    With less and less caution, much as in deterministic annealing (Ueda and Nakano 1998, Neural Networks 11);
    but what sinks is the smoothing, since guesses that are softened themselves did worse.
    """
    adapted = chain
    for smoothing in _SMOOTHING:
        likely = posteriors(adapted.emissions, adapted.links)
        learnt = levelled(own_words(said, likely, smoothing), likely, np.sqrt(sizes))
        adapted = replace(chain, emissions=chain.emissions + learnt)
    return adapted
