"""Places by themes: a table in which a mark says that a place names a theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.report.facts import Linked


class Matrix(NamedTuple):
    """Themes in the order of their table, a row for each place, and how many name each theme."""

    themes: list[Mapping[str, Any]]
    rows: list[tuple[Linked, list[bool]]]
    counts: list[int]


def matrix(themes: Iterable[Mapping[str, Any]], places: Sequence[Linked]) -> Matrix:
    """The table of some places; primary themes come first."""
    ordered = sorted(themes, key=lambda t: (t["group"] != "primary", t["theme"]))
    counts = Counter(theme for linked in places for theme in linked.place.themes)
    rows = [(p, [t["theme"] in p.place.themes for t in ordered]) for p in places]
    return Matrix(ordered, rows, [counts[t["theme"]] for t in ordered])
