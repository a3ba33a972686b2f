"""Voices that labels tell apart but do not name (`Speaker 1`), given to whom their words sound like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from build_tools.attribute.inferred import THRESHOLD
from build_tools.model import Attribution, Person, Transcript

_Who = tuple[Person | None, str]  # with the part they play


def tell_voices(
    given: Sequence[Attribution], guesses: Sequence[Attribution], transcript: Transcript
) -> tuple[Attribution, ...]:
    """Turns as labels give them, those of unnamed voices given to somebody.

    `guesses` are what the words alone say. A voice is given to whom most of
    its words are given there, and is so sure as the share of its words that
    are expected to be theirs. Nobody gets two voices, or one beside a label
    of their own. A voice left over stays unknown, and so does a turn whose
    label (`>>`) tells no voice from another.
    """
    names = {label.first_word: label.name for label in transcript.labels}
    voices: dict[str, list[Attribution]] = {}
    for turn in given:
        voice = names.get(turn.first_word, "")
        if not turn.speaker and not turn.role and any(map(str.isalnum, voice)):
            voices.setdefault(voice, []).append(turn)
    named = {turn.speaker for turn in given if turn.speaker}
    open_to = [guess for guess in guesses if guess.speaker not in named]
    found = _matched({voice: _weighed(turns, open_to) for voice, turns in voices.items()})
    told = {
        turn.first_word: found[voice] for voice, turns in voices.items() if voice in found for turn in turns
    }
    return tuple(_told(turn, *told[turn.first_word]) if turn.first_word in told else turn for turn in given)


def _weighed(turns: Sequence[Attribution], guesses: Sequence[Attribution]) -> Mapping[_Who, float]:
    """The share of some turns' words that is expected to be somebody's."""
    spoken = {n for turn in turns for n in range(turn.first_word, turn.last_word + 1)}
    shares: dict[_Who, float] = {}
    for guess in guesses:
        here = sum(n in spoken for n in range(guess.first_word, guess.last_word + 1))
        who = (guess.speaker, guess.role)
        shares[who] = shares.get(who, 0.0) + here * guess.confidence / len(spoken)
    return shares


def _matched(weighed: Mapping[str, Mapping[_Who, float]]) -> dict[str, tuple[_Who, float]]:
    """One person for each voice, the surest first."""
    found: dict[str, tuple[_Who, float]] = {}
    pairs = [(share, voice, who) for voice, shares in weighed.items() for who, share in shares.items()]
    for share, voice, who in sorted(pairs, key=lambda pair: -pair[0]):
        if share > 0 and voice not in found and who not in (other for other, _ in found.values()):
            found[voice] = (who, share)
    return found


def _told(turn: Attribution, who: _Who, share: float) -> Attribution:
    speaker, role = who
    return replace(
        turn, speaker=speaker, role=role, uncertain=share < THRESHOLD, inferred=True, confidence=share
    )
