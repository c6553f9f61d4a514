"""Tables against the catalogue, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.knowledge.catalogue import Field, Table

if TYPE_CHECKING:
    import pyarrow as pa


def validate(table: Table, tables: Mapping[str, pa.Table]) -> None:
    """Raise ValueError, naming table, column and an example, where a table breaks its schema.

    Checked are required values, permitted values, patterns, bounds, the uniqueness of the key
    and references to other tables.
    """
    rows = tables[table.name]
    for field in table.fields:
        _check_column(table.name, field, rows.column(field.name))
    _check_key(table, rows)
    for reference in table.references:
        columns = list(reference.fields)
        used = rows.select(columns).drop_null()
        known = tables[reference.table].select(columns)
        lost = used.join(known, columns, join_type="left anti", use_threads=False)
        if lost.num_rows:
            raise ValueError(f"{table.name}: not in {reference.table}: {_example(lost)}")


def _check_key(table: Table, rows: pa.Table) -> None:
    import pyarrow.compute as pc

    groups = rows.select(table.key).group_by(table.key, use_threads=False)
    if (counted := groups.aggregate([([], "count_all")])).num_rows < rows.num_rows:
        twice = counted.filter(pc.greater(counted.column("count_all"), 1)).select(table.key)
        raise ValueError(f"{table.name}: key stands twice: {_example(twice)}")
    for name in table.key:
        if name not in table.nullable_key and rows.column(name).null_count:
            raise ValueError(f"{table.name}.{name}: a key column is empty")


def _example(rows: pa.Table) -> str:
    return str(rows.slice(0, 1).to_pylist()[0])


def _check_column(table: str, field: Field, column: pa.ChunkedArray) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.required and column.null_count:
        raise ValueError(f"{table}.{field.name}: a required value is missing")
    if all(x is None for x in (field.enum, field.pattern, field.minimum, field.maximum)):
        return
    filled = column.drop_null() if column.null_count else column
    if field.enum:
        fits = pc.is_in(filled, value_set=pa.array(field.enum, column.type))
    elif field.pattern:
        fits = pc.match_substring_regex(filled, f"^(?:{field.pattern})$")
    else:
        fits = True
        if field.minimum is not None:
            fits = pc.and_(fits, pc.greater_equal(filled, field.minimum))
        if field.maximum is not None:
            fits = pc.and_(fits, pc.less_equal(filled, field.maximum))
    if not pc.all(fits, min_count=0).as_py():
        wrong = filled.filter(pc.invert(fits))[0]
        raise ValueError(f"{table}.{field.name}: `{wrong}` is not permitted")
