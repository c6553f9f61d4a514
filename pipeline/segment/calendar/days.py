"""Marked lines → the days of a calendar page, each with its lines and the year it lies in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.knowledge.calendars import PrintedDate
from pipeline.model import Document, Finding, Line, Where
from pipeline.segment.calendar.marks import BEGINS_DAY, EMPTY, HEADS_DAY, LineMark, next_filled

_MONTH = 31
_HALF_A_YEAR = 6  # months


class DayBlock(NamedTuple):
    """Lines from a date or a header to the next one, as indices; `stop` is exclusive.

    `day` is None for lines that belong to no day, or to one whose year nobody knows. `title` is the
    line above the head that is the title of its event. `labelled` tells that most events of the
    page have a label right below the title.
    """

    first: int
    head: int
    stop: int
    day: date | None = None
    undated: bool = False
    title: int | None = None
    labelled: bool = False


class _Years(NamedTuple):
    """What the headers so far say about the years of the days below them."""

    year: int | None = None
    first: date | None = None
    last: date | None = None
    named: tuple[tuple[int, int], ...] = ()  # months of titles, each with its year


def day_blocks(
    marks: Sequence[LineMark], titles: Mapping[int, int] | None = None
) -> Iterator[DayBlock]:
    """The page from one date or header to the next; a date inside its own event is text.

    `titles` has for dates with a time the lines of the titles above them.
    """
    years = _Years()
    block: DayBlock | None = None
    printed: PrintedDate | None = None
    filled = False  # whether an event may have begun since the last head
    told: list[date] = []
    for i, mark in enumerate(marks):
        if mark.kind in ("week", "year") and _heads(marks, i, filled=filled):
            years = _with_header(years, mark)._replace(named=years.named)
        if mark.months and (block is None or block.day is None):
            years = years._replace(named=(*years.named, *mark.months))
        same = printed is not None and mark.date is not None and _same_day(printed, mark.date)
        alone = mark.kind == "date" and not mark.labelled and i not in (titles or {})
        again = same and filled and alone
        years = _over_new_year(years, mark, told)
        after = block.day if block else None
        begun = None if again else _begun(marks, i, years, after, titles or {}, filled=filled)
        if begun is None:
            in_day = block is not None and block.day is not None
            filled = filled or (in_day and mark.kind in ("text", "time", "row"))
            continue
        if block is not None:
            begun = begun._replace(first=max(begun.first, block.head + 1))
            yield block._replace(stop=begun.first)
        block, printed, filled = begun, mark.date, False
        told += [begun.day] if begun.day else []
    if block is not None:
        yield block._replace(stop=len(marks))


def _over_new_year(years: _Years, mark: LineMark, told: Sequence[date]) -> _Years:
    """The year below a header once its days, which follow one another, go on with January.

    A day that the page may have had before, once more in another language, goes on with nothing.
    """
    printed = mark.date if mark.kind in BEGINS_DAY else None
    if years.year is None or years.first or printed is None or printed.year is not None:
        return years
    goes_on = len(told) > 1 and told[-2] < told[-1] and told[-1].year == years.year
    if goes_on and told[-1].month - printed.month > _HALF_A_YEAR:
        here = printed.in_year(years.year)
        if here is None or here < min(told):
            return years._replace(year=years.year + 1)
    return years


def _same_day(one: PrintedDate, other: PrintedDate) -> bool:
    years = {one.year, other.year} - {None}
    return one[1:3] == other[1:3] and len(years) <= 1


def _begun(
    marks: Sequence[LineMark],
    i: int,
    years: _Years,
    after: date | None,
    titles: Mapping[int, int],
    *,
    filled: bool,
) -> DayBlock | None:
    """What begins with a line: a day, or a header of days, or nothing.

    `after` is the day before it, if one is.
    """
    mark = marks[i]
    if mark.kind in BEGINS_DAY and mark.date is not None:
        day, title = _day(mark.date, years), titles.get(i)
        first = _first_of_day(marks, i) if title is None else title
        return DayBlock(first, i, 0, day, undated=day is None, title=title)
    if mark.kind in ("week", "year"):
        return DayBlock(i, i, 0) if _heads(marks, i, filled=filled) else None
    if mark.kind != "day":
        return None
    following = next_filled(marks, i + 1, len(marks))
    if following is None or marks[following].kind not in BEGINS_DAY:
        day = _day_in_week(mark, years, after)
        return DayBlock(i, i, 0, day) if day else None
    return None


def _heads(marks: Sequence[LineMark], i: int, *, filled: bool) -> bool:
    """Whether a week or a year heads days; inside an event it does so right above one alone."""
    following = next_filled(marks, i + 1, len(marks))
    return not filled or (following is not None and marks[following].kind in HEADS_DAY)


def _first_of_day(marks: Sequence[LineMark], head: int) -> int:
    """Where a day begins: at the numbers, weekdays and labels directly above its date."""
    day = marks[head].date
    first = at = head
    while at and day is not None:
        at -= 1
        above = marks[at]
        numbered = above.kind == "day" and above.number == day.day
        if numbered or above.kind in ("weekday", "frame"):
            first = at
        elif above.kind not in EMPTY:
            break
    return first


def _with_header(years: _Years, mark: LineMark) -> _Years:
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
    year = years.year if years.year is not None else dict(years.named).get(printed.month)
    return printed.in_year(year) if year is not None else None


def _day_in_week(mark: LineMark, years: _Years, after: date | None) -> date | None:
    """The date that a bare `• 29` stands for: the one day of the week above with that number."""
    if not (mark.bullet and years.first and years.last):
        return None
    span = range(years.first.toordinal(), years.last.toordinal() + 1)[:_MONTH]
    days = [d for d in map(date.fromordinal, span) if d.day == mark.number]
    return days[0] if len(days) == 1 and (after is None or days[0] > after) else None


def undated_finding(document: Document, page: Sequence[Line], block: DayBlock) -> Finding:
    """That a day gives no year."""
    first, line = page[block.first], page[block.head]
    return Finding(
        "warning",
        "date_without_year",
        f"`{line.text.strip()}` gives no year and no header above does; its events are not read",
        document.source.edition.edition,
        table="calendar_days",
        field="date",
        where=Where(document.source.source_id, line.page, first.number, line.number),
    )
