"""Several documents of one edition: each place, day and event is told once."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.emit.tables import Sources
from pipeline.model import Finding
from pipeline.of_profiles import of_profiles
from pipeline.records import Event, Records


def one_profile_each(sources: Sources) -> Sources:
    """The sources, with profiles, days and events that an earlier document has told left out.

    What is left out stays in `lines`, and each case is a finding. Documents are taken in the
    order of their ids. An event of a later document that only happens on the same day keeps
    its rows under the next free number, and the day counts it.
    """
    cities: set[tuple[str, str]] = set()
    days: set[tuple[str, str]] = set()
    events: dict[str, Event] = {}
    out = []
    for document in sources.records:
        edition = document.source.edition.edition
        record = _renumbered(document, events)
        again = {c.city_id for c in record.cities if (edition, c.city_id) in cities}
        same_days = {d.date for d in record.calendar_days if (edition, d.date) in days}
        same_events = {e.event_id for e in record.events if e.event_id in events}
        cities.update((edition, c.city_id) for c in record.cities)
        days.update((edition, d.date) for d in record.calendar_days)
        events.update((e.event_id, e) for e in record.events)
        twice = again or same_days or same_events
        out.append(_without(record, again, same_days, same_events) if twice else record)
    return sources._replace(records=_with_counts(out))


def _renumbered(record: Records, taken: Mapping[str, Event]) -> Records:
    """The record, with another number for each event whose id stands for a different event."""
    stems: dict[str, str] = {}
    used = {_stem(event_id) for event_id in taken}
    for event in record.events:
        earlier = taken.get(event.event_id)
        stem = _stem(event.event_id)
        if earlier is not None and _content(earlier) != _content(event) and stem not in stems:
            day, _, number = stem.rpartition("-")
            own = {_stem(e.event_id) for e in record.events}
            free = (f"{day}-{n}" for n in itertools.count(int(number) + 1))
            stems[stem] = next(s for s in free if s not in used | own | set(stems.values()))
    if not stems:
        return record

    def new(event_id: str | None) -> str | None:
        if event_id is None or _stem(event_id) not in stems:
            return event_id
        return f"{stems[_stem(event_id)]}-{event_id.rpartition('-')[2]}"

    replace = msgspec.structs.replace
    return replace(
        record,
        events=tuple(
            replace(e, event_id=new(e.event_id), translation_of=new(e.translation_of))
            for e in record.events
        ),
        event_items=tuple(replace(i, event_id=new(i.event_id)) for i in record.event_items),
    )


def _stem(event_id: str) -> str:
    """The id of an event without its language."""
    return event_id.rpartition("-")[0]


def _content(event: Event) -> tuple[str, ...]:
    return (
        event.date,
        event.language,
        "".join(event.title.split()),
        "".join(event.time_text.split()),
    )


def _with_counts(records: Sequence[Records]) -> tuple[Records, ...]:
    """The records, with the events of all documents of an edition counted on each day."""
    counts = Counter((r.source.edition.edition, e.date) for r in records for e in r.events)
    return tuple(
        msgspec.structs.replace(
            r,
            calendar_days=tuple(
                msgspec.structs.replace(d, events=counts[r.source.edition.edition, d.date])
                for d in r.calendar_days
            ),
        )
        for r in records
    )


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
    own = {
        name: keep(getattr(record, name), lambda r: r.city_id in cities)
        for name in of_profiles()
        if name != "lines"  # each stays, with the role that it has
    }
    own["findings"] += tuple(doubts)
    return msgspec.structs.replace(
        record,
        **own,
        events=keep(record.events, lambda r: r.event_id in events),
        event_items=keep(record.event_items, lambda r: r.event_id in events),
        calendar_days=keep(record.calendar_days, lambda r: r.date in days),
    )
