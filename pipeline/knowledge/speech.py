"""How prose speaks of countries, places, organisations and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.knowledge import load_csv, load_toml, made_of
from pipeline.knowledge.countries import Countries, countries
from pipeline.knowledge.places import places as gazetteer
from pipeline.textforms import before_any, has_han


class NameFinder:
    """Names as they are printed, of two letters or more, found in any text.

    One pattern of all of them would take longer to compile than a brochure takes to read.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_pair: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda n: (-len(n), n)):
            self._by_pair.setdefault(name[:2], []).append(name)
        self._first = re.compile(before_any(self._by_pair))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each name, from left to right; of several at a place, of the longest."""
        end = 0
        for found in self._first.finditer(text):
            start = found.start()
            if start < end:
                continue
            for name in self._by_pair.get(text[start : start + 2], ()):
                if text.startswith(name, start):
                    end = start + len(name)
                    yield start, end
                    break


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
        self.singles = re.compile(
            f"[{''.join(sorted(pairs['single']))}][{''.join(pairs['compounds'])}]"
        )
        known = {**names.all_names(), **data["names"]["also"]}
        ambiguous = set(data["names"]["ambiguous"])
        self.countries = {n: c for n, c in known.items() if len(n) > 1 and n not in ambiguous}
        self.not_inside = tuple(data["names"]["not_inside"])
        self.not_followed = tuple(data["names"]["not_followed"])
        bodies = data["organisations"]
        self.bodies = NameFinder(bodies["names"])
        self.endings = tuple(sorted(bodies["endings"], key=len, reverse=True))
        self.generic = frozenset(bodies["generic"])
        self.common = tuple(bodies["common"])
        self.not_in_bodies = frozenset((*bodies["not_in_names"], *bodies["particles"]))
        self.programmes = re.compile("|".join(data["programmes"]["patterns"]), re.IGNORECASE)
        self.places = dict(places)
        self.han_names = NameFinder(n for n in self.countries if has_han(n))
        latin = sorted((n for n in self.countries if not has_han(n)), key=len, reverse=True)
        self.latin_names = re.compile(
            rf"{before_any(latin)}\b(?:{'|'.join(map(re.escape, latin))})\b", re.IGNORECASE
        )
        self.place_names = NameFinder(places)

    def place_at(self, text: str, start: int, stop: int) -> int | None:
        """Where a place of the gazetteer ends that begins there, see `Places.longest_at`."""
        return gazetteer().longest_at(text, start, stop)


@cache
@made_of("mentions.toml", "place_words.csv")
def speech() -> Speech:
    """The project's knowledge of how prose speaks, read once."""
    places = dict(load_csv("place_words.csv", ("name", "country")))
    return Speech(load_toml("mentions.toml"), countries(), places)
