"""How many old quotes land on their words, measured on a transcript made worse on purpose.

Words are exchanged for others of the same text, left out, put in, or written
with other punctuation and capitals, each with a fixed share and seed; so it is
known where every old word went. `python -m build_tools.replace.degrade RAW`
prints the table.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.addresses import Addresses, next_first, resolve
from build_tools.model import Former
from build_tools.read import read_transcript
from build_tools.replace.align import align
from build_tools.words import same_word_form

KINDS = ("exchanged", "left out", "put in", "punctuation", "all of it")
SHARES = (0.02, 0.05, 0.10, 0.20)
QUOTE, SEEDS = 10, 3
_MARKS = ("", ",", ".", "?", " —")


@dataclass(frozen=True, slots=True)
class Degraded:
    """A text made worse: its words, and for every word of the original its place there, or None."""

    words: tuple[str, ...]
    places: tuple[int | None, ...]


def degrade(words: Sequence[str], kind: str, share: float, seed: int) -> Degraded:
    """Do `kind` to a `share` of the words; "all of it" divides the share by three and re-punctuates as many."""
    chance = random.Random(f"{kind} {share} {seed}")
    made: list[str] = []
    places: list[int | None] = []
    for word in words:
        done = kind if chance.random() < share else ""
        if done == "all of it":
            done = chance.choice(KINDS[:3])
        places.append(None if done == "left out" else len(made))
        if done == "left out":
            continue
        made.append(chance.choice(words) if done == "exchanged" else word)
        if done == "put in":
            made.append(chance.choice(words))
        if done == "punctuation" or (kind == "all of it" and chance.random() < share):
            made[-1] = _repunctuated(made[-1], chance)
    return Degraded(tuple(made), tuple(places))


def _repunctuated(word: str, chance: random.Random) -> str:
    bare = same_word_form(word)
    return chance.choice((bare, bare.capitalize())) + chance.choice(_MARKS)


@dataclass(frozen=True, slots=True)
class Landed:
    """Of old quotes, the share that begin and end on their words, and that mark only words elsewhere."""

    right: float
    elsewhere: float


def landed(words: Sequence[str], kind: str, share: float, seeds: int = SEEDS) -> Landed:
    """How quotes of ten old words land, one after the other, over some seeds."""
    right = elsewhere = asked = 0
    for seed in range(seeds):
        worse = degrade(words, kind, share, seed)
        former = Former(1, tuple(words), align(words, worse.words))
        now = Addresses(next_first(Addresses(), len(words)), (former,))
        for first in range(0, len(words) - QUOTE + 1, QUOTE):
            there = [at for at in worse.places[first : first + QUOTE] if at is not None]
            landing = resolve(now, first + 1, first + QUOTE)
            assert landing
            found = (landing.first_word - now.first_word, landing.last_word - now.first_word)
            asked += 1
            if landing.is_gone:
                right += not there
            else:
                right += bool(there) and found == (there[0], there[-1])
                elsewhere += not there or found[1] < there[0] or found[0] > there[-1]
    return Landed(right / asked, elsewhere / asked)


def main() -> None:
    """Print the table for a raw file."""
    words = read_transcript(Path(sys.argv[1]), "degraded", sys.argv[1]).words
    print(" " * 12 + "".join(f"{share:>7.0%}" for share in SHARES))
    for kind in KINDS:
        told = [landed(words, kind, share) for share in SHARES]
        print(f"{kind:<12}" + "".join(f"{one.right:>7.1%}" for one in told), end="")
        print(f"   elsewhere {max(one.elsewhere for one in told):.3%}")


if __name__ == "__main__":
    main()
