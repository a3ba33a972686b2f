"""Fit `build_tools/clean/judges.json`: ``python -m build_tools.clean.fit.judges --corpora DIR``.

For fitting only (``numpy``, ``scipy`` and ``scikit-learn``); the build reads
the result. Six logistic regressions, with a fixed seed:

- *word*, *phrase* and *start* tell stumbles from words said twice on purpose.
  Meant are those that stand in the edited transcripts of `train.jsonl.gz`;
  stumbles are put into passages of the same transcripts, as
  `build_tools.measure.disfluencies` does.
- *comma* tells gaps with a comma from gaps without, in the same transcripts;
  *ending* and *beginning* tell words that have a mark after them, or before.

Words that edited text says twice are now and then stumbles an editor
overlooked, so the scores are too low, not too high. From which score on a rule
acts in edited text is in `LEAST`; elsewhere `clean.fluency.prior` is added. It
was chosen on `dev.jsonl.gz`, of other shows, by reading what goes, and is to be
chosen anew with every fit. The features that matter most are kept and fitted
again, and their weights rounded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any

from build_tools.clean import commas, edges, false_starts, judge, repeated_phrases, repeated_words, stumbles
from build_tools.clean.stumbles import Stumble
from build_tools.measure.disfluencies import Insert, Said, continuations, kinds
from build_tools.measure.passages import Passage, cut
from build_tools.words import join, same_word_form, split_words

SEED = 7
_MARKS = frozenset(",.…—:")
_GAP = re.compile(r"(?<=\w),?\s+(?=\w)")
KNOWN_WORDS, COUNTED = 2000, 40_000  # counted in so many turns
LEAST_COUNT = 4
FEATURES = {"word": 5000, "phrase": 3500, "start": 7000, "comma": 12_000, "ending": 3000, "beginning": 2500}
BATCHES, BATCH = 50, 200
GAPS, EDGES = 900_000, 1_200_000
# From these scores on, in edited text.
LEAST: Mapping[str, Mapping[str, int]] = {
    "word": {"bare": -17, "comma": 0, "break": 23, "bare, suspect": 47, "comma, suspect": 129},
    "phrase": {
        "bare": 8,
        "comma": 15,
        "break": 3,
        "bare, suspect": 135,
        "comma, suspect": 130,
        "break, suspect": 13,
    },
    "start": {
        "comma": 138,
        "break": 63,
        "comma, suspect": 143,
        "break, suspect": 118,
        "comma, one word back": 155,
        "break, one word back": 133,
        "comma, one word back, suspect": 170,
        "break, one word back, suspect": 143,
    },
    "comma": {"comma": 0},
    "ending": {},
    "beginning": {},
}

PROPOSALS: Mapping[str, Callable[[str], Iterable[Stumble]]] = {
    "word": repeated_words.proposals,
    "phrase": repeated_phrases.proposals,
    "start": false_starts.proposals,
}

Row = list[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on train and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the judges of build_tools.clean.")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of train.jsonl.gz")
    options = parser.parse_args(arguments)
    out = Path(judge.__file__).with_name("judges.json")
    turns = list(spoken(options.corpora / "train.jsonl.gz"))
    known = frequent(turns[:COUNTED])
    packed: dict[str, Any] = {"known": " ".join(sorted(known))}
    packed["comma"] = fit(*sides(gaps(turns, known)), "comma")
    packed["ending"] = fit(*sides(clause_ends(turns, known)), "ending")
    packed["beginning"] = fit(*sides(clause_beginnings(turns, known)), "beginning")
    for size in PROPOSALS:
        write(packed, out)  # what is fitted so far tells features to the next
        packed[size] = fit_stumbles(turns, size, known)
    write(packed, out)
    print(f"{out}: {out.stat().st_size} bytes")


def write(packed: Mapping[str, Any], path: Path) -> None:
    """Write what is fitted so far, for the judges to read."""
    path.write_text(json.dumps(packed, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    judge.forget()


def fit_stumbles(turns: Sequence[Passage], size: str, known: frozenset[str]) -> dict[str, Any]:
    """The judge of stumbles of a size."""
    meant = [stumbles.features(one, known) for turn in turns for one in PROPOSALS[size](turn.text)]
    slips = [stumbles.features(one, known) for one in put_in(turns, size)]
    return fit(slips, meant, size)


def sides(labelled: Iterable[tuple[bool, Row]]) -> tuple[list[Row], list[Row]]:
    """What is labelled yes, and what no."""
    both: tuple[list[Row], list[Row]] = ([], [])
    for answer, row in labelled:
        both[not answer].append(row)
    return both


def spoken(path: Path) -> Iterator[Passage]:
    """The turns of edited transcripts, in random order of talks."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = list(file)
    random.Random(SEED).shuffle(lines)
    for record in map(json.loads, lines):
        if record["quality"].startswith("human-edited"):
            for number, turn in enumerate(record["turns"]):
                yield Passage(f"{record['id']} {number}", turn["text"])


def frequent(turns: Iterable[Passage]) -> frozenset[str]:
    """The words that have weights of their own."""
    counts = Counter(form for turn in turns for form in judge.tokens(turn.text) if form[0].isalpha())
    return frozenset(form for form, _ in counts.most_common(KNOWN_WORDS))


def put_in(turns: Iterable[Passage], size: str) -> Iterator[Stumble]:
    """Stumbles of a size, put into passages, one each."""
    long_enough = (passage for turn in turns for passage in cut([turn], 1))
    for number in range(BATCHES):
        batch = list(islice(long_enough, BATCH))
        known = continuations(passage.text for passage in batch)
        inserts = {name: insert for name, insert in kinds(known).items() if _is_of(name, size)}
        for (name, insert), passage in ((one, passage) for one in inserts.items() for passage in batch):
            chance = random.Random(f"{SEED} {number} {name} {passage.where}")
            yield from _recognised(insert, passage, size, known, chance)


def _is_of(name: str, size: str) -> bool:
    return name.startswith({"start": "false start"}.get(size, f"{size} again")) and "pause" not in name


def _recognised(
    insert: Insert,
    passage: Passage,
    size: str,
    known: Mapping[tuple[str, ...], Sequence[str]],
    chance: random.Random,
) -> Iterator[Stumble]:
    """The stumble that was put in, as a rule proposes it; none where no rule does."""
    words = split_words(passage.text)
    said = insert(words, chance)
    if said and size == "start" and chance.random() < 0.5:
        said = _longer(said, known, chance)
    if not said:
        return
    wanted = list(map(same_word_form, (*said.words[: said.first], *said.words[said.first + said.count :])))
    text = join(said.words)
    for one in PROPOSALS[size](text):
        left = split_words(text[: one.first] + text[one.again :])
        if list(map(same_word_form, left)) == wanted:
            yield one
            return


def _longer(said: Said, known: Mapping[tuple[str, ...], Sequence[str]], chance: random.Random) -> Said:
    """A start that goes on for up to three more words before it is given up."""
    before, (*start, last), after = (
        said.words[: said.first],
        said.words[said.first : said.first + said.count],
        said.words[said.first + said.count :],
    )
    word = last.rstrip(",.—… ")
    mark = last.removeprefix(word)
    start.append(word)
    for _ in range(chance.randint(1, 3)):
        following = known.get(tuple(map(same_word_form, start[-2:])), ())
        if following:
            start.append(chance.choice(following))
    start[-1] += mark
    return Said((*before, *start, *after), said.first, len(start))


def gaps(turns: Iterable[Passage], known: frozenset[str]) -> Iterator[tuple[bool, Row]]:
    """Gaps between two words, and whether the transcriber has a comma there; every tenth without one."""
    count = 0
    for turn in turns:
        chance = random.Random(f"{SEED} {turn.where}")
        for match in _GAP.finditer(turn.text):
            comma = match[0][0] == ","
            if comma or chance.random() < 0.1:
                yield comma, commas.features(turn.text, match.start(), match.end(), known)
                count += 1
        if count >= GAPS:
            return


def clause_ends(turns: Iterable[Passage], known: frozenset[str]) -> Iterator[tuple[bool, Row]]:
    """The words before every eighth gap, and whether there is a mark after them."""
    for forms, at in _every_eighth(turns, known):
        if forms[at - 1] not in _MARKS:
            yield forms[at] in _MARKS, edges.last_runs(forms[max(0, at - 3) : at])


def clause_beginnings(turns: Iterable[Passage], known: frozenset[str]) -> Iterator[tuple[bool, Row]]:
    """The words after every eighth gap, and whether there is a mark before them."""
    for forms, at in _every_eighth(turns, known):
        if forms[at] not in _MARKS:
            yield forms[at - 1] in _MARKS, edges.first_runs(forms[at : at + 3])


def _every_eighth(turns: Iterable[Passage], known: frozenset[str]) -> Iterator[tuple[Row, int]]:
    count = 0
    for turn in turns:
        forms = [judge.word_class(form, known) for form in judge.tokens(turn.text)]
        for at in range(1 + count % 8, len(forms), 8):
            yield forms, at
            count += 1
        if count >= EDGES:
            return


def fit(yes: Sequence[Row], no: Sequence[Row], name: str) -> dict[str, Any]:
    """The weights, as they are written; both sides weigh the same."""
    np = import_module("numpy")
    rows = [*yes, *no]
    answer = np.array([True] * len(yes) + [False] * len(no))
    heavy = np.where(answer, len(no) / max(len(yes), 1), 1.0) if name != "comma" else np.ones(len(rows))
    counts = Counter(key for row in rows for key in enumerate(row))
    columns = {key: at for at, key in enumerate(sorted(key for key, n in counts.items() if n >= LEAST_COUNT))}
    weights, _ = _regression(rows, columns, answer, heavy, 0.1)
    strength = {key: abs(weights[at]) * counts[key] ** 0.5 for key, at in columns.items()}
    best = sorted(sorted(columns), key=lambda key: -strength[key])[: FEATURES[name]]
    columns = {key: at for at, key in enumerate(best)}
    weights, bias = _regression(rows, columns, answer, heavy, 0.3)
    tables: list[dict[int, list[str]]] = [defaultdict(list) for _ in rows[0]]
    for (template, feature), at in columns.items():
        weight = round(float(weights[at]) * judge.SCALE)
        if weight and feature:
            tables[template][weight].append(feature)
    return {
        "bias": round(float(bias) * judge.SCALE),
        "least": LEAST[name],
        "tables": [{str(w): " ".join(sorted(table[w])) for w in sorted(table)} for table in tables],
    }


def _regression(
    rows: Sequence[Row], columns: Mapping[tuple[int, str], int], answer: Any, heavy: Any, strength: float
) -> tuple[Any, float]:
    """Weights and bias of a logistic regression over the features that have a column."""
    np = import_module("numpy")
    on = [[columns[key] for key in enumerate(row) if key in columns] for row in rows]
    starts = np.cumsum([0, *map(len, on)])
    places = np.fromiter(chain.from_iterable(on), np.int32, starts[-1])
    sparse = import_module("scipy.sparse").csr_matrix(
        (np.ones(starts[-1], np.float32), places, starts), shape=(len(rows), len(columns))
    )
    machine = import_module("sklearn.linear_model").LogisticRegression(
        solver="liblinear", C=strength, random_state=SEED
    )
    machine.fit(sparse, answer, sample_weight=heavy)
    return machine.coef_[0], machine.intercept_[0]


if __name__ == "__main__":
    main()
