"""The frozen values that pass between the stages.

    bytes → Document → Segments → Records → tables

`Records`, and the records of which it is made, are in `pipeline.records`.

Every type is immutable and carries no behaviour beyond small look-ups. Spans point at lines
by number and never copy them. `msgspec` encodes each type to canonical JSON, which is also the
form in which a stage leaves its result for the next one.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Severity = Literal["error", "warning", "info"]
SectionKind = Literal["overview", "priorities", "good_practices", "preferred_themes"]
Role = Literal[
    "heading", "overview", "priorities", "good_practices", "preferred_themes", "name",
    "population", "area", "theme", "front_matter", "event", "calendar", "credit", "page_number",
    "blank", "unassigned",
]  # fmt: skip
SourceKind = Literal["brochure", "calendar"]
Reader = Literal["auto", "pypdfium2", "pdfplumber"]
LinePlace = Literal["body", "margin", "caption"]


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all values: immutable, compared by content."""


class Limits(Frozen, frozen=True):
    """What reading one document may cost.

    `page_seconds` is for each page, and for each step without progress; `memory_mb` for the
    process that reads; `pages` are read of a PDF; `unpacked_mb` may its streams unpack to.
    """

    page_seconds: int = 20
    memory_mb: int = 2048
    pages: int = 2000
    unpacked_mb: int = 512


Bound = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Edition(Frozen, frozen=True):
    """What is known of an edition beside its documents (`edition.toml`, all of it optional).

    The last four are limits of its own, see `Limits`.
    """

    edition: str
    series: str | None = None
    title: str | None = None
    year: Annotated[int, msgspec.Meta(ge=1000, le=3000)] | None = None
    language: str | None = None
    timezone: str | None = None
    reader: Reader | None = None
    page_seconds: Bound | None = None
    memory_mb: Bound | None = None
    max_pages: Bound | None = None
    unpacked_mb: Bound | None = None


class Source(Frozen, frozen=True):
    """One input file, by content: nothing here depends on the machine or the clock.

    `reader` is the library that is to read it if it is a PDF, `limits` what that may cost.
    """

    source_id: str
    edition: Edition
    path: str
    sha256: str
    size_bytes: int
    reader: Reader = "auto"
    limits: Limits = Limits()


class Where(Frozen, frozen=True):
    """Where a record stands in its source: 1-based page and inclusive 1-based lines."""

    source_id: str
    page: int
    line_start: int
    line_end: int


class Finding(Frozen, frozen=True):
    """Something that a careful reader would question."""

    severity: Severity
    check: str
    message: str
    edition: str
    city_id: str | None = None
    table: str | None = None
    field: str | None = None
    where: Where | None = None


class Correction(Frozen, frozen=True):
    """One line of an edition's `corrections.csv`, as given; an empty text where a cell is empty.

    `problem` says why the line itself cannot be used.
    """

    edition: str
    line: int
    city_id: str = ""
    table: str = ""
    field: str = ""
    value: str = ""
    reason: str = ""
    section: str = ""
    position: str = ""
    start: str = ""
    printed: str = ""
    problem: str = ""


# ---------------------------------------------------------------- parse


class Box(Frozen, frozen=True):
    """Where a line stands on its page and how it is set; PDF alone knows it.

    `x0`, `top`, `x1`, `bottom` are points (1/72 inch) from the page's upper left corner, `size`
    is the type size in points, `font` and `color` (RRGGBB) are those of most of its letters.
    `space` is the white space above the line beyond the usual leading, None where the line
    begins a column; `room` is what its column leaves free at the line's end. Both are points.
    `largest` is the type size of the largest word, where most letters are smaller; else 0.
    `mixed` says that not all letters are of one font, size and colour. `cells` has for each cell
    where it begins and ends, in points, if the line has several.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str = ""
    color: str = "000000"
    space: float | None = None
    room: float = 0.0
    largest: float = 0.0
    mixed: bool = False
    cells: tuple[tuple[float, float], ...] = ()


class Line(Frozen, frozen=True):
    """One line as read. `number` and `page` count from 1; `text` is exact.

    `place` is "margin" for what surrounds a document's own text (navigation, a banner, a footer)
    and "caption" for what describes a picture, where the format tells them apart. `level` is the
    rank of a heading (1 to 6) where the format marks it as one, else 0.
    """

    number: int
    page: int
    text: str
    box: Box | None = None
    place: LinePlace = "body"
    level: int = 0


class Document(Frozen, frozen=True):
    """A source as pages and lines, nothing changed.

    For a text source, the texts of `lines` joined with U+000A are the decoded file. For PDF they
    stand in reading order, and an empty line stands for the white space between two blocks.
    """

    source: Source
    media_type: str
    reader: str
    encoding: str
    pages: int
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- segment


class Piece(Frozen, frozen=True):
    """Part of one line: `line` is its number, `start` and `end` are character offsets."""

    line: int
    start: int
    end: int


class Passage(Frozen, frozen=True):
    """The pieces that make one paragraph, in reading order."""

    pieces: tuple[Piece, ...]
    bullet: bool = False


class SectionSpan(Frozen, frozen=True):
    """One section of a profile: its printed heading and its paragraphs, in reading order."""

    kind: SectionKind
    heading: tuple[Piece, ...]
    passages: tuple[Passage, ...]


class Profile(Frozen, frozen=True):
    """One city or region in a document: where each of its parts stands.

    `…_beside` is what makes a number apart from it that value: a label, or the end of a unit.
    `other_names` stand apart from the name, with text between: perhaps those of lost profiles.
    """

    names: tuple[Piece, ...]
    population: Piece | None
    area: Piece | None
    labels: tuple[tuple[Piece, ...], ...]
    sections: tuple[SectionSpan, ...]
    line_start: int
    line_end: int
    population_beside: Piece | None = None
    area_beside: Piece | None = None
    country: Piece | None = None
    other_names: tuple[tuple[Piece, ...], ...] = ()


class EventSpan(Frozen, frozen=True):
    """One event of a calendar page; its title may wrap.

    `end` is the line that says when it ends, where one of its own does; `last` is its last day,
    where that is set in several lines.
    """

    date: str
    title: tuple[Piece, ...]
    time: Piece
    body: tuple[Passage, ...]
    line_start: int
    line_end: int
    end: Piece | None = None
    last: str | None = None


class DaySpan(Frozen, frozen=True):
    """One day of a calendar page, `date` in ISO 8601."""

    date: str
    line_start: int
    line_end: int


class LineRole(Frozen, frozen=True):
    """What a line is. `profile` is the index of its profile, or -1."""

    role: Role
    profile: int = -1
    section: SectionKind | None = None


class Segments(Frozen, frozen=True):
    """A document with one role for every line."""

    document: Document
    kind: SourceKind
    roles: tuple[LineRole, ...]
    profiles: tuple[Profile, ...] = ()
    days: tuple[DaySpan, ...] = ()
    events: tuple[EventSpan, ...] = ()
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- what came of it


class Outcome(Frozen, frozen=True):
    """What came of a correction.

    `printed` is what the page prints there, `old` the value that was read; `settles` names the
    checks of the findings that fell away; `where` is the place of the corrected row.
    """

    correction: Correction
    status: Literal["applied", "stale", "refused"]
    message: str | None = None
    printed: str | None = None
    old: str | None = None
    settles: tuple[str, ...] = ()
    where: Where | None = None


class Failure(Frozen, frozen=True):
    """A source that a stage could not handle: a value, so that the others go on."""

    source: Source
    stage: str
    message: str
    hint: str = ""
