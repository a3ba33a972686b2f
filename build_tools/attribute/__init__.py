"""Give words to speakers: from the edition, else from labels in the file, else from the words.

No audio is used, so this is attribution, not diarization. Unknown is always
better than a wrong name.

===============  ==========================================================
`edited`         who speaks, as an edition says
`labelled`       who speaks, as labels in the raw file say
`inferred`       who speaks, judged from the words alone
`voices`         voices that labels tell apart without a name
`described`      what a raw file without an edition tells about itself
`names/`         who takes part, by name, and where somebody is spoken to
`units`          words → the stretches that are judged as one: sentences
`network`        how much speaks for the host there, and for a change; `tokens`
`transformer`    how it makes words into rows; `layers`
`chain`          who may speak, and what makes scores agree; `own_words`
`decode`         the likeliest course of a talk, and how likely each voice is
`confidence`     how sure a turn is
`fit/`           from labelled interviews to the weights that ship
`baseline`       a simpler method to compare with; `fit_baseline` fits it
===============  ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from build_tools.attribute.edited import edited
from build_tools.attribute.inferred import infer
from build_tools.attribute.labelled import labelled
from build_tools.attribute.voices import tell_voices
from build_tools.model import Attribution, Edition, Meta, Participant, Transcript


def attribute(
    transcript: Transcript,
    edition: Edition | None,
    people: Iterable[Participant],
    likely: Sequence[Participant] = (),
) -> tuple[Attribution, ...]:
    """Every word of a transcript, given to one of its people or to nobody: the best guess there is.

    Those who are only `likely` to take part may speak, and are not named.
    """
    known = tuple(people)
    if edition:
        return tuple(edited(edition, known))
    if transcript.labels:
        return labelled(transcript, known)
    if transcript.kind == "article":  # written, and not by turns
        return (_nobody(transcript),)
    return infer(transcript, known, likely)


def _nobody(transcript: Transcript) -> Attribution:
    words = len(transcript.words)
    return Attribution(None, "", 1, words, transcript.openings, uncertain=True, inferred=True, confidence=0.0)


def best_guess(
    transcript: Transcript, people: Iterable[Participant], likely: Sequence[Participant] = ()
) -> tuple[Attribution, ...]:
    """For a draft: as `attribute` gives words without an edition, and voices without a name to somebody too."""
    known = tuple(people)
    given = attribute(transcript, None, known, likely)
    if not transcript.labels or all(turn.speaker or turn.role for turn in given):
        return given
    return tell_voices(given, infer(transcript, known), transcript)


def doubted(given: Iterable[Attribution], meta: Meta) -> tuple[Attribution, ...]:
    """Guesses as they are, but none of them sure where it is not clear who is a host and who a guest."""
    if meta.has_clear_parts:
        return tuple(given)
    return tuple(replace(turn, uncertain=True) for turn in given)


def publishable(given: Attribution) -> Attribution:
    """What a page may say: nobody is named by a guess that is not sure enough."""
    if given.inferred and given.uncertain:
        return replace(given, speaker=None, role="")
    return given
