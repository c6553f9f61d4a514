"""normalise: Segments → Records. Printed text becomes values, each beside what was printed."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.knowledge.lexicon import Lexicon
from pipeline.model import Segments
from pipeline.normalise.covers import doubtful_covers
from pipeline.normalise.events import normalise_events
from pipeline.normalise.profiles import normalise_profiles
from pipeline.records import LineRecord, Records

__all__ = ["normalise"]


def normalise(segments: Segments, lexicon: Lexicon) -> Records:
    """All that one source says, with one record for each of its lines."""
    document = segments.document
    records = Records(
        source=document.source,
        kind=segments.kind,
        media_type=document.media_type,
        reader=document.reader,
        encoding=document.encoding,
        pages=document.pages,
        lines=(),
    )
    city_ids: tuple[str, ...] = ()
    if segments.kind == "brochure":
        records, city_ids = normalise_profiles(segments, lexicon, records)
    events, items, days, doubts = normalise_events(segments, lexicon.calendars)
    return replace(
        records,
        lines=tuple(
            LineRecord(
                page=line.page,
                line=line.number,
                text=line.text,
                role=role.role,
                city_id=city_ids[role.profile] if role.profile >= 0 else None,
                section=role.section,
            )
            for line, role in zip(document.lines, segments.roles, strict=True)
        ),
        events=events,
        event_items=items,
        calendar_days=days,
        findings=(
            *document.findings,
            *doubtful_covers(segments),
            *segments.findings,
            *records.findings,
            *doubts,
        ),
    )
