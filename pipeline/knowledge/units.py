"""Units and magnitudes of header values, and the lines that print such values."""

from __future__ import annotations

from functools import cache
from typing import Any

from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.figures import Figures, any_whole_word


class Units:
    """Header values: how they are printed, and Chinese numerals. Immutable after construction."""

    def __init__(
        self, data: dict[str, Any], labels: dict[str, Any], numerals: dict[str, Any]
    ) -> None:
        about = data["approximations"]
        common = (data["magnitudes"], about["words"], about["after"])
        self.population = Figures(
            labels["population"]["labels"], data["population"], *common, unit_needed=False
        )
        self.area = Figures(labels["area"]["labels"], data["area"], *common, unit_needed=True)
        self.other_areas = {
            kind: any_whole_word(words) for kind, words in data["other_areas"].items()
        }
        self.digits: dict[str, int] = numerals["zh"]
        self.tens: dict[str, int] = numerals["zh_tens"]


@cache
@made_of("units.toml")
def units() -> Units:
    """The project's units, read once."""
    numerals = load_toml("measures.toml")["numerals"]
    return Units(load_toml("units.toml"), load_toml("layouts.toml"), numerals)
