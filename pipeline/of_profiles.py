"""Which rows of a record belong to a profile: those that name it by `city_id`."""

from __future__ import annotations

from functools import cache
from typing import get_args, get_type_hints

from pipeline.records import Records


@cache
def of_profiles() -> tuple[str, ...]:
    """The fields of `Records` that hold rows with a `city_id`, in their order."""
    return tuple(
        name
        for name, kind in get_type_hints(Records).items()
        for row in get_args(kind)[:1]
        if "city_id" in getattr(row, "__struct_fields__", ())
    )
