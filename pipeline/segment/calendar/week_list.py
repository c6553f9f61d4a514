"""A week set as a list: a row for each day, with its weekday and number, below the week's dates.

`Week commencing 16 June 2025` stands above `Monday 16 | 9.15am | Briefing`. A row whose weekday and
number fit no day of that week is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.knowledge.calendars import Calendars, PrintedDate
from pipeline.knowledge.printed_dates import first_of
from pipeline.model import Line
from pipeline.segment.calendar.marks import LineMark, Week
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import plain

_DAY = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|日|号)?")
_TO = re.compile(r"\s+(?:to|bis|au|al|a)\s+|\s*[-–—至到]\s*")
_LONGEST = 14  # days of such a week


def tell_week_days(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the rows of the days of a week with their dates."""
    days: list[date] = []
    for i, mark in enumerate(marks):
        if mark.week:
            days = _days(mark.week)
            continue
        if not days or mark.kind not in ("text", "row", "quiet") or mark.date:
            continue
        text = lines[i].text
        cells = gap_cells(text)
        if len(cells) < 2:
            continue
        told = [_day(part, days, calendars) for part in _TO.split(text[slice(*cells[0])])]
        if None in told or not 0 < len(told) <= 2:
            continue
        first, last = (PrintedDate(d.year, d.month, d.day) for d in (told[0], told[-1]) if d)
        rest = [text[slice(*span)] for span in cells[1:]]
        if any(map(calendars.may_be_title, rest)):
            until = last if last != first else None
            marks[i] = LineMark("row", date=first, until=until, start=cells[1][0])
        elif any(map(calendars.is_quiet, rest)):
            marks[i] = LineMark("date", date=first)


def _days(week: Week) -> list[date]:
    """The days of a week whose year is printed."""
    year = week[1].year or week[0].year
    if year is None:
        return []
    last = week[1].in_year(year)
    printed = first_of(week[0], week[1]._replace(year=year))
    first = printed.in_year(printed.year or year)
    if first is None or last is None or not 0 <= (last - first).days < _LONGEST:
        return []
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _day(text: str, days: Sequence[date], calendars: Calendars) -> date | None:
    """The day of a week that its weekday and its number name, in either order, or None."""
    folded = plain(text).strip()
    weekday = calendars.dates.weekday_in(folded)
    number = _DAY.search(folded)
    if weekday is None or number is None or len([c for c in folded if c.isdigit()]) > 2:
        return None
    found = [d for d in days if d.day == int(number["day"]) and d.isoweekday() == weekday]
    return found[0] if len(found) == 1 else None
