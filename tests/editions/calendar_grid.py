"""A month as a grid of days, on a page and in a table of a web page."""

from __future__ import annotations

import calendar
import io

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

_YEAR, _MONTH, _TITLE = 2023, 5, "May 2023"
_LEFT, _WIDTH, _TOP, _HEIGHT = 40, 108, 120, 84
# What stands in the cells of some days, line by line.
_CELLS = {
    4: ("10:00–11:30", "Webinar: water", "in dense cities"),
    9: ("Deadline for", "study visits"),
    16: ("09:00–10:00", "Partners' call", "14:00–15:30", "Workshop on trees"),
    31: ("13:00–14:00", "Closing talk"),
}


def month_on_a_page(*, numbers_right: bool = False) -> bytes:
    """The page as PDF, with the number of each day on the left or the right of its cell."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=landscape(A4))
    height = landscape(A4)[1]
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(_LEFT, height - 50, f"Events in {_TITLE}")
    canvas.setFont("Helvetica", 9)
    for column, name in enumerate(calendar.day_name):
        canvas.drawString(_LEFT + column * _WIDTH, height - 95, name)
    for row, week in enumerate(calendar.monthcalendar(_YEAR, _MONTH)):
        for column, day in enumerate(week):
            x, y = _LEFT + column * _WIDTH, height - _TOP - row * _HEIGHT
            if day and numbers_right:
                canvas.drawRightString(x + _WIDTH - 12, y, str(day))
            elif day:
                canvas.drawString(x, y, str(day))
            for n, words in enumerate(_CELLS.get(day, ()), start=1):
                canvas.drawString(x, y - 6 - 11 * n, words)
    canvas.save()
    return buffer.getvalue()


def month_on_the_web() -> bytes:
    """The page as HTML; the title of an event does not wrap there."""
    rows = ""
    for week in calendar.monthcalendar(_YEAR, _MONTH):
        cells = (_cell(day) for day in week)
        rows += f"<tr>{''.join(cells)}</tr>\n"
    heads = "".join(f"<th>{name}</th>" for name in calendar.day_abbr)
    return (
        f"<html><body><h1>Events in {_TITLE}</h1><table><tr>{heads}</tr>{rows}</table></body></html>"
    ).encode()


def _cell(day: int) -> str:
    lines = list(_CELLS.get(day, ()))
    if lines and "–" in lines[0] and len(lines) == 3:
        lines = [lines[0], " ".join(lines[1:])]
    elif lines and "–" not in lines[0]:
        lines = [" ".join(lines)]
    said = "".join(f"<p>{words}</p>" for words in lines)
    return f"<td><div>{day or ''}</div>{said}</td>"
