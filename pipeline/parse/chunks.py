"""What reading a source gives as it goes on: a document, or the pages of a PDF one by one.

A long PDF is read by several processes, and a process may be stopped in the middle of a page:
what was read until then is a document all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from pipeline.model import Box, Document, Finding, Frozen, Severity, Source, Where

_LENGTH = 4  # bytes before each chunk that tell how long it is


class SourceDoubt(Frozen, frozen=True, array_like=True):
    """Something about a source, or one page of it, that a careful reader would question."""

    severity: Severity
    check: str
    message: str

    def finding(self, source: Source, field: str, where: Where | None) -> Finding:
        """The doubt as a finding about a column of `sources`."""
        edition = source.edition.edition
        return Finding(
            self.severity, self.check, self.message, edition, None, "sources", field, where
        )


class PrintedLine(Frozen, frozen=True, array_like=True):
    """One line of a page; white space between two blocks is an empty line without a box."""

    text: str
    box: Box | None = None


class Opened(Frozen, frozen=True, tag=True):
    """A PDF that could be opened, and the number of its pages."""

    pages: int


class PageText(Frozen, frozen=True, tag=True):
    """One page of a PDF: the lines in reading order, and the library that read them.

    `lost` says that nothing of its own text could be read; `doubts` say why. `picture` says that
    pictures cover most of it, and that it holds little text.
    """

    number: int
    lines: tuple[PrintedLine, ...] = ()
    reader: str = ""
    doubts: tuple[SourceDoubt, ...] = ()
    lost: bool = False
    picture: bool = False


class Whole(Frozen, frozen=True, tag=True):
    """A source that is read at once, as a document."""

    document: Document


Chunk = Opened | PageText | Whole
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Chunk)


def encoded(chunk: Chunk) -> bytes:
    """One chunk as bytes; the bytes of several are joined as they are."""
    data = msgspec.json.encode(chunk)
    return len(data).to_bytes(_LENGTH, "little") + data


def decoded(data: bytes) -> Iterator[Chunk]:
    """The chunks in joined bytes."""
    at = 0
    while at < len(data):
        start = at + _LENGTH
        at = start + int.from_bytes(data[at:start], "little")
        yield _decoder.decode(data[start:at])


def joined(chunks: Iterable[Chunk]) -> bytes:
    """Several chunks as bytes."""
    return b"".join(map(encoded, chunks))
