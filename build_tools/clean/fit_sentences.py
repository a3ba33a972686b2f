"""Fit `sentences.json`: ``python -m build_tools.clean.fit_sentences --corpora DIR``.

For fitting only (``numpy`` and ``scikit-learn``); the build reads the result.

Sentence ends are found as in Gillick, “Sentence Boundary Detection and the
Problem with the U.S.” (NAACL 2009), and in text without marks as in Stolcke
and Shriberg, “Automatic linguistic segmentation of conversational speech”
(ICSLP 1996): every gap between two words is classified by the words around it,
here by logistic regression over runs of one to three words, fitted by averaged
stochastic gradient descent with a fixed seed. Input is edited transcripts of
`train.jsonl.gz` without marks and capitals, roughened as recognised speech is:
filled pauses, backchannels and words said twice are put in. The features that
matter most are kept and fitted again, and weights are rounded. Thresholds are
chosen on `dev.jsonl.gz`, of other shows.

Figures (a sentence end of the transcriber is right, anything else is wrong,
also where the transcriber has a comma or a dash):

==============================================  =========  ======  =====
measured on                                     precision  recall  F1
==============================================  =========  ======  =====
dev, 667 talks: the gaps that are sure          .852       .197    .320
dev, the same at the best F1                    .570       .693    .626
dev, 60 talks without marks, the whole rule     .775       .343    .476
a16z 2026-02-10, the raw lines that run on      .737       .341    .467
==============================================  =========  ======  =====

In the last, 14 of the 15 wrong full stops stand where the edition has a comma
or a dash. Fitting takes two minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from build_tools.clean import sentences
from build_tools.words import ends_sentence, is_word, join, same_word_form

SEED = 7
WORDS = 8_000_000
KNOWN_WORDS = 3000
FEATURES = 27_000
LEAST_COUNT = {1: 20, 2: 20, 3: 40}
SCALE = 30
SURE_PRECISION = 0.85
HELD_OUT_TALKS = 60

GOES_ON, ENDS, UNCLEAR = 0, 1, 2
_PAUSE = re.compile(r"(?:\.\.|…)[\"'”’)\]]*$")
_VOCABULARY = 1 << 14  # ids of words and classes stay below

Labelled = tuple[list[str], list[int]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on train, choose thresholds on dev, write the weights and print figures."""
    parser = argparse.ArgumentParser(description="Fit the weights of build_tools.clean.sentences.")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of train.jsonl.gz and dev.jsonl.gz"
    )
    parser.add_argument("--out", type=Path, default=Path(sentences.__file__).with_suffix(".json"))
    options = parser.parse_args(arguments)
    train = list(labelled(options.corpora / "train.jsonl.gz", WORDS))
    packed = fit(train)
    held_out = list(labelled(options.corpora / "dev.jsonl.gz"))
    packed["sure"], packed["likely"] = thresholds(packed, held_out)
    options.out.write_text(json.dumps(packed, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(
        f"{options.out}: {options.out.stat().st_size} bytes, sure {packed['sure']}, likely {packed['likely']}"
    )
    sentences.fitted.cache_clear()
    print(measured(held_out[:HELD_OUT_TALKS]))


def labelled(path: Path, most: int | None = None) -> Iterator[Labelled]:
    """Talks in random order, each as the forms of its words and whether a sentence ends with them."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = list(file)
    random.Random(SEED).shuffle(lines)
    count = 0
    for line in lines:
        forms: list[str] = []
        labels: list[int] = []
        for turn in json.loads(line)["turns"]:
            words = [word for word in turn["text"].split() if is_word(word)]
            forms += map(same_word_form, words)
            labels += (_label(word, after) for word, after in zip(words, [*words[1:], ""], strict=True))
        yield forms, labels
        count += len(forms)
        if most is not None and count >= most:
            return


def _label(word: str, after: str) -> int:
    """Whether a sentence ends; three dots do not tell, nor does a speaker cut short.

    >>> _label("yes.", "and"), _label("yes", "and"), _label("well...", "and"), _label("yes", "")
    (1, 0, 2, 2)
    """
    if not ends_sentence(word):
        return GOES_ON if after else UNCLEAR
    if _PAUSE.search(word) and after and (not after[0].isupper() or after.split("'")[0] == "I"):
        return UNCLEAR
    return ENDS


def roughened(forms: Sequence[str], labels: Sequence[int], chance: random.Random) -> Labelled:
    """A talk as speech recognition hears it: with hesitations, backchannels and words said twice."""
    heard: list[str] = []
    ends: list[int] = []
    opens = True
    for form, label in zip(forms, labels, strict=True):
        roll = chance.random()
        extra: list[str] = []
        if opens and roll < 0.05:
            extra, opens = [chance.choice(("yeah", "yeah", "right", "okay", "mhm"))], True
        elif opens and roll < 0.10:
            extra, opens = (
                chance.choice(("um", "uh", "um", "like", "i mean", "you know", "yeah")).split(),
                False,
            )
        elif not opens and roll < 0.02:
            extra = [chance.choice(("um", "uh", "like"))]
        elif not opens and roll < 0.027:
            extra = [form]
        heard += [*extra, form]
        ends += [GOES_ON] * len(extra) + [label]
        if extra and opens:
            ends[-2] = ENDS
        opens = label == ENDS
    return heard, ends


def fit(talks: Sequence[Labelled]) -> dict[str, Any]:
    """The weights, as they are written: the model but for its thresholds."""
    np = import_module("numpy")
    chance = random.Random(SEED)
    counts = Counter(form for forms, _ in talks for form in forms)
    known = sorted(
        form
        for form, _ in counts.most_common(KNOWN_WORDS)
        if form and form[0].isalpha() and all(letter.isalpha() or letter in "'-." for letter in form)
    )
    names = [""]
    number: dict[str, int] = {}
    for form in [*known, *map(sentences.word_class, counts)]:
        if form not in number:
            number[form] = len(names)
            names.append(form)
    rows, answers = [0] * 4, [UNCLEAR] * 4
    for forms, labels in talks:
        heard, ends = roughened(forms, labels, chance)
        rows += [number.get(form) or number[sentences.word_class(form)] for form in heard]
        answers += ends
        rows += [0] * 4
        answers += [UNCLEAR] * 4
    row, answer = np.array(rows, np.int64), np.array(answers, np.int8)
    gaps = np.nonzero(answer != UNCLEAR)[0]
    return _packed(row, gaps, answer[gaps] == ENDS, names, known)


def _packed(row: Any, gaps: Any, answer: Any, names: Sequence[str], known: Sequence[str]) -> dict[str, Any]:
    """Count, fit, keep what matters most, fit again, round."""
    np = import_module("numpy")
    columns: list[Any] = []
    keys: list[Any] = []
    for at, size in sentences.TEMPLATES:
        column = _runs(row, gaps, at, size)
        found, count = np.unique(column, return_counts=True)
        kept = found[(count >= LEAST_COUNT[size]) & (found >= 0)]
        place = np.minimum(np.searchsorted(kept, column), len(kept) - 1)
        columns.append(np.where(kept[place] == column, place + sum(map(len, keys)), -1).astype(np.int32))
        keys.append(kept)
    matrix = np.stack(columns, 1)
    total = sum(map(len, keys))
    weights, _ = _regression(matrix, total, answer, 1e-6)
    often = np.bincount(matrix[matrix >= 0], minlength=total)
    best = np.sort(np.argsort(-np.abs(weights) * np.sqrt(often), kind="stable")[:FEATURES])
    again = np.full(total + 1, -1, np.int32)  # the last is for -1, a run not counted
    again[best] = np.arange(len(best))
    weights, bias = _regression(again[matrix], len(best), answer, 1e-7)
    origin = np.concatenate([[0], np.cumsum([len(kept) for kept in keys])])
    tables: list[dict[str, str]] = []
    for index, (_, size) in enumerate(sentences.TEMPLATES):
        by_weight: dict[int, list[str]] = defaultdict(list)
        chosen = np.nonzero((best >= origin[index]) & (best < origin[index + 1]))[0]
        for feature in chosen.tolist():
            weight = round(float(weights[feature]) * SCALE)
            if weight:
                by_weight[weight].append(_spelt(int(keys[index][best[feature] - origin[index]]), size, names))
        tables.append({str(weight): " ".join(sorted(by_weight[weight])) for weight in sorted(by_weight)})
    return {"bias": round(float(bias) * SCALE), "known": " ".join(known), "tables": tables}


def _runs(row: Any, gaps: Any, at: int, size: int) -> Any:
    """One number for each run of words that a template sees; -1 where a talk begins or ends."""
    np = import_module("numpy")
    numbers, whole = np.zeros(len(gaps), np.int64), np.ones(len(gaps), bool)
    for offset in range(at, at + size):
        word = row[gaps + offset]
        whole &= word > 0
        numbers = numbers * _VOCABULARY + word
    return np.where(whole, numbers, -1)


def _spelt(number: int, size: int, names: Sequence[str]) -> str:
    return sentences.JOINT.join(
        names[number // _VOCABULARY**place % _VOCABULARY] for place in reversed(range(size))
    )


def _regression(matrix: Any, width: int, answer: Any, alpha: float) -> tuple[Any, float]:
    """Weights and bias of a logistic regression; each row of `matrix` lists the features that are on."""
    np = import_module("numpy")
    on = matrix >= 0
    starts = np.concatenate([[0], np.cumsum(on.sum(1))])
    sparse = import_module("scipy.sparse").csr_matrix(
        (np.ones(starts[-1], np.float32), matrix[on], starts), shape=(len(matrix), width)
    )
    machine = import_module("sklearn.linear_model").SGDClassifier(
        loss="log_loss", alpha=alpha, max_iter=3, tol=None, random_state=SEED,
        average=10**6, learning_rate="constant", eta0=0.05,
    )  # fmt: skip
    machine.fit(sparse, answer)
    return machine.coef_[0], machine.intercept_[0]


def thresholds(packed: dict[str, Any], talks: Sequence[Labelled]) -> tuple[int, int]:
    """The lowest score that is precise enough, and the score of what is more likely than not."""
    model = sentences.unpacked(json.dumps({**packed, "sure": 0, "likely": 0}))
    ends: Counter[int] = Counter()
    gaps: Counter[int] = Counter()
    for forms, labels in talks:
        for score, label in zip(sentences.scores(forms, model), labels, strict=True):
            if label != UNCLEAR:
                gaps[score] += 1
                ends[score] += label == ENDS
    total = ends.total()
    right = said = 0
    figures: list[tuple[int, float, float, float]] = []
    for score in sorted(gaps, reverse=True):
        right, said = right + ends[score], said + gaps[score]
        figures.append((score, right / said, right / total, 2 * right / (said + total)))
    sure = [row for row in figures if row[1] >= SURE_PRECISION][-1]
    for name, row in (("sure", sure), ("best F1", max(figures, key=lambda row: row[3]))):
        print(f"{name}: gaps from {row[0]}: precision {row[1]:.3f}, recall {row[2]:.3f}, F1 {row[3]:.3f}")
    return sure[0], 0


def measured(talks: Sequence[Labelled]) -> str:
    """What the whole rule does to talks without marks."""
    right = said = total = 0
    for forms, labels in talks:
        text = join(form or "x" for form in forms)
        ends = {
            text.count(" ", 0, change.start) for change in sentences.find(text) if change.after[0] in ".?"
        }
        clear = [index for index, label in enumerate(labels) if label != UNCLEAR]
        right += sum(labels[index] == ENDS for index in clear if index in ends)
        said += sum(index in ends for index in clear)
        total += sum(labels[index] == ENDS for index in clear)
    return (
        f"rule on {len(talks)} talks: precision {right / said:.3f}, recall {right / total:.3f}, "
        f"F1 {2 * right / (said + total):.3f}"
    )


if __name__ == "__main__":
    main()
