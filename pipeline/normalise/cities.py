"""The header of a profile → names, country, kind, population, area, place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.knowledge.countries import Countries
from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.places import Place
from pipeline.model import City, Document, Finding, Piece, Profile, Severity, Where
from pipeline.normalise.numbers import header_readings
from pipeline.pieces import piece_text, where_lines
from pipeline.textforms import (
    has_han,
    has_latin,
    in_parentheses,
    slug,
    visible_text,
    without_parentheses,
)

_UNKNOWN_COUNTRY = "zz"  # CLDR's code for an unknown region
_DENSITY = (Decimal("0.5"), Decimal(60000))  # people per km², from emptiest to fullest
_SAME_ORDER = 2  # a city proper and its municipality often differ by less
_POPULATION = (Decimal(100), Decimal(1_000_000_000))
_HAN_AND_LATIN = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*[/|]?\s*(?=[A-Za-z\u00c0-\u024f])"
    r"|(?<=[A-Za-z\u00c0-\u024f])\s*[/|]?\s*(?=[\u4e00-\u9fff])"
)


class Names(NamedTuple):
    """The names in a profile's header, as printed but for spacing and line breaks."""

    zh: str | None
    en: str | None
    country: str | None


class Header(NamedTuple):
    """A profile's city and what is doubtful about it."""

    city: City
    findings: tuple[Finding, ...]


class Doubt(NamedTuple):
    """A finding in the making, before the city's id is known."""

    severity: Severity
    check: str
    field: str
    message: str


def read_names(texts: Sequence[str], countries: Countries) -> Names:
    """The Chinese name, the Latin name and the country from the printed name lines.

    A country stands in parentheses, after a comma, or on a line of its own.
    """
    han: list[str] = []
    latin: list[str] = []
    country = None
    for number, line in enumerate(texts):
        text = unicodedata.normalize("NFC", visible_text(line))
        country = country or in_parentheses(text)
        text = without_parentheses(text).strip("\f ")
        name, comma, last = text.rpartition(",")
        if comma and country is None and countries.code(last):
            text, country = name, last.strip()
        if number and country is None and countries.code(text):
            country = text.strip()
            continue
        for part in _HAN_AND_LATIN.split(text):
            if has_han(part):
                han.append("".join(part.split()))
            elif has_latin(part):
                latin.append(" ".join(part.split()))
    name_en = ""
    for part in latin:
        glued = name_en.endswith("-") or part.startswith("-")
        name_en += part if not name_en or glued else f" {part}"
    nfc = unicodedata.normalize
    return Names(
        nfc("NFC", "".join(han)) or None,
        nfc("NFC", name_en) or None,
        country and nfc("NFC", country),
    )


def read_header(
    document: Document, profile: Profile, position: int, prose: Sequence[str], lexicon: Lexicon
) -> Header:
    """The `cities` row of a profile. `prose` are the paragraphs of its sections, in order."""
    edition = document.source.edition.edition
    names = read_names([piece_text(document, p) for p in profile.names], lexicon.countries)
    where = header_where(document, profile)
    printed = lexicon.countries.code(names.country) if names.country else None
    kind = lexicon.kinds.kind(names.zh, names.en, printed or _home(names, lexicon), prose)
    doubts: list[Doubt] = []
    population_text = _printed(document, profile.population)
    area_text = _printed(document, profile.area)
    population = _population(population_text, lexicon, doubts)
    area = _area(area_text, population, lexicon, doubts)
    code, place, subdivision = (
        (printed, None, None)
        if names.country and not printed
        else _location(names, printed, kind, population, lexicon)
    )
    doubts += _doubts(names, printed, kind, population, Location(code, place, subdivision))
    city_id = make_city_id(code, names, f"{edition}-{position}")
    city = City(
        city_id=city_id,
        position=position,
        name_zh=names.zh,
        name_en=names.en,
        kind=kind,
        country_code=code,
        country_zh=names.country if names.country and has_han(names.country) else None,
        subdivision_code=subdivision,
        geonames_id=place.geonames_id if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        population=population,
        area_km2=area,
        population_text=population_text,
        area_text=area_text,
        where=where,
    )  # fmt: skip
    findings = tuple(
        Finding(d.severity, d.check, d.message, edition, city_id, "cities", d.field, where)
        for d in doubts
    )
    return Header(city, findings)


def _doubts(
    names: Names, printed: str | None, kind: str, population: int | None, at: Location
) -> Iterator[Doubt]:
    """What of a header's country and place a reader should know to be inferred or missing."""
    if names.country and not printed:
        yield Doubt(
            "warning",
            "unknown_country",
            "country_code",
            f"`{names.country}` beside the name is no country known here; if it is one, add it to "
            "pipeline/knowledge/countries.toml",
        )
    elif printed is None and at.country:
        yield Doubt(
            "info",
            "country_not_printed",
            "country_code",
            f"no country is printed beside the name; {at.country} is that of the place which bears "
            "the name, or its beginning, in Chinese and in Latin letters",
        )
    elif at.country is None:
        yield Doubt(
            "warning",
            "unknown_country",
            "country_code",
            "no country is printed beside the name, and none follows from the name for certain",
        )
    if at.place is None:
        why = (
            "no single place is certain"
            if kind == "city"
            else "its packaged extract holds only towns"
        )
        yield Doubt("info", "place_not_matched", "geonames_id", f"not matched with GeoNames: {why}")
    elif population and not _same_order(population, at.place.population):
        yield Doubt(
            "info",
            "population_differs_from_gazetteer",
            "population",
            f"printed {population:,}; GeoNames has {at.place.population:,} for {at.place.name}, "
            "perhaps without its surroundings",
        )
    if at.subdivision is None:
        yield Doubt(
            "info",
            "subdivision_not_matched",
            "subdivision_code",
            "not matched with ISO 3166-2: no single subdivision is certain",
        )


def header_where(document: Document, profile: Profile) -> Where:
    """Where a profile's header stands: its name and numbers, or else the whole profile."""
    pieces = [*profile.names, *(p for p in (profile.population, profile.area) if p)]
    lines = [p.line for p in pieces] or [profile.line_start, profile.line_end]
    return where_lines(document, lines)


def make_city_id(country: str | None, names: Names, nameless: str) -> str:
    """`<country code>-<latin name slug>`; a name without Latin letters gives a stable digest.

    `nameless` tells profiles without any name apart; it must not repeat over editions.
    """
    prefix = (country or _UNKNOWN_COUNTRY).lower()
    name = slug(names.en or "")
    if not name:
        name = f"x{hashlib.sha256((names.zh or nameless).encode()).hexdigest()[:8]}"
    return f"{prefix}-{name}"


def _printed(document: Document, piece: Piece | None) -> str | None:
    return unicodedata.normalize("NFC", piece_text(document, piece).strip()) if piece else None


class Location(NamedTuple):
    """Where a profile's place lies, as far as its names tell for certain."""

    country: str | None
    place: Place | None
    subdivision: str | None


def _locate(
    names: Names, country: str | None, population: int | None, lexicon: Lexicon
) -> tuple[Place, ...]:
    """The places that may be meant; where several bear the names, those of the printed size."""
    found = lexicon.places.candidates(names.zh, names.en, country)
    alike = tuple(p for p in found if population and _same_order(population, p.population))
    return alike if len(found) > 1 and len(alike) == 1 else found


def _location(
    names: Names, country: str | None, kind: str, population: int | None, lexicon: Lexicon
) -> Location:
    """Country, place and subdivision, each only where all that bears the names agrees on it."""
    if kind == "city":
        found = _locate(names, country, population, lexicon)
        return Location(
            country or _agreed(p.country for p in found),
            found[0] if len(found) == 1 else None,
            _agreed(p.subdivision for p in found),
        )
    if country:
        region = lexicon.subdivisions.match(names.en, country, kind) if names.en else None
        return Location(country, None, region.code if region else None)
    if not (names.zh and names.en):
        return Location(None, None, None)
    inside = lexicon.places.at_beginning(names.zh, names.en)
    if inside:
        return Location(
            _agreed(p.country for p in inside), None, _agreed(p.subdivision for p in inside)
        )
    part = lexicon.subdivisions.match_beginning(names.zh, names.en)
    return Location(part.country, None, part.code) if part else Location(None, None, None)


def _agreed(values: Iterable[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _home(names: Names, lexicon: Lexicon) -> str | None:
    """The country of the places that bear both names, where they agree on it."""
    if not (names.zh and names.en):
        return None
    return _agreed(p.country for p in lexicon.places.candidates(names.zh, names.en, None))


def _same_order(a: int, b: int) -> bool:
    return not b or 1 / _SAME_ORDER <= a / b <= _SAME_ORDER


def _population(text: str | None, lexicon: Lexicon, doubts: list[Doubt]) -> int | None:
    if text is None:
        return None
    readings = header_readings(text, lexicon.units.population, lexicon.units)
    whole = [r for r in readings if r == r.to_integral_value() and _within(r, _POPULATION)]
    if len(readings) > 1:
        doubts.append(_two_ways("population", text, readings, whole))
    if len(whole) == 1:
        return int(whole[0])
    if len(readings) <= 1:
        doubts.append(_not_read("population", text))
    return None


def _area(
    text: str | None, population: int | None, lexicon: Lexicon, doubts: list[Doubt]
) -> float | None:
    if text is None:
        return None
    readings = header_readings(text, lexicon.units.area, lexicon.units)
    likely = [r for r in readings if r > 0]
    if len(readings) > 1:
        if population:
            likely = [r for r in likely if _within(population / r, _DENSITY)]
        doubts.append(_two_ways("area_km2", text, readings, likely))
    if len(likely) == 1:
        return float(likely[0])
    if len(readings) <= 1:
        doubts.append(_not_read("area_km2", text))
    return None


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _not_read(field: str, text: str) -> Doubt:
    message = f"`{text}` gives no plausible value; it is left empty"
    return Doubt("warning", "number_not_read", field, message)


def _two_ways(
    field: str, text: str, readings: Sequence[Decimal], likely: Sequence[Decimal]
) -> Doubt:
    ways = " or ".join(f"{r.normalize():f}" for r in readings)
    chosen = (
        f"only {likely[0].normalize():f} is plausible" if len(likely) == 1 else "it is left empty"
    )
    return Doubt(
        "warning", "number_read_two_ways", field, f"`{text}` can be read as {ways}; {chosen}"
    )
