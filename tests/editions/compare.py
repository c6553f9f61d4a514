"""What two readings of the same profiles tell differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Any

from pipeline.records import Records
from pipeline.textforms import HAN
from tests.editions.content import ProfileContent, Profiles, contents_of

_WIDE = rf"[{HAN}\u2014\u2018-\u201d\u2026\u2e3a\u3000-\u303f\uff00-\uffef]"
_SPACE_BESIDE_WIDE = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
_CONTEXT = 12

CITY = ("name_zh", "name_en", "kind", "country_code", "population", "area_km2")
THEME = ("label", "theme")
SECTION = ("heading", "text")
PARAGRAPH = ("lead", "text", "bullet")


def differences(expected: Records, found: Records) -> list[str]:
    """The differences in cities, labels, sections and paragraphs, one line each.

    Rows are matched by their keys (profile, section, position). White space does not count beside
    Chinese characters and punctuation; between Latin words it does, whatever its kind.
    """
    return [
        *_rows("cities", expected.cities, found.cities, lambda r: (r.city_id,), CITY),
        *_order(expected, found),
        *_rows(
            "city_themes",
            expected.city_themes,
            found.city_themes,
            lambda r: (r.city_id, r.position, r.theme),
            THEME,
        ),
        *_rows(
            "sections", expected.sections, found.sections, lambda r: (r.city_id, r.section), SECTION
        ),
        *_rows(
            "paragraphs",
            expected.paragraphs,
            found.paragraphs,
            lambda r: (r.city_id, r.section, r.position),
            PARAGRAPH,
        ),
    ]


def content_differences(expected: Profiles, found: Records) -> list[str]:
    """The differences between what was laid out and what was read, one line each.

    Unlike `differences` it needs no second reading: it also judges what the plain text of the same
    content would be read wrongly. Leads, credits and the order of sections are not compared.
    """
    got = contents_of(found)
    names = [_name(p) for p in expected], [_name(p) for p in got]
    if names[0] != names[1]:
        return [f"profiles: {_difference('; '.join(names[0]), '; '.join(names[1]))}"]
    return [
        f"{_name(old)}: {field}: {_difference(a, b)}"
        for old, new in zip(expected, got, strict=True)
        for (field, a), (_, b) in zip(_fields(old, new), _fields(new, old), strict=True)
        if a != b
    ]


def _name(profile: ProfileContent) -> str:
    return plain(f"{profile.name_zh or ''} {profile.name_latin or ''}")


def _fields(profile: ProfileContent, other: ProfileContent) -> list[tuple[str, Any]]:
    """The printed fields of a profile; sections that either has, each paragraph on a line."""
    kinds = sorted({s.kind for p in (profile, other) for s in p.sections})
    sections = [(kind, profile.section(kind)) for kind in kinds]
    return [
        ("population_text", plain(profile.population_text)),
        ("area_text", plain(profile.area_text)),
        ("labels", "\n".join(map(plain, profile.labels))),
        *((f"{k} heading", plain(s.heading) if s else None) for k, s in sections),
        *(
            (k, "\n".join(("- " if p.bullet else "") + plain(p.text) for p in s.paragraphs))
            if s
            else (k, None)
            for k, s in sections
        ),
    ]


def plain(value: Any) -> Any:
    """A value without the white space that does not count."""
    if not isinstance(value, str):
        return value
    return " ".join(_SPACE_BESIDE_WIDE.sub("", value.strip()).split())


def _order(expected: Records, found: Records) -> Iterable[str]:
    """A difference in the order of the profiles that both have."""
    ids = [c.city_id for c in expected.cities]
    got = [c.city_id for c in found.cities if c.city_id in ids]
    ids = [i for i in ids if i in got]
    if got != ids:
        yield f"cities: in the order {got}, expected {ids}"


def _rows(
    table: str,
    expected: Iterable[Any],
    found: Iterable[Any],
    key: Callable[[Any], tuple[Any, ...]],
    fields: tuple[str, ...],
) -> Iterable[str]:
    """Rows that are missing, too many, or differ in a field."""
    wanted, got = {key(r): r for r in expected}, {key(r): r for r in found}
    for at, row in wanted.items():
        name = f"{table} {'/'.join(map(str, at))}"
        if at not in got:
            yield f"{name}: missing ({_short(row, fields)})"
            continue
        for field in fields:
            old, new = plain(getattr(row, field)), plain(getattr(got[at], field))
            if old != new:
                yield f"{name}: {field}: {_difference(old, new)}"
    for at, row in got.items():
        if at not in wanted:
            yield f"{table} {'/'.join(map(str, at))}: too many ({_short(row, fields)})"


def _short(row: Any, fields: tuple[str, ...]) -> str:
    return ", ".join(f"{f} {str(getattr(row, f))[:30]!r}" for f in fields)


def _difference(old: Any, new: Any) -> str:
    """Two values, or of two texts the first parts that differ, with what stands around."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return f"{old!r} became {new!r}"
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    first = next(c for c in changes if c[0] != "equal")
    _, a, b, c, d = first
    before, after = old[max(0, a - _CONTEXT) : a], old[b : b + _CONTEXT]
    more = sum(c[0] != "equal" for c in changes) - 1
    text = f"…{before}[{old[a:b]}]{after}… became …{before}[{new[c:d]}]{new[d : d + _CONTEXT]}…"
    return text + (f" and {more} more" if more else "")
