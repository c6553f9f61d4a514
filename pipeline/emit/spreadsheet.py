"""Parts → `brochures.xlsx`: the rows of all parts, copied into the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipeline.emit.assemble import Kept, Piece, cut, fragments
from pipeline.emit.cells import MOST_ROWS, SheetRows
from pipeline.emit.links import TEXT
from pipeline.emit.part import Blank, ByteSpan, CellPlace, Links
from pipeline.emit.workbook import Contents, DocumentFacts, SheetFacts, ordered
from pipeline.emit.zipped import Packed, ZipEntry, archive, pack
from pipeline.knowledge.catalogue import Table

SPREADSHEET = "brochures.xlsx"
_MOST_LINKS = 65_000  # Excel follows 65,530 on a sheet
_MOST_BYTES = 1 << 31  # of the rows of a sheet, unpacked
_PACKAGE = "[Content_Types].xml"  # by which programs tell what an archive is


class TableSheet(NamedTuple):
    """The rows of a table as they come into its sheet.

    `starts` is the row of the sheet (from 1, below the header) at which each fragment begins.
    """

    table: Table
    pieces: list[tuple[Piece, Packed]]
    starts: dict[tuple[str, ...], tuple[int, int]]
    facts: SheetFacts


def sheets(base: Blank, parts: Sequence[Kept], catalogue: Sequence[Table]) -> list[TableSheet]:
    """The rows of every table; the last fragments of one that no sheet holds are left out."""
    return [_sheet(base, parts, table) for table in ordered(catalogue)]


def contents(made: Sequence[TableSheet], parts: Sequence[Kept]) -> Contents:
    """What the workbook for some sheets holds."""
    documents = sorted(
        (
            DocumentFacts(p.head.edition.edition, s.path, s.status)
            for p in parts
            for s in p.head.sources
        ),
        key=lambda d: d.path,
    )
    return Contents(tuple(s.facts for s in made), tuple(documents))


def spreadsheet(
    files: dict[str, bytes],
    made: Sequence[TableSheet],
    parts: Sequence[Kept],
    read: Callable[[Kept, ByteSpan], bytes],
) -> Iterator[Piece]:
    """What to write for the spreadsheet: `files` are those of its workbook without rows.

    `read` gives some bytes of a part.
    """
    # The first sheet explains, the others follow in their order.
    own = {f"xl/worksheets/sheet{i}.xml": sheet for i, sheet in enumerate(made, start=2)}
    names = sorted(files, key=lambda n: (n != _PACKAGE, n))

    def entries() -> Iterator[ZipEntry[Piece]]:
        for name in names:
            if name not in own:
                yield ZipEntry(name, [pack(files[name])])
                continue
            sheet = own[name]
            before, after = _divided(files[name], sheet)
            if sheet.table.name == "findings":
                after = after.replace(
                    b"<pageMargins", _links(sheet, made, parts, read) + b"<pageMargins", 1
                )
            yield ZipEntry(name, [pack(before), *sheet.pieces, pack(after)])

    return archive(entries())


def _sheet(base: Blank, parts: Sequence[Kept], table: Table) -> TableSheet:
    pieces: list[tuple[Piece, Packed]] = []
    starts: dict[tuple[str, ...], tuple[int, int]] = {}
    widths = [0] * len(table.fields)
    rows = every = size = texts = 0
    full = False

    def add(piece: Piece, made: SheetRows) -> None:
        nonlocal rows, size, texts, widths
        pieces.append((piece, made.packed))
        rows, size, texts = rows + made.rows, size + made.packed.size, texts + made.cut
        widths = [max(pair) for pair in zip(widths, made.widths, strict=True)]

    if constant := base.constant.get(table.name):
        every += constant.group.rows
        add(constant.sheet, constant.sheet_rows)
    for part, fragment in fragments(table, parts):
        every += fragment.group.rows
        own = fragment.sheet_rows
        full = full or rows + own.rows > MOST_ROWS or size + own.packed.size > _MOST_BYTES
        if not full:
            starts[fragment.order] = (rows + 2, own.rows)
            add(cut(part, fragment.sheet), own)
    return TableSheet(
        table, pieces, starts, SheetFacts(table.name, rows, every, tuple(widths), texts)
    )


def _divided(data: bytes, sheet: TableSheet) -> tuple[bytes, bytes]:
    """A sheet with its header, parted where its rows belong, and with the range that they take."""
    last = f"{_letters(len(sheet.table.fields) - 1)}{sheet.facts.rows + 1}"
    begin = data.index(b'<dimension ref="') + len(b'<dimension ref="')
    end = data.index(b'"', begin)
    data = b"".join([data[:begin], f"A1:{last}".encode(), data[end:]])
    at = data.index(b"</sheetData>")
    return data[:at], data[at:]


def _letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _links(
    findings: TableSheet,
    made: Sequence[TableSheet],
    parts: Sequence[Kept],
    read: Callable[[Kept, ByteSpan], bytes],
) -> bytes:
    """The links from findings to the cells that they are about, and to lines."""
    starts = {s.table.name: s.starts for s in made}
    editions = {p.head.edition: p for p in parts if p.head.is_edition}
    columns = findings.table.columns
    table, line = (_letters(columns.index(c)) for c in ("table", "line_start"))
    links: list[str] = []
    for part, fragment in fragments(findings.table, parts):
        if fragment.order not in findings.starts or len(links) >= _MOST_LINKS:
            continue
        own = _decoded(read, part)
        about = editions.get(part.head.edition, part)
        targets = own.targets if about is part else _decoded(read, about).targets
        for at, pointer in enumerate(own.pointers, start=findings.starts[fragment.order][0]):
            target = targets.get(pointer.finding_id)
            to_line = CellPlace("lines", (pointer.source_id or "",), (pointer.line or 0) - 1, TEXT)
            for column, cell in ((table, target), (line, to_line)):
                if cell and (place := _place(cell, starts)):
                    links.append(f'<hyperlink ref="{column}{at}" location="{place}"/>')
    if not links:
        return b""
    return b"".join([b"<hyperlinks>", "".join(links[:_MOST_LINKS]).encode(), b"</hyperlinks>"])


def _decoded(read: Callable[[Kept, ByteSpan], bytes], part: Kept) -> Links:
    return msgspec.msgpack.decode(read(part, part.head.links), type=Links)


def _place(
    cell: CellPlace, starts: dict[str, dict[tuple[str, ...], tuple[int, int]]]
) -> str | None:
    first, rows = starts[cell.table].get(cell.order, (0, 0))
    return (
        f"{cell.table}!{_letters(cell.column)}{first + cell.row}" if 0 <= cell.row < rows else None
    )
