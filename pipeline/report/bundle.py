"""Pages as one kept result: which bytes are which file, so that a run copies without rendering."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from pipeline.headed import headed
from pipeline.model import Frozen
from pipeline.report.environment import Page


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


def bundle(pages: Iterable[Page], facts: bytes = b"", profiles: int = 0) -> bytes:
    """Pages and facts as bytes, after a head that tells where each is."""
    files, body, size = [], [], 0
    for path, data in [*pages, ("", facts)]:
        files.append(File(path, size, size + len(data), zlib.crc32(data)))
        body.append(data)
        size += len(data)
    return headed(Bundle(tuple(files[:-1]), files[-1], profiles), body)
