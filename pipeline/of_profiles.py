"""Which rows of a record belong to a profile: those that name it by `city_id`."""

from __future__ import annotations

from functools import cache

from pipeline.records import row_types


@cache
def of_profiles() -> tuple[str, ...]:
    """The fields of `Records` that hold rows with a `city_id`, in their order."""
    return tuple(n for n, row in row_types().items() if "city_id" in row.__struct_fields__)
