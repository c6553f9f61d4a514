"""Document → Segments for a calendar page: its days, their events, and a role for each line.

A day begins at its date and an event at its title, which stands beside a line that is nothing
but a time. Everything else follows from these two kinds of line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipeline.knowledge.calendars import BULLETS, MAX_LABEL, Calendars, PrintedDate, plain
from pipeline.model import (
    DaySpan,
    Document,
    EventSpan,
    Finding,
    Line,
    LineRole,
    Passage,
    Piece,
    Role,
    Segments,
    Where,
)

_Kind = Literal[
    "blank", "quiet", "date", "week", "year", "frame", "weekday", "day", "time", "credit",
    "page_number", "text",
]  # fmt: skip
_Week = tuple[PrintedDate, PrintedDate]

_DIGIT = re.compile(r"\d")
_DAY = re.compile(rf"(?P<bullet>[{BULLETS}]\s*)?(?P<day>\d{{1,2}})\s*[日号]?")
_LAST_DAY = re.compile(r"(?P<day>\d{1,2})\s*[日号]?(?:,?\s*(?P<year>\d{4}))?")
_ENTRY = re.compile(
    rf"\s*(?:[(（]?\d{{1,2}}(?:[.．](?!\d)|[、)）])|[①-⑳]|[{BULLETS}](?=\s))\s*(?=\S)"
)
# What ends a sentence or leads to a list ends no title; a question may be a title.
_NO_TITLE_END = tuple("。.；;：:,，")
_HEADS_DAY = ("date", "day", "week", "year", "weekday")
_CALENDAR = (*_HEADS_DAY, "quiet", "frame")
_SKIPPED = ("credit", "page_number")
_MIN_BARE_DATES = 3
_MONTH = 31
_MIN_MARK_SHARE = 0.02


class _Mark(NamedTuple):
    """What one line is, judged by the line alone, and what it says of the calendar."""

    kind: _Kind
    date: PrintedDate | None = None
    week: _Week | None = None
    number: int = 0  # of the day or the year
    bullet: bool = False


class _Block(NamedTuple):
    """Lines from a date or a header to the next one, as indices; `stop` is exclusive.

    `day` is None for lines that belong to no day, or to one whose year nobody knows.
    """

    first: int
    head: int
    stop: int
    day: date | None = None
    undated: bool = False


class _Years(NamedTuple):
    """What the headers so far say about the years of the days below them."""

    year: int | None = None
    first: date | None = None
    last: date | None = None


def looks_like_calendar(document: Document, calendars: Calendars) -> bool:
    """Whether a document is a calendar page.

    The evidence is lines that hold nothing but a date, `No events`, the time of an event or a
    day number; a few of them in a long text are none.
    """
    short = (line.text for line in document.lines if 0 < len(line.text) <= MAX_LABEL)
    if not any((m := _dated_mark(t, calendars)) and m.kind in ("date", "day") for t in short):
        return False
    marks = [m for m in _marks(document, calendars) if m.kind != "blank"]
    count = {kind: sum(m.kind == kind for m in marks) for kind in ("date", "quiet", "time")}
    bullets = sum(m.kind == "day" and m.bullet for m in marks)
    supported = count["quiet"] + count["time"] > 0
    days = (
        count["date"] >= _MIN_BARE_DATES
        or (count["date"] > 0 and supported)
        or (bullets >= _MIN_BARE_DATES and count["quiet"] > 0)
    )
    return days and sum(count.values()) + bullets >= _MIN_MARK_SHARE * len(marks)


def segment_calendar(document: Document, calendars: Calendars) -> Segments:
    """The days and events of a calendar page, and a role for each of its lines."""
    marks = _marks(document, calendars)
    roles: list[Role] = [_role_alone(mark) for mark in marks]
    days: list[DaySpan] = []
    events: list[EventSpan] = []
    findings: list[Finding] = []
    for block in _blocks(marks):
        if block.undated:
            findings.append(_undated(document, block))
        if block.day is None:
            continue
        found = _events(document, marks, block)
        spans = [_event(document, marks, block.day, *span) for span in found]
        last = _last_filled(marks, block.head, block.stop)
        days.append(DaySpan(block.day.isoformat(), block.first + 1, last + 1))
        events += spans
        for span in spans:
            for i in range(span.line_start - 1, span.line_end):
                if marks[i].kind not in ("blank", *_SKIPPED):
                    roles[i] = "event"
    return Segments(
        document,
        "calendar",
        tuple(LineRole(role) for role in roles),
        days=tuple(days),
        events=tuple(events),
        findings=tuple(findings),
    )


# ---------------------------------------------------------------- lines


def _marks(document: Document, calendars: Calendars) -> tuple[_Mark, ...]:
    """What each line is; a bare number that heads no day is the number of a page."""
    marks = [_mark(line.text, calendars) for line in document.lines]
    for i, mark in enumerate(marks):
        if mark.kind == "day" and not mark.bullet:
            below = _next_filled(marks, i + 1, len(marks))
            if below is None or marks[below].kind not in ("date", "quiet"):
                marks[i] = _Mark("page_number")
    return tuple(marks)


def _mark(text: str, calendars: Calendars) -> _Mark:
    if not text.strip():
        return _Mark("blank")
    if len(text) > MAX_LABEL:
        return _Mark("credit" if calendars.pages.is_credit(text) else "text")
    return _dated_mark(text, calendars) or _Mark(_kind_of(text, calendars))


def _dated_mark(text: str, calendars: Calendars) -> _Mark | None:
    """The mark of a line that says when something is, or None."""
    if not _DIGIT.search(plain(text)):
        return None
    if found := calendars.date(text):
        return _Mark("date", date=found)
    if week := _week(text, calendars):
        return _Mark("week", week=week)
    if (day := _DAY.fullmatch(plain(text))) and 1 <= int(day["day"]) <= 31:
        return _Mark("day", number=int(day["day"]), bullet=day["bullet"] is not None)
    if year := calendars.header_year(text):
        return _Mark("year", number=year)
    return None


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
    folded = plain(text).strip("<> ")
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


def _role_alone(mark: _Mark) -> Role:
    """The role of a line outside events."""
    if mark.kind in _CALENDAR:
        return "calendar"
    if mark.kind in ("blank", "credit", "page_number"):
        return mark.kind
    return "unassigned"


def _next_filled(marks: Sequence[_Mark], start: int, stop: int) -> int | None:
    return next((i for i in range(start, stop) if marks[i].kind != "blank"), None)


def _last_filled(marks: Sequence[_Mark], first: int, stop: int) -> int:
    return next(i for i in range(stop - 1, first - 1, -1) if i == first or marks[i].kind != "blank")


# ---------------------------------------------------------------- days


def _blocks(marks: Sequence[_Mark]) -> Iterator[_Block]:
    """The page from one date or header to the next; a date inside its own event is text."""
    years = _Years()
    block: _Block | None = None
    printed: PrintedDate | None = None
    filled = False  # whether an event may have begun since the last head
    for i, mark in enumerate(marks):
        following = _next_filled(marks, i + 1, len(marks))
        begun: _Block | None = None
        if mark.kind == "date" and mark.date is not None:
            if filled and printed and printed[1:3] == mark.date[1:3]:
                continue
            day = _day(mark.date, years)
            begun = _Block(_first_of_day(marks, i), i, 0, day, undated=day is None)
        elif mark.kind in ("week", "year"):
            if filled and (following is None or marks[following].kind not in _HEADS_DAY):
                continue
            years = _with_header(years, mark)
            begun = _Block(i, i, 0)
        elif mark.kind == "day" and (following is None or marks[following].kind != "date"):
            day = _day_in_week(mark, years, block.day if block else None)
            begun = _Block(i, i, 0, day) if day else None
        if begun is None:
            filled = filled or mark.kind in ("text", "time")
            continue
        if block is not None:
            yield block._replace(stop=begun.first)
        block, printed, filled = begun, mark.date, False
    if block is not None:
        yield block._replace(stop=len(marks))


def _first_of_day(marks: Sequence[_Mark], head: int) -> int:
    """Where a day begins: at the number or weekday that stands directly above its date."""
    above = marks[head - 1] if head else None
    day = marks[head].date
    if above is None or day is None:
        return head
    numbered = above.kind == "day" and above.number == day.day
    return head - 1 if numbered or above.kind == "weekday" else head


def _with_header(years: _Years, mark: _Mark) -> _Years:
    """What is known of years below one more header."""
    if mark.week is None:
        return _Years(year=mark.number)
    first, last = mark.week
    turns = (first.month, first.day) > (last.month, last.day)
    if first.year is None and last.year is None:
        if turns or years.year is None:
            # Nobody says which of the two years a bare `2022` above December to January means.
            return _Years(year=None if turns else years.year)
        start = end = years.year
    elif first.year is None:
        end = last.year or 0
        start = end - turns
    else:
        start = first.year
        end = last.year if last.year is not None else start + turns
    return _Years(start if start == end else None, first.in_year(start), last.in_year(end))


def _day(printed: PrintedDate, years: _Years) -> date | None:
    """The date of a day; without a printed year, the one its week header gives, or None."""
    if printed.year is not None:
        return printed.in_year(printed.year)
    if years.first and years.last:
        around = {years.first.year, years.last.year}
        inside = [d for y in around if (d := printed.in_year(y)) and years.first <= d <= years.last]
        if len(inside) == 1:
            return inside[0]
    return printed.in_year(years.year) if years.year is not None else None


def _day_in_week(mark: _Mark, years: _Years, after: date | None) -> date | None:
    """The date that a bare `• 29` stands for: the one day of the week above with that number."""
    if not (mark.bullet and years.first and years.last):
        return None
    span = range(years.first.toordinal(), years.last.toordinal() + 1)[:_MONTH]
    days = [d for d in map(date.fromordinal, span) if d.day == mark.number]
    return days[0] if len(days) == 1 and (after is None or days[0] > after) else None


def _undated(document: Document, block: _Block) -> Finding:
    line = document.lines[block.head]
    return Finding(
        "warning",
        "date_without_year",
        f"`{line.text.strip()}` gives no year and no header above does; its events are not read",
        document.source.edition.edition,
        table="calendar_days",
        field="date",
        where=Where(document.source.source_id, line.page, block.first + 1, block.head + 1),
    )


# ---------------------------------------------------------------- events


def _events(
    document: Document, marks: Sequence[_Mark], block: _Block
) -> list[tuple[int, int | None, int]]:
    """Title, time and end (exclusive) of each event in a day's lines, as indices.

    A title stands above its time; where the first thing under a date is a time, below it. Text
    right under a date is an event of which the page gives no time.
    """
    start = block.head + 1
    filled = [i for i in range(start, block.stop) if marks[i].kind not in ("blank", *_SKIPPED)]
    filled = filled[next((n for n, i in enumerate(filled) if marks[i].kind not in _CALENDAR), 0) :]
    time_first = bool(filled) and marks[filled[0]].kind == "time"
    found: list[tuple[int, int | None]] = []
    for n, i in enumerate(filled):
        title = n + 1 if time_first else n - 1
        if marks[i].kind != "time" or not 0 <= title < len(filled):
            continue
        line = document.lines[filled[title]]
        taken = bool(found) and found[-1][1] == filled[title]
        if not taken and marks[filled[title]].kind == "text" and _may_head(line, bool(found)):
            found.append((filled[title], i))
    quiet = any(marks[i].kind == "quiet" for i in range(start, block.stop))
    bare = bool(filled) and marks[filled[0]].kind == "text" and not quiet
    titled = bool(found) and found[0][0] == filled[0]
    if bare and not titled and _may_head(document.lines[filled[0]], False):
        found.insert(0, (filled[0], None))
    starts = [min(title, title if time is None else time) for title, time in found]
    return [
        (title, time, stop)
        for (title, time), stop in zip(found, [*starts[1:], block.stop], strict=False)
    ]


def _may_head(line: Line, in_event: bool) -> bool:
    """Whether a line may be a title; inside an event, no list entry and no sentence."""
    text = line.text.strip()
    if not any(map(str.isalpha, text)):
        return False
    return not in_event or not (_ENTRY.match(text) or text.endswith(_NO_TITLE_END))


def _event(
    document: Document, marks: Sequence[_Mark], day: date, title: int, time: int | None, stop: int
) -> EventSpan:
    """One event; an event without a time has an empty piece behind its title for it."""
    first = title if time is None else min(title, time)
    head = title if time is None else max(title, time)
    title_piece = _trimmed(document.lines[title])
    end = Piece(title_piece.line, title_piece.end, title_piece.end)
    return EventSpan(
        day.isoformat(),
        title_piece,
        end if time is None else _trimmed(document.lines[time]),
        _passages(document.lines[head + 1 : stop], marks[head + 1 : stop]),
        first + 1,
        _last_filled(marks, head, stop) + 1,
    )


def _passages(lines: Sequence[Line], marks: Sequence[_Mark]) -> tuple[Passage, ...]:
    """Paragraphs between blank lines; a list entry is one of its own, with its wrapped lines."""
    passages: list[Passage] = []
    apart = True
    for line, mark in zip(lines, marks, strict=True):
        if mark.kind in ("blank", *_SKIPPED):
            apart = True
            continue
        entry = bool(_ENTRY.match(line.text))
        if entry or apart:
            passages.append(Passage((_trimmed(line),), bullet=entry))
        else:
            passages[-1] = Passage((*passages[-1].pieces, _trimmed(line)), passages[-1].bullet)
        apart = False
    return tuple(passages)


def _trimmed(line: Line) -> Piece:
    """A line without the white space around its text."""
    body = line.text.strip()
    start = line.text.index(body)
    return Piece(line.number, start, start + len(body))
