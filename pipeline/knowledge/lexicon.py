"""All that `normalise` knows, in one value."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars, calendars
from pipeline.knowledge.countries import Countries, countries
from pipeline.knowledge.kinds import Kinds, kinds
from pipeline.knowledge.places import Places, Subdivisions, places, subdivisions
from pipeline.knowledge.themes import Taxonomy, taxonomy
from pipeline.knowledge.units import Units, units


class Lexicon(NamedTuple):
    """Countries, kinds of places, the gazetteer, themes, units and calendar words."""

    countries: Countries
    kinds: Kinds
    places: Places
    subdivisions: Subdivisions
    themes: Taxonomy
    units: Units
    calendars: Calendars


@cache
def lexicon() -> Lexicon:
    """The project's lexicon, read once."""
    return Lexicon(countries(), kinds(), places(), subdivisions(), taxonomy(), units(), calendars())
