"""Sheets drawn as PDF, in the order and the portions in which programs draw text."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.editions.typeset import Line, Piece, Sheet

Order = Literal["columns", "rows", "shuffled"]
Portion = Literal["lines", "words", "characters"]
Bold = Literal["thick", "twice"]
ORDERS: tuple[Order, ...] = ("columns", "rows", "shuffled")
PORTIONS: tuple[Portion, ...] = ("lines", "words", "characters")
_ROW = 3.0  # points within which baselines are one row
_INVISIBLE = 3  # text render mode


@dataclass(frozen=True)
class Pen:
    """How text is drawn.

    `order` is that of the lines in the file: column by column, row by row over the columns, or
    mixed. Each of the `portions` is a text object of its own; words and characters are drawn
    without the spaces between them. Bold text is thickened by a stroke, or drawn twice with a small
    shift. `invisible` is the text layer that text recognition puts over the picture of a page.
    """

    order: Order = "columns"
    portions: Portion = "lines"
    bold: Bold = "thick"
    invisible: bool = False


def paint(sheets: Sequence[Sheet], pen: Pen = Pen()) -> bytes:
    """The sheets as a PDF file, the same bytes every time."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        draw(canvas, sheet, pen)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw(canvas: Canvas, sheet: Sheet, pen: Pen) -> None:
    """Draw one sheet on the canvas's page."""
    for shape in [] if pen.invisible else sheet.shapes:
        canvas.setFillColor(HexColor(f"#{shape.color}"))
        canvas.roundRect(
            shape.x, shape.y, shape.width, shape.height, shape.radius, stroke=0, fill=1
        )
    for line in _ordered(sheet.lines, pen.order):
        for piece in _portions(line, pen.portions):
            _draw_piece(canvas, line, piece, pen)
            if line.style.bold and pen.bold == "twice":
                _draw_piece(canvas, line, replace(piece, x=piece.x + line.style.size / 40), pen)


def _ordered(lines: Iterable[Line], order: Order) -> list[Line]:
    if order == "rows":
        return sorted(lines, key=lambda li: (round(-li.y / _ROW), li.x))
    found = list(lines)
    if order == "shuffled":
        random.Random(len(found)).shuffle(found)
    return found


def _portions(line: Line, portions: Portion) -> list[Piece]:
    """The parts that get a text object of their own."""
    if portions == "lines":
        return list(line.pieces)
    found: list[Piece] = []
    for piece in line.pieces:
        x, begun = piece.x, False
        for char in piece.text:
            if char.isspace():
                begun = False
            elif begun and portions == "words":
                found[-1] = replace(found[-1], text=found[-1].text + char)
            else:
                found.append(Piece(x, char, piece.color))
                begun = True
            x += line.face.width(char, line.style.size) + line.style.char_space
    return found


def _draw_piece(canvas: Canvas, line: Line, piece: Piece, pen: Pen) -> None:
    text = canvas.beginText()
    if line.angle == 90:
        text.setTextTransform(0, 1, -1, 0, line.x, line.y + piece.x - line.x)
    else:
        text.setTextOrigin(piece.x, line.y)
    color = HexColor(f"#{piece.color}")
    text.setFillColor(color)
    thick = line.style.bold and pen.bold == "thick"
    if pen.invisible:
        text.setTextRenderMode(_INVISIBLE)
    elif thick:
        text.setTextRenderMode(2)
        text.setStrokeColor(color)
        canvas.setLineWidth(line.style.size / 40)
    text.setCharSpace(line.style.char_space)
    for font, part in line.face.runs(piece.text):
        text.setFont(font, line.style.size)
        text.textOut(part)
    if thick or pen.invisible:
        text.setTextRenderMode(0)
    text.setCharSpace(0)
    canvas.drawText(text)
