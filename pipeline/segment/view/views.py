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
from pipeline.segment.view.dress import Shown, undressed
from pipeline.segment.view.side_by_side import column_pieces

# Roles that give way to others in a line of several printed ones.
_WEAK = frozenset(["blank", "credit", "front_matter", "page_number", "unassigned"])
_ALONE: dict[str, Role] = {"margin": "front_matter", "caption": "credit", "body": "front_matter"}


class View(NamedTuple):
    """Lines to be taken apart; `pieces` says for each of them where it stands as read.

    `signs` says how many characters were put before each of them, `beside` which line as read
    is of which line of the view although nothing of it is there.
    """

    document: Document
    pieces: tuple[Piece, ...]
    signs: tuple[int, ...] = ()
    beside: tuple[tuple[int, int], ...] = ()

    def sign(self, number: int) -> int:
        """How many characters were put before a line of the view."""
        return self.signs[number - 1] if self.signs else 0

    def as_read(self, piece: Piece) -> Piece:
        """Where a piece of the view stands as read."""
        whole, sign = self.pieces[piece.line - 1], self.sign(piece.line)
        start, end = max(0, piece.start - sign), max(0, piece.end - sign)
        return Piece(whole.line, whole.start + start, whole.start + end)


def view_of(document: Document, layouts: Layouts) -> View | None:
    """The view of a document, None where it is the document itself."""
    view = None
    if any(line.place != "body" or "\r" in line.text[:-1] for line in document.lines):
        pieces = [
            piece
            for line in document.lines
            if _takes_part(line, layouts)
            for piece in _pieces(line)
        ]
        texts = [document.lines[p.line - 1].text[p.start : p.end] for p in pieces]
        # Several lines in one as read are of its page, and of those that begin inside it.
        inside = page_starts(texts) if len(pieces) > len(document.lines) else {}
        view = _view(document, pieces, inside)
    plain = undressed((view.document if view else document).lines)
    if plain is not None:
        view = _plain_view(document, view, plain)
    columns = column_pieces((view.document if view else document).lines, layouts)
    if columns is None:
        return view
    return (
        _through(view, _view(view.document, columns, {})) if view else _view(document, columns, {})
    )


def _plain_view(document: Document, view: View | None, shown: list[Shown]) -> View:
    """The view of lines without their dress."""
    read = view.document if view else document
    inner = _view(read, [x.piece for x in shown], {})
    lines = tuple(
        msgspec.structs.replace(line, text=x.text, level=x.level)
        for line, x in zip(inner.document.lines, shown, strict=True)
    )
    inner = inner._replace(
        document=msgspec.structs.replace(read, lines=lines),
        signs=tuple(len(x.sign) for x in shown),
        beside=tuple((line, n) for n, x in enumerate(shown, start=1) for line in x.beside),
    )
    return _through(view, inner) if view else inner


def _through(outer: View, inner: View) -> View:
    """A view of a view as one of the document that the outer one shows."""
    signs = inner.signs or (0,) * len(inner.pieces)
    now = {piece.line: n for n, piece in reversed([*enumerate(inner.pieces, start=1)])}
    return View(
        inner.document,
        tuple(map(outer.as_read, inner.pieces)),
        tuple(
            sign + max(0, outer.sign(piece.line) - piece.start)
            for piece, sign in zip(inner.pieces, signs, strict=True)
        ),
        (
            *((outer.pieces[line - 1].line, n) for line, n in inner.beside),
            *((line, now[n]) for line, n in outer.beside if n in now),
        ),
    )


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
        if role.role == "blank" and document.lines[piece.line - 1].text.strip():
            continue  # a rule between the rows of a table, or a sign alone before a blank
        if before is None or (before.role in _WEAK and role.role not in _WEAK):
            roles[piece.line - 1] = role
    for line, number in view.beside:
        roles[line - 1] = roles[line - 1] or found.roles[number - 1]
    return Segments(
        document,
        found.kind,
        tuple(
            role or LineRole(_ALONE[line.place] if line.text.strip() else "blank")
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
        self._view = view
        self._document = document

    def line(self, number: int) -> int:
        return self._view.pieces[number - 1].line

    def piece(self, piece: Piece) -> Piece:
        return self._view.as_read(piece)

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
            tuple(map(self.piece, event.title)),
            self.piece(event.time),
            tuple(map(self.passage, event.body)),
            self.line(event.line_start),
            self.line(event.line_end),
            event.end and self.piece(event.end),
            event.last,
        )

    def finding(self, finding: Finding) -> Finding:
        where = finding.where
        if where is None:
            return finding
        first, last = self.line(where.line_start), self.line(where.line_end)
        page = self._document.lines[first - 1].page
        there = Where(where.source_id, page, first, last)
        return msgspec.structs.replace(finding, where=there)
