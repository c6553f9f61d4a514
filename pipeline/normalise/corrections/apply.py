"""Corrected values into the records of one document, and all that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from pipeline.knowledge.lexicon import Lexicon
from pipeline.model import Finding
from pipeline.normalise.cities import read_anew
from pipeline.normalise.consistency import CHECKS, consistency_doubts
from pipeline.normalise.corrections.targets import Target
from pipeline.of_profiles import of_profiles
from pipeline.records import City, CityTheme, Records

# Columns from which kind, country and place follow, and the checks that speak of them.
_PLACED_BY = ("name_zh", "name_en", "kind", "country_code", "population")
_OF_PLACE = (
    "country_not_printed",
    "place_not_matched",
    "population_differs_from_gazetteer",
    "subdivision_not_matched",
    "unknown_country",
)
Settled = dict[Target, set[str]]


def apply_targets(
    record: Records, targets: Sequence[Target], lexicon: Lexicon
) -> tuple[Records, Settled]:
    """The record with the targets' values, and the checks of the findings that each settled."""
    by_table: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        by_table[target.table].append(target)
    headers = [t for t in by_table["cities"] if t.field != "city_id"]
    cities, doubts = _cities(record, headers, lexicon)
    new = replace(
        record,
        cities=cities,
        city_themes=_themes(record.city_themes, by_table["city_themes"], lexicon),
        quantities=_with_values(record.quantities, by_table["quantities"]),
        mentions=_with_values(record.mentions, by_table["mentions"]),
    )
    findings = _findings(new, targets, doubts)
    settled = _settled(record.findings, findings, targets)
    new = replace(new, findings=findings)
    for target in by_table["cities"]:
        if target.field == "city_id":
            new = _renamed(new, target.city_id, str(target.value))
    return new, settled


def _with_values(rows: tuple[Any, ...], targets: Iterable[Target]) -> tuple[Any, ...]:
    out = list(rows)
    for target in targets:
        (at,) = target.rows
        out[at] = replace(out[at], **{target.field: target.value})
    return tuple(out)


def _cities(
    record: Records, targets: Sequence[Target], lexicon: Lexicon
) -> tuple[tuple[City, ...], dict[str, tuple[Finding, ...]]]:
    """The cities, and for those whose place was looked up anew, what is doubtful about it."""
    out = list(_with_values(record.cities, targets))
    corrected: dict[int, set[str]] = defaultdict(set)
    for target in targets:
        corrected[target.rows[0]].add(target.field)
    doubts: dict[str, tuple[Finding, ...]] = {}
    for at, fields in sorted(corrected.items()):
        city = out[at]
        unknown = city.country_zh is not None and city.country_code is None
        if unknown or not fields & set(_PLACED_BY):
            continue  # a country that is printed and not known must not be inferred from the name
        inferred = any(
            f.city_id == city.city_id and f.check == "country_not_printed" for f in record.findings
        )
        prose = [p.text for p in record.paragraphs if p.city_id == city.city_id]
        edition = record.source.edition.edition
        header = read_anew(
            city, edition, None if inferred else city.country_code, fields, prose, lexicon
        )
        if inferred and "country_code" in fields:
            told = read_anew(city, edition, None, fields - {"country_code"}, prose, lexicon)
            if told.city.country_code != city.country_code:  # the names tell of another country
                header = read_anew(city, edition, city.country_code, fields, prose, lexicon)
        out[at] = header.city
        doubts[city.city_id] = header.findings
    return tuple(out), doubts


def _themes(
    rows: tuple[CityTheme, ...], targets: Sequence[Target], lexicon: Lexicon
) -> tuple[CityTheme, ...]:
    """The rows, those of a corrected label replaced by one for each of its themes.

    A person's decision has no score.
    """
    group = {t.theme: t.group for t in lexicon.themes.themes}
    new = {t.rows[0]: t.value for t in targets}
    gone = {i for t in targets for i in t.rows}
    out: list[CityTheme] = []
    for i, row in enumerate(rows):
        if i not in gone:
            out.append(row)
        themes = new.get(i)
        if isinstance(themes, tuple):
            out += [
                replace(row, theme=theme, group=theme and group[theme], score=None)
                for theme in themes or (None,)
            ]
    return tuple(out)


def _findings(
    new: Records, targets: Sequence[Target], doubts: Mapping[str, tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """The findings after the corrections.

    A person has decided about a corrected value: the findings about it fall away. Those that
    weigh it against other values are made anew.
    """
    decided = {(t.city_id, t.field) for t in targets if t.table == "cities"}
    labels = {(t.city_id, t.where) for t in targets if t.table == "city_themes"}
    weighed = {
        t.city_id
        for t in targets
        if t.table == "quantities" or (t.table, t.field) == ("cities", "population")
    }

    def stays(f: Finding) -> bool:
        if f.table == "cities" and (f.city_id, f.field) in decided:
            return False
        if f.table == "city_themes" and (f.city_id, f.where) in labels:
            return False
        if f.city_id in doubts and f.check in _OF_PLACE:
            return False
        return not (f.city_id in weighed and f.check in CHECKS)

    found = [f for f in new.findings if stays(f)]
    for city in new.cities:
        found += [f for f in doubts.get(city.city_id, ()) if (f.city_id, f.field) not in decided]
        if city.city_id in weighed:
            found += consistency_doubts(city, new.quantities, new.source.edition.edition)
    return tuple(found)


def _settled(
    before: Sequence[Finding], after: Sequence[Finding], targets: Sequence[Target]
) -> Settled:
    """For each target the checks of the findings that fell away with it."""
    kept = {(f.check, f.city_id, f.field, f.message) for f in after}
    settled: Settled = defaultdict(set)
    for f in before:
        if (f.check, f.city_id, f.field, f.message) in kept:
            continue
        own = [t for t in targets if t.city_id == f.city_id]
        exact = [t for t in own if (t.table, t.field) == (f.table, f.field)]
        if f.table == "city_themes":
            exact = [t for t in exact if t.where == f.where]
        for target in (exact or own)[:1]:
            settled[target].add(f.check)
    return settled


def _renamed(record: Records, old: str, new: str) -> Records:
    """The record with another id for one profile, everywhere."""

    def rows(found: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(r, city_id=new) if r.city_id == old else r for r in found)

    changed = {name: rows(getattr(record, name)) for name in of_profiles()}
    changed["mentions"] = tuple(
        replace(m, code=new) if m.code == old else m for m in changed["mentions"]
    )
    return replace(record, **changed)
