"""Pages of PDF a second, beside bare libraries on the same two-column Chinese pages.

    python -m benchmarks.pdf [--pages 44] [--most 1000]

Each figure of the first table is the best of several rounds in one process, after a first round
that imports and warms up; the readers take turns. The second is of runs of `extract --force`, from
file to tables: pages a second by which a longer file takes longer than a short one, with one and
two workers, and the most memory of one process. `tests/editions` makes the pages.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import msgspec

from benchmarks.throughput import Usage, run
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import Edition, Source
from pipeline.normalise import normalise
from pipeline.parse import parse
from pipeline.segment import segment
from tests.editions.content import real_profiles
from tests.editions.edition import render

ROUNDS = 3


def plumber_text(data: bytes) -> None:
    """Bare `extract_text` of pdfplumber, each page closed."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def pdfium_text(data: bytes) -> None:
    """PDFium's plain text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def poppler_text(data: bytes) -> None:
    """Poppler's pdftotext, a process for the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pages.pdf")
        path.write_bytes(data)
        subprocess.run(
            [str(shutil.which("pdftotext")), str(path), "-"], check=True, capture_output=True
        )


def to_document(data: bytes, reader: str) -> None:
    """Ours: lines in reading order."""
    parse(data, _source(reader))


def to_records(data: bytes) -> None:
    """Ours: all the way to records, quantities and mentions too."""
    normalise(segment(parse(data, _source("auto")), layouts(), calendars()), lexicon())


def _source(reader: str) -> Source:
    plain = Source("bench/pages.pdf", Edition("bench"), "raw/bench/pages.pdf", "0" * 64, 1)
    return msgspec.structs.replace(plain, reader=reader)


def mupdf_text(data: bytes) -> None:
    """PyMuPDF's plain text."""
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text()


def pages(count: int) -> bytes:
    """A file of so many pages of two columns."""
    return render((real_profiles() * (count // 44 + 1))[:count], "two_columns")


def print_readers(wanted: int) -> float:
    """Pages a second of each reader; those of bare pdfplumber."""
    data = pages(wanted)
    tasks: dict[str, Callable[[], None]] = {
        "pdfplumber extract_text": lambda: plumber_text(data),
        "pypdfium2 text": lambda: pdfium_text(data),
        "lines, by pypdfium2": lambda: to_document(data, "pypdfium2"),
        "lines, auto (a sample checked by pdfplumber)": lambda: to_document(data, "auto"),
        "lines, by pdfplumber": lambda: to_document(data, "pdfplumber"),
        "records, auto": lambda: to_records(data),
    }
    if shutil.which("pdftotext"):
        tasks["pdftotext (poppler)"] = lambda: poppler_text(data)
    if find_spec("pymupdf"):
        tasks["PyMuPDF text"] = lambda: mupdf_text(data)
    best = dict.fromkeys(tasks, float("inf"))
    for round_ in range(ROUNDS + 1):
        for name, task in tasks.items():
            started = time.perf_counter()
            task()
            if round_:
                best[name] = min(best[name], time.perf_counter() - started)
    base = best["pdfplumber extract_text"]
    print(f"{wanted} pages of two columns\n{'':46} {'pages/s':>8} {'times pdfplumber':>17}")
    for name, seconds in best.items():
        print(f"{name:46} {wanted / seconds:8.1f} {base / seconds:17.1f}")
    return wanted / base


def print_runs(folder: Path, most: int, plumber: float) -> None:
    """Pages a second of whole runs beyond their start, and their memory."""
    sizes = [n for n in (44, 100, 300, 1000) if n <= most]
    used: dict[tuple[int, int], Usage] = {}
    for count in sizes:
        (folder / f"raw-{count}" / "long").mkdir(parents=True)
        (folder / f"raw-{count}" / "long" / "pages.pdf").write_bytes(pages(count))
        for workers in (1, 2):
            used[count, workers] = run(folder / f"raw-{count}", folder, workers)
    print(
        f"\n{'extract, from file to tables':46} {'pages/s':>8} {'times pdfplumber':>17} {'MB':>6}"
    )
    rates = {}
    for workers in (1, 2):
        first = used[sizes[0], workers]
        for count in sizes[1:]:
            last = used[count, workers]
            rates[workers] = (count - sizes[0]) / (last.seconds - first.seconds)
            print(
                f"{f'{workers} workers, {count} pages':46} {rates[workers]:8.1f} "
                f"{rates[workers] / plumber:17.1f} {last.memory:6.0f}"
            )
    print(f"two workers are {rates[2] / rates[1]:.2f} times one")


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=44)
    parser.add_argument("--most", type=int, default=1000, help="pages of the longest file")
    options = parser.parse_args()
    plumber = print_readers(options.pages)
    with tempfile.TemporaryDirectory() as name:
        print_runs(Path(name), options.most, plumber)


if __name__ == "__main__":
    main()
