"""Build zone_names.csv: what CLDR calls time zones in English and in Chinese.

Run it with `python -m pipeline.knowledge.build_zone_names` after places.csv was made anew. A name
holds for several zones of the IANA database; kept are names whose zones show one time in all years
since 2020, each with the zone of the largest city. Names of calendar.toml stand there.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from importlib import resources

from babel import Locale
from babel.core import get_global

from pipeline.knowledge import load_csv
from pipeline.knowledge.places import COLUMNS as PLACES
from pipeline.knowledge.zones import zone

COLUMNS = ("name", "zone")
_MOMENTS = [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=10 * n) for n in range(400)]


def zone_names() -> list[tuple[str, str]]:
    """Each name with its zone, in order."""
    zones: dict[str, list[str]] = defaultdict(list)
    for name in get_global("zone_territories"):
        if meta := get_global("meta_zones").get(name):
            zones[meta].append(name)
    sizes = _sizes()
    found: dict[str, str] = {}
    for meta, own in zones.items():
        if len({_shown(name) for name in own}) > 1:
            continue
        best = max(own, key=lambda name: (sizes.get(name.rsplit("/", 1)[1], 0), name))
        for language in ("en", "zh"):
            names = Locale(language).meta_zones.get(meta, {}).get("long", {})
            found |= dict.fromkeys(names.values(), best)
    return sorted((name, zone) for name, zone in found.items() if "," not in name)


def _shown(name: str) -> tuple[timedelta | None, ...]:
    return tuple(moment.astimezone(zone(name)).utcoffset() for moment in _MOMENTS)


def _sizes() -> dict[str, int]:
    """The population of the largest city of each name, as the IANA database writes names."""
    sizes: dict[str, int] = {}
    for cells in load_csv("places.csv", PLACES):
        row = dict(zip(PLACES, cells, strict=True))
        for name in filter(None, (row["name"], row["ascii_name"], row["english"])):
            key = name.replace(" ", "_")
            sizes[key] = max(sizes.get(key, 0), int(row["population"] or 0))
    return sizes


def main() -> None:
    """Write zone_names.csv beside this file."""
    with resources.as_file(resources.files(__package__)) as folder:
        lines = [",".join(COLUMNS), *map(",".join, zone_names())]
        (folder / "zone_names.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
