"""segment: Document → Segments. Layout is found here, once; later stages see roles and spans."""

from __future__ import annotations

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Segments
from pipeline.segment.brochure import segment_brochure
from pipeline.segment.calendar import looks_like_calendar, segment_calendar

__all__ = ["segment"]


def segment(document: Document, layouts: Layouts, calendars: Calendars) -> Segments:
    """Tell a calendar from a brochure by its content, and give each line of it one role."""
    if looks_like_calendar(document, calendars):
        return segment_calendar(document, calendars)
    return segment_brochure(document, layouts)
