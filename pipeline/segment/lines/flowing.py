"""Lines amid a paragraph that read like a value: on the page they go on with a sentence."""

from __future__ import annotations

from itertools import groupby

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Piece
from pipeline.segment.lines.columns import fills_column, stays_in_column
from pipeline.segment.lines.marks import Mark
from pipeline.textforms import display_width, ends_sentence

_VALUES = ("population", "area", "fact", "country")
_PROSE = 30  # columns
_SAME_SIZE = 0.02
_SET_IN = 3.0  # em by which the first line of a paragraph is set in at most
_GAP = 0.15  # em of white space that parts two paragraphs


def in_flow(document: Document, chunk: list[Mark], layouts: Layouts) -> list[Mark]:
    """A run of lines, in which those that go on with the sentence of the line above are text.

    The line above is prose, breaks off where its column ends, and is set alike.
    """
    out: list[Mark] = []
    for _, group in groupby(chunk, key=lambda mark: mark.piece.line):
        marks = list(group)
        if out and _goes_on(document, out[-1], marks, layouts):
            line = document.lines[marks[0].piece.line - 1]
            marks = [Mark(Piece(line.number, 0, len(line.text)), "text")]
        out += marks
    return out


def _goes_on(document: Document, above: Mark, marks: list[Mark], layouts: Layouts) -> bool:
    first, line = (document.lines[m.piece.line - 1] for m in (above, marks[0]))
    if (
        above.kind != "text"
        or line.number != first.number + 1
        or not any(m.kind in _VALUES for m in marks)
        or first.box is None
        or line.box is None
        or above.piece != Piece(first.number, 0, len(first.text))
    ):
        return False
    labelled = any(
        m.kind in ("population", "area")
        and layouts.has_label(line.text[m.piece.start : m.piece.end])
        for m in marks
    )
    whole = Piece(line.number, 0, len(line.text))
    return (
        not labelled
        and display_width(first.text.strip()) >= _PROSE
        and not ends_sentence(first.text)
        and stays_in_column(document, whole)
        and (line.box.space or 0.0) <= _GAP * line.box.size
        and abs(first.box.size - line.box.size) <= _SAME_SIZE * line.box.size
        and first.box.color == line.box.color
        and abs(first.box.x0 - line.box.x0) <= _SET_IN * line.box.size
        and fills_column(document, above.piece, whole) is True
    )
