"""Small PDF files made to break what reads them, each by one well-known fault."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

TEXT = b"BT /F1 12 Tf 50 700 Td (Harbour) Tj ET\n"
_HEAD = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>"}
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_SYSTEM = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_CID = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X" + _SYSTEM + b"/FontDescriptor<<>>%s>>"
_TYPE0 = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]%s>>"
_CODES = b"BT /F1 12 Tf 50 700 Td <00410042> Tj ET"


def pdf(objects: Mapping[int, bytes]) -> bytes:
    """A file of numbered objects; number 1 is its root."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += (
            b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        )
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _page(resources: bytes = b"") -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % resources
    )


def _form(draws: bytes, uses: int) -> bytes:
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % uses
    return _stream(head, draws)


def self_drawing_form() -> bytes:
    """A form that draws itself, twice."""
    page = _page(b"/XObject<</X 6 0 R>>")
    form = _form(b"/X Do /X Do", 6)
    return pdf({**_HEAD, 3: page, 4: _stream(b"", TEXT + b"/X Do"), 5: _FONT, 6: form})


def many_forms() -> bytes:
    """Forms that each draw the next ten times: 10^13 lines of text in 4 kB."""
    objects = {**_HEAD, 3: _page(b"/XObject<</X 6 0 R>>"), 5: _FONT}
    objects[4] = _stream(b"", TEXT + b"/X Do")
    for number in range(6, 20):
        objects[number] = _form(b"/X Do " * 10, number + 1)
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>"
    objects[19] = _stream(head, TEXT)
    return pdf(objects)


def unpacking_bomb() -> bytes:
    """A page of 1 GB in 800 bytes."""
    data = b" " * (1 << 30)
    for _ in range(3):
        data = zlib.compress(data, 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return pdf({**_HEAD, 3: _page(), 4: _stream(filters, data), 5: _FONT})


def looped_pages() -> bytes:
    """A page tree that holds itself and claims many pages."""
    tree = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 100000>>"
    return pdf({1: _HEAD[1], 2: tree, 3: _page(), 4: _stream(b"", TEXT), 5: _FONT})


def many_pages(count: int = 5000) -> bytes:
    """One page, many times."""
    tree = b"<</Type/Pages/Kids[" + b"3 0 R " * count + b"]/Count %d>>" % count
    return pdf({1: _HEAD[1], 2: tree, 3: _page(), 4: _stream(b"", TEXT), 5: _FONT})


def no_pages() -> bytes:
    """A file that is valid and has no page."""
    return pdf({1: _HEAD[1], 2: b"<</Type/Pages/Kids[]/Count 0>>"})


def endless_widths() -> bytes:
    """A font that gives two thousand million glyphs their width."""
    font = {5: _TYPE0 % b"", 6: _CID % b"/W[0 2000000000 500]"}
    return pdf({**_HEAD, 3: _page(), 4: _stream(b"", _CODES), **font})


def endless_map() -> bytes:
    """A font that maps as many codes to characters."""
    ranges = b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange"
    font = {5: _TYPE0 % b"/ToUnicode 7 0 R", 6: _CID % b"", 7: _stream(b"", ranges)}
    return pdf({**_HEAD, 3: _page(), 4: _stream(b"", _CODES), **font})


def endless_index() -> bytes:
    """A table of contents that claims two thousand million objects."""
    head = b"/Type/XRef/Size 2000000000/Index[0 2000000000]/W[1 2 1]/Root 2 0 R/Filter/FlateDecode"
    body = _stream(head, zlib.compress(b"\0" * 100))
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\nstartxref\n9\n%%EOF\n"


def no_characters() -> bytes:
    """Text in a font that does not say which characters its codes stand for."""
    return pdf({**_HEAD, 3: _page(), 4: _stream(b"", _CODES), 5: _TYPE0 % b"", 6: _CID % b""})


def cut_off() -> bytes:
    """The first half of a file."""
    whole = pdf({**_HEAD, 3: _page(), 4: _stream(b"", TEXT * 50), 5: _FONT})
    return whole[: len(whole) // 2]


FILES = {
    f.__name__: f
    for f in (
        self_drawing_form, many_forms, unpacking_bomb, looped_pages, many_pages, no_pages,
        endless_widths, endless_map, endless_index, no_characters, cut_off,
    )
}  # fmt: skip
