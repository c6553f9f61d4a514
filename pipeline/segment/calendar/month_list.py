"""A month set as a list: a line for each day, with its number, its weekday and what it holds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from pipeline.knowledge.calendars import Calendars, PrintedDate
from pipeline.model import Line
from pipeline.segment.calendar.lines import row_mark
from pipeline.segment.calendar.marks import LineMark

# 5 火, 5日（火）, 5 (Tue): the weekday of a number, in Japanese, Chinese, Korean or English.
_DAY = re.compile(
    r"\s*(?P<day>\d{1,2})\s*[日号]?[\s|(（]+(?P<weekday>[月火水木金土日一二三四五六월화수목금토일]|[A-Z][a-z]{2})"
    r"(?![^\W\d_])[)）]?"
)
_WEEKDAYS = ("月一월", "火二화", "水三수", "木四목", "金五금", "土六토", "日日일")
_SHORTEST_MONTH = 28
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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
    if not all(_is_weekday(m["weekday"], date(year, month, int(m["day"]))) for _, m in found):
        return
    for i, m in found:
        day = PrintedDate(year, month, int(m["day"]))
        row = row_mark(lines[i].text[m.end() :], calendars)
        marks[i] = LineMark("row" if row else "date", date=day, start=m.end() if row else 0)


def _is_weekday(word: str, day: date) -> bool:
    return word in _WEEKDAYS[day.weekday()] or word == _ENGLISH[day.weekday()]
