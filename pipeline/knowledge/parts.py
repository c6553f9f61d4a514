"""What tells a part of a country beside a name (`长春（吉林省）`) from its other name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.knowledge.places import Places, places
from pipeline.knowledge.subdivisions import Subdivisions, subdivisions
from pipeline.textforms import has_han


class Parts(NamedTuple):
    """The parts of countries, and the places that may bear their names."""

    subdivisions: Subdivisions
    places: Places

    def is_part(self, text: str, name: str) -> bool:
        """Whether what stands beside a name, in the other script, is a part of a country.

        `吉林省` beside `Changchun`, but not `Chiang Mai` beside `清迈`: that province has its name
        from the city.
        """
        if self.subdivisions.country_of(text) is None:
            return False
        han, latin = (text, name) if has_han(text) else (name, text)
        han = "".join(han.split())
        if self.places.candidates(han, latin, None):
            return False
        same = set(self.subdivisions.in_chinese(han)) & set(self.subdivisions.named(latin))
        unknown = han != "".join(text.split()) and not self.places.is_known(han)
        return not same and not (unknown and self.places.is_known(latin))


@cache
def parts() -> Parts:
    """The parts of countries of the project's knowledge."""
    return Parts(subdivisions(), places())
