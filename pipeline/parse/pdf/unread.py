"""What of a PDF was not read, as a whole: why there is nothing, or what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.errors import AGAIN, RUN_OCR
from pipeline.model import Finding, Source, Where
from pipeline.parse.chunks import PageText, SourceDoubt
from pipeline.parse.pdf.advice import advice

_LEAST_WITH_COVERS = 4  # pages: of a shorter file none is taken for a cover
_MAX_NAMED = 12


def why_nothing(pages: int, texts: Sequence[PageText]) -> tuple[str, str]:
    """Message and hint for a PDF without any text: what kept each page from being read."""
    checks = {doubt.check for page in texts for doubt in page.doubts}
    if "text_unreadable" in checks:
        return "the PDF's fonts do not say which characters its text is made of", RUN_OCR
    if "page_not_read" in checks:
        first = next(p for p in texts if _has(p, "page_not_read"))
        why = next(d.message for d in first.doubts if d.check == "page_not_read")
        hint = next(h for _, h in advice([first], cut_off=_cut_off(texts)))
        return f"no page of the PDF can be read: {why}", hint
    if "page_damaged" in checks:
        return "the PDF is damaged, and nothing of what its pages show can be read", AGAIN
    return f"the PDF has no text layer ({pages} page{'s' * (pages > 1)} of pictures)", RUN_OCR


def unread(source: Source, pages: int, texts: Sequence[PageText]) -> Iterator[Finding]:
    """What makes a source of so many pages one that was read in part.

    Covers, pictures by nature, do not.
    """
    yield from _lost(source, pages, texts)
    damaged = [p.number for p in texts if not p.lost and _has(p, "page_damaged")]
    if damaged:
        message = f"{len(damaged)} of {pages} pages are damaged and may lack text"
        yield _finding(source, f"{message} ({_named(damaged)}); {AGAIN}", damaged[0])
    beyond = pages - texts[-1].number if texts else pages
    if beyond > 0:
        message = (
            f"the last {beyond} of {pages} pages were not read: no more than "
            f"{source.limits.pages} are; --max-pages, or max_pages in edition.toml, permits more"
        )
        yield _finding(source, message, None)


def _lost(source: Source, pages: int, texts: Sequence[PageText]) -> Iterator[Finding]:
    """Pages of which nothing was read, together by what can be done about them."""
    lost = [page for page in texts if page.lost]
    if all(_may_be_cover(page, pages) for page in lost):
        return
    by_hint: dict[str, list[int]] = {}
    for page, hint in advice(lost, cut_off=_cut_off(texts)):
        by_hint.setdefault(hint, []).append(page.number)
    for hint, numbers in by_hint.items():
        message = f"{len(numbers)} of {pages} pages have no text that can be read"
        yield _finding(source, f"{message} ({_named(numbers)}); {hint}", numbers[0])


def _may_be_cover(page: PageText, pages: int) -> bool:
    """Whether a page that is lost may be a cover: the first or last one, and a picture."""
    at_end = page.number in (1, pages) and pages >= _LEAST_WITH_COVERS
    return at_end and _has(page, "no_text_layer")


def _cut_off(texts: Sequence[PageText]) -> bool:
    return any(_has(page, "cut_off") for page in texts)


def _has(page: PageText, check: str) -> bool:
    return any(doubt.check == check for doubt in page.doubts)


def _named(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_MAX_NAMED])) + ", …" * (len(numbers) > _MAX_NAMED)


def _finding(source: Source, message: str, page: int | None) -> Finding:
    where = Where(source.source_id, page, 1, 1) if page else None
    return SourceDoubt("error", "pages_not_read", message).finding(source, "status", where)
