"""The workbook that `brochures.xlsx` is made in: everything of it but the rows of the tables.

XlsxWriter makes it: formats, headers, widths, filters, the sheets that explain.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.emit import guide
from pipeline.emit.cells import (
    DATE,
    FRACTION,
    LINE,
    LINK,
    MOST_CHARACTERS,
    TIME,
    TRUTH,
    WHOLE,
    WIDEST,
    WRAPPED,
)
from pipeline.emit.guide import CHECKS, COLUMNS, GUIDE
from pipeline.emit.sheets import NAMES, sheet_table
from pipeline.knowledge.catalogue import Field, Table, checks
from pipeline.knowledge.messages import check_names, meanings
from pipeline.model import Frozen
from pipeline.textforms import display_width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# A reader begins with the findings; the audit of every line comes last.
_FIRST, _LAST = ("findings", "cities"), ("sources", "lines")
_DAY = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # no clock gets in
_ROOM = 3  # columns for the button of a filter
_NARROW = 6
_MOST_FROZEN = 90  # columns of a sheet that stay in view, so that others have room
_MOST_DOCUMENTS = 40  # named on the first sheet
_WIDTHS = (18, 90, 12, 30, 60)  # of its columns
_DEFAULT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}  # of every cell


class SheetFacts(Frozen, frozen=True):
    """What a sheet holds of a table: so many of all rows, widths of columns, texts cut."""

    table: str
    rows: int
    all_rows: int
    widths: tuple[int, ...]
    cut: int


class DocumentFacts(Frozen, frozen=True):
    """A document as the first sheet names it."""

    edition: str
    path: str
    status: str


class Contents(Frozen, frozen=True):
    """What a workbook holds."""

    sheets: tuple[SheetFacts, ...]
    documents: tuple[DocumentFacts, ...]


def ordered(catalogue: Sequence[Table]) -> list[Table]:
    """The tables as their sheets have them, in the order of these."""
    by_name = {t.name: sheet_table(t) for t in catalogue}
    others = [t.name for t in catalogue if t.name not in (*_FIRST, *_LAST)]
    return [by_name[name] for name in (*_FIRST, *others, *_LAST)]


def workbook(contents: Contents, catalogue: Sequence[Table]) -> dict[str, bytes]:
    """The files of a workbook by their names in the archive, the sheets of tables without rows."""
    from zipfile import ZipFile

    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": _DEFAULT,
    }
    book = Workbook(out, options)
    title = "City profiles: tables read from printed brochures"
    book.set_properties({"title": title, "created": _DAY})
    formats = _Formats(book)
    facts = {s.table: s for s in contents.sheets}
    first = book.add_worksheet(GUIDE)
    for table in ordered(catalogue):
        _sheet(book.add_worksheet(table.name), table, facts[table.name], formats)
    _columns(book.add_worksheet(COLUMNS), ordered(catalogue), formats)
    _checks(book.add_worksheet(CHECKS), formats)
    _guide(first, contents, catalogue, formats)
    book.close()
    with ZipFile(out) as made:
        return {name: made.read(name) for name in made.namelist()}


class _Formats:
    """The formats of a workbook. The rows of tables name some of them by their numbers."""

    def __init__(self, book: Workbook) -> None:
        self.date = _numbered(book, DATE, {"num_format": "yyyy-mm-dd"})
        self.time = _numbered(book, TIME, {"num_format": 'yyyy-mm-dd hh:mm:ss "UTC"'})
        self.whole = _numbered(book, WHOLE, {"num_format": "#,##0"})
        _numbered(book, FRACTION, {"num_format": "#,##0.##########"})
        look = {"font_color": "#0563C1", "underline": 1}
        self.link = _numbered(book, LINK, look)
        self.wrapped = _numbered(book, WRAPPED, {"text_wrap": True})
        # Without it LibreOffice shows some as 0 and 1.
        _numbered(book, TRUTH, {"num_format": '"TRUE";"TRUE";"FALSE"'})
        self.head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.plain = book.add_format()
        self.error = book.add_format({"bg_color": "#F8CBAD"})
        self.warning = book.add_format({"bg_color": "#FFE699"})


def _numbered(book: Workbook, number: int, properties: Mapping[str, Any]) -> Format:
    """A format that is certain to have a number: formats are counted as they are first used."""
    made = book.add_format(dict(properties))
    if made._get_xf_index() != number:  # noqa: SLF001  the library has no other way to ask
        raise ValueError("XlsxWriter counts formats in another way")
    return made


def _sheet(sheet: Worksheet, table: Table, facts: SheetFacts, formats: _Formats) -> None:
    widths = [
        _width(field, wide)
        for field, wide in zip(table.fields, facts.widths or [0] * len(table.fields), strict=True)
    ]
    for i, (field, width) in enumerate(zip(table.fields, widths, strict=True)):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, field.name, formats.head)
    sheet.freeze_panes(1, _frozen(table.columns, widths))
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, facts.rows, len(table.fields) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if facts.rows:
        _doubts(sheet, table, facts.rows, formats)


def _width(field: Field, wide: int) -> int:
    """The width of a column whose widest cell is so wide."""
    return max(_NARROW, min(WIDEST, max(wide + 1, len(field.name) + _ROOM)))


def _frozen(columns: Sequence[str], widths: Sequence[int]) -> int:
    """How many columns stay in view: those up to the names of the place, where there is room."""
    last = max((i for i, c in enumerate(columns, start=1) if c in NAMES), default=0)
    return last if sum(widths[:last]) <= _MOST_FROZEN else 0


def _doubts(sheet: Worksheet, table: Table, rows: int, formats: _Formats) -> None:
    """Errors and warnings in their colours."""
    if "severity" in table.columns:
        at = table.columns.index("severity")
        for value, look in (("error", formats.error), ("warning", formats.warning)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": look}
            sheet.conditional_format(1, at, rows, at, rule)
    if "warnings" in table.columns:
        at = table.columns.index("warnings")
        rule = {"type": "no_blanks", "format": formats.warning}
        sheet.conditional_format(1, at, rows, at, rule)


def _one_page_wide(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _columns(sheet: Worksheet, tables: Sequence[Table], formats: _Formats) -> None:
    """The sheet that describes every column."""
    head = {"sheet": 16, "column": 20, "type": 10, "unit": 18, "empty?": 8, "what it holds": 110}
    rows = [
        (
            table.name, field.name, field.type, field.unit or "",
            "never" if field.required else "may be", _described(table, field),
        )
        for table in tables
        for field in table.fields
    ]  # fmt: skip
    _list(sheet, head, rows, formats)


def _described(table: Table, field: Field) -> str:
    if (table.name, field.name) == ("findings", "check"):
        return f"Name of the check; the sheet `{CHECKS}` says what each means."
    listed = f" One of: {', '.join(field.enum)}." if field.enum else ""
    return f"{field.description}.{listed}"


def _checks(sheet: Worksheet, formats: _Formats) -> None:
    """The sheet that says what each check means, in English and in Chinese."""
    head = {"check": 36, "what it means": 76, "名称": 24, "含义": 76}
    names, chinese = check_names(), meanings()
    rows = [
        (check, f"{meaning}.", names.get(check, {}).get("zh", ""), chinese.get(check, ""))
        for check, meaning in checks().items()
    ]
    _list(sheet, head, rows, formats)


def _list(
    sheet: Worksheet, head: Mapping[str, int], rows: Sequence[Sequence[str]], formats: _Formats
) -> None:
    """Texts below names of columns, which come with their widths; rows as high as they need."""
    widths = list(head.values())
    for i, (name, width) in enumerate(head.items()):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, name, formats.head)
    for at, row in enumerate(rows, start=1):
        sheet.set_row(at, max(map(_height, row, widths)))
        for i, text in enumerate(row):
            sheet.write_string(at, i, text, formats.wrapped)
    _one_page_wide(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(head) - 1)


def _guide(
    sheet: Worksheet, contents: Contents, catalogue: Sequence[Table], formats: _Formats
) -> None:
    """The sheet that explains, in English and below it in Chinese."""
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.hide_gridlines(2)
    _one_page_wide(sheet)
    sheet.write_string(0, 0, "City profiles", formats.title)
    row = _paragraphs(sheet, 2, guide.INTRODUCTION, formats)
    row = _heading(sheet, row + 1, ("Where to look first",), formats)
    row = _entries(sheet, row, guide.WHERE_TO_LOOK, formats)
    names = ("Sheet", "One row for each", "Rows", "In full", "Note")
    row = _heading(sheet, row + 1, names, formats)
    facts = {s.table: s for s in contents.sheets}
    for table in ordered(catalogue):
        own = facts[table.name]
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", formats.link, table.name)
        sheet.write_string(row, 1, table.description, formats.wrapped)
        sheet.set_row(
            row, max(_height(table.description, _WIDTHS[1]), _height(note(own), _WIDTHS[4]))
        )
        sheet.write_number(row, 2, own.rows, formats.whole)
        sheet.write_string(row, 3, f"tables/{table.name}.csv, .parquet", formats.plain)
        sheet.write_string(row, 4, note(own), formats.wrapped)
        row += 1
    sheet.write_url(0, 1, f"internal:'{GUIDE}'!A{row + 3}", formats.link, guide.TITLE_ZH)
    row = _in_chinese(sheet, row + 2, ordered(catalogue), formats)
    heads = ("Edition / 版次", "Document / 文档", "Read / 读取")
    row = _heading(sheet, row + 1, heads, formats)
    for document in contents.documents[:_MOST_DOCUMENTS]:
        sheet.write_string(row, 0, document.edition, formats.plain)
        sheet.write_string(row, 1, document.path, formats.wrapped)
        sheet.write_string(row, 2, document.status, formats.plain)
        row += 1
    if (more := len(contents.documents) - _MOST_DOCUMENTS) > 0:
        left = f"and {more} more: see the sheet `sources` / 另有 {more} 份，见工作表 sources"
        sheet.write_string(row, 1, left, formats.plain)
    sheet.activate()


def _in_chinese(sheet: Worksheet, row: int, tables: Sequence[Table], formats: _Formats) -> int:
    """The same in Chinese: what this file is, where to look first, what each sheet holds."""
    sheet.write_string(row, 0, guide.TITLE_ZH, formats.title)
    row = _paragraphs(sheet, row + 2, guide.INTRODUCTION_ZH, formats)
    row = _heading(sheet, row + 1, ("先看哪里",), formats)
    row = _entries(sheet, row, guide.WHERE_TO_LOOK_ZH, formats)
    row = _heading(sheet, row + 1, ("工作表", "每一行是"), formats)
    return _entries(sheet, row, {t.name: t.description_zh for t in tables}, formats)


def _paragraphs(sheet: Worksheet, row: int, text: str, formats: _Formats) -> int:
    """Paragraphs over the width of the sheet."""
    paragraphs = text.splitlines()
    for at, paragraph in enumerate(paragraphs, start=row):
        sheet.merge_range(at, 0, at, 4, paragraph, formats.wrapped)
        sheet.set_row(at, _height(paragraph, sum(_WIDTHS)))
    return row + len(paragraphs)


def _entries(sheet: Worksheet, row: int, texts: Mapping[str, str], formats: _Formats) -> int:
    """Sheets, each with a link to it and what is said of it."""
    for at, (name, text) in enumerate(texts.items(), start=row):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", formats.link, name)
        sheet.write_string(at, 1, text, formats.wrapped)
        sheet.set_row(at, _height(text, _WIDTHS[1]))
    return row + len(texts)


def _height(text: str, width: int) -> int:
    """How high a row is for a text that is wrapped in so many characters, an ideograph two."""
    return LINE * (1 + display_width(text) // width)


def _heading(sheet: Worksheet, row: int, names: Sequence[str], formats: _Formats) -> int:
    for i, name in enumerate(names):
        sheet.write_string(row, i, name, formats.head)
    return row + 1


def note(facts: SheetFacts) -> str:
    """What the first sheet says of a table that is not here in full; nothing if it is."""
    notes = []
    if facts.rows < facts.all_rows:
        notes.append(
            f"CUT: the first {facts.rows:,} of {facts.all_rows:,} rows, since a sheet holds no "
            f"more; all are in tables/{facts.table}.parquet"
        )
    if facts.cut:
        texts = "1 text is" if facts.cut == 1 else f"{facts.cut:,} texts are"
        notes.append(
            f"{texts} cut to the {MOST_CHARACTERS:,} characters that a cell holds; in full in "
            f"tables/{facts.table}.parquet"
        )
    return ". ".join(notes)
