"""What a run leaves behind, read by the programs that people use."""

import csv
import io
import json

import duckdb
import frictionless
import msgspec
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline.emit.edition import edition_rows
from pipeline.emit.tables import Sources, arrow_schema
from pipeline.emit.validate import validate
from pipeline.knowledge.catalogue import Field, Reference, Table, catalogue, describe
from pipeline.knowledge.themes import taxonomy
from tests.conftest import REPO

NAMES = [t.name for t in catalogue()]


@pytest.mark.parametrize("table", catalogue(), ids=NAMES)
def test_pandas_polars_and_duckdb_read_the_same_table(output, table):
    """Three readers, one content, in the columns of the catalogue, sorted by the key."""
    path = output / "tables" / f"{table.name}.parquet"
    by_pandas = pd.read_parquet(path, dtype_backend="numpy_nullable")
    by_polars = pl.read_parquet(path)
    by_duckdb = duckdb.sql(f"SELECT * FROM '{path}'")
    assert list(by_pandas.columns) == by_polars.columns == by_duckdb.columns == table.columns
    assert len(by_pandas) == len(by_polars) == len(by_duckdb)
    keys = [k for k in table.key if k not in table.nullable_key]
    assert by_polars.select(keys).equals(by_polars.select(keys).sort(keys))


@pytest.mark.parametrize("table", catalogue(), ids=NAMES)
def test_csv_and_parquet_hold_the_same_values(output, table):
    """A null is an empty field without quotes; an apostrophe guards what would be a formula."""
    rows = pq.read_table(output / "tables" / f"{table.name}.parquet").to_pylist()
    with (output / "tables" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(rows)
    for row, printed in zip(rows, found, strict=True):
        for field in table.fields:
            value = row[field.name]
            text = printed[field.name]
            if value is None:
                assert text == ""
            elif field.type == "number":
                assert float(text) == value
            elif field.type == "boolean":
                assert text == str(value).lower()
            elif field.type == "datetime":
                assert text == value.strftime("%Y-%m-%dT%H:%M:%SZ")
            elif field.type == "string" and not field.enum:
                assert text in (value, f"'{value}")
                assert not text.lstrip().startswith(tuple("=+-@＝＋－＠"))
            else:
                assert text == str(value)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-Biała", "'-Biała"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\u200b=1", "'\u200b=1"),
        ("'=1", "''=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("a=b", "a=b"),
        ("两\n=1", "两\n=1"),
    ],
)
def test_no_text_of_a_csv_starts_a_formula(text, guarded):
    """Dropping the apostrophe before a sign of a formula gives the text back."""
    import pyarrow as pa

    from pipeline.emit.files import csv_bytes

    table = Table("t", "", ("a",), (Field("a", "string", ""),))
    data = csv_bytes(pa.table({"a": [text]}), table, header=False).decode()
    assert next(csv.reader(io.StringIO(data, newline=""))) == [guarded]


def test_duckdb_reads_the_csv_files_alike(output):
    """Quotes and line breaks in texts survive DuckDB's own reader."""
    path = output / "tables" / "paragraphs"
    query = "SELECT edition, city_id, section, position, text FROM '{}' ORDER BY ALL"
    rows = duckdb.sql(query.format(f"{path}.csv")).fetchall()
    assert rows == duckdb.sql(query.format(f"{path}.parquet")).fetchall()


def test_every_table_is_made():
    """A table of the catalogue has rows, be they none; and no rows are without a table."""
    rows, _ = edition_rows(Sources(()), taxonomy())
    told = {t.name for t in catalogue()}
    assert not told - rows.keys(), (
        "nothing makes the rows of these tables of catalogue.toml: add a field of the same name to "
        "`Records` in pipeline/records.py, or a line to `edition_rows` in pipeline/emit/edition.py"
    )
    assert not rows.keys() - told, "describe these tables in pipeline/knowledge/catalogue.toml"


def test_the_package_is_valid(output):
    """Frictionless finds the schemas, keys, references, sizes and hashes right."""
    report = frictionless.validate(str(output / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])


def test_every_file_is_in_the_package(output):
    """Nothing lies in the output that the package does not describe."""
    package = json.loads((output / "datapackage.json").read_text("utf-8"))
    files = {str(p.relative_to(output)) for p in output.rglob("*") if p.is_file()}
    entries = [*package["resources"], *package["report"]["files"]]
    assert files == {r["path"] for r in entries} | {"datapackage.json"}


def test_the_data_dictionary_is_that_of_the_catalogue():
    """docs/tables.md is made from the catalogue (`make docs`)."""
    assert (REPO / "docs" / "tables.md").read_text("utf-8") == describe(catalogue())


def test_every_column_has_a_description_and_counts_have_a_unit():
    """A reader of the schema needs no other page."""
    for table in catalogue():
        for field in table.fields:
            assert field.description
            if field.name.endswith(("_km2", "_bytes")) or field.name == "population":
                assert field.unit


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (Field("latitude", "number", "", minimum=-90, maximum=90), [-90.0, None, 90.0], [90.5]),
        (Field("page", "integer", "", minimum=1), [1, 2], [3, 0]),
        (Field("share", "number", "", maximum=1), [], [1.5, None]),
        (Field("code", "string", "", pattern="a|bc"), ["a", "bc", None], ["ab"]),
        (Field("severity", "string", "", enum=("info", "error")), ["info", None], ["warning"]),
        (Field("name", "string", "", required=True), ["x"], ["x", None]),
    ],
    ids=lambda value: value.name if isinstance(value, Field) else "",
)
def test_a_column_holds_only_what_its_field_permits(field, good, bad):
    """Bounds are inclusive, a pattern fits the whole value, null is permitted unless required."""
    import pyarrow as pa

    table = Table("t", "", (field.name,), (field,), nullable_key=(field.name,))
    schema = pa.schema([(field.name, arrow_schema(table).field(0).type)])
    validate(table, {"t": pa.table({field.name: good}, schema=schema)})
    with pytest.raises(ValueError, match=f"t.{field.name}"):
        validate(table, {"t": pa.table({field.name: bad}, schema=schema)})


@pytest.mark.parametrize(
    ("used", "lost"),
    [
        ([("e", "a"), ("e", "a"), ("e", None), (None, "z")], None),
        ([("e", "a"), ("f", "a")], "{'edition': 'f', 'city_id': 'a'}"),
    ],
)
def test_a_reference_stands_in_the_other_table(used, lost):
    """All of its columns together; a reference with a null refers to nothing."""
    import pyarrow as pa

    columns = ("edition", "city_id")
    fields = tuple(Field(c, "string", "") for c in columns)
    start = Field("start", "integer", "")
    table = Table("mentions", "", ("start",), (*fields, start), (Reference(columns, "cities"),))

    def rows(pairs):
        editions, ids = (pa.array(c, pa.string()) for c in zip(*pairs, strict=True))
        return pa.table({"edition": editions, "city_id": ids, "start": range(len(pairs))})

    tables = {"cities": rows([("e", "a"), ("f", "b")]), "mentions": rows(used)}
    if lost is None:
        validate(table, tables)
    else:
        with pytest.raises(ValueError, match=f"mentions: not in cities: {lost}"):
            validate(table, tables)


def test_a_column_of_the_key_is_filled_unless_the_catalogue_says_otherwise():
    """Rows without a value in the key could not be told apart."""
    import pyarrow as pa

    table = Table("t", "", ("a", "b"), (Field("a", "string", ""), Field("b", "string", "")))
    rows = {"t": pa.table({"a": ["x", "x"], "b": ["y", None]})}
    with pytest.raises(ValueError, match=r"t.b: a key column is empty"):
        validate(table, rows)
    validate(msgspec.structs.replace(table, nullable_key=("b",)), rows)


def broken(rows, **columns):
    """A table of sources with some columns replaced."""
    import pyarrow as pa

    table = next(t for t in catalogue() if t.name == "themes")
    data = {name: [row[name] for row in rows] for name in table.columns}
    data.update(columns)
    return table, {"themes": pa.table(data, schema=arrow_schema(table))}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"theme": ["a", "a"]}, "key stands twice"),
        ({"theme": ["A", "b"]}, "not permitted"),
        ({"group": ["primary", "other"]}, "not permitted"),
        ({"label_zh": ["甲", None]}, "required"),
    ],
)
def test_a_table_that_breaks_its_schema_is_not_written(change, message):
    """Keys, patterns, permitted and required values are checked before publishing."""
    row = {"theme": "a", "label_zh": "甲", "label_en": "A", "group": "primary"}
    table, tables = broken([row, {**row, "theme": "b"}], **change)
    with pytest.raises(ValueError, match=message):
        validate(table, tables)
