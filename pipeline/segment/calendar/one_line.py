"""Lines that say when an event is and what: `9 May, 10:00–11:30: Webinar`, `Webinar, 9 May`."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars, PrintedDate
from pipeline.knowledge.printed_dates import SIGNS, as_typed, end_of
from pipeline.textforms import is_han

_LONGEST = 200  # characters
_LABEL = 3  # ideographs
_SIGNS = re.compile(f"{SIGNS}*")
_NEAR_START = re.compile(r"\D{0,16}\d")
_NEAR_END = re.compile(r"\d\D{0,24}$")
_WIDE = re.compile(r"\s{2,}(?:::\s*)?")
_GAP = re.compile(r"[\s,;:@|·)\]–—-]*")
_GAP_BEFORE = re.compile(r"[\s,;:@|·(\[–—-]+$")
_PLACE = re.compile(r"[\s,;]*(?:将)?[在于](?P<place>[^,;。]{2,40}?)(?:隆重|顺利|共同)?$")
_TITLE = re.compile(r"[^,;。]{2,}")
_SENTENCE_END = ("。", ".", ";", "；", ":", "：")

Span = tuple[int, int]


class OneLine(NamedTuple):
    """Where the parts of a line stand.

    `more` is what is behind its title and its time, or the place of a sentence, and `rest` what
    that sentence goes on with.
    """

    title: Span
    date: PrintedDate | None = None
    until: PrintedDate | None = None
    dated: Span | None = None
    time: Span | None = None
    more: Span | None = None
    rest: Span | None = None


def one_line(text: str, calendars: Calendars) -> OneLine | None:
    """The parts of a line that says when an event is and what it is, in either order, or None."""
    if len(text) > _LONGEST:
        return None
    folded = as_typed(text)
    if told := _sentence(folded, calendars):
        return told
    if text.rstrip().endswith(_SENTENCE_END):
        return None
    untimed = calendars.times.no_time_ends_at(folded, end_of(_SIGNS, folded, 0)) is not None
    found = _opening(folded, calendars) if untimed or _NEAR_START.match(folded) else None
    if found is None and _NEAR_END.search(folded):
        found = _closing(folded, calendars)
    found = found and _to_gap(folded, found)
    return found if found and calendars.may_be_title(folded[slice(*found.title)]) else None


def _to_gap(folded: str, found: OneLine) -> OneLine:
    """A line whose title ends at a wide gap; what is behind it is beside it."""
    gap = _WIDE.search(folded, *found.title)
    if gap is None or found.more is not None or gap.start() == found.title[0]:
        return found
    return found._replace(title=(found.title[0], gap.start()), more=(gap.end(), found.title[1]))


def _sentence(folded: str, calendars: Calendars) -> OneLine | None:
    """A sentence that says when, where and what takes place: `6月3日上午9:00，在…举行…`."""
    verb = calendars.takes_place(folded)
    if verb is None:
        return None
    start = calendars.after_number(folded)
    when = _when(folded, end_of(_SIGNS, folded, start), calendars)
    place = _PLACE.match(folded, when.end, verb[0]) if when and when.date else None
    title = _TITLE.match(folded, verb[1])
    if when is None or place is None or title is None:
        return None
    behind = folded[title.end() :]
    goes_on = title.end() + len(behind) - len(behind.lstrip(",;。 "))
    rest = (goes_on, len(folded.rstrip())) if any(map(str.isalnum, behind)) else None
    at = place.span("place")
    return OneLine(title.span(), when.date, when.until, when.dated, when.time, at, rest)


class _When(NamedTuple):
    """The date and the time with which a line begins, and where they end."""

    date: PrintedDate | None
    until: PrintedDate | None
    dated: Span | None
    time: Span | None
    end: int


def _when(folded: str, start: int, calendars: Calendars) -> _When | None:
    """The date or none, and the time or none, that stand at a place of a line."""
    dates = calendars.dates
    at = start
    weekday = dates.after_weekday(folded, at)
    date, until, dated = None, None, None
    if days := dates.days_at(folded, weekday):
        date, until, at = days
    elif day := dates.at(folded, weekday):
        date, at = day
    if date is not None:
        dated = (start, at)
        at = end_of(_GAP, folded, dates.after_weekday(dates.without_weekday_sign(folded), at))
    ended = calendars.times.ends_at(folded, at) or calendars.times.no_time_ends_at(folded, at)
    time = None if ended is None else _closed(folded, at, ended)
    before = time or dated
    return _When(date, until, dated, time, before[1]) if before else None


def _opening(folded: str, calendars: Calendars) -> OneLine | None:
    """A date or none, a time or none, and a title."""
    when = _when(folded, end_of(_SIGNS, folded, 0), calendars)
    if when is None:
        return None
    behind = when.end
    if not when.time:
        behind = calendars.dates.after_weekday(
            calendars.dates.without_weekday_sign(folded), when.end
        )
    at = end_of(_GAP, folded, behind)
    if at == when.end and folded[at : at + 1].isascii():
        return None
    found = OneLine((at, len(folded.rstrip())), when.date, when.until, when.dated, when.time)
    return found if when.time else _with_time(folded, found, calendars)


def _closing(folded: str, calendars: Calendars) -> OneLine | None:
    """A title, and behind it a date and perhaps a time."""
    dates = calendars.dates
    printed = list(dates.inside(folded))
    if not printed:
        return None
    first = min(printed, key=lambda d: d.at)
    head = dates.before_weekday(folded, first.at)
    gap = _GAP_BEFORE.search(folded, 0, head)
    if gap is None or gap.start() == 0:
        return None
    days = dates.days_at(folded, first.at)
    end = days[2] if days else _end_of(dates.at(folded, first.at), first.at)
    until = days[1] if days else None
    title = (end_of(_SIGNS, folded, 0), gap.start())
    label = ":" in gap[0] and not _is_long(folded[slice(*title)])
    if label or calendars.is_beside(folded):
        return None
    found = OneLine(title, first, until, (head, end))
    rest = end_of(_GAP, folded, dates.after_weekday(dates.without_weekday_sign(folded), end))
    ended = calendars.times.ends_at(folded, rest)
    if ended is None and calendars.times.gives_no_time(folded[rest:]):
        ended = len(folded.rstrip())
    if ended is not None:
        found = found._replace(time=_closed(folded, rest, ended))
        end = ended
    left = folded[end_of(_GAP, folded, end) :]
    return found if not any(map(str.isalnum, left)) else None


def _is_long(text: str) -> bool:
    """Whether a text is no mere label: it has two words or four ideographs."""
    return len(text.split()) > 1 or sum(map(is_han, text)) > _LABEL


def _closed(folded: str, start: int, end: int) -> Span:
    """A part of a line with the bracket that closes one in it."""
    opened = folded.count("(", start, end) > folded.count(")", start, end)
    return start, end + (opened and folded[end : end + 1] == ")")


def _end_of(found: tuple[PrintedDate, int] | None, at: int) -> int:
    return found[1] if found else at


def _with_time(folded: str, found: OneLine, calendars: Calendars) -> OneLine:
    """A line with the one time that stands in its title told from it."""
    start, stop = found.title
    times = [t for t in calendars.times.spans(folded) if start < t[0]]
    gap = _GAP_BEFORE.search(folded, start, times[0][0]) if len(times) == 1 else None
    if gap is None or gap.start() <= start:
        return found
    time = _closed(folded, *times[0])
    more = end_of(_GAP, folded, time[1])
    return found._replace(
        title=(start, gap.start()), time=time, more=(more, stop) if more < stop else None
    )
