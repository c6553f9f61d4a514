"""Files of other programs, by their first bytes, and what to do to have them read."""

from __future__ import annotations

_OFFICE = "open it in the program that made it, and save it as PDF"
_UNPACK = "unpack it, and put the documents themselves in raw/"
_ZIP = b"PK\x03\x04"
# What is packed as an archive by its parts, of which the names stand in the file as they are.
_PACKED = (
    (b"word/document", "the file is a Word document", _OFFICE),
    (b"ppt/presentation", "the file is a PowerPoint document", _OFFICE),
    (b"xl/workbook", "the file is an Excel document", _OFFICE),
    (b"mimetypeapplication/vnd.oasis.opendocument", "the file is an OpenDocument file", _OFFICE),
    (b"mimetypeapplication/epub", "the file is an e-book", _OFFICE),
)
_ARCHIVE = ("the file is an archive", _UNPACK)
_BY_MARK = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("the file is an older Office document", _OFFICE),
    b"{\\rtf": ("the file is an RTF document", _OFFICE),
    b"Rar!\x1a\x07": _ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE,
    b"\x1f\x8b\x08": _ARCHIVE,
}


def of_another_program(data: bytes) -> tuple[str, str] | None:
    """What a file is that only another program reads, and what to do; None for any other file."""
    if data.startswith(_ZIP):
        found = ((what, hint) for name, what, hint in _PACKED if name in data)
        return next(found, _ARCHIVE)
    return next((told for mark, told in _BY_MARK.items() if data.startswith(mark)), None)
