"""PDF → pages: glyphs to lines to columns to reading order.

    readers (pypdfium2, pdfplumber) → glyphs → runs → order → lines

`order` knows nothing of how the file was drawn: design programs write text in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.errors import SourceError
from pipeline.model import Document, Finding, Line, Source, Where
from pipeline.parse.chunks import Opened, PageText, SourceDoubt
from pipeline.parse.pdf.glyphs import UNREADABLE
from pipeline.parse.pdf.page import page_lines
from pipeline.parse.pdf.plumber import NEEDS_MEMORY
from pipeline.parse.pdf.readers import PageRead, open_pdf

__all__ = ["pdf_document", "pdf_pages"]

_OCR = "run OCR on the file (`ocrmypdf IN.pdf OUT.pdf` does) and put the result in raw/"
_MORE = "if the file is sound, raise --page-seconds or --memory-mb, or split it"
_MOSTLY_UNREADABLE = 0.5
_MAX_NAMED = 12
_END, _TRAILER = b"%%EOF", 1024  # what a file ends with, and in how many bytes viewers look for it
_CUT_OFF = SourceDoubt(
    "warning",
    "cut_off",
    "the file does not end as a PDF does: it may be cut off, and its last pages missing",
)


def pdf_pages(
    data: bytes, source: Source, first: int, last: int | None
) -> Iterator[Opened | PageText]:
    """The number of a PDF's pages, then those from `first` to `last` (None: to the end).

    They are read with the library that the source asks for, and no more of them than it permits.
    Raises SourceError if the file cannot be opened or has no page.
    """
    with open_pdf(data, source.reader, source.limits.unpacked_mb) as pdf:
        yield Opened(pdf.pages)
        end = min(pdf.pages, source.limits.pages, last or pdf.pages)
        for number in range(first, end + 1):
            page = _page_text(pdf.read(number))
            if number == 1 and _END not in data[-_TRAILER:]:
                page = msgspec.structs.replace(page, doubts=(_CUT_OFF, *page.doubts))
            yield page


def pdf_document(source: Source, pages: int, texts: Sequence[PageText]) -> Document:
    """A PDF of so many pages as a document, from the pages that were read, in their order.

    Raises SourceError if no page holds text.
    """
    lines: list[Line] = []
    findings: list[Finding] = []
    lost: list[Where] = []
    for page in texts:
        first = len(lines) + 1
        for printed in page.lines:
            lines.append(Line(len(lines) + 1, page.number, printed.text, printed.box))
        last = max(1, len(lines))
        where = Where(source.source_id, page.number, min(first, last), last)
        if page.lost:
            lost.append(where)
        findings += [_finding(source, doubt, where) for doubt in page.doubts]
    if not lines:
        raise SourceError(*_why_nothing(pages, texts))
    readers = dict.fromkeys(page.reader for page in texts if page.reader)
    beyond = pages - texts[-1].number if texts else pages
    return Document(
        source,
        "application/pdf",
        "+".join(readers),
        "",
        pages,
        tuple(lines),
        (*findings, *_not_read(source, lost, pages), *_not_asked(source, beyond, pages)),
    )


def _page_text(read: PageRead) -> PageText:
    doubts, readable = _doubts(read)
    lines = tuple(page_lines(read.page)) if readable else ()
    reader = read.reader if readable else ""
    return PageText(read.page.number, lines, reader, tuple(doubts), not readable)


def _doubts(read: PageRead) -> tuple[list[SourceDoubt], bool]:
    """What is doubtful about a page, and whether its text can be used."""
    page = read.page
    doubts = list(read.doubts)
    if page.outside:
        doubts.append(
            SourceDoubt(
                "info",
                "text_outside_page",
                f"{page.outside} characters lie outside the visible page and are left out",
            )
        )
    if page.error:
        doubts.append(
            SourceDoubt("error", "page_not_read", f"the page cannot be read ({page.error})")
        )
        return doubts, False
    printed = [g for g in page.glyphs if not g.text.isspace()]
    if not printed:
        if page.drawn:
            doubts.append(SourceDoubt("warning", "no_text_layer", f"a page without text; {_OCR}"))
        return doubts, not page.drawn
    unreadable = sum(g.text == UNREADABLE for g in printed)
    if unreadable > _MOSTLY_UNREADABLE * len(printed):
        what = f"{unreadable} of {len(printed)} characters have no Unicode value in the file"
        doubts.append(
            SourceDoubt("error", "text_unreadable", f"{what}, so nothing is taken; {_OCR}")
        )
        return doubts, False
    return doubts, True


def _why_nothing(pages: int, texts: Sequence[PageText]) -> tuple[str, str]:
    """Message and hint for a PDF without any text: what kept each page from being read."""
    checks = {doubt.check for page in texts for doubt in page.doubts}
    if "text_unreadable" in checks:
        return "the PDF's fonts do not say which characters its text is made of", _OCR
    if "page_not_read" in checks:
        first = next(d.message for p in texts for d in p.doubts if d.check == "page_not_read")
        hint = _MORE if NEEDS_MEMORY in first else "open it in a viewer and save it anew"
        return f"no page of the PDF can be read: {first}", hint
    return f"the PDF has no text layer ({pages} page{'s' * (pages > 1)} of pictures)", _OCR


def _not_read(source: Source, lost: list[Where], pages: int) -> Iterator[Finding]:
    """What makes a source one that was read in part; covers, pictures by nature, do not."""
    if all(where.page in (1, pages) for where in lost):
        return
    named = ", ".join(str(where.page) for where in lost[:_MAX_NAMED])
    named += ", …" if len(lost) > _MAX_NAMED else ""
    message = f"{len(lost)} of {pages} pages have no text that can be read ({named}); {_OCR}"
    yield _lost(source, message, lost[0])


def _not_asked(source: Source, beyond: int, pages: int) -> Iterator[Finding]:
    """That a file has more pages than are read."""
    if beyond > 0:
        message = (
            f"the last {beyond} of {pages} pages were not read: no more than "
            f"{source.limits.pages} are; --max-pages, or max_pages in edition.toml, permits more"
        )
        yield _lost(source, message, None)


def _lost(source: Source, message: str, where: Where | None) -> Finding:
    return SourceDoubt("error", "pages_not_read", message).finding(source, "status", where)


def _finding(source: Source, doubt: SourceDoubt, where: Where) -> Finding:
    of_page = msgspec.structs.replace(doubt, message=f"page {where.page}: {doubt.message}")
    return of_page.finding(source, "status", where)
