"""Checks over the rows of an edition: what is missing, implausible, lost or printed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.emit.line_checks import (
    lines_not_read,
    lines_without_value,
    lost_characters,
    unassigned,
    unsafe_characters,
)
from pipeline.emit.similarities import MANY, NEAREST
from pipeline.emit.tables import Row, Rows
from pipeline.model import Finding, Severity, Where
from pipeline.textforms import CLOSERS, SENTENCE_END

# Bounds beyond which a value of a city or region is questioned.
_PLAUSIBLE = {
    "population": (1_000, 150_000_000),
    "area_km2": (0.5, 2_000_000),
    "density_per_km2": (0.5, 50_000),
}
_PRINTED = {"population": "population", "area_km2": "area"}  # of a header, as messages name them
_SCRIPTS = {"name_zh": "Chinese", "name_en": "Latin"}
_REPLACEMENT = "\ufffd"
_NOTES = "text/markdown"  # may be notes on an edition, and no document of it
_SHOWN = 80  # characters of a line in a message
# When the end of a document is open: characters of prose, paragraphs beside the last, share of
# them that end a sentence, and roles that may follow the last.
_PROSE, _SOME, _MOST = 30, 3, 0.8
_BESIDE = ("blank", "page_number", "credit", "front_matter")
_CLOSED = tuple(SENTENCE_END + CLOSERS + ":：;；")
_TAIL = 24  # characters of the open end in a message
_CODES = 8  # code points in a message


def find_all(rows: Rows) -> list[Finding]:
    """The findings of every check over the rows of all tables."""
    return [
        *_missing_parts(rows),
        *_implausible(rows),
        *_same_numbers(rows),
        *_half_corrected(rows),
        *lost_characters(rows),
        *unsafe_characters(rows),
        *_cut_off(rows),
        *unassigned(rows),
        *_unread_sources(rows),
        *_many_profiles(rows),
    ]


def _city_finding(
    row: Row, severity: Severity, check: str, field: str | None, message: str, table: str = "cities"
) -> Finding:
    return Finding(
        severity, check, message, row["edition"], row["city_id"], table, field, _where(row)
    )


def _where(row: Row) -> Where:
    return Where(row["source_id"], row["page"], row["line_start"], row["line_end"])


def _missing_parts(rows: Rows) -> Iterator[Finding]:
    sections: dict[tuple[str, str], set[str]] = {}
    for row in rows["sections"]:
        sections.setdefault((row["edition"], row["city_id"]), set()).add(row["section"])
    labelled = {(r["edition"], r["city_id"]) for r in rows["city_themes"]}
    usual = _usual_names(rows["cities"])
    empty = any(c["population"] is None or c["area_km2"] is None for c in rows["cities"])
    none = lines_without_value(rows) if empty else {}
    unread = lines_not_read(rows) if empty else {}
    for city in rows["cities"]:
        key = (city["edition"], city["city_id"])
        yield from _missing_header(city, usual, none, unread)
        have = sections.get(key, set())
        if not have:
            yield _city_finding(
                city, "warning", "missing_section", None, "the profile has no section", "sections"
            )
        elif "overview" not in have or len(have) == 1:
            lacks = "no overview" if "overview" not in have else "no section but an overview"
            yield _city_finding(
                city, "warning", "missing_section", None, f"the profile has {lacks}", "sections"
            )
        if key not in labelled:
            yield _city_finding(
                city, "warning", "missing_theme", None, "the profile has no theme", "city_themes"
            )


def _usual_names(cities: list[Row]) -> set[tuple[str, str]]:
    """Each edition with the name columns that most of its profiles have."""
    profiles = Counter(c["edition"] for c in cities)
    named = Counter((c["edition"], f) for c in cities for f in _SCRIPTS if c[f] is not None)
    return {key for key, number in named.items() if 2 * number > profiles[key[0]]}


def _missing_header(
    city: Row,
    usual: set[tuple[str, str]],
    none: Mapping[tuple[str, str, str], str],
    unread: Mapping[tuple[str, str, str], str],
) -> Iterator[Finding]:
    """What a header lacks.

    `none` are the lines of places that say that there is no such value, `unread` those that should
    hold it.
    """
    for field, printed in (("population", "population_text"), ("area_km2", "area_text")):
        if city[field] is not None or city[printed] is not None:
            continue
        what = "population" if field == "population" else "area"
        key = (city["source_id"], city["city_id"], what)
        said, line = none.get(key), unread.get(key)
        yield _city_finding(
            city,
            "info" if said else "warning",
            f"missing_{what}",
            field,
            f"the page says that there is no {what}: `{said}`"
            if said
            else f"no {what} could be read from `{line}`"
            if line
            else f"the profile prints no {what}; if it does, add its label to `[{what}]` in "
            "pipeline/knowledge/layouts.toml",
        )
    nameless = city["name_zh"] is None and city["name_en"] is None
    for field, script in _SCRIPTS.items():
        if city[field] is None and (nameless or (city["edition"], field) in usual):
            yield _city_finding(
                city, "warning", "missing_name", field, f"the profile prints no {script} name"
            )


def _implausible(rows: Rows) -> Iterator[Finding]:
    for city in rows["cities"]:
        for field, (low, high) in _PLAUSIBLE.items():
            value = city[field]
            if value is not None and not low <= value <= high:
                yield _city_finding(
                    city,
                    "warning",
                    "implausible_value",
                    field,
                    f"{field} is {value:,.10g}; from {low:,.10g} to {high:,.10g} is plausible",
                )


def _same_numbers(rows: Rows) -> Iterator[Finding]:
    """Two profiles of an edition printed with the same population and area."""
    import pandas as pd

    if not rows["cities"]:
        return
    frame = pd.DataFrame(rows["cities"])
    columns = ["edition", "population", "area_km2"]
    known = frame.dropna(subset=["population", "area_km2"])
    for _, group in known[known.duplicated(columns, keep=False)].groupby(columns, sort=True):
        ids = sorted(group["city_id"])
        for index in group.index:
            city = rows["cities"][index]
            others = ", ".join(i for i in ids if i != city["city_id"])
            yield _city_finding(
                city,
                "warning",
                "same_population_and_area",
                "population",
                f"printed with the same population ({city['population_text']}) and area "
                f"({city['area_text']}) as {others}",
            )


def _half_corrected(rows: Rows) -> Iterator[Finding]:
    """One of two values that a profile had in common with another was corrected: the other one."""
    old: dict[tuple[str, str], dict[str, str | None]] = {}
    for row in rows["corrections"]:
        if row["status"] == "applied" and row["table"] == "cities" and row["field"] in _PRINTED:
            old.setdefault((row["edition"], row["city_id"]), {})[row["field"]] = row["old"]
    printed: dict[tuple[object, ...], list[Row]] = {}
    for city in rows["cities"] if old else ():
        was = old.get((city["edition"], city["city_id"]), {})
        values = [float(was[f] or "nan") if f in was else city[f] for f in _PRINTED]
        printed.setdefault((city["edition"], *values), []).append(city)
    for group in printed.values():
        for city in group:
            corrected = old.get((city["edition"], city["city_id"]), {})
            others = ", ".join(c["city_id"] for c in group if c is not city)
            if len(corrected) != 1 or not others:
                continue
            (done,) = corrected
            (left,) = _PRINTED.keys() - corrected.keys()
            yield _city_finding(
                city,
                "warning",
                "same_population_and_area",
                left,
                f"the {_PRINTED[left]} is still the one printed for {others}, as the "
                f"{_PRINTED[done]} was before it was corrected; if it is right, confirm it with a "
                "line of its own in corrections.csv",
            )


def _cut_off(rows: Rows) -> Iterator[Finding]:
    """A source whose last paragraph stops in a sentence, while its others do not."""
    prose: dict[str, list[Row]] = {}
    for row in rows["paragraphs"]:
        if not row["bullet"] and len(row["text"]) >= _PROSE:
            prose.setdefault(row["source_id"], []).append(row)
    ends: dict[str, int] = {}
    for line in rows["lines"]:
        if line["role"] not in _BESIDE:
            ends[line["source_id"]] = line["line"]
    for source_id, paragraphs in prose.items():
        *others, last = sorted(paragraphs, key=lambda p: (p["line_end"], p["line_start"]))
        closed = sum(p["text"].endswith(_CLOSED) for p in others)
        if last["line_end"] < ends[source_id] or last["text"].endswith(_CLOSED):
            continue
        if len(others) >= _SOME and closed >= _MOST * len(others):
            yield _city_finding(
                last,
                "warning",
                "cut_off",
                "text",
                f"the document ends in a sentence: `{last['text'][-_TAIL:]}`; it may be cut off",
                "paragraphs",
            )


def _unread_sources(rows: Rows) -> Iterator[Finding]:
    for source in rows["sources"]:
        # What an understood source lacks, its reader has told in a finding of its own.
        if source["status"] != "ok" and source["kind"] is None:
            notes = source["media_type"] == _NOTES
            yield Finding(
                "warning" if notes else "error",
                "source_not_read",
                f"{source['path']}: {source['error']}",
                source["edition"],
                None,
                "sources",
                "status",
                None,
            )


def _many_profiles(rows: Rows) -> Iterator[Finding]:
    """Editions of so many profiles that `similarities` has only the nearest of each."""
    for edition, profiles in Counter(c["edition"] for c in rows["cities"]).items():
        if profiles > MANY:
            yield Finding(
                "info",
                "similarities_bounded",
                f"of {profiles:,} profiles, `similarities` has for each its {NEAREST} nearest",
                edition,
                None,
                "similarities",
                None,
            )
