"""`brochures.xlsx`, read back by other programs."""

import csv
import io
import shutil
import subprocess
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.emit.cells import MOST_CHARACTERS, MOST_ROWS, sheet_rows
from pipeline.emit.guide import TITLE_ZH, WHERE_TO_LOOK, WHERE_TO_LOOK_ZH
from pipeline.emit.sheets import sheet_table
from pipeline.emit.tables import arrow_schema
from pipeline.emit.workbook import Contents, DocumentFacts, SheetFacts, note, ordered, workbook
from pipeline.emit.zipped import ZipEntry, archive, pack
from pipeline.knowledge.catalogue import Field, Table, catalogue, checks
from pipeline.knowledge.messages import check_names, in_chinese, meanings
from pipeline.textforms import display_width
from tests.conftest import REPO

NAMES = [t.name for t in catalogue()]
CALC = Path(shutil.which("soffice") or "/none").resolve().parent / "libsclo.so"


@pytest.fixture(scope="module")
def book(output):
    """The spreadsheet of the real documents, as openpyxl reads it."""
    return openpyxl.load_workbook(output / "brochures.xlsx")


@pytest.fixture(scope="module")
def parquet(output):
    """The rows of a table."""
    return lambda name: pq.read_table(output / "tables" / f"{name}.parquet").to_pylist()


def in_order(table, rows):
    """The rows of a table as its sheet has them: of the findings of an edition, errors first."""
    if table.name != "findings":
        return rows
    (severities,) = [f.enum for f in table.fields if f.name == "severity"]
    return sorted(
        rows, key=lambda r: (r["edition"], severities.index(r["severity"]), r["finding_id"])
    )


@pytest.mark.parametrize("table", catalogue(), ids=NAMES)
def test_a_sheet_equals_its_table(book, parquet, table):
    """Numbers are numbers, days are days, instants are in UTC, and a null is an empty cell."""
    sheet = book[table.name]
    header, *found = sheet.iter_rows(values_only=True)
    assert list(header) == sheet_table(table).columns
    assert set(header) >= set(table.columns)
    rows = in_order(table, parquet(table.name))
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        shown = dict(zip(header, cells, strict=True))
        for field in table.fields:
            value, cell = row[field.name], shown[field.name]
            if isinstance(value, datetime):
                value = value.replace(tzinfo=None)
            elif isinstance(value, date):
                value = datetime.combine(value, datetime.min.time())
            assert cell == value
            assert isinstance(cell, str) == isinstance(value, str)


def named_rows(book, name):
    """The rows of a sheet by the names of its columns."""
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        *((n, {"city_id": ""}) for n in ("sections", "paragraphs", "quantities", "mentions")),
        ("city_themes", {"city_id": ""}),
        ("similarities", {"city_a": "_a", "city_b": "_b"}),
    ],
)
def test_names_stand_beside_ids(book, parquet, name, ids):
    """In both scripts, in every row: of a place before all else, of two behind the id of each."""
    names = {c["city_id"]: (c["name_en"], c["name_zh"]) for c in parquet("cities")}
    rows = named_rows(book, name)
    assert rows
    for column, ending in ids.items():
        own = (f"name_en{ending}", f"name_zh{ending}")
        at = list(rows[0]).index(column) + 1 if ending else 0
        assert tuple(rows[0])[at : at + 2] == own
        assert all(tuple(row[c] for c in own) == names[row[column]] for row in rows)


def test_a_reader_of_places_finds_first_what_a_page_says(book):
    """Names, kind, country and figures, then themes; ids, positions and where it is printed last."""
    columns = [c.value for c in book["cities"][1]]
    country = ["country_code", "country_name_en", "country_name_zh"]
    first = ["name_en", "name_zh", "kind", *country, "population", "area_km2"]
    assert columns[:9] == [*first, "density_per_km2"]
    assert columns[9:12] == ["warnings", "themes", "theme_ids"]
    assert columns[-4:] == ["source_id", "page", "line_start", "line_end"]


def test_a_place_has_its_themes_beside_it(book, parquet):
    """The labels as printed and the codes, in their order; an empty cell where there are none."""
    for row in named_rows(book, "cities"):
        own = [r for r in parquet("city_themes") if r["city_id"] == row["city_id"]]
        own.sort(key=lambda r: r["position"])
        for shown, column in (("themes", "label"), ("theme_ids", "theme")):
            values = dict.fromkeys(r[column] for r in own if r[column])
            assert row[shown] == ("; ".join(values) or None)


def test_a_place_has_the_checks_of_its_warnings_beside_it(book, parquet):
    """So that a filter finds the doubtful ones; what is only good to know is not among them."""
    told = {}
    for row in parquet("findings"):
        if row["severity"] != "info" and row["city_id"]:
            told.setdefault(row["city_id"], set()).add(row["check"])
    shown = {r["city_id"]: r["warnings"] for r in named_rows(book, "cities")}
    assert {k: set(v.split("; ")) for k, v in shown.items() if v} == told
    (rule,) = [r for r in book["cities"].conditional_formatting if "J2" in r]
    assert rule.rules[0].type == "notContainsBlanks"


def test_a_theme_has_its_labels_in_both_languages(book, parquet):
    """Beside the code on the sheet of themes of places; none where a label fits no theme."""
    labels = {t["theme"]: (t["label_zh"], t["label_en"]) for t in parquet("themes")}
    for row in named_rows(book, "city_themes"):
        assert (row["theme_zh"], row["theme_en"]) == labels.get(row["theme"], (None, None))


def test_one_filter_finds_the_pairs_across_a_border(book, parquet):
    """`countries` has both, where there are two, whichever of the places stands first."""
    country = {c["city_id"]: c["country_code"] for c in parquet("cities")}
    rows = named_rows(book, "similarities")
    for row in rows:
        pair = (row["country_a"], row["country_b"])
        assert pair == (country[row["city_a"]], country[row["city_b"]])
        assert row["countries"] == ("; ".join(sorted(pair)) if row["across_countries"] else None)
    with_china = [r for r in rows if "CN" in (r["countries"] or "")]
    assert {r["country_a"] == "CN" for r in with_china} == {True, False}
    assert all((r["country_a"] == "CN") != (r["country_b"] == "CN") for r in with_china)


def test_findings_are_in_chinese_too(book):
    """Name and message of each, as the pages of the report have them."""
    for row in named_rows(book, "findings"):
        assert row["check_zh"] == check_names()[row["check"]]["zh"]
        assert row["message_zh"] == in_chinese(row["check"], row["message"])
        assert row["message_zh"]


def test_findings_of_several_editions_are_in_chinese_too(run_pipeline, tmp_path):
    """Those that are added once all editions are there."""
    for name in ("a", "b"):
        shutil.copytree(REPO / "raw" / "iurc-calendar-2022-w22", tmp_path / "raw" / name)
    options = ("--raw", tmp_path / "raw", "--output", tmp_path / "output")
    run_pipeline("extract", "--no-report", *options, check=0)
    made = openpyxl.load_workbook(tmp_path / "output" / "brochures.xlsx")
    rows = named_rows(made, "findings")
    (same,) = [r for r in rows if r["check"] == "same_file"]
    assert same["message_zh"] == in_chinese("same_file", same["message"])
    assert all(r["message_zh"] for r in rows)


def test_large_numbers_are_shown_in_full(book):
    """Thousands apart and every decimal, without a point behind a whole number; each fits."""
    for name, columns in {
        "cities": ("population", "area_km2", "density_per_km2"),
        "quantities": ("value", "value_max"),
    }.items():
        for cells in book[name].iter_cols():
            if cells[0].value not in columns:
                continue
            width = book[name].column_dimensions[cells[0].column_letter].width
            for cell in cells[1:]:
                if cell.value is None:
                    continue
                whole = cell.value == int(cell.value)
                assert cell.number_format == ("#,##0" if whole else "#,##0.##########")
                assert len(f"{int(cell.value) if whole else cell.value:,}") < width
    values = [r["value"] for r in named_rows(book, "quantities")]
    assert any(v and v > 1e12 for v in values)
    assert any(v and v % 1 for v in values)


@pytest.mark.parametrize("table", catalogue(), ids=NAMES)
def test_a_sheet_has_a_frozen_header_a_filter_and_widths(book, table):
    """Header and names stay, the filter covers all rows, and no column is wider than a screen."""
    sheet = book[table.name]
    names = "name_en" in [c.value for c in sheet[1]]
    assert sheet.freeze_panes == ("C2" if names else "A2")
    assert sheet.auto_filter.ref == sheet.dimensions == sheet.calculate_dimension()
    assert all(6 <= d.width <= 61 for d in sheet.column_dimensions.values())


def test_names_that_would_fill_a_screen_do_not_stay():
    """Nothing could be seen beside them."""
    facts = [SheetFacts(t.name, 0, 0, (60,) * len(t.fields), 0) for t in ordered(catalogue())]
    files = workbook(Contents(tuple(facts), ()), catalogue())
    made = openpyxl.load_workbook(
        io.BytesIO(b"".join(archive([ZipEntry(n, [pack(x)]) for n, x in files.items()])))
    )
    assert made["cities"].freeze_panes == "A2"


@pytest.mark.parametrize(
    ("name", "column"), [("findings", "message"), ("findings", "message_zh"), ("sections", "text")]
)
def test_long_texts_are_wrapped(book, name, column):
    """From the top of a row that is as high as they need, up to six lines."""
    sheet = book[name]
    at = [c.value for c in sheet[1]].index(column)
    heights = set()
    for row in sheet.iter_rows(min_row=2):
        assert row[at].alignment.wrap_text
        assert {c.alignment.vertical for c in row} == {"top"}
        height = sheet.row_dimensions[row[at].row].height or 15
        heights.add(height)
        lines = row[at].value.split("\n")
        assert height >= 15 * min(6, sum(-(-display_width(x) // 60) or 1 for x in lines))
    assert heights <= {15, 30, 45, 60, 75, 90}
    assert len(heights) > 1


def test_no_cell_is_a_formula(book):
    """Texts are texts, whatever they begin with."""
    for sheet in book:
        assert not any(c.data_type == "f" for row in sheet.iter_rows() for c in row)


def test_findings_lead_to_the_value(book):
    """A link in `table` goes to a row of that table."""
    findings = book["findings"]
    columns = {c.value: i for i, c in enumerate(findings[1])}
    links = 0
    for row in findings.iter_rows(min_row=2):
        value = {name: row[i].value for name, i in columns.items()}
        if link := row[columns["table"]].hyperlink:
            name, _, cell = link.location.partition("!")
            assert name == value["table"]
            links += 1
            target = book[name][cell]
            assert book[name].cell(1, target.column).value == (value["field"] or "x")
            if name == "cities":
                assert named_rows(book, name)[target.row - 2]["city_id"] == value["city_id"]
    assert links > 60


@pytest.mark.parametrize("name", [t.name for t in catalogue() if "line_start" in t.columns])
def test_rows_lead_to_the_line(book, name):
    """A link in `line_start` goes to the line that prints the row."""
    lines = named_rows(book, "lines")
    columns = {c.value: i for i, c in enumerate(book[name][1])}
    for row in book[name].iter_rows(min_row=2):
        printed = row[columns["line_start"]]
        if printed.value is None:
            assert printed.hyperlink is None
            continue
        sheet, _, cell = printed.hyperlink.location.partition("!")
        assert sheet == "lines"
        assert book[sheet].cell(1, book[sheet][cell].column).value == "text"
        line = lines[book[sheet][cell].row - 2]
        assert line["source_id"] == row[columns["source_id"]].value
        assert line["line"] == printed.value


def test_the_first_sheet_explains(book):
    """Every sheet is named there, with its rows and where it is in full, and every document."""
    assert book.active.title == book.sheetnames[0] == "read me"
    rows = [r for r in book["read me"].iter_rows(values_only=True) if r[0]]
    listed = {r[0]: r for r in rows if isinstance(r[2], int)}
    assert set(listed) == set(NAMES)
    for table in catalogue():
        assert listed[table.name][2] == book[table.name].max_row - 1
        assert listed[table.name][1] == table.description
    assert any(r[1] == "raw/iurc-china-2021/brochure.txt" for r in rows)
    described = named_rows(book, "columns")
    assert [(r["sheet"], r["column"]) for r in described] == [
        (t.name, f.name) for t in ordered(catalogue()) for f in t.fields
    ]
    assert "once that sheet has been sorted" in " ".join(str(c.value) for c in book["read me"]["A"])


def test_every_check_is_explained(book):
    """A row each, with its meaning in English and Chinese, instead of one cell for all."""
    found = list(book["checks"].iter_rows(min_row=2, values_only=True))
    assert [(r[0], r[1], r[3]) for r in found] == [
        (check, f"{meaning}.", meanings()[check]) for check, meaning in checks().items()
    ]
    (row,) = [r for r in named_rows(book, "columns") if r["column"] == "check"]
    assert "`checks`" in row["what it holds"]


@pytest.mark.parametrize("name", ["columns", "checks"])
def test_no_text_that_explains_is_cut_off(book, name):
    """A row is as high as its texts need in the width of their columns."""
    sheet = book[name]
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            width = sheet.column_dimensions[cell.column_letter].width
            needed = 15 * (1 + display_width(cell.value or "") // width)
            assert (sheet.row_dimensions[cell.row].height or 15) >= needed


def test_the_first_sheet_explains_itself_in_chinese(book):
    """Below the English, with a link to it at the top: every sheet and what a row of it is."""
    sheet = book["read me"]
    _, _, cell = sheet["B1"].hyperlink.location.partition("!")
    assert sheet[cell].value == TITLE_ZH
    assert sheet[cell].row > max(c.row for c in sheet["A"] if c.value == "Sheet")
    below = {r[0]: r[1] for r in sheet.iter_rows(sheet[cell].row, max_col=2, values_only=True)}
    for table in catalogue():
        assert below[table.name] == table.description_zh
    assert WHERE_TO_LOOK_ZH.keys() == WHERE_TO_LOOK.keys()


def test_the_same_input_gives_the_same_bytes(output, run_pipeline, tmp_path):
    """No clock gets into the spreadsheet, and one process makes it like several."""
    other = tmp_path / "out"
    options = ("--force", "--workers", 2, "--no-report", "--output", other)
    run_pipeline("extract", *options, check=0)
    data = (output / "brochures.xlsx").read_bytes()
    assert data == (other / "brochures.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        assert {i.date_time for i in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert made.namelist()[0] == "[Content_Types].xml"
        assert b"1980-01-01T00:00:00Z" in made.read("docProps/core.xml")


def test_it_can_be_left_out(output, run_pipeline, tmp_path):
    """`--no-spreadsheet` leaves it out, and asking for it again writes it."""
    options = ("extract", "--no-report", "--output", tmp_path / "out")
    run_pipeline(*options, "--no-spreadsheet", check=0)
    assert not (tmp_path / "out" / "brochures.xlsx").exists()
    run_pipeline(*options, check=0)
    assert (tmp_path / "out" / "brochures.xlsx").read_bytes() == (
        output / "brochures.xlsx"
    ).read_bytes()


@pytest.mark.skipif(not CALC.exists(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_same_values(output, parquet, tmp_path):
    """Converted to CSV, every sheet holds what its table holds."""
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", every, "--outdir", tmp_path, output / "brochures.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for table in catalogue():
        with (tmp_path / f"brochures-{table.name}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        rows = in_order(table, parquet(table.name))
        assert len(found) == len(rows), table.name
        for row, printed in zip(rows, found, strict=True):
            for field in table.fields:
                value, text = row[field.name], printed[field.name]
                if value is None:
                    assert text == ""
                elif field.type in ("integer", "number"):
                    assert float(text) == pytest.approx(value, rel=1e-14)
                elif field.type == "boolean":
                    assert text == str(value).upper()
                elif field.type == "string":
                    assert text == value
                else:
                    assert text.removesuffix(" UTC") == str(value).removesuffix("+00:00")


# ---------------------------------------------------------------- texts and limits


def table_of(**types):
    """A table of the catalogue with some columns."""
    fields = tuple(Field(name, kind, "") for name, kind in types.items())
    return Table("t", "", tuple(types)[:1], fields)


def read_back(rows, table):
    """Rows written into a sheet, as openpyxl reads them."""
    data, made = sheet_rows(pa.Table.from_pylist(rows, schema=arrow_schema(table)), table)
    empty = {t.name: SheetFacts(t.name, 0, 0, (), 0) for t in catalogue()}
    files = workbook(Contents(tuple(empty.values()), ()), catalogue())
    name = "xl/worksheets/sheet2.xml"
    before, after = files[name].split(b"</sheetData>")
    pieces = {n: [pack(x)] for n, x in files.items()}
    pieces[name] = [pack(before), (data, made.packed), pack(b"</sheetData>" + after)]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(archive([ZipEntry(*e) for e in pieces.items()])))
    )
    return list(book["findings"].iter_rows(min_row=2, max_col=len(table.fields), values_only=True))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "'=x",
        "＝1",
        " =1",
        "<b>&amp;</b>",
        "https://example.org",
        "mailto:a",
        "0123",
        "1e5",
        "TRUE",
        "a\nb\tc",
        " x ",
        "北京 👍",
        "]]>",
    ],
)
def test_a_text_is_a_text(text):
    """Nothing in it is taken for a formula, a link, a number or markup."""
    assert read_back([{"a": text}], table_of(a="string")) == [(text,)]


def test_what_xml_cannot_hold_is_escaped():
    """Control characters are written as spreadsheets do, and so is what looks like that."""
    data, made = sheet_rows(
        pa.table({"a": ["a\x0cb\rc", "_x000C_", "\ufffe", None]}), table_of(a="string")
    )
    xml = zlib_text(data)
    assert "a_x000C_b_x000D_c" in xml
    assert "_x005F_x000C_" in xml
    assert "_xFFFE_" in xml
    assert made.rows == 4


def zlib_text(data):
    """What a compressed piece holds."""
    return zlib.decompressobj(-15).decompress(data).decode()


def midnight(*day):
    """The beginning of a day, without a zone."""
    return datetime.combine(date(*day), datetime.min.time())


def test_days_before_a_spreadsheet_counts_are_texts():
    """The 29th of February 1900 never was, though spreadsheets count it."""
    rows = [{"a": date(1899, 12, 31)}, {"a": date(1900, 3, 1)}, {"a": date(2021, 6, 1)}]
    found = read_back(rows, table_of(a="date"))
    assert found == [("1899-12-31",), (midnight(1900, 3, 1),), (midnight(2021, 6, 1),)]


def test_a_text_that_no_cell_holds_is_cut_with_a_note():
    """The limit counts UTF-16 units; the first sheet says that texts were cut, and where they are whole."""
    texts = ["北" * MOST_CHARACTERS, "北" * (MOST_CHARACTERS + 1), "👍" * MOST_CHARACTERS, "short"]
    table = table_of(a="string")
    _, made = sheet_rows(pa.table({"a": texts}), table)
    assert made.cut == 2
    found = [t for (t,) in read_back([{"a": t} for t in texts], table)]
    assert found[0] == texts[0]
    assert found[3] == "short"
    for text in found[1:3]:
        assert len(text.encode("utf-16-le")) <= 2 * MOST_CHARACTERS
        assert text.endswith(" […]")
    assert "2 texts are cut" in note(SheetFacts("t", 4, 4, (), 2))
    assert "tables/t.parquet" in note(SheetFacts("t", 4, 4, (), 2))


def test_rows_that_no_sheet_holds_are_left_out(monkeypatch):
    """A sheet ends where its program's does, and the first sheet says what is missing."""
    from pipeline.emit import cells

    assert MOST_ROWS == 1_048_575
    monkeypatch.setattr(cells, "MOST_ROWS", 5)
    _, made = sheet_rows(pa.table({"a": pa.array(range(9))}), table_of(a="integer"))
    assert made.rows == 5
    assert note(SheetFacts("t", 5, 9, (), 0)).startswith("CUT: the first 5 of 9 rows")
    assert not note(SheetFacts("t", 5, 5, (), 0))


def test_whole_fragments_are_left_out_where_a_sheet_is_full(monkeypatch):
    """What does not fit is left out from there on, so that what is there is without gaps."""
    from pipeline.emit import spreadsheet
    from pipeline.emit.assemble import Kept
    from pipeline.emit.blank import blank
    from pipeline.emit.part import Body, Part
    from pipeline.knowledge.themes import taxonomy
    from pipeline.model import Edition

    (table,) = [t for t in catalogue() if t.name == "lines"]
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 5)
    parts = []
    for name, rows in (("a", 3), ("b", 3), ("c", 1)):
        made = pa.Table.from_pylist(
            [
                {"source_id": name, "page": 1, "line": i + 1, "text": "x", "role": "blank"}
                for i in range(rows)
            ],
            schema=arrow_schema(table),
        )
        body = Body()
        head = Part(
            Edition(name), {"lines": body.fragments(table, made)}, body.add(b""), body.add(b"")
        )
        parts.append(Kept(name, head, 0))
    made = spreadsheet.sheets(blank(catalogue(), taxonomy()), parts, catalogue())
    (lines,) = [s for s in made if s.table.name == "lines"]
    assert (lines.facts.rows, lines.facts.all_rows) == (3, 7)
    assert list(lines.starts) == [("a",)]


def test_a_fault_in_making_it_costs_no_table():
    """The other files are written, and a message says what is missing."""
    from types import SimpleNamespace

    from pipeline.emit.blank import blank
    from pipeline.flow import PartError
    from pipeline.knowledge.themes import taxonomy
    from pipeline.output import Output

    def part(*_):
        raise PartError("no room")

    faults = []
    output = Output(SimpleNamespace(window=1, part=part), [], [], None)
    made = output._spreadsheet(blank(catalogue(), taxonomy()), [], faults)
    assert list(made) == []
    assert faults == ["there is no brochures.xlsx: the program failed (no room)"]


def test_many_documents_are_named_up_to_a_number():
    """The first sheet stays one that is read."""
    facts = tuple(SheetFacts(t.name, 0, 0, (), 0) for t in catalogue())
    documents = tuple(DocumentFacts("e", f"raw/e/{i}.txt", "ok") for i in range(100))
    files = workbook(Contents(facts, documents), catalogue())
    strings = files["xl/sharedStrings.xml"].decode()
    assert "and 60 more" in strings
    assert "raw/e/39.txt" in strings
    assert "raw/e/40.txt" not in strings


def test_sheet_names_fit():
    """A sheet's name has at most 31 characters."""
    assert all(len(name) <= 31 for name in NAMES)


# ---------------------------------------------------------------- the archive


@given(st.lists(st.lists(st.binary(max_size=200), max_size=4), max_size=4))
def test_an_archive_is_joined_from_pieces(entries):
    """Whatever pieces an entry is joined from, it unpacks to them, and its checksum is right."""
    made = [ZipEntry(str(i), [pack(p) for p in pieces]) for i, pieces in enumerate(entries)]
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(made)))) as found:
        assert found.testzip() is None
        assert [found.read(n) for n in found.namelist()] == [b"".join(p) for p in entries]
