"""segment: Document → Segments. Layout is found here, once; later stages see roles and spans."""

from __future__ import annotations

import msgspec

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.model import Document, Segments
from pipeline.segment.brochure import segment_brochure
from pipeline.segment.calendar import has_rows, looks_like_calendar, segment_calendar
from pipeline.segment.view.side_by_side import column_findings
from pipeline.segment.view.views import as_read, view_of

__all__ = ["segment"]


def segment(document: Document, layouts: Layouts, calendars: Calendars) -> Segments:
    """Tell a calendar from a brochure by its content, and give each line of it one role."""
    view = view_of(document, layouts)
    if view is None or has_rows(document, calendars):
        return _segment(document, layouts, calendars)
    found = _segment(view.document, layouts, calendars)
    if _undated(found) and _undated(whole := _segment(document, layouts, calendars)) < _undated(
        found
    ):
        return whole
    found = as_read(found, view, document)
    doubts = column_findings(document, view.pieces)
    return msgspec.structs.replace(found, findings=(*found.findings, *doubts))


def _undated(found: Segments) -> int:
    """How many days of a calendar have no year: it may stand in what surrounds the text."""
    return sum(finding.check == "date_without_year" for finding in found.findings)


def _is_brochure(document: Document, layouts: Layouts) -> bool:
    """Whether a document with dates has the headers and headings of profiles: a box of events."""
    told = sum(
        layouts.is_population(line.text) or layouts.is_area(line.text) for line in document.lines
    )
    headed = sum(layouts.heading(line.text) in SECTION_KINDS for line in document.lines)
    return told > 1 and headed > 0


def _segment(document: Document, layouts: Layouts, calendars: Calendars) -> Segments:
    if looks_like_calendar(document, calendars) and not _is_brochure(document, layouts):
        return segment_calendar(document, calendars)
    return segment_brochure(document, layouts)
