"""The page of one profile: its lines on one side, what was extracted from them on the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.alignment import Spot
from pipeline.report.amounts import NONE, number
from pipeline.report.file_names import file_name
from pipeline.report.fixes import PRINTED, Fix, fixes, quoted
from pipeline.report.rows import EditionRows, Row
from pipeline.report.search import fold
from pipeline.report.sheet import Lines, Sheet, first_of
from pipeline.report.strings import strings

# The rows of the header: column, and the role of the lines that print it.
HEADER_FIELDS = (
    ("name_zh", ("name",)),
    ("name_en", ("name",)),
    ("kind", ()),
    ("country_code", ("name",)),
    ("subdivision_code", ()),
    ("coordinates", ()),
    ("geonames_id", ()),
    ("population", ("population",)),
    ("area_km2", ("area",)),
    ("density_per_km2", ()),
)
_SECTIONS = ("overview", "priorities", "good_practices", "preferred_themes")  # as pages have them
# Further columns that a row of the header speaks for.
_ALIASES = {"latitude": "coordinates", "longitude": "coordinates", "country_zh": "country_code"}


ValueMark = tuple[int, int, str, str]  # a value in a paragraph: start, end, anchor, kind


class ShownFinding(NamedTuple):
    """A finding as a page shows it."""

    row: Row
    at: str
    href: str
    fixes: list[Fix]


class HeaderValue(NamedTuple):
    """A value of the header; `where` has the page and lines that print it."""

    field: str
    value: str
    code: bool
    printed: str | None
    at: str
    where: Row | None
    href: str
    findings: list[ShownFinding]
    corrections: list[Row]


class ShownLabel(NamedTuple):
    """A printed label and the rows of the themes that it names."""

    position: int
    text: str
    rows: list[Row]
    at: str
    href: str
    findings: list[ShownFinding]
    corrections: list[Row]


class Marked(NamedTuple):
    """A piece of a paragraph; `ids` are the values that it is part of."""

    text: str
    ids: str
    kind: str
    at: str
    href: str


class ShownParagraph(NamedTuple):
    """A paragraph in pieces."""

    row: Row
    pieces: list[Marked]
    at: str
    href: str


class ShownQuantity(NamedTuple):
    """A quantity; `id` is its anchor."""

    id: str
    row: Row
    href: str
    corrections: list[Row]


class ShownMention(NamedTuple):
    """All mentions of one thing under one name; `place` is the profile that it is, if any."""

    text: str
    type: str
    code: str | None
    place: Row | None
    link: str | None
    ids: str
    times: int
    href: str


class ProfilePage:
    """What the template of a profile's page is given."""

    def __init__(self, edition: EditionRows, city: Row, lines: Lines) -> None:
        """`lines` are those of the whole edition."""
        self.edition = edition
        self.city = city
        self.own = edition.of(city["city_id"])
        self.sheet = Sheet(self.own["lines"], lines)
        self._told: set[str] = set()
        self._hrefs: dict[str, str] = {}  # of each value in the prose

    def values(self) -> dict[str, Any]:
        """The values of the template."""
        sections = list(self._sections())
        return {
            "city": self.city,
            "leaves": self.sheet.leaves,
            "facts": list(self._facts()),
            "labels": list(self._labels()),
            "sections": sections,
            "quantities": list(self._quantities()),
            "mentions": self._mentions(),
            # What found no place beside a value is told at the top, and last asked for.
            "findings": [self._finding(f) for f in self._others()],
            "severities": [f["severity"] for f in self.own["findings"]],
        }

    # ------------------------------------------------------------ header and labels

    def _facts(self) -> Iterator[HeaderValue]:
        city = self.city
        for field, roles in HEADER_FIELDS:
            printed = city.get(PRINTED.get(field, ""))
            lines = self.sheet.lines_of(city, roles) if roles else []
            found = self.sheet.found(printed, lines) if printed else []
            where = self.sheet.where(lines, found)
            at = self.sheet.at(lines, found) if where else ""
            value, code = _header_value(city, field)
            yield HeaderValue(
                field,
                value,
                code,
                printed,
                at,
                where,
                first_of(at),
                self._take(lambda f, field=field: _about(f, "cities", field)),
                self._corrected("cities", field),
            )

    def _labels(self) -> Iterator[ShownLabel]:
        by_position: dict[int, list[Row]] = {}
        for row in self.own["city_themes"]:
            by_position.setdefault(row["position"], []).append(row)
        for position, rows in sorted(by_position.items()):
            row = rows[0]
            lines = self.sheet.lines_of(row, ("theme",)) or self.sheet.lines_of(row)
            at = self.sheet.at(lines, self.sheet.found(row["label"], lines))
            findings = self._take(lambda f, row=row: self._is_about(f, row))
            yield ShownLabel(
                position,
                row["label"],
                rows,
                at,
                first_of(at),
                findings,
                [
                    c
                    for c in self._corrected("city_themes", None)
                    if c["position"] == str(position) or c["printed"] == row["label"]
                ],
            )

    def _is_about(self, finding: Row, label: Row) -> bool:
        if finding["table"] != "city_themes" or not _within(finding, label):
            return False
        there = [r for r in self.own["city_themes"] if _within(finding, r)]
        return label in quoted(finding, there, "label")

    # ------------------------------------------------------------ prose

    def _sections(self) -> Iterator[dict[str, Any]]:
        marks = self._marks()
        for section in sorted(self.own["sections"], key=lambda s: _SECTIONS.index(s["section"])):
            name = section["section"]
            heads = self.sheet.lines_of(section, ("heading",))
            found = self.sheet.found(section["heading"], heads)
            at = self.sheet.at(heads, found) if any(found) else ""
            paragraphs = [
                self._paragraph(p, marks.get((name, p["position"]), ()))
                for p in self.own["paragraphs"]
                if p["section"] == name
            ]
            findings = self._take(
                lambda f, name=name: (
                    f["table"] in ("sections", "paragraphs", "quantities")
                    and any(_within(f, p) for p in self.own["paragraphs"] if p["section"] == name)
                )
            )
            href = first_of(at) or self.sheet.href(section)
            yield {"row": section, "at": at, "href": href, "paragraphs": paragraphs,
                   "findings": findings, "only": _only(section)}  # fmt: skip

    def _marks(self) -> dict[tuple[str, int], list[ValueMark]]:
        """The values of each paragraph: start, end, anchor, kind."""
        marks: dict[tuple[str, int], list[ValueMark]] = {}
        for kind, table in (("q", "quantities"), ("m", "mentions")):
            for n, row in enumerate(self.own[table], start=1):
                place = (row["section"], row["paragraph"])
                marks.setdefault(place, []).append((row["start"], row["end"], f"{kind}{n}", kind))
        return marks

    def _paragraph(self, row: Row, marks: Sequence[ValueMark]) -> ShownParagraph:
        lines = self.sheet.lines_of(row, (row["section"],)) or self.sheet.lines_of(row)
        text = row["text"]
        found = self.sheet.found(text, lines)
        whole = self.sheet.at(lines)
        href = first_of(whole) or self.sheet.href(row)
        pieces = [
            self._piece(text[start:end], over, lines, found[start:end], whole)
            for start, end, over in _cuts(len(text), marks)
        ]
        return ShownParagraph(row, pieces, whole, href)

    def _piece(
        self,
        text: str,
        over: Sequence[ValueMark],
        lines: Sequence[Row],
        found: Sequence[Spot | None],
        whole: str,
    ) -> Marked:
        """A piece of a paragraph with the marks over it."""
        if not over:
            return Marked(text, "", "", "", "")
        at = self.sheet.at(lines, found) if any(p is not None for p in found) else whole
        kinds = " ".join(sorted({m[3] for m in over}, reverse=True))
        for mark in over:
            self._hrefs.setdefault(mark[2], first_of(at))
        return Marked(text, " ".join(m[2] for m in over), kinds, at, first_of(at))

    def _quantities(self) -> Iterator[ShownQuantity]:
        for n, row in enumerate(self.own["quantities"], start=1):
            corrections = [
                c
                for c in self._corrected("quantities", None)
                if c["printed"] == row["text"]
                and c["section"] in (None, row["section"])
                and c["position"] in (None, str(row["paragraph"]))
                and c["start"] in (None, str(row["start"]))
            ]
            href = self._hrefs.get(f"q{n}") or self.sheet.href(row)
            yield ShownQuantity(f"q{n}", row, href, corrections)

    def _mentions(self) -> list[ShownMention]:
        profiles = {c["city_id"]: c for c in self.edition.rows["cities"]}
        grouped: dict[tuple[str, str, str | None], list[tuple[int, Row]]] = {}
        for n, row in enumerate(self.own["mentions"], start=1):
            grouped.setdefault((row["type"], row["text"], row["code"]), []).append((n, row))
        out = []
        for (kind, text, code), rows in sorted(
            grouped.items(), key=lambda g: (g[0][0], g[1][0][0])
        ):
            place = profiles.get(code or "")
            linked = place is not None and place is not self.city
            link = f"{file_name(code)}.html" if linked and code else None
            ids = " ".join(f"m{n}" for n, _ in rows)
            first, row = rows[0]
            href = self._hrefs.get(f"m{first}") or self.sheet.href(row)
            out.append(ShownMention(text, kind, code, place, link, ids, len(rows), href))
        return out

    # ------------------------------------------------------------ findings, corrections

    def _take(self, about: Any) -> list[ShownFinding]:
        """The findings that stand beside a value, each once."""
        taken = []
        for finding in self.own["findings"]:
            if finding["finding_id"] not in self._told and about(finding):
                self._told.add(finding["finding_id"])
                taken.append(self._finding(finding))
        return taken

    def _others(self) -> list[Row]:
        return [f for f in self.own["findings"] if f["finding_id"] not in self._told]

    def _finding(self, finding: Row) -> ShownFinding:
        at = self.sheet.whole(finding)
        return ShownFinding(finding, at, first_of(at), fixes(finding, self.own, self.city))

    def _corrected(self, table: str, field: str | None) -> list[Row]:
        names = {field, *(alias for alias, of in _ALIASES.items() if of == field)}
        return [
            c
            for c in self.own["corrections"]
            if c["table"] == table and (field is None or c["field"] in names)
        ]


def _header_value(city: Mapping[str, Any], field: str) -> tuple[str, bool]:
    """A value of the header as text, and whether it is a code that has a text of its own."""
    if field == "coordinates":
        if city["latitude"] is None or city["longitude"] is None:
            return NONE, False
        return f"{city['latitude']}, {city['longitude']}", False
    value = city[field]
    if field in ("population", "area_km2", "density_per_km2"):
        return number(value), False
    return (NONE if value is None else str(value)), field == "kind"


def _only(section: Row) -> str:
    """The class that hides a section's name from readers who see it printed as the heading."""
    printed = fold(section["heading"] or "")
    said = strings().get(f"section.{section['section']}", {})
    others = {"en": "zh-only", "zh": "en-only"}
    return next((others[g] for g, name in said.items() if fold(name) == printed), "")


def _about(finding: Row, table: str, field: str) -> bool:
    return finding["table"] == table and _ALIASES.get(finding["field"], finding["field"]) == field


def _within(finding: Row, row: Row) -> bool:
    """Whether the lines of a finding are among those of a row."""
    if finding["source_id"] != row["source_id"] or finding["line_start"] is None:
        return False
    return row["line_start"] <= finding["line_start"] and finding["line_end"] <= row["line_end"]


def _cuts(length: int, marks: Iterable[ValueMark]) -> Iterator[tuple[int, int, list[ValueMark]]]:
    """The pieces of a text between the ends of all marks: start, end, the marks over it."""
    waiting = deque(sorted(marks))
    ends = {0, length}
    for start, end, _, _ in waiting:
        ends |= {min(start, length), min(end, length)}
    over: list[ValueMark] = []
    for start, end in pairwise(sorted(ends)):
        over = [m for m in over if m[1] > start]
        while waiting and waiting[0][0] <= start:
            over.append(waiting.popleft())
        yield start, end, [m for m in over if m[1] > start]
