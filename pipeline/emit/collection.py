"""What shows only beside other editions: copies of a file, changes in a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from pipeline.emit.part import Body, Part
from pipeline.emit.series import Member, Pair, compare_pair
from pipeline.emit.tables import arrow_tables
from pipeline.emit.validate import validate
from pipeline.knowledge.catalogue import Table
from pipeline.model import Correction, Finding

T = TypeVar("T", Finding, Correction)


def member(part: Part) -> Member | None:
    """An edition as a member of its series; None if it is a calendar."""
    if all(s.kind == "calendar" for s in part.sources):
        return None
    whole = all(s.status == "ok" for s in part.sources)
    return Member(part.edition, part.rows("cities") > 0, whole)


def copies(parts: Iterable[Part]) -> list[Finding]:
    """The sources that are the same file as one before them."""
    first: dict[str, str] = {}
    found = []
    sources = ((s.path, p.edition.edition, s) for p in parts for s in p.sources)
    for path, edition, source in sorted(sources, key=lambda x: x[:2]):
        earlier = first.setdefault(source.sha256, path)
        if earlier != path and source.size_bytes:
            message = f"{path} and {earlier} are the same file"
            found.append(
                Finding("warning", "same_file", message, edition, None, "sources", "sha256", None)
            )
    return found


def by_edition(items: Iterable[T]) -> Mapping[str, list[T]]:
    """The findings, or corrections, of each edition."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.edition].append(item)
    return found


def changes_part(
    pair: Pair, files: tuple[Mapping[str, bytes], Mapping[str, bytes]], catalogue: Sequence[Table]
) -> bytes:
    """The part of a comparison, encoded: rows of `changes`, and findings that come of it.

    `files` are the Parquet files of the older and the newer edition for the tables in `COMPARED`.
    """
    compared = compare_pair(pair, (_rows(files[0]), _rows(files[1])))
    (table,) = [t for t in catalogue if t.name == "changes"]
    tables = arrow_tables({"changes": compared.rows}, [table])
    validate(table, tables)
    body = Body()
    fragments = {"changes": body.fragments(table, tables["changes"])}
    findings = body.add(msgspec.json.encode(compared.findings))
    return body.encoded(Part(pair.new.edition, fragments, body.add(b""), findings))


def _rows(files: Mapping[str, bytes]) -> dict[str, list[dict[str, object]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    return {name: pq.read_table(pa.BufferReader(data)).to_pylist() for name, data in files.items()}
