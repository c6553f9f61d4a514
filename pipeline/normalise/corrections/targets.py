"""A line of `corrections.csv` → the rows that it names, and their new value."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.knowledge.catalogue import Table
from pipeline.knowledge.lexicon import Lexicon
from pipeline.model import Correction, Where
from pipeline.normalise.corrections.values import RefusedError, Value, column_value, hint
from pipeline.records import City, CityQuantity, CityTheme, Mention, Records
from pipeline.textforms import number_text

Record = City | CityTheme | CityQuantity | Mention

# The columns that hold a value of `cities` as printed; of other values, what was read stands in.
_PRINTED = {"population": "population_text", "area_km2": "area_text", "country_code": "country_zh"}
# What names a row beside `city_id`, in each table; `printed` goes with all of them.
_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "cities": (),
    "city_themes": ("position",),
    "quantities": ("section", "position", "start"),
    "mentions": ("section", "position", "start"),
}
_COLUMN = {
    ("quantities", "position"): "paragraph",
    ("mentions", "position"): "paragraph",
}


class StaleError(Exception):
    """The page no longer prints what a line corrects; the argument is what it prints."""


class Target(NamedTuple):
    """What a correction changes: rows of one table (all those of one label), one column."""

    source: int
    table: str
    rows: tuple[int, ...]
    city_id: str
    field: str
    value: Value
    printed: str | None
    old: str | None
    where: Where


def find_target(
    correction: Correction,
    records: Sequence[Records],
    tables: Mapping[str, Table],
    lexicon: Lexicon,
) -> Target:
    """The target of a correction among the documents of its edition.

    Raises RefusedError where it names no row, more than one, or gives no fitting value, and
    StaleError where the row prints something else than the line says.
    """
    c = correction
    if c.problem:
        raise RefusedError(c.problem)
    able = {name for name, t in tables.items() if t.correctable}
    if c.table not in able:
        raise RefusedError(
            f"`{c.table}` cannot be corrected; {', '.join(sorted(able))} can{hint(c.table, able)}"
        )
    table = tables[c.table]
    if c.field not in table.correctable:
        which = ", ".join(table.correctable)
        raise RefusedError(f"`{c.table}.{c.field}` cannot be corrected; {which} can")
    source = _source(c.city_id, records)
    value = column_value(c.value, next(f for f in table.fields if f.name == c.field), lexicon)
    rows = getattr(records[source], c.table)
    found = _matching(c, rows)
    first = rows[found[0]]
    ids = {city.city_id for r in records for city in r.cities}
    if c.field == "city_id" and value in ids - {c.city_id}:
        raise RefusedError(f"the edition has a profile `{value}` already")
    if c.field == "code" and not (value in {None, *ids} or lexicon.countries.is_code(str(value))):
        raise RefusedError(f"`{value}` is no country of ISO 3166-1 and no profile of the edition")
    return Target(
        source,
        c.table,
        tuple(found),
        c.city_id,
        c.field,
        value,
        _printed(c.field, first),
        _old(c.field, [rows[i] for i in found]),
        first.where,
    )


def _source(city_id: str, records: Sequence[Records]) -> int:
    known: set[str] = set()
    named: dict[str, str] = {}
    for i, record in enumerate(records):
        ids = {c.city_id for c in record.cities}
        if city_id in ids:
            return i
        known |= ids
        named |= {n: c.city_id for c in record.cities for n in (c.name_zh, c.name_en) if n}
    if city_id in named:
        raise RefusedError(
            f"the edition has no profile `{city_id}`; did you mean `{named[city_id]}`?"
        )
    raise RefusedError(f"the edition has no profile `{city_id}`{hint(city_id, known)}")


def _matching(c: Correction, rows: Sequence[Record]) -> list[int]:
    """The one row that a line names; of a label that names several themes, all of its rows."""
    named_by = _NAMED_BY[c.table]
    given = {name: getattr(c, name) for name in ("section", "position", "start")}
    for name, text in given.items():
        if text and name not in named_by:
            raise RefusedError(f"rows of `{c.table}` are not named by `{name}`: leave it empty")
        if text and name != "section" and not text.isdecimal():
            raise RefusedError(f"`{name}` must be a whole number, not `{text}`")
    named = [
        i
        for i, row in enumerate(rows)
        if row.city_id == c.city_id and all(_fits(c.table, row, n, given[n]) for n in named_by)
    ]
    if not named:
        raise RefusedError(f"{c.city_id} has no such row in `{c.table}`")
    if not c.printed:
        return _one(c, rows, named)
    fitting = [i for i in named if _same_text(_printed(c.field, rows[i]), c.printed)]
    if not fitting:
        texts = dict.fromkeys(_printed(c.field, rows[i]) or "nothing" for i in named)
        shown = ", ".join(f"`{t}`" for t in list(texts)[:3]) + (", …" if len(texts) > 3 else "")
        raise StaleError(shown)
    return _one(c, rows, fitting)


def _one(c: Correction, rows: Sequence[Record], found: list[int]) -> list[int]:
    """The found rows, if they are one row, or all the rows of one label."""
    if len({getattr(rows[i], "position", i) for i in found}) == 1:
        return found
    more = ", ".join(f"`{n}`" for n in (*_NAMED_BY[c.table], "printed") if not getattr(c, n))
    raise RefusedError(f"{len(found)} rows of `{c.table}` fit: name one of them with {more}")


def _fits(table: str, row: Record, name: str, given: str) -> bool:
    found = getattr(row, _COLUMN.get((table, name), name))
    return not given or (found == given if name == "section" else found == int(given))


def _printed(field: str, row: Record) -> str | None:
    if isinstance(row, City):
        found = getattr(row, _PRINTED.get(field, field))
        return None if found is None else as_text(found)
    return row.label if isinstance(row, CityTheme) else row.text


def _old(field: str, rows: Sequence[Record]) -> str | None:
    values = [getattr(row, field) for row in rows]
    return " ".join(as_text(v) for v in values if v is not None) or None


def as_text(value: Any) -> str:
    """A value as it is written in the file: numbers in full, themes with spaces between."""
    if isinstance(value, tuple):
        return " ".join(value)
    return value if isinstance(value, str) else number_text(value)


def _same_text(found: str | None, given: str) -> bool:
    def plain(text: str) -> str:
        return " ".join(unicodedata.normalize("NFC", text).split())

    return found is not None and plain(found) == plain(given)
