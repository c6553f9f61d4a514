"""Segments of a calendar page → events, the entries of their lists, and the days.

A page prints its times without a zone. The zone is read where the page states one, inferred
where it states the same time a second time with a zone, and assumed, with a finding, elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from pipeline.knowledge import zones
from pipeline.knowledge.calendars import Calendars, Clock, ListKind
from pipeline.model import (
    CalendarDay,
    Document,
    Event,
    EventItem,
    EventSpan,
    Finding,
    Passage,
    Piece,
    Segments,
    Severity,
    Where,
)
from pipeline.normalise.passages import join_lines
from pipeline.pieces import piece_text, where_lines, where_of
from pipeline.textforms import CHINESE, han_share, slug

_NUMBER = re.compile(r"\s*(?:[(（]?(\d{1,2})(?:[.．](?!\d)|[、)）])|([①-⑳]))\s*")
_WORD = re.compile(r"[a-z]{2,}")
_ONE_DAY = timedelta(days=1)

_Check = tuple[Severity, str, str, str]  # severity, check, field, message


class _Entry(NamedTuple):
    text: str
    where: Where


class _List(NamedTuple):
    """The entries of one list and the paragraph right before it, if one is."""

    entries: tuple[_Entry, ...]
    lead: str | None


class _Draft(NamedTuple):
    """An event as read, before what can only be known beside its translation."""

    span: EventSpan
    day: date
    language: str
    title: str
    time_text: str
    clocks: tuple[Clock, ...]
    paragraphs: tuple[str, ...]
    lists: tuple[_List, ...]
    where: Where


class _Stated(NamedTuple):
    """A range that a page gives together with its zone; `day` is None without a printed date."""

    day: date | None
    clock: Clock
    zone: str


class _Times(NamedTuple):
    """What is known of when an event takes place, and the doubt about it."""

    start: datetime | None = None
    end: datetime | None = None
    zone: str | None = None
    source: Literal["stated", "inferred", "default"] | None = None
    check: _Check | None = None


def normalise_events(
    segments: Segments, calendars: Calendars
) -> tuple[tuple[Event, ...], tuple[EventItem, ...], tuple[CalendarDay, ...], tuple[Finding, ...]]:
    """The events, list entries and days of one calendar page, with what is doubtful in them.

    Only findings made here are returned; those of `segments` stay where they are.
    """
    document = segments.document
    edition = document.source.edition
    drafts = [_draft(document, span, calendars) for span in segments.events]
    partners = _translations(drafts)
    ids = _event_ids(edition.edition, drafts, partners)
    events: list[Event] = []
    items: list[EventItem] = []
    findings: list[Finding] = []
    if edition.timezone and drafts and not _zone_or_none(edition.timezone):
        message = f"`{edition.timezone}` in edition.toml is no time zone; use an IANA name"
        findings.append(Finding("warning", "edition_file", message, edition.edition))
    for n, draft in enumerate(drafts):
        other = partners.get(n)
        partner = None if other is None else drafts[other]
        times = _times(draft, partner, edition.timezone, calendars)
        events.append(_event(draft, ids[n], times, None if other is None else ids[other]))
        items += _items(draft, partner, ids[n], calendars)
        if times.check:
            severity, check, field, message = times.check
            findings.append(
                Finding(
                    severity,
                    check,
                    f"`{draft.title}`: {message}",
                    edition.edition,
                    table="events",
                    field=field,
                    where=draft.where,
                )
            )
    return tuple(events), tuple(items), _days(segments), tuple(findings)


def _event(draft: _Draft, event_id: str, times: _Times, translation_of: str | None) -> Event:
    return Event(
        event_id=event_id,
        language=draft.language,
        date=draft.span.date,
        title=draft.title,
        time_text=draft.time_text,
        start_utc=_utc_text(times.start),
        end_utc=_utc_text(times.end),
        timezone=times.zone,
        timezone_source=times.source,
        translation_of=translation_of,
        description="\n".join(draft.paragraphs),
        where=draft.where,
    )


def _utc_text(instant: datetime | None) -> str | None:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def _days(segments: Segments) -> tuple[CalendarDay, ...]:
    """Every day that the page shows, once, with the number of its events in any language."""
    held = Counter(span.date for span in segments.events)
    shown: dict[str, CalendarDay] = {}
    for day in segments.days:
        where = where_lines(segments.document, (day.line_start, day.line_end))
        shown.setdefault(day.date, CalendarDay(day.date, held[day.date], where))
    return tuple(shown.values())


# ---------------------------------------------------------------- reading


def _text(document: Document, pieces: Iterable[Piece]) -> str:
    return join_lines(piece_text(document, p) for p in pieces)


def _draft(document: Document, span: EventSpan, calendars: Calendars) -> _Draft:
    title = _text(document, [span.title])
    time_text = unicodedata.normalize("NFC", piece_text(document, span.time).strip())
    paragraphs, lists = _parts(document, span.body)
    entries = [entry.text for part in lists for entry in part.entries]
    # The title counts as much as the rest: a Chinese event may quote English, and the reverse.
    share = (han_share(title) + han_share("".join((title, *paragraphs, *entries)))) / 2
    return _Draft(
        span,
        date.fromisoformat(span.date),
        "zh" if share >= CHINESE else "en",
        title,
        time_text,
        calendars.times_in(time_text),
        paragraphs,
        lists,
        where_lines(document, (span.line_start, span.line_end)),
    )


def _parts(
    document: Document, body: Sequence[Passage]
) -> tuple[tuple[str, ...], tuple[_List, ...]]:
    """Paragraphs and lists of an event's body.

    A list begins anew after a paragraph and where its numbers do not go up.
    """
    paragraphs: list[str] = []
    lists: list[_List] = []
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
        entry = _Entry(text, where_of(document, passage.pieces))
        if after is None or 0 < number <= after or (number > 0) != (after > 0):
            lists.append(_List((), lead))
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


# ---------------------------------------------------------------- translations and identity


def _translations(drafts: Sequence[_Draft]) -> dict[int, int]:
    """Which event is the translation of which, in both directions.

    Translations follow one another on one day, in two languages, at the same time of day, and
    share a Latin word of their titles (a name, an acronym) or the sizes of their lists.
    """
    partners: dict[int, int] = {}
    for n in range(len(drafts) - 1):
        first, second = drafts[n], drafts[n + 1]
        if n in partners or first.day != second.day or first.language == second.language:
            continue
        if _same_time(first, second) and _common_evidence(first, second):
            partners[n], partners[n + 1] = n + 1, n
    return partners


def _same_time(first: _Draft, second: _Draft) -> bool:
    """Whether two time lines say the same, as text or on the clock (`上午9:00`, `9:00 CET`)."""
    if "".join(first.time_text.split()) == "".join(second.time_text.split()):
        return True
    if not first.clocks or not second.clocks:
        return False
    one, two = first.clocks[0], second.clocks[0]
    zones = {clock.zone for clock in (one, two) if clock.zone}
    return one.start is not None and _hands(one) == _hands(two) and len(zones) <= 1


def _common_evidence(first: _Draft, second: _Draft) -> bool:
    words = [set(_WORD.findall(draft.title.casefold())) for draft in (first, second)]
    sizes = [[len(part.entries) for part in draft.lists] for draft in (first, second)]
    return bool(words[0] & words[1]) or (bool(sizes[0]) and sizes[0] == sizes[1])


def _event_ids(edition: str, drafts: Sequence[_Draft], partners: dict[int, int]) -> list[str]:
    """`<edition>-<date>-<n>-<language>`: n counts the day's events, translations share theirs."""
    prefix = slug(edition)
    if prefix != edition:  # two editions may share what is left of their names
        prefix = f"{prefix}-e{hashlib.sha256(edition.encode()).hexdigest()[:8]}".lstrip("-")
    numbers: list[int] = []
    counts: Counter[date] = Counter()
    for n, draft in enumerate(drafts):
        if (other := partners.get(n)) is not None and other < n:
            numbers.append(numbers[other])
        else:
            counts[draft.day] += 1
            numbers.append(counts[draft.day])
    return [
        f"{prefix}-{draft.span.date}-{number}-{draft.language}"
        for draft, number in zip(drafts, numbers, strict=True)
    ]


# ---------------------------------------------------------------- times


def _times(
    draft: _Draft, partner: _Draft | None, own_zone: str | None, calendars: Calendars
) -> _Times:
    """When an event takes place, by the best evidence that the page gives."""
    if not draft.clocks or draft.clocks[0].start is None:
        return _no_times(draft, calendars)
    printed = draft.clocks[0]
    stated = _stated(draft, draft.clocks[1:], calendars)
    if partner:
        stated += _stated(partner, partner.clocks[bool(printed.zone) :], calendars)
    if printed.zone:
        return _in_stated_zone(draft, printed, printed.zone, stated)
    homes = tuple(z for z in (_zone_or_none(own_zone), *calendars.home_zones) if z)
    return _in_unstated_zone(draft, printed, homes, stated)


def _no_times(draft: _Draft, calendars: Calendars) -> _Times:
    """A page that gives no time that can be, on purpose or by mistake."""
    if not draft.clocks:
        on_purpose = calendars.gives_no_time(draft.time_text)
        message = "the page gives no time for it; it is taken as lasting all day"
        return _Times(check=None if on_purpose else ("info", "time_missing", "time_text", message))
    message = f"`{draft.time_text}` is no time that a clock can show; the times are left empty"
    return _Times(check=("warning", "time_unreadable", "time_text", message))


def _in_unstated_zone(
    draft: _Draft, printed: Clock, homes: Sequence[str], stated: Sequence[_Stated]
) -> _Times:
    """The time line names no zone: what the text states decides, else the first home zone."""
    for other in stated:
        if _hands(other.clock) == _hands(printed) and other.day in (None, draft.day):
            return _Times(*_instants(draft.day, printed, other.zone), other.zone, "stated")
    for home in homes:
        for other in stated:
            if instants := _common_instants(draft.day, printed, home, other):
                return _Times(*instants, home, "inferred")
    if stated:
        return _contradicted(draft, stated[0])
    message = f"no time zone is stated; `{draft.time_text}` is read as {homes[0]} time"
    check: _Check = ("info", "timezone_assumed", "timezone", message)
    return _Times(*_instants(draft.day, printed, homes[0]), homes[0], "default", check)


def _in_stated_zone(draft: _Draft, printed: Clock, zone: str, stated: Sequence[_Stated]) -> _Times:
    """The time line names its zone, which nothing overrides; a second time may contradict it."""
    check: _Check | None = None
    agrees = [_common_instants(draft.day, printed, zone, other) for other in stated]
    if agrees and not any(agrees):
        message = f"`{draft.time_text}` and a second time in its text are not the same instant"
        check = ("warning", "times_disagree", "start_utc", message)
    return _Times(*_instants(draft.day, printed, zone), zone, "stated", check)


def _contradicted(draft: _Draft, other: _Stated) -> _Times:
    """A time with a zone fits no reading of the printed one: the one with the zone is taken."""
    message = (
        f"`{draft.time_text}` in no zone of the programme is the time that the text gives "
        f"for {other.zone}; the latter is taken"
    )
    check: _Check = ("warning", "times_disagree", "start_utc", message)
    instants = _instants(other.day or draft.day, other.clock, other.zone)
    return _Times(*instants, other.zone, "stated", check)


def _stated(draft: _Draft, in_line: Sequence[Clock], calendars: Calendars) -> tuple[_Stated, ...]:
    """The ranges with a zone among some times of an event's time line, and in its text.

    A range counts with the date that stands before it in its paragraph, or else behind it; a
    date more than a day off is that of something else.
    """
    found = [_Stated(None, c, c.zone) for c in in_line if c.zone and c.end is not None]
    entries = (entry.text for part in draft.lists for entry in part.entries)
    for text in (*draft.paragraphs, *entries):
        clocks = [c for c in calendars.times_in(text) if c.zone and c.end is not None]
        dates = calendars.dates_in(text) if clocks else ()
        for clock in clocks:
            before = [d for d in dates if d.at < clock.at]
            printed = before[-1] if before else next(iter(dates), None)
            day = printed.in_year(printed.year or draft.day.year) if printed else None
            if clock.zone and (printed is None or (day and abs(day - draft.day) <= _ONE_DAY)):
                found.append(_Stated(day, clock, clock.zone))
    return tuple(found)


def _common_instants(
    day: date, printed: Clock, zone: str, other: _Stated
) -> tuple[datetime, datetime | None] | None:
    """The instants of a printed time in a zone if they are those of a stated one, or None.

    A stated time without a date may lie a day before or after, as zones do.
    """
    start, end = _instants(day, printed, zone)
    days = (other.day,) if other.day else (day, day + _ONE_DAY, day - _ONE_DAY)
    for candidate in days:
        first, last = _instants(candidate, other.clock, other.zone)
        if start == first and end in (last, None):
            return start, last
    return None


def _hands(clock: Clock) -> tuple[int | None, int | None]:
    return clock.start, clock.end


def _instants(day: date, clock: Clock, zone: str) -> tuple[datetime, datetime | None]:
    """A time that can be, on a day in a zone, as instants in UTC."""
    midnight = datetime.combine(day, time.min)

    def instant(minutes: int) -> datetime:
        wall = midnight + timedelta(minutes=minutes)
        return wall.replace(tzinfo=zones.zone(zone)).astimezone(UTC)

    return instant(clock.start or 0), None if clock.end is None else instant(clock.end)


def _zone_or_none(name: str | None) -> str | None:
    """A zone that exists, or None for what an `edition.toml` misspells."""
    try:
        return zones.zone(name).key if name else None
    except KeyError:
        return None


# ---------------------------------------------------------------- lists


def _items(
    draft: _Draft, partner: _Draft | None, event_id: str, calendars: Calendars
) -> list[EventItem]:
    """The entries of an event's lists, numbered through each kind of list."""
    items: list[EventItem] = []
    counts: Counter[ListKind] = Counter()
    for n, part in enumerate(draft.lists):
        kind = _list_kind(part, calendars)
        if kind is None and partner and n < len(partner.lists):
            kind = _list_kind(partner.lists[n], calendars)
        for entry in part.entries:
            counts[kind or "other"] += 1
            position = counts[kind or "other"]
            items.append(EventItem(event_id, kind or "other", position, entry.text, entry.where))
    return items


def _list_kind(part: _List, calendars: Calendars) -> ListKind | None:
    """What a list holds, by the paragraph right before it or else by its entries, or None."""
    kind = calendars.list_kind(part.lead) if part.lead else None
    return kind or calendars.items_kind([entry.text for entry in part.entries])
