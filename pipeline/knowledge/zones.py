"""Time zones from the pinned `tzdata` package, so that no machine's own database gets in."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises KeyError if there is none."""
    path = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    try:
        with path.open("rb") as file:
            return ZoneInfo.from_file(file, name)
    except (OSError, ValueError) as error:
        raise KeyError(name) from error
