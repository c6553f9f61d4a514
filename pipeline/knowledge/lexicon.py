"""All that `normalise` knows, in one value."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars, calendars
from pipeline.knowledge.countries import Countries, countries
from pipeline.knowledge.hyphens import Hyphens, hyphens
from pipeline.knowledge.kinds import Kinds, kinds
from pipeline.knowledge.measures import Grammar, grammar
from pipeline.knowledge.places import Places, places
from pipeline.knowledge.speech import Speech, speech
from pipeline.knowledge.subdivisions import Subdivisions, subdivisions
from pipeline.knowledge.themes import Taxonomy, taxonomy
from pipeline.knowledge.units import Units, units


class Lexicon(NamedTuple):
    """Countries, kinds, the gazetteer, themes, units, calendars, quantities, mentions, hyphens."""

    countries: Countries
    kinds: Kinds
    places: Places
    subdivisions: Subdivisions
    themes: Taxonomy
    units: Units
    calendars: Calendars
    grammar: Grammar
    speech: Speech
    hyphens: Hyphens


@cache
def lexicon() -> Lexicon:
    """The project's lexicon, read once."""
    return Lexicon(
        countries=countries(),
        kinds=kinds(),
        places=places(),
        subdivisions=subdivisions(),
        themes=taxonomy(),
        units=units(),
        calendars=calendars(),
        grammar=grammar(),
        speech=speech(),
        hyphens=hyphens(),
    )
