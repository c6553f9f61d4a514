"""Document → Segments for a calendar page: its days, their events, and a role for each line.

A day begins at its date and an event at its title, which stands beside a line that is nothing
but a time. Everything else follows from these two kinds of line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import MAX_LABEL
from pipeline.model import (
    DaySpan,
    Document,
    EventSpan,
    Finding,
    Line,
    LineRole,
    Role,
    Segments,
)
from pipeline.segment.calendar.badges import has_badges
from pipeline.segment.calendar.date_table import TableRow, in_rows, rows_of_dates
from pipeline.segment.calendar.days import DayBlock, day_blocks, undated_finding
from pipeline.segment.calendar.events import events_of, span_of
from pipeline.segment.calendar.grid import month_grid, month_shown
from pipeline.segment.calendar.heads import Heads
from pipeline.segment.calendar.languages import in_both_languages
from pipeline.segment.calendar.lines import dated_mark
from pipeline.segment.calendar.marks import BEGINS_DAY, CALENDAR, SKIPPED, LineMark, last_filled
from pipeline.segment.calendar.month_list import days_listed
from pipeline.segment.calendar.page_marks import RUN_ON_SHARE, SEVERAL_ROWS, marks_of
from pipeline.segment.calendar.page_years import page_year, with_years, year_finding
from pipeline.segment.calendar.several_days import with_last_days
from pipeline.segment.calendar.table import by_rows
from pipeline.segment.calendar.titles import titles_above
from pipeline.segment.calendar.week_list import names_days

__all__ = ["has_rows", "looks_like_calendar", "segment_calendar"]

_TELL_DAYS = ("date", "day", "when", "row")
_MIN_BARE_DATES = 3
_MIN_MARK_SHARE = 0.02


def looks_like_calendar(document: Document, calendars: Calendars) -> bool:
    """Whether a document is a calendar page.

    The evidence is lines that hold nothing but a date, `No events`, the time of an event or a
    day number; a few of them in a long text are none.
    """
    calendars = calendars.of_page([line.text for line in document.lines])
    short = [line.text for line in document.lines if 0 < len(line.text) <= MAX_LABEL]
    if month_shown(document, calendars) or days_listed(document.lines, calendars):
        return True
    if has_badges(document.lines, calendars) or names_days(document.lines, calendars):
        return True
    told = [mark for text in short if (mark := dated_mark(text, calendars))]
    alone = {m.kind for m in told if m.parts is None and (m.kind != "day" or m.bullet)}
    run_on = sum(mark.parts is not None for mark in told)
    if alone.isdisjoint(_TELL_DAYS) and run_on < RUN_ON_SHARE * len(document.lines) / 2:
        return False
    marks = [m for m in marks_of(document, calendars) if m.kind != "blank"]
    kinds = ("date", "quiet", "time", "when", "row")
    count = {kind: sum(m.kind == kind for m in marks) for kind in kinds}
    bullets = sum(m.kind == "day" and m.bullet for m in marks)
    supported = count["quiet"] + count["time"] + count["row"] > 0
    dated_rows = sum(m.kind == "row" and m.date is not None for m in marks)
    days = (
        count["date"] + count["when"] + dated_rows >= _MIN_BARE_DATES
        or (count["date"] > 0 and supported)
        or count["when"] + dated_rows > 1
        or (bullets >= _MIN_BARE_DATES and count["quiet"] > 0)
    )
    return days and sum(count.values()) + bullets >= _MIN_MARK_SHARE * len(marks)


def has_rows(document: Document, calendars: Calendars) -> bool:
    """Whether a document is a calendar whose events are rows of columns: each is read as a line."""
    if not looks_like_calendar(document, calendars):
        return False
    marks = marks_of(document, calendars)
    return sum(m.kind == "row" and m.parts is None for m in marks) >= SEVERAL_ROWS


def segment_calendar(document: Document, calendars: Calendars) -> Segments:
    """The days and events of a calendar page, and a role for each of its lines."""
    calendars = calendars.of_page([line.text for line in document.lines])
    printed = marks_of(document, calendars)
    roles: list[Role] = [_role_alone(mark) for mark in printed]
    page, marks, numbers, rows = _as_read(document, printed, calendars)
    for i in (*numbers, *_titles(printed, numbers)):
        roles[i] = "calendar"
    blocks, marks, findings = _dated(document, page, marks, calendars)
    findings += [undated_finding(document, page, block) for block in blocks if block.undated]
    beside = sum(calendars.is_beside(line.text) for line in page)
    labelled = 2 * beside >= sum(mark.kind in BEGINS_DAY for mark in marks)
    blocks = [
        block._replace(
            labelled=labelled,
            stop=block.head + len(rows[block.head].lines) if block.head in rows else block.stop,
        )
        for block in blocks
        if block.day is not None
    ]
    heads = Heads(page, marks, calendars)
    for cell in heads.cells:
        roles[cell.line - 1] = "calendar"
    in_grid = bool(numbers)
    found = [
        [rows[block.head].found]
        if block.head in rows
        else events_of(page, marks, block, calendars, in_grid=in_grid)
        for block in blocks
    ]
    found = in_both_languages(found, page, marks, calendars)
    found = [[heads.with_lists(event, page, marks) for event in events] for events in found]
    days: list[DaySpan] = []
    events: list[EventSpan] = []
    for block, in_block in zip(blocks, found, strict=True):
        if block.day is None:
            continue
        spans = [span_of(document, page, marks, block.day, event, calendars) for event in in_block]
        told = with_last_days(document, spans, page, marks, block, events)
        spans = [span for span, _ in told]
        if block.head not in rows and _is_no_day(marks, block, spans, days):
            continue
        last = last_filled(marks, block.head, block.stop)
        own = [line.number for line in page[block.first : last + 1]]
        days.append(DaySpan(block.day.isoformat(), min(own), max(own)))
        events += [span for span, begins in told if begins]
        for span in spans:
            for number in _lines_of(span, page, marks, range(block.first, block.stop)):
                roles[number - 1] = "event"
    return Segments(
        document,
        "calendar",
        tuple(LineRole(role) for role in roles),
        days=tuple(days),
        events=tuple(events),
        findings=tuple(findings),
    )


class _AsRead(NamedTuple):
    """The lines of a page in the order in which they are read, with their marks.

    `numbers` are the lines of the days of a month that is set as a grid, by their places in the
    document, and `rows` those of a table, each by the place of its first line in the page.
    """

    page: tuple[Line, ...]
    marks: tuple[LineMark, ...]
    numbers: frozenset[int] = frozenset()
    rows: Mapping[int, TableRow] = MappingProxyType({})


def _as_read(document: Document, printed: Sequence[LineMark], calendars: Calendars) -> _AsRead:
    if month := month_shown(document, calendars):
        grid = month_grid(document, month, printed)
        return _AsRead(grid.page, grid.marks, grid.numbers)
    table = rows_of_dates(document, calendars)
    order = in_rows(document, table) if table else by_rows(document, printed)
    marks = [printed[i] for i in order]
    rows: dict[int, TableRow] = {}
    for row in table:
        at = order.index(row.lines[0])
        rows[at] = row
        marks[at : at + len(row.lines)] = [row.mark, *[LineMark("text")] * (len(row.lines) - 1)]
    return _AsRead(tuple(document.lines[i] for i in order), tuple(marks), rows=rows)


def _dated(
    document: Document, page: Sequence[Line], marks: tuple[LineMark, ...], calendars: Calendars
) -> tuple[list[DayBlock], tuple[LineMark, ...], list[Finding]]:
    """The days of a page with its marks, those without a year in the one that the page tells."""
    blocks = list(day_blocks(marks, titles_above(page, marks, calendars)))
    undated = {block.head for block in blocks if block.undated}
    year = page_year(page, marks, undated, calendars) if undated else None
    if year is None:
        return blocks, marks, []
    marks = with_years(marks, undated, year.year)
    blocks = list(day_blocks(marks, titles_above(page, marks, calendars)))
    return blocks, marks, [year_finding(document, year, len(undated))]


def _titles(printed: Sequence[LineMark], numbers: frozenset[int]) -> Iterator[int]:
    """The titles that name the month of the days below them."""
    begins = (i for i, mark in enumerate(printed) if mark.kind in BEGINS_DAY)
    first = min(numbers) if numbers else next(begins, 0)
    return (i for i in range(first) if printed[i].months and printed[i].kind == "text")


def _lines_of(
    span: EventSpan, page: Sequence[Line], marks: Sequence[LineMark], inside: range
) -> Iterator[int]:
    """The numbers of the lines that an event takes of those of its day."""
    for i in inside:
        taken = span.line_start <= page[i].number <= span.line_end
        if taken and (marks[i].kind == "days" or marks[i].kind not in ("blank", *SKIPPED)):
            yield page[i].number


def _is_no_day(
    marks: Sequence[LineMark], block: DayBlock, spans: list[EventSpan], days: list[DaySpan]
) -> bool:
    """Whether a date is none of a day: it goes back in time, and no event with a time is below it.

    So does the date of the letter at whose end it stands.
    """
    below = {marks[i].kind for i in range(block.head + 1, block.stop)} - {"blank", *SKIPPED}
    before = bool(days) and block.day is not None and block.day.isoformat() < days[-1].date
    timed = any(span.time.start < span.time.end for span in spans)
    return before and not timed and "quiet" not in below


def _role_alone(mark: LineMark) -> Role:
    """The role of a line outside events."""
    if mark.kind in (*CALENDAR, "rule"):
        return "calendar"
    if mark.kind in ("blank", "credit", "page_number"):
        return mark.kind
    return "unassigned"
