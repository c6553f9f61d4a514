"""Where things stand in a chart: scales, ticks, projection, labels that do not collide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil, cos, floor, log10, radians, sqrt
from typing import NamedTuple

_PARALLEL = cos(radians(40))  # true to scale there: between Europe and China
_HAN_WIDTH, _LATIN_WIDTH, _HEIGHT = 11.5, 6.3, 13.0  # of a label's characters, and of a label
_DAYS = (1, 2, 7, 14)  # steps of a time line in days, the least that leaves few ticks
_MOST_TICKS = 12


class Rect(NamedTuple):
    """A rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Rect) -> bool:
        """Whether two rectangles share a point."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


class LabelSpot(NamedTuple):
    """Where a label stands: its anchor point, and which end of it is there."""

    x: float
    y: float
    anchor: str


def land_point(latitude: float, longitude: float) -> tuple[float, float]:
    """A place on the map, in tenths of a degree of latitude from the equator and Greenwich."""
    return longitude * 10 * _PARALLEL, -latitude * 10


def framed(points: Sequence[tuple[float, float]], ratio: float, least: float) -> Rect:
    """The part of the map that shows some points: with a margin, `ratio` times as wide as high.

    It is `least` wide or wider, however near to one another the points are.
    """
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    width = max((max(xs) - min(xs)) * 1.12, (max(ys) - min(ys)) * 1.25 * ratio, least)
    height = width / ratio
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def radius(value: float | None, largest: float, most: float, least: float) -> float:
    """The radius of a circle whose area stands for a value; a missing value has the least."""
    if not value or value <= 0 or largest <= 0:
        return least
    return round(max(least, most * sqrt(value / largest)), 1)


class LogScale(NamedTuple):
    """A logarithmic scale from values to a stretch of the chart."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float], start: float, end: float) -> LogScale:
        """A scale that holds all values with a little room."""
        known = list(values)
        low, high = log10(min(known)), log10(max(known))
        room = max((high - low) * 0.06, 0.1)
        return cls(low - room, high + room, start, end)

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        part = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Values to write at the axis: powers of ten, with 2 and 5 between few of them."""
        powers = range(floor(self.low), ceil(self.high) + 1)
        steps = (1, 2, 5) if self.high - self.low < 2.5 else (1,)
        values = [step * 10.0**power for power in powers for step in steps]
        return [v for v in values if self.low <= log10(v) <= self.high]


def label_width(text: str) -> float:
    """About how wide a label is."""
    return sum(_HAN_WIDTH if ord(c) > 0x2E7F else _LATIN_WIDTH for c in text)


def placed(
    wanted: Iterable[tuple[float, float, float, float]], taken: Sequence[Rect], frame: Rect
) -> Iterator[LabelSpot | None]:
    """A place beside its point for each label, or None where all would cover something.

    A label is given by its point, the point's radius, and its own width; the first come first.
    """
    used = list(taken)
    for x, y, r, width in wanted:
        gap = r + 3
        choices = (
            (Rect(x + gap, y - _HEIGHT / 2, x + gap + width, y + _HEIGHT / 2), "start"),
            (Rect(x - gap - width, y - _HEIGHT / 2, x - gap, y + _HEIGHT / 2), "end"),
            (Rect(x - width / 2, y - gap - _HEIGHT, x + width / 2, y - gap), "middle"),
            (Rect(x - width / 2, y + gap, x + width / 2, y + gap + _HEIGHT), "middle"),
        )
        own = Rect(x - r, y - r, x + r, y + r)
        for box, anchor in choices:
            inside = box.x0 >= frame.x0 and box.x1 <= frame.x1
            inside = inside and box.y0 >= frame.y0 and box.y1 <= frame.y1
            if inside and not any(box.meets(b) for b in used if b != own):
                used.append(box)
                at = {"start": box.x0, "end": box.x1, "middle": x}[anchor]
                yield LabelSpot(round(at, 1), round((box.y0 + box.y1) / 2 + 4, 1), anchor)
                break
        else:
            yield None


def day_ticks(first: date, last: date) -> list[date]:
    """Days to write at a time line: few enough to be read, the first of them `first`."""
    span = (last - first).days
    for step in _DAYS:
        if span / step <= _MOST_TICKS:
            return [first + timedelta(days=n) for n in range(0, span + 1, step)]
    months = max(1, ceil(span / 30.44 / _MOST_TICKS))
    step = next((s for s in (1, 2, 3, 6, 12) if s >= months), 12 * ceil(months / 12))
    index = first.year * 12 + first.month - 1
    index = ceil(index / step) * step
    found = []
    while index < 12 * 10_000 and (tick := date(index // 12, index % 12 + 1, 1)) <= last:
        if tick >= first:
            found.append(tick)
        index += step
    return found
