"""Events of several days that a page lists on each of them: told once, with their last day.

The days stand below the title (`Nov 15 - 16, 2022`), or a number behind it says which of them is
shown (`Port Days (Day 1/3)`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from pipeline.knowledge.printed_dates import first_of
from pipeline.model import Document, EventSpan, Line, Piece
from pipeline.pieces import piece_text
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.marks import LineMark

_DAY_OF = re.compile(
    r"\s*[(（](?:day|tag|jour|d[ií]a|giorno|第)\s*(?P<day>\d{1,2})\s*[天日]?\s*(?:/|of|von|共)\s*(?P<all>\d{1,2})"
    r"\s*[天日]?[)）]\s*$",
    re.IGNORECASE,
)


def with_last_days(
    document: Document,
    spans: Sequence[EventSpan],
    page: Sequence[Line],
    marks: Sequence[LineMark],
    block: DayBlock,
    before: Sequence[EventSpan],
) -> list[tuple[EventSpan, bool]]:
    """The events of a day with their last days, and whether each begins there.

    One that began earlier is told by its title among those `before`, which has its first day.
    """
    last = _of_head(marks[block.head], block.day, alone=len(spans) == 1)
    out = []
    for span in spans:
        days, event = _printed(span, page, marks, block), span
        if days is None:
            event, days = _counted(document, span)
        first, end = days or (None, last)
        if end and end.isoformat() > event.date:
            event = msgspec.structs.replace(event, last=end.isoformat())
        title = _title(document, event)
        known = first is not None and any(
            first.isoformat() <= other.date < event.date and _title(document, other) == title
            for other in before
        )
        out.append((event, not known))
    return out


def _title(document: Document, span: EventSpan) -> str:
    return " ".join(piece_text(document, p) for p in span.title)


def _of_head(mark: LineMark, first: date | None, *, alone: bool) -> date | None:
    """The last of the days that a badge, a row or the line above one event says, else None."""
    if first is None or not (mark.until and (mark.badge or mark.kind == "row" or alone)):
        return None
    turns = (mark.until.month, mark.until.day) < (first.month, first.day)
    return mark.until.in_year(mark.until.year or first.year + turns)


def _printed(
    span: EventSpan, page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock
) -> tuple[date, date] | None:
    """The first and the last day that an event prints below its title, on one of them."""
    if block.day is None:
        return None
    for i in range(block.head, block.stop):
        week = marks[i].week if marks[i].kind == "days" else None
        if week is None or not span.line_start <= page[i].number <= span.line_end:
            continue
        for year in (block.day.year, block.day.year + 1):
            last = week[1].in_year(week[1].year or year)
            first = last and first_of(week[0], week[1]._replace(year=last.year))
            begun = first and last and first.in_year(first.year or last.year)
            if begun and last and begun <= block.day <= last:
                return begun, last
    return None


def _counted(document: Document, span: EventSpan) -> tuple[EventSpan, tuple[date, date] | None]:
    """An event whose title ends with the number of its day, without that, and its days."""
    end = span.title[-1]
    found = _DAY_OF.search(piece_text(document, end))
    if found is None or not 0 < int(found["day"]) <= int(found["all"]) or not found.start():
        return span, None
    first = date.fromisoformat(span.date) - timedelta(int(found["day"]) - 1)
    title = (*span.title[:-1], Piece(end.line, end.start, end.start + found.start()))
    days = first, first + timedelta(int(found["all"]) - 1)
    return msgspec.structs.replace(span, title=title), days
