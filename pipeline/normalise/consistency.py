"""Quantities of one profile against one another and against its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.model import City, CityQuantity, Finding

_YEAR = re.compile(r"\d{4}")
_GROWTH_OF = {
    "gdp_growth": "gdp",
    "trade_growth": "trade_total",
    "income_growth": "disposable_income",
}
_GROWTH_STEP = 0.25  # percentage points beyond rounding that values and growth may differ
_PER_CAPITA_SHARE = 0.1  # part by which a value per head may differ from total by people


def consistency_doubts(
    city: City, quantities: Sequence[CityQuantity], edition: str
) -> Iterator[Finding]:
    """Growth against the two values it joins, and a value per head against total and people.

    Growth is printed in constant prices and values in current ones, so a difference is
    information and no contradiction.
    """
    own = [q for q in quantities if q.city_id == city.city_id and q.value is not None]
    yield from _growth(city, own, edition)
    yield from _per_capita(city, own, edition)


def _growth(city: City, own: Sequence[CityQuantity], edition: str) -> Iterator[Finding]:
    for growth in own:
        total = _GROWTH_OF.get(growth.indicator or "")
        years = _YEAR.findall(growth.period or "")
        if not total or not years or growth.value is None:
            continue
        values = [
            q
            for q in own
            if q.indicator == total and _YEAR.fullmatch(q.period or "") and q.comparator == "="
        ]
        for first, last in combinations(sorted(values, key=lambda q: str(q.period)), 2):
            span = int(str(last.period)) - int(str(first.period))
            joined = years == [first.period, last.period] or (span == 1 and years == [last.period])
            same_unit = first.unit == last.unit and bool(first.value and last.value)
            if not joined or not same_unit or span < 1:
                continue
            mean = (((last.value or 0) / (first.value or 1)) ** (1 / span) - 1) * 100
            if abs(mean - growth.value) > _GROWTH_STEP:
                yield _finding(
                    city,
                    growth,
                    edition,
                    "growth_differs_from_values",
                    f"printed growth is `{growth.text}`; `{first.text}` ({first.period}) and "
                    f"`{last.text}` ({last.period}) give {mean:.1f}%",
                )


def _per_capita(city: City, own: Sequence[CityQuantity], edition: str) -> Iterator[Finding]:
    people = city.population
    heads = [q for q in own if q.indicator == "gdp_per_capita"]
    totals = [q for q in own if q.indicator == "gdp"]
    for head in heads:
        for total in totals:
            comparable = (head.unit, head.period) == (total.unit, total.period)
            if not (comparable and people and head.value and total.value):
                continue
            given = total.value / people
            if abs(given - head.value) > _PER_CAPITA_SHARE * head.value:
                yield _finding(
                    city,
                    head,
                    edition,
                    "per_capita_differs_from_total",
                    f"`{head.text}` a head is printed; `{total.text}` and {people:,} people give "
                    f"{given:,.0f} {head.unit}",
                )


def _finding(city: City, quantity: CityQuantity, edition: str, check: str, message: str) -> Finding:
    return Finding(
        "info", check, message, edition, city.city_id, "quantities", "value", quantity.where
    )
