"""The page of a comparison: what changed between two editions of a series."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.differing import stretches
from pipeline.model import Frozen
from pipeline.report.amounts import SIGNS, parted
from pipeline.report.environment import Page, rendered
from pipeline.report.file_names import file_name
from pipeline.report.rows import Row
from pipeline.report.strings import Texts, with_themes

# Fields whose items are codes with a text of their own, and the group of that text.
_ITEMS = {"theme": "theme", "section": "section", "indicator": "indicator"}
# Where the page of a profile has a field that is no row of its header.
_ANCHORS = {"profile": "", "theme": "#themes", "label": "#themes", "indicator": "#quantities"}
_AMOUNTS = ("population", "area_km2", "indicator")
_NUMBER = re.compile(r"(>=|<=|~)?(\d+(?:\.\d+)?)")


class ComparisonFacts(Frozen, frozen=True, array_like=True):
    """A comparison in short: its page, and how many changes of each difference it has."""

    series: str
    edition_from: str
    edition_to: str
    path: str
    counts: dict[str, int]


class ShownChange(NamedTuple):
    """A row of `changes` with its two values in pieces, each with whether it differs."""

    row: Row
    old: list[tuple[str, bool]]
    new: list[tuple[str, bool]]
    item_group: str | None
    links: tuple[str | None, str | None]


def change_page(
    pair: tuple[str, str, str], rows: Sequence[Row], themes: Sequence[Mapping[str, Any]]
) -> tuple[ComparisonFacts, Page]:
    """The page of a comparison (series, older and newer edition) from its rows of `changes`."""
    series, older, newer = pair
    counts = {d: sum(r["difference"] == d for r in rows) for d in ("value", "spelling", "language")}
    name = file_name("\x1f".join(pair))
    path = f"changes/{name}.html"
    by_city: dict[str, list[ShownChange]] = {}
    for row in rows:
        by_city.setdefault(row["city_id"], []).append(_change(row))
    values = {
        "series": series,
        "older": older,
        "newer": newer,
        "cities": sorted(by_city.items()),
        "counts": counts,
    }
    page = rendered("change.html", Texts(with_themes(themes)), 1, values)
    return ComparisonFacts(series, older, newer, path, counts), (path, page)


def _change(row: Row) -> ShownChange:
    apart = stretches(*(_read(row["field"], row[end] or "") for end in ("old", "new")))
    old = [(s.same or s.old, not s.same) for s in apart]
    new = [(s.same or s.new, not s.same) for s in apart]
    here = f"{file_name(row['city_id'])}.html{_anchor(row)}"
    ends = (("edition_from", row["change"] != "added"), ("edition_to", row["change"] != "removed"))
    links = tuple(f"../check/{file_name(row[e])}/{here}" if is_in else None
                  for e, is_in in ends)  # fmt: skip
    return ShownChange(row, old, new, _ITEMS.get(row["field"]), (links[0], links[1]))


def _anchor(row: Row) -> str:
    """Where the page of a profile has what changed."""
    if row["field"] == "section":
        return f"#{row['item']}"
    return _ANCHORS.get(row["field"], f"#f-{row['field']}")


def _read(field: str, text: str) -> str:
    """A value as it is read: of an amount the thousands apart, and the comparator's sign.

    >>> _read("indicator", ">=1250000.5 CNY")
    '≥ 1,250,000.5 CNY'
    """
    if field not in _AMOUNTS:
        return text
    return _NUMBER.sub(lambda m: SIGNS[m[1] or "="] + parted(m[2]), text)
