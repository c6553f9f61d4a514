"""The report of an existing output, made anew from its tables: nothing of a document is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipeline.emit.datapackage import Written, report_entry
from pipeline.errors import PipelineError, UsageError
from pipeline.report.rows import TABLES, Row, rows_in
from pipeline.stages import REPORT, digest
from pipeline.store.publish import PACKAGE, check_output, locked, publish

_CHUNK = 1 << 20
_AGAIN = "run `python -m pipeline extract`"


def report_alone(output: Path) -> int:
    """Make the pages of an output anew, and give their number. The tables stay as they are.

    Raises UsageError where there is no output, PipelineError if a file of it is damaged.
    """
    _package(output)  # nothing is made where there is no output
    check_output(output)
    with locked(output):
        package = _package(output)
        kept = [r["path"] for r in package["resources"]]
        made: list[str] = []

        def files() -> Iterator[tuple[str, Iterable[bytes]]]:
            for path in kept:
                yield path, _pieces(output / path)
            for path, data in _pages(output):
                made.append(path)
                yield f"report/{path}", [data]

        def last(files: Mapping[str, tuple[str, int]]) -> tuple[str, bytes]:
            for entry in package["resources"]:
                if f"sha256:{files[entry['path']][0]}" != entry["hash"]:
                    raise PipelineError(f"`{output / entry['path']}` is damaged", _AGAIN)
            written = {name: Written(*file) for name, file in files.items()}
            whole = {**package, "report": report_entry(written, digest(REPORT))}
            encoded = msgspec.json.format(msgspec.json.encode(whole), indent=2)
            return PACKAGE, encoded + b"\n"

        publish(files(), last, output)
    return len(made)


def _package(output: Path) -> Any:
    try:
        package = json.loads((output / PACKAGE).read_bytes())
        if all((output / r["path"]).is_file() and r["hash"] for r in package["resources"]):
            return package
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UsageError(f"`{output}` holds no complete output", f"{_AGAIN} first")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            yield data


def _pages(output: Path) -> Iterator[tuple[str, bytes]]:
    """The pages, those of one edition after the other, then those over all."""
    import pyarrow as pa

    try:
        yield from _made(output / "tables")
    except (pa.ArrowException, KeyError) as error:
        raise PipelineError(f"a table of `{output}` cannot be read ({error})", _AGAIN) from None


def _made(tables: Path) -> Iterator[tuple[str, bytes]]:
    from pipeline.report.changes import ComparisonFacts, change_page
    from pipeline.report.edition import edition_pages
    from pipeline.report.facts import MOST_PROFILES, Facts, first_in_full, shortened
    from pipeline.report.whole import whole_pages

    themes = _rows(tables, "themes", None)
    known: list[Facts] = []
    sources: dict[str, list[Row]] = {}
    for source in _rows(tables, "sources", None):
        sources.setdefault(source["edition"], []).append(source)
    noted = {f["edition"] for f in _rows(tables, "findings", None)}
    for name in sorted({*sources, *noted}):
        ids = [s["source_id"] for s in sources.get(name, ())]
        rows = {"sources": sources.get(name, []), "themes": themes}
        for table in TABLES:
            if table not in rows:
                one = ("source_id", "in", ids) if table == "lines" else ("edition", "=", name)
                rows[table] = _rows(tables, table, [one])
        made = edition_pages(name, rows)
        known.append(made.facts)
        first = first_in_full([f.profiles for f in known], MOST_PROFILES)
        known[:first] = [f if f.in_short else shortened(f) for f in known[:first]]
        yield from made.pages
    compared: list[ComparisonFacts] = []
    by_pair: dict[tuple[str, str, str], list[Row]] = {}
    for row in _rows(tables, "changes", None):
        pair = (row["series"], row["edition_from"], row["edition_to"])
        by_pair.setdefault(pair, []).append(row)
    for pair, own in by_pair.items():
        short, page = change_page(pair, own, themes)
        compared.append(short)
        yield page
    yield from whole_pages(known, compared, themes)


def _rows(tables: Path, name: str, only: Any) -> list[Row]:
    import pyarrow.parquet as pq

    if only and only[0][1] == "in" and not only[0][2]:
        return []  # an edition without a source has no lines
    return rows_in(pq.read_table(tables / f"{name}.parquet", filters=only))
