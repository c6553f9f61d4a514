"""The Frictionless Data Package of `output/` (Data Package 1, specs.frictionlessdata.io)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from pipeline.knowledge.catalogue import Field, Table


class Written(NamedTuple):
    """A file as it was written: its SHA-256 in hexadecimal digits, and its size in bytes."""

    sha256: str
    size: int


def datapackage_json(
    catalogue: Sequence[Table],
    files: Mapping[str, Written],
    fingerprint: str,
    program: str,
    report: str | None = None,
) -> bytes:
    """`datapackage.json` for the files by their paths: a schema for each table, a hash for each.

    `fingerprint` stands for what the files were made from; a run compares it to see whether
    there is anything to do. `program` stands for the code and knowledge alone: with the hashes
    in `sources` it tells a changed document from a changed program. `report` stands for the code
    behind the pages in `report/`, which are no data and listed apart; None without them.
    """
    resources = []
    for table in catalogue:
        csv, parquet = f"tables/{table.name}.csv", f"tables/{table.name}.parquet"
        resources.append(
            {
                "name": table.name,
                "type": "table",
                "path": csv,
                "description": table.description,
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                **_hash(files[csv]),
                "schema": _schema(table),
            }
        )
        resources.append(_file(f"{table.name}-parquet", parquet, "parquet", files[parquet]))
    for path, kind in _OTHERS.items():
        if path in files:
            resources.append(_file(path.replace(".", "-"), path, kind, files[path]))
    package: dict[str, Any] = {
        "name": "city-profiles",
        "title": "City profiles",
        "description": "Tables read from printed city profiles and event calendars",
        "fingerprint": fingerprint,
        "program": program,
        "resources": resources,
    }
    if report is not None:
        package["report"] = report_entry(files, report)
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def report_entry(files: Mapping[str, Written], program: str) -> dict[str, Any]:
    """What `datapackage.json` says of the report: what made it, and its files."""
    pages = [{"path": p, **_hash(w)} for p, w in sorted(files.items()) if p.startswith("report/")]
    return {"program": program, "files": pages}


_OTHERS = {"events.ics": "ics", "cities.geojson": "geojson", "brochures.xlsx": "xlsx"}
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "ics": "text/calendar",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(name: str, path: str, kind: str, data: Written) -> dict[str, Any]:
    return {
        "name": name,
        "type": "file",
        "path": path,
        "scheme": "file",
        "format": kind,
        "mediatype": _MEDIA_TYPES[kind],
        **_hash(data),
    }


def _hash(data: Written) -> dict[str, Any]:
    return {"hash": f"sha256:{data.sha256}", "bytes": data.size}


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(f) for f in table.fields],
        "missingValues": [""],
    }
    if not table.nullable_key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(r.fields),
                "reference": {"resource": r.table, "fields": list(r.fields)},
            }
            for r in table.references
        ]
    return schema


def _field(field: Field) -> dict[str, Any]:
    constraints = {
        "required": field.required or None,
        "enum": list(field.enum) if field.enum else None,
        "pattern": field.pattern,
        "minimum": field.minimum,
        "maximum": field.maximum,
    }
    described = {
        "name": field.name,
        "type": field.type,
        "description": field.description,
        "unit": field.unit,
        "constraints": {k: v for k, v in constraints.items() if v is not None} or None,
    }
    return {k: v for k, v in described.items() if v is not None}
