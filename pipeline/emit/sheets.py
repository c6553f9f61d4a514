"""A table as its sheet has it: with what a reader would look up elsewhere for every row.

A spreadsheet has no join: names and countries of places, themes, warnings and findings in Chinese
stand there already. The tables themselves have each value once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from pipeline.knowledge.catalogue import Field, Table
from pipeline.knowledge.messages import check_names, in_chinese

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.emit.tables import Row

    Tables = Mapping[str, pa.Table]
    Columns = dict[str, pa.Array]

BETWEEN = "; "  # entries of a cell
NAMES = {"name_en": "Latin", "name_zh": "Chinese"}  # columns, and their scripts
_IDS = {"city_id": "", "city_a": "_a", "city_b": "_b"}  # and what their names' columns end with
_BEHIND: Mapping[tuple[str, str], tuple[Field, ...]] = {
    ("cities", "density_per_km2"): (
        Field("warnings", "string", "Checks of the errors and warnings about the profile, see "
              "`findings`; what a comparison of editions adds is there alone"),
        Field("themes", "string", "Labels of the themes as printed, in order; see `city_themes`"),
        Field("theme_ids", "string", "Codes of the themes, in the same order"),
    ),
    ("city_themes", "theme"): (
        Field("theme_zh", "string", "Chinese label of `theme`, see `themes`"),
        Field("theme_en", "string", "English label of `theme`, see `themes`"),
    ),
    ("similarities", "city_a"): (Field("country_a", "string", "Country of `city_a`"),),
    ("similarities", "city_b"): (Field("country_b", "string", "Country of `city_b`"),),
    ("similarities", "across_countries"): (
        Field("countries", "string", "Countries of both in alphabetical order, where they lie in "
              "two"),
    ),
    ("findings", "check"): (Field("check_zh", "string", "Name of the check in Chinese"),),
    ("findings", "message"): (
        Field("message_zh", "string", "What was found, in Chinese"),
    ),
}  # fmt: skip
# What a reader wants first: the names, and of `cities` what is said of a place. Ids, positions and
# provenance follow in their own order.
_FIRST = {
    "cities": (
    *NAMES, "kind", "country_code", "country_name_en", "country_name_zh", "population", "area_km2",
    "density_per_km2", "warnings", "themes", "theme_ids", "population_text", "area_text", "edition",
    ),
}  # fmt: skip


def sheet_table(table: Table) -> Table:
    """The table with the columns that only its sheet has, in the order of the sheet."""
    fields: list[Field] = []
    for field in table.fields:
        fields.append(field)
        if field.name in _IDS and _is_of_places(table):
            fields += [
                Field(f"{name}{_IDS[field.name]}", "string", f"{script} name of `{field.name}`, "
                      "see `cities`")
                for name, script in NAMES.items()
            ]  # fmt: skip
        fields += _BEHIND.get((table.name, field.name), ())
    first = _FIRST.get(table.name, tuple(NAMES))
    fields.sort(key=lambda f: first.index(f.name) if f.name in first else len(first))
    return msgspec.structs.replace(table, fields=tuple(fields))


def sheet_columns(table: Table, tables: Tables) -> pa.Table:
    """The rows of a table of one edition with those columns; `tables` are all of the edition."""
    rows = tables[table.name]
    added = _names(table, tables) if _is_of_places(table) else {}
    if table.name in _MADE:
        added |= _MADE[table.name](tables)
    for name, column in added.items():
        rows = rows.append_column(name, column)
    return rows.select(sheet_table(table).columns)


def _is_of_places(table: Table) -> bool:
    """Whether all rows of a table are of places that the same edition has."""
    return any(r.table in ("cities", "sections") for r in table.references)


def _names(table: Table, tables: Tables) -> Columns:
    """The names of the places of a table."""
    return {
        f"{name}{_IDS[column]}": _looked_up(tables[table.name], column, tables["cities"], name)
        for column in table.columns
        if column in _IDS
        for name in NAMES
    }


def _looked_up(rows: pa.Table, column: str, places: pa.Table, name: str) -> pa.Array:
    """A column of `cities` for the ids in a column of other rows."""
    import pyarrow as pa

    at = {city_id: i for i, city_id in enumerate(places.column("city_id").to_pylist())}
    taken = pa.array([at.get(i) for i in rows.column(column).to_pylist()], pa.int64())
    return places.column(name).take(taken)


def _of_cities(tables: Tables) -> Columns:
    """The warnings and themes of each place."""
    labels = _rows(tables["city_themes"], "city_id", "position", "label", "theme")
    labels.sort(key=lambda r: (r["city_id"], r["position"]))
    told = _rows(tables["findings"], "city_id", "severity", "check")
    doubts = [r for r in told if r["severity"] != "info"]
    doubts.sort(key=lambda r: (r["severity"], r["check"]))  # errors come first
    ids = tables["cities"].column("city_id").to_pylist()
    return {
        "warnings": _listed(ids, doubts, "check"),
        "themes": _listed(ids, labels, "label"),
        "theme_ids": _listed(ids, labels, "theme"),
    }


def _listed(ids: list[str], rows: list[Row], column: str) -> pa.Array:
    """What a column has for each place, in the order of the rows, each value once."""
    import pyarrow as pa

    found: dict[str, dict[str, None]] = {}
    for row in rows:
        if row[column] is not None:
            found.setdefault(row["city_id"], {})[row[column]] = None
    return pa.array([BETWEEN.join(found[i]) if i in found else None for i in ids], pa.string())


def _of_city_themes(tables: Tables) -> Columns:
    """The labels of each theme in both languages."""
    import pyarrow as pa

    rows = _rows(tables["themes"], "theme", "label_zh", "label_en")
    themes = tables["city_themes"].column("theme").to_pylist()
    made = {}
    for language in ("zh", "en"):
        labels = {r["theme"]: r[f"label_{language}"] for r in rows}
        made[f"theme_{language}"] = pa.array([labels.get(t) for t in themes], pa.string())
    return made


def _of_similarities(tables: Tables) -> Columns:
    """The countries of both places of a pair, and the two together where they differ."""
    import pyarrow as pa

    rows, places = tables["similarities"], tables["cities"]
    a, b = (_looked_up(rows, column, places, "country_code") for column in ("city_a", "city_b"))
    pairs = zip(a.to_pylist(), b.to_pylist(), strict=True)
    both = [None if None in p or p[0] == p[1] else BETWEEN.join(sorted(p)) for p in pairs]
    return {"country_a": a, "country_b": b, "countries": pa.array(both, pa.string())}


def _of_findings(tables: Tables) -> Columns:
    """The checks and messages in Chinese, as the report has them."""
    import pyarrow as pa

    rows = _rows(tables["findings"], "check", "message")
    names = {check: name["zh"] for check, name in check_names().items()}
    messages = [in_chinese(r["check"], r["message"]) for r in rows]
    return {
        "check_zh": pa.array([names.get(r["check"]) for r in rows], pa.string()),
        "message_zh": pa.array(messages, pa.string()),
    }


def _rows(table: pa.Table, *columns: str) -> list[Row]:
    found: list[Row] = table.select(columns).to_pylist()
    return found


_MADE: Mapping[str, Callable[[Tables], Columns]] = {
    "cities": _of_cities,
    "city_themes": _of_city_themes,
    "similarities": _of_similarities,
    "findings": _of_findings,
}
