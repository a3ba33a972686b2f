"""How well names are found: who takes part, against who does.

    python -m build_tools.evaluate.names [--split dev] [--header] [--fit]

`--fit` is to be run again (some twenty minutes) when the weights of the network are new: the guess of
who speaks is part of what names are weighed by.

A guest (or host) counts where the text, or with `--header` the title and the
description, says the name: the full name, or the given name alone. Found is
who is named in full, but for one letter or a middle name; a given name alone
is enough only where the full name is nowhere. A claim is right where it names
nobody else: the given name alone of somebody in that role is right.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from build_tools.attribute.inferred import infer
from build_tools.attribute.names import Named, find_cues, find_people
from build_tools.attribute.names.address import KINDS
from build_tools.attribute.names.by_turns import leanings
from build_tools.attribute.names.cues import say
from build_tools.attribute.names.gather import Candidate, gather, same_name
from build_tools.attribute.names.mark import mark
from build_tools.attribute.names.weigh import (
    IS_HOST,
    TAKES_PART,
    WEIGHTS,
    host_chances,
    part_features,
    role_features,
)
from build_tools.evaluate.corpus import Record, choose, read_records
from build_tools.evaluate.talks import talk_of_record
from build_tools.model import Header
from build_tools.words import split_words

ROLES = ("guest", "host")
# Interviews of train, from all shows by turns, that the shipped weights are fitted on.
_FITTED_ON = 600
# What people of the corpora are called there by everybody, in small letters.
_BYNAMES = {"mark erhardt": "murch", "anthony towns": "aj", "rodolfo novak": "nvk"}
# How far weights may go from 0 (the larger, the farther), and what a talk counts again without sides.
_PRIOR, _WITHOUT_SIDES = 0.5, 0.3


@dataclass(slots=True)
class Tally:
    """Counts of one role: who is named in the text, who was found, what was said to be found."""

    named: int = 0
    found: int = 0
    claimed: int = 0
    right: int = 0

    def add(self, other: Tally) -> None:
        """Count what another counted as well."""
        self.named += other.named
        self.found += other.found
        self.claimed += other.claimed
        self.right += other.right

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else math.nan

    @property
    def recall(self) -> float:
        return self.found / self.named if self.named else math.nan


@dataclass(slots=True)
class Figures:
    """Both roles of one show, and the cues: how many, how many true, by kind."""

    roles: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    cues: Counter[tuple[str, bool]] = field(default_factory=Counter)


def header_of(record: Record) -> Header:
    """What a file of this interview might say about itself."""
    return Header(title=record.title, description=record.description)


def score(record: Record, found: Sequence[Named], told: str) -> dict[str, Tally]:
    """Counts for one interview; `told` is all that was said, spoken and beside it."""
    tallies = {}
    for role in ROLES:
        claims = [one.name for one in found if one.role == role]
        gold = [plain(name) for name, own in record.roles.items() if own == role]
        named = [name for name in gold if says(told, name) or says(told, name.split()[0])]
        found_of_named = sum(any(is_found(claim, name, told) for claim in claims) for name in named)
        right = sum(any(is_right(claim, name) for name in gold) for claim in claims)
        tallies[role] = Tally(len(named), found_of_named, len(claims), right)
    return tallies


def plain(name: str) -> str:
    """A name without what follows a comma.

    >>> plain("Jane Doe, Ph.D.")
    'jane doe'
    """
    return " ".join(name.partition(",")[0].split()).casefold() or name.casefold()


def says(told: str, name: str) -> bool:
    """Whether a text in small letters says a name."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told))


def is_right(claim: str, name: str) -> bool:
    """Whether a claimed name is somebody's, in full or in part.

    >>> is_right("Jane Do", "jane q. doe"), is_right("Jane", "jane doe"), is_right("Jane Major", "jane doe")
    (True, True, False)
    >>> is_right("Jane Quinta Doe", "j. quinta doe"), is_right("JDoe", "jane doe"), is_right("Dave Roe", "david roe")
    (True, True, True)
    """
    if _BYNAMES.get(name) == plain(claim) or same_name(claim, name):
        return True
    said, own = plain(claim).split(), name.split()
    if len(said) == 1 or len(own) == 1:
        return said[0] in own or own[0] in said or said[0] == own[0][0] + own[-1]
    said[0], own[0] = said[0].rstrip("."), own[0].rstrip(".")
    first = said[0].startswith(own[0]) or own[0].startswith(said[0])
    return Levenshtein.distance(said[0] + said[-1], own[0] + own[-1]) <= 1 or (
        first and Levenshtein.distance(said[-1], own[-1]) <= 1
    )


def is_found(claim: str, name: str, told: str) -> bool:
    """Whether a claimed name is all of somebody's name that is told.

    >>> is_found("Jane", "jane doe", "jane"), is_found("Jane", "jane doe", "jane doe")
    (True, False)
    """
    return is_right(claim, name) and (" " in claim or " " not in name or not says(told, name))


def measure(records: Iterable[Record], with_header: bool) -> dict[str, Figures]:
    """Figures by show, and of all as "all", for interviews that have a host and a guest."""
    shows: dict[str, Figures] = {"all": Figures()}
    for record in records:
        transcript = talk_of_record(record).transcript
        words, header = transcript.words, header_of(record) if with_header else Header()
        told = " ".join([*words, header.title, header.description]).casefold()
        found = [one for one in find_people(words, header, infer(transcript, ())) if one.is_sure]
        mine = shows.setdefault(record.show, Figures())
        for role, tally in score(record, found, told).items():
            mine.roles[role].add(tally)
            shows["all"].roles[role].add(tally)
        for cue in _cues(record, words):
            mine.cues[cue] += 1
            shows["all"].cues[cue] += 1
    return shows


def _cues(record: Record, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every cue for the true names: its kind, and whether it is true of who speaks."""
    speakers = [name for name, text in record.turns for _ in split_words(text)]
    if len(speakers) != len(words):  # a lone mark at the edge of a turn
        return
    for cue in find_cues(words, [name for name in record.roles if name]):
        is_speaker = speakers[cue.last_word - 1] == cue.name
        yield cue.kind, is_speaker == (cue.kind == "self")


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of an interview, their true parts, and what it counts.

    A part is "host", "guest", "other", "" of who takes none, or "?" of a
    name that may be somebody's who has another surname there.
    """

    candidates: Sequence[Candidate]
    leaning: Sequence[float]
    parts: Sequence[str]
    weight: float


def fit(records: Iterable[Record], path: Path = WEIGHTS) -> None:
    """Fit the weights anew and write them. Every show weighs as the root of its interviews."""
    examples = list(_examples(list(records)))
    role_rows = [row for one in examples for row in role_features(one.candidates, one.leaning)]
    parts = [part for one in examples for part in one.parts]
    counts = [one.weight for one in examples for _ in one.parts]
    fitted = {
        IS_HOST: _logistic(
            [
                (row, part == "host", count)
                for row, part, count in zip(role_rows, parts, counts, strict=True)
                if part in ROLES
            ]
        )
    }
    part_rows = (
        row
        for one in examples
        for row in part_features(
            one.candidates, one.leaning, host_chances(fitted[IS_HOST], one.candidates, one.leaning)
        )
    )
    fitted[TAKES_PART] = _logistic(
        [
            (row, part != "", count)
            for row, part, count in zip(part_rows, parts, counts, strict=True)
            if part != "?"
        ]
    )
    path.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")


def _examples(records: Sequence[Record]) -> Iterator[Example]:
    """Every interview twice: with who leans to which side, and, for less, without."""
    sizes = Counter(record.show for record in records)
    for record in records:
        transcript = talk_of_record(record).transcript
        marked = mark(transcript.words)
        candidates = gather(marked, say(marked))
        parts = [_part(one.name, record) for one in candidates]
        weight = (3.0 if record.has_host_and_guest else 0.5) / math.sqrt(sizes[record.show])
        yield Example(candidates, leanings(infer(transcript, ())), parts, weight)
        yield Example(candidates, (), parts, _WITHOUT_SIDES * weight)


def _part(name: str, record: Record) -> str:
    own = next(
        (role or "other" for full, role in record.roles.items() if is_found(name, plain(full), "")), ""
    )
    alike = any(name.split()[0].casefold() == plain(full).split()[0] for full in record.roles if full)
    return own or ("?" if alike else "")


def _logistic(cases: Sequence[tuple[Mapping[str, float], bool, float]]) -> dict[str, float]:
    """The weights of a logistic regression over (features, answer, what it counts)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = list(cases[0][0])
    data = np.array([[row[name] for name in names] for row, _, _ in cases])
    counts = np.array([count for _, _, count in cases])
    model = LogisticRegression(C=_PRIOR, max_iter=3000)
    model.fit(data, [answer for _, answer, _ in cases], sample_weight=counts / counts.mean())
    values = {name: round(float(value), 2) for name, value in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 2), **values}


def report(shows: dict[str, Figures]) -> str:
    """A line for each show, those with most guests first."""
    lines = []
    for show, figures in sorted(shows.items(), key=lambda pair: -pair[1].roles["guest"].named):
        parts = [
            f"{role} precision {tally.precision:.3f} of {tally.claimed}, recall {tally.recall:.3f} of {tally.named}"
            for role, tally in figures.roles.items()
        ]
        for kind in KINDS:
            true, false = figures.cues[kind, True], figures.cues[kind, False]
            parts.append(f"{kind} {true / max(true + false, 1):.3f} of {true + false}")
        lines.append(f"{show}: {'; '.join(parts)}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or fit the weights."""
    parser = argparse.ArgumentParser(description="How well names are found in labelled interviews.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--header", action="store_true", help="with title and description")
    parser.add_argument("--all", action="store_true", help="not only interviews of one host and one guest")
    parser.add_argument("--most", type=int, help="at most so many interviews, from all shows by turns")
    parser.add_argument("--fit", action="store_true", help="fit the weights on train, and write them")
    options = parser.parse_args(arguments)
    if options.fit:
        train = _with_both(read_records(options.corpora / "train.jsonl.gz"))
        fit(choose(train, options.most or _FITTED_ON))
        return 0
    records = choose(_with_both(read_records(options.corpora / f"{options.split}.jsonl.gz")), None)
    chosen = records if options.all else [one for one in records if one.has_host_and_guest]
    print(report(measure(choose(chosen, options.most), options.header)))
    return 0


def _with_both(records: Iterable[Record]) -> Iterator[Record]:
    return (one for one in records if set(ROLES) <= set(one.roles.values()))


if __name__ == "__main__":
    raise SystemExit(main())
