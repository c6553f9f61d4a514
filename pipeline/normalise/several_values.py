"""Values of a profile beside the one that is read: the page may tell of two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from pipeline.knowledge.units import Units
from pipeline.model import Finding, Segments
from pipeline.normalise.numbers import header_readings
from pipeline.records import City

_FIELDS = {"population": "population", "area": "area_km2"}
_ROUNDED = Decimal("0.01")  # by which one value may differ from another, printed less exactly
_SHOWN = 80  # characters of a line in a message


class PrintedValues:
    """The lines of a document that print a population or an area, by profile."""

    def __init__(self, segments: Segments) -> None:
        self._edition = segments.document.source.edition.edition
        self._texts: dict[tuple[int, str], list[str]] = defaultdict(list)
        for line, told in zip(segments.document.lines, segments.roles, strict=True):
            if told.role in _FIELDS and any(map(str.isdigit, line.text)):
                self._texts[told.profile, told.role].append(line.text.strip())

    def doubts(self, profiles: Collection[int], city: City, units: Units) -> Iterator[Finding]:
        """That the pages of a place print more than one population, or area.

        `profiles` are those that tell of it. A value that is printed again, in another language or
        less exactly, is the same one.
        """
        for role, field in _FIELDS.items():
            texts = list(dict.fromkeys(t for i in profiles for t in self._texts[i, role]))
            if not _says_one_value(texts, role, units):
                named = ", ".join(f"`{text[:_SHOWN]}`" for text in texts)
                yield Finding(
                    "warning",
                    "several_values",
                    f"the profile prints more than one {role}: {named}; check that it is one place",
                    self._edition,
                    city.city_id,
                    "cities",
                    field,
                    city.where,
                )


def _says_one_value(texts: Sequence[str], role: str, units: Units) -> bool:
    """Whether lines print one value, or none."""
    if len({"".join(filter(str.isdigit, text)) for text in texts}) < 2:
        return True
    figures = units.population if role == "population" else units.area
    first, *others = (header_readings(text, figures, units).values for text in texts)
    return any(
        all(any(abs(v - w) <= _ROUNDED * max(v, w) for w in values) for values in others)
        for v in first
    )
