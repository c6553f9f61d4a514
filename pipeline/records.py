"""What one source says, as `normalise` leaves it: the records that become rows of tables."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from pipeline.model import Finding, Frozen, Role, SectionKind, Source, SourceKind, Where


class City(Frozen, frozen=True):
    """One profile with normalised header values, each beside its printed text."""

    city_id: str
    position: int
    name_zh: str | None
    name_en: str | None
    kind: str
    country_code: str | None
    country_zh: str | None
    subdivision_code: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    population: int | None
    area_km2: float | None
    population_text: str | None
    area_text: str | None
    where: Where


class Section(Frozen, frozen=True):
    """One section of a profile with its text rebuilt."""

    city_id: str
    section: SectionKind
    heading: str
    text: str
    paragraphs: int
    where: Where


class Paragraph(Frozen, frozen=True):
    """One paragraph rebuilt from its wrapped lines."""

    city_id: str
    section: SectionKind
    position: int
    lead: str | None
    text: str
    bullet: bool
    where: Where


class CityTheme(Frozen, frozen=True):
    """One theme named by one printed label of a profile."""

    city_id: str
    position: int
    label: str
    theme: str | None
    group: str | None
    score: float | None
    where: Where


class CityQuantity(Frozen, frozen=True):
    """One measured number in a paragraph; `start` and `end` cut `text` out of it."""

    city_id: str
    section: SectionKind
    paragraph: int
    start: int
    end: int
    text: str
    kind: str
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: str
    period: str | None
    aggregation: str | None
    object: str | None
    indicator: str | None
    where: Where


class Mention(Frozen, frozen=True):
    """One country, place, organisation or programme that a paragraph speaks of."""

    city_id: str
    section: SectionKind
    paragraph: int
    start: int
    end: int
    text: str
    type: str
    code: str | None
    where: Where


class Event(Frozen, frozen=True):
    """One event in one language; times in UTC where the page lets them be known.

    `last_date` is None for an event of one day.
    """

    event_id: str
    language: str
    date: str
    last_date: str | None
    title: str
    time_text: str
    start_utc: str | None
    end_utc: str | None
    timezone: str | None
    timezone_source: str | None
    translation_of: str | None
    description: str
    where: Where


class EventItem(Frozen, frozen=True):
    """One entry of a numbered list in an event's description."""

    event_id: str
    list: Literal["objectives", "participants", "other"]
    position: int
    text: str
    where: Where


class CalendarDay(Frozen, frozen=True):
    """One day that a calendar page shows, with the number of its `events` rows."""

    date: str
    events: int
    where: Where


class LineRecord(Frozen, frozen=True):
    """One line of the audit."""

    page: int
    line: int
    text: str
    role: Role
    city_id: str | None
    section: SectionKind | None


class Records(Frozen, frozen=True):
    """All that one source says: what it is, and the rows of each table by the table's name."""

    source: Source
    kind: SourceKind
    media_type: str
    reader: str
    encoding: str
    pages: int
    lines: tuple[LineRecord, ...]
    cities: tuple[City, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    city_themes: tuple[CityTheme, ...] = ()
    quantities: tuple[CityQuantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    event_items: tuple[EventItem, ...] = ()
    calendar_days: tuple[CalendarDay, ...] = ()
    findings: tuple[Finding, ...] = ()


@cache
def row_types() -> dict[str, type[Any]]:
    """The fields of `Records` that hold rows, in their order, and what a row of each is."""
    return {
        name: row
        for name, kind in get_type_hints(Records).items()
        for row in get_args(kind)[:1]
        if hasattr(row, "__struct_fields__")
    }
