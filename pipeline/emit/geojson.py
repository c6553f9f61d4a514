"""Profiles → `cities.geojson` (RFC 7946): a point for each place, for maps.

The file has the latest edition of each series, so that no two points lie upon one another; other
editions join by `city_id` from `tables/cities`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

COLLECTION = (b'{"type":"FeatureCollection","name":"cities","features":[\n', b"\n]}\n")
# The columns of `cities` that a map shows or filters by, and those that lead back to the page.
_PROPERTIES = (
    "edition", "city_id", "name_zh", "name_en", "kind", "country_code", "subdivision_code",
    "geonames_id", "population", "area_km2", "density_per_km2", "population_text", "area_text",
    "source_id", "page", "line_start", "line_end",
)  # fmt: skip


def features(cities: Sequence[dict[str, Any]], themes: Sequence[dict[str, Any]]) -> bytes:
    """A feature for each row of `cities`, a line each, with commas between; no brackets around.

    The property `themes` has the codes of the place's themes in alphabetical order with a space
    between, since programs for maps know no lists. A place without coordinates has no geometry.
    """
    codes: dict[tuple[str, str], set[str]] = {}
    for row in themes:
        if row["theme"]:
            codes.setdefault((row["edition"], row["city_id"]), set()).add(row["theme"])
    return b",\n".join(_feature(c, codes.get((c["edition"], c["city_id"]), ())) for c in cities)


def _feature(city: dict[str, Any], themes: Sequence[str] | set[str]) -> bytes:
    located = city["latitude"] is not None and city["longitude"] is not None
    point = {"type": "Point", "coordinates": [city["longitude"], city["latitude"]]}
    properties = {name: city[name] for name in _PROPERTIES}
    return msgspec.json.encode(
        {
            "type": "Feature",
            "id": f"{city['edition']}/{city['city_id']}",
            "geometry": point if located else None,
            "properties": {**properties, "themes": " ".join(sorted(themes)) or None},
        }
    )
