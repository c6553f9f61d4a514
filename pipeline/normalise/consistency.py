"""Quantities of one profile against one another and against its header."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import msgspec

from pipeline.knowledge.countries import own_dollars
from pipeline.model import Finding
from pipeline.records import City, CityQuantity

CHECKS = ("growth_differs_from_values", "per_capita_differs_from_total", "dollars_of_whom")
_DOLLARS = re.compile(r"\bdollars?\b|\$", re.IGNORECASE)
_AMERICAN = re.compile(r"\bU\.?S\b|\bUSD?|American", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_GROWTH_OF = {
    "gdp_growth": "gdp",
    "trade_growth": "trade_total",
    "income_growth": "disposable_income",
}
_GROWTH_STEP = 0.25  # percentage points beyond rounding that values and growth may differ
_MOST_VALUES = 3
_PER_CAPITA_SHARE = 0.1  # part by which a value per head may differ from total by people


def consistency_doubts(
    city: City, quantities: Sequence[CityQuantity], edition: str
) -> Iterator[Finding]:
    """Growth against the two values it joins, a value per head against total and people, dollars.

    Growth is printed in constant prices and values in current ones, so a difference is
    information and no contradiction.
    """
    own = [q for q in quantities if q.city_id == city.city_id and q.value is not None]
    yield from _growth(city, own, edition)
    yield from _per_capita(city, own, edition)
    yield from _dollars(city, own, edition)


def _dollars(city: City, own: Sequence[CityQuantity], edition: str) -> Iterator[Finding]:
    """Dollars that the text does not call American, of a place that has dollars of its own."""
    for quantity in own:
        bare = _DOLLARS.search(quantity.text) and not _AMERICAN.search(quantity.text)
        if quantity.unit != "USD" or not bare:
            continue
        currency = own_dollars(city.country_code or "")
        if currency:
            message = f"`{quantity.text}` is read as USD; {city.country_code} has {currency}"
            finding = _finding(city, quantity, edition, "dollars_of_whom", message)
            yield msgspec.structs.replace(finding, severity="warning", field="unit")


def _growth(city: City, own: Sequence[CityQuantity], edition: str) -> Iterator[Finding]:
    values = _one_of_each(q for q in own if _YEAR.fullmatch(q.period or "") and q.comparator == "=")
    for growth in own:
        total = _GROWTH_OF.get(growth.indicator or "")
        years = _YEAR.findall(growth.period or "")
        if not total or not years or growth.value is None:
            continue
        if len(years) == 1:
            years = [str(int(years[0]) - 1), years[0]]
        span = int(years[-1]) - int(years[0])
        for first, last in product(*(values.get((total, y), ()) for y in (years[0], years[-1]))):
            same_unit = first.unit == last.unit and bool(first.value and last.value)
            if not same_unit or span < 1:
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


def _one_of_each(
    quantities: Iterable[CityQuantity],
) -> dict[tuple[str | None, str | None], list[CityQuantity]]:
    """Quantities by indicator and period, each value once.

    Where a text gives many values for one thing and time, none can be held against others.
    """
    found: dict[tuple[str | None, str | None], dict[object, CityQuantity]] = defaultdict(dict)
    for q in quantities:
        found[q.indicator, q.period].setdefault((q.value, q.unit), q)
    return {key: list(qs.values()) for key, qs in found.items() if len(qs) <= _MOST_VALUES}


def _per_capita(city: City, own: Sequence[CityQuantity], edition: str) -> Iterator[Finding]:
    people = city.population
    totals = _one_of_each(q for q in own if q.indicator == "gdp")
    heads = _one_of_each(q for q in own if q.indicator == "gdp_per_capita")
    for head in (q for several in heads.values() for q in several):
        for total in totals.get(("gdp", head.period), ()):
            if not (head.unit == total.unit and people and head.value and total.value):
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
