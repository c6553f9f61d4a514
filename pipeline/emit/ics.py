"""Events → the entries of `events.ics` (RFC 5545), which a calendar program imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from pipeline.records import Event
from pipeline.textforms import harmless

PRODUCT = "-//City Profiles//Calendar of events//EN"
_DOMAIN = "city-profiles"


def calendar_entries(events: Sequence[Event]) -> bytes:
    """An entry (VEVENT) for each event in each language, in order of time.

    The bytes depend on the events alone: they are sorted, and DTSTAMP is the event's own start.
    """
    ordered = sorted(events, key=lambda e: (e.date, e.start_utc or "", e.event_id))
    return b"".join(bytes(_entry(event).to_ical()) for event in ordered)


def calendar_frame() -> tuple[bytes, bytes]:
    """What stands before and after the entries of a calendar."""
    whole = bytes(_calendar().to_ical())
    at = whole.index(b"END:VCALENDAR")
    return whole[:at], whole[at:]


def empty_calendar() -> bytes:
    """A calendar without events."""
    calendar = _calendar()
    calendar.add_component(_utc())
    return bytes(calendar.to_ical())


def _calendar() -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _entry(event: Event) -> icalendar.Event:
    """One VEVENT: in UTC where the times are known, else the whole of its days."""
    entry = icalendar.Event()
    language = {"LANGUAGE": event.language}
    entry.add("uid", _uid(event.event_id))
    entry.add("summary", _clean(event.title), parameters=language)
    if event.description:
        entry.add("description", _clean(event.description), parameters=language)
    if event.start_utc:
        start = _instant(event.start_utc)
        entry.add("dtstamp", start)
        entry.add("dtstart", start)
        if event.end_utc:
            entry.add("dtend", _instant(event.end_utc))
    else:
        day = date.fromisoformat(event.date)
        entry.add("dtstamp", datetime.combine(day, time.min, tzinfo=UTC))
        entry.add("dtstart", day)
        last = date.fromisoformat(event.last_date or event.date)
        entry.add("dtend", last + timedelta(days=1))
    if event.translation_of:
        # SIBLING: neither language stands above the other (RFC 5545, section 3.2.15).
        sibling = _uid(event.translation_of)
        entry.add("related-to", sibling, parameters={"RELTYPE": "SIBLING"})
    return entry


def _utc() -> icalendar.Timezone:
    """UTC as a component: a calendar must hold one, even without events (section 3.6)."""
    zone = icalendar.Timezone()
    zone.add("tzid", "UTC")
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime.combine(date(1970, 1, 1), time.min))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


def _uid(event_id: str) -> str:
    return f"{event_id}@{_DOMAIN}"


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _clean(text: str) -> str:
    """A text without what RFC 5545 (section 3.1) and a reader's screen do not bear."""
    return harmless(text).replace("\r", "")
