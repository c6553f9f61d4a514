"""The line for `corrections.csv` that a finding asks for, without the value and the reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.knowledge.catalogue import catalogue
from pipeline.report.amounts import exact
from pipeline.report.rows import Row

COLUMNS = ("city_id", "table", "field", "value", "reason", "printed", "position", "section",
           "start")  # fmt: skip
HEADER = ",".join(COLUMNS)
# A value of `cities` and the column that has its print.
PRINTED = {"population": "population_text", "area_km2": "area_text", "name_zh": "name_zh",
           "name_en": "name_en", "country_code": "country_zh"}  # fmt: skip
# A finding about a value that follows from others asks for these, by its field or its check.
_FOLLOWS = {"density_per_km2": ("population",)}
_ABOUT = {"same_population_and_area": ("population", "area_km2")}


class Fix(NamedTuple):
    """A line for a field: its cells before the value, the value as it is, and after the reason."""

    field: str
    before: str
    value: str
    after: str

    @property
    def line(self) -> str:
        """The line with the present value and without a reason, so that it is refused as it is."""
        return f"{self.before},{_cells([self.value])},,{self.after}"


def fixes(finding: Row, own: Mapping[str, Sequence[Row]], city: Row) -> list[Fix]:
    """The lines that could settle a finding of a profile; none where no value is to blame."""
    can = {t.name: t.correctable for t in catalogue()}.get(finding["table"], ())
    return [
        fix
        for field in _asked(finding, own["corrections"])
        if field in can
        for fix in _of_field(finding, field, own, city)
    ]


def _asked(finding: Row, corrections: Sequence[Row]) -> Sequence[str]:
    """The fields whose values are in question; of several, those that were not corrected yet."""
    about = _ABOUT.get(finding["check"])
    if about is None:
        return _FOLLOWS.get(finding["field"], (finding["field"],))
    done = {c["field"] for c in corrections if c["status"] == "applied"}
    return [field for field in about if field not in done]


def _of_field(finding: Row, field: str, own: Mapping[str, Sequence[Row]], city: Row) -> list[Fix]:
    table = finding["table"]
    given = _given_id(own["corrections"], city["city_id"])
    if table == "cities":
        printed = city.get(PRINTED.get(field, ""), None) or ""
        return [_fix([given, table, field], _text(city[field]), [printed, "", "", ""])]
    if table == "city_themes":
        there = [r for r in own[table] if _same_lines(r, finding)]
        labels = {r["position"]: r for r in quoted(finding, there, "label")}
        return [
            _fix([given, table, field], _themes(own[table], n), [row["label"], str(n), "", ""])
            for n, row in labels.items()
        ]
    said = [r for r in own[table] if _same_lines(r, finding) and r["text"] in finding["message"]]
    return [
        _fix(
            [given, table, field],
            _text(row[field]),
            [row["text"], str(row["paragraph"]), row["section"], str(row["start"])],
        )
        for row in said
    ]


def quoted(finding: Row, rows: Sequence[Row], column: str) -> Sequence[Row]:
    """The rows whose text in a column a finding's message quotes; all where it quotes none.

    Of several rows on one line, its place alone does not tell which one it is about.
    """
    return [r for r in rows if f"`{r[column]}`" in finding["message"]] or rows


def _fix(before: list[str], value: str, after: list[str]) -> Fix:
    return Fix(before[-1], _cells(before), value, _cells(after))


def _given_id(corrections: Sequence[Row], city_id: str) -> str:
    """The id of a profile as it would be without corrections: a line has to name that one."""
    return next(
        (
            c["city_id"]
            for c in corrections
            if c["field"] == "city_id" and c["status"] == "applied" and c["value"] == city_id
        ),
        city_id,
    )


def _same_lines(row: Row, finding: Row) -> bool:
    same = row["source_id"] == finding["source_id"]
    return same and (row["line_start"], row["line_end"]) == (
        finding["line_start"],
        finding["line_end"],
    )


def _themes(rows: Sequence[Row], position: int) -> str:
    return " ".join(r["theme"] for r in rows if r["position"] == position and r["theme"])


def _text(value: object) -> str:
    return exact(value) if isinstance(value, int | float) else str(value or "")


def _cells(values: Sequence[str]) -> str:
    """Cells of a CSV line."""
    if list(values) == [""]:
        return ""  # alone, the module would quote it
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()
