"""Pages of PDF a second, beside bare libraries on the same two-column Chinese pages.

    python -m benchmarks.pdf [PROFILES]

Each figure is the best of several rounds in one process, after a first round that imports and
warms up; the readers take turns. `tests/editions` makes the pages.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

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


def main() -> None:
    """Measure and print a table."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 44
    data = render((real_profiles() * 99)[:wanted], "two_columns")
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


if __name__ == "__main__":
    main()
