"""How pages say who speaks, and how sure that is.

A name under a sentence is taken for a fact. Where no editor has said it, the
page says so each time it says the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_tools.model import Interview, Turn

# Below it, a transcript's speakers are in doubt as a whole: co-hosts, panels and monologues
# come out here, and where everybody is as likely wrong one word in four cannot be quoted.
DOUBTFUL = 0.75


def voice(turn: Turn) -> str:
    """Who speaks, and of somebody without a name the part they play: `Unknown host`."""
    return f"{turn.name} {turn.role}" if turn.speaker is None and turn.role else turn.name


def sure(turn: Turn) -> int | None:
    """The share of an inferred turn expected to be right, in whole percent; None where nothing is inferred.

    Rounded down and never 100: to be given to somebody is not to be proven.
    """
    if not turn.inferred or not (turn.speaker or turn.role):
        return None
    return whole_percent(turn.confidence)


def whole_percent(share: float) -> int:
    """A share in percent, rounded down, never 100.

    >>> whole_percent(0.969), whole_percent(0.29), whole_percent(1.0)
    (96, 29, 99)
    """
    return min(99, int(100 * share + 1e-9))


def said_by(turn: Turn) -> str:
    """Who speaks, with any doubt: `Jane Doe (inferred, 96%)`, `Jane Doe (?)`, `Unknown`."""
    return voice(turn) + doubt(turn)


def doubt(turn: Turn) -> str:
    """What stands behind a name that is not certain: ` (inferred, 96%)`, ` (?)`, or nothing."""
    percent = sure(turn)
    if percent is not None:
        return f" (inferred, {percent}%)"
    return " (?)" if turn.uncertain and not turn.inferred else ""


def names_of(turns: Iterable[Turn]) -> list[str]:
    """Everybody named, once; `(inferred)` behind those whom no editor or source has named."""
    told: dict[str, bool] = {}
    for turn in turns:
        if turn.speaker:
            told[turn.name] = told.get(turn.name, True) and turn.inferred
    return [f"{name} (inferred)" if inferred else name for name, inferred in told.items()]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the inferred speakers of an interview can be trusted; shares from 0 to 1."""

    inferred: bool  # whether anybody was inferred at all
    right: float  # of the words given to somebody by inference, the share expected to be right
    overall: float  # the same of all words, had each been given to the likeliest speaker
    words: int
    named: int  # of these words, those given to somebody by name
    unknown: int  # and those given to nobody

    @property
    def nobody(self) -> bool:
        """Whether nothing at all is given to anybody."""
        return self.unknown == self.words

    @property
    def doubtful(self) -> bool:
        """Whether somebody is named, or told apart, though the whole is too unsure for it."""
        return self.overall < DOUBTFUL and not self.nobody


def standing(interview: Interview) -> Standing:
    """How far the speakers of an interview can be trusted."""
    inferred = [turn for turn in interview.turns if turn.inferred]
    given = [turn for turn in inferred if sure(turn) is not None]
    return Standing(
        inferred=bool(inferred),
        right=_mean_confidence(given),
        overall=_mean_confidence(interview.turns),
        words=interview.word_count,
        named=sum(_words(turn) for turn in interview.turns if turn.speaker),
        unknown=sum(_words(turn) for turn in interview.turns if not turn.speaker and not turn.role),
    )


def checked(interview: Interview) -> str:
    """What a list says behind an interview that no editor has read; "" of one that is edited."""
    if interview.status == "edited":
        return ""
    trust = standing(interview)
    if not trust.inferred:
        told = "as the source names them" if trust.named else "not named"
        return f"speakers {told}, not edited yet"
    if trust.nobody:
        return "speakers unknown, not edited yet"
    if trust.doubtful:
        return "speakers in doubt, not edited yet"
    return f"speakers {'inferred' if trust.named else 'not named'}, not edited yet"


def _mean_confidence(turns: Iterable[Turn]) -> float:
    """The confidence of turns, each weighted by its words; 0 for none."""
    weighted = [(turn.confidence, _words(turn)) for turn in turns]
    words = sum(count for _, count in weighted)
    return sum(confidence * count for confidence, count in weighted) / words if words else 0.0


def _words(turn: Turn) -> int:
    return turn.last_word - turn.first_word + 1
