"""Who shares themes with whom: the partners of a place abroad, at home, of countries not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.report.amounts import exact
from pipeline.report.facts import Linked
from pipeline.report.file_names import file_name
from pipeline.report.rows import EditionRows, Row
from pipeline.report.search import key

# Of the lists on the page of all places: abroad, at home, not known. The script adds the others.
_NAMED = (5, 3, 3)


class Partner(NamedTuple):
    """A place with themes in common: its page, its row of `cities`, those themes, how alike."""

    href: str
    place: Row
    themes: list[str]
    similarity: float


class Partners(NamedTuple):
    """All partners of a place, the closest first."""

    abroad: list[Partner]
    home: list[Partner]
    unknown: list[Partner]


class ShortList(NamedTuple):
    """Some partners of a list, and all of them in the form that `assets/partners.js` reads.

    For each: its row on the page, its themes by their numbers there, the similarity
    (`12:0,3:0.5 7:2:0.2`).
    """

    named: list[Partner]
    size: int
    all: str


class PlacePartners(NamedTuple):
    """A row of the page of all places."""

    own: Linked
    key: str
    abroad: ShortList
    home: ShortList
    unknown: ShortList


def partners_of(edition: EditionRows, city_id: str) -> Partners:
    """The partners of a place of an edition."""
    found = Partners([], [], [])
    lists = {True: found.abroad, False: found.home, None: found.unknown}
    for row in edition.partners().get(city_id, ()):
        other = row["other"]
        lists[row["across_countries"]].append(
            Partner(
                f"{file_name(other)}.html",
                edition.city(other),
                row["shared_themes"].split(),
                row["jaccard"],
            )
        )
    return found


def all_partners(
    linked: Sequence[Linked], partners: Mapping[str, Partners], themes: Sequence[str]
) -> list[PlacePartners]:
    """The partners of each place, by its id; `linked` are all places in the order of the page."""
    numbers = {p.place.city_id: n for n, p in enumerate(linked)}
    by_theme = {theme: str(n) for n, theme in enumerate(themes)}
    rows = []
    for own in linked:
        place = own.place
        found_by = key((place.name_zh, place.name_en, place.city_id))
        lists = (
            _short(own_list, most, numbers, by_theme)
            for own_list, most in zip(partners[place.city_id], _NAMED, strict=True)
        )
        rows.append(PlacePartners(own, found_by, *lists))
    return rows


def _short(
    partners: Sequence[Partner],
    most: int,
    numbers: Mapping[str, int],
    by_theme: Mapping[str, str],
) -> ShortList:
    entries = (
        f"{numbers[p.place['city_id']]}:{','.join(by_theme[t] for t in p.themes)}"
        f":{exact(p.similarity)}"
        for p in partners
    )
    return ShortList(list(partners[:most]), len(partners), " ".join(entries))
