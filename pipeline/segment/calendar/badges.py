"""Dates set as badges: the day, the month and perhaps the year, each on a line of its own.

```
12            28-03        03
MAR           FEB-MAR      APR
Open day      2026         –
              A visit      05
                           APR
                           A conference
```

Lines that stand between each badge and the title of its event, of what kind it is, are no titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import PrintedDate, first_of
from pipeline.model import Line
from pipeline.segment.calendar.lines import mark_of
from pipeline.segment.calendar.marks import EMPTY, LineMark
from pipeline.textforms import plain

_SEVERAL = 2
_DAYS = re.compile(r"(?P<first>\d{1,2})(?:\s*[-–—]\s*(?P<last>\d{1,2}))?\.?")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_TO = re.compile(r"[-–—]|to|bis|au|al", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# d: one day or two, m: one month or two, y: a year, w: a weekday, t: what stands before a last day.
_BADGE = re.compile(r"w?(?:dm|md)y?w?(?:t(?:dm|md)y?)?")
_HELD = ("text", "status", "time", "when", "row")  # what may stand right below a badge
_MOST_LINES = 7
_LONGEST = 16  # characters of such a line
_MOST_KINDS = 2  # lines between a badge and a title


class _Token(NamedTuple):
    """What one line of a badge says."""

    kind: str
    first: int = 0
    last: int = 0


class _Badge(NamedTuple):
    """The lines of a badge and its days."""

    lines: tuple[int, ...]
    first: PrintedDate
    last: PrintedDate | None


def has_badges(lines: Sequence[Line], calendars: Calendars) -> bool:
    """Whether a page sets its dates as badges."""
    tokens = (_token(line.text, calendars) for line in lines if len(line.text) <= _LONGEST)
    months = sum(token is not None and token.kind == "m" for token in tokens)
    if months < _SEVERAL:
        return False
    return bool(_badges(lines, [mark_of(x.text, calendars) for x in lines], calendars))


def tell_badges(lines: Sequence[Line], marks: list[LineMark], calendars: Calendars) -> None:
    """Mark the lines of badges as dates, if a page has several of them, and what tells kinds."""
    badges = _badges(lines, marks, calendars)
    if not badges:
        return
    starts = [badge.lines[0] for badge in badges]
    stops = [*starts[1:], len(marks)]
    for badge, stop in zip(badges, stops, strict=True):
        head, *rest = badge.lines
        first, last = _with_year(badge, marks, stop)
        marks[head] = LineMark("date", date=first, until=last, badge=True)
        for i in rest:
            marks[i] = LineMark("frame")
    bodies = [
        [i for i in range(badge.lines[-1] + 1, stop) if marks[i].kind not in EMPTY]
        for badge, stop in zip(badges, stops, strict=True)
    ]
    above = [n for body in bodies if (n := _above_time(marks, body)) is not None]
    if not above or above.count(usual := max(set(above), key=above.count)) * 2 <= len(above):
        return
    if 1 < usual <= _MOST_KINDS + 1:
        for body in bodies:
            for i in body[: usual - 1]:
                marks[i] = LineMark("status")


def _above_time(marks: Sequence[LineMark], body: Sequence[int]) -> int | None:
    """How many lines of an event stand above its time; the lowest of them is the title."""
    at = next((n for n, i in enumerate(body) if marks[i].kind in ("time", "when")), None)
    return at if at and all(marks[i].kind in ("text", "status") for i in body[:at]) else None


def _badges(lines: Sequence[Line], marks: Sequence[LineMark], calendars: Calendars) -> list[_Badge]:
    filled = [i for i, mark in enumerate(marks) if mark.kind != "blank"]
    tokens = {i: t for i in filled if (t := _token(lines[i].text, calendars))}
    found: list[_Badge] = []
    n = 0
    while n < len(filled):
        run = []
        for i in filled[n : n + _MOST_LINES]:
            if i not in tokens:
                break
            run.append(i)
        match = _BADGE.match("".join(tokens[i].kind for i in run))
        badge = _badge([(i, tokens[i]) for i in run[: match.end()]]) if match else None
        if badge and marks[badge.lines[0]].kind != "date":
            found.append(badge)
            n += len(badge.lines)
        else:
            n += 1
    below = dict(pairwise(filled))
    ends = (below.get(badge.lines[-1]) for badge in found)
    held = [b for b, i in zip(found, ends, strict=True) if i is not None and marks[i].kind in _HELD]
    return held if len(held) >= _SEVERAL else []


def _token(text: str, calendars: Calendars) -> _Token | None:
    folded = plain(text).strip()
    if not folded or len(folded) > _LONGEST:
        return None
    if found := _DAYS.fullmatch(folded):
        return _Token("d", int(found["first"]), int(found["last"] or 0))
    if _YEAR.fullmatch(folded):
        return _Token("y", int(folded))
    if _TO.fullmatch(folded):
        return _Token("t")
    words = [w for w in _WORD.findall(folded) if not calendars.is_weekday(w)]
    months = [calendars.dates.month(word.casefold()) for word in words]
    if months and all(months) and len(months) <= _SEVERAL and not any(map(str.isdigit, folded)):
        return _Token("m", months[0] or 0, (months[1] or 0) if len(months) > 1 else 0)
    return _Token("w") if calendars.is_weekday(text) else None


def _badge(run: Sequence[tuple[int, _Token]]) -> _Badge | None:
    """The badge that some lines are, or None where its days do not exist."""
    days = [t for _, t in run if t.kind == "d"]
    months = [t for _, t in run if t.kind == "m"]
    years = [t.first for _, t in run if t.kind == "y"]
    end = next((n for n, (_, t) in enumerate(run) if t.kind == "t"), len(run))
    year = years[-1] if years else None
    if end < len(run) or months[0].last or days[0].last:
        last_month = months[-1].last or months[-1].first
        last_day = days[-1].last or days[-1].first
        last = _date(year, last_month, last_day)
        first = _date(None, months[0].first, days[0].first)
        if first is None or last is None:
            return None
        return _Badge(tuple(i for i, _ in run), first_of(first, last), last)
    first = _date(year, months[0].first, days[0].first)
    return _Badge(tuple(i for i, _ in run), first, None) if first else None


def _date(year: int | None, month: int, day: int) -> PrintedDate | None:
    printed = PrintedDate(year, month, day)
    return printed if printed.in_year(2000 if year is None else year) else None


def _with_year(
    badge: _Badge, marks: Sequence[LineMark], stop: int
) -> tuple[PrintedDate, PrintedDate | None]:
    """The days of a badge in the year that its event prints with the same day, if one does."""
    first, last = badge.first, badge.last
    if first.year is not None:
        return first, last
    below = [marks[i] for i in range(badge.lines[-1] + 1, stop)]
    days = [first_of(*m.week) if m.week else m.date for m in below]
    year = next((d.year for d in days if d and d.year and d[1:3] == first[1:3]), None)
    if year is None:
        return first, last
    first = first._replace(year=year)
    turns = last is not None and (last.month, last.day) < (first.month, first.day)
    return first, last._replace(year=year + turns) if last else None
