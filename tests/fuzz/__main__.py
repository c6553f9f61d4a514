"""Read many damaged documents: `python -m tests.fuzz [COUNT] [FIRST_SEED]` (`make fuzz`).

Prints how they ended and what should not have been; a seed gives its document again. Ends with
status 1 if anything was broken.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.executor import open_executor
from pipeline.executor.ahead import ahead
from tests.fuzz.checks import Report, check
from tests.fuzz.mutations import damaged


def main(count: int, first: int) -> int:
    """Read so many documents, those of the seeds from `first` on."""
    workers = os.cpu_count() or 1
    ends: Counter[str] = Counter()
    broken: list[str] = []
    slowest = (0.0, 0)
    with open_executor(workers, folder=Path(".cache")) as (executor, _):

        def read(seed: int) -> tuple[int, Report, float]:
            document = damaged(seed)
            started = time.monotonic()
            return seed, check(executor, document), time.monotonic() - started

        for seed, report, seconds in ahead(read, range(first, first + count), 2 * workers):
            ends[f"{damaged(seed).name}: {report.status}"] += 1
            slowest = max(slowest, (seconds, seed))
            for what in report.broken:
                broken.append(f"seed {seed}: {what}")
                print(broken[-1], flush=True)
    for end, number in sorted(ends.items()):
        print(f"{number:7,} {end}")
    print(f"{count:7,} documents, slowest {slowest[0]:.1f} s (seed {slowest[1]})")
    print(f"{len(broken):7,} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*numbers, *(5000, 1)[len(numbers) :]))
