"""What tells a part of a country beside a name (`长春（吉林省）`) from its other name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.knowledge.kinds import Kinds, kinds
from pipeline.knowledge.places import Places, places
from pipeline.knowledge.subdivisions import Subdivisions, subdivisions
from pipeline.textforms import has_han, slug


class Parts(NamedTuple):
    """The parts of countries, and the places that may bear their names."""

    subdivisions: Subdivisions
    places: Places
    kinds: Kinds

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

    def before(self, han: str, latin: str) -> int:
        """How long the part of a country is that stands before a Chinese name (云南省昆明市).

        What follows it must be a name by itself; where the Latin name holds the part as well, it
        is of the name.
        """
        end = self.subdivisions.stated_before(han) if has_han(han) else 0
        rest = han[end:]
        own = len(rest) > 1 and (self.places.is_known(rest) or self.kinds.says_kind(rest))
        return end if end and own and not self._in_latin(han[:end], latin) else 0

    def beside(self, text: str, names: Sequence[str], latin: str) -> bool:
        """Whether a name line is the part of a country in which the place of the others lies.

        It says its level (山东省), another line in its script names a place, and the Latin name
        does not hold it.
        """
        if not self.subdivisions.says_level(text):
            return False
        others = [n for n in names if n != text and has_han(n) is has_han(text)]
        named = any(self.places.is_known(n) or self.kinds.says_kind(n) for n in others)
        return named and not (has_han(text) and self._in_latin(text, latin))

    def below(self, text: str, above: Sequence[str], latin: str, country: str | None) -> bool:
        """Whether a line is the part of a country below the Latin name of a place (`Bavaria`).

        It need say no level where the country is printed too; the lines together are no place.
        """
        return (
            not has_han(text)
            and self.subdivisions.is_of(text, country)
            and any(self.places.is_known(line) for line in above if not has_han(line))
            and not (self.places.is_known(latin) or self.subdivisions.named(latin))
        )

    def behind(self, latin: str) -> tuple[str, str] | None:
        """A Latin name and the part of a country behind its comma (`Yantai, Shandong`), or None."""
        name, comma, part = (x.strip() for x in latin.rpartition(","))
        if not comma or not self.places.is_known(name):
            return None
        return (name, part) if self.subdivisions.country_of(part) else None

    def _in_latin(self, part: str, latin: str) -> bool:
        """Whether a Latin name holds the name of a part of a country, and more than that."""
        words = f"-{slug(latin)}-"
        found = self.subdivisions.in_chinese(part)
        held = [f"-{slug(self.subdivisions.plain_name(e))}-" for e in found]
        return any(name in words and name != words for name in held)


@cache
def parts() -> Parts:
    """The parts of countries of the project's knowledge."""
    return Parts(subdivisions(), places(), kinds())
