"""The editions of each series in their order, and what changed from one to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.emit.changes import Change, Snapshot, compare, snapshots
from pipeline.emit.wording import name_key
from pipeline.model import Edition, Finding, Severity

Row = dict[str, Any]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Compared(NamedTuple):
    """The rows of `changes`, and what about the comparison a reader should know."""

    rows: list[Row]
    findings: list[Finding]


def changes_in_series(rows: Mapping[str, list[Row]], editions: Iterable[Edition]) -> Compared:
    """Every edition of a series against the one before it, by year and then by name.

    Nothing is guessed: an edition without a series is in none, one of a series without a year
    is left out with a finding, and so is one of which no brochure could be read.
    """
    known = {e.edition: e for e in editions}
    read = snapshots(rows)
    whole = _wholly_read(rows["sources"])
    brochures = {s["edition"] for s in rows["sources"] if s["kind"] != "calendar"}
    findings = list(_without_series(known[e] for e in sorted(brochures & known.keys())))
    found: list[Row] = []
    for series, members in _by_series(known[e] for e in sorted(brochures & known.keys())):
        findings += _doubts(series, members, read)
        dated = [e for e in members if e.year is not None and e.edition in read]
        for a, b in pairwise(sorted(dated, key=lambda e: (e.year or 0, e.edition))):
            old, new = read[a.edition], read[b.edition]
            changes = compare(old, new)
            findings += _renamed(series, b.edition, changes, old, new)
            for edition, gone in ((b.edition, "removed"), (a.edition, "added")):
                if edition not in whole:
                    findings.append(_not_whole(series, edition, gone))
                    changes = [c for c in changes if (c.field, c.change) != ("profile", gone)]
            found += [_row(c, series, a.edition, b.edition) for c in changes]
    return Compared(found, findings)


def _by_series(editions: Iterable[Edition]) -> Iterator[tuple[str, list[Edition]]]:
    """The series that have more than one edition."""
    members: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        if edition.series:
            members[edition.series].append(edition)
    yield from ((series, own) for series, own in sorted(members.items()) if len(own) > 1)


def _wholly_read(sources: Sequence[Row]) -> set[str]:
    return {s["edition"] for s in sources} - {s["edition"] for s in sources if s["status"] != "ok"}


def _row(change: Change, series: str, edition_from: str, edition_to: str) -> Row:
    row = change._asdict()
    row["source_id_from"], row["line_from"] = row.pop("old_at")
    row["source_id_to"], row["line_to"] = row.pop("new_at")
    return {"series": series, "edition_from": edition_from, "edition_to": edition_to, **row}


def _doubts(
    series: str, members: Sequence[Edition], read: Mapping[str, Snapshot]
) -> Iterator[Finding]:
    """Editions that cannot be put in order, or whose order is that of their names alone."""
    first: dict[int, str] = {}
    for e in members:
        if e.year is None:
            yield _finding(
                "warning",
                "edition_not_compared",
                e.edition,
                f"the edition belongs to the series {series}, but its edition.toml gives no year: "
                "it is not compared with the others",
            )
        elif e.edition not in read:
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
    """What tells that two profiles are of one place: GeoNames id, or a name."""
    names = {("name", name_key(city[n] or "")) for n in ("name_zh", "name_en")}
    return (names | {("place", str(city["geonames_id"] or ""))}) - {("name", ""), ("place", "")}


def _finding(
    severity: Severity, check: str, edition: str, message: str, city_id: str | None = None
) -> Finding:
    return Finding(severity, check, message, edition, city_id, "changes")
