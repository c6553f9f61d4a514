"""What a run did, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.emit.part import Part, SourceFacts, ToldFinding
    from pipeline.output import Published


class Summary(NamedTuple):
    """What a run did; of `told`, the errors and the first warnings, a line each.

    `unkept` is why results could not be kept for the next run, where they could not.
    """

    current: bool
    editions: int = 0
    profiles: int = 0
    rows: Mapping[str, int] = MappingProxyType({})
    findings: Mapping[str, int] = MappingProxyType({})
    lines: int = 0
    unassigned: int = 0
    unread: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    unkept: str = ""


def summary_of(published: Published) -> Summary:
    """The summary of a run from what it published.

    An edition's findings stand in the part that has nothing else, where there is one.
    """
    from pipeline.knowledge.catalogue import catalogue

    parts = published.parts
    retold = {p.edition.edition for p in parts if p.retells}
    editions = [p for p in parts if p.is_edition]
    speaking = [p for p in parts if p not in editions or p.edition.edition not in retold]
    rows = {t.name: sum(p.rows(t.name) for p in parts) for t in catalogue()}
    rows.update(published.constant)
    rows["findings"] = sum(p.rows("findings") for p in speaking)
    sources = [s for p in editions for s in p.sources]
    severities: Counter[str] = Counter()
    for part in speaking:
        severities.update(part.severities)
    return Summary(
        current=False,
        editions=len({p.edition.edition for p in editions if p.sources}),
        profiles=rows["cities"],
        rows=rows,
        findings=severities,
        lines=rows["lines"],
        unassigned=sum(p.unassigned for p in editions),
        unread=tuple(sorted(s.path for s in sources if s.status != "ok")),
        told=(
            *_told(speaking, severities, {s.source_id: s.path for s in sources}),
            *(f"error: {fault}" for fault in published.faults),
        ),
        sources=tuple(sorted(sources, key=lambda s: s.path)),
    )


def _told(
    parts: Sequence[Part], severities: Mapping[str, int], paths: Mapping[str, str]
) -> tuple[str, ...]:
    """The errors and the first warnings, each of a profile, a file or an edition."""
    from pipeline.emit.part import MOST_TOLD, told_order

    told = [(t, p.edition.edition) for p in parts for t in p.told]
    told.sort(key=lambda one: told_order(one[0]))
    several = len({edition for t, edition in told if t.city_id}) > 1
    lines = [
        f"{t.severity}: {_about(t, edition, paths, several=several)}: {t.text}"
        for t, edition in told[:MOST_TOLD]
    ]
    more = severities["error"] + severities["warning"] - len(lines)
    rest = (f"and {more} more errors and warnings in `findings`",) if more > 0 else ()
    return (*lines, *rest)


def _about(told: ToldFinding, edition: str, paths: Mapping[str, str], *, several: bool) -> str:
    """What a finding is about: a profile, with its edition where there are several, or a file."""
    profile = f"{edition}/{told.city_id}" if several and told.city_id else told.city_id
    return profile or paths.get(told.source_id) or edition
