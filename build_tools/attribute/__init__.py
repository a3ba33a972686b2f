"""Give words to speakers: from the edition, else from labels in the file, else from the words.

No audio is used, so this is attribution, not diarization. Unknown is always
better than a wrong name.

===============  ==========================================================
`edited`         who speaks, as an edition says
`described`      what a raw file without an edition tells about itself
`units`          words → the stretches that are judged as one: sentences
===============  ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.attribute.edited import edited
from build_tools.model import Attribution, Edition, Participant, Transcript


def attribute(
    transcript: Transcript, edition: Edition | None, people: Iterable[Participant]
) -> tuple[Attribution, ...]:
    """Every word of a transcript, given to one of its people or to nobody."""
    if edition is None:
        return (
            Attribution(
                None, "", 1, len(transcript.words), transcript.openings, inferred=True, confidence=0.0
            ),
        )
    return tuple(edited(edition, tuple(people)))
