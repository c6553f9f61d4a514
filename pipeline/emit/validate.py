"""Tables against the catalogue, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.knowledge.catalogue import Field, Table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def validate(table: Table, tables: Mapping[str, pa.Table]) -> None:
    """Raise ValueError, naming table, column and an example, where a table breaks its schema.

    Checked are required values, permitted values, patterns, bounds, the uniqueness of the key
    and references to other tables.
    """
    frame = _frame(tables[table.name])
    for field in table.fields:
        _check_column(table.name, field, frame[field.name])
    keys = frame[list(table.key)]
    twice = keys[keys.duplicated()]
    if len(twice):
        raise ValueError(f"{table.name}: key stands twice: {_example(twice)}")
    for name in table.key:
        if name not in table.nullable_key and frame[name].isna().any():
            raise ValueError(f"{table.name}.{name}: a key column is empty")
    for reference in table.references:
        columns = list(reference.fields)
        known = _frame(tables[reference.table])[columns].drop_duplicates()
        used = frame[columns].dropna().drop_duplicates()
        if len(columns) == 1:
            lost = used[~used[columns[0]].isin(known[columns[0]])]
        else:
            joined = used.merge(known, how="left", on=columns, indicator=True)
            lost = joined[joined["_merge"] == "left_only"]
        if len(lost):
            raise ValueError(f"{table.name}: not in {reference.table}: {_example(lost)}")


def _frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _example(frame: pd.DataFrame) -> str:
    return str(frame.iloc[0].to_dict())


def _check_column(table: str, field: Field, column: pd.Series) -> None:
    filled = column.dropna()
    if field.required and len(filled) < len(column):
        raise ValueError(f"{table}.{field.name}: a required value is missing")
    wrong = None
    if field.enum:
        wrong = filled[~filled.isin(field.enum)]
    elif field.pattern:
        wrong = filled[~filled.str.fullmatch(field.pattern)]
    elif field.minimum is not None or field.maximum is not None:
        low, high = field.minimum, field.maximum
        wrong = filled[
            (filled < (low if low is not None else filled))
            | (filled > (high if high is not None else filled))
        ]
    if wrong is not None and len(wrong):
        raise ValueError(f"{table}.{field.name}: `{wrong.iloc[0]}` is not permitted")
