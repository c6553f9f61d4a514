"""Places with coordinates (GeoNames) and ISO 3166-2 subdivisions, matched only where certain.

`places.csv` is a slim extract of GeoNames (CC BY 4.0) made by `build_places.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import msgspec

from pipeline.hanzi import simplified
from pipeline.knowledge import load_csv, made_of
from pipeline.textforms import has_han, slug


class Place(msgspec.Struct, frozen=True):
    """A populated place of GeoNames; `english` is its name in English print."""

    geonames_id: int
    name: str
    country: str
    subdivision: str | None
    latitude: float
    longitude: float
    population: int
    english: str


_LEAST_HAN, _LONGEST_HAN = 3, 8
_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")


def _quick_slug(name: str) -> str:
    """The slug of a name; plain ASCII ones, nearly all, need no folding."""
    return name.lower().replace(" ", "-") if _PLAIN.fullmatch(name) else slug(name)


_Row = Sequence[str]  # of places.csv, see COLUMNS
COLUMNS = (
    "geonames_id", "name", "ascii_name", "country", "subdivision",
    "latitude", "longitude", "population", "names_zh", "names_latin", "english",
)  # fmt: skip
_COUNTRY, _NAMES_ZH = COLUMNS.index("country"), COLUMNS.index("names_zh")


class Places:
    """Populated places by their Chinese and Latin names; the latter are folded when asked for."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        self._han: dict[str, list[int]] = defaultdict(list)
        self._of_country: dict[str, list[int]] = defaultdict(list)
        self._latin: dict[str, dict[str, list[int]]] = {}
        self._all_latin: set[str] = set()
        for i, row in enumerate(rows):
            self._of_country[row[_COUNTRY]].append(i)
            if row[_NAMES_ZH]:
                for name in row[_NAMES_ZH].split("|"):
                    self._han[name].append(i)

    def _place(self, i: int) -> Place:
        row = dict(zip(COLUMNS, self._rows[i], strict=True))
        return Place(
            int(row["geonames_id"]),
            row["name"],
            row["country"],
            row["subdivision"] or None,
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["population"] or 0),
            row["english"] or row["name"],
        )

    def _slugs(self, i: int) -> set[str]:
        """The Latin names of a place, folded."""
        row = dict(zip(COLUMNS, self._rows[i], strict=True))
        names = {row["name"], row["ascii_name"], *row["names_latin"].split("|")}
        return {_quick_slug(n) for n in names if n}

    def _by_latin(self, latin: str, country: str) -> set[int]:
        """The places of a country with a Latin name."""
        if country not in self._latin:
            index: dict[str, list[int]] = defaultdict(list)
            for i in self._of_country.get(country, ()):
                for key in self._slugs(i):
                    index[key].append(i)
            self._latin[country] = index
        return set(self._latin[country].get(slug(latin), ()))

    def named(self, latin: str) -> tuple[Place, ...]:
        """The places of all countries with a Latin name."""
        found = {i for country in self._of_country for i in self._by_latin(latin, country)}
        return tuple(self._place(i) for i in sorted(found))

    def is_known(self, name: str) -> bool:
        """Whether any place bears a printed name, in either script."""
        return bool(self._by_han(name) if has_han(name) else self._any_latin(slug(name)))

    def _any_latin(self, key: str) -> bool:
        if not self._all_latin:
            self._all_latin.update(key for i in range(len(self._rows)) for key in self._slugs(i))
        return bool(key) and key in self._all_latin

    def candidates(
        self, han: str | None, latin: str | None, country: str | None
    ) -> tuple[Place, ...]:
        """The places that bear the given names: both of them, or the Latin one in the country.

        A Chinese name alone counts only with the country and where no Latin name is given: one
        place has many Chinese spellings. Nothing is returned for a name that fits no place.
        """
        by_han = set(self._by_han(han)) if han else set()
        if country is None:
            key = slug(latin) if latin else None
            found = {i for i in by_han if key in self._slugs(i)}
            return tuple(self._place(i) for i in sorted(found))
        by_han = {i for i in by_han if self._rows[i][_COUNTRY] == country}
        by_latin = self._by_latin(latin, country) if latin else set()
        found = (by_han & by_latin) or (by_latin if latin else by_han)
        return tuple(self._place(i) for i in sorted(found))

    def _by_han(self, han: str) -> list[int]:
        """The places with a Chinese name in either script, with or without 市."""
        forms = {han, simplified(han)}
        names = {n for f in forms for n in (f, f"{f}市", f.removesuffix("市"))}
        return [i for name in sorted(names) for i in self._han.get(name, ())]

    def longest_at(self, text: str, start: int, stop: int) -> int | None:
        """Where the longest Chinese name of a place ends that begins at a character of a text.

        It ends before `stop` and has three characters or more: shorter ones are words as well.
        """
        for end in range(min(stop, start + _LONGEST_HAN), start + _LEAST_HAN - 1, -1):
            if text[start:end] in self._han:
                return end
        return None

    def named_in_chinese(self, han: str) -> tuple[Place, ...]:
        """The places of all countries with a Chinese name; it takes more to tell which is meant."""
        return tuple(self._place(i) for i in sorted(set(self._by_han(han))))

    def at_beginning(self, han: str, latin: str) -> tuple[Place, ...]:
        """The places with whose name both names begin (`广州开发区`, `Guangzhou Development …`)."""
        words = latin.split()
        for length in range(len(han) - 1, 1, -1):
            for count in range(len(words) - 1, 0, -1):
                found = self.candidates(han[:length], " ".join(words[:count]), None)
                if found:
                    return found
        return ()


@cache
@made_of("places.csv")
def places() -> Places:
    """The places of `places.csv`, read once."""
    return Places(load_csv("places.csv", COLUMNS))
