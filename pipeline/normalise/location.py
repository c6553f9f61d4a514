"""Where the place of a profile lies, as far as its names tell for certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.hanzi import pinyin
from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.places import Place
from pipeline.knowledge.subdivisions import Subdivision
from pipeline.normalise.names import Names
from pipeline.textforms import slug

# A printed size of a large city may count its surroundings. The gazetteer lacks no other of that
# size: places.csv has all places of the world from 60,000 inhabitants.
_LARGE = 100_000
_SURROUNDINGS = 5
# Of several places of one name, one has the printed size, and the others are far from it.
_SAME_SIZE, _FAR_FROM = 1.5, 4
_FAR_FROM_PART = 3
_PARTS_OF_CITIES = ("new_area", "development_zone")
_SAME_ORDER = 2  # a city proper and its municipality often differ by less


class Location(NamedTuple):
    """Where a profile's place lies, as far as its names tell for certain."""

    country: str | None
    place: Place | None
    subdivision: str | None


def _meant(
    names: Names, country: str | None, population: int | None, lexicon: Lexicon
) -> tuple[Place, ...]:
    """The places that may be meant; where several bear the names, those of the printed size.

    A Chinese name alone counts where one place bears it, or one of those that do has the size.
    """
    found = _bearing(names, country, lexicon)
    alike = tuple(p for p in found if population and same_order(population, p.population))
    if len(found) > 1 and len(alike) == 1:
        return alike
    return _main(found, population) or found


def _bearing(names: Names, country: str | None, lexicon: Lexicon) -> tuple[Place, ...]:
    """The places that bear the names, those of a Chinese name alone whatever their country."""
    if names.zh and not names.en and not country:
        return lexicon.places.named_in_chinese(names.zh)
    return lexicon.places.candidates(names.zh, names.en, country)


def _main(found: Sequence[Place], population: int | None) -> tuple[Place, ...]:
    """Of a city and parts of it with its name, all in one subdivision, the city; else nothing."""
    if len(found) < 2 or len({p.subdivision for p in found}) > 1 or not found[0].subdivision:
        return ()
    largest, second = sorted(found, key=lambda p: -p.population)[:2]
    whole = not population or population >= largest.population
    return (largest,) if whole and largest.population > _FAR_FROM_PART * second.population else ()


def locate(
    names: Names, country: str | None, kind: str, population: int | None, lexicon: Lexicon
) -> Location:
    """Country, place and subdivision, each only where all that bears the names agrees on it."""
    if kind == "city":
        if names.en:  # `City of Bonn` is known as Bonn
            names = names._replace(en=lexicon.kinds.without_title(names.en, kind) or names.en)
        found = _meant(names, country, population, lexicon)
        return Location(
            country or _agreed(p.country for p in found),
            found[0] if len(found) == 1 else None,
            _agreed(p.subdivision for p in found),
        )
    if country:
        region = subdivision(names, country, kind, lexicon)
        inside = _by_beginning(names, kind, lexicon)
        part = inside.subdivision if inside.country == country else None
        return Location(country, None, region.code if region else part)
    return _by_beginning(names, kind, lexicon)


def _by_beginning(names: Names, kind: str, lexicon: Lexicon) -> Location:
    """Where a region, county, area or zone lies by its Chinese name or how both names begin."""
    if kind == "new_area" and (area := lexicon.kinds.state_new_area(names.zh, names.en)):
        return Location(area.subdivision.partition("-")[0], None, area.subdivision)
    nowhere = Location(None, None, None)
    if not names.zh:
        return nowhere
    if not names.en:
        alike = [s for s in lexicon.subdivisions.in_chinese(names.zh) if s.kind == kind]
        if len(alike) == 1:
            return Location(alike[0].country, None, alike[0].code)
        first = _first_place(names.zh, lexicon)
        return _inside([first], kind) if first else nowhere
    inside = lexicon.places.at_beginning(names.zh, names.en)
    if inside:
        return _inside(inside, kind)
    part = lexicon.subdivisions.match_beginning(names.zh, names.en)
    return Location(part.country, None, part.code) if part else nowhere


def _inside(places: Sequence[Place], kind: str) -> Location:
    """Where what is named after some places lies; a region is larger than its place."""
    part = _agreed(p.subdivision for p in places) if kind in _PARTS_OF_CITIES else None
    return Location(_agreed(p.country for p in places), None, part)


def _first_place(han: str, lexicon: Lexicon) -> Place | None:
    """The one place with whose Chinese name a longer one begins (布尔诺都市区, 广州开发区)."""
    bare = lexicon.kinds.without_ending(han)
    found = lexicon.places.named_in_chinese(bare) if bare != han else ()
    return found[0] if len(found) == 1 else None


def subdivision(names: Names, country: str, kind: str, lexicon: Lexicon) -> Subdivision | None:
    """The one subdivision of a country with the Latin name, or else the Chinese one, and a kind."""
    if names.en:
        return lexicon.subdivisions.match(names.en, country, kind)
    return lexicon.subdivisions.match_chinese(names.zh, country, kind) if names.zh else None


def implied_country(
    names: Names, kind: str, population: int | None, prose: Sequence[str], lexicon: Lexicon
) -> str | None:
    """The country of a Latin name: of all that bears it, or its beginning, and confirmed.

    A Chinese name beside it must be one that no known place bears: transcriptions vary.

    It is confirmed by the prose, which names the country, or for a city by its printed size: of
    several countries with a city of the name, that of the one of this size. A region or county
    whose name one subdivision of the world bears needs no more, nor does a new area or development
    zone whose name begins with that of a place in China alone, nor a Chinese name in pinyin that
    says its kind (区, 县) or whose page speaks of a province of China.
    """
    if names.zh and names.en and _is_pinyin(names.zh, names.en, lexicon):
        ending = lexicon.kinds.without_ending(names.zh) != names.zh
        if ending or lexicon.subdivisions.chinese_named_in(prose):
            return "CN"
    if not names.en or (names.zh and lexicon.places.named_in_chinese(names.zh)):
        return None
    if region := _only_one(names.en, kind, lexicon):
        return region.country
    words = names.en.split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        found = lexicon.places.named(name)
        bearing = {p.country for p in found} | {s.country for s in lexicon.subdivisions.named(name)}
        if not bearing:
            continue
        if bearing == {"CN"} and kind in _PARTS_OF_CITIES and count < len(words):
            return "CN"
        whole = kind == "city" and count == len(words)
        size = population if whole else None
        country = _agreed(bearing) or (_by_size(found, size) if size else None)
        named = country is not None and lexicon.countries.named_in(country, prose)
        sized = size is not None and any(_has_size(p, size) for p in found)
        return country if sized or named else None
    return None


def _is_pinyin(name_zh: str, name_en: str, lexicon: Lexicon) -> bool:
    """Whether a Latin name is the Chinese one in pinyin, kinds and a city before it aside.

    `深圳南山区` is `Nanshan District`, and `桐庐县` Tonglu; 京都 is no `Jingdu`.
    """
    body = lexicon.kinds.without_ending(name_zh)
    said = slug(name_en).replace("-", "")
    return any(
        len(body) - start > 1 and said.startswith(slug(pinyin(body[start:])))
        for start in range(max(1, len(body) - 1))
    )


def _only_one(name: str, kind: str, lexicon: Lexicon) -> Subdivision | None:
    """The one subdivision of the world that has a name and the kind it says (`Cluj County`)."""
    if kind not in ("region", "county"):
        return None
    alike = lexicon.subdivisions.named(name)
    found = [s for s in alike if s.kind == kind]
    return found[0] if len(found) == 1 and len({s.country for s in alike}) == 1 else None


def _by_size(found: Sequence[Place], size: int) -> str | None:
    """The country of the one place of a printed size, all others being far from it."""
    if size < _LARGE:
        return None
    near = {p.country for p in found if p.population and _within(size, p.population, _SAME_SIZE)}
    maybe = {p.country for p in found if not p.population or _within(size, p.population, _FAR_FROM)}
    return _agreed(near) if near == maybe else None


def _within(a: int, b: int, factor: float) -> bool:
    return 1 / factor <= a / b <= factor


def _has_size(place: Place, population: int) -> bool:
    """Whether a printed population may be that of a place, of a large one with what is around."""
    if not place.population:
        return False
    around = place.population >= _LARGE and population <= _SURROUNDINGS * place.population
    return around or same_order(population, place.population)


def chinese_by_kind(names: Names, kind: str, prose: Sequence[str], lexicon: Lexicon) -> str | None:
    """China for a 新区 or 开发区 whose page speaks of a province of China."""
    if not names.zh or kind not in _PARTS_OF_CITIES:
        return None
    return "CN" if lexicon.subdivisions.chinese_named_in(prose) else None


def _agreed(values: Iterable[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def home_country(names: Names, lexicon: Lexicon) -> str | None:
    """The country of the places that bear the printed names, where they agree on it."""
    if not names.zh:
        return None
    return _agreed(p.country for p in _bearing(names, None, lexicon))


def same_order(a: int, b: int) -> bool:
    """Whether two populations may be of one place; 0 stands for an unknown one."""
    return not b or 1 / _SAME_ORDER <= a / b <= _SAME_ORDER
