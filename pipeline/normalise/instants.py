"""When an event takes place: its printed time on its day, in the zone that the page tells.

A page prints its times without a zone. The zone is read where the page states one, inferred
where it states the same time a second time with a zone, and assumed, with a finding, elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from pipeline.knowledge import zones
from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.clocks import Clock
from pipeline.model import Severity
from pipeline.normalise.drafts import EventDraft

_ONE_DAY = timedelta(days=1)

_Check = tuple[Severity, str, str, str]  # severity, check, field, message


class _Stated(NamedTuple):
    """A range that a page gives together with its zone; `day` is None without a printed date."""

    day: date | None
    clock: Clock
    zone: str


class When(NamedTuple):
    """What is known of when an event takes place, and the doubt about it."""

    start: datetime | None = None
    end: datetime | None = None
    zone: str | None = None
    source: Literal["stated", "inferred", "default"] | None = None
    check: _Check | None = None


def when_held(
    draft: EventDraft,
    partner: EventDraft | None,
    own_zone: str | None,
    calendars: Calendars,
    page_zone: str | None = None,
) -> When:
    """When an event takes place, by the best evidence that the page gives.

    `page_zone` is the one in which the page says that all its times are.
    """
    if not draft.clocks or draft.clocks[0].start is None:
        return _no_times(draft, calendars)
    printed = draft.clocks[0]
    stated = _stated(draft, draft.clocks[1:], calendars)
    if partner:
        stated += _stated(partner, partner.clocks[bool(printed.zone) :], calendars)
    if zone := printed.zone or page_zone:
        return _in_stated_zone(draft, printed, zone, stated)
    homes = tuple(z for z in (zone_or_none(own_zone), *calendars.times.home_zones) if z)
    return _in_unstated_zone(draft, printed, homes, stated)


def _no_times(draft: EventDraft, calendars: Calendars) -> When:
    """A page that gives no time that can be, on purpose or by mistake."""
    if not draft.clocks:
        on_purpose = calendars.times.gives_no_time(draft.time_text)
        message = "the page gives no time for it; it is taken as lasting all day"
        return When(check=None if on_purpose else ("info", "time_missing", "time_text", message))
    message = f"`{draft.time_text}` is no time that a clock can show; the times are left empty"
    return When(check=("warning", "time_unreadable", "time_text", message))


def _in_unstated_zone(
    draft: EventDraft, printed: Clock, homes: Sequence[str], stated: Sequence[_Stated]
) -> When:
    """The time line names no zone: what the text states decides, else the first home zone."""
    for other in stated:
        if hands(other.clock) == hands(printed) and other.day in (None, draft.day):
            return When(*_instants(draft.day, printed, other.zone), other.zone, "stated")
    for home in homes:
        for other in stated:
            if instants := _common_instants(draft.day, printed, home, other):
                return When(*instants, home, "inferred")
    if stated:
        return _contradicted(draft, stated[0])
    message = f"no time zone is stated; `{draft.time_text}` is read as {homes[0]} time"
    check: _Check = ("info", "timezone_assumed", "timezone", message)
    return When(*_instants(draft.day, printed, homes[0]), homes[0], "default", check)


def _in_stated_zone(
    draft: EventDraft, printed: Clock, zone: str, stated: Sequence[_Stated]
) -> When:
    """The time line names its zone, which nothing overrides; a second time may contradict it."""
    check: _Check | None = None
    agrees = [_common_instants(draft.day, printed, zone, other) for other in stated]
    if agrees and not any(agrees):
        message = f"`{draft.time_text}` and a second time in its text are not the same instant"
        check = ("warning", "times_disagree", "start_utc", message)
    return When(*_instants(draft.day, printed, zone), zone, "stated", check)


def _contradicted(draft: EventDraft, other: _Stated) -> When:
    """A time with a zone fits no reading of the printed one: the one with the zone is taken."""
    message = (
        f"`{draft.time_text}` in no zone of the programme is the time that the text gives "
        f"for {other.zone}; the latter is taken"
    )
    check: _Check = ("warning", "times_disagree", "start_utc", message)
    instants = _instants(other.day or draft.day, other.clock, other.zone)
    return When(*instants, other.zone, "stated", check)


def _stated(
    draft: EventDraft, in_line: Sequence[Clock], calendars: Calendars
) -> tuple[_Stated, ...]:
    """The ranges with a zone among some times of an event's time line, and in its text.

    A range counts with the date that stands before it in its paragraph, or else behind it; a
    date more than a day off is that of something else.
    """
    found = [_Stated(None, c, c.zone) for c in in_line if c.zone and c.end is not None]
    entries = (entry.text for part in draft.lists for entry in part.entries)
    for text in (*draft.paragraphs, *entries):
        clocks = [c for c in calendars.times.clocks_in(text) if c.zone and c.end is not None]
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


def at_one_instant(first: EventDraft, second: EventDraft) -> bool:
    """Whether the times of two events of one day, each in its stated zone, are one instant."""
    one, two = (next(iter(draft.clocks), None) for draft in (first, second))
    if one is None or two is None or one.start is None or two.start is None:
        return False
    if not (one.zone and two.zone):
        return False
    return _instants(first.day, one, one.zone) == _instants(second.day, two, two.zone)


def hands(clock: Clock) -> tuple[int | None, int | None]:
    """What a clock shows, whatever its zone."""
    return clock.start, clock.end


def _instants(day: date, clock: Clock, zone: str) -> tuple[datetime, datetime | None]:
    """A time that can be, on a day in a zone, as instants in UTC."""
    midnight = datetime.combine(day, time.min)

    def instant(minutes: int) -> datetime:
        wall = midnight + timedelta(minutes=minutes)
        return wall.replace(tzinfo=zones.zone(zone)).astimezone(UTC)

    return instant(clock.start or 0), None if clock.end is None else instant(clock.end)


def zone_or_none(name: str | None) -> str | None:
    """A zone that exists, or None for what an `edition.toml` misspells."""
    try:
        return zones.zone(name).key if name else None
    except KeyError:
        return None
