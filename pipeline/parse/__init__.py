"""parse: bytes → Document. Nothing is changed, nothing is left out."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.model import Document, Source
from pipeline.parse.text import parse_text

__all__ = ["parse"]


def parse(data: bytes, source: Source) -> Document:
    """Read one source.

    Raises SourceError if the bytes are not a document of a kind that is read here.
    """
    if data.startswith(b"%PDF"):
        raise SourceError("PDF pages are not read yet", "save the text of the PDF as a .txt file")
    if source.path.lower().endswith((".html", ".htm")):
        raise SourceError("HTML pages are not read yet", "save the page's text as a .txt file")
    return parse_text(data, source)
