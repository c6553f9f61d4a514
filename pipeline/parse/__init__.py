"""parse: bytes → Document. Nothing is changed, nothing is left out."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.model import Document, Source
from pipeline.parse.encoding import decode
from pipeline.parse.html import declared_encoding, is_html, parse_html
from pipeline.parse.text import parse_text

__all__ = ["parse"]

_HEADER = 1024  # bytes in which viewers look for the mark of a PDF (ISO 32000-1, Annex H)


def parse(data: bytes, source: Source) -> Document:
    """Read one source; what it is, its content tells.

    Raises SourceError if the bytes are not a document of a kind that is read here.
    """
    if b"%PDF-" in data[:_HEADER]:
        from pipeline.parse.pdf import parse_pdf

        return parse_pdf(data, source)
    if source.path.lower().endswith(".pdf"):
        raise SourceError(
            "the file is named as a PDF and holds none",
            "get the file again, or give it the ending of what it is",
        )
    decoded = decode(data, declared_encoding(data))
    if is_html(decoded.text, source.path):
        return parse_html(decoded, source)
    return parse_text(decoded, source)
