"""Segments of a calendar page → events, the entries of their lists, and the days."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.event_lists import ListKind
from pipeline.knowledge.languages import languages_of_page
from pipeline.model import Finding, Segments
from pipeline.normalise.drafts import EntryList, EventDraft, read_draft
from pipeline.normalise.instants import When, at_one_instant, hands, when_held, zone_or_none
from pipeline.pieces import where_lines
from pipeline.records import CalendarDay, Event, EventItem
from pipeline.textforms import slug

_WORD = re.compile(r"[a-z]{2,}")
_A_PAIR = 2


def normalise_events(
    segments: Segments, calendars: Calendars
) -> tuple[tuple[Event, ...], tuple[EventItem, ...], tuple[CalendarDay, ...], tuple[Finding, ...]]:
    """The events, list entries and days of one calendar page, with what is doubtful in them.

    Only findings made here are returned; those of `segments` stay where they are.
    """
    document = segments.document
    edition = document.source.edition
    calendars = calendars.of_page([line.text for line in document.lines])
    languages = languages_of_page("\n".join(line.text for line in document.lines))
    drafts = [read_draft(document, e, calendars, languages) for e in segments.events]
    partners = _translations(drafts)
    ids = _event_ids(edition.edition, drafts, partners)
    events: list[Event] = []
    items: list[EventItem] = []
    findings: list[Finding] = []
    if edition.timezone and drafts and not zone_or_none(edition.timezone):
        message = f"`{edition.timezone}` in edition.toml is no time zone; use an IANA name"
        findings.append(Finding("warning", "edition_file", message, edition.edition))
    zone = next(
        (z for line in document.lines if (z := calendars.times.zone_of_page(line.text))), None
    )
    for n, draft in enumerate(drafts):
        other = partners.get(n)
        partner = None if other is None else drafts[other]
        times = when_held(draft, partner, edition.timezone, calendars, zone)
        events.append(_event(draft, ids[n], times, None if other is None else ids[other]))
        items += _items(draft, partner, ids[n], calendars)
        if times.check:
            severity, check, field, message = times.check
            findings.append(
                Finding(
                    severity,
                    check,
                    f"`{draft.title}`: {message}",
                    edition.edition,
                    table="events",
                    field=field,
                    where=draft.where,
                )
            )
    return tuple(events), tuple(items), _days(segments), tuple(findings)


def _event(draft: EventDraft, event_id: str, times: When, translation_of: str | None) -> Event:
    return Event(
        event_id=event_id,
        language=draft.language,
        date=draft.span.date,
        last_date=draft.last.isoformat() if draft.last else None,
        title=draft.title,
        time_text=draft.time_text,
        start_utc=_utc_text(times.start),
        end_utc=_utc_text(times.end),
        timezone=times.zone,
        timezone_source=times.source,
        translation_of=translation_of,
        description="\n".join(draft.paragraphs),
        where=draft.where,
    )


def _utc_text(instant: datetime | None) -> str | None:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def _days(segments: Segments) -> tuple[CalendarDay, ...]:
    """Every day that the page shows, once, with the number of its events in any language."""
    held = Counter(span.date for span in segments.events)
    shown: dict[str, CalendarDay] = {}
    for day in segments.days:
        where = where_lines(segments.document, (day.line_start, day.line_end))
        shown.setdefault(day.date, CalendarDay(day.date, held[day.date], where))
    return tuple(shown.values())


# ---------------------------------------------------------------- translations and identity


def _translations(drafts: Sequence[EventDraft]) -> dict[int, int]:
    """Which event is the translation of which, in both directions.

    Translations follow one another on one day, in two languages, at the same time of day, and
    share a Latin word of their titles (a name, an acronym) or the sizes of their lists, or state
    one instant in two zones. So are all that are alone on their days, where several pairs are.
    """
    partners: dict[int, int] = {}
    may_be = [
        n
        for n, (first, second) in enumerate(pairwise(drafts))
        if first.day == second.day
        and first.language != second.language
        and _same_time(first, second)
    ]
    held = Counter(draft.day for draft in drafts)
    alone = {n for n in may_be if held[drafts[n].day] == _A_PAIR}
    for n in may_be:
        known = _common_evidence(drafts[n], drafts[n + 1])
        if n not in partners and (known or (n in alone and len(alone) > 1)):
            partners[n], partners[n + 1] = n + 1, n
    return partners or _one_below_the_other(drafts)


def _one_below_the_other(drafts: Sequence[EventDraft]) -> dict[int, int]:
    """The pairs of a page that has all its events in one language and then all in the other.

    The days are the same, in the same order, and so are the times.
    """
    half = len(drafts) // 2
    pairs = list(zip(range(half), range(half, len(drafts)), strict=False))
    languages = [{draft.language for draft in part} for part in (drafts[:half], drafts[half:])]
    apart = all(len(said) == 1 for said in languages) and languages[0] != languages[1]
    if half < _A_PAIR or len(drafts) % 2 or not apart:
        return {}
    same = all(
        drafts[a].day == drafts[b].day and _same_time(drafts[a], drafts[b]) for a, b in pairs
    )
    return {n: other for a, b in pairs for n, other in ((a, b), (b, a))} if same else {}


def _same_time(first: EventDraft, second: EventDraft) -> bool:
    """Whether two time lines say the same, as text or on the clock (`上午9:00`, `9:00 CET`)."""
    if "".join(first.time_text.split()) == "".join(second.time_text.split()):
        return True
    if not first.clocks or not second.clocks:
        return False
    if at_one_instant(first, second):
        return True
    one, two = first.clocks[0], second.clocks[0]
    zones = {clock.zone for clock in (one, two) if clock.zone}
    return one.start is not None and hands(one) == hands(two) and len(zones) <= 1


def _common_evidence(first: EventDraft, second: EventDraft) -> bool:
    if first.time_text and first.span.time == second.span.time:
        return True  # one printed time for both
    words = [set(_WORD.findall(draft.title.casefold())) for draft in (first, second)]
    sizes = [[len(part.entries) for part in draft.lists] for draft in (first, second)]
    alike = bool(words[0] & words[1]) or (bool(sizes[0]) and sizes[0] == sizes[1])
    return alike or (first.clocks != second.clocks and at_one_instant(first, second))


def _event_ids(edition: str, drafts: Sequence[EventDraft], partners: dict[int, int]) -> list[str]:
    """`<edition>-<date>-<n>-<language>`: n counts the day's events, translations share theirs."""
    prefix = slug(edition)
    if prefix != edition:  # two editions may share what is left of their names
        prefix = f"{prefix}-e{hashlib.sha256(edition.encode()).hexdigest()[:8]}".lstrip("-")
    numbers: list[int] = []
    counts: Counter[date] = Counter()
    for n, draft in enumerate(drafts):
        if (other := partners.get(n)) is not None and other < n:
            numbers.append(numbers[other])
        else:
            counts[draft.day] += 1
            numbers.append(counts[draft.day])
    return [
        f"{prefix}-{draft.span.date}-{number}-{draft.language}"
        for draft, number in zip(drafts, numbers, strict=True)
    ]


# ---------------------------------------------------------------- lists


def _items(
    draft: EventDraft, partner: EventDraft | None, event_id: str, calendars: Calendars
) -> list[EventItem]:
    """The entries of an event's lists, numbered through each kind of list."""
    items: list[EventItem] = []
    counts: Counter[ListKind] = Counter()
    for n, part in enumerate(draft.lists):
        kind = _list_kind(part, calendars)
        if kind is None and partner and n < len(partner.lists):
            kind = _list_kind(partner.lists[n], calendars)
        for entry in part.entries:
            counts[kind or "other"] += 1
            position = counts[kind or "other"]
            items.append(EventItem(event_id, kind or "other", position, entry.text, entry.where))
    return items


def _list_kind(part: EntryList, calendars: Calendars) -> ListKind | None:
    """What a list holds, by the paragraph right before it or else by its entries, or None."""
    kind = calendars.lists.kind_before(part.lead) if part.lead else None
    return kind or calendars.lists.kind_of([entry.text for entry in part.entries])
