"""What each line of a calendar page is, judged by the line alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipeline.knowledge.calendars import BULLETS, Calendars
from pipeline.knowledge.printed_dates import MAX_LABEL, first_of
from pipeline.segment.calendar.marks import Kind, LineMark
from pipeline.segment.calendar.one_line import one_line
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import BARS, plain

_DIGIT = re.compile(r"\d")
_DAY = re.compile(rf"(?P<bullet>[{BULLETS}]\s*)?(?P<day>\d{{1,2}})\s*[日号]?")
_LEAST_CELLS = 2
_FIRST_AND_LAST = 2
_GAPS = ("  ", "\t", *BARS)  # what parts cells


def mark_of(text: str, calendars: Calendars) -> LineMark:
    """The mark of a line by its text alone."""
    if not text.strip():
        return LineMark("blank")
    if not any(map(str.isalnum, text)):
        return LineMark("rule")
    if calendars.times.zone_of_page(text):
        return LineMark("note", months=tuple(calendars.months(text).items()))
    if len(text) > MAX_LABEL:
        run_on = _run_on(text, calendars) if calendars.takes_place(text) else None
        return (
            row_mark(text, calendars)
            or run_on
            or LineMark("credit" if calendars.pages.is_credit(text) else "text")
        )
    if dated := dated_mark(text, calendars):
        return dated
    return undated_mark(text, calendars)


def undated_mark(text: str, calendars: Calendars) -> LineMark:
    """The mark of a line that says not when something is."""
    kind = _kind_of(text, calendars)
    months = calendars.months(text) if kind in ("text", "frame") else {}
    return LineMark(kind, months=tuple(months.items()))


@lru_cache(maxsize=4096)
def dated_mark(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a line that says when something is, or None."""
    if not _DIGIT.search(plain(text)):
        untimed = calendars.times.mentions_no_time(plain(text))
        return row_mark(text, calendars) or (_run_on(text, calendars) if untimed else None)
    if found := calendars.date(text):
        return LineMark("date", date=found)
    if week := calendars.days(text):
        return LineMark("week", week=week, labelled=calendars.says_week(text))
    if (number := _number(plain(text), calendars)) and 1 <= int(number["day"]) <= 31:
        return LineMark("day", number=int(number["day"]), bullet=number["bullet"] is not None)
    if year := calendars.header_year(text):
        return LineMark("year", number=year, months=tuple(calendars.months(text).items()))
    tests = (_labelled, row_mark, _when, _run_on)
    return next((mark for test in tests if (mark := test(text, calendars))), None)


def _number(folded: str, calendars: Calendars) -> re.Match[str] | None:
    """The number of a day, perhaps with its weekday before it (`Thu 12`)."""
    start = calendars.dates.after_weekday(folded, 0)
    named = start > 0 and any(map(str.isalpha, folded[:start]))
    return _DAY.fullmatch(folded, start if named else 0)


def _labelled(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a label and a day, or several days, behind it."""
    apart = any(sign in text for sign in (":", "：", "丨", "\t", "  "))
    rest = calendars.labelled_days(text) if apart else ""
    kind: Kind = "when" if calendars.times.label(text) else "date"
    if day := calendars.date(rest):
        return LineMark(kind, date=day, labelled=True)
    if week := calendars.days(rest):
        return LineMark(kind, date=first_of(*week), until=week[1], labelled=True)
    return None


def _when(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a date with a time."""
    found = calendars.dated_time(text)
    return LineMark("when", date=found) if found and not calendars.times.is_time(text) else None


def _run_on(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a line that says when something is and what."""
    parts = None if calendars.times.is_time(text) else one_line(text, calendars)
    return LineMark("row", date=parts.date, until=parts.until, parts=parts) if parts else None


def row_mark(text: str, calendars: Calendars, *, timed: bool = True) -> LineMark | None:
    """The mark of a row that has a time, a title and perhaps a date in cells of their own.

    If it need not be `timed`, it has a date and a title, and says that there is no time or has no
    cell for it. It may have a first and a last day.
    """
    if not any(sign in text for sign in _GAPS):
        return None
    cells = [text[slice(*span)] for span in gap_cells(text)]
    weeks = [w for c in cells if (w := calendars.days(c))]
    several = weeks[0] if len(weeks) == 1 else None
    dates = [d for c in cells if (d := calendars.date(c))] or list(several or ())
    empty = "\t\t" in text or len(dates) == _FIRST_AND_LAST
    untimed = not timed and dates and (empty or any(map(calendars.pages.is_no_value, cells)))
    if len(cells) < _LEAST_CELLS or not (any(map(calendars.times.is_time, cells)) or untimed):
        return None
    if not any(map(calendars.may_be_title, cells)) or len(dates) > _FIRST_AND_LAST:
        return None
    if len(dates) == _FIRST_AND_LAST:
        apart = dates[0][:3] != dates[1][:3]
        return LineMark("row", date=first_of(*dates), until=dates[1] if apart else None)
    return LineMark("row", date=dates[0] if dates else None)


def _kind_of(text: str, calendars: Calendars) -> Kind:
    """What any other line with text is."""
    tests: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
        ("quiet", calendars.is_quiet),
        ("weekday", calendars.is_weekday),
        ("time", calendars.times.is_time),
        ("credit", calendars.pages.is_credit),
        ("page_number", calendars.pages.is_page_number),
        ("frame", calendars.is_frame),
        ("status", calendars.is_status),
    )
    return next((kind for kind, holds in tests if holds(text)), "text")
