"""Fit and pack: from the corpora to `network.npz`, the file that ships.

    python -m build_tools.attribute.fit --corpora ../shared/corpora

Small networks are fitted on the train split with seeds 0, 1, 2 …, each on one
core, then transformers, each on two. How sure they may be together is settled
on the dev split, and how each does alone and all do together is printed.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from build_tools.attribute.fit.calibrate import calibrated
from build_tools.attribute.fit.documents import Document, make_documents, make_vocabulary
from build_tools.attribute.fit.kinds import RECIPES, make_network
from build_tools.attribute.fit.settle import packed, settled
from build_tools.attribute.fit.train import train
from build_tools.attribute.inferred import infer_with
from build_tools.attribute.network import Fitted, Network, unpacked
from build_tools.evaluate.corpus import read_records
from build_tools.evaluate.measured import Figures, by_role, figures
from build_tools.evaluate.talks import Talk, talk_of_record

_SHIPPED = Path(__file__).parent.parent / "network.npz"
_TOLD_EVERY = 50
_CORES = {"convolution": 1, "transformer": 2}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit anew; 0 when the file is written."""
    options = _parser().parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    records = list(read_records(options.corpora / "train.jsonl.gz"))
    print(f"{len(records)} interviews read", file=sys.stderr)
    vocabulary = make_vocabulary(records)
    documents = make_documents(records, vocabulary)
    networks: list[Network] = []
    for kind, count in (("convolution", options.convolutions), ("transformer", options.transformers)):
        fit_one = partial(_fit, documents, vocabulary, kind, options.steps, options.work)
        # Forked, so that all share the documents; torch has not been used yet.
        with multiprocessing.get_context("fork").Pool(options.cores // _CORES[kind] or 1) as pool:
            networks += pool.imap(fit_one, range(count))
    dev = read_records(options.corpora / "dev.jsonl.gz")
    of_two = [record for record in dev if len(record.roles) == 2]
    talks = [talk_of_record(record) for record in of_two if record.has_host_and_guest]
    for number, network in enumerate(networks):
        _tell(f"{network.kind}, network {number} alone", figures_of(_model(vocabulary, [network]), talks))
    model = calibrated(_model(vocabulary, networks), map(talk_of_record, of_two))
    _tell("all together", figures_of(model, talks))
    options.out.write_bytes(packed(vocabulary, networks, model.calibration))
    print(f"{options.out} written, {options.out.stat().st_size / 1e6:.1f} MB")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.attribute.fit",
        description="Fit the networks that tell who speaks, and write the file that ships.",
    )
    parser.add_argument("--corpora", type=Path, required=True, metavar="DIR")
    parser.add_argument("--convolutions", type=int, default=1, metavar="N", help="small networks (1)")
    parser.add_argument("--transformers", type=int, default=1, metavar="N", help="large networks (1)")
    parser.add_argument("--steps", type=int, metavar="N", help="of each network, to try it out")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="cores to use (2)")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("fitted"),
        metavar="DIR",
        help="keeps each network; those there stay",
    )
    parser.add_argument("--out", type=Path, default=_SHIPPED, metavar="FILE", help="what ships")
    return parser


def _fit(
    documents: Sequence[Document],
    vocabulary: Mapping[str, int],
    kind: str,
    steps: int | None,
    work: Path,
    seed: int,
) -> Network:
    """One network, kept in a file of its own; one that is there already is not fitted again."""
    path = work / f"{kind}-{seed}.npz"
    if not path.exists():
        torch.set_num_threads(_CORES[kind])  # the same sums in the same order, however many cores there are
        losses: list[float] = []

        def report(step: int, loss: float) -> None:
            losses.append(loss)
            if step % _TOLD_EVERY == 0:
                mean = np.mean(losses[-_TOLD_EVERY:])
                print(f"{kind} {seed}: step {step}, loss {mean:.3f}", file=sys.stderr, flush=True)

        recipe = replace(RECIPES[kind], steps=steps or RECIPES[kind].steps)
        fitted = train(make_network(kind, vocabulary, seed), recipe, documents, seed, report)
        np.savez(path, **settled(fitted))  # type: ignore[arg-type]
    with np.load(path) as kept:
        return Network(kind, dict(kept))


def _model(vocabulary: Iterable[str], networks: Sequence[Network]) -> Fitted:
    """Networks as they will be once they are packed."""
    with np.load(io.BytesIO(packed(vocabulary, networks, (0.0,) * 7))) as stored:
        return unpacked(dict(stored))


def figures_of(model: Fitted, talks: Sequence[Talk]) -> Figures:
    """How well a model tells host from guest."""
    return figures([by_role(partial(infer_with, model), talk) for talk in talks])


def _tell(what: str, found: Figures) -> None:
    print(
        f"{what}: words right {found.right:.4f}, balanced {found.balanced:.4f}, boundary F1 {found.f1:.4f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
