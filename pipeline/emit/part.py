"""What an edition, or a comparison of two, adds to the tables: fragments that are only joined.

A part is made once, wherever there is a process to make it, and kept. A run that finds all parts
made has nothing to encode: each file of `output/` is a head, the fragments in the order of the
table's key, and a tail. So a new edition costs its own rows, and memory holds one part at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from pipeline.emit.cells import SheetRows, in_sheet, sheet_rows
from pipeline.emit.files import csv_bytes, parquet_bytes
from pipeline.emit.parquet import Frame, RowGroup, take_apart
from pipeline.emit.sheets import sheet_table
from pipeline.headed import headed
from pipeline.knowledge.catalogue import Table
from pipeline.model import Edition, Frozen, Severity

if TYPE_CHECKING:
    import pyarrow as pa


class ByteSpan(Frozen, frozen=True, array_like=True):
    """Some bytes of a part's body, and their checksum (CRC-32)."""

    start: int
    end: int
    checksum: int


class Fragment(Frozen, frozen=True, array_like=True):
    """Rows of one table that stand together in it; `order` are the values by which they do.

    `printed` is the span of where they are printed (`Printed`), if the table says so.
    """

    order: tuple[str, ...]
    group: RowGroup
    pages: ByteSpan
    csv: ByteSpan
    sheet: ByteSpan
    sheet_rows: SheetRows
    printed: ByteSpan | None = None


class Printed(Frozen, frozen=True, array_like=True):
    """Where rows are printed, in the order of their sheet.

    `source` is for each row the number of its source in `sources`, `line` its first line there;
    None where it has none.
    """

    sources: tuple[str, ...]
    source: tuple[int | None, ...]
    line: tuple[int | None, ...]


class CellPlace(Frozen, frozen=True, array_like=True):
    """A cell of a table: the fragment it is in, the row there (from 0), and its column (from 0)."""

    table: str
    order: tuple[str, ...]
    row: int
    column: int


class Links(Frozen, frozen=True, array_like=True):
    """What findings are about: `ids` has the finding of each row of the sheet `findings`.

    `targets` are the cells that findings are about, by their ids.
    """

    ids: tuple[str, ...] = ()
    targets: dict[str, CellPlace] = msgspec.field(default_factory=dict)


class SourceFacts(Frozen, frozen=True):
    """What is known of a source once it was read."""

    path: str
    sha256: str
    size_bytes: int
    kind: str | None
    status: str
    source_id: str


class ToldFinding(Frozen, frozen=True):
    """A finding as the summary of a run shows it, and by what it is ordered there.

    `source_id` and `city_id` are empty where it is about none.
    """

    severity: Severity
    source_id: str
    line: int
    city_id: str
    text: str


MOST_TOLD = 12  # errors and warnings that a summary shows


def told_order(told: ToldFinding) -> tuple[bool, str, int, str]:
    """Errors first, then by the place in the sources."""
    return told.severity != "error", told.source_id, told.line, told.text


class Part(Frozen, frozen=True):
    """The head of a part: its fragments by table, and what a run says of it without its rows.

    `told` are its errors and warnings. `events` is the span of its calendar entries, `findings`
    that of its findings (JSON), to which others may be added, `features` that of its places on a
    map, `links` that of where its findings point (`Links`). `unassigned` counts lines.
    """

    edition: Edition
    fragments: dict[str, tuple[Fragment, ...]]
    events: ByteSpan
    findings: ByteSpan
    sources: tuple[SourceFacts, ...] = ()
    unassigned: int = 0
    severities: dict[str, int] = msgspec.field(default_factory=dict)
    told: tuple[ToldFinding, ...] = ()
    features: ByteSpan = ByteSpan(0, 0, 0)
    links: ByteSpan = ByteSpan(0, 0, 0)

    @property
    def is_edition(self) -> bool:
        """Whether it is of an edition, and neither of a comparison nor of findings alone."""
        return "lines" in self.fragments

    @property
    def retells(self) -> bool:
        """Whether its findings take the place of those in the part of their edition."""
        return self.fragments.keys() == {"findings"}

    def rows(self, table: str) -> int:
        """The number of rows that the part adds to a table."""
        return sum(f.group.rows for f in self.fragments.get(table, ()))


class Constant(Frozen, frozen=True, array_like=True):
    """A table that no source adds to: its Parquet pages, CSV lines and rows of a sheet."""

    group: RowGroup
    pages: bytes
    csv: bytes
    sheet: bytes
    sheet_rows: SheetRows


class Blank(Frozen, frozen=True):
    """What every output has whatever was read: heads and tails of its files, and constant tables.

    `csv` are the lines with the names of the columns; `calendar` is what stands before and after
    the entries of `events.ics`, `no_events` a calendar without any.
    """

    frames: dict[str, Frame]
    csv: dict[str, bytes]
    calendar: tuple[bytes, bytes]
    no_events: bytes
    constant: dict[str, Constant]


class Body:
    """The bytes that the fragments of a part are cut from, as they are added."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, data: bytes) -> ByteSpan:
        """Add some bytes; their span."""
        start, self._size = self._size, self._size + len(data)
        self._parts.append(data)
        return ByteSpan(start, self._size, zlib.crc32(data))

    def fragments(
        self, table: Table, rows: pa.Table, shown: pa.Table | None = None
    ) -> tuple[Fragment, ...]:
        """Add the sorted rows of a table: a fragment for each edition, source or comparison.

        `shown` are the rows with the columns of their sheet, where it has others.
        """
        shown = rows if shown is None else shown
        return tuple(
            self._fragment(table, order, rows.slice(start, size), shown.slice(start, size))
            for order, start, size in _runs(table, rows)
        )

    def _fragment(
        self, table: Table, order: tuple[str, ...], rows: pa.Table, shown: pa.Table
    ) -> Fragment:
        data = parquet_bytes(rows)
        taken = take_apart(data)
        assert taken.group is not None
        text = csv_bytes(rows, table, header=False)
        pages = self.add(data[slice(*taken.pages)])
        sheet, made = sheet_rows(shown, sheet_table(table))
        own = (order, taken.group, pages, self.add(text), self.add(sheet), made)
        if "line_start" not in table.columns:
            return Fragment(*own)
        return Fragment(*own, self.add(msgspec.msgpack.encode(_printed(in_sheet(rows, table)))))

    def encoded(self, head: Part) -> bytes:
        """A part as bytes: its head and what was added."""
        return headed(head, self._parts)


def _printed(rows: pa.Table) -> Printed:
    """Where rows in the order of their sheet are printed."""
    sources = rows.column("source_id").combine_chunks().dictionary_encode()
    lines = rows.column("line_start").to_pylist()
    return Printed(sources.dictionary.to_pylist(), sources.indices.to_pylist(), lines)


def split_columns(table: Table) -> tuple[str, ...]:
    """The leading columns of a table's key by which its fragments are told apart.

    They end with the edition, the source or the second edition of a comparison, so that no two
    parts have rows between one another's.
    """
    last = next(i for i, c in enumerate(table.key) if c in ("edition", "source_id", "edition_to"))
    return table.key[: last + 1]


def _runs(table: Table, rows: pa.Table) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The runs of rows that are alike in the splitting columns: these, the first row, how many."""
    columns = split_columns(table)
    keys = list(zip(*(rows.column(c).to_pylist() for c in columns), strict=True))
    start = 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or keys[at] != keys[start]:
            yield keys[start], start, at - start
            start = at
