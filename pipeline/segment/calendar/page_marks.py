"""What each line of a calendar page is, judged by the line and by how its page sets such lines."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import PrintedDate, first_of
from pipeline.model import Document, Line
from pipeline.segment.calendar.badges import tell_badges
from pipeline.segment.calendar.lines import mark_of, row_mark, undated_mark
from pipeline.segment.calendar.marks import (
    BEGINS_DAY,
    EMPTY,
    HEADS_DAY,
    LineMark,
    last_filled,
    next_filled,
)
from pipeline.segment.calendar.month_list import tell_days
from pipeline.segment.calendar.week_list import tell_week_days

SEVERAL_ROWS = 2
_MOST = 0.7
_LETTER_HEAD = 3  # lines around a date that are of the head of a letter
_OF_EVENT = ("text", "time", "status")  # what may stand below the days of an event
RUN_ON_SHARE = 0.15  # of a page's lines, from which a date with a title behind it is no prose


def marks_of(document: Document, calendars: Calendars) -> tuple[LineMark, ...]:
    """What each line is; a bare number that heads no day is the number of a page.

    On a page whose days have their dates on lines of their own, a label with a date, or a date with
    a time, is of an event. So is text with a time before it, where times stand by themselves.
    """
    marks = [mark_of(line.text, calendars) for line in document.lines]
    _tell_letters(document.lines, marks, calendars)
    tell_badges(document.lines, marks, calendars)
    days = sum(m.kind == "date" and not m.labelled for m in marks)
    others = [i for i, m in enumerate(marks) if (m.labelled and not m.week) or m.kind == "when"]
    if days >= len(others):
        _tell_again(document, marks, others, calendars)
    _tell_places(document.lines, marks)
    _tell_run_on(document, marks, calendars)
    tell_week_days(document.lines, marks, calendars)
    _tell_ranges(document.lines, marks)
    if sum(m.kind == "row" and m.parts is None for m in marks) >= SEVERAL_ROWS:
        for i, line in enumerate(document.lines):
            if marks[i].kind == "text" and (row := row_mark(line.text, calendars, timed=False)):
                marks[i] = row
    _tell_below_titles(marks)
    tell_days(document.lines, marks, calendars)
    _tell_numbers(marks)
    return tuple(marks)


def _tell_again(
    document: Document, marks: list[LineMark], others: list[int], calendars: Calendars
) -> None:
    """Mark dates with labels or times as times or text, where days have dates of their own.

    One that is the day above once more, with a time, is a time.
    """
    day: LineMark | None = None
    told = set(others)
    dates = [i for i, m in enumerate(marks) if m.kind == "date" and i]
    framed = bool(dates) and all(marks[i - 1].kind == "frame" for i in dates)
    for i, mark in enumerate(marks):
        if i not in told:
            day = mark if mark.kind == "date" else day
            continue
        again = bool(day and day.date and mark.date and day.date[1:3] == mark.date[1:3])
        if not again and not mark.labelled and framed and i and marks[i - 1].kind == "frame":
            day = mark
            continue  # it begins a day as the others do
        time = calendars.times.is_time(document.lines[i].text) or (again and mark.kind == "when")
        timed = time and (mark.until is None or not again)
        marks[i] = LineMark("time" if timed else "text")


def _tell_letters(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the dates in the heads of letters, beside two other lines of these, as notes."""
    heads = {i for i, line in enumerate(lines) if calendars.heads_letter(line.text)}
    for i, mark in enumerate(marks):
        beside = sum(k in heads for k in range(i - _LETTER_HEAD, i + _LETTER_HEAD + 1) if k != i)
        if mark.date and beside > 1:
            marks[i] = LineMark("note")


def _tell_places(lines: Sequence[Line], marks: list[LineMark]) -> None:
    """Mark lines with a date and a text as dates with places, if most have titles right above.

    A title is a heading that the page marks, or a line by itself above each.
    """
    own = [i for i, m in enumerate(marks) if m.parts and m.parts.dated and m.date]
    own = [i for i in own if marks[i].parts.dated < marks[i].parts.title]  # type: ignore[union-attr,operator]
    if len(own) < SEVERAL_ROWS:
        return
    above = [k for i in own if i and marks[k := last_filled(marks, 0, i)].kind == "text"]
    headed = sum(lines[k].level > 0 for k in above)
    opened = sum(k + 1 in own and (not k or marks[k - 1].kind in EMPTY) for k in above)
    if len(set(above)) > 1 and max(headed, opened) >= _MOST * len(own):
        for i in own:
            marks[i] = marks[i]._replace(kind="when")


def _tell_run_on(document: Document, marks: list[LineMark], calendars: Calendars) -> None:
    """Mark as text what says when and what in one line, where that is not how the page does it.

    Times stand by themselves there, or days do; or few of its lines are so.
    """
    lines = sum(m.kind != "blank" for m in marks)
    for dated in (False, True):
        own = [
            i
            for i, m in enumerate(marks)
            if m.parts and m.kind == "row" and (m.date is not None) is dated
        ]
        alone = ("date", "when") if dated else ("time", "when")
        least = max(SEVERAL_ROWS, lines * RUN_ON_SHARE) if dated else 1
        if len(own) < least or sum(m.kind in alone for m in marks) >= len(own):
            for i in own:
                marks[i] = undated_mark(document.lines[i].text, calendars)


def _tell_ranges(lines: Sequence[Line], marks: list[LineMark]) -> None:
    """Mark several days that head no other days as those of an event, which has its first day.

    What heads other days has them below it, with no more than a line of text between.
    """
    days = [m.date for m in marks if m.date]
    day: PrintedDate | None = None
    for i, mark in enumerate(marks):
        day = mark.date if mark.kind == "date" else day
        below = next_filled(marks, i + 1, len(marks)) if mark.week else None
        if below is not None and marks[below].kind == "weekday":  # Wed–Sat
            below = next_filled(marks, below + 1, len(marks))
        if mark.week is None or mark.labelled or below is None:
            continue
        if marks[below].kind not in _OF_EVENT:
            continue
        first, last = first_of(*mark.week), mark.week[1]
        if day and first[1:3] <= day[1:3] <= last[1:3] and marks[below].kind == "time":
            marks[i] = LineMark("days", week=mark.week)  # of an event, on one of them
            continue
        inside = any(first[1:3] <= day[1:3] <= last[1:3] for day in days)
        behind = next_filled(marks, below + 1, len(marks))
        dated = behind is not None and marks[behind].kind in (*HEADS_DAY, *BEGINS_DAY)
        if not inside or lines[below].level or not dated:
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
