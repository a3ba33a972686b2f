"""Time and memory of the shipped system: ``python -m build_tools.evaluate.cost FILE``.

FILE is a text of which the first 12,000 words are taken. It is measured in a
process of its own, on one core, since peak memory is that of a whole process:
interpreter, libraries, weights and all. Linux only: it tells the peak of this
program alone, where `getrusage` also counts the process that started it.

Most of the time goes into multiplying matrices, in which cores differ much;
how fast this one is at it is measured too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WORDS = 12_000
# One core: numerical libraries else take all there are.
_ONE_CORE = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
# Multiplications and additions a second, in thousands of millions, of the core that costs are told for.
USUAL_SPEED = 150.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds for the words, reading the weights included; peak memory in MB (10⁶ bytes).

    `speed` is that of the core in multiplying matrices, as `USUAL_SPEED` has it.
    """

    words: int
    seconds: float
    megabytes: float
    speed: float

    @property
    def usual_seconds(self) -> float:
        """What it would take on the usual core.

        >>> Cost(12000, 3.0, 180.0, 75.0).usual_seconds
        1.5
        """
        return self.seconds * self.speed / USUAL_SPEED


def measure_cost(path: Path) -> Cost:
    """What it costs to attribute the first words of a text, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "build_tools.evaluate.cost", str(path)],
        env=os.environ | _ONE_CORE,
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(*json.loads(done.stdout))


def main(path: str) -> None:
    """Attribute, and print what a `Cost` has as JSON."""
    from build_tools.attribute.inferred import infer
    from build_tools.evaluate.talks import plain_transcript
    from build_tools.words import split_words

    words = tuple(split_words(Path(path).read_text("utf-8")))[:WORDS]
    start = time.process_time()
    infer(plain_transcript(words), ())
    seconds = time.process_time() - start
    peak = _PEAK.search(Path("/proc/self/status").read_text("ascii", "replace"))
    assert peak, "Linux tells the peak of every process"
    print(json.dumps([len(words), seconds, int(peak[1]) * 1024 / 1e6, _speed()]))


def _speed() -> float:
    """The best of some tries at matrices of the sizes that a transformer multiplies."""
    rows, inner, columns, times = 512, 384, 1536, 20
    x, y = np.ones((rows, inner), np.float32), np.ones((columns, inner), np.float32)
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            x @ y.T
        best = min(best, time.process_time() - start)
    return 2 * rows * inner * columns * times / best / 1e9


if __name__ == "__main__":
    main(sys.argv[1])
