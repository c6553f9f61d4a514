"""What each line of a calendar page is, judged by the line alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.knowledge.calendars import BULLETS, MAX_LABEL, Calendars, PrintedDate, plain
from pipeline.model import Document
from pipeline.segment.calendar.one_line import OneLine, one_line
from pipeline.segment.lines.cells import gap_cells

_Kind = Literal[
    "blank", "quiet", "date", "week", "year", "frame", "weekday", "day", "time", "credit",
    "page_number", "text", "when", "row", "note", "rule", "status",
]  # fmt: skip
_Week = tuple[PrintedDate, PrintedDate]

_DIGIT = re.compile(r"\d")
_DAY = re.compile(rf"(?P<bullet>[{BULLETS}]\s*)?(?P<day>\d{{1,2}})\s*[日号]?")
_LAST_DAY = re.compile(r"(?P<day>\d{1,2})\s*[日号]?(?:,?\s*(?P<year>\d{4}))?")
_WEEK_OF = re.compile(r"^(?:the\s+)?week(?:\s+of)?\s*:?\s+", re.IGNORECASE)
HEADS_DAY = ("date", "day", "week", "year", "weekday")
CALENDAR = (*HEADS_DAY, "quiet", "frame", "note")
SKIPPED = ("credit", "page_number", "rule")
EMPTY = ("blank", "rule")
NO_TITLE = (*EMPTY, "status")
BEGINS_DAY = ("date", "when", "row")
_LEAST_CELLS = 2
_FIRST_AND_LAST = 2
SEVERAL_ROWS = 2
RUN_ON_SHARE = 0.15  # of a page's lines, from which a date with a title behind it is no prose
_GAPS = ("  ", "\t", "|", "｜", "│", "┃", "║")  # what parts cells


class LineMark(NamedTuple):
    """What one line is, judged by the line alone, and what it says of the calendar.

    A "when" is a date and a time. A "row" is an event of a table, perhaps with the date of its day.
    Where nothing but its words part its time from its title, it has `parts`. A "note" says in which
    zone all times are, and a "rule" is a line drawn with signs. `until` is the last of some days.
    """

    kind: _Kind
    date: PrintedDate | None = None
    week: _Week | None = None
    number: int = 0  # of the day or the year
    bullet: bool = False
    labelled: bool = False
    until: PrintedDate | None = None
    parts: OneLine | None = None
    months: tuple[tuple[int, int], ...] = ()  # that a title names, each with its year


def marks_of(document: Document, calendars: Calendars) -> tuple[LineMark, ...]:
    """What each line is; a bare number that heads no day is the number of a page.

    On a page whose days have their dates on lines of their own, a label with a date, or a date with
    a time, is of an event. So is text with a time before it, where times stand by themselves.
    """
    marks = [_mark(line.text, calendars) for line in document.lines]
    days = sum(m.kind == "date" and not m.labelled for m in marks)
    others = [i for i, m in enumerate(marks) if m.labelled or m.kind == "when"]
    if days >= len(others):
        for i in others:
            time = calendars.is_time(document.lines[i].text)
            marks[i] = LineMark("time" if time else "text")
    _tell_run_on(document, marks, calendars)
    _tell_ranges(marks)
    if sum(m.kind == "row" and m.parts is None for m in marks) >= SEVERAL_ROWS:
        for i, line in enumerate(document.lines):
            if marks[i].kind == "text" and (row := _row(line.text, calendars, timed=False)):
                marks[i] = row
    _tell_below_titles(marks)
    _tell_numbers(marks)
    return tuple(marks)


def _tell_run_on(document: Document, marks: list[LineMark], calendars: Calendars) -> None:
    """Mark as text what says when and what in one line, where that is not how the page does it.

    Times stand by themselves there, or days do; or few of its lines are so.
    """
    lines = sum(m.kind != "blank" for m in marks)
    for dated in (False, True):
        own = [i for i, m in enumerate(marks) if m.parts and (m.date is not None) is dated]
        alone = ("date", "when") if dated else ("time", "when")
        least = max(SEVERAL_ROWS, lines * RUN_ON_SHARE) if dated else 1
        if len(own) < least or sum(m.kind in alone for m in marks) >= len(own):
            for i in own:
                marks[i] = _undated(document.lines[i].text, calendars)


def _tell_ranges(marks: list[LineMark]) -> None:
    """Mark several days that head no other days as those of an event, which has its first day."""
    days = [m.date for m in marks if m.date]
    for i, mark in enumerate(marks):
        below = next_filled(marks, i + 1, len(marks)) if mark.week else None
        kind = None if below is None else marks[below].kind
        if mark.week is None or kind not in ("text", "time", "status"):
            continue
        first, last = _first(mark.week), mark.week[1]
        if not any(first[1:3] <= day[1:3] <= last[1:3] for day in days):
            marks[i] = LineMark("date", date=first, until=last)


def _tell_below_titles(marks: list[LineMark]) -> None:
    """Mark rows of a time and a place as times, if most have a title above, that below a date."""
    filled = [i for i, mark in enumerate(marks) if mark.kind not in EMPTY]
    kinds = ["blank", "blank", *(marks[i].kind for i in filled)]
    rows = [
        (i, kinds[n : n + 2])
        for n, i in enumerate(filled)
        if marks[i].kind == "row" and marks[i].parts is None and not marks[i].date
    ]
    if 2 * sum(above == ["date", "text"] for _, above in rows) > len(rows):
        for i, above in rows:
            if above[1] == "text":
                marks[i] = LineMark("time")


def _tell_numbers(marks: list[LineMark]) -> None:
    """Mark the bare numbers that head no day as numbers of pages."""
    for i, mark in enumerate(marks):
        if mark.kind == "day" and not mark.bullet:
            below = next_filled(marks, i + 1, len(marks))
            if below is None or marks[below].kind not in (*BEGINS_DAY, "quiet"):
                marks[i] = LineMark("page_number")


def _mark(text: str, calendars: Calendars) -> LineMark:
    if not text.strip():
        return LineMark("blank")
    if not any(map(str.isalnum, text)):
        return LineMark("rule")
    if calendars.page_zone(text):
        return LineMark("note")
    if len(text) > MAX_LABEL:
        return _row(text, calendars) or LineMark(
            "credit" if calendars.pages.is_credit(text) else "text"
        )
    if dated := dated_mark(text, calendars):
        return dated
    return _undated(text, calendars)


def _undated(text: str, calendars: Calendars) -> LineMark:
    """The mark of a line that says not when something is."""
    kind = _kind_of(text, calendars)
    months = calendars.months(text) if kind in ("text", "frame") else {}
    return LineMark(kind, months=tuple(months.items()))


@lru_cache(maxsize=4096)
def dated_mark(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a line that says when something is, or None."""
    if not _DIGIT.search(plain(text)):
        return _row(text, calendars)
    if found := calendars.date(text):
        return LineMark("date", date=found)
    if week := _week(text, calendars):
        return LineMark("week", week=week)
    if (number := _DAY.fullmatch(plain(text))) and 1 <= int(number["day"]) <= 31:
        return LineMark("day", number=int(number["day"]), bullet=number["bullet"] is not None)
    if year := calendars.header_year(text):
        return LineMark("year", number=year)
    tests = (_labelled, _row, _when, _run_on)
    return next((mark for test in tests if (mark := test(text, calendars))), None)


def _labelled(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a label and a day, or several days, behind it."""
    apart = any(sign in text for sign in (":", "：", "\t", "  "))
    rest = calendars.labelled_days(text) if apart else ""
    kind: _Kind = "when" if calendars.time_label(text) else "date"
    if day := calendars.date(rest):
        return LineMark(kind, date=day, labelled=True)
    if week := _week(rest, calendars):
        return LineMark(kind, date=_first(week), until=week[1], labelled=True)
    return None


def _when(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a date with a time."""
    found = calendars.dated_time(text)
    return LineMark("when", date=found) if found and not calendars.is_time(text) else None


def _run_on(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a line that says when something is and what."""
    parts = None if calendars.is_time(text) else one_line(text, calendars)
    return LineMark("row", date=parts.date, until=parts.until, parts=parts) if parts else None


def _first(week: _Week) -> PrintedDate:
    """The first day of several, in the year that is printed for the last one."""
    first, last = week
    return first if first.year is not None else first._replace(year=last.year)


def _row(text: str, calendars: Calendars, *, timed: bool = True) -> LineMark | None:
    """The mark of a row that has a time, a title and perhaps a date in cells of their own.

    If it need not be `timed`, it has a date and a title, and says that there is no time or has no
    cell for it. It may have a first and a last day.
    """
    if not any(sign in text for sign in _GAPS):
        return None
    cells = [text[slice(*span)] for span in gap_cells(text)]
    dates = [d for c in cells if (d := calendars.date(c))]
    empty = "\t\t" in text or len(dates) == _FIRST_AND_LAST
    untimed = not timed and dates and (empty or any(map(calendars.pages.is_no_value, cells)))
    if len(cells) < _LEAST_CELLS or not (any(map(calendars.is_time, cells)) or untimed):
        return None
    if not any(map(calendars.may_be_title, cells)) or len(dates) > _FIRST_AND_LAST:
        return None
    several = len(dates) == _FIRST_AND_LAST and dates[0][:3] != dates[1][:3]
    return LineMark("row", date=dates[0] if dates else None, until=dates[1] if several else None)


def _kind_of(text: str, calendars: Calendars) -> _Kind:
    """What any other line with text is."""
    tests: tuple[tuple[_Kind, Callable[[str], bool]], ...] = (
        ("quiet", calendars.is_quiet),
        ("weekday", calendars.is_weekday),
        ("time", calendars.is_time),
        ("credit", calendars.pages.is_credit),
        ("page_number", calendars.pages.is_page_number),
        ("frame", calendars.is_frame),
        ("status", calendars.is_status),
    )
    return next((kind for kind, holds in tests if holds(text)), "text")


def _week(text: str, calendars: Calendars) -> _Week | None:
    """First and last day of a line that is a range of days (`May 29 - June 04`), or None."""
    folded = _WEEK_OF.sub("", plain(text).strip("<> "))
    folded = folded[calendars.dates.after_weekday(folded, 0) :]
    for gap in calendars.separator.finditer(folded):
        left, right = folded[: gap.start()].strip(), folded[gap.end() :].strip()
        first, last = calendars.date(left), calendars.date(right)
        if last and not first and re.fullmatch(r"\d{1,2}", left) and 1 <= int(left) <= last.day:
            first = last._replace(day=int(left))
        elif first and not last and (found := _LAST_DAY.fullmatch(right)):
            year = int(found["year"]) if found["year"] else first.year
            last = first._replace(day=int(found["day"]), year=year)
        if first and last:
            return first, last
    return None


def next_filled(marks: Sequence[LineMark], start: int, stop: int) -> int | None:
    """The first line from `start` to before `stop` that holds text."""
    return next((i for i in range(start, stop) if marks[i].kind not in EMPTY), None)


def last_filled(marks: Sequence[LineMark], first: int, stop: int) -> int:
    """The last line from `first` to before `stop` that holds text, else `first`."""
    own = range(stop - 1, first - 1, -1)
    return next(i for i in own if i == first or marks[i].kind not in EMPTY)
