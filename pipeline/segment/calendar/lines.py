"""What each line of a calendar page is, judged by the line alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.knowledge.calendars import BULLETS, MAX_LABEL, Calendars, PrintedDate, plain
from pipeline.model import Document
from pipeline.segment.lines.cells import gap_cells

_Kind = Literal[
    "blank", "quiet", "date", "week", "year", "frame", "weekday", "day", "time", "credit",
    "page_number", "text", "when", "row", "note", "rule",
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
BEGINS_DAY = ("date", "when", "row")
_LEAST_CELLS = 2
_SEVERAL_ROWS = 2
_GAPS = ("  ", "\t", "|", "｜")  # what parts cells


class LineMark(NamedTuple):
    """What one line is, judged by the line alone, and what it says of the calendar.

    A "when" is a date and a time. A "row" is an event of a table, perhaps with the date of its day.
    Such a row is `run_on` where nothing but their words part its time from its title. A "note" says
    in which zone all times are, and a "rule" is a line drawn with signs.
    """

    kind: _Kind
    date: PrintedDate | None = None
    week: _Week | None = None
    number: int = 0  # of the day or the year
    bullet: bool = False
    labelled: bool = False
    run_on: bool = False
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
    run_on = [i for i, m in enumerate(marks) if m.run_on]
    rows = sum(m.kind == "row" for m in marks)
    timed = sum(m.kind in ("time", "when") for m in marks) + rows - len(run_on)
    if timed >= len(run_on):
        for i in run_on:
            marks[i] = LineMark("text")
    if rows - len(run_on) >= _SEVERAL_ROWS:
        for i, line in enumerate(document.lines):
            if marks[i].kind == "text" and (row := _row(line.text, calendars, timed=False)):
                marks[i] = row
    _tell_numbers(marks)
    return tuple(marks)


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
    kind = _kind_of(text, calendars)
    months = calendars.months(text) if kind in ("text", "frame") else {}
    return LineMark(kind, months=tuple(months.items()))


@lru_cache(maxsize=4096)
def dated_mark(text: str, calendars: Calendars) -> LineMark | None:
    """The mark of a line that says when something is, or None."""
    if not _DIGIT.search(plain(text)):
        return None
    if found := calendars.date(text):
        return LineMark("date", date=found)
    if week := _week(text, calendars):
        return LineMark("week", week=week)
    if (day := _DAY.fullmatch(plain(text))) and 1 <= int(day["day"]) <= 31:
        return LineMark("day", number=int(day["day"]), bullet=day["bullet"] is not None)
    if year := calendars.header_year(text):
        return LineMark("year", number=year)
    if (":" in text or "：" in text) and (found := calendars.labelled_date(text)):
        kind: _Kind = "when" if calendars.time_label(text) else "date"
        return LineMark(kind, date=found, labelled=True)
    if any(sign in text for sign in _GAPS) and (row := _row(text, calendars)):
        return row
    if found := calendars.dated_time(text):
        return None if calendars.is_time(text) else LineMark("when", date=found)
    return _row(text, calendars)


def _row(text: str, calendars: Calendars, *, timed: bool = True) -> LineMark | None:
    """The mark of a row that has a time, a title and perhaps a date in cells of their own.

    If it need not be `timed`, it has a date and a title, and says that there is no time.
    """
    gaps = any(sign in text for sign in _GAPS)
    if not gaps and not timed:
        return None
    cells = [text[slice(*span)] for span in row_cells(text, calendars)]
    dates = [d for c in cells if (d := calendars.date(c))]
    when = calendars.is_time if timed else calendars.pages.is_no_value
    if len(cells) < _LEAST_CELLS or not any(map(when, cells)) or not (timed or dates):
        return None
    titles = [c for c in cells if is_title_cell(c, calendars)]
    if not titles or len(dates) > 1:
        return None
    return LineMark("row", date=dates[0] if dates else None, run_on=not gaps)


def row_cells(text: str, calendars: Calendars) -> Sequence[tuple[int, int]]:
    """Where the cells of a row stand: between gaps, or a date, a time and a title."""
    cells = gap_cells(text)
    return cells if len(cells) > 1 else calendars.opening(text)


def is_title_cell(text: str, calendars: Calendars) -> bool:
    """Whether a cell of a row may be a title: it has letters, and says not when something is."""
    return any(map(str.isalpha, text)) and not (
        calendars.is_time(text)
        or calendars.date(text)
        or calendars.is_weekday(text)
        or calendars.is_frame(text)
        or calendars.is_quiet(text)
    )


def _kind_of(text: str, calendars: Calendars) -> _Kind:
    """What any other line with text is."""
    tests: tuple[tuple[_Kind, Callable[[str], bool]], ...] = (
        ("quiet", calendars.is_quiet),
        ("weekday", calendars.is_weekday),
        ("time", calendars.is_time),
        ("credit", calendars.pages.is_credit),
        ("page_number", calendars.pages.is_page_number),
        ("frame", calendars.is_frame),
    )
    return next((kind for kind, holds in tests if holds(text)), "text")


def _week(text: str, calendars: Calendars) -> _Week | None:
    """First and last day of a line that is a range of days (`May 29 - June 04`), or None."""
    folded = _WEEK_OF.sub("", plain(text).strip("<> "))
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
