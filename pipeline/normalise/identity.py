"""Which place a profile is about: its kind, country, place and id, and how each was told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.hanzi import simplified
from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.places import Place
from pipeline.normalise.locating import located_in
from pipeline.normalise.location import (
    Location,
    chinese_by_kind,
    home_country,
    implied_country,
    locate,
    subdivision,
)
from pipeline.normalise.names import Names
from pipeline.normalise.romanised import romanised
from pipeline.textforms import slug

_UNKNOWN_COUNTRY = "zz"  # CLDR's code for an unknown region


class Identity(NamedTuple):
    """A place and its kind, and how its country was told.

    `told_by` is `header`, a `part` of the country, the `name` or the `prose`; `latin` the name of
    which the id is made, where there is one.
    """

    kind: str
    country: str | None
    place: Place | None
    subdivision: str | None
    told_by: str | None
    latin: str | None

    def city_id(self, name_zh: str | None, nameless: str) -> str:
        """The id of the place, see `make_city_id`."""
        return make_city_id(self.country, self.latin, name_zh, nameless)


def identify(
    names: Names,
    population: int | None,
    prose: Sequence[str],
    lexicon: Lexicon,
    *,
    country: str | None = None,
    kind: str | None = None,
) -> Identity:
    """The place of a profile by its printed names and country, its size and its prose.

    The country is the printed one or that of a printed part of it; else that of the name, where
    all that bear it agree; else the one in which the page says that the place lies. `country` and
    `kind` are what is known of it already.
    """
    if names.country:
        country = country or lexicon.countries.code(names.country)
    told_by = "header" if country else None
    if names.country and not country:
        country = lexicon.subdivisions.country_of(names.country)
        told_by = "part" if country else None
    elif not names.country and not country:
        country = _own_country(names, lexicon)
        told_by = "name" if country else None
    unknown = names.country is not None and country is None
    told = kind is not None
    if kind is None:
        of = country or home_country(names, lexicon)
        kind = lexicon.kinds.kind(names.zh, names.en, of, prose)
    found = _located(names, country, kind, population, prose, lexicon, unknown=unknown)
    if found.country:
        told_by = told_by or "name"
    elif said := located_in(names, prose, lexicon):
        found, told_by = locate(names, said, kind, population, lexicon), "prose"
    elif not unknown and (by_kind := chinese_by_kind(names, kind, prose, lexicon)):
        found, told_by = found._replace(country=by_kind), "name"
    if kind == "city" and not told and _is_region(names, found.country, prose, lexicon):
        kind = "region"
        found = locate(names, found.country, kind, population, lexicon)
    return Identity(kind, *found, told_by, _latin(names, found, kind, lexicon))


def _own_country(names: Names, lexicon: Lexicon) -> str | None:
    """The country that a place is itself (澳门, Singapore); a Latin name alone may be another."""
    codes = {lexicon.countries.code(name) for name in (names.zh, names.en) if name}
    return codes.pop() if names.zh and len(codes) == 1 else None


def _is_region(names: Names, country: str | None, prose: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a name without a word for its kind is that of a region and of no city (`Jalisco`).

    The page must speak of a region, and not call it a city: many a province is named after one.
    """
    if country is None or not lexicon.kinds.speaks_of_region(prose):
        return False
    found = subdivision(names, country, "region", lexicon)
    cities = lexicon.places.candidates(names.zh, names.en, country)
    return bool(found) and not cities and not lexicon.kinds.calls_city(names.zh, names.en, prose)


def _located(
    names: Names,
    country: str | None,
    kind: str,
    population: int | None,
    prose: Sequence[str],
    lexicon: Lexicon,
    *,
    unknown: bool,
) -> Location:
    """Where the names and the country tell that the place is; nothing for an unknown country."""
    if unknown:
        return Location(None, None, None)
    found = locate(names, country, kind, population, lexicon)
    if found.country is not None:
        return found
    implied = implied_country(names, kind, population, prose, lexicon)
    if implied and located_in(names, prose, lexicon) in (None, implied):
        return locate(names, implied, kind, population, lexicon)
    return found


def make_city_id(country: str | None, latin: str | None, name_zh: str | None, nameless: str) -> str:
    """`<country code>-<latin name slug>`; a name without Latin letters gives a stable digest.

    The digest is that of the simplified name, the same in both scripts. `nameless` tells profiles
    without any name apart; it must not repeat over editions.
    """
    prefix = (country or _UNKNOWN_COUNTRY).lower()
    name = slug(latin or "")
    if not name:
        printed = simplified(name_zh) if name_zh else nameless
        name = f"x{hashlib.sha256(printed.encode()).hexdigest()[:8]}"
    return f"{prefix}-{name}"


def _latin(names: Names, at: Location, kind: str, lexicon: Lexicon) -> str | None:
    """The Latin name for the id: the printed one, the gazetteer's, or pinyin for one in China."""
    if names.en:
        return own_name(names.en, at.country, kind, lexicon)
    if names.zh is None:
        return None
    if at.place:
        return at.place.english
    return romanised(names.zh, at.country, kind, lexicon) if at.country else None


def own_name(name: str | None, country: str | None, kind: str, lexicon: Lexicon) -> str | None:
    """The Latin name without a title before it that is certainly no part of it.

    `City of Bonn` is Bonn. A region keeps its title unless ISO 3166-2 has its name without one:
    the Region of Murcia is not the city of that name.
    """
    bare = lexicon.kinds.without_title(name, kind) if name else None
    if not bare or bare == name or kind != "region":
        return bare
    known = lexicon.subdivisions.match(bare, country, kind) if country else None
    return bare if known and slug(known.name) == slug(bare) else name
