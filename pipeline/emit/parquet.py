"""Parquet files joined without decoding: row groups are copied, and a footer names them all.

A Parquet file is `PAR1`, the pages of its row groups, a footer (`FileMetaData` in the compact
protocol of Thrift), the footer's length in four bytes, and `PAR1`. A row group says where in the
file its pages begin, so one that is copied elsewhere needs its offsets moved and nothing else.
Sources: the Parquet format's `parquet.thrift`, and Thrift's description of its compact protocol.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

MAGIC = b"PAR1"
_TAIL = 8  # bytes: the footer's length and MAGIC
# Compact protocol: types of fields and elements.
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
_VARINTS = (_I16, _I32, _I64)

# FileMetaData: the fields that a join rewrites.
_NUM_ROWS, _ROW_GROUPS = 3, 4
# RowGroup → ColumnChunk → ColumnMetaData: the fields that hold an offset in the file.
_COLUMNS, _COLUMN_METADATA = 1, 3
_COLUMN_OFFSETS = frozenset({9, 10, 11, 14})  # data page, index page, dictionary, Bloom filter
_CHUNK_OFFSETS = frozenset({2, 4, 6})  # the chunk, its offset index, its column index
_GROUP_OFFSET, _ORDINAL = 5, 7


class RowGroup(msgspec.Struct, frozen=True, array_like=True):
    """One row group, ready to be copied: its entry in the footer, and where that holds offsets.

    `rows` is the number of its rows, `slots` are start and end of each offset in `entry`.
    """

    rows: int
    entry: bytes
    slots: tuple[int, ...]


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """What stands in a footer before the number of rows and after the row groups."""

    before: bytes
    after: bytes


class Taken(NamedTuple):
    """A Parquet file of one row group taken apart; `pages` is the span of its pages."""

    frame: Frame
    group: RowGroup | None
    pages: tuple[int, int]


class _Value(NamedTuple):
    """A field of a struct: its id, type, and the spans of its header and its value."""

    field: int
    kind: int
    header: int
    start: int
    end: int


def take_apart(data: bytes) -> Taken:
    """A Parquet file as frame, row group and pages. The file holds one row group, or no row."""
    size = int.from_bytes(data[-_TAIL:-4], "little")
    footer = data[-_TAIL - size : -_TAIL]
    fields = {v.field: v for v in _fields(footer, 0)}
    rows, groups = fields[_NUM_ROWS], fields[_ROW_GROUPS]
    frame = Frame(footer[: rows.header], footer[groups.end :])
    found = list(_elements(footer, groups.start))
    if not found:
        return Taken(frame, None, (len(MAGIC), len(MAGIC)))
    ((start, end),) = found
    group = _row_group(footer[start:end], _varint(footer, rows.start)[0] >> 1)
    return Taken(frame, group, (len(MAGIC), len(data) - _TAIL - size))


def joined_footer(frame: Frame, groups: Sequence[tuple[RowGroup, int]]) -> bytes:
    """The footer of a file, its length and MAGIC, for row groups each moved by some bytes."""
    total = sum(group.rows for group, _ in groups)
    parts = [
        frame.before,
        # A field header is the step from the last id, 1 for both of these, and the type.
        bytes([(1 << 4) | _I64]),
        _written(total << 1),
        bytes([(1 << 4) | _LIST]),
        _list_header(len(groups)),
        *(_moved(group, by) for group, by in groups),
        frame.after,
    ]
    footer = b"".join(parts)
    return footer + len(footer).to_bytes(4, "little") + MAGIC


def _row_group(entry: bytes, rows: int) -> RowGroup:
    """A row group, its offsets marked, without its ordinal, which is optional and ends it."""
    slots: list[tuple[int, int]] = []
    end = len(entry) - 1
    for value in _fields(entry, 0):
        if value.field == _COLUMNS:
            for start, _ in _elements(entry, value.start):
                slots += _chunk_offsets(entry, start)
        elif value.field == _GROUP_OFFSET:
            slots.append((value.start, value.end))
        elif value.field == _ORDINAL:
            end = value.header
    kept = entry[:end] + b"\0"
    return RowGroup(rows, kept, tuple(at for slot in slots for at in slot))


def _chunk_offsets(entry: bytes, at: int) -> Iterator[tuple[int, int]]:
    for value in _fields(entry, at):
        if value.field in _CHUNK_OFFSETS:
            yield value.start, value.end
        elif value.field == _COLUMN_METADATA:
            for inner in _fields(entry, value.start):
                if inner.field in _COLUMN_OFFSETS:
                    yield inner.start, inner.end


def _moved(group: RowGroup, by: int) -> bytes:
    """The entry of a row group whose pages stand `by` bytes later in the file."""
    entry, slots = group.entry, group.slots
    parts: list[bytes] = []
    done = 0
    for start, end in zip(slots[::2], slots[1::2], strict=True):
        offset = _varint(entry, start)[0] >> 1
        # Writers leave 0 where they do not tell an offset.
        parts += [entry[done:start], _written((offset + by) << 1 if offset else 0)]
        done = end
    return b"".join([*parts, entry[done:]])


# ---------------------------------------------------------------- the compact protocol


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A variable-length number, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _written(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _list_header(count: int) -> bytes:
    if count < 15:
        return bytes([count << 4 | _STRUCT])
    return bytes([0xF0 | _STRUCT]) + _written(count)


def _fields(data: bytes, at: int) -> Iterator[_Value]:
    """The fields of a struct that begins at an offset."""
    field = 0
    while (header := data[at]) != 0:
        begin, kind, step = at, header & 0x0F, header >> 4
        at += 1
        if step:
            field += step
        else:
            coded, at = _varint(data, at)
            field = coded >> 1 ^ -(coded & 1)
        start = at
        at = _end(data, at, kind)
        yield _Value(field, kind, begin, start, at)


def _struct_end(data: bytes, at: int) -> int:
    """Where a struct ends, passing over its fields; most of a footer is passed over so."""
    while (header := data[at]) != 0:
        at += 1
        if header < 0x10:  # the field's id in full
            at = _varint(data, at)[1]
        kind = header & 0x0F
        if kind in _VARINTS:
            while data[at] >= 0x80:
                at += 1
            at += 1
        elif kind > _FALSE:
            at = _end(data, at, kind)
    return at + 1


def _elements(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The spans of the elements of a list."""
    kind, count = data[at] & 0x0F, data[at] >> 4
    at += 1
    if count == 0x0F:
        count, at = _varint(data, at)
    for _ in range(count):
        end = at + 1 if kind in (_TRUE, _FALSE) else _end(data, at, kind)
        yield at, end
        at = end


def _end(data: bytes, at: int, kind: int) -> int:
    """Where a value of a type ends."""
    if kind == _BINARY:
        size, at = _varint(data, at)
        return at + size
    if kind in _VARINTS:
        return _varint(data, at)[1]
    if kind in (_TRUE, _FALSE):
        return at
    if kind == _BYTE:
        return at + 1
    if kind == _DOUBLE:
        return at + 8
    if kind in (_LIST, _SET):
        header = data[at] >> 4 == 0x0F
        start = _varint(data, at + 1)[1] if header else at + 1
        return max((end for _, end in _elements(data, at)), default=start)
    if kind == _STRUCT:
        return _struct_end(data, at)
    raise ValueError(f"a Parquet footer holds a type that is not read: {kind}")
