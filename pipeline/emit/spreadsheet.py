"""Parts → `brochures.xlsx`: the rows of all parts, copied into the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from pipeline.emit.assemble import Kept, Piece, cut, fragments
from pipeline.emit.cells import MOST_ROWS, SheetRows
from pipeline.emit.links import TEXT
from pipeline.emit.part import Blank, ByteSpan, CellPlace, Links, Printed
from pipeline.emit.workbook import Contents, DocumentFacts, SheetFacts, ordered
from pipeline.emit.zipped import Packed, ZipEntry, archive, pack
from pipeline.knowledge.catalogue import Table

SPREADSHEET = "brochures.xlsx"
_MOST_LINKS = 65_000  # Excel follows 65,530 on a sheet
_MOST_BYTES = 1 << 31  # of the rows of a sheet, unpacked
# Of each table and its fragments, the row at which one begins (from 1), and how many it has.
_Starts = Mapping[str, Mapping[tuple[str, ...], tuple[int, int]]]
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
    starts = {sheet.table.name: sheet.starts for sheet in made}

    def entries() -> Iterator[ZipEntry[Piece]]:
        for name in names:
            if name not in own:
                yield ZipEntry(name, [pack(files[name])])
                continue
            sheet = own[name]
            before, after = _divided(files[name], sheet)
            links = _links(sheet, starts, parts, read)
            after = after.replace(b"<pageMargins", links + b"<pageMargins", 1)
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
    sheet: TableSheet,
    starts: _Starts,
    parts: Sequence[Kept],
    read: Callable[[Kept, ByteSpan], bytes],
) -> bytes:
    """The links of a sheet: to the lines that print its rows, and to what findings are about."""
    links: list[str] = []
    editions = {p.head.edition: p for p in parts if p.head.is_edition}
    columns = sheet.table.columns
    for part, fragment in fragments(sheet.table, parts):
        if fragment.order not in sheet.starts or len(links) >= _MOST_LINKS:
            continue
        first, _ = sheet.starts[fragment.order]
        if sheet.table.name == "findings":
            own = _decoded(read, part)
            about = editions.get(part.head.edition, part)
            targets = own.targets if about is part else _decoded(read, about).targets
            cells = [targets.get(i) for i in own.ids]
            links += _to_cells(_letters(columns.index("table")), first, cells, starts)
        if fragment.printed is not None:
            printed = msgspec.msgpack.decode(read(part, fragment.printed), type=Printed)
            links += _to_lines(_letters(columns.index("line_start")), first, printed, starts)
    if not links:
        return b""
    return b"".join([b"<hyperlinks>", "".join(links[:_MOST_LINKS]).encode(), b"</hyperlinks>"])


def _to_lines(column: str, first: int, printed: Printed, starts: _Starts) -> Iterator[str]:
    """Links from a column, row by row from the first, to the lines that print the rows."""
    letter = _letters(TEXT)
    of_source = [starts["lines"].get((s,), (0, 0)) for s in printed.sources]
    rows = zip(printed.source, printed.line, strict=True)
    for at, (source, line) in enumerate(rows, start=first):
        if source is None or line is None:
            continue
        begin, size = of_source[source]
        if 0 < line <= size:
            place = f"lines!{letter}{begin + line - 1}"
            yield f'<hyperlink ref="{column}{at}" location="{place}"/>'


def _to_cells(
    column: str, first: int, cells: Sequence[CellPlace | None], starts: _Starts
) -> Iterator[str]:
    """Links from a column, row by row from the first, to cells of tables."""
    for at, cell in enumerate(cells, start=first):
        if cell is None:
            continue
        begin, size = starts[cell.table].get(cell.order, (0, 0))
        if cell.row < size:
            place = f"{cell.table}!{_letters(cell.column)}{begin + cell.row}"
            yield f'<hyperlink ref="{column}{at}" location="{place}"/>'


def _decoded(read: Callable[[Kept, ByteSpan], bytes], part: Kept) -> Links:
    return msgspec.msgpack.decode(read(part, part.head.links), type=Links)
