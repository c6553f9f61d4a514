"""The marks that tell what the lines of a calendar page are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.knowledge.calendars import PrintedDate
from pipeline.segment.calendar.one_line import OneLine

Kind = Literal[
    "blank", "quiet", "date", "week", "year", "frame", "weekday", "day", "time", "credit",
    "page_number", "text", "when", "row", "note", "rule", "status", "days",
]  # fmt: skip
Week = tuple[PrintedDate, PrintedDate]

HEADS_DAY = ("date", "day", "week", "year", "weekday")
CALENDAR = (*HEADS_DAY, "quiet", "frame", "note")
SKIPPED = ("credit", "page_number", "rule", "days")
EMPTY = ("blank", "rule")
NO_TITLE = (*EMPTY, "status", "days")
BEGINS_DAY = ("date", "when", "row")


class LineMark(NamedTuple):
    """What one line is, and what it says of the calendar.

    A "when" is a date and a time. A "row" is an event of a table, perhaps with the date of its day.
    Where nothing but its words part its time from its title, it has `parts`. A "note" says in which
    zone all times are, and a "rule" is a line drawn with signs. "days" stand
    below the title of an event that has several. `until` is the last of some days. A
    `badge` is the first line of a date that is set in several.
    """

    kind: Kind
    date: PrintedDate | None = None
    week: Week | None = None
    number: int = 0  # of the day or the year
    bullet: bool = False
    labelled: bool = False
    badge: bool = False
    until: PrintedDate | None = None
    parts: OneLine | None = None
    start: int = 0  # where a row begins, behind the number and the weekday of its day
    months: tuple[tuple[int, int], ...] = ()  # that a title names, each with its year


def next_filled(marks: Sequence[LineMark], start: int, stop: int) -> int | None:
    """The first line from `start` to before `stop` that holds text."""
    return next((i for i in range(start, stop) if marks[i].kind not in EMPTY), None)


def last_filled(marks: Sequence[LineMark], first: int, stop: int) -> int:
    """The last line from `first` to before `stop` that holds text, else `first`."""
    own = range(stop - 1, first - 1, -1)
    return next(i for i in own if i == first or marks[i].kind not in EMPTY)
