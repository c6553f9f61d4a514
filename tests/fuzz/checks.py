"""What must hold for any document, however damaged."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.emit.part import Part
from pipeline.encoding import decode
from pipeline.flow import Flow, Given, PartError, Result
from pipeline.model import Edition, Finding, Limits, Source
from pipeline.records import City, Records
from pipeline.store.cache import Cache
from tests.fuzz.mutations import Damaged

LIMITS = Limits(page_seconds=10, memory_mb=1024, pages=50, unpacked_mb=128)


class Report(NamedTuple):
    """What came of a document: what should not be, and how it ended."""

    broken: tuple[str, ...]
    status: str


def source(name: str, data: bytes) -> Source:
    """A source by its name and content."""
    digest = hashlib.sha256(data).hexdigest()
    return Source(f"e/{name}", Edition("e"), f"raw/e/{name}", digest, len(data), limits=LIMITS)


def check(executor: Executor, document: Damaged) -> Report:
    """Read a damaged document and make its tables."""
    flow = Flow(executor, Cache(Path("/dev/null")))  # nothing can be written: memory holds it
    result = flow.source(Given(source(document.name, document.data), lambda: document.data))
    broken = []
    status = "read"
    if failure := result.failure:
        status = "stopped" if "stopped" in failure.message else "refused"
        if "the program failed" in failure.message:
            broken.append(failure.message)
    else:
        records = _records(flow, result)
        if document.name.endswith(".txt"):
            broken += _of_lines(records, document.data)
    try:
        doubted = _doubted(flow, flow.edition(Edition("e"), [result], (), ()))
    except PartError as error:
        return Report((*broken, f"no tables: {error}"), status)
    if document.sound is not None and not result.failure:
        broken += _of_profiles(_sound(executor, document.sound), records, document.touched, doubted)
    return Report(tuple(broken), status)


def _doubted(flow: Flow, key: str) -> set[str]:
    """The profiles of an edition about which there is an error or a warning."""
    part, body = flow.head(key, Part)
    span = part.findings
    data = flow.cache.slice(key, body + span.start, body + span.end)
    found = msgspec.json.decode(data, type=list[Finding])
    return {f.city_id for f in found if f.city_id and f.severity != "info"}


def _records(flow: Flow, result: Result) -> Records:
    data = flow.cache.get(result.key)
    assert data is not None
    return msgspec.json.decode(data, type=Records)


def _of_lines(records: Records, data: bytes) -> list[str]:
    text = "\n".join(line.text for line in records.lines)
    return [] if text == decode(data, None).text else ["the lines are not the file"]


def _of_profiles(
    sound: Records, found: Records, touched: frozenset[int], doubted: set[str]
) -> list[str]:
    """No more profiles are lost, or have other values without a finding, than were touched."""
    near = {n + k for n in touched for k in (-1, 0, 1)}
    hit = {line.city_id for line in sound.lines if line.city_id and line.line in near}
    hit |= {_next(sound, n) for n in touched} - {None}
    values = {_values(c) for c in found.cities}
    lost = [
        c.city_id
        for c in sound.cities
        if c.population and _values(c) not in values and c.city_id not in doubted
    ]
    if len(lost) <= len(hit):
        return []
    return [f"{len(hit)} profiles were touched, {len(lost)} lost: {', '.join(lost)}"]


def _next(sound: Records, number: int) -> str | None:
    """The profile that a line outside of all stands before."""
    after = (line.city_id for line in sound.lines if line.line >= number and line.city_id)
    return next(after, None)


def _values(city: City) -> tuple[object, ...]:
    return (city.name_zh, city.name_en, city.population, city.area_km2)


@lru_cache(maxsize=64)
def _sound(executor: Executor, text: str) -> Records:
    flow = Flow(executor, Cache(Path("/dev/null")))
    data = text.encode()
    return _records(flow, flow.source(Given(source("page.txt", data), lambda: data)))
