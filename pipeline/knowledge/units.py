"""Units and magnitudes of header values, and how the number before them is written."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge import load_toml


class Units:
    """Header units with their factors. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self.population: dict[str, float] = data["population"]
        self.area: dict[str, float] = data["area"]
        self.magnitudes: dict[str, int] = data["magnitudes"]
        self.approximations: tuple[str, ...] = tuple(
            sorted(data["approximations"]["words"], key=len, reverse=True)
        )
        magnitude = "|".join(map(re.escape, sorted(self.magnitudes, key=len, reverse=True)))
        # Digits with any printed separator; which one it is, is decided where values are made.
        self.number_pattern = rf"\d[\d.,' \u2019]*(?:\s*多|\s*余)?\s*(?:{magnitude})?"


@cache
def units() -> Units:
    """The project's units, read once."""
    return Units(load_toml("units.toml"))
