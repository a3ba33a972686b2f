"""Fit and pack: from the corpora to `network.npz`, the file that ships.

    python -m build_tools.attribute.fit --corpora ../shared/corpora

The network is fitted on the train split with seed 0, on two cores; with
`--fits 3` with the seeds 1 and 2 as well, which tell how much is chance. A fit
that is stopped goes on when it is asked for again. How each does on the dev
split is printed. How sure the first may be is settled there too, and it is the
one that is written.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch

from build_tools.attribute.fit.calibrate import calibrated
from build_tools.attribute.fit.documents import Document, make_documents, make_vocabulary
from build_tools.attribute.fit.pretrained import make_network
from build_tools.attribute.fit.settle import packed, settled
from build_tools.attribute.fit.train import STEPS, train
from build_tools.attribute.inferred import infer_with
from build_tools.attribute.layers import Weights
from build_tools.attribute.network import Fitted, unpacked
from build_tools.evaluate.corpus import read_records
from build_tools.evaluate.measured import by_role, figures
from build_tools.evaluate.talks import Talk, talk_of_record

_SHIPPED = Path(__file__).parent.parent / "network.npz"
_TOLD_EVERY = 50
# For one fit. Always as many: sums in another order would give other weights.
_CORES = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit anew; 0 when the file is written."""
    options = _parser().parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    records = list(read_records(options.corpora / "train.jsonl.gz"))
    print(f"{len(records)} interviews read", file=sys.stderr)
    vocabulary = make_vocabulary(records)
    documents = make_documents(records, vocabulary)
    fit_one = partial(_fit, documents, vocabulary, options.steps, options.work)
    # Forked, so that all share the documents; torch has not been used yet.
    with multiprocessing.get_context("fork").Pool(max(1, options.cores // _CORES)) as pool:
        fits = pool.map(fit_one, range(options.fits), chunksize=1)
    of_two = [record for record in read_records(options.corpora / "dev.jsonl.gz") if len(record.roles) == 2]
    talks = [talk_of_record(record) for record in of_two if record.has_host_and_guest]
    for seed, weights in enumerate(fits):
        _tell(f"seed {seed}", _model(vocabulary, weights), talks)
    model = calibrated(_model(vocabulary, fits[0]), map(talk_of_record, of_two))
    options.out.write_bytes(packed(vocabulary, fits[0], model.calibration))
    print(f"{options.out} written, {options.out.stat().st_size / 1e6:.1f} MB")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.attribute.fit",
        description="Fit the network that tells who speaks, and write the file that ships.",
    )
    parser.add_argument("--corpora", type=Path, required=True, metavar="DIR")
    parser.add_argument("--fits", type=int, default=1, metavar="N", help="seeds to fit with (1)")
    parser.add_argument("--steps", type=int, default=STEPS, metavar="N", help="fewer, to try it out")
    parser.add_argument(
        "--cores", type=int, default=_CORES, metavar="N", help="cores to use (2, for one fit)"
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("fitted"),
        metavar="DIR",
        help="keeps each fit; one that was stopped goes on",
    )
    parser.add_argument("--out", type=Path, default=_SHIPPED, metavar="FILE", help="what ships")
    return parser


def _fit(
    documents: Sequence[Document], vocabulary: Mapping[str, int], steps: int, work: Path, seed: int
) -> Weights:
    """The weights, kept in a file of their own; what is there already is not fitted again.

    Beside it lies how far a fit has come that was stopped.
    """
    path, kept = (work / f"seed-{seed}-steps-{steps}.{kind}" for kind in ("npz", "part"))
    if not path.exists():
        torch.set_num_threads(_CORES)
        losses: list[float] = []

        def report(step: int, loss: float) -> None:
            losses.append(loss)
            if step % _TOLD_EVERY == 0:
                mean = np.mean(losses[-_TOLD_EVERY:])
                print(f"seed {seed}: step {step}, loss {mean:.3f}", file=sys.stderr, flush=True)

        fitted = train(make_network(vocabulary, seed), steps, documents, seed, report, kept)
        np.savez(half := path.with_suffix(".half.npz"), **settled(fitted))  # type: ignore[arg-type]
        half.replace(path)
        kept.unlink(missing_ok=True)
    with np.load(path) as stored:
        return dict(stored)


def _model(vocabulary: Iterable[str], weights: Weights) -> Fitted:
    """The network as it will be once it is packed."""
    with np.load(io.BytesIO(packed(vocabulary, weights, (0.0,) * 7))) as stored:
        return unpacked(dict(stored))


def _tell(what: str, model: Fitted, talks: Sequence[Talk]) -> None:
    found = figures([by_role(partial(infer_with, model), talk) for talk in talks])
    print(
        f"{what}: words right {found.right:.4f}, balanced {found.balanced:.4f}, boundary F1 {found.f1:.4f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
