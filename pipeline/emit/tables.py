"""Records → rows → Arrow tables, in the columns and the order of the catalogue."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipeline.knowledge.catalogue import Field, Table
from pipeline.knowledge.countries import country_name
from pipeline.model import Failure, Finding, Outcome, Source, Where
from pipeline.records import (
    CalendarDay,
    City,
    Event,
    LineRecord,
    Records,
    Section,
    row_types,
)
from pipeline.textforms import UNSAFE, harmless

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.knowledge.themes import Taxonomy

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # of tables by their names

# A source with none of these roles was not understood.
_UNDERSTOOD = frozenset({"name", "population", "area", "heading", "calendar", "event"})
# Findings that say that part of a source is lost.
_NOT_IN_FULL = frozenset({"encoding_damaged", "page_cut", "pages_not_read"})
_UNSAFE = "[" + "".join(c if c == "-" else f"\\x{{{ord(c):x}}}" for c in UNSAFE) + "]"  # for RE2


class Sources(NamedTuple):
    """What came of the sources of an edition, ordered by source id."""

    records: tuple[Records, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def findings(self) -> list[Finding]:
        """The findings that the stages before made."""
        return [*self.notes, *(f for r in self.records for f in r.findings)]

    def events(self) -> list[Event]:
        """All events, ordered by their ids."""
        return sorted((e for r in self.records for e in r.events), key=lambda e: e.event_id)


def rows_of(sources: Sources, themes: Taxonomy) -> Rows:
    """The rows of every table but `findings`, each with the columns of the catalogue.

    Each field of `Records` that holds rows is a table of its name.
    """
    rows: Rows = {
        "sources": [*map(_source_row, sources.records), *map(_failure_row, sources.failures)],
        "themes": theme_rows(themes),
        "corrections": [_correction_row(o) for o in sources.outcomes],
    }
    for table in row_types():
        if table != "findings":  # those of the checks join them, see `findings_rows`
            made = _ROWS.get(table, _row)
            rows[table] = [made(x, r.source) for r in sources.records for x in getattr(r, table)]
    return rows


def theme_rows(themes: Taxonomy) -> list[Row]:
    """The rows of `themes`, which are the same for every input."""
    return [
        {"theme": t.theme, "label_zh": t.label_zh, "label_en": t.label_en, "group": t.group}
        for t in themes.themes
    ]


def findings_rows(findings: Iterable[Finding]) -> list[Row]:
    """The rows of `findings`: the same finding stands once, under an id made of its content."""
    rows: dict[str, Row] = {}
    for finding in findings:
        row = _located(finding)
        content = "\x1f".join(str(row[k]) for k in sorted(row) if k != "severity")
        digest = hashlib.sha256(content.encode()).hexdigest()[:10]
        rows.setdefault(f"{finding.check}-{digest}", row)
    return [{"finding_id": key, **row} for key, row in rows.items()]


def arrow_tables(rows: Rows, catalogue: Sequence[Table]) -> dict[str, pa.Table]:
    """The rows of each table as an Arrow table, sorted by the table's key."""
    import pyarrow as pa

    tables = {}
    for table in catalogue:
        schema = arrow_schema(table)
        columns = [
            pa.array([row[f.name] for row in rows[table.name]], type=schema.field(f.name).type)
            for f in table.fields
        ]
        if table.name != "lines":
            columns = [
                c if f.enum or f.pattern else _harmless(c)  # those are validated as they are
                for f, c in zip(table.fields, columns, strict=True)
            ]
        unsorted = pa.Table.from_arrays(columns, schema=schema)
        # Keys are unique, nulls come last, and texts go by their code points, as in Python.
        tables[table.name] = unsorted.sort_by([(name, "ascending") for name in table.key])
    return tables


def _harmless(column: pa.Array) -> pa.Array:
    """A column without what could harm a reader's screen; `lines` alone keeps it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.type != pa.string():
        return column
    return pc.replace_substring_regex(column, _UNSAFE, "")


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; descriptions and units travel as field metadata."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(f.name, _arrow_type(f), nullable=not f.required, metadata=_metadata(f))
            for f in table.fields
        ],
        metadata={"description": table.description},
    )


def _arrow_type(field: Field) -> pa.DataType:
    import pyarrow as pa

    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("s", tz="UTC"),
    }[field.type]


def _metadata(field: Field) -> dict[str, str]:
    unit = {"unit": field.unit} if field.unit else {}
    return {"description": field.description, **unit}


def _located(record: Any) -> Row:
    """A record as a row, its place in the source in columns of its own."""
    row = msgspec.structs.asdict(record)
    where: Where | None = row.pop("where")
    return {**row, **_place(where)}


def _row(record: Any, source: Source) -> Row:
    return {"edition": source.edition.edition, **_located(record)}


def _place(where: Where | None) -> Row:
    return {name: getattr(where, name) if where else None for name in Where.__struct_fields__}


def _source_row(record: Records) -> Row:
    understood = bool(_UNDERSTOOD & {line.role for line in record.lines})
    lost = [f.message for f in record.findings if f.check in _NOT_IN_FULL]
    if not understood:
        lost.append(f"no profile and no calendar day was found{advice_to_look(record.source)}")
    unread = "; ".join(lost)
    return {
        **_file_columns(record.source),
        "kind": record.kind if understood else None,
        "media_type": record.media_type,
        "encoding": record.encoding or None,
        "pages": record.pages,
        "lines": len(record.lines),
        "reader": record.reader,
        "status": "partial" if unread else "ok",
        "error": unread or None,
    }


def advice_to_look(source: Source) -> str:
    """What a message about a source of which nothing was understood ends with."""
    command = f".venv/bin/city-profiles inspect {shlex.quote(harmless(source.path))}"
    return f"; run `{command}` to see what was"


def _failure_row(failure: Failure) -> Row:
    nothing = ("kind", "media_type", "encoding", "pages", "lines", "reader")
    error = f"{failure.message}; {failure.hint}" if failure.hint else failure.message
    return {
        **_file_columns(failure.source),
        **dict.fromkeys(nothing),
        "status": "failed",
        "error": error,
    }


def _file_columns(source: Source) -> Row:
    return {
        "source_id": source.source_id,
        "edition": source.edition.edition,
        "path": source.path,
        "sha256": source.sha256,
        "size_bytes": source.size_bytes,
    }


def _line_row(line: LineRecord, source: Source) -> Row:
    return {"source_id": source.source_id, **msgspec.structs.asdict(line)}


def _city_row(city: City, source: Source) -> Row:
    density = city.population / city.area_km2 if city.population and city.area_km2 else None
    return {
        **_row(city, source),
        "density_per_km2": None if density is None else round(density, 2),
        "country_name_en": country_name(city.country_code, "en"),
        "country_name_zh": country_name(city.country_code, "zh"),
    }


def _section_row(section: Section, source: Source) -> Row:
    return {**_row(section, source), "characters": len(section.text)}


def _correction_row(outcome: Outcome) -> Row:
    given = msgspec.structs.asdict(outcome.correction)
    del given["problem"]
    return {
        **{name: value or None for name, value in given.items()},
        "status": outcome.status,
        "message": outcome.message,
        "old": outcome.old,
        "printed": outcome.printed or outcome.correction.printed or None,
        "settles": " ".join(outcome.settles) or None,
        **_place(outcome.where),
    }


def _event_row(event: Event, source: Source) -> Row:
    return {
        **_row(event, source),
        "date": date.fromisoformat(event.date),
        "last_date": date.fromisoformat(event.last_date) if event.last_date else None,
        "time_text": event.time_text or None,
        "start_utc": _instant(event.start_utc),
        "end_utc": _instant(event.end_utc),
    }


def _day_row(day: CalendarDay, source: Source) -> Row:
    return {**_row(day, source), "date": date.fromisoformat(day.date)}


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


# Tables whose columns are not just the fields of their records, with the edition and the place.
_ROWS: Mapping[str, Callable[[Any, Source], Row]] = {
    "lines": _line_row,
    "cities": _city_row,
    "sections": _section_row,
    "events": _event_row,
    "calendar_days": _day_row,
}
