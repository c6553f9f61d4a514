"""The lines of a document that are to be taken apart, and the way back to the lines as read.

What surrounds a page's text or describes a picture takes no part. A text whose lines end with
lone carriage returns is one line as read, and is taken apart by the lines that it prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import msgspec

from pipeline.knowledge.layouts import Layouts
from pipeline.model import (
    DaySpan,
    Document,
    EventSpan,
    Finding,
    Line,
    LineRole,
    Passage,
    Piece,
    Profile,
    Role,
    SectionSpan,
    Segments,
    Where,
)
from pipeline.pages import page_starts
from pipeline.segment.side_by_side import column_pieces

# Roles that give way to others in a line of several printed ones.
_WEAK = frozenset(["blank", "credit", "front_matter", "page_number", "unassigned"])
_ALONE: dict[str, Role] = {"margin": "front_matter", "caption": "credit"}


class View(NamedTuple):
    """Lines to be taken apart; `pieces` says for each of them where it stands as read."""

    document: Document
    pieces: tuple[Piece, ...]


def view_of(document: Document, layouts: Layouts) -> View | None:
    """The view of a document, None where it is the document itself."""
    plain = all(line.place == "body" and "\r" not in line.text[:-1] for line in document.lines)
    if plain:
        columns = column_pieces(document.lines)
        return _view(document, columns, {}) if columns else None
    pieces = [
        piece for line in document.lines if _takes_part(line, layouts) for piece in _pieces(line)
    ]
    texts = [document.lines[p.line - 1].text[p.start : p.end] for p in pieces]
    # Several lines in one as read are of its page, and of those that begin inside it.
    inside = page_starts(texts) if len(pieces) > len(document.lines) else {}
    return _view(document, pieces, inside)


def _view(document: Document, pieces: list[Piece], inside: dict[int, int]) -> View:
    """The view of some pieces; `inside` tells after how many page breaks within lines each is."""
    texts = [document.lines[p.line - 1].text[p.start : p.end] for p in pieces]
    later = accumulate(inside.get(number, 0) for number in range(1, len(texts) + 1))
    lines = tuple(
        Line(
            number,
            document.lines[piece.line - 1].page + turned,
            text,
            document.lines[piece.line - 1].box,
            level=document.lines[piece.line - 1].level,
        )
        for number, (piece, text, turned) in enumerate(
            zip(pieces, texts, later, strict=True), start=1
        )
    )
    return View(msgspec.structs.replace(document, lines=lines), tuple(pieces))


def _takes_part(line: Line, layouts: Layouts) -> bool:
    """Whether a line is of the text; a picture may stand for the label of a value."""
    return line.place == "body" or (
        line.place == "caption" and layouts.value_label(line.text) is not None
    )


def _pieces(line: Line) -> Iterable[Piece]:
    """The printed lines of a line: those that a carriage return ends inside it."""
    start = 0
    while (at := line.text.find("\r", start)) >= 0 and at < len(line.text) - 1:
        yield Piece(line.number, start, at)
        start = at + 1
    yield Piece(line.number, start, len(line.text))


def as_read(found: Segments, view: View, document: Document) -> Segments:
    """Segments of a view as those of its document: each piece and line where it stands there."""
    back = _Back(view, document)
    roles: list[LineRole | None] = [None] * len(document.lines)
    for role, piece in zip(found.roles, view.pieces, strict=True):
        before = roles[piece.line - 1]
        if before is None or (before.role in _WEAK and role.role not in _WEAK):
            roles[piece.line - 1] = role
    return Segments(
        document,
        found.kind,
        tuple(
            role or LineRole(_ALONE.get(line.place, "blank") if line.text.strip() else "blank")
            for role, line in zip(roles, document.lines, strict=True)
        ),
        tuple(map(back.profile, found.profiles)),
        tuple(map(back.day, found.days)),
        tuple(map(back.event, found.events)),
        tuple(map(back.finding, found.findings)),
    )


class _Back:
    """From places in a view to places in its document."""

    def __init__(self, view: View, document: Document) -> None:
        self._pieces = view.pieces
        self._document = document

    def line(self, number: int) -> int:
        return self._pieces[number - 1].line

    def piece(self, piece: Piece) -> Piece:
        whole = self._pieces[piece.line - 1]
        return Piece(whole.line, whole.start + piece.start, whole.start + piece.end)

    def passage(self, passage: Passage) -> Passage:
        return Passage(tuple(map(self.piece, passage.pieces)), passage.bullet)

    def profile(self, profile: Profile) -> Profile:
        return Profile(
            tuple(map(self.piece, profile.names)),
            profile.population and self.piece(profile.population),
            profile.area and self.piece(profile.area),
            tuple(tuple(map(self.piece, label)) for label in profile.labels),
            tuple(
                SectionSpan(
                    s.kind, tuple(map(self.piece, s.heading)), tuple(map(self.passage, s.passages))
                )
                for s in profile.sections
            ),
            self.line(profile.line_start),
            self.line(profile.line_end),
            profile.population_beside and self.piece(profile.population_beside),
            profile.area_beside and self.piece(profile.area_beside),
            profile.country and self.piece(profile.country),
        )

    def day(self, day: DaySpan) -> DaySpan:
        return DaySpan(day.date, self.line(day.line_start), self.line(day.line_end))

    def event(self, event: EventSpan) -> EventSpan:
        return EventSpan(
            event.date,
            self.piece(event.title),
            self.piece(event.time),
            tuple(map(self.passage, event.body)),
            self.line(event.line_start),
            self.line(event.line_end),
        )

    def finding(self, finding: Finding) -> Finding:
        where = finding.where
        if where is None:
            return finding
        first, last = self.line(where.line_start), self.line(where.line_end)
        page = self._document.lines[first - 1].page
        there = Where(where.source_id, page, first, last)
        return msgspec.structs.replace(finding, where=there)
