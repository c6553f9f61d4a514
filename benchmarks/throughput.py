"""How many profiles a second are read, and how time and memory grow with the editions.

    python -m benchmarks.throughput [--most 200]

The editions are the brochure in `raw/`, each with a text of its own: every seventh ideograph of
the prose is another one, so that nothing kept from one edition is of use for the next.

The first table is of runs of `extract --force` in one process, in CPU seconds; an exponent of 1
says that twice the editions take twice as much. The others leave out the start: the second has
the rate of the editions by which one run exceeds another, by wall time and by CPU time of all
processes; the third that of each stage, by CPU time, after a first edition.
"""

from __future__ import annotations

import argparse
import csv
import gc
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from math import log
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from pipeline.emit.edition import edition_part
from pipeline.emit.merge import one_profile_each
from pipeline.emit.tables import Sources
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.knowledge.themes import taxonomy
from pipeline.language import set_up
from pipeline.model import Edition, Source
from pipeline.normalise import normalise
from pipeline.parse import parse
from pipeline.segment import segment

REPO = Path(__file__).parent.parent
BROCHURE = REPO / "raw" / "iurc-china-2021" / "brochure.txt"
SIZES = (1, 10, 50, 100, 200, 1000)
USUAL = 200
FEW, MORE = 5, 25
_PROSE = 30  # characters from which a line is prose
_HAN = re.compile("[\u4e00-\u9fff]")
_MEGABYTE = 1024  # in the kilobytes that getrusage counts

T = TypeVar("T")


def edition(number: int) -> bytes:
    """The brochure with every seventh ideograph of its prose moved on by `number`."""
    text = BROCHURE.read_text("utf-8")
    alphabet = sorted(set(_HAN.findall(text)))
    place = {char: i for i, char in enumerate(alphabet)}
    lines = text.split("\n")
    for k, line in enumerate(lines):
        if len(line) >= _PROSE:
            chars = list(line)
            for at in [m.start() for m in _HAN.finditer(line)][::7]:
                chars[at] = alphabet[(place[chars[at]] + number) % len(alphabet)]
            lines[k] = "".join(chars)
    return "\n".join(lines).encode()


def write_editions(folder: Path, count: int) -> Path:
    """A raw folder with so many editions."""
    for number in range(count):
        (folder / f"edition-{number:03}").mkdir(parents=True)
        (folder / f"edition-{number:03}" / "brochure.txt").write_bytes(edition(number))
    return folder


class Usage(NamedTuple):
    """What a run took: seconds, those of all its processes, and the most memory of one in MB."""

    seconds: float
    cpu: float
    memory: float


def run(raw: Path, folder: Path, workers: int) -> Usage:
    """`extract --force` in a process of its own."""
    command = [sys.executable, "-m", "pipeline", "extract", "--force", "--workers", str(workers)]
    command += ["--raw", str(raw), "--output", f"{folder}/out", "--cache", f"{folder}/cache"]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPO, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MEGABYTE)


def stages(count: int) -> tuple[dict[str, float], int]:
    """CPU seconds of each stage over some editions, after a first one, and their profiles."""
    gc.disable()  # as good as the program does
    seconds: dict[str, float] = {}

    def timed(name: str, make: Callable[..., T], *arguments: Any) -> T:
        started = time.process_time()
        made = make(*arguments)
        seconds[name] = seconds.get(name, 0.0) + time.process_time() - started
        return made

    def passed_on(value: T) -> T:
        """A value as the next stage gets it."""
        data = timed("pass on", msgspec.json.encode, value)
        return timed("pass on", partial(msgspec.json.decode, type=type(value)), data)

    profiles = 0
    for number in range(count + 1):
        data = edition(number)
        digest = hashlib.sha256(data).hexdigest()
        name = f"edition-{number:03}"
        source = Source(f"{name}/brochure.txt", Edition(name), f"raw/{name}", digest, len(data))
        document = passed_on(timed("parse", parse, data, source))
        segments = passed_on(timed("segment", segment, document, layouts(), calendars()))
        records = passed_on(timed("normalise", normalise, segments, lexicon()))
        sources = one_profile_each(Sources((records,)))
        timed("emit", edition_part, source.edition, sources, catalogue(), taxonomy())
        if number == 0:
            seconds.clear()
        else:
            profiles += len(records.cities)
    return seconds, profiles


def print_growth(folder: Path, sizes: Sequence[int]) -> None:
    """Time and memory of runs with more and more editions."""
    print(f"{'editions':>8} {'CPU s':>8} {'exponent':>9} {'MB':>6} {'exponent':>9} {'seconds':>9}")
    before: tuple[int, Usage] | None = None
    for count in sizes:
        used = run(write_editions(folder / f"grow-{count}", count), folder, 1)
        grows = ["", ""]
        if before is not None:
            few, less = before
            by = log(count / few)
            grows = [f"{log(used.cpu / less.cpu) / by:.2f}"]
            grows += [f"{log(used.memory / less.memory) / by:.2f}"]
        print(
            f"{count:8} {used.cpu:8.2f} {grows[0]:>9} {used.memory:6.0f} {grows[1]:>9}"
            f" {used.seconds:9.2f}"
        )
        before = count, used


def print_rates(folder: Path) -> None:
    """Profiles a second of runs with one and two workers, their start left out."""
    small, large = (write_editions(folder / f"rate-{n}", n) for n in (FEW, MORE))
    size = len(edition(0)) / 1e6 / 44
    print(f"\n{'extract':22} {'profiles/s':>12} {'by CPU time':>12} {'MB/s':>8}")
    for workers in (1, 2):
        few, fewer = run(small, folder, workers), profiles_in(folder)
        more, profiles = run(large, folder, workers), profiles_in(folder)
        wall, cpu = ((profiles - fewer) / (m - f) for f, m in zip(few[:2], more[:2], strict=True))
        print(f"{f'workers {workers}':22} {wall:12.0f} {cpu:12.0f} {wall * size:8.2f}")


def profiles_in(folder: Path) -> int:
    """How many profiles the last run into a folder has read."""
    with (folder / "out" / "tables" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def print_stages(folder: Path) -> None:
    """Profiles a second of each stage."""
    set_up(folder / "cache")
    seconds, profiles = stages(MORE - FEW)
    print(f"\n{'stage, one process':22} {'profiles/s':>12} {'ms a profile':>12}")
    for stage, spent in [*seconds.items(), ("all", sum(seconds.values()))]:
        print(f"{stage:22} {profiles / spent:12.0f} {1000 * spent / profiles:12.2f}")


def main() -> None:
    """Measure and print three tables; whole runs first, while this process is small itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=USUAL, help="the largest number of editions")
    most = parser.parse_args().most
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(write_editions(folder / "first", 1), folder, 1)  # leaves jieba's parsed dictionary
        print_growth(folder, [n for n in SIZES if n <= most])
        print_rates(folder)
        print_stages(folder)


if __name__ == "__main__":
    main()
