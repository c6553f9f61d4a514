"""Files joined from fragments are the files that would be written at once."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit.files import parquet_bytes
from pipeline.emit.parquet import MAGIC, joined_footer, take_apart
from pipeline.emit.part import Body, Part, split_columns
from pipeline.headed import head_end, head_of
from pipeline.knowledge.catalogue import catalogue
from pipeline.model import Edition
from tests.documents import edition, tables_of
from tests.test_segment import CHINESE, EUROPEAN

ROWS = st.lists(
    st.tuples(
        st.none() | st.text(max_size=20),
        st.none() | st.integers(-(2**40), 2**40),
        st.none() | st.floats(allow_nan=False),
        st.booleans(),
    ),
    max_size=40,
)
SCHEMA = pa.schema([("t", pa.string()), ("i", pa.int64()), ("f", pa.float64()), ("b", pa.bool_())])


def table(rows):
    """Some rows as an Arrow table."""
    columns = list(zip(*rows, strict=True)) if rows else [[]] * len(SCHEMA)
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def joined(tables):
    """The tables as one Parquet file, each a row group that is copied."""
    out = bytearray(MAGIC)
    groups = []
    for own in tables:
        data = parquet_bytes(own)
        taken = take_apart(data)
        if taken.group:
            groups.append((taken.group, len(out) - taken.pages[0]))
            out += data[slice(*taken.pages)]
    frame = take_apart(parquet_bytes(tables[0].slice(0, 0))).frame
    return bytes(out) + joined_footer(frame, groups)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_joined_row_groups_hold_the_rows_of_all(parts):
    """Whatever the rows, none among them; pyarrow checks the offsets by reading."""
    tables = [table(rows) for rows in parts]
    data = joined(tables)
    found = pq.read_table(io.BytesIO(data))
    assert found.equals(pa.concat_tables(tables))
    assert found.schema.equals(SCHEMA)
    assert pq.read_metadata(io.BytesIO(data)).num_rows == sum(len(rows) for rows in parts)


@pytest.mark.parametrize("count", [1, 14, 15, 16, 127, 128, 300])
def test_any_number_of_row_groups_is_counted_right(count):
    """The footer's lists have a short and a long form; polars reads them as pyarrow does."""
    tables = [table([(f"row {n}", n, n / 2, True)]) for n in range(count)]
    data = joined(tables)
    assert pq.ParquetFile(io.BytesIO(data)).num_row_groups == count
    assert pl.read_parquet(io.BytesIO(data))["i"].to_list() == list(range(count))


def test_one_row_group_joined_is_the_file_itself():
    """Nothing is changed where nothing is to be moved."""
    whole = parquet_bytes(table([("a", 1, 0.5, True), (None, 2, None, False)]))
    assert joined([pq.read_table(io.BytesIO(whole))]) == whole


@pytest.mark.parametrize("described", catalogue(), ids=lambda t: t.name)
def test_no_two_editions_have_rows_between_one_anothers(described):
    """A key begins with what tells fragments apart, so that joined tables are sorted."""
    if described.name != "themes":
        assert split_columns(described)[-1] in ("edition", "source_id", "edition_to")


def test_tables_are_sorted_whatever_the_names_of_editions_and_files():
    """Names of which one begins with the other, upper and lower case, other scripts."""
    names = ["b", "b-2", "b.c", "B", "a", "城", "b 2"]
    tables = tables_of(*(edition(n, CHINESE + EUROPEAN) for n in names))
    for described in catalogue():
        keys = [[(row[c] is None, row[c]) for c in described.key] for row in tables[described.name]]
        assert keys == sorted(keys), described.name


def test_a_head_tells_when_it_is_damaged():
    """Its checksum stands before it; a cut or a changed byte is an error."""
    body = Body()
    data = body.encoded(Part(Edition("e"), {}, body.add(b"x"), body.add(b"[]")))
    assert head_of(data, Part).edition == Edition("e")
    with pytest.raises(ValueError, match="damaged"):
        head_of(data[:10] + bytes([data[10] ^ 1]) + data[11:], Part)
    with pytest.raises(ValueError, match="cut off"):
        head_end(data[:3])
