"""Pages as one kept result: which bytes are which file, so that a run copies without rendering."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

import msgspec

from pipeline.model import Frozen

_PREFIX = struct.Struct("<II")  # length and checksum of the head
PREFIX = _PREFIX.size


class File(Frozen, frozen=True, array_like=True):
    """A file of the report: its path there, its bytes in the body, and their CRC-32."""

    path: str
    start: int
    end: int
    checksum: int


class Bundle(Frozen, frozen=True, array_like=True):
    """The head of a bundle. `facts` are bytes that the pages over all editions are made from.

    `profiles` is how many profiles they tell of.
    """

    files: tuple[File, ...]
    facts: File
    profiles: int = 0


def bundle(pages: Iterable[tuple[str, bytes]], facts: bytes = b"", profiles: int = 0) -> bytes:
    """Pages and facts as bytes: length and checksum of the head, the head, the body."""
    files, body, size = [], [], 0
    for path, data in [*pages, ("", facts)]:
        files.append(File(path, size, size + len(data), zlib.crc32(data)))
        body.append(data)
        size += len(data)
    head = msgspec.msgpack.encode(Bundle(tuple(files[:-1]), files[-1], profiles))
    return b"".join([_PREFIX.pack(len(head), zlib.crc32(head)), head, *body])


def head_end(prefix: bytes) -> int:
    """Where the head of a bundle ends, told by its first bytes. Raises ValueError if too few."""
    if len(prefix) < _PREFIX.size:
        raise ValueError("a bundle is cut off")
    return _PREFIX.size + int(_PREFIX.unpack_from(prefix)[0])


def decoded(data: bytes) -> Bundle:
    """The head of a bundle, whose body may be missing. Raises ValueError if it is damaged."""
    head = data[_PREFIX.size : head_end(data)]
    if zlib.crc32(head) != _PREFIX.unpack_from(data)[1]:
        raise ValueError("the head of a bundle is damaged")
    return msgspec.msgpack.decode(head, type=Bundle)
