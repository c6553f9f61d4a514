"""parse: bytes → Document. Nothing is changed, nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.errors import AGAIN, SourceError
from pipeline.model import Document, Source
from pipeline.parse.chunks import Chunk, Opened, PageText, Whole
from pipeline.parse.others import of_another_program

__all__ = ["document", "parse", "read"]

_NO_PDF = (
    "the file is named as a PDF and holds none",
    "get the file again, or give it the ending of what it is",
)
_HEADER = 1024  # bytes in which viewers look for the mark of a PDF (ISO 32000-1, Annex H)


def parse(data: bytes, source: Source) -> Document:
    """Read one source at once; what it is, its content tells.

    Raises SourceError if the bytes are not a document of a kind that is read here.
    """
    return document(source, read(data, source))


def read(data: bytes, source: Source, first: int = 1, last: int | None = None) -> Iterator[Chunk]:
    """Read one source, of a PDF the pages from `first` to `last`, as it goes on.

    Raises SourceError as `parse` does.
    """
    if b"%PDF-" in data[:_HEADER]:
        from pipeline.parse.pdf import pdf_pages

        yield from pdf_pages(data, source, first, last)
        return
    if other := of_another_program(data):
        raise SourceError(*other)
    yield Whole(_written(data, source))


def _written(data: bytes, source: Source) -> Document:
    """A web page, Markdown or a text as a document.

    What is named as a PDF is neither: a page in its place says that the file was not there, or
    asks for a login.
    """
    from pipeline.encoding import decode
    from pipeline.parse.html import declared_encoding, is_html, parse_html, title_of
    from pipeline.parse.markdown import is_markdown, parse_markdown
    from pipeline.parse.text import parse_text

    named_pdf = source.path.lower().endswith(".pdf")
    if named_pdf and not data:
        raise SourceError("the file is empty", AGAIN)
    try:
        decoded = decode(data, declared_encoding(data))
    except SourceError:
        if named_pdf:
            raise SourceError(*_NO_PDF) from None
        raise
    if is_html(decoded.text, source.path):
        if named_pdf:
            title = title_of(decoded.text)
            said = f" (title `{title}`)" if title else ""
            raise SourceError(f"the file is named as a PDF and is a web page{said}", AGAIN)
        return parse_html(decoded, source)
    if named_pdf:
        raise SourceError(*_NO_PDF)
    if is_markdown(source.path):
        return parse_markdown(decoded, source)
    return parse_text(decoded, source)


def document(source: Source, chunks: Iterable[Chunk]) -> Document:
    """The document that the chunks of a source make, pages in their order.

    Raises SourceError if they hold no text.
    """
    pages = 0
    texts: list[PageText] = []
    for chunk in chunks:
        if isinstance(chunk, Whole):
            return chunk.document
        if isinstance(chunk, Opened):
            pages = chunk.pages
        else:
            texts.append(chunk)
    from pipeline.parse.pdf import pdf_document

    return pdf_document(source, pages, sorted(texts, key=lambda t: t.number))
