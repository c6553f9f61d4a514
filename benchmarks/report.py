"""How heavy and how fast the report is with few and with many profiles, in a browser.

    python -m benchmarks.report [--editions 91]

Each edition is the brochure in `raw/` with other ids, populations and places. What is measured: the
CPU time that its pages take, their weight, and in Chromium the time until a page has loaded and its
scripts have run, and that of typing a name into the search, until the next frame is drawn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.report import ready
from pipeline.report.edition import edition_pages
from pipeline.report.facts import Facts
from pipeline.report.rows import TABLES, Row, rows_in
from pipeline.report.whole import whole_pages

REPO = Path(__file__).parent.parent
BROCHURE = "iurc-china-2021"
ROUNDS = 5
# From the input of a text until the browser has drawn what follows from it.
TYPE = """text => new Promise(done => {
  const field = document.querySelector('[name=search]'), started = performance.now();
  field.value = text;
  field.dispatchEvent(new Event('input', {bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
})"""
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def brochure(folder: Path) -> dict[str, list[Row]]:
    """The rows of the brochure's tables, of a run of its own."""
    import pyarrow.parquet as pq

    command = [sys.executable, "-m", "pipeline", "extract", "--no-report"]
    command += ["--output", f"{folder}/out", "--cache", f"{folder}/cache"]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    rows = {t: rows_in(pq.read_table(folder / "out" / "tables" / f"{t}.parquet")) for t in TABLES}
    return {
        table: [
            row
            for row in own
            if row.get("edition", BROCHURE) == BROCHURE
            and (row.get("source_id") or BROCHURE).startswith(BROCHURE)
        ]
        for table, own in rows.items()
    }


def another(rows: dict[str, list[Row]], number: int) -> dict[str, list[Row]]:
    """The same as another edition, of other places."""
    return {table: [_moved(table, row, number) for row in own] for table, own in rows.items()}


def _moved(table: str, row: Row, number: int) -> Row:
    row = dict(row)
    if "edition" in row:
        row["edition"] = f"edition-{number:03}"
    for column in ("city_id", "city_a", "city_b"):
        if row.get(column):
            row[column] = f"{row[column]}-{number}"
    if table == "cities":
        row["population"] = int((row["population"] or 0) * (0.3 + number / 50)) or None
        if row["latitude"] is not None:
            row["latitude"] += (number * 7 % 23 - 11) * 0.9
            row["longitude"] += (number * 5 % 29 - 14) * 1.1
    return row


def written(folder: Path, rows: dict[str, list[Row]], editions: int) -> list[tuple[str, int]]:
    """A report of so many editions in a folder; the size of each file."""
    facts: list[Facts] = []
    sizes: list[tuple[str, int]] = []
    spent = 0.0

    def keep(path: str, data: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        sizes.append((path, len(data)))

    for number in range(editions):
        own = another(rows, number)
        started = time.process_time()
        made = edition_pages(f"edition-{number:03}", own)
        spent += time.process_time() - started
        facts.append(made.facts)
        for path, data in made.pages:
            keep(path, data)
    profiles = sum(len(f.places) for f in facts)
    started = time.process_time()
    whole = list(whole_pages(facts, [], rows["themes"]))
    over_all = time.process_time() - started
    for path, data in whole:
        keep(path, data)
    print(f"\n{editions} editions, {profiles:,} profiles, {len(sizes):,} files, ", end="")
    print(f"{sum(size for _, size in sizes) / 1e6:.1f} MB; CPU seconds: ", end="")
    print(f"{spent:.2f} for their pages, {over_all:.2f} for those over all")
    return sizes


def browse(folder: Path, sizes: list[tuple[str, int]]) -> None:
    """The time of some views in Chromium."""
    from playwright.sync_api import sync_playwright

    known = dict(sizes)
    check = max((p for p in known if p.startswith("check/edition-000/")), key=known.__getitem__)
    views = ("index.html", "explore.html", "check/index.html", "indicators/gdp.html", check)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        arguments = [] if os.geteuid() else ["--no-sandbox"]
        browser: Any = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for view in views:
            times, typed = [], []
            for _ in range(ROUNDS):
                page.goto(f"file://{folder}/{view}")
                times.append(page.evaluate(LOADED))
                if view == "explore.html":
                    typed += [page.evaluate(TYPE, name) for name in ("bielsko", "北京", "")]
            line = f"  {view:44} {known[view] / 1000:8.0f} KB {statistics.median(times):7.0f} ms"
            print(line + (f", filter {statistics.median(typed):.0f} ms" if typed else ""))
        browser.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editions", type=int, default=91)
    most = parser.parse_args().editions
    assert ready.make
    with tempfile.TemporaryDirectory() as name:
        rows = brochure(Path(name))
        for editions in (1, most):
            folder = Path(name) / f"report-{editions}"
            browse(folder, written(folder, rows, editions))


if __name__ == "__main__":
    main()
