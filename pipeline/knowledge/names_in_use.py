"""Names of places by hand, for `build_places.py`: what GeoNames lacks or does not put first."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class InUse(NamedTuple):
    """The names of a place by hand: in English, if not GeoNames' own, and in Chinese."""

    english: str
    chinese: list[str]


def read_names_in_use(path: Path, records: Iterable[Mapping[str, Any]]) -> dict[int, InUse]:
    """Read place_names.csv: for each geonames_id, its names in use.

    A name stands for the largest place of its country that bears it. Raise ValueError if none does.
    """
    largest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for record in sorted(records, key=lambda r: (r["population"], -r["geonameid"])):
        largest[record["countrycode"], record["name"]] = record
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unknown = [row["name"] for row in rows if (row["country"], row["name"]) not in largest]
    if unknown:
        raise ValueError(f"{path.name}: no such place: {', '.join(unknown)}")
    return {
        largest[row["country"], row["name"]]["geonameid"]: InUse(
            row["english"], row["chinese"].split("|") if row["chinese"] else []
        )
        for row in rows
    }
