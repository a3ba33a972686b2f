"""`measure`: what cleaning finds, takes out and costs."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from build_tools.commands.shared import add_sources
from build_tools.measure.harm import as_tsv, clean_all, removals, removed_per_10_000, sample
from build_tools.measure.names import corrections
from build_tools.measure.passages import CORPUS, RATES, choose, cut, edited_turns, in_talk, own_turns
from build_tools.measure.properties import broken
from build_tools.measure.recall import measure_recall
from build_tools.measure.report import harm_lines, name_lines, property_lines, recall_lines
from build_tools.pipeline import load_archive

NAME = "measure"
HELP = "measure what cleaning finds, takes out and costs"
EXAMPLES = """\
python -m build_tools measure
python -m build_tools measure --words 200000 --sample removals.tsv"""
# Corpora lie beside the repository, since none of their text may lie in it.
_CORPORA = Path(os.environ.get("CORPORA", "../shared/corpora"))
_PASSAGES, _REMOVALS = 200, 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure on."""
    add_sources(parser)
    parser.add_argument("--corpora", type=Path, default=_CORPORA, metavar="DIR")
    parser.add_argument("--words", type=int, default=500_000, metavar="N", help="of the corpora")
    parser.add_argument("--sample", type=Path, metavar="FILE", help="write removals to read")


def run(options: argparse.Namespace) -> int:
    """Measure on the archive, and on corpora where there are any."""
    interviews = load_archive(options.sources).interviews
    own = cut(own_turns(interviews), _PASSAGES)
    print(
        *recall_lines("on our own text", measure_recall(own)), *name_lines(corrections(interviews)), sep="\n"
    )
    if (options.corpora / CORPUS).is_file():
        _measure_corpora(options)
    else:
        print(f"no corpora at {options.corpora}: say where with --corpora or $CORPORA")
    return 0


def _measure_corpora(options: argparse.Namespace) -> None:
    turns = choose(edited_turns(options.corpora), options.words)
    passages = cut(turns, _PASSAGES)
    for title, rate in RATES.items():
        print(*recall_lines(f"in {title}", measure_recall(in_talk(passages, rate))), sep="\n")
    start = time.perf_counter()
    cleaned = clean_all(turns)
    took = time.perf_counter() - start
    print(*harm_lines(sum(len(text.words) for text in cleaned), removed_per_10_000(cleaned)), sep="\n")
    print(*property_lines(len(cleaned), broken(cleaned)), sep="\n")
    print(f"speed: {sum(len(turn.text.encode()) for turn in turns) / took / 1e6:.2f} MB/s")
    if options.sample:
        options.sample.write_text(as_tsv(sample(removals(cleaned), _REMOVALS)), "utf-8")
