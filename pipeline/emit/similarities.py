"""Which places could work together: the profiles of an edition that share themes."""

from __future__ import annotations

from heapq import nsmallest
from itertools import combinations

from pipeline.emit.tables import Row

MANY, NEAREST = 300, 50


def similarities_rows(cities: list[Row], city_themes: list[Row], themes: list[Row]) -> list[Row]:
    """A row for every two profiles of an edition that name a common theme.

    Primary and cross-cutting themes count alike; a label that fits no theme counts for nothing.
    Of an edition of more than `MANY` profiles, a pair has a row only if one is among the `NEAREST`
    of the other: their number would grow with the square of the profiles.
    """
    primary = {t["theme"] for t in themes if t["group"] == "primary"}
    named: dict[str, dict[str, set[str]]] = {}
    for row in city_themes:
        if row["theme"] is not None:
            own = named.setdefault(row["edition"], {})
            own.setdefault(row["city_id"], set()).add(row["theme"])
    country = {(c["edition"], c["city_id"]): c["country_code"] for c in cities}
    rows = []
    for edition, by_city in named.items():
        pairs = combinations(sorted(by_city), 2) if len(by_city) <= MANY else _nearest(by_city)
        for a, b in pairs:
            shared = by_city[a] & by_city[b]
            if not shared:
                continue
            union = by_city[a] | by_city[b]
            lands = (country[edition, a], country[edition, b])
            rows.append(
                {
                    "edition": edition,
                    "city_a": a,
                    "city_b": b,
                    "shared_themes": " ".join(sorted(shared)),
                    "shared": len(shared),
                    "jaccard": round(len(shared) / len(union), 4),
                    "jaccard_primary": round(len(shared & primary) / len(union & primary), 4)
                    if union & primary
                    else None,
                    "across_countries": None if None in lands else lands[0] != lands[1],
                }
            )
    return rows


def _nearest(by_city: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The pairs of which one is among the nearest of the other, in order."""
    pairs: set[tuple[str, str]] = set()
    for city, own in by_city.items():
        alike = (
            (-len(own & themes) / len(own | themes), other)
            for other, themes in by_city.items()
            if other != city and own & themes
        )
        pairs.update((min(city, other), max(city, other)) for _, other in nsmallest(NEAREST, alike))
    return sorted(pairs)
