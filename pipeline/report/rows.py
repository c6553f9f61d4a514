"""The rows of an edition's tables, and those of each of its profiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]

# The tables that an edition's pages are made from.
TABLES = ("sources", "lines", "cities", "sections", "paragraphs", "themes", "city_themes",
          "quantities", "mentions", "events", "event_items", "calendar_days", "similarities",
          "corrections", "findings")  # fmt: skip
SEVERITIES = ("error", "warning", "info")  # in the order in which findings are listed
_OF_A_PROFILE = ("lines", "sections", "paragraphs", "city_themes", "quantities", "mentions",
                 "findings", "corrections")  # fmt: skip


class EditionRows:
    """An edition by its rows, those of each profile at hand."""

    def __init__(self, name: str, rows: Rows) -> None:
        """`rows` are those of `TABLES`, each in the order of its key."""
        self.name = name
        self.rows = rows
        self._own: dict[str | None, dict[str, list[Row]]] = defaultdict(
            lambda: {table: [] for table in _OF_A_PROFILE}
        )
        renamed = {
            c["city_id"]: c["value"]
            for c in rows["corrections"]
            if c["field"] == "city_id" and c["status"] == "applied"
        }
        for table in _OF_A_PROFILE:
            for row in rows[table]:
                city_id = row["city_id"]
                if table == "corrections":  # they keep the id that was given
                    city_id = renamed.get(city_id, city_id)
                self._own[city_id][table].append(row)

        for own in self._own.values():
            own["findings"].sort(key=lambda f: SEVERITIES.index(f["severity"]))
        self._cities = {c["city_id"]: c for c in rows["cities"]}
        self._partners: dict[str, list[Row]] | None = None

    def of(self, city_id: str | None) -> dict[str, list[Row]]:
        """The rows of a profile, or those of none, by table."""
        return self._own[city_id]

    def city(self, city_id: str) -> Row:
        """The row of `cities` of a profile."""
        return self._cities[city_id]

    def partners(self) -> dict[str, list[Row]]:
        """The rows of `similarities` of each profile, the closest first, the partner as `other`."""
        if self._partners is None:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows["similarities"]:
                for own, other in (("city_a", "city_b"), ("city_b", "city_a")):
                    found[row[own]].append({**row, "other": row[other]})
            for rows in found.values():
                rows.sort(key=lambda r: (-r["jaccard"], -r["shared"], r["other"]))
            self._partners = found
        return self._partners


def rows_from(files: Mapping[str, bytes]) -> dict[str, list[Row]]:
    """The rows of tables from their Parquet files."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    # A file is read by itself: `read_table` looks for a dataset first, which takes longer.
    opened = {name: pq.ParquetFile(pa.BufferReader(data)) for name, data in files.items()}
    return {name: rows_in(file.read(use_threads=False)) for name, file in opened.items()}


def rows_in(table: Any) -> list[Row]:
    """The rows of an Arrow table."""
    names = table.column_names
    columns = [column.to_pylist() for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
