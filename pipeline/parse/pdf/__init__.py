"""PDF → Document: glyphs to lines to columns to reading order.

    readers (pypdfium2, pdfplumber) → glyphs → runs → order → lines

`order` knows nothing of how the file was drawn: design programs write text in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pipeline.errors import SourceError
from pipeline.model import Document, Finding, Line, Severity, Source, Where
from pipeline.parse.pdf.glyphs import UNREADABLE
from pipeline.parse.pdf.page import page_lines
from pipeline.parse.pdf.readers import Doubt, PageRead, open_pdf

__all__ = ["parse_pdf"]

_OCR = "run OCR on the file (`ocrmypdf IN.pdf OUT.pdf` does) and put the result in raw/"
_MOSTLY_UNREADABLE = 0.5
_MAX_NAMED = 12


def parse_pdf(data: bytes, source: Source) -> Document:
    """Read a PDF with the library that the source asks for.

    Raises SourceError if the file cannot be opened, has no page, or no page holds text.
    """
    lines: list[Line] = []
    findings: list[Finding] = []
    readers: list[str] = []
    lost: list[Where] = []
    pages = 0
    with open_pdf(data, source.reader) as found:
        for read in found:
            pages, first = read.page.number, len(lines) + 1
            doubts, readable = _doubts(read)
            if readable:
                for printed in page_lines(read.page):
                    lines.append(Line(len(lines) + 1, pages, printed.text, printed.box))
                readers.append(read.reader)
            last = max(1, len(lines))
            where = Where(source.source_id, pages, min(first, last), last)
            if not readable:
                lost.append(where)
            findings += [_finding(source, doubt, where) for doubt in doubts]
    if not lines:
        raise SourceError("no page of the PDF has text that can be read", _OCR)
    return Document(
        source,
        "application/pdf",
        "+".join(dict.fromkeys(readers)),
        "",
        pages,
        tuple(lines),
        (*findings, *_not_read(source, lost, pages)),
    )


def _doubts(read: PageRead) -> tuple[list[Doubt], bool]:
    """What is doubtful about a page, and whether its text can be used."""
    page = read.page
    doubts = list(read.doubts)
    if page.outside:
        doubts.append(
            Doubt(
                "info",
                "text_outside_page",
                f"{page.outside} characters lie outside the visible page and are left out",
            )
        )
    if page.error:
        doubts.append(Doubt("error", "page_not_read", f"the page cannot be read ({page.error})"))
        return doubts, False
    printed = [g for g in page.glyphs if not g.text.isspace()]
    if not printed:
        if page.drawn:
            doubts.append(Doubt("warning", "no_text_layer", f"a page without text; {_OCR}"))
        return doubts, not page.drawn
    unreadable = sum(g.text == UNREADABLE for g in printed)
    if unreadable > _MOSTLY_UNREADABLE * len(printed):
        what = f"{unreadable} of {len(printed)} characters have no Unicode value in the file"
        doubts.append(Doubt("error", "text_unreadable", f"{what}, so nothing is taken; {_OCR}"))
        return doubts, False
    return doubts, True


def _not_read(source: Source, lost: list[Where], pages: int) -> Iterator[Finding]:
    """What makes a source one that was read in part; covers, pictures by nature, do not."""
    if all(where.page in (1, pages) for where in lost):
        return
    named = ", ".join(str(where.page) for where in lost[:_MAX_NAMED])
    named += ", …" if len(lost) > _MAX_NAMED else ""
    message = f"{len(lost)} of {pages} pages have no text that can be read ({named}); {_OCR}"
    edition = source.edition.edition
    yield Finding("error", "pages_not_read", message, edition, None, "sources", "status", lost[0])


def _finding(source: Source, doubt: Doubt, where: Where) -> Finding:
    return Finding(
        cast(Severity, doubt.severity),
        doubt.check,
        f"page {where.page}: {doubt.message}",
        source.edition.edition,
        None,
        "sources",
        "status",
        where,
    )
