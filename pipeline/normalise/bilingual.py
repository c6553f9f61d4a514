"""A place with a profile in each of two languages, as one profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.parts import Parts
from pipeline.knowledge.themes import join_label
from pipeline.model import Document, Finding, Passage, Piece, Profile, SectionSpan
from pipeline.normalise.cities import header_where
from pipeline.normalise.names import Names, read_names
from pipeline.normalise.numbers import header_readings
from pipeline.pieces import piece_text
from pipeline.textforms import CHINESE, han_share, has_han, slug

_Labels = tuple[tuple[Piece, ...], ...]


class Told(NamedTuple):
    """What a document tells of one place: its profile, names, and the profiles it is made of."""

    profile: Profile
    names: Names
    parts: tuple[int, ...]


def told_places(
    document: Document, profiles: Sequence[Profile], lexicon: Lexicon
) -> tuple[list[Told], list[Finding]]:
    """The profiles in order, those of one place in two languages as one.

    Two profiles are of one place where they print the same Latin name, no two countries, and
    their prose is in different languages; or where one follows the other, each has its name in one
    script alone, and the gazetteer or the figures say that it is one place. In each section the
    paragraphs of the second follow those of the first, and its header fills what the first lacks.
    """
    places: list[Told] = []
    findings: list[Finding] = []
    named: dict[str, list[int]] = {}  # the places of each Latin name
    parts = Parts(lexicon.subdivisions, lexicon.places, lexicon.kinds)
    for index, profile in enumerate(profiles):
        names = read_names(
            [piece_text(document, p) for p in profile.names],
            lexicon.countries,
            piece_text(document, profile.country) if profile.country else None,
            parts,
        )
        once = _labels_once(document, profile.labels, lexicon)
        told = Told(msgspec.structs.replace(profile, labels=once), names, (index,))
        alike = named.setdefault(slug(names.en or ""), [])
        at = next((i for i in alike if _same_place(document, places[i], told, lexicon)), -1)
        if at < 0 and places and _other_script(document, places[-1], told, lexicon):
            at = len(places) - 1
        if at < 0:
            alike.append(len(places))
            places.append(told)
        else:
            findings += _findings(document, places[at], told, lexicon)
            places[at] = _together(document, places[at], told, lexicon)
    return places, findings


def _same_place(document: Document, a: Told, b: Told, lexicon: Lexicon) -> bool:
    """Whether two profiles of the same Latin name are of one place, told in two languages."""
    if len(a.parts) > 1 or not a.names.en:
        return False
    countries = {lexicon.countries.code(n.country) for n in (a.names, b.names) if n.country}
    languages = {_chinese(document, a.profile), _chinese(document, b.profile)}
    return len(countries) < 2 and languages == {True, False}


def _other_script(document: Document, a: Told, b: Told, lexicon: Lexicon) -> bool:
    """Whether a profile tells in the other language of the place of the one before it."""
    zh, en = (a, b) if a.names.zh else (b, a)
    if len(a.parts) > 1 or zh.names.en or en.names.zh or not (zh.names.zh and en.names.en):
        return False
    countries = {lexicon.countries.code(n.country) for n in (a.names, b.names) if n.country}
    if len(countries) > 1 or _chinese(document, en.profile):
        return False
    here = {p.geonames_id for p in lexicon.places.named_in_chinese(zh.names.zh)}
    there = {p.geonames_id for p in lexicon.places.named(en.names.en)}
    return bool(here & there) or _same_figures(document, a.profile, b.profile, lexicon)


def _same_figures(document: Document, a: Profile, b: Profile, lexicon: Lexicon) -> bool:
    """Whether two profiles print one population or one area, and no two different ones."""
    alike = []
    for words, one, other in (
        (lexicon.units.population, a.population, b.population),
        (lexicon.units.area, a.area, b.area),
    ):
        if one and other:
            read = [
                set(header_readings(_text(document, p), words, lexicon.units).values)
                for p in (one, other)
            ]
            alike.append(bool(read[0] & read[1]))
    return bool(alike) and all(alike)


def _chinese(document: Document, profile: Profile) -> bool | None:
    """Whether the prose of a profile is Chinese; None without prose."""
    pieces = [p for s in profile.sections for passage in s.passages for p in passage.pieces]
    text = "".join(piece_text(document, p) for p in pieces)
    return han_share(text) >= CHINESE if text.strip() else None


def _together(document: Document, first: Told, second: Told, lexicon: Lexicon) -> Told:
    a, b = first.profile, second.profile
    more = _unsaid(document, a.labels, b.labels, lexicon)
    sections = {span.kind: span for span in a.sections}
    for span in b.sections:
        known = sections.get(span.kind)
        passages: tuple[Passage, ...] = known.passages if known else ()
        heading = known.heading if known else span.heading
        sections[span.kind] = SectionSpan(span.kind, heading, (*passages, *span.passages))
    profile = msgspec.structs.replace(
        a,
        population=a.population or b.population,
        area=a.area or b.area,
        population_beside=a.population_beside if a.population else b.population_beside,
        area_beside=a.area_beside if a.area else b.area_beside,
        labels=(*a.labels, *more),
        sections=tuple(sections.values()),
        other_names=(*a.other_names, *b.other_names),
    )
    names = Names(*(x or y for x, y in zip(first.names, second.names, strict=True)))
    return Told(profile, names, (*first.parts, *second.parts))


def _unsaid(document: Document, labels: _Labels, others: _Labels, lexicon: Lexicon) -> _Labels:
    """Those of some labels in a second language that name a theme not yet named."""
    said = {theme for label in labels for theme in _themes(document, label, lexicon)}
    return tuple(x for x in others if not said.issuperset(_themes(document, x, lexicon) or [None]))


def _labels_once(document: Document, labels: _Labels, lexicon: Lexicon) -> _Labels:
    """The labels of a profile without those that say again in another script what is said."""
    scripts = [has_han("".join(piece_text(document, p) for p in label)) for label in labels]
    if len(set(scripts)) < 2:
        return labels
    first = tuple(x for x, han in zip(labels, scripts, strict=True) if han is scripts[0])
    kept = {*first, *_unsaid(document, first, labels, lexicon)}
    return tuple(label for label in labels if label in kept)


def _themes(document: Document, label: tuple[Piece, ...], lexicon: Lexicon) -> list[str]:
    text = join_label([piece_text(document, p) for p in label])
    return [m.theme.theme for m in lexicon.themes.match(text)]


def _findings(document: Document, a: Told, b: Told, lexicon: Lexicon) -> Iterator[Finding]:
    """That there are two, and what the second header prints otherwise."""
    edition = document.source.edition.edition
    where = header_where(document, b.profile)
    yield Finding(
        "info",
        "profile_in_two_languages",
        f"`{b.names.en}` has a profile in each of two languages; in each section the paragraphs of "
        "the second follow those of the first",
        edition,
        table="cities",
        where=where,
    )
    units = lexicon.units
    for field, words, one, other in (
        ("population", units.population, a.profile.population, b.profile.population),
        ("area_km2", units.area, a.profile.area, b.profile.area),
    ):
        printed = [_text(document, p) for p in (one, other) if p]
        read = [set(header_readings(text, words, units).values) for text in printed]
        if len(read) == 2 and all(read) and not read[0] & read[1]:
            yield Finding(
                "warning",
                "profile_in_two_languages",
                f"the profile in one language prints `{printed[0]}`, the other `{printed[1]}`; the "
                "first is used",
                edition,
                table="cities",
                field=field,
                where=where,
            )


def _text(document: Document, piece: Piece) -> str:
    return piece_text(document, piece).strip()
