"""Kill `extract` at random moments: `python -m tests.fuzz.kills [COUNT]` (part of `make fuzz`).

The documents change before every run, so that each has something to publish. After every kill
the output must be whole, that of the run before or the new one, and readable; the next run must
succeed. Ends with status 1 if that was ever broken.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import pyarrow.parquet as pq

from tests.conftest import BROCHURE, REPO


def run(folder: Path, *, kill_after: float | None = None) -> int:
    """`extract` on the folder; killed with all of its processes after some seconds, if told."""
    command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(folder / "raw")]
    command += ["--output", str(folder / "out"), "--cache", str(folder / "cache")]
    process = subprocess.Popen(
        command, cwd=REPO, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if kill_after is not None:
        time.sleep(kill_after)
        process.send_signal(signal.SIGKILL)
    return process.wait()


def whole(output: Path) -> str | None:
    """What the output's lines say they are of, if it is complete and readable, else None."""
    try:
        package = json.loads((output / "datapackage.json").read_bytes())
        for resource in package["resources"]:
            data = (output / resource["path"]).read_bytes()
            if resource["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}":
                return None
        for path in (output / "tables").glob("*.parquet"):
            pq.read_table(path)
        return str(pq.read_table(output / "tables" / "sources.parquet")["sha256"][0])
    except (OSError, ValueError):
        return None


def change(folder: Path, number: int) -> str:
    """Write another version of the document; its SHA-256."""
    lines = BROCHURE.read_text("utf-8").split("\n")[:300]
    data = "\n".join([*lines, f"第{number}版"]).encode()
    path = folder / "raw" / "e" / "page.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def main(count: int, seed: int = 1) -> int:
    """Kill so many runs."""
    r = Random(seed)
    broken = published = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = change(folder, 0)
        started = time.monotonic()
        assert run(folder) == 0
        usual = time.monotonic() - started
        for number in range(1, count + 1):
            after = change(folder, number)
            run(folder, kill_after=r.uniform(0, usual * 1.1))
            left = whole(folder / "out")
            if left not in (before, after):
                broken += 1
                print(f"kill {number}: the output is not whole", flush=True)
            published += left == after
            if number % 10 == 0:
                if run(folder) != 0 or whole(folder / "out") != after:
                    broken += 1
                    print(f"kill {number}: the next run failed", flush=True)
                left = after
            before = left or before
        remains = [p.name for p in folder.iterdir() if p.name.startswith(".out.new-")]
    print(f"{count} kills: {published} after the tables were replaced, {broken} broken")
    print(f"left beside the output at the end: {', '.join(remains) or 'nothing'}")
    return 1 if broken else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
