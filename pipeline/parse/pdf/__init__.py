"""PDF → pages: glyphs to lines to columns to reading order.

    readers (pypdfium2, pdfplumber) → glyphs → runs → order → lines

`order` knows nothing of how the file was drawn: design programs write text in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.errors import RUN_OCR, SourceError
from pipeline.model import Document, Finding, Line, Source, Where
from pipeline.parse.chunks import Opened, PageText, SourceDoubt
from pipeline.parse.pdf.glyphs import UNREADABLE
from pipeline.parse.pdf.page import page_lines
from pipeline.parse.pdf.pictures import is_picture, only_stamped, stamped, without_stamped
from pipeline.parse.pdf.readers import PageRead, open_pdf
from pipeline.parse.pdf.unread import unread, why_nothing

__all__ = ["pdf_document", "pdf_pages"]

_MOSTLY_UNREADABLE = 0.5
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
    texts = list(without_stamped(texts))
    for page in texts:
        first = len(lines) + 1
        for printed in page.lines:
            lines.append(Line(len(lines) + 1, page.number, printed.text, printed.box))
        last = max(1, len(lines))
        where = Where(source.source_id, page.number, min(first, last), last)
        findings += [_finding(source, doubt, where) for doubt in page.doubts]
    if all(page.lost or not page.lines for page in texts):
        raise SourceError(*why_nothing(pages, texts))
    readers = dict.fromkeys(page.reader for page in texts if page.reader)
    return Document(
        source,
        "application/pdf",
        "+".join(readers),
        "",
        pages,
        tuple(lines),
        (*findings, *unread(source, pages, texts)),
    )


def _page_text(read: PageRead) -> PageText:
    page = read.page
    doubts, readable = _doubts(read)
    lines = tuple(page_lines(page)) if readable else ()
    lost = not readable
    if lines and only_stamped(page):
        doubts.append(stamped(" ".join(line.text for line in lines)))
        lost = True
    reader = read.reader if readable else ""
    return PageText(page.number, lines, reader, tuple(doubts), lost, is_picture(page))


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
        damaged = any(doubt.check == "page_damaged" for doubt in doubts)
        if page.drawn and not damaged:
            doubts.append(
                SourceDoubt("warning", "no_text_layer", f"a page without text; {RUN_OCR}")
            )
        return doubts, not (page.drawn or damaged)
    unreadable = sum(g.text == UNREADABLE for g in printed)
    if unreadable > _MOSTLY_UNREADABLE * len(printed):
        what = f"{unreadable} of {len(printed)} characters have no Unicode value in the file"
        doubts.append(
            SourceDoubt("error", "text_unreadable", f"{what}, so nothing is taken; {RUN_OCR}")
        )
        return doubts, False
    return doubts, True


def _finding(source: Source, doubt: SourceDoubt, where: Where) -> Finding:
    of_page = msgspec.structs.replace(doubt, message=f"page {where.page}: {doubt.message}")
    return of_page.finding(source, "status", where)
