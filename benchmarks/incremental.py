"""What a run costs when one edition among many is new or changed.

    python -m benchmarks.incremental [EDITIONS]

Makes editions (200 unless told) in a temporary folder out of the repository's brochure, each with
one header number and one word of its own, and runs the program over them: all new, nothing
changed, one added, one changed, a correction. Each figure is the time of a whole process, its
ratio to the first run, and the same ratio of what it takes beyond a run with nothing to do.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).parent.parent
BROCHURE = REPO / "raw" / "iurc-china-2021" / "brochure.txt"
_PEOPLE = re.compile(r"^\f?(\d[\d,]*\d)(?=人)", re.MULTILINE)


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


def seconds(folder: Path) -> float:
    """The time of a whole run."""
    command = [sys.executable, "-m", "pipeline", "extract"]
    for name in ("raw", "output", "cache"):
        command += [f"--{name}", str(folder / name)]
    started = time.perf_counter()
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    return time.perf_counter() - started


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
        rows.append((f"{editions} editions, all new", seconds(folder)))
        rows.append(("nothing changed", seconds(folder)))
        write_edition(raw, editions, text)
        rows.append(("one added", seconds(folder)))
        write_edition(raw, editions // 2, text, variant=1)
        rows.append(("one changed", seconds(folder)))
        (raw / "made-000" / "corrections.csv").write_text(
            "city_id,table,field,value,reason\ncn-beijing,cities,population,21900000,test\n"
        )
        rows.append(("one correction", seconds(folder)))
    whole, idle = rows[0][1], rows[1][1]
    print(f"{'':26} {'seconds':>8} {'ratio':>7} {'beyond idle':>12} {'ratio':>7}")
    for what, total in rows:
        beyond = total - idle
        print(
            f"{what:26} {total:8.2f} {total / whole:7.4f} {beyond:12.2f} "
            f"{beyond / (whole - idle):7.4f}"
        )


if __name__ == "__main__":
    main()
