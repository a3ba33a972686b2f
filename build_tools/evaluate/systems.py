"""What gives words to speakers: plain functions with the signature of `infer`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from build_tools.attribute import doubted
from build_tools.attribute.described import describe
from build_tools.attribute.inferred import infer
from build_tools.attribute.units import cut_units
from build_tools.model import Attribution, Meta, Participant, Transcript, Vocabulary

# Asked with the words, and with those people it may know of; every word is to be given to somebody.
System = Callable[[Transcript, Sequence[Participant]], Sequence[Attribution]]

# What the archive uses, as it is shipped.
SHIPPED: System = infer


def finding_names(transcript: Transcript, people: Sequence[Participant]) -> Sequence[Attribution]:
    """As a draft does it: who takes part is found first, in the words alone; `people` are not looked at."""
    return telling(describe(transcript, Vocabulary()))(transcript, people)


def telling(told: Meta) -> System:
    """What ships, told whom a raw file itself tells of."""
    return lambda transcript, _: doubted(infer(transcript, told.people, told.likely), told)


def one_speaker(transcript: Transcript, people: Sequence[Participant]) -> list[Attribution]:
    """The guest says everything, since guests say most."""
    return [_given("guest", 1, len(transcript.words), people)]


def questions(transcript: Transcript, people: Sequence[Participant]) -> list[Attribution]:
    """The host says the sentences that are questions, the guest all others."""
    words = transcript.words
    units = cut_units(words, transcript.openings)
    turns = []
    for asks, group in groupby(units, key=lambda unit: words[unit[1] - 1].rstrip('"”’').endswith("?")):
        row = list(group)
        turns.append(_given("host" if asks else "guest", row[0][0], row[-1][1], people))
    return turns


def _given(role: str, first: int, last: int, people: Sequence[Participant]) -> Attribution:
    """A turn of somebody in a role, named where one person alone has it."""
    known = [who.person for who in people if who.role == role]
    return Attribution(known[0] if len(known) == 1 else None, role, first, last, inferred=True)


# What a system should do better than.
SIMPLE: dict[str, System] = {
    "one speaker throughout": one_speaker,
    "questions are the host's": questions,
}
