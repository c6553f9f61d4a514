"""Parts → the files of `output/`, as lists of what to write one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.emit.geojson import COLLECTION
from pipeline.emit.parquet import MAGIC, RowGroup, joined_footer
from pipeline.emit.part import Blank, ByteSpan, Fragment, Part
from pipeline.knowledge.catalogue import Table

EVENTS = "events.ics"
PLACES = "cities.geojson"


class Kept(NamedTuple):
    """A part that is kept: under which key, its head, and where its body begins."""

    key: str
    head: Part
    body: int


class Copy(NamedTuple):
    """Bytes `start` to `end` of what is kept under a key, and their CRC-32."""

    key: str
    start: int
    end: int
    checksum: int


Piece = bytes | Copy


def outputs(
    base: Blank, parts: Sequence[Kept], catalogue: Sequence[Table]
) -> Iterator[tuple[str, list[Piece]]]:
    """Each file that is only joined: its path, and what to write one after the other."""
    for table in catalogue:
        found = fragments(table, parts)
        yield f"tables/{table.name}.parquet", _parquet(base, table.name, found)
        yield f"tables/{table.name}.csv", _csv(base, table, found)
    ordered = sorted(parts, key=lambda p: p.head.edition.edition)
    entries: list[Piece] = [
        cut(p, p.head.events) for p in ordered if p.head.events.end > p.head.events.start
    ]
    head, tail = base.calendar
    yield EVENTS, [head, *entries, tail] if entries else [base.no_events]
    yield PLACES, place_pieces(parts)


def parquet_file(base: Blank, part: Kept, table: str) -> list[Piece]:
    """What a part alone adds to a table, as a Parquet file of its own."""
    return _parquet(base, table, [(part, f) for f in part.head.fragments.get(table, ())])


def fragments(table: Table, parts: Sequence[Kept]) -> list[tuple[Kept, Fragment]]:
    """The fragments of a table in their order.

    Where a part holds nothing but the findings of an edition, they take the place of those in
    the edition's own part.
    """
    replaced = {p.head.edition.edition for p in parts if p.head.retells}
    found = [
        (part, fragment)
        for part in parts
        if table.name != "findings"
        or part.head.retells
        or part.head.edition.edition not in replaced
        for fragment in part.head.fragments.get(table.name, ())
    ]
    return sorted(found, key=lambda f: f[1].order)


def place_pieces(parts: Sequence[Kept]) -> list[Piece]:
    """The places of the latest edition of each series, and of the editions that are in none."""
    latest: dict[tuple[str, bool], Kept] = {}
    for part in parts:
        edition, places = part.head.edition, part.head.features
        if places.end > places.start:
            # A series may bear the name of an edition.
            series = (edition.series or edition.edition, edition.series is None)
            latest[series] = max(latest.get(series, part), part, key=_age)
    found = sorted(latest.values(), key=lambda p: p.head.edition.edition)
    between = [b",\n"] * len(found)
    joined = [x for p, c in zip(found, between, strict=True) for x in (c, cut(p, p.head.features))]
    return [COLLECTION[0], *joined[1:], COLLECTION[1]]


def _age(part: Kept) -> tuple[int, str]:
    return part.head.edition.year or 0, part.head.edition.edition


def _parquet(base: Blank, table: str, found: Sequence[tuple[Kept, Fragment]]) -> list[Piece]:
    pieces: list[Piece] = [MAGIC]
    groups: list[tuple[RowGroup, int]] = []
    size = 0
    if table in base.constant:
        constant = base.constant[table]
        pieces.append(constant.pages)
        groups.append((constant.group, 0))
        size += len(constant.pages)
    for part, fragment in found:
        pieces.append(cut(part, fragment.pages))
        groups.append((fragment.group, size))
        size += fragment.pages.end - fragment.pages.start
    return [*pieces, joined_footer(base.frames[table], groups)]


def _csv(base: Blank, table: Table, found: Sequence[tuple[Kept, Fragment]]) -> list[Piece]:
    constant = [base.constant[table.name].csv] if table.name in base.constant else []
    return [base.csv[table.name], *constant, *(cut(p, f.csv) for p, f in found)]


def cut(part: Kept, span: ByteSpan) -> Copy:
    """A span of a part, as something to copy."""
    return Copy(part.key, part.body + span.start, part.body + span.end, span.checksum)
