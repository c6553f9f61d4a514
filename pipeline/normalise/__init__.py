"""normalise: Segments → Records. Printed text becomes values, each beside what was printed."""

from __future__ import annotations

from pipeline.knowledge.lexicon import Lexicon
from pipeline.model import Segments
from pipeline.normalise.events import normalise_events
from pipeline.normalise.profiles import Profiles, normalise_profiles
from pipeline.records import LineRecord, Records

__all__ = ["normalise"]


def normalise(segments: Segments, lexicon: Lexicon) -> Records:
    """All that one source says, with one record for each of its lines."""
    document = segments.document
    profiles = normalise_profiles(segments, lexicon) if segments.kind == "brochure" else Profiles()
    events, items, days, doubts = normalise_events(segments, lexicon.calendars)
    lines = tuple(
        LineRecord(
            page=line.page,
            line=line.number,
            text=line.text,
            role=role.role,
            city_id=profiles.city_ids[role.profile] if role.profile >= 0 else None,
            section=role.section,
        )
        for line, role in zip(document.lines, segments.roles, strict=True)
    )
    return Records(
        source=document.source,
        kind=segments.kind,
        media_type=document.media_type,
        reader=document.reader,
        encoding=document.encoding,
        pages=document.pages,
        lines=lines,
        cities=profiles.cities,
        sections=profiles.sections,
        paragraphs=profiles.paragraphs,
        city_themes=profiles.city_themes,
        quantities=profiles.quantities,
        mentions=profiles.mentions,
        events=events,
        event_items=items,
        calendar_days=days,
        findings=(*document.findings, *segments.findings, *profiles.findings, *doubts),
    )
