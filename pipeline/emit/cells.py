"""Arrow rows → the rows of a sheet (SpreadsheetML), made column by column.

Every text is an inline string, so that no text is ever a formula or a link. Rows and cells do not
say where they stand, which the format leaves open (ECMA-376, 18.3.1.73 and 18.3.1.4: `r` is
optional): so rows can be copied to any place of a sheet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.emit.zipped import Packed, pack
from pipeline.knowledge.catalogue import Field, Table
from pipeline.model import Frozen

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = (1 << 20) - 1  # of a sheet, below its header
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
_ENDING = " […]"  # of a text that was cut
WIDEST = 60  # columns of a sheet that a column of a table may take
LINE = 15  # points, the height of a line
# Formats that the workbook has, by their numbers there.
DATE, TIME, WHOLE, FRACTION, LINK, WRAPPED, TRUTH = 1, 2, 3, 4, 5, 6, 7
_DECIMALS = 10  # of a fraction at most
# Texts of several lines, or of which a reader should see the end.
_SEVERAL_LINES = frozenset((
    ("findings", "message"), ("findings", "message_zh"), ("sections", "text"),
    ("events", "description"), ("changes", "old"), ("changes", "new"),
))  # fmt: skip
_MOST_LINES = 6  # of a row that are shown
_WRAPPED_AT = 56  # of `WIDEST`, since lines break between words
_DAY_ZERO = 25_569  # 1 January 1970, as a spreadsheet counts days
_FIRST_DAY = -25_508  # 1 March 1900: programs disagree about the days before it
_SECONDS = 86_400
# What XML cannot hold, or would change, and what would be taken for the escape of it (ST_Xstring).
_UNPRINTABLE = r"[\x00-\x08\x0B-\x1F]|\x{FFFE}|\x{FFFF}|_x[0-9A-Fa-f]{4}_"  # for RE2
_TO_ESCAPE = rf"[&<>]|{_UNPRINTABLE}"
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class SheetRows(Frozen, frozen=True, array_like=True):
    """What is known of rows that were made for a sheet: how many, how wide each column should be.

    `cut` counts the texts that are longer than a cell holds.
    """

    rows: int
    widths: tuple[int, ...]
    cut: int
    packed: Packed


def sheet_rows(table: pa.Table, description: Table) -> tuple[bytes, SheetRows]:
    """The rows of a table for a sheet, compressed; those beyond what a sheet holds are left out."""
    import pyarrow.compute as pc

    table = in_sheet(table, description).slice(0, MOST_ROWS)
    cells, widths, cut = [], [], 0
    for field, column in zip(description.fields, table.combine_chunks().columns, strict=True):
        texts = _texts(column, field)
        width, longest = _sizes(_grouped(column) if _is_large(field) else texts)
        widths.append(width)
        if field.type == "string" and longest > MOST_CHARACTERS // 2:
            texts, shortened = _shortened(texts)
            cut += shortened
        cells.append(_cells(column, texts, field, _style(description, field)))
    rows = pc.binary_join_element_wise(_opened(table, description), *cells, "</row>", "")
    data, packed = pack("".join(rows.to_pylist()).encode())
    return data, SheetRows(table.num_rows, tuple(widths), cut, packed)


def in_sheet(table: pa.Table, description: Table) -> pa.Table:
    """The rows of a fragment in the order of a sheet: that of the key, of findings errors first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if description.name != "findings":
        return table
    severities = next(f.enum for f in description.fields if f.name == "severity")
    rank = pc.index_in(table.column("severity"), value_set=pa.array(severities))
    keys = pa.table({"rank": rank, **{c: table.column(c) for c in description.key}})
    return table.take(
        pc.sort_indices(keys, sort_keys=[(c, "ascending") for c in keys.column_names])
    )


def _opened(table: pa.Table, description: Table) -> pa.Array | str:
    """How each row begins: with its height, where it has more than a line."""
    import pyarrow as pa

    names = [c for c in description.columns if (description.name, c) in _SEVERAL_LINES]
    if not names:
        return "<row>"
    texts = zip(*(table.column(c).to_pylist() for c in names), strict=True)
    heights = [max(map(_lines, row)) * LINE for row in texts]
    return pa.array(
        ["<row>" if h == LINE else f'<row ht="{h}" customHeight="1">' for h in heights], pa.string()
    )


def _lines(text: str | None) -> int:
    """How many lines of its column a text takes; an ideograph has three bytes and two columns."""
    paragraphs = (text or "").split("\n", _MOST_LINES)
    return min(
        _MOST_LINES, sum(1 + (len(p) + len(p.encode())) // 2 // _WRAPPED_AT for p in paragraphs)
    )


_TEXT, _TEXT_END = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"


def _texts(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """The values of a column as texts, as a reader sees them in the sheet."""
    import pyarrow as pa
    import pyarrow.compute as pc

    match field.type:
        case "datetime":
            return pc.strftime(column, format="%Y-%m-%d %H:%M:%S")
        case "boolean":
            return pc.if_else(column, "TRUE", "FALSE")
        case _:
            return column.cast(pa.string())


def _sizes(texts: pa.ChunkedArray) -> tuple[int, int]:
    """How wide the widest of some texts is, and how many characters the longest has.

    An ideograph has three bytes and takes two columns.
    """
    import pyarrow.compute as pc

    characters = pc.utf8_length(texts)
    widest = pc.max(pc.add(characters, pc.binary_length(texts))).as_py() or 0
    return min(WIDEST, widest // 2), pc.max(characters).as_py() or 0


def _shortened(texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, int]:
    """Texts cut to what a cell holds, and how many were."""
    import pyarrow as pa

    whole = texts.to_pylist()
    cut = [None if t is None else _cut(t) for t in whole]
    number = sum(a != b for a, b in zip(whole, cut, strict=True))
    return pa.chunked_array([pa.array(cut, pa.string())]), number


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    kept = units[: 2 * (MOST_CHARACTERS - len(_ENDING))]
    return kept.decode("utf-16-le", "ignore") + _ENDING


def _style(table: Table, field: Field) -> int | None:
    """The format of a column's cells; that of those which lead to other cells is a link's."""
    if field.name == "line_start" or (table.name, field.name) == ("findings", "table"):
        return LINK
    if (table.name, field.name) in _SEVERAL_LINES:
        return WRAPPED
    if _is_large(field):
        return WHOLE
    return {"date": DATE, "datetime": TIME, "boolean": TRUTH}.get(field.type)


def _is_large(field: Field) -> bool:
    """Whether the numbers of a column may be large, so that thousands are set apart in them."""
    return (field.type == "number" and field.maximum is None) or (
        field.type == "integer" and field.unit is not None
    )


def _grouped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers as their format shows them."""
    import pyarrow as pa

    shown = [
        None if x is None else f"{x:,.0f}" if x % 1 == 0 else f"{x:,.{_DECIMALS}f}".rstrip("0")
        for x in column.to_pylist()
    ]
    return pa.chunked_array([pa.array(shown, pa.string())])


def _cells(
    column: pa.ChunkedArray, texts: pa.ChunkedArray, field: Field, style: int | None
) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    look = "" if style is None else f' s="{style}"'
    opened, closed = f"<c{look}><v>", "</v></c>"
    begin = _TEXT.replace("<c", f"<c{look}", 1)
    as_text = pc.binary_join_element_wise(begin, _escaped(texts), _TEXT_END, "")
    match field.type:
        case "string":
            cells = as_text
        case "boolean":
            value = pc.if_else(column, "1", "0")
            cells = pc.binary_join_element_wise(f'<c t="b"{look}><v>', value, "</v></c>", "")
        case "date":
            days = column.cast(pa.int32())
            serial = pc.add(days, _DAY_ZERO).cast(pa.string())
            number = pc.binary_join_element_wise(opened, serial, closed, "")
            cells = pc.if_else(pc.less(days, _FIRST_DAY), as_text, number)
        case "datetime":
            days = pc.divide(column.cast(pa.int64()).cast(pa.float64()), _SECONDS)
            serial = pc.add(days, _DAY_ZERO).cast(pa.string())
            number = pc.binary_join_element_wise(opened, serial, closed, "")
            cells = pc.if_else(pc.less(days, _FIRST_DAY), as_text, number)
        case "number" if style == WHOLE:  # with a format for fractions `13` would be shown as `13.`
            fraction = f'<c s="{FRACTION}"><v>'
            begins = pc.if_else(pc.equal(column, pc.floor(column)), opened, fraction)
            cells = pc.binary_join_element_wise(begins, texts, closed, "")
        case _:
            cells = pc.binary_join_element_wise(opened, texts, closed, "")
    return pc.fill_null(cells, "<c/>")


def _escaped(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring_regex(texts, _TO_ESCAPE)).as_py():
        return texts
    if pc.any(pc.match_substring_regex(texts, _UNPRINTABLE)).as_py():
        made = [None if t is None else _xml(t) for t in texts.to_pylist()]
        return pa.chunked_array([pa.array(made, pa.string())])
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        texts = pc.replace_substring(texts, sign, name)
    return texts


def _xml(text: str) -> str:
    text = _ESCAPED.sub(lambda m: f"_x{ord(m[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
