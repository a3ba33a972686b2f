"""Print what the weights that ship find.

python -m build_tools.clean.fit.report --corpora ../shared/corpora
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from build_tools.clean import RULES, sentences
from build_tools.clean.fit.measure import (
    HELD_OUT_TALKS,
    by_edition,
    by_gaps,
    by_rule,
    gaps_of,
    held_out,
    tell,
)
from build_tools.clean.sentence_network import fitted
from build_tools.model import Interview
from build_tools.pipeline import load_archive
from build_tools.read import read_transcript
from build_tools.replay import replay
from build_tools.sources import find_sources
from build_tools.words import join

# In characters: a shorter stretch is a long sentence.
_MUCH = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of talks of dev without marks, and of our own raw text that runs on."""
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.clean.fit.report", description="How well lost punctuation is found."
    )
    parser.add_argument("--corpora", type=Path, required=True, metavar="DIR")
    parser.add_argument("--sources", type=Path, default=Path("sources"), metavar="DIR")
    options = parser.parse_args(arguments)
    for name, words, edited in own_text(options.sources.resolve()):
        tell(f"{name}, where the raw text runs on", by_edition(words, edited))
    talks = held_out(options.corpora)
    tell(f"{HELD_OUT_TALKS} talks, the whole rule", by_rule(talks[:HELD_OUT_TALKS]))
    tell(f"{len(talks)} talks, gap by gap", by_gaps(gaps_of(fitted(), talks), fitted().thresholds))
    return 0


def own_text(sources: Path) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Of each edited interview that runs on somewhere: its name, its raw words, what the editor made of them."""
    archive = load_archive(sources)
    edited = {one.slug: one for one in archive.interviews if one.status == "edited"}
    files, _ = find_sources(sources)
    for file in files:
        if file.slug in edited:
            words = read_transcript(file.raw, file.slug, file.shown).words
            if any(end - start > _MUCH for start, end in sentences.stretches(join(words))):
                yield file.slug, words, _by_hand(words, edited[file.slug])


def _by_hand(words: Sequence[str], interview: Interview) -> list[str]:
    """Raw words with all that was not done by a rule."""
    rules = {rule.name for rule in (*RULES, sentences.RULE)}
    return replay(words, [edit for edit in interview.edits if edit.rule not in rules])


if __name__ == "__main__":
    sys.exit(main())
