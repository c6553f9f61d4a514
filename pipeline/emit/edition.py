"""The records of one edition → its part: rows, checks over them, fragments of every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.emit.cells import in_sheet
from pipeline.emit.checks import find_all
from pipeline.emit.geojson import features
from pipeline.emit.ics import calendar_entries
from pipeline.emit.links import targets
from pipeline.emit.part import (
    MOST_TOLD,
    Body,
    CellPlace,
    Links,
    Part,
    SourceFacts,
    ToldFinding,
    told_order,
)
from pipeline.emit.sheets import sheet_columns
from pipeline.emit.similarities import similarities_rows
from pipeline.emit.tables import Row, Rows, Sources, arrow_tables, findings_rows, rows_of
from pipeline.emit.validate import validate
from pipeline.knowledge.catalogue import Table
from pipeline.knowledge.themes import Taxonomy
from pipeline.model import Edition, Finding


def edition_part(
    edition: Edition, sources: Sources, catalogue: Sequence[Table], themes: Taxonomy
) -> bytes:
    """The part of an edition, encoded, made of all that came of its sources.

    Raises ValueError if a table breaks its schema: nothing is to be written then.
    """
    rows, found = edition_rows(sources, themes)
    tables = arrow_tables(rows, catalogue)
    for table in catalogue:
        validate(table, tables)
    body = Body()
    own = [t for t in catalogue if t.name not in ("themes", "changes")]
    fragments = {t.name: body.fragments(t, tables[t.name], sheet_columns(t, tables)) for t in own}
    (described,) = [t for t in own if t.name == "findings"]
    found_rows = in_sheet(tables["findings"], described).to_pylist()
    part = Part(
        edition,
        fragments,
        body.add(calendar_entries(sources.events())),
        body.add(msgspec.json.encode(found)),
        tuple(msgspec.convert({n: s[n] for n in SourceFacts.__struct_fields__}, SourceFacts)
              for s in rows["sources"]),
        sum(line["role"] == "unassigned" for line in rows["lines"]),
        **_said(rows["findings"]),
        features=body.add(
            features(tables["cities"].to_pylist(), tables["city_themes"].to_pylist())
        ),
        links=body.add(_links(found_rows, targets(found_rows, tables, catalogue))),
    )  # fmt: skip
    return body.encoded(part)


def edition_rows(sources: Sources, themes: Taxonomy) -> tuple[Rows, list[Finding]]:
    """The rows of every table that an edition gives by itself, and its findings."""
    rows = rows_of(sources, themes)
    rows["changes"] = []
    rows["similarities"] = similarities_rows(rows["cities"], rows["city_themes"], rows["themes"])
    found = [*sources.findings(), *find_all(rows)]
    rows["findings"] = findings_rows(found)
    return rows, found


def findings_part(
    edition: Edition, findings: Iterable[Finding], catalogue: Sequence[Table]
) -> bytes:
    """The part that takes the place of an edition's findings once others have been added."""
    (table,) = [t for t in catalogue if t.name == "findings"]
    rows = findings_rows(findings)
    tables = arrow_tables({"findings": rows}, [table])
    validate(table, tables)
    body = Body()
    shown = sheet_columns(table, tables)
    fragments = {"findings": body.fragments(table, tables["findings"], shown)}
    nothing = body.add(b"")
    links = body.add(_links(in_sheet(tables["findings"], table).to_pylist(), {}))
    return body.encoded(Part(edition, fragments, nothing, nothing, **_said(rows), links=links))


def _links(findings: Sequence[Row], about: dict[str, CellPlace]) -> bytes:
    """What findings in the order of their sheet are about."""
    return msgspec.msgpack.encode(Links(tuple(f["finding_id"] for f in findings), about))


def _said(findings: Sequence[Row]) -> Mapping[str, Any]:
    """How many findings there are of each severity, and the first that a summary shows."""
    told = sorted(
        (
            ToldFinding(
                f["severity"],
                f["source_id"] or "",
                f["line_start"] or 0,
                f["city_id"] or "",
                f["message"],
            )
            for f in findings
            if f["severity"] != "info"
        ),
        key=told_order,
    )
    return {
        "severities": dict(Counter(f["severity"] for f in findings)),
        "told": tuple(told[:MOST_TOLD]),
    }
