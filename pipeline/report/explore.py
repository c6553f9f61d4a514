"""What the pages to explore show: places and how they are found, quantities by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.report.facts import Facts, Measured, ProfileFacts
from pipeline.report.search import key

_Side = tuple[str, str | None]  # kind and unit: what can stand side by side


class PlaceRow(NamedTuple):
    """A row of the table of places; `themes` are numbers of themes in the order of their table."""

    facts: Facts
    place: ProfileFacts
    href: str
    key: str
    themes: str


class Value(NamedTuple):
    """A quantity beside the others of its indicator and unit; `share` is of the largest, in %."""

    facts: Facts
    place: ProfileFacts
    measured: Measured
    href: str
    share: float | None


class UnitValues(NamedTuple):
    """The values of an indicator of one kind in one unit, the largest first."""

    kind: str
    unit: str | None
    values: list[Value]


class IndicatorValues(NamedTuple):
    """An indicator with all its values."""

    code: str
    units: list[UnitValues]

    @property
    def size(self) -> int:
        """How many values it has."""
        return sum(len(u.values) for u in self.units)


def explore_values(
    facts: Sequence[Facts],
    themes: Sequence[Mapping[str, Any]],
    indicators: Sequence[IndicatorValues],
) -> dict[str, Any]:
    """The values of the template for the table of places."""
    numbers = {t["theme"]: str(n) for n, t in enumerate(themes)}
    found = [
        PlaceRow(
            f,
            p,
            f.href(p.city_id),
            key((p.name_zh, p.name_en, p.city_id, p.country_zh)),
            " ".join(numbers[t] for t in p.themes if t in numbers),
        )
        for f in facts
        for p in f.places
    ]
    return {
        "found": found,
        "facts": facts,
        "countries": sorted({f.place.country_code for f in found if f.place.country_code}),
        "kinds": sorted({f.place.kind for f in found}),
        "indicators": indicators,
    }


def indicators_of(facts: Sequence[Facts]) -> list[IndicatorValues]:
    """Every indicator that has a value, in the order of the codes."""
    by_code: dict[str, dict[_Side, list[tuple[Facts, ProfileFacts, Measured]]]] = {}
    for f in facts:
        places = {p.city_id: p for p in f.places}
        for measured in f.measured:
            units = by_code.setdefault(measured.indicator, {})
            own = (f, places[measured.city_id], measured)
            units.setdefault((measured.kind, measured.unit), []).append(own)
    return [
        IndicatorValues(
            code,
            [
                UnitValues(*side, _side_by_side(values))
                for side, values in sorted(units.items(), key=_most_first)
            ],
        )
        for code, units in sorted(by_code.items())
    ]


def _most_first(found: tuple[_Side, Sequence[object]]) -> tuple[int, str, str]:
    (kind, unit), values = found
    return -len(values), unit or "", kind


def _side_by_side(values: Sequence[tuple[Facts, ProfileFacts, Measured]]) -> list[Value]:
    largest = max((abs(m.value) for _, _, m in values if m.value is not None), default=0.0)

    def order(own: tuple[Facts, ProfileFacts, Measured]) -> tuple[bool, float, str, str, str]:
        f, place, m = own
        return m.value is None, -(m.value or 0), place.city_id, f.edition, m.anchor

    return [
        Value(
            f,
            place,
            m,
            f"{f.href(place.city_id)}#{m.anchor}",
            round(100 * m.value / largest, 1) if m.value and m.value > 0 and largest else None,
        )
        for f, place, m in sorted(values, key=order)
    ]
