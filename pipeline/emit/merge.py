"""Several documents of one edition: each place, day and event is told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from pipeline.emit.tables import Sources
from pipeline.model import Finding, Records


def one_profile_each(sources: Sources) -> Sources:
    """The sources, with profiles and days that an earlier document of the edition has left out.

    What is left out stays in `lines`, and each case is a finding. Documents are taken in the
    order of their ids.
    """
    cities: set[tuple[str, str]] = set()
    days: set[tuple[str, str]] = set()
    events: set[str] = set()
    out = []
    for record in sources.records:
        edition = record.source.edition.edition
        again = {c.city_id for c in record.cities if (edition, c.city_id) in cities}
        same_days = {d.date for d in record.calendar_days if (edition, d.date) in days}
        same_events = {e.event_id for e in record.events if e.event_id in events}
        cities.update((edition, c.city_id) for c in record.cities)
        days.update((edition, d.date) for d in record.calendar_days)
        events.update(e.event_id for e in record.events)
        twice = again or same_days or same_events
        out.append(_without(record, again, same_days, same_events) if twice else record)
    return sources._replace(records=tuple(out))


def _without(record: Records, cities: set[str], days: set[str], events: set[str]) -> Records:
    def keep(rows: tuple[Any, ...], gone: Callable[[Any], bool]) -> tuple[Any, ...]:
        return tuple(r for r in rows if not gone(r))

    edition = record.source.edition.edition
    doubts = [
        Finding(
            "warning",
            "told_twice",
            f"{what} {name} is in an earlier document of this edition too; that one is used",
            edition,
            name if what == "profile" else None,
            table,
            None,
            next(r.where for r in rows if getattr(r, key) == name),
        )
        for what, names, table, rows, key in (
            ("profile", cities, "cities", record.cities, "city_id"),
            ("day", days, "calendar_days", record.calendar_days, "date"),
            ("event", events, "events", record.events, "event_id"),
        )
        for name in sorted(names)
    ]
    kept = keep(record.findings, lambda f: f.city_id in cities)
    return msgspec.structs.replace(
        record,
        cities=keep(record.cities, lambda r: r.city_id in cities),
        sections=keep(record.sections, lambda r: r.city_id in cities),
        paragraphs=keep(record.paragraphs, lambda r: r.city_id in cities),
        city_themes=keep(record.city_themes, lambda r: r.city_id in cities),
        quantities=keep(record.quantities, lambda r: r.city_id in cities),
        mentions=keep(record.mentions, lambda r: r.city_id in cities),
        events=keep(record.events, lambda r: r.event_id in events),
        event_items=keep(record.event_items, lambda r: r.event_id in events),
        calendar_days=keep(record.calendar_days, lambda r: r.date in days),
        findings=(*kept, *doubts),
    )
