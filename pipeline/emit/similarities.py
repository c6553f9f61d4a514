"""Which places could work together: the profiles of an edition that share themes."""

from __future__ import annotations

from itertools import combinations
from typing import Any

Row = dict[str, Any]


def similarities_rows(cities: list[Row], city_themes: list[Row], themes: list[Row]) -> list[Row]:
    """A row for every two profiles of an edition that name a common theme.

    Primary and cross-cutting themes count alike; a label that fits no theme counts for nothing.
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
        for a, b in combinations(sorted(by_city), 2):
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
