"""Arrow tables → the bytes of Parquet and CSV files. The same table gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pipeline.knowledge.catalogue import Table

if TYPE_CHECKING:
    import pyarrow as pa

# What Excel or LibreOffice take for the start of a formula, also in full width, and behind what
# they pass over: white space and characters that print nothing.
FORMULA = r"\A([\p{Z}\p{C}]*'*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"


def parquet_bytes(table: pa.Table) -> bytes:
    """A Parquet file of one row group, written from Arrow so that no clock gets in.

    Format 2.6, Zstandard.
    """
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(
        table,
        out,
        compression="zstd",
        version="2.6",
        write_statistics=True,
        row_group_size=max(1, table.num_rows),
    )
    return out.getvalue()


def csv_bytes(table: pa.Table, description: Table, *, header: bool) -> bytes:
    """A CSV file (RFC 4180, UTF-8, LF): text quoted, a null empty and unquoted.

    Times are written as `2022-06-02T07:00:00Z`. A text that a spreadsheet program would take for
    a formula has an apostrophe before it; a text that begins so already has one more, so that
    dropping one gives the text back. `header` says whether the line with the names of the columns
    comes first.
    """
    import pyarrow.compute as pc
    import pyarrow.csv as pa_csv

    for i, field in enumerate(description.fields):
        if field.type == "datetime":
            text = pc.strftime(table.column(i), format="%Y-%m-%dT%H:%M:%SZ")
            table = table.set_column(i, field.name, text)
        elif field.type == "string" and not (field.enum or field.pattern):
            # Neither a pattern nor the signs among listed values make a formula.
            text = pc.replace_substring_regex(table.column(i), FORMULA, r"'\1")
            table = table.set_column(i, field.name, text)
    out = io.BytesIO()
    options = pa_csv.WriteOptions(include_header=header, quoting_style="needed")
    pa_csv.write_csv(table, out, options)
    return out.getvalue()
