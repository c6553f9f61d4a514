"""Values that a profile's page prints of another area than the place itself."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.knowledge.units import Units
from pipeline.model import Finding
from pipeline.records import City
from pipeline.textforms import plain

_SHOWN = 80  # characters of a line in a message


def scope_doubts(city: City, edition: str, units: Units) -> Iterator[Finding]:
    """That a population or an area is printed as one of a wider or a narrower area.

    The value stands as it is printed. A word that the place's own name holds says nothing.
    """
    if not (pattern := units.other_areas.get(city.kind)):
        return
    named = plain(f"{city.name_zh} {city.name_en}").casefold()
    for role, field, printed in (
        ("population", "population", city.population_text or ""),
        ("area", "area_km2", city.area_text or ""),
    ):
        words = (m[0] for m in pattern.finditer(plain(printed).casefold()))
        word = next((w for w in words if w not in named), None)
        if word:
            text = printed[:_SHOWN]
            yield Finding(
                "warning",
                "value_of_other_area",
                f"the {role} is printed as one of another area, `{word}`: `{text}`; "
                "check the print",
                edition,
                city.city_id,
                "cities",
                field,
                city.where,
            )
