"""Who speaks, judged from the words alone.

The network scores each unit; a chain over the whole talk makes the scores
agree with each other, with the names that are said, and with the way each
voice talks there; what that leaves open becomes the confidence of each turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.chain import (
    Looks,
    Voice,
    cast,
    make_chain,
    with_cues,
    with_own_words,
    with_presenter,
)
from build_tools.attribute.confidence import confidences, evidence
from build_tools.attribute.decode import best_path
from build_tools.attribute.names import Cue, find_cues
from build_tools.attribute.network import Fitted, fitted, judge
from build_tools.attribute.own_words import count, unit_hashes
from build_tools.attribute.units import cut_units
from build_tools.clean import fillers
from build_tools.clean.engine import clean
from build_tools.model import Attribution, Participant, Transcript

# Below it an attribution is uncertain: in a draft marked (?), on a page Unknown.
THRESHOLD = 0.9


def infer(
    transcript: Transcript, people: Sequence[Participant], likely: Sequence[Participant] = ()
) -> tuple[Attribution, ...]:
    """The likeliest speaker of every word, turn by turn, each with how sure that is.

    `people` are those who take part, as far as known; a turn of somebody
    unknown has the role alone, and so has one of those who are only `likely`
    to take part. `confidence` is the share of a turn's words expected to be
    right; `uncertain` says that it is below `THRESHOLD`.
    """
    return infer_with(fitted(), transcript, people, likely)


def infer_with(
    model: Fitted,
    transcript: Transcript,
    people: Sequence[Participant],
    likely: Sequence[Participant] = (),
) -> tuple[Attribution, ...]:
    """The same with other weights than those that ship."""
    units = cut_units(transcript.words, transcript.openings)
    voices = cast(people, likely)
    names = [name for voice in voices if voice.person for name in (voice.person.name, *voice.person.aliases)]
    cues = find_cues(transcript.words, names) if names else ()
    voices = with_presenter(voices, cues, units)
    looks = weigh(model, transcript.words, units, voices, cues)
    path = best_path(looks.last.emissions, looks.last.links)
    turns = list(turns_of(path))
    sizes = np.array([last - first + 1 for first, last in units])
    sure = confidences(model.calibration, evidence(looks, path, turns, sizes))
    return tuple(
        _attribution(transcript, units[start][0], units[stop - 1][1], voices[path[start]], how_sure)
        for (start, stop), how_sure in zip(turns, sure, strict=True)
    )


def weigh(
    model: Fitted,
    words: Sequence[str],
    units: Sequence[tuple[int, int]],
    voices: Sequence[Voice],
    cues: Sequence[Cue] = (),
) -> Looks:
    """All that tells of who speaks, as the scores of a chain."""
    chain = with_cues(make_chain(judge(model, *without_pauses(words, units)), voices), cues, units, voices)
    sizes = np.array([last - first + 1.0 for first, last in units])
    return Looks(chain, with_own_words(chain, count(unit_hashes(words, units)), sizes))


def without_pauses(
    words: Sequence[str], units: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The same units without “um” and “uh”: the network is fitted on transcripts that have none.

    >>> without_pauses(["So,", "um,", "yes.", "Uh."], [(1, 3), (4, 4)])
    (('So', 'yes.', 'Uh.'), ((1, 2), (3, 3)))
    """
    kept: list[str] = []
    ranges: list[tuple[int, int]] = []
    for first, last in units:
        slots, _ = clean(words[first - 1 : last], first, (fillers.RULE,))
        start = len(kept) + 1
        kept += filter(None, slots)
        ranges.append((start, len(kept)))
    return tuple(kept), tuple(ranges)


def turns_of(path: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Units `start` … before `stop` that one voice says, one after the other."""
    start = 0
    for _, group in groupby(path.tolist()):
        stop = start + len(list(group))
        yield start, stop
        start = stop


def _attribution(
    transcript: Transcript, first: int, last: int, voice: Voice, confidence: float
) -> Attribution:
    return Attribution(
        voice.person if voice.is_named else None,
        voice.role,
        first,
        last,
        transcript.openings.intersection(range(first, last + 1)),
        uncertain=confidence < THRESHOLD,
        inferred=True,
        confidence=confidence,
    )
