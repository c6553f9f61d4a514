"""The header of a profile → names, country, kind, population, area, place."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.units import Units
from pipeline.model import Document, Finding, Piece, Profile, Severity, Where
from pipeline.normalise.identity import Identity, identify
from pipeline.normalise.location import same_order
from pipeline.normalise.names import Names
from pipeline.normalise.numbers import (
    Readings,
    header_readings,
    writes_comma_groups,
    writes_decimal_comma,
)
from pipeline.pieces import piece_text, where_lines, where_of
from pipeline.records import City
from pipeline.textforms import has_han, has_latin, slug, unbroken

_DENSITY = (Decimal("0.5"), Decimal(60000))  # people per km², from emptiest to fullest
_POPULATION = (Decimal(100), Decimal(1_000_000_000))
_AREA = (Decimal("0.01"), Decimal(10_000_000))
# Whether a Chinese and a Latin name are printed → what makes their country certain without it.
_INFERRED = {
    (True, True): "the name, or its beginning, in Chinese and in Latin letters",
    (True, False): "the Chinese name, the only one here or the only one of its size",
    (
        False,
        True,
    ): "the name, or its beginning, and none other of its size; the prose or size fits it",
    (False, False): "the name",
}


class Header(NamedTuple):
    """A profile's city and what is doubtful about it."""

    city: City
    findings: tuple[Finding, ...]


class HeaderDoubt(NamedTuple):
    """A finding in the making, before the city's id is known."""

    severity: Severity
    check: str
    field: str
    message: str
    where: Where | None = None  # of the header, if it says nothing else


def read_header(
    document: Document,
    profile: Profile,
    names: Names,
    position: int,
    prose: Sequence[str],
    lexicon: Lexicon,
) -> Header:
    """The `cities` row of a profile. `prose` are the paragraphs of its sections, in order."""
    edition = document.source.edition.edition
    where = header_where(document, profile)
    doubts: list[HeaderDoubt] = []
    population_text = _printed(document, profile.population)
    area_text = _printed(document, profile.area)
    population_read = _read_as(document, profile.population, profile.population_beside)
    area_read = _read_as(document, profile.area, profile.area_beside)
    printed_texts = [t for t in (population_text, area_text) if t]
    comma = writes_decimal_comma([*printed_texts, *prose])
    groups = writes_comma_groups([*printed_texts, *prose])
    population = _population(population_read, lexicon.units, doubts, decimal_comma=comma)
    area = _area(
        area_read, population, lexicon.units, doubts, decimal_comma=comma, comma_groups=groups
    )
    at = identify(names, population, prose, lexicon)
    doubts += _doubts(names, population, at)
    doubts += _other_names(document, profile)
    city = City(
        city_id=at.city_id(names.zh, f"{edition}-{position}"),
        position=position,
        name_zh=names.zh,
        name_en=names.en,
        kind=at.kind,
        country_zh=_country_zh(names, at),
        population=population,
        area_km2=area,
        population_text=population_text,
        area_text=area_text,
        where=where,
        **_placed(at),
    )  # fmt: skip
    return Header(city, _as_findings(doubts, city, edition))


def _as_findings(doubts: Iterable[HeaderDoubt], city: City, edition: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            d.severity,
            d.check,
            d.message,
            edition,
            city.city_id,
            "cities",
            d.field,
            d.where or city.where,
        )
        for d in doubts
    )


def _doubts(names: Names, population: int | None, at: Identity) -> Iterator[HeaderDoubt]:
    """What of a header's country and place a reader should know to be inferred or missing."""
    if names.country and at.told_by not in ("header", "part"):
        yield HeaderDoubt(
            "warning",
            "unknown_country",
            "country_code",
            f"`{names.country}` beside the name is no country known here; if it is one, add it to "
            "pipeline/knowledge/countries.toml",
        )
    elif at.country is None:
        yield HeaderDoubt(
            "warning",
            "unknown_country",
            "country_code",
            "no country is printed beside the name, and none follows from the name for certain",
        )
    if at.told_by in ("part", "name", "prose"):
        yield HeaderDoubt(
            "info",
            "country_not_printed",
            "country_code",
            f"no country is printed beside the name; {at.country} is {_told_by(names, at)}",
        )
    if at.country and not names.en:
        yield HeaderDoubt(
            "info",
            "latin_name_not_printed",
            "city_id",
            f"no Latin name is printed; the id is made of `{at.latin}`"
            if at.latin
            else "no Latin name is printed, and none is known; the id is a digest of the Chinese "
            "one",
        )
    own = at.latin or names.en
    if at.place and own and names.en and not names.zh and slug(at.place.name) != slug(own):
        yield HeaderDoubt(
            "info",
            "place_known_otherwise",
            "city_id",
            f"GeoNames knows `{own}` as `{at.place.name}`; an edition that prints that name "
            "has another city_id and the same geonames_id",
        )
    if at.place is None:
        why = (
            "no single place is certain"
            if at.kind == "city"
            else "its packaged extract holds only towns"
        )
        yield HeaderDoubt(
            "info", "place_not_matched", "geonames_id", f"not matched with GeoNames: {why}"
        )
    elif population and not same_order(population, at.place.population):
        yield HeaderDoubt(
            "info",
            "population_differs_from_gazetteer",
            "population",
            f"printed {population:,}; GeoNames has {at.place.population:,} for {at.place.name}, "
            "perhaps without its surroundings",
        )
    if at.subdivision is None:
        yield HeaderDoubt(
            "info",
            "subdivision_not_matched",
            "subdivision_code",
            "not matched with ISO 3166-2: no single subdivision is certain",
        )


def _told_by(names: Names, at: Identity) -> str:
    if at.told_by == "part":
        return f"that of `{names.country}`"
    if at.told_by == "prose":
        return "where the text says that the place lies"
    return f"that of the place which bears {_INFERRED[names.zh is not None, names.en is not None]}"


def read_anew(
    city: City,
    edition: str,
    printed: str | None,
    known: Collection[str],
    prose: Sequence[str],
    lexicon: Lexicon,
) -> Header:
    """A city with corrected names, kind or country, and what follows from those anew.

    `printed` is the country's code if it is certain; `known` names the columns that stay as they
    are. The findings are those about kind, country and place.
    """
    names = Names(city.name_zh, city.name_en, None)
    kind = city.kind if "kind" in known else None
    at = identify(names, city.population, prose, lexicon, country=printed, kind=kind)
    found = {"kind": at.kind, **_placed(at)}
    new = msgspec.structs.replace(city, **{k: v for k, v in found.items() if k not in known})
    doubts = _doubts(names, city.population, at)
    return Header(new, _as_findings(doubts, new, edition))


def _country_zh(names: Names, at: Identity) -> str | None:
    """The Chinese name of the country beside the name; the name of a part of it is none."""
    printed = names.country if at.told_by != "part" else None
    return printed if printed and has_han(printed) else None


def _placed(at: Identity) -> dict[str, Any]:
    """The columns of `cities` that say which place it is."""
    return {
        "country_code": at.country,
        "subdivision_code": at.subdivision,
        "geonames_id": at.place.geonames_id if at.place else None,
        "latitude": at.place.latitude if at.place else None,
        "longitude": at.place.longitude if at.place else None,
    }


def _other_names(document: Document, profile: Profile) -> Iterator[HeaderDoubt]:
    """A doubt for each name that stands apart from the profile's own."""
    for pieces in profile.other_names:
        name = " ".join(" ".join(piece_text(document, p).split()) for p in pieces)
        yield HeaderDoubt(
            "warning",
            "second_name",
            "name_en" if not has_han(name) else "name_zh",
            f"`{name}` stands in the profile like a second name; the profile that it names may "
            "have lost its other parts, or stand in this one",
            where_of(document, pieces),
        )


def header_where(document: Document, profile: Profile) -> Where:
    """Where a profile's header stands: its name and numbers, or else the whole profile."""
    pieces = [*profile.names, *(p for p in (profile.population, profile.area) if p)]
    lines = [p.line for p in pieces] or [profile.line_start, profile.line_end]
    return where_lines(document, lines)


def _printed(document: Document, piece: Piece | None) -> str | None:
    return unicodedata.normalize("NFC", piece_text(document, piece).strip()) if piece else None


def _read_as(document: Document, value: Piece | None, beside: Piece | None) -> str | None:
    """A value with what stands apart from it: the label before it, or the end of its unit."""
    text = _printed(document, value)
    if text is None or value is None or beside is None:
        return text
    more = piece_text(document, beside).strip()
    open_unit = text[-1].isalpha() or text[-1] in "-‐\u00ad"
    if beside.line == value.line + 1 and open_unit and has_latin(text):
        return unbroken(text, more)
    return f"{more.rstrip(':：')}: {text}"


def _population(
    text: str | None, units: Units, doubts: list[HeaderDoubt], *, decimal_comma: bool
) -> int | None:
    if text is None:
        return None
    found = header_readings(text, units.population, units, decimal_comma=decimal_comma)
    found = _possible(found, _POPULATION)
    whole = [v for v in found.values if v == v.to_integral_value() and _within(v, _POPULATION)]
    if not found.scaled:  # nobody prints people with decimals: 330.000 is no 330
        whole = [v for v in whole if _is_count(v)]
    chosen = _one(text, "population", found, whole, doubts)
    return None if chosen is None else int(chosen)


def _area(
    text: str | None,
    population: int | None,
    units: Units,
    doubts: list[HeaderDoubt],
    *,
    decimal_comma: bool,
    comma_groups: bool,
) -> float | None:
    if text is None:
        return None
    found = header_readings(text, units.area, units, decimal_comma=decimal_comma)
    found = _possible(found, _AREA)
    likely = [v for v in found.values if _within(v, _AREA)]
    if len(found.values) > 1 and population:
        likely = [v for v in likely if _within(population / v, _DENSITY)]
    why = "is plausible"
    if len(likely) > 1 and comma_groups and not found.is_range:
        likely, why = likely[:1], "fits thousands that the page divides with commas"
    chosen = _one(text, "area_km2", found, likely, doubts, why)
    return None if chosen is None else float(chosen)


def _is_count(value: Decimal) -> bool:
    """Whether a number is printed without decimals."""
    return int(value.as_tuple().exponent) >= 0


def _possible(found: Readings, bounds: tuple[Decimal, Decimal]) -> Readings:
    """The readings without those beside the usual one that no place on earth could have."""
    rest = (v for v in found.values[1:] if found.is_range or v <= bounds[1])
    return found._replace(values=(*found.values[:1], *rest))


def _one(
    text: str,
    field: str,
    found: Readings,
    likely: Sequence[Decimal],
    doubts: list[HeaderDoubt],
    why: str = "is plausible",
) -> Decimal | None:
    """The one likely value among the readings of a printed line, or None, with the doubt."""
    if found.is_range:
        doubts.append(_two_ways(field, text, found.values, (), why))
        return None
    if len(found.values) > 1:
        doubts.append(_two_ways(field, text, found.values, likely, why))
    if len(likely) == 1:
        return likely[0]
    if len(found.values) <= 1:
        doubts.append(_not_read(field, text))
    return None


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _not_read(field: str, text: str) -> HeaderDoubt:
    message = f"`{text}` gives no plausible value; it is left empty"
    return HeaderDoubt("warning", "number_not_read", field, message)


def _two_ways(
    field: str, text: str, readings: Sequence[Decimal], likely: Sequence[Decimal], why: str
) -> HeaderDoubt:
    ways = " or ".join(f"{r.normalize():f}" for r in readings)
    chosen = f"only {likely[0].normalize():f} {why}" if len(likely) == 1 else "it is left empty"
    return HeaderDoubt(
        "warning", "number_read_two_ways", field, f"`{text}` can be read as {ways}; {chosen}"
    )
