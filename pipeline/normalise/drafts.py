"""An event as a calendar page prints it: its title, time line, paragraphs and lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.clocks import Clock
from pipeline.knowledge.languages import PageLanguages, language_of
from pipeline.model import Document, EventSpan, Passage, Piece, Where
from pipeline.normalise.passages import join_lines
from pipeline.pieces import piece_text, where_lines, where_of

_DAY = 24 * 60  # minutes
_LONGEST = timedelta(days=100)  # of an event: a later day is that of something else
_NUMBER = re.compile(r"\s*(?:[(（]?(\d{1,2})(?:[.．](?!\d)|[、)）])|([①-⑳]))\s*")


class ListEntry(NamedTuple):
    """One entry of a list."""

    text: str
    where: Where


class EntryList(NamedTuple):
    """The entries of one list and the paragraph right before it, if one is."""

    entries: tuple[ListEntry, ...]
    lead: str | None


class EventDraft(NamedTuple):
    """An event as read, before what can only be known beside its translation."""

    span: EventSpan
    day: date
    last: date | None
    language: str
    title: str
    time_text: str
    clocks: tuple[Clock, ...]
    paragraphs: tuple[str, ...]
    lists: tuple[EntryList, ...]
    where: Where


def _text(document: Document, pieces: Iterable[Piece]) -> str:
    return join_lines(piece_text(document, p) for p in pieces)


def read_draft(
    document: Document, span: EventSpan, calendars: Calendars, languages: PageLanguages
) -> EventDraft:
    """The event that stands in a span of a page in some languages."""
    title = _text(document, span.title)
    time_text = unicodedata.normalize("NFC", piece_text(document, span.time).strip())
    paragraphs, lists = _parts(document, span.body)
    entries = [entry.text for part in lists for entry in part.entries]
    day = date.fromisoformat(span.date)
    ends = piece_text(document, span.end) if span.end else time_text
    return EventDraft(
        span,
        day,
        date.fromisoformat(span.last) if span.last else _last_day(ends, day, calendars),
        language_of(title, " ".join((*paragraphs, *entries)), languages),
        title,
        time_text,
        _clocks(document, span, time_text, calendars),
        paragraphs,
        lists,
        where_lines(document, (span.line_start, span.line_end)),
    )


def _last_day(text: str, day: date, calendars: Calendars) -> date | None:
    """The last day that a time line or a range of days names, if it is later than the first.

    Without a year it is the next such day.
    """
    found = []
    for printed in calendars.last_days_in(text):
        years = (printed.year,) if printed.year else (day.year, day.year + 1)
        days = (d for year in years if (d := printed.in_year(year)) and d >= day)
        found.append(next(days, day))
    last = max(found, default=day)
    return last if last - day <= _LONGEST and last > day else None


def _clocks(
    document: Document, span: EventSpan, time_text: str, calendars: Calendars
) -> tuple[Clock, ...]:
    """The times of a time line, with the end of the event from that line or from one of its own.

    Two times, the latter with a date, are one that ends on that day.
    """
    clocks = calendars.times.clocks_in(time_text)
    if span.end is not None:
        ends = piece_text(document, span.end)
        both = (*clocks, *calendars.times.clocks_in(ends))
        return (_to_end(both, ends, span, calendars) or clocks) if len(clocks) == 1 else clocks
    dates = calendars.dates_in(time_text)
    return (dates and _to_end(clocks, time_text, span, calendars)) or clocks


def _to_end(
    clocks: Sequence[Clock], text: str, span: EventSpan, calendars: Calendars
) -> tuple[Clock, ...] | None:
    """One time from the first of two to the second, on the last day that a text names, or None."""
    if len(clocks) != 2 or any(c.start is None or c.end for c in clocks):
        return None
    one, other = clocks
    day = date.fromisoformat(span.date)
    last = _last_day(text, day, calendars) or day
    end = (other.start or 0) + (last - day).days * _DAY
    if end <= (one.start or 0) or (last == day and span.end is None):
        return None
    return (one._replace(end=end, zone=one.zone or other.zone),)


def _parts(
    document: Document, body: Sequence[Passage]
) -> tuple[tuple[str, ...], tuple[EntryList, ...]]:
    """Paragraphs and lists of an event's body.

    A list begins anew after a paragraph and where its numbers do not go up.
    """
    paragraphs: list[str] = []
    lists: list[EntryList] = []
    lead: str | None = None
    after: int | None = None  # the number of the entry right before, 0 without a number
    for passage in body:
        text = _text(document, passage.pieces)
        if not passage.bullet:
            if text:
                paragraphs.append(text)
                lead, after = text, None
            continue
        number, text = _numbered(text)
        entry = ListEntry(text, where_of(document, passage.pieces))
        if after is None or 0 < number <= after or (number > 0) != (after > 0):
            lists.append(EntryList((), lead))
            lead = None
        lists[-1] = lists[-1]._replace(entries=(*lists[-1].entries, entry))
        after = number
    return tuple(paragraphs), tuple(lists)


def _numbered(text: str) -> tuple[int, str]:
    """The number of a list entry, 0 for a bullet, and its text without it."""
    found = _NUMBER.match(text)
    if not found:
        return 0, text
    number = int(found[1]) if found[1] else ord(found[2]) - ord("①") + 1
    return number, text[found.end() :]
