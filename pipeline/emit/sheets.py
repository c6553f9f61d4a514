"""A table as its sheet has it: the names of places beside their ids, and the themes of a place.

A spreadsheet has no join; what a reader looks up for every row stands there already. The tables
themselves have each value once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from pipeline.knowledge.catalogue import Field, Table

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES = ("name_zh", "name_en")
_IDS = {"city_id": "", "city_a": "_a", "city_b": "_b"}  # and what their names' columns end with
_LANGUAGES = {"name_zh": "Chinese", "name_en": "Latin"}
_THEMES = Field("themes", "string", "Labels of the themes as printed, in order; see `city_themes`")


def sheet_table(table: Table) -> Table:
    """The table with the columns that only its sheet has."""
    fields = list(table.fields)
    if table.name == "cities":
        return msgspec.structs.replace(table, fields=(*fields, _THEMES))
    if not _is_of_places(table):
        return table
    shown: list[Field] = []
    for field in fields:
        shown.append(field)
        if field.name in _IDS:
            shown += [
                Field(f"{name}{_IDS[field.name]}", "string", f"{_LANGUAGES[name]} name of "
                      f"`{field.name}`, see `cities`")
                for name in _NAMES
            ]  # fmt: skip
    return msgspec.structs.replace(table, fields=tuple(shown))


def sheet_columns(table: Table, tables: Mapping[str, pa.Table]) -> pa.Table:
    """The rows of a table of one edition with those columns; `tables` are all of the edition."""
    import pyarrow as pa

    rows = tables[table.name]
    if table.name == "cities":
        column = pa.array(_themes(tables), pa.string())
        return rows.append_column(_THEMES.name, column)
    if not _is_of_places(table):
        return rows
    cities = tables["cities"]
    at = {city_id: i for i, city_id in enumerate(cities.column("city_id").to_pylist())}
    for name, ending in _IDS.items():
        if name in table.columns:
            taken = pa.array([at.get(i) for i in rows.column(name).to_pylist()], pa.int64())
            place = rows.column_names.index(name)
            for k, column in enumerate(_NAMES, start=place + 1):
                rows = rows.add_column(k, f"{column}{ending}", cities.column(column).take(taken))
    return rows


def _is_of_places(table: Table) -> bool:
    """Whether all rows of a table are of places that the same edition has."""
    return any(r.table in ("cities", "sections") for r in table.references)


def _themes(tables: Mapping[str, pa.Table]) -> list[str | None]:
    """The labels of each place of an edition, in the order of `cities`."""
    labels: dict[str, dict[str, None]] = {}
    rows = tables["city_themes"].select(["city_id", "position", "label"]).to_pylist()
    for row in sorted(rows, key=lambda r: (r["city_id"], r["position"])):
        labels.setdefault(row["city_id"], {})[row["label"]] = None
    ids = tables["cities"].column("city_id").to_pylist()
    return ["; ".join(labels[i]) if i in labels else None for i in ids]
