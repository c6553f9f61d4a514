"""The editions of each series in their order, and what changed from one to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.emit.changes import Change, Snapshot, compare, snapshots
from pipeline.emit.tables import Row
from pipeline.emit.wording import name_key
from pipeline.model import Edition, Finding, Severity

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


_Tables = Mapping[str, Iterable[Row]]  # the rows of the tables that are compared


class Member(NamedTuple):
    """An edition as its series sees it.

    `read` says whether it has profiles, `whole` whether all of its documents were read in full.
    """

    edition: Edition
    read: bool
    whole: bool


class Pair(NamedTuple):
    """Two editions of a series that follow one another."""

    series: str
    old: Member
    new: Member


class Plan(NamedTuple):
    """The pairs to compare, and what about the order of the editions a reader should know."""

    pairs: list[Pair]
    findings: list[Finding]


class PairChanges(NamedTuple):
    """The rows of `changes`, and what about the comparison a reader should know."""

    rows: list[Row]
    findings: list[Finding]


def plan(members: Iterable[Member]) -> Plan:
    """Every edition of a series with the one before it, by year and then by name.

    `members` are the editions that hold a brochure, or what may be one. Nothing is guessed: an
    edition without a series is in none, one of a series without a year is left out with a
    finding, and so is one of which no brochure could be read.
    """
    ordered = sorted(members, key=lambda m: m.edition.edition)
    findings = list(_without_series(m.edition for m in ordered))
    pairs: list[Pair] = []
    for series, own in _by_series(ordered):
        findings += _doubts(series, own)
        dated = [m for m in own if m.edition.year is not None and m.read]
        dated.sort(key=lambda m: (m.edition.year or 0, m.edition.edition))
        pairs += [Pair(series, a, b) for a, b in pairwise(dated)]
    return Plan(pairs, findings)


def compare_pair(pair: Pair, rows: tuple[_Tables, _Tables]) -> PairChanges:
    """What changed between two editions, from the rows of their tables in `COMPARED`."""
    a, b = pair.old.edition.edition, pair.new.edition.edition
    old, new = (snapshots(r)[e] for r, e in zip(rows, (a, b), strict=True))
    changes = compare(old, new)
    findings = list(_renamed(pair.series, b, changes, old, new))
    for member, gone in ((pair.new, "removed"), (pair.old, "added")):
        if not member.whole:
            findings.append(_not_whole(pair.series, member.edition.edition, gone))
            changes = [c for c in changes if (c.field, c.change) != ("profile", gone)]
    whole = {"series": pair.series, "edition_from": a, "edition_to": b}
    return PairChanges([{**whole, **c.row()} for c in changes], findings)


def _by_series(members: Iterable[Member]) -> Iterator[tuple[str, list[Member]]]:
    """The series that have more than one edition."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.edition.series:
            found[member.edition.series].append(member)
    yield from ((series, own) for series, own in sorted(found.items()) if len(own) > 1)


def _doubts(series: str, members: Sequence[Member]) -> Iterator[Finding]:
    """Editions that cannot be put in order, or whose order is that of their names alone."""
    first: dict[int, str] = {}
    for member in members:
        e = member.edition
        if e.year is None:
            yield _finding(
                "warning",
                "edition_not_compared",
                e.edition,
                f"the edition belongs to the series {series}, but its edition.toml gives no year: "
                "it is not compared with the others",
            )
        elif not member.read:
            yield _finding(
                "warning",
                "edition_not_compared",
                e.edition,
                f"nothing of this edition was read: the editions of {series} before and after it "
                "are compared with one another",
            )
        elif first.setdefault(e.year, e.edition) != e.edition:
            yield _finding(
                "info",
                "edition_order",
                e.edition,
                f"{first[e.year]} of {series} is of {e.year} as well; the two are compared in the "
                "order of their names",
            )


def _not_whole(series: str, edition: str, gone: str) -> Finding:
    return _finding(
        "warning",
        "edition_not_compared",
        edition,
        f"a document of this edition was not read: profiles that it may hold are not listed as "
        f"{gone} in {series}",
    )


def _without_series(editions: Iterable[Edition]) -> Iterator[Finding]:
    """Editions without a series whose names are the same but for a year."""
    alike: dict[str, list[str]] = defaultdict(list)
    for e in editions:
        if e.series is None and _YEAR.search(e.edition):
            alike[_YEAR.sub("*", e.edition)].append(e.edition)
    for names in alike.values():
        for name in names[1:]:
            yield _finding(
                "info",
                "series_not_stated",
                name,
                f"its name differs from that of {names[0]} in the year alone; if they are editions "
                "of one brochure, give both the same `series` and their `year` in edition.toml",
            )


def _renamed(
    series: str, edition: str, changes: Sequence[Change], old: Snapshot, new: Snapshot
) -> Iterator[Finding]:
    """Profiles that came under one id while another with the same name or place left."""
    gone = [old.cities[c.city_id] for c in changes if (c.field, c.change) == ("profile", "removed")]
    for change in changes:
        if (change.field, change.change) != ("profile", "added"):
            continue
        city = new.cities[change.city_id]
        for other in gone:
            if _marks(city) & _marks(other):
                yield _finding(
                    "warning",
                    "same_place_two_ids",
                    edition,
                    f"{other['city_id']} of {series} may be the same place: it left when this "
                    "profile came; a line `city_id` in corrections.csv joins them",
                    change.city_id,
                )


def _marks(city: Row) -> set[tuple[str, str]]:
    """What tells that two profiles are of one place: GeoNames id, a name, or country and area."""
    names = {("name", name_key(city[n] or "")) for n in ("name_zh", "name_en")}
    found = names | {("place", str(city["geonames_id"] or ""))}
    if city["country_code"] and city["area_km2"]:
        found.add((city["country_code"], f"{city['area_km2']:g}"))
    return found - {("name", ""), ("place", "")}


def _finding(
    severity: Severity, check: str, edition: str, message: str, city_id: str | None = None
) -> Finding:
    return Finding(severity, check, message, edition, city_id, "changes")
