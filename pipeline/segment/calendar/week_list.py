"""Days that are printed by weekday and number, below the dates of their week or their month.

`Week commencing 16 June 2025` stands above `Monday 16 | 9.15am | Briefing`, and `March 2024` above
`Tue 12 – Wed 13`. What fits no day of that week or month is none.
"""

from __future__ import annotations

import calendar
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
_SEVERAL = 3
_FIRST_AND_LAST = 2
_MAY_BE_DAY = ("text", "row", "quiet", "page_number", "day")
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_DAY = re.compile(r"[^\W\d_]{2,10}[.,]?\s\d{1,2}(?:\s*[-–—]\s*[^\W\d_]{2,10}[.,]?\s\d{1,2})?")


def names_days(lines: Sequence[Line], calendars: Calendars) -> bool:
    """Whether a page has several lines that are days of the month of its title."""
    if sum(_SHORT_DAY.fullmatch(line.text.strip()) is not None for line in lines) < _SEVERAL:
        return False
    marks = [_header(line.text, calendars) for line in lines]
    tell_week_days(lines, marks, calendars)
    return sum(mark.kind == "date" for mark in marks) >= _SEVERAL


def _header(text: str, calendars: Calendars) -> LineMark:
    months = calendars.months(text)
    return LineMark("text", months=tuple(months.items()))


def tell_week_days(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the lines and the rows of days by weekday and number with their dates."""
    days: list[date] = []
    for i, mark in enumerate(marks):
        if mark.week or len(mark.months) == 1:
            days = (_days(mark.week) if mark.week else _days_of_month(*mark.months[0])) or days
            continue
        if not days or mark.kind not in _MAY_BE_DAY or mark.date:
            continue
        text = lines[i].text
        cells = gap_cells(text)
        told = (
            [_day(part, days, calendars) for part in _TO.split(text[slice(*cells[0])])]
            if cells
            else [None]
        )
        if None in told or not 0 < len(told) <= _FIRST_AND_LAST:
            continue
        first, last = (PrintedDate(d.year, d.month, d.day) for d in (told[0], told[-1]) if d)
        until = last if last != first else None
        rest = [text[slice(*span)] for span in cells[1:]]
        if any(map(calendars.may_be_title, rest)):
            marks[i] = LineMark("row", date=first, until=until, start=cells[1][0])
        elif not rest or any(map(calendars.is_quiet, rest)):
            marks[i] = LineMark("date", date=first, until=until)


def _days_of_month(month: int, year: int) -> list[date]:
    return [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]


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
    rest = folded[: number.start()] + " " + folded[number.end() :]
    if not all(map(calendars.is_weekday, _WORD.findall(rest))):
        return None
    found = [d for d in days if d.day == int(number["day"]) and d.isoweekday() == weekday]
    return found[0] if len(found) == 1 else None
