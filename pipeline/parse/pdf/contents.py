"""Whether what a page draws is whole: its content streams, unpacked once and not kept.

Libraries draw a damaged stream up to the damage and say nothing. Streams are taken as pdfminer,
the parser of pdfplumber, gives them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pdfminer.ascii85 import ascii85decode
from pdfminer.pdftypes import PDFStream, resolve1

from pipeline.parse.pdf.objects import entries, name

Damage = Literal["", "broken", "missing"]

_MOST = 64 << 20  # bytes; what a stream holds beyond them is not looked at
_CHECKSUM = 4  # bytes at the end of a packed stream; without them nothing is lost
_HEADER = 2  # bytes at its beginning
_FLATE, _ASCII85 = ("FlateDecode", "Fl"), ("ASCII85Decode", "A85")
_DEEPEST = 4  # forms within forms
_MOST_FORMS = 50  # of a page


class _Unpacked(NamedTuple):
    """What a stream holds as far as it goes, and whether it goes to its end."""

    text: bytes
    whole: bool = True


def damage(page: Any) -> Damage:
    """What is wrong with the content of a page of pdfminer: part of it is broken, or missing.

    A viewer may know how to find what is missing.
    """
    streams = [resolve1(stream) for stream in page.contents]
    if not all(isinstance(stream, PDFStream) for stream in streams):
        return "missing"
    found = [_unpacked(stream) for stream in streams]
    # Where a page draws forms alone, its text is in them.
    if any(b"Do" in u.text for u in found) and not any(b"BT" in u.text for u in found):
        found += [_unpacked(form) for form in _forms(page.resources, _DEEPEST)]
    return "" if all(u.whole for u in found) else "broken"


def _forms(resources: Any, depth: int) -> Iterator[Any]:
    """The forms that can be drawn with some resources, and with theirs."""
    named = entries(entries(resources).get("XObject"))
    for value in list(named.values())[:_MOST_FORMS]:
        stream = resolve1(value)
        if isinstance(stream, PDFStream) and name(stream.get("Subtype")) == "Form":
            yield stream
            if depth:
                yield from _forms(stream.get("Resources"), depth - 1)


def _unpacked(stream: Any) -> _Unpacked:
    """A stream as far as it can be told; what is packed in a way not known here counts as whole."""
    data = stream.get_rawdata()
    if data is None:  # the parser has unpacked it before
        return _Unpacked(stream.get_data())
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    filters = [name(kind) for kind, _ in stream.get_filters()]
    if filters[:1] and filters[0] in _ASCII85:
        try:
            data = ascii85decode(data)
        except ValueError:
            return _Unpacked(b"", whole=False)
        del filters[0]
    if filters[:1] and filters[0] in _FLATE:
        data, whole = _inflated(data)
        del filters[0]
        return _Unpacked(b"" if filters else data, whole)
    return _Unpacked(b"" if filters else data)


def _inflated(data: bytes) -> _Unpacked:
    """Packed data unpacked, and whether they reach their end."""
    if not data.strip():
        return _Unpacked(b"")
    unpacking = zlib.decompressobj()
    try:
        out = unpacking.decompress(data, _MOST)
        if unpacking.eof or len(out) == _MOST:
            return _Unpacked(out)
    except zlib.error:
        pass
    return _without_checksum(data)


def _without_checksum(data: bytes) -> _Unpacked:
    """The same of data whose checksum is wrong, which is damage, or was cut off, which is none."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = unpacking.decompress(data[_HEADER:], _MOST)
    except zlib.error:
        return _Unpacked(b"", whole=False)
    return _Unpacked(out, unpacking.eof and len(unpacking.unused_data) < _CHECKSUM)
