"""What the prose of a profile says against its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.hanzi import simplified
from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.units import Units
from pipeline.model import Finding, Severity
from pipeline.normalise.printed import Printed
from pipeline.normalise.spelling import other_dashes, other_spellings
from pipeline.normalise.statements import contradicts, statements
from pipeline.records import City


def prose_doubts(
    city: City, prose: Sequence[Printed], edition: str, lexicon: Lexicon
) -> Iterator[Finding]:
    """A finding for each statement against the header and each other spelling of the name."""
    for printed in prose:
        yield from _against_header(city, printed, edition, lexicon.units)
        yield from _spelled_otherwise(city, printed, edition, lexicon.kinds.endings)


def _against_header(city: City, printed: Printed, edition: str, units: Units) -> Iterator[Finding]:
    names = tuple(
        n for n in (city.name_zh, *re.split("[-—]", city.name_zh or ""), city.name_en) if n
    )
    header = {"population": city.population_text, "area_km2": city.area_text}
    for said in statements(printed.paragraph.text, names, units):
        value = city.population if said.field == "population" else city.area_km2
        if value is None or not contradicts(said, float(value)):
            continue
        yield Finding(
            "warning",
            "header_contradicts_prose",
            f"the header prints `{header[said.field]}`, the prose `{said.text}`",
            edition,
            city.city_id,
            "cities",
            said.field,
            printed.where_of(said.text),
        )


def _spelled_otherwise(
    city: City, printed: Printed, edition: str, endings: Sequence[str]
) -> Iterator[Finding]:
    name, text = city.name_zh or "", printed.paragraph.text
    # Compared in simplified characters, one for one; shown as printed.
    spellings: dict[str, Severity] = {
        text[start : start + len(s)]: "warning"
        for s, start in other_spellings(simplified(name), endings, simplified(text))
    }
    spellings |= dict.fromkeys(other_dashes(name, text), "info")
    for spelling, severity in spellings.items():
        yield Finding(
            severity,
            "name_spelled_two_ways",
            f"the name `{city.name_zh}` is also printed as `{spelling}`",
            edition,
            city.city_id,
            "cities",
            "name_zh",
            printed.where_of(spelling),
        )
