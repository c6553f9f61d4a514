"""All benchmarks, one after the other; each figure is compared with others of the same run.

    make bench
    python -m benchmarks [--full]

Takes about ten minutes; with `--full` an hour (1,000 editions, a PDF of 1,000 pages). What it
printed on one machine, and what was learnt from it, is in docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

REPO = Path(__file__).parent.parent


def main() -> None:
    """Run them and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="with the largest sizes")
    full = parser.parse_args().full
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    parts = [
        ("Start-up", ["startup"]),
        ("Text", ["throughput", "--most", "1000" if full else "100"]),
        ("PDF", ["pdf", "--most", "1000" if full else "300"]),
        ("Runs again", ["incremental", "200" if full else "50"]),
    ]
    if find_spec("distributed"):
        parts.append(("A cluster of this machine", ["cluster"]))
    for title, (name, *options) in parts:
        print(f"\n== {title} ==", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        subprocess.run(command, cwd=REPO, check=True)


if __name__ == "__main__":
    main()
