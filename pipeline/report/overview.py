"""What the overview shows: counts, and the charts as things to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from math import log10
from typing import Any, NamedTuple

from pipeline.knowledge.catalogue import checks as checks_meanings
from pipeline.report.amounts import number
from pipeline.report.charts import (
    LabelSpot,
    LogScale,
    Rect,
    day_ticks,
    framed,
    label_width,
    land_point,
    placed,
    radius,
)
from pipeline.report.facts import Facts, Linked, ProfileFacts
from pipeline.report.matrix import matrix
from pipeline.report.resources import text_of
from pipeline.report.rows import SEVERITIES

MOST_ROWS = 160  # profiles up to which the overview has the table of places by themes itself
_MAP = Rect(0, 0, 960, 400)
_LEAST_WIDTH = 300.0  # of the map, in tenths of a degree
_MAP_LABELS, _SCATTER_LABELS = 60, 16
_SCATTER = Rect(78, 14, 944, 430)
_DENSITIES = (1, 10, 100, 1_000, 10_000)
_LINE = Rect(30, 0, 930, 70)


class Dot(NamedTuple):
    """A place in a chart."""

    place: ProfileFacts
    href: str
    x: float
    y: float
    r: float
    label: LabelSpot | None
    title: str


class Map(NamedTuple):
    """The map: how to shift and stretch the land, its pieces, the places from large to small."""

    land: list[str]
    scale: float
    dx: float
    dy: float
    dots: list[Dot]


class Scatter(NamedTuple):
    """Population against area: ticks as value and position, lines of equal density, dots."""

    x_ticks: list[tuple[str, float]]
    y_ticks: list[tuple[str, float]]
    densities: list[tuple[str, tuple[float, float, float, float]]]
    dots: list[Dot]


class TimeLine(NamedTuple):
    """Events over time: ticks as day and position, marks as position, row, event and its link."""

    ticks: list[tuple[str, float]]
    marks: list[tuple[float, int, Any, str]]
    height: int


def overview_values(facts: Sequence[Facts], themes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of the template, from the facts of all editions in the order of their names."""
    latest = {p.city_id: (f, p) for f in facts for p in f.places}
    places = [latest[city_id] for city_id in sorted(latest)]
    roles: Counter[str] = Counter()
    checks: dict[str, Counter[str]] = {}
    for f in facts:
        roles.update(f.roles)
        for severity, counts in f.checks.items():
            checks.setdefault(severity, Counter()).update(counts)
    profiles = sum(f.profiles for f in facts)
    linked = [Linked(f.href(p.city_id), p) for f in facts for p in f.places]
    happenings = _happenings(facts)
    return {
        "facts": facts,
        "profiles": profiles,
        "severities": {s: sum(checks.get(s, {}).values()) for s in SEVERITIES},
        "lines": sum(roles.values()),
        "unassigned": roles["unassigned"],
        "roles": [(role, n, round(100 * n / sum(roles.values()), 2)) for role, n in _sized(roles)],
        "checks": [
            (severity, check, n)
            for severity in SEVERITIES
            for check, n in _sized(checks.get(severity, {}))
        ],
        "meanings": checks_meanings(),
        "map": _map(places),
        "with_coordinates": sum(p.latitude is not None for _, p in places),
        "places": len(places),
        "several": len(latest) < profiles,
        "scatter": _scatter(places),
        "matrix": matrix(themes, linked) if 0 < profiles <= MOST_ROWS else None,
        "timeline": _timeline(facts, happenings),
        "happenings": happenings,
    }


def _sized(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda c: (-c[1], c[0]))


def _title(place: ProfileFacts, *parts: str) -> str:
    names = " ".join(filter(None, (place.name_zh, place.name_en))) or place.city_id
    return ", ".join([names, *parts])


# ---------------------------------------------------------------- map


@cache
def land() -> list[tuple[Rect, str]]:
    """The pieces of the outline of the land, each with its box."""
    pieces = []
    for line in text_of("data/land.csv").splitlines():
        x0, y0, x1, y1, path = line.split(",", 4)
        pieces.append((Rect(float(x0), float(y0), float(x1), float(y1)), path))
    return pieces


def _map(places: Sequence[tuple[Facts, ProfileFacts]]) -> Map | None:
    located = [
        (f, p, land_point(p.latitude, p.longitude))
        for f, p in places
        if p.latitude is not None and p.longitude is not None
    ]
    if not located:
        return None
    frame = framed([at for _, _, at in located], _MAP.x1 / _MAP.y1, _LEAST_WIDTH)
    scale = _MAP.x1 / (frame.x1 - frame.x0)
    largest = max((p.population or 0) for _, p, _ in located)
    located.sort(key=lambda x: (-(x[1].population or 0), x[1].city_id))
    spots = [
        (
            round((x - frame.x0) * scale, 1),
            round((y - frame.y0) * scale, 1),
            radius(p.population, largest, 20, 3),
        )
        for _, p, (x, y) in located
    ]
    labels = _labels([p for _, p, _ in located], spots, _MAP_LABELS, _MAP, [])
    dots = [
        Dot(p, f.href(p.city_id), *spot, label, _title(p, number(p.population)))
        for (f, p, _), spot, label in zip(located, spots, labels, strict=True)
    ]
    outline = [path for box, path in land() if box.meets(frame)]
    return Map(
        outline, round(scale, 4), round(-frame.x0 * scale, 2), round(-frame.y0 * scale, 2), dots
    )


def _labels(
    places: Sequence[ProfileFacts],
    spots: Sequence[tuple[float, float, float]],
    most: int,
    frame: Rect,
    written: Sequence[Rect],
) -> list[LabelSpot | None]:
    """Labels for the first places as far as there is room, wide enough for either name."""
    taken = [*written, *(Rect(x - r, y - r, x + r, y + r) for x, y, r in spots)]
    wanted = [
        (*spot, max(label_width(p.name_zh or ""), label_width(p.name_en or p.city_id)))
        for p, spot in zip(places[:most], spots, strict=False)
    ]
    found = list(placed(wanted, taken, frame))
    return found + [None] * (len(places) - len(found))


# ---------------------------------------------------------------- scatter


def _scatter(places: Sequence[tuple[Facts, ProfileFacts]]) -> Scatter | None:
    known = [
        (f, p, p.area_km2, p.population)
        for f, p in places
        if p.area_km2 and p.population and p.area_km2 > 0 and p.population > 0
    ]
    if not known:
        return None
    box = _SCATTER
    x = LogScale.over((a for _, _, a, _ in known), box.x0, box.x1)
    y = LogScale.over((n for _, _, _, n in known), box.y1, box.y0)
    # Questioned values and the largest places are named first.
    known.sort(key=lambda k: (not k[1].size_doubted, -(k[1].population or 0), k[1].city_id))
    spots = [(x(area), y(population), 5.0) for _, _, area, population in known]
    densities = [(number(d), line) for d in _DENSITIES if (line := _density(d, x, y))]
    written = [Rect(e[2] - 70, e[3] + 2, e[2], e[3] + 18) for _, e in densities]
    labels = _labels([p for _, p, _, _ in known], spots, _SCATTER_LABELS, box, written)
    dots = [
        Dot(p, f.href(p.city_id), *spot, label,
            _title(p, number(population), f"{number(area)} km²"))
        for (f, p, area, population), spot, label in zip(known, spots, labels, strict=True)
    ]  # fmt: skip
    return Scatter(
        [(number(v), x(v)) for v in x.ticks()],
        [(number(v), y(v)) for v in y.ticks()],
        densities,
        dots,
    )


def _density(density: int, x: LogScale, y: LogScale) -> tuple[float, float, float, float] | None:
    """The line of all areas and populations of one density, as far as it is in the chart."""
    shift = log10(density)
    low, high = max(x.low, y.low - shift), min(x.high, y.high - shift)
    if high - low < 0.15:
        return None
    return x(10**low), y(10 ** (low + shift)), x(10**high), y(10 ** (high + shift))


# ---------------------------------------------------------------- events


def _happenings(facts: Iterable[Facts]) -> list[tuple[Any, str]]:
    """All events in the order of time, each with its link."""
    return sorted(
        ((event, f"{f.href()}#{event.event_id}") for f in facts for event in f.happenings),
        key=lambda e: (e[0].date, e[0].start_utc or "", e[0].event_id),
    )


def _timeline(facts: Sequence[Facts], found: Sequence[tuple[Any, str]]) -> TimeLine | None:
    if not found:
        return None
    days = [date.fromisoformat(event.date) for event, _ in found]
    shown = [date.fromisoformat(d) for f in facts for d in f.days]
    first, last = min(days + shown), max(days + shown)
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return round(_LINE.x0 + (day - first).days / span * (_LINE.x1 - _LINE.x0), 1)

    rows: Counter[date] = Counter()
    marks = []
    for (event, href), day in zip(found, days, strict=True):
        marks.append((at(day), rows[day], event, href))
        rows[day] += 1
    ticks = [(day.isoformat(), at(day)) for day in day_ticks(first, last)]
    return TimeLine(ticks, marks, 44 + 14 * max(rows.values()))
