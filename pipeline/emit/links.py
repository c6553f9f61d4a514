"""What the findings of an edition are about: cells of its tables, and lines of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.emit.part import CellPlace, split_columns
from pipeline.emit.sheets import sheet_table
from pipeline.emit.tables import Row
from pipeline.knowledge.catalogue import Table

if TYPE_CHECKING:
    import pyarrow as pa

TEXT = 3  # the column of `lines` that holds the printed line


def targets(
    findings: Sequence[Row], tables: Mapping[str, pa.Table], catalogue: Sequence[Table]
) -> dict[str, CellPlace]:
    """The cell that each finding is about, by its id; findings about no certain row have none.

    `tables` are those of the edition, sorted.
    """
    described = {t.name: t for t in catalogue if t.name not in ("lines", "findings")}
    indices: dict[str, _Index] = {}
    found: dict[str, CellPlace] = {}
    for finding in findings:
        if finding["table"] == "lines" and finding["line_start"]:
            own = (finding["source_id"],)  # a source has all of its lines
            at = CellPlace("lines", own, finding["line_start"] - 1, TEXT)
            found[finding["finding_id"]] = at
        table = described.get(finding["table"] or "")
        if table is None:
            continue
        if table.name not in indices:
            indices[table.name] = _Index(table, tables[table.name])
        if target := indices[table.name].target(finding):
            found[finding["finding_id"]] = target
    return found


class _Index:
    """The rows of a table by place and source."""

    def __init__(self, table: Table, rows: pa.Table) -> None:
        self._table = table
        self._columns = sheet_table(table).columns
        self._known = [c for c in ("city_id", "source_id") if c in table.columns]
        lines = [c for c in ("line_start", "line_end") if c in table.columns]
        order = split_columns(table)
        columns = list(dict.fromkeys((*self._known, *lines, *order)))
        self._rows: list[Row] = rows.select(columns).to_pylist()
        self._orders = [tuple(row[c] for c in order) for row in self._rows]
        self._first: dict[tuple[str, ...], int] = {}
        for i, own in enumerate(self._orders):
            self._first.setdefault(own, i)
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def target(self, finding: Row) -> CellPlace | None:
        """The cell that a finding is about; of several, that of its line, or else the first."""
        known = tuple(c for c in self._known if finding[c] is not None)
        if not known:
            return None
        own = self._by(known).get(tuple(finding[c] for c in known), [])
        if not own:
            return None
        line, rows = finding["line_start"], self._rows
        near = [i for i in own if _holds(rows[i], line)]
        at = (near or own)[0]
        columns = self._columns
        column = columns.index(finding["field"]) if finding["field"] in columns else 0
        order = self._orders[at]
        return CellPlace(self._table.name, order, at - self._first[order], column)

    def _by(self, known: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
        if known not in self._found:
            found: dict[tuple[str, ...], list[int]] = {}
            for i, row in enumerate(self._rows):
                found.setdefault(tuple(row[c] for c in known), []).append(i)
            self._found[known] = found
        return self._found[known]


def _holds(row: Row, line: int | None) -> bool:
    first, last = row.get("line_start"), row.get("line_end")
    if line is None or first is None or last is None:
        return False
    return bool(first <= line <= last)
