"""A cover that may be none: a picture at an end of a file of which each other page is a profile."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import RUN_OCR
from pipeline.model import Finding, Segments


def doubtful_covers(found: Segments) -> Iterator[Finding]:
    """Findings that make a source one that was read in part.

    None where a page that was read belongs to no profile, as a foreword does, or where the source
    is one already.
    """
    document = found.document
    if any(f.check == "pages_not_read" for f in document.findings):
        return
    pictures = [f.where for f in document.findings if f.check == "no_text_layer" and f.where]
    covers = [where for where in pictures if where.page in (1, document.pages)]
    without_text = {where.page for where in pictures}
    pages, of_profiles = set(), set()
    for line, role in zip(document.lines, found.roles, strict=True):
        if line.page not in without_text and line.text.strip():
            pages.add(line.page)
            if role.profile >= 0:
                of_profiles.add(line.page)
    if not of_profiles or pages != of_profiles:
        return
    edition = document.source.edition.edition
    for where in covers:
        message = (
            f"page {where.page} shows a picture and no text, and each page with text belongs to a "
            f"profile: it may be one too, and no cover; {RUN_OCR}"
        )
        yield Finding("error", "pages_not_read", message, edition, None, "sources", "status", where)
