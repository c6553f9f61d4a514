"""emit: Records → tables, checked against the catalogue, and the files that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.emit.checks import find_all
from pipeline.emit.datapackage import datapackage_json
from pipeline.emit.files import csv_bytes, parquet_bytes
from pipeline.emit.ics import events_ics
from pipeline.emit.merge import one_profile_each
from pipeline.emit.series import changes_in_series
from pipeline.emit.similarities import similarities_rows
from pipeline.emit.tables import Rows, Sources, arrow_tables, findings_rows, rows_of
from pipeline.emit.validate import validate
from pipeline.knowledge.catalogue import Table
from pipeline.knowledge.themes import Taxonomy

__all__ = ["Emitted", "Sources", "emit", "one_profile_each"]


class Emitted(NamedTuple):
    """What a run emits: every file of `output/` by its path, and the rows of every table."""

    files: dict[str, bytes]
    rows: Rows


def emit(
    sources: Sources, catalogue: Sequence[Table], themes: Taxonomy, fingerprint: str, program: str
) -> Emitted:
    """The files of `output/`, made from the records of all sources.

    `fingerprint` and `program` go into `datapackage.json`.
    Raises ValueError if a table breaks its schema: nothing is to be written then.
    """
    rows = rows_of(sources, themes)
    compared = changes_in_series(rows, sources.editions())
    rows["changes"] = compared.rows
    rows["similarities"] = similarities_rows(rows["cities"], rows["city_themes"], rows["themes"])
    rows["findings"] = findings_rows([*sources.findings(), *find_all(rows), *compared.findings])
    tables = arrow_tables(rows, catalogue)
    for table in catalogue:
        validate(table, tables)
    files: dict[str, bytes] = {}
    for table in catalogue:
        files[f"tables/{table.name}.parquet"] = parquet_bytes(tables[table.name])
        files[f"tables/{table.name}.csv"] = csv_bytes(tables[table.name], table)
    files["events.ics"] = events_ics(sources.events())
    files["datapackage.json"] = datapackage_json(catalogue, files, fingerprint, program)
    return Emitted(files, rows)
