"""The year of dates that print none: one that the page prints elsewhere, held to their weekdays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import MAX_LABEL, PrintedDate, as_typed, in_common_era
from pipeline.model import Document, Finding, Line, Where
from pipeline.segment.calendar.marks import LineMark

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)1[0-4]\d(?=\s*年)")
_PARTS = re.compile(r"\s[·|•–—-]\s|[,，]\s*")
_SHOWN = 80  # characters of a line in a message
_HALF_A_YEAR = 6  # months


class PageYear(NamedTuple):
    """The year in which the dates of a page begin, the line that prints it, and how sure it is."""

    year: int
    line: Line
    by_weekdays: bool


def page_year(
    page: Sequence[Line],
    marks: Sequence[LineMark],
    undated: Collection[int],
    calendars: Calendars,
) -> PageYear | None:
    """The year of the dates at some lines of a page, in which no header tells it, or None.

    Where weekdays stand beside dates, they must fit the year that the page says to be of its issue,
    with the month of the first dates, or the last year that short lines of the page print, or else
    the year after it, if a whole date prints that one: any year fits one time in seven by chance.
    Without weekdays it must be the one year that short lines above the dates print.
    """
    printed: dict[int, Line] = {}
    above: dict[int, Line] = {}
    first = min(undated)
    told = [
        [] if len(line.text) > MAX_LABEL else list(map(int, _YEAR.findall(as_typed(line.text))))
        for line in page
    ]
    common = any(in_common_era(said) == said for years in told for said in years)
    for i, line in enumerate(page):
        for counted in told[i]:
            said = in_common_era(counted)
            if common and said != counted:
                continue  # 建校120年: years of an age
            printed.setdefault(said, line)
            if i < first and marks[i].kind == "text":
                above.setdefault(said, line)
    days = [d for i in sorted(undated) if (d := marks[i].date)]
    weekdays = {
        d: number
        for i in undated
        if (d := marks[i].date) and (number := calendars.dates.weekday_in(page[i].text))
    }
    if weekdays:
        last = max(printed, default=0)
        dated = {
            y: line for y, line in above.items() if _is_of_issue(line.text, y, days, calendars)
        }
        fits = [y for y in sorted(dated, reverse=True) if _fits(y, days, weekdays)]
        if fits:
            return PageYear(fits[0], dated[fits[0]], by_weekdays=True)
        if not last:
            return None
        dates = calendars.dates.inside(as_typed(printed[last].text))
        years = (last, last + 1) if any(d.year == last for d in dates) else (last,)
        year = next((y for y in years if _fits(y, days, weekdays)), None)
        return PageYear(year, printed[last], by_weekdays=True) if year else None
    if len(above) != 1:
        return None
    ((year, line),) = above.items()
    return PageYear(year, line, by_weekdays=False)


def _is_of_issue(text: str, year: int, days: Sequence[PrintedDate], calendars: Calendars) -> bool:
    """Whether a part of a line is a year and the month of the first dates, or the one before."""
    named = [m for part in _PARTS.split(text) for m in calendars.months(part).items()]
    near = {days[0].month, (days[0].month - 2) % 12 + 1}
    return any(said == year and month in near for month, said in named)


def with_years(
    marks: Sequence[LineMark], undated: Collection[int], year: int
) -> tuple[LineMark, ...]:
    """The marks, with years for the dates of some lines, of which the first lies in `year`."""
    days = [d for i in sorted(undated) if (d := marks[i].date)]
    years = dict(zip(sorted(undated), _years(days, year), strict=True))
    return tuple(
        mark._replace(date=_in(mark.date, years[i]), until=_in(mark.until, years[i] + _turns(mark)))
        if i in years
        else mark
        for i, mark in enumerate(marks)
    )


def _turns(mark: LineMark) -> bool:
    """Whether the last of some days is in the year after that of the first."""
    return bool(mark.date and mark.until and mark.until[1:3] < mark.date[1:3])


def _in(printed: PrintedDate | None, year: int) -> PrintedDate | None:
    return printed._replace(year=year) if printed and printed.year is None else printed


def _years(days: Sequence[PrintedDate], year: int) -> Iterator[int]:
    """The years of days in order; January after December is in the next one."""
    for i, day in enumerate(days):
        year += i > 0 and days[i - 1].month - day.month > _HALF_A_YEAR
        yield year


def _fits(year: int, days: Sequence[PrintedDate], weekdays: Mapping[PrintedDate, int]) -> bool:
    """Whether days that begin in a year have the weekdays that stand beside some of them."""
    for day, own in zip(days, _years(days, year), strict=True):
        known = day.in_year(own)
        if known is None or weekdays.get(day, known.isoweekday()) != known.isoweekday():
            return False
    return True


def year_finding(document: Document, found: PageYear, dates: int) -> Finding:
    """That dates have a year which is printed elsewhere on the page."""
    fit = ", and their weekdays fit" if found.by_weekdays else ""
    told = f"{found.year} is taken from `{found.line.text.strip()[:_SHOWN]}`{fit}"
    at = found.line
    return Finding(
        "info",
        "year_from_page",
        f"{dates} dates print no year; {told}",
        document.source.edition.edition,
        table="calendar_days",
        field="date",
        where=Where(document.source.source_id, at.page, at.number, at.number),
    )
