"""How long a run over the real documents takes, against its unavoidable part.

    make bench

Each figure is the time of a whole process. The base imports the libraries that a run uses and
has jieba load its dictionary; a run that costs little more than that has no time to gain.
The three commands take turns, so that a change of the machine's speed meets them alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).parent.parent
ROUNDS = 7
BASE = (
    "import msgspec, pandas, pyarrow, pyarrow.parquet, pyarrow.csv, spacy, spacy.lang.zh, jieba;"
    "import babel, pycountry, rapidfuzz, icalendar;"
    "jieba.setLogLevel(60); jieba.initialize()"
)


def seconds(command: list[str]) -> float:
    """Wall time of a process that must end well."""
    started = time.perf_counter()
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "pipeline", "extract"]
        run += ["--output", f"{folder}/output", "--cache", f"{folder}/cache"]
        commands = {
            "import the libraries, load jieba's dictionary": [sys.executable, "-c", BASE],
            "extract --force": [*run, "--force"],
            "extract with nothing to do": run,
        }
        for command in commands.values():
            seconds(command)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    base = times[next(iter(commands))]
    print(f"{'':46} {'min':>6} {'median':>7} {'max':>6}  against the first, pair by pair")
    for name, values in times.items():
        ratios = [v / b for v, b in zip(values, base, strict=True)]
        print(
            f"{name:46} {min(values):6.2f} {statistics.median(values):7.2f} {max(values):6.2f}"
            f"  median {statistics.median(ratios):.2f}"
        )


if __name__ == "__main__":
    main()
