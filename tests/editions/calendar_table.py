"""A week of events as a table on a page: day, time, event and place in columns."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_DAY, _TIME, _EVENT, _PLACE = 57, 148, 227, 460
# Column, height from the top, words, and whether they are bold.
_WORDS = (
    (_DAY, 60, "Calendar of events", True),
    (_DAY, 83, "All times are Central European Summer Time (CEST).", False),
    (_DAY, 148, "Monday", True),
    (_DAY, 160, "5 June 2023", True),
    (_TIME, 148, "09:30 - 11:00", False),
    (_TIME, 190, "14:00 - 15:00", False),
    (_EVENT, 148, "Opening Webinar: Green Deals", True),
    (_EVENT, 160, "The programme presents its new partners.", False),
    (_EVENT, 190, "Steering Group of the Cluster", True),
    (_PLACE, 148, "Online", False),
    (_PLACE, 190, "Online", False),
    (_DAY, 222, "Tuesday", True),
    (_DAY, 234, "6 June 2023", True),
    (_TIME, 222, "No events", False),
    (_DAY, 260, "Wednesday", True),
    (_DAY, 272, "7 June 2023", True),
    (_TIME, 260, "08:30 - 10:30", False),
    (_EVENT, 260, "Joint Workshop on Historic", True),
    (_EVENT, 272, "Districts and Low-Carbon Tourism", True),
    (_EVENT, 284, "Two old towns, one question.", False),
    (_EVENT, 296, "Objectives:", False),
    (_EVENT, 308, "• Compare rules for shop fronts", False),
    (_EVENT, 320, "Participants:", False),
    (_EVENT, 332, "• Heritage departments", False),
    (_PLACE, 260, "Lyon City Hall", False),
)


def week_in_a_table() -> bytes:
    """The page as PDF."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for x, top, words, bold in _WORDS:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 9)
        canvas.drawString(x, A4[1] - top, words)
    canvas.save()
    return buffer.getvalue()
