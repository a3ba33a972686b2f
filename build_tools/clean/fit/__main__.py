"""Fit and pack: from the corpora to `sentences.npz`, the file that ships.

    python -m build_tools.clean.fit --corpora ../shared/corpora

The network is fitted on the train split, on one core; from which odds on a
mark is put is settled on the dev split, and what is found there is printed.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from build_tools.clean import sentence_network
from build_tools.clean.fit.documents import make_talk, make_vocabulary
from build_tools.clean.fit.measure import HELD_OUT_TALKS, SEED, by_rule, held_out, tell, with_thresholds
from build_tools.clean.fit.settle import Weights, packed, settled
from build_tools.clean.fit.train import train
from build_tools.clean.sentence_network import FIRST_WORD, Thresholds, unpacked
from build_tools.evaluate.corpus import read_records

_SHIPPED = Path(sentence_network.__file__).with_name("sentences.npz")
_TOLD_EVERY = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit anew; 0 when the file is written."""
    options = _parser().parse_args(arguments)
    vocabulary, weights = _fit(options.corpora / "train.jsonl.gz", options.steps)
    talks = held_out(options.corpora)
    unsettled = packed(vocabulary, weights, Thresholds(0, 0, 0, 0))
    with np.load(io.BytesIO(unsettled)) as stored:
        model, found = with_thresholds(unpacked(dict(stored)), talks)
    tell(f"{len(talks)} talks, gap by gap", found)
    options.out.write_bytes(packed(vocabulary, weights, model.thresholds))
    print(f"{options.out} written, {options.out.stat().st_size / 1e3:.0f} kB; {model.thresholds}")
    if options.out == _SHIPPED:
        sentence_network.fitted.cache_clear()
        tell(f"{HELD_OUT_TALKS} talks, the whole rule", by_rule(talks[:HELD_OUT_TALKS]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.clean.fit",
        description="Fit the network that marks sentences, and write the file that ships.",
    )
    parser.add_argument("--corpora", type=Path, required=True, metavar="DIR")
    parser.add_argument("--steps", type=int, default=5800, metavar="N", help="of fitting (5800)")
    parser.add_argument("--out", type=Path, default=_SHIPPED, metavar="FILE", help="what ships")
    return parser


def _fit(path: Path, steps: int) -> tuple[list[str], Weights]:
    """The vocabulary of the talks in a file, and the weights fitted on them."""
    torch.set_num_threads(1)  # the same sums in the same order, however many cores there are
    records = list(read_records(path))
    vocabulary = make_vocabulary(records)
    number = {word: n for n, word in enumerate(vocabulary, FIRST_WORD)}
    talks = [make_talk(record, number) for record in records]
    print(f"{len(talks)} talks, {sum(len(talk.words) for talk in talks)} words", file=sys.stderr)
    losses: list[float] = []

    def report(step: int, loss: float) -> None:
        losses.append(loss)
        if step % _TOLD_EVERY == 0:
            mean = np.mean(losses[-_TOLD_EVERY:])
            print(f"step {step} of {steps}, loss {mean:.4f}", file=sys.stderr, flush=True)

    return vocabulary, settled(train(talks, number, steps, SEED, report).state_dict())


if __name__ == "__main__":
    sys.exit(main())
