"""What the pages over all editions need to know of one: a slim summary of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from pipeline.model import Frozen
from pipeline.report.file_names import file_name
from pipeline.report.rows import SEVERITIES, EditionRows, Row

# Profiles up to which the pages over all editions show each; of more, those of the last editions.
MOST_PROFILES = 4400
# Of an edition, what the lists over all editions name.
MOST_FINDINGS, MOST_INFOS = 100, 200
_TABLES = ("cities", "quantities", "mentions", "events", "findings", "lines")


class ProfileFacts(Frozen, frozen=True, array_like=True):
    """A profile: its header, its themes, and how many findings of each severity it has.

    `size_doubted` says that an error or warning is about its population or area.
    """

    city_id: str
    position: int
    name_zh: str | None
    name_en: str | None
    kind: str
    country_code: str | None
    country_zh: str | None
    latitude: float | None
    longitude: float | None
    population: int | None
    area_km2: float | None
    density_per_km2: float | None
    themes: tuple[str, ...]
    quantities: int
    errors: int
    warnings: int
    infos: int
    size_doubted: bool


class Linked(NamedTuple):
    """A profile and the link to its page."""

    href: str
    place: ProfileFacts


class Measured(Frozen, frozen=True, array_like=True):
    """A quantity that has an indicator; `anchor` is where the profile's page has it."""

    city_id: str
    anchor: str
    indicator: str
    kind: str
    text: str
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: str
    period: str | None
    object: str | None


class FindingFacts(Frozen, frozen=True, array_like=True):
    """A finding as a list shows it."""

    severity: str
    check: str
    city_id: str | None
    message: str
    finding_id: str


class Happening(Frozen, frozen=True, array_like=True):
    """An event in one of its languages, or in both."""

    date: str
    titles: tuple[tuple[str, str], ...]
    time_text: str | None
    start_utc: str | None
    end_utc: str | None
    timezone: str | None
    timezone_source: str | None
    event_id: str


class ListedDocument(Frozen, frozen=True, array_like=True):
    """A source."""

    source_id: str
    path: str
    kind: str | None
    pages: int | None
    lines: int | None
    status: str
    error: str | None


class Facts(Frozen, frozen=True):
    """An edition. `folder` is where its pages are, `checks` count by severity and check.

    `findings` are errors and warnings.

    Of one that is told `in_short`, what the pages would list one by one is left out.
    """

    edition: str
    folder: str
    documents: tuple[ListedDocument, ...]
    places: tuple[ProfileFacts, ...]
    measured: tuple[Measured, ...]
    findings: tuple[FindingFacts, ...]
    infos: tuple[FindingFacts, ...]
    happenings: tuple[Happening, ...]
    days: tuple[str, ...]
    rows: dict[str, int]
    roles: dict[str, int]
    checks: dict[str, dict[str, int]]
    similarities: int
    in_short: bool = False

    @property
    def profiles(self) -> int:
        """How many profiles the edition has."""
        return self.rows["cities"]

    def href(self, city_id: str | None = None) -> str:
        """The page of a profile, or that of the edition, from the report's folder."""
        return f"check/{self.folder}/{file_name(city_id) if city_id else 'index'}.html"

    def severity(self, name: str) -> int:
        """How many findings have a severity."""
        return sum(self.checks.get(name, {}).values())


def facts_of(edition: EditionRows) -> Facts:
    """The facts of an edition."""
    rows = edition.rows
    checks: dict[str, Counter[str]] = {}
    for finding in rows["findings"]:
        checks.setdefault(finding["severity"], Counter())[finding["check"]] += 1
    return Facts(
        edition.name,
        file_name(edition.name),
        tuple(msgspec.convert(_chosen(s, ListedDocument), ListedDocument) for s in rows["sources"]),
        tuple(_place(edition, city) for city in rows["cities"]),
        tuple(_measured(edition)),
        _findings(rows["findings"], ("error", "warning"), MOST_FINDINGS),
        _findings(rows["findings"], ("info",), MOST_INFOS),
        tuple(happenings(rows["events"])),
        tuple(sorted({d["date"].isoformat() for d in rows["calendar_days"]})),
        {name: len(rows[name]) for name in _TABLES},
        dict(sorted(Counter(line["role"] for line in rows["lines"]).items())),
        {severity: dict(sorted(own.items())) for severity, own in sorted(checks.items())},
        len(rows["similarities"]),
    )


def first_in_full(profiles: Sequence[int], most: int) -> int:
    """The first of some editions to show in full, told by their numbers of profiles.

    It and those after it have no more than so many together; the last is always shown.
    """
    total = 0
    for at in range(len(profiles) - 1, -1, -1):
        total += profiles[at]
        if total > most and at + 1 < len(profiles):
            return at + 1
    return 0


def shortened(facts: Facts) -> Facts:
    """An edition without what the pages would list one by one."""
    return msgspec.structs.replace(
        facts, places=(), measured=(), findings=(), infos=(), happenings=(), days=(), in_short=True
    )


def encoded(facts: Facts) -> bytes:
    """Facts as bytes."""
    return msgspec.msgpack.encode(facts)


def decoded(data: bytes) -> Facts:
    """Facts from bytes."""
    return msgspec.msgpack.decode(data, type=Facts)


def _chosen(row: Row, kind: Any) -> list[object]:
    return [row[name] for name in kind.__struct_fields__]


def _place(edition: EditionRows, city: Row) -> ProfileFacts:
    own = edition.of(city["city_id"])
    themes = {t["theme"] for t in own["city_themes"]} - {None}
    severities = Counter(f["severity"] for f in own["findings"])
    more = {
        "themes": tuple(sorted(themes)),
        "quantities": len(own["quantities"]),
        **{f"{name}s": severities[name] for name in SEVERITIES},
        "size_doubted": any(map(_doubts_size, own["findings"])),
    }
    return msgspec.convert(_chosen({**city, **more}, ProfileFacts), ProfileFacts)


def _doubts_size(finding: Row) -> bool:
    fields = (finding["field"] or "").replace(",", " ").split()
    return finding["severity"] != "info" and bool({"population", "area_km2"} & set(fields))


def _measured(edition: EditionRows) -> list[Measured]:
    found = []
    for city in edition.rows["cities"]:
        for number, row in enumerate(edition.of(city["city_id"])["quantities"], start=1):
            if row["indicator"]:
                chosen = _chosen({**row, "anchor": f"q{number}"}, Measured)
                found.append(msgspec.convert(chosen, Measured))
    return found


def _findings(
    findings: list[Row], severities: Collection[str], most: int
) -> tuple[FindingFacts, ...]:
    told = [f for f in findings if f["severity"] in severities]
    told.sort(key=lambda f: (f["severity"] != "error", f["city_id"] or "", f["finding_id"]))
    return tuple(msgspec.convert(_chosen(f, FindingFacts), FindingFacts) for f in told[:most])


def happenings(events: list[Row]) -> list[Happening]:
    """The events, one in two languages once, under the id of the first."""
    by_id = {e["event_id"]: e for e in events}
    out, told = [], set()
    for event in events:
        other = by_id.get(event["translation_of"])
        if event["event_id"] in told:
            continue
        both = [event] if other is None else [event, other]
        told |= {e["event_id"] for e in both}
        out.append(
            Happening(
                event["date"].isoformat(),
                tuple((e["language"], e["title"]) for e in both),
                event["time_text"],
                instant(event["start_utc"]),
                instant(event["end_utc"]),
                event["timezone"],
                event["timezone_source"],
                event["event_id"],
            )
        )
    return out


def instant(value: Any) -> str | None:
    """A time as the tables write it."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value is not None else None
