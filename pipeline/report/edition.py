"""The pages of one edition, and its facts for the pages over all editions.

There is a page for each profile, one for the edition, one for who could work together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.report.environment import Page, rendered
from pipeline.report.facts import Facts, Linked, facts_of, instant
from pipeline.report.file_names import file_name
from pipeline.report.fixes import HEADER
from pipeline.report.matrix import matrix
from pipeline.report.partners import all_partners, partners_of
from pipeline.report.profile import ProfilePage, ShownFinding
from pipeline.report.rows import EditionRows, Row, Rows
from pipeline.report.sheet import Lines, Sheet, first_of
from pipeline.report.strings import Texts, with_themes

MOST_ROWS = 400  # of a table of places by themes


class Made(NamedTuple):
    """The pages of an edition, by paths in the report's folder, and its facts."""

    pages: list[Page]
    facts: Facts


def edition_pages(name: str, rows: Rows) -> Made:
    """Make the pages of an edition from the rows of its tables (`rows.TABLES`)."""
    edition = EditionRows(name, rows)
    facts = facts_of(edition)
    texts = Texts(with_themes(rows["themes"]))
    known = {p.city_id: Linked(f"{file_name(p.city_id)}.html", p) for p in facts.places}
    shared = {"edition": name, "header": HEADER, "known": known, "folder": facts.folder}
    folder = f"check/{facts.folder}"
    pages = [
        (f"{folder}/{file}", rendered(template, texts, 2, shared | values))
        for file, template, values in _pages(edition, facts)
    ]
    return Made(pages, facts)


def _pages(edition: EditionRows, facts: Facts) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each page: its file, its template, its values."""
    rows = edition.rows
    lines = Lines(rows["lines"], rows["sources"])
    cities = sorted(rows["cities"], key=lambda c: (c["source_id"], c["position"], c["city_id"]))
    places = {p.city_id: p for p in facts.places}
    linked = [Linked(f"{file_name(c['city_id'])}.html", places[c["city_id"]]) for c in cities]
    partners = {c["city_id"]: partners_of(edition, c["city_id"]) for c in cities}
    yield "index.html", "edition.html", _edition(edition, facts, lines, linked)
    if rows["similarities"]:
        codes = [t["theme"] for t in rows["themes"]]
        values = {"places": all_partners(linked, partners, codes), "codes": codes}
        yield "partners.html", "partners.html", values
    for i, city in enumerate(cities):
        page = ProfilePage(edition, city, lines)
        beside = {
            "previous": linked[i - 1] if i else None,
            "next": linked[i + 1] if i + 1 < len(linked) else None,
            "partners": partners[city["city_id"]],
        }
        yield f"{file_name(city['city_id'])}.html", "check.html", page.values() | beside


def _edition(
    edition: EditionRows, facts: Facts, lines: Lines, linked: Sequence[Linked]
) -> dict[str, Any]:
    rows, own = edition.rows, edition.of(None)
    sheet = Sheet(own["lines"], lines)
    return {
        "leaves": sheet.leaves,
        "documents": rows["sources"],
        "findings": [_finding(sheet, lines, f) for f in own["findings"]],
        "profiles": linked,
        "matrix": matrix(rows["themes"], linked) if 0 < len(linked) <= MOST_ROWS else None,
        "events": [_event(sheet, e, rows["event_items"]) for e in rows["events"]],
        "days": rows["calendar_days"],
        "corrections": [c for c in rows["corrections"] if c["status"] != "applied"],
        "facts": facts,
    }


def _finding(sheet: Sheet, lines: Lines, finding: Row) -> ShownFinding:
    at = sheet.whole(finding)
    return ShownFinding(finding, at, first_of(at) or _elsewhere(lines, finding), [])


def _elsewhere(lines: Lines, finding: Row) -> str:
    """The link to the first line of a finding that stands in a profile, on that one's page."""
    for line in lines.within(finding):
        if line["city_id"] and line["role"] != "blank":
            anchor = lines.anchor(line["source_id"], line["line"])
            return f"{file_name(line['city_id'])}.html#{anchor}"
    return ""


def _event(sheet: Sheet, event: Row, items: Sequence[Row]) -> dict[str, Any]:
    lines = sheet.lines_of(event, ("event",)) or sheet.lines_of(event)

    def at(text: str | None) -> str:
        found = sheet.found(text, lines) if text else []
        return sheet.at(lines, found) if any(found) else ""

    own = [i for i in items if i["event_id"] == event["event_id"]]
    return {
        "row": event,
        "href": sheet.href(event),
        "at": sheet.at(lines),
        "title_at": at(event["title"]),
        "time_at": at(event["time_text"]),
        "start_utc": instant(event["start_utc"]),
        "end_utc": instant(event["end_utc"]),
        "paragraphs": [(p, at(p)) for p in (event["description"] or "").split("\n") if p],
        "lists": {
            name: [(i["text"], at(i["text"])) for i in own if i["list"] == name]
            for name in sorted({i["list"] for i in own})
        },
    }
