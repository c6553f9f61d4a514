"""What every output has whatever was read: heads and tails of files, and the constant tables."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.emit.cells import sheet_rows
from pipeline.emit.files import csv_bytes, parquet_bytes
from pipeline.emit.ics import calendar_frame, empty_calendar
from pipeline.emit.parquet import take_apart
from pipeline.emit.part import Blank, Constant
from pipeline.emit.tables import arrow_tables, theme_rows
from pipeline.emit.validate import validate
from pipeline.knowledge.catalogue import Table
from pipeline.knowledge.themes import Taxonomy


def blank(catalogue: Sequence[Table], themes: Taxonomy) -> Blank:
    """An output of no source."""
    rows = {t.name: theme_rows(themes) if t.name == "themes" else [] for t in catalogue}
    tables = arrow_tables(rows, catalogue)
    for table in catalogue:
        validate(table, tables)
    constant: dict[str, Constant] = {}
    for table in catalogue:
        if rows[table.name]:
            data = parquet_bytes(tables[table.name])
            taken = take_apart(data)
            assert taken.group is not None
            text = csv_bytes(tables[table.name], table, header=False)
            pages, sheet = data[slice(*taken.pages)], sheet_rows(tables[table.name], table)
            constant[table.name] = Constant(taken.group, pages, text, *sheet)
    empty = {name: table.slice(0, 0) for name, table in tables.items()}
    return Blank(
        {t.name: take_apart(parquet_bytes(empty[t.name])).frame for t in catalogue},
        {t.name: csv_bytes(empty[t.name], t, header=True) for t in catalogue},
        calendar_frame(),
        empty_calendar(),
        constant,
    )
