"""How long a run over the real documents takes, against a yardstick.

    python -m benchmarks.startup

Each figure is the time of a whole process, by the clock and of the processor. The yardstick
imports the libraries that a run uses and has jieba load its dictionary. The three commands take
turns, so that a change of the machine's speed meets them alike; on a machine that others use the
processor's time tells more.
"""

from __future__ import annotations

import os
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


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall and CPU time of a process that must end well."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    wall, after = time.perf_counter() - started, os.times()
    user = after.children_user - before.children_user
    return wall, user + after.children_system - before.children_system


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
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    base = times[next(iter(commands))]
    print(f"{'':46} {'min':>6} {'median':>7} {'max':>6}  against the first, median of pairs")
    for part, title in enumerate(("by the clock", "of the processor")):
        print(title)
        for name, values in times.items():
            own = [v[part] for v in values]
            ratio = statistics.median(v / b[part] for v, b in zip(own, base, strict=True))
            print(
                f"{name:46} {min(own):6.2f} {statistics.median(own):7.2f} {max(own):6.2f}"
                f"  {ratio:.2f}"
            )


if __name__ == "__main__":
    main()
