"""A month set as a list: a line for each day, with its number, its weekday and what it holds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from pipeline.knowledge.calendars import Calendars, PrintedDate
from pipeline.model import Line
from pipeline.segment.calendar.marks import LineMark

# 5 火, 5日（火）, 5 (Tue)
_DAY = re.compile(
    r"\s*(?P<day>\d{1,2})\s*[日号]?[\s|(（]+(?P<weekday>[^\W\d_]{1,3})(?![^\W\d_])[)）]?"
)
_CELL_GAP = re.compile(r"\s{2,}|\t|[|｜]")
_SHORTEST_MONTH = 28


def tell_days(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the lines of the days of a month, if a page has one for each, with their dates.

    A title names the month and its year, and the weekdays are those of that month.
    """
    found = [(i, m) for i, line in enumerate(lines) if (m := _DAY.match(line.text))]
    if len(found) < _SHORTEST_MONTH:
        return
    named = {m for line in lines[: found[0][0]] for m in calendars.months(line.text).items()}
    if len(named) != 1:
        return
    ((month, year),) = named
    days = calendar.monthrange(year, month)[1]
    numbers = [int(m["day"]) for _, m in found]
    if numbers != list(range(1, days + 1)):
        return
    signs = [calendars.weekday_sign(m["weekday"]) for _, m in found]
    if signs != [date(year, month, day).isoweekday() for day in numbers]:
        return
    for i, m in found:
        day = PrintedDate(year, month, int(m["day"]))
        held = any(map(calendars.may_be_title, _CELL_GAP.split(lines[i].text[m.end() :])))
        marks[i] = LineMark("row" if held else "date", date=day, start=m.end() if held else 0)
