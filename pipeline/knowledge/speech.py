"""How prose speaks of countries, places, organisations and programmes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.knowledge import load_toml, open_csv
from pipeline.knowledge.countries import Countries, countries
from pipeline.textforms import has_han


class Speech:
    """All of `mentions.toml` with the country names of CLDR. Immutable after construction."""

    def __init__(
        self, data: Mapping[str, Any], names: Countries, places: Mapping[str, str]
    ) -> None:
        self.abbreviations: dict[str, str] = data["abbreviations"]
        pairs = data["pairs"]
        self.partners = frozenset(pairs["partners"])
        self.combinations = tuple(sorted(pairs["combinations"], key=len, reverse=True))
        self.follow = tuple(pairs["follow"])
        self.locative = tuple(pairs["locative"])
        self.compounds = tuple(pairs["compounds"])
        self.single = frozenset(pairs["single"])
        known = {**names.all_names(), **data["names"]["also"]}
        ambiguous = set(data["names"]["ambiguous"])
        self.countries = {n: c for n, c in known.items() if len(n) > 1 and n not in ambiguous}
        self.not_inside = tuple(data["names"]["not_inside"])
        self.not_followed = tuple(data["names"]["not_followed"])
        bodies = data["organisations"]
        self.bodies = _alternatives(bodies["names"])
        self.endings = tuple(sorted(bodies["endings"], key=len, reverse=True))
        self.generic = frozenset(bodies["generic"])
        self.programmes = re.compile("|".join(data["programmes"]["patterns"]), re.IGNORECASE)
        self.places = dict(places)
        self.han_names = _alternatives(n for n in self.countries if has_han(n))
        latin = sorted((n for n in self.countries if not has_han(n)), key=len, reverse=True)
        self.latin_names = re.compile(rf"\b(?:{'|'.join(map(re.escape, latin))})\b", re.IGNORECASE)
        self.place_names = _alternatives(places)


def _alternatives(names: Any) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))


@cache
def speech() -> Speech:
    """The project's knowledge of how prose speaks, read once."""
    rows = csv.DictReader(io.StringIO(open_csv("place_words.csv")))
    places = {row["name"]: row["country"] for row in rows}
    return Speech(load_toml("mentions.toml"), countries(), places)
