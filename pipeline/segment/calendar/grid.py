"""A month set as a grid: a row for a week, a column for a weekday, a number in each cell.

What stands below a number, and above that of the next week, is of its day. The numbers of one week
may be read as one line; then each stands where equal columns put it.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import MAX_LABEL, PrintedDate
from pipeline.model import Box, Document, Line, Piece
from pipeline.segment.calendar.columns import wrapped_title
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import LineMark
from pipeline.segment.calendar.one_line import one_line

_NUMBERS = re.compile(r"\d{1,2}(?:\s+\d{1,2}){0,6}")
_WORD = re.compile(r"[^\W\d_]+")
_HAN_HEADS = frozenset("一二三四五六")
_WEEK = 7
_AT = "@"  # before a place
_TITLE_GOES_ON = " :："
_LEAST_WEEKS = 4
_LEAST_WIDTH = 20.0  # points of a column
_LEVEL = 6.0  # points between the numbers of one week
_LEFT = 0.35  # of a column, by which what is below a number may be set further right
_NEXT_LINE = 1.6  # type sizes between two lines of one title


class _Number(NamedTuple):
    """A day's number: the line it is in, the day, and its place: a level of its page, a column."""

    line: int
    day: int
    at: tuple[float, float]


class MonthGrid(NamedTuple):
    """The lines of a month day by day, each behind the line of its number, with their marks."""

    page: tuple[Line, ...]
    marks: tuple[LineMark, ...]
    numbers: frozenset[int]  # indices of the lines of numbers in the document


class _Month(NamedTuple):
    """The year and the number of a month, and the numbers of its days."""

    year: int
    month: int
    days: Sequence[_Number]


def month_shown(document: Document, calendars: Calendars) -> _Month | None:
    """The month that a page shows as a grid of days, or None.

    A title names it and its year; below stand the weekdays and the numbers of all its days.
    """
    lines = document.lines
    rows = [i for i, line in enumerate(lines) if _NUMBERS.fullmatch(line.text.strip())]
    if len(rows) < _LEAST_WEEKS:
        return None
    # Links to the months before and after may stand beside the title.
    told = [m for line in lines[: rows[0]] if len(m := calendars.months(line.text)) == 1]
    named = {pair for months in told for pair in months.items()}
    if len(named) != 1 or not _has_weekdays(lines, calendars):
        return None
    ((month, year),) = named
    days = _run_of_days(_numbers(lines, rows), calendar.monthrange(year, month)[1])
    between = range(days[0].line, days[-1].line) if days else range(0)
    if not any(_holds(lines[i]) for i in between):
        return None  # a small calendar beside a list of events
    set_in_columns = bool(days) and (lines[days[0].line].box is None or _in_columns(days))
    return _Month(year, month, days) if set_in_columns else None


def _holds(line: Line) -> bool:
    """Whether a line is more than numbers of days."""
    return bool(line.text.strip()) and _NUMBERS.fullmatch(line.text.strip()) is None


def month_grid(document: Document, shown: _Month, marks: Sequence[LineMark]) -> MonthGrid:
    """The days of a page that shows a month as a grid."""
    lines = document.lines
    held = _held(lines, shown.days, marks)
    page: list[Line] = []
    of_days: list[LineMark] = []
    for n, number in enumerate(shown.days):
        page.append(lines[number.line])
        of_days.append(LineMark("date", date=PrintedDate(shown.year, shown.month, number.day)))
        page += [lines[i] for i in held[n]]
        of_days += [marks[i] for i in held[n]]
    numbers = frozenset(number.line for number in shown.days)
    return MonthGrid(tuple(page), tuple(of_days), numbers)


def _has_weekdays(lines: Sequence[Line], calendars: Calendars) -> bool:
    """Whether a page has the names of the seven weekdays as heads of columns."""
    short = [line.text for line in lines if 0 < len(line.text) <= MAX_LABEL]
    heads = [text for text in short if calendars.is_weekday(text)]
    names = {word.casefold() for text in heads for word in _WORD.findall(text)}
    return len(names) >= _WEEK or any(set(text) >= _HAN_HEADS for text in short)


def _run_of_days(numbers: Sequence[_Number], days: int) -> Sequence[_Number]:
    """The numbers of all days of a month, one behind the other, or nothing."""
    month = list(range(1, days + 1))
    for n, number in enumerate(numbers):
        if number.day == 1 and [x.day for x in numbers[n : n + days]] == month:
            return numbers[n : n + days]
    return ()


def _in_columns(shown: Sequence[_Number]) -> bool:
    """Whether numbers stand in seven columns: the same number of days apart, one below another."""
    columns = sorted(number.at[1] for number in shown)
    width = (columns[-1] - columns[0]) / (_WEEK - 1)
    if width < _LEAST_WIDTH:
        return False
    first = round((shown[0].at[1] - columns[0]) / width)
    return all(
        round((number.at[1] - columns[0]) / width) == (first + n) % _WEEK
        for n, number in enumerate(shown)
    )


def _numbers(lines: Sequence[Line], rows: Sequence[int]) -> list[_Number]:
    """The numbers in some lines, in the order of their places."""
    printed = {i: list(map(int, lines[i].text.split())) for i in rows}
    cells = {i: box.cells for i in rows if (box := lines[i].box)}
    if any(lines[i].box is None for i in rows):
        return [_Number(i, day, (float(i), 0.0)) for i in rows for day in printed[i]]
    widths = [_column(lines[i].box, len(printed[i])) for i in rows if len(printed[i]) == _WEEK]
    width = max(widths, default=0.0)
    found = []
    level = 0.0
    for i in sorted(rows, key=lambda i: (lines[i].page, _top(lines[i]))):
        box, days = lines[i].box, printed[i]
        if box is None:
            continue
        top = _level(lines[i])
        level = level if abs(top - level) <= _LEVEL else top
        step = _column(box, len(days)) if len(days) > 1 else width
        lefts = [x0 for x0, _ in cells[i]]
        if len(lefts) != len(days):
            lefts = [box.x0 + k * step for k in range(len(days))]
        found += [_Number(i, d, (level, x0)) for d, x0 in zip(days, lefts, strict=True)]
    return sorted(found, key=lambda number: number.at)


def _column(box: Box | None, numbers: int) -> float:
    """The width of a column by a line of several numbers, all as wide as the type is high."""
    return (box.x1 - box.x0 - box.size) / (numbers - 1) if box else 0.0


def _top(line: Line) -> float:
    return line.box.top if line.box else 0.0


def _level(line: Line) -> float:
    return 10_000.0 * line.page + _top(line)


def _held(
    lines: Sequence[Line], shown: Sequence[_Number], marks: Sequence[LineMark]
) -> list[list[int]]:
    """The lines of each day, in order."""
    held: list[list[int]] = [[] for _ in shown]
    own = {number.line for number in shown}
    rest = [i for i, mark in enumerate(marks) if i not in own and mark.kind != "blank"]
    if lines[shown[0].line].box is None:
        heads = [number.line for number in shown]
        several = {i for i in heads if heads.count(i) > 1}  # nobody says of which day it is
        for i in rest:
            if heads[0] < i and heads[bisect_right(heads, i) - 1] not in several:
                held[bisect_right(heads, i) - 1].append(i)
        return held
    weeks = sorted({number.at[0] for number in shown})
    columns = sorted(number.at[1] for number in shown)
    width = (columns[-1] - columns[0]) / (_WEEK - 1)
    last = len(weeks) - 1
    boxed = [(i, box) for i in rest if (box := lines[i].box)]
    below = [box.x0 for i, box in boxed if _level(lines[i]) > weeks[0]]
    right = _numbers_are_right(lines, marks, columns[0], width, below)
    for i, box in boxed:
        week = bisect_right(weeks, _level(lines[i]) + _LEVEL) - 1
        left = [
            n
            for n, number in enumerate(shown)
            if number.at[0] == weeks[week] and _in_cell(box, number.at[1], width, right=right)
        ]
        # What is wider lasts several days; below the last week it is no event.
        fits = week < last or box.x1 - box.x0 <= width + _LEVEL
        if week >= 0 and left and fits:
            held[left[0]].append(i)
    for part in held:
        part.sort(key=lambda i: _level(lines[i]))
    return held


def _numbers_are_right(
    lines: Sequence[Line],
    marks: Sequence[LineMark],
    first: float,
    width: float,
    texts: Sequence[float],
) -> bool:
    """Whether numbers stand in the middle or on the right of their cells.

    Then the weekday above the `first` column begins left of its numbers, or most texts do left of
    theirs.
    """
    heads = [
        b.x0 for x, m in zip(lines, marks, strict=True) if m.kind == "weekday" and (b := x.box)
    ]
    if heads and first - min(heads) > _LEFT * width:
        return True
    parts = [((x0 - first) / width) % 1 for x0 in texts]
    return 2 * sum(_LEFT < part < 1 - _LEVEL / width for part in parts) > len(parts)


def _in_cell(box: Box, number: float, width: float, *, right: bool) -> bool:
    """Whether a text is in the column of a number, which stands on its left or on its `right`."""
    start = number - width if right else number - _LEVEL
    return start < box.x0 <= start + width


def in_cell(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], calendars: Calendars
) -> list[Found]:
    """The events in the cell of a day: a time and a title, a title and a time, or a title alone."""
    parts: list[list[int]] = []
    timed = any(marks[i].kind == "time" for i in lines)
    time_first = timed and marks[lines[0]].kind == "time"
    for n, i in enumerate(lines):
        above = lines[n - 1] if n else None
        if _is_timed(page[i], calendars):
            begins = True
        elif time_first:
            begins = marks[i].kind == "time"
        elif timed:
            begins = above is not None and marks[above].kind == "time"
        else:
            begins = above is not None and _apart(page[above], page[i])
        if begins or not parts:
            parts.append([])
        parts[-1].append(i)
    return [found for part in parts if (found := _event(page, marks, part, calendars))]


def _event(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], calendars: Calendars
) -> Found | None:
    times = [i for i in lines if marks[i].kind == "time"]
    texts = [i for i in lines if marks[i].kind != "time"]
    if not texts or not any(map(str.isalpha, page[texts[0]].text)):
        return None
    head = wrapped_title(page, texts)
    if page[head[-1]].text.rstrip().endswith((":", "：")) and texts[len(head) :]:
        head = [*head, *wrapped_title(page, texts[len(head) :])]
    beside = next((n for n, i in enumerate(head) if page[i].text.lstrip().startswith(_AT)), 0)
    head = head[:beside] or head
    pieces = tuple(trimmed(page[i]) for i in head)
    time = trimmed(page[times[0]]) if times else None
    parts = one_line(page[head[0]].text.rstrip(_TITLE_GOES_ON), calendars)
    if time is None and parts and parts.time:
        line = page[head[0]].number
        time = Piece(line, *parts.time)
        end = pieces[0].end if pieces[1:] else parts.title[1]
        pieces = (Piece(line, parts.title[0], end), *pieces[1:])
    body = tuple(i for i in lines if i not in head and i not in times[:1])
    return Found(pieces, time, body)


def _is_timed(line: Line, calendars: Calendars) -> bool:
    """Whether a line begins with the time of its event."""
    parts = one_line(line.text.rstrip(_TITLE_GOES_ON), calendars)
    return parts is not None and parts.time is not None and parts.time < parts.title


def _apart(above: Line, below: Line) -> bool:
    """Whether white space parts two lines of a cell."""
    one, other = above.box, below.box
    return one is None or other is None or other.top - one.top > _NEXT_LINE * one.size
