"""What a run costs when one edition among many is new or changed.

    .venv/bin/python benchmarks/incremental.py [EDITIONS]

Makes editions (200 unless told) in a temporary folder out of the repository's brochure, each with
one header number and one word of its own, and runs the program over them: all new, nothing
changed, one added, one changed, a correction. Each figure is the time of a whole process, and its
ratio to the first run. `stages` is the time until every document is read, `emit` the rest.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).parent.parent
BROCHURE = REPO / "raw" / "iurc-china-2021" / "brochure.txt"
_PEOPLE = re.compile(r"^\f?(\d[\d,]*\d)(?=人)", re.MULTILINE)
# A run that notes on its standard output when it turns from the stages to emitting.
RUN = """
import json, sys, time
from pathlib import Path
from pipeline.run import Settings, extract

def note(stage, done, total):
    if stage == "emit" and not done:
        print(json.dumps(time.time()))

if __name__ == "__main__":
    extract(Settings(*map(Path, sys.argv[1:4])), note)
"""


def write_edition(raw: Path, number: int, text: str, variant: int = 0) -> None:
    """One made-up edition; `variant` tells its versions apart."""
    folder = raw / f"made-{number:03}"
    folder.mkdir(parents=True, exist_ok=True)
    people = list(_PEOPLE.finditer(text))
    at = people[number % len(people)].end(1) - 1
    changed = text[:at] + str((int(text[at]) + 1 + variant) % 10) + text[at + 1 :]
    changed = changed.replace("。", f"（第{number}版）。", 1)
    (folder / "brochure.txt").write_text(changed, "utf-8")
    (folder / "edition.toml").write_text(f'series = "made"\nyear = {1500 + number}\n')


def seconds(folder: Path) -> tuple[float, float]:
    """The time of a whole run, and that of its last part, emitting; 0 if it had nothing to do."""
    script = folder / "run.py"
    script.write_text(RUN)
    command = [sys.executable, str(script), *(str(folder / n) for n in ("raw", "output", "cache"))]
    started = time.time()
    done = subprocess.run(
        command, cwd=REPO, env={"PYTHONPATH": str(REPO)}, check=True, capture_output=True, text=True
    )
    ended = time.time()
    return ended - started, ended - json.loads(done.stdout) if done.stdout else 0.0


def main() -> None:
    """Measure and print a table."""
    editions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    text = BROCHURE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = folder / "raw"
        rows = []
        for number in range(editions):
            write_edition(raw, number, text)
        rows.append((f"{editions} editions, all new", *seconds(folder)))
        rows.append(("nothing changed", *seconds(folder)))
        write_edition(raw, editions, text)
        rows.append(("one added", *seconds(folder)))
        write_edition(raw, editions // 2, text, variant=1)
        rows.append(("one changed", *seconds(folder)))
        (raw / "made-000" / "corrections.csv").write_text(
            "city_id,table,field,value,reason\ncn-beijing,cities,population,21900000,test\n"
        )
        rows.append(("one correction", *seconds(folder)))
    whole = rows[0][1]
    stages = rows[0][1] - rows[0][2]
    print(f"{'':26} {'seconds':>8} {'ratio':>7} {'stages':>8} {'ratio':>7} {'emit':>7}")
    for what, total, emit in rows:
        before = total - emit
        print(
            f"{what:26} {total:8.2f} {total / whole:7.4f} {before:8.2f} {before / stages:7.4f} "
            f"{emit:7.2f}"
        )


if __name__ == "__main__":
    main()
