"""A month set as a list: a line for each day, with its number, its weekday and what it holds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from pipeline.knowledge.calendars import Calendars, PrintedDate
from pipeline.model import Line
from pipeline.segment.calendar.marks import LineMark
from pipeline.segment.lines.cells import gap_cells

# 5 火, 5日（火）, 5 (Tue)
_DAY = re.compile(
    r"\s{0,20}(?P<day>\d{1,2})\s{0,4}[日号]?[\s|(（]{1,8}(?P<weekday>[^\W\d_]{1,3})(?![^\W\d_])[)）]?"
)
_SHORTEST_MONTH = 28


def days_listed(lines: Sequence[Line], calendars: Calendars) -> list[tuple[int, PrintedDate, int]]:
    """The lines of the days of a month, if a page has one for each, with their dates.

    With each is where in its line begins what it holds. A title names the month and its year, and
    the weekdays are those of that month.
    """
    found = [(i, m) for i, line in enumerate(lines) if (m := _DAY.match(line.text))]
    if len(found) < _SHORTEST_MONTH:
        return []
    named = {m for line in lines[: found[0][0]] for m in calendars.months(line.text).items()}
    if len(named) != 1:
        return []
    ((month, year),) = named
    numbers = [int(m["day"]) for _, m in found]
    if numbers != list(range(1, calendar.monthrange(year, month)[1] + 1)):
        return []
    signs = [calendars.dates.weekday_sign(m["weekday"]) for _, m in found]
    if signs != [date(year, month, day).isoweekday() for day in numbers]:
        return []
    return [(i, PrintedDate(year, month, int(m["day"])), m.end()) for i, m in found]


def tell_days(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the lines of the days of a month, if a page has one for each, with their dates."""
    for i, day, start in days_listed(lines, calendars):
        held = any(calendars.may_be_title(text) for text in _cells(lines[i].text[start:]))
        marks[i] = LineMark("row" if held else "date", date=day, start=start if held else 0)


def _cells(text: str) -> list[str]:
    return [text[a:b] for a, b in gap_cells(text)]
