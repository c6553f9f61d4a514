"""What is drawn on a page beside its letters: the boxes, tints and rules that set its parts apart.

Only plain shapes count. A map, an icon or an ornament says nothing of the text around it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

_MOST = 1500  # shapes of one page; what holds more is a drawing
_MOST_POINTS = 500  # of one path
_LEAST = 8.0  # points that a shape is wide or high
_MOVE = 2
_THICK = 3.0  # points; what is thinner is one rule
_LEVEL = 1.5  # points by which a rule may be out of level
_WHITE = 250  # of 255: what is drawn as light as that is not seen


class Shape(NamedTuple):
    """A box or a rule, in points from the upper left corner; a rule is a box without height."""

    x0: float
    top: float
    x1: float
    bottom: float


def plain_shapes(found: Iterable[Shape], width: float, height: float) -> tuple[Shape, ...]:
    """The shapes that may set text apart, in one order, each once; none of a drawing."""
    kept = {
        Shape(*(round(v, 1) for v in shape))
        for shape in found
        if max(shape.x1 - shape.x0, shape.bottom - shape.top) >= _LEAST
        and shape.x1 > 0
        and shape.bottom > 0
        and shape.x0 < width
        and shape.top < height
    }
    return tuple(sorted(kept)) if len(kept) <= _MOST else ()


def pdfium_shapes(
    page: Any, box: Callable[[Any], tuple[float, float, float, float]]
) -> list[Shape]:
    """The shapes of a page of PDFium; `box` turns a rectangle of the page's own coordinates."""
    import pypdfium2.raw as c

    count = c.FPDFPage_CountObjects(page.raw)
    out: list[Shape] = []
    for i in range(count):
        drawn = c.FPDFPage_GetObject(page.raw, i)
        if c.FPDFPageObj_GetType(drawn) == c.FPDF_PAGEOBJ_PATH and _is_seen(c, drawn):
            out += [Shape(*box(rect)) for rect in _outlines(c, drawn)]
            if len(out) > _MOST:
                return []
    return out


def _is_seen(c: Any, drawn: Any) -> bool:
    """Whether a path is filled or drawn in a colour that is not white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not c.FPDFPath_GetDrawMode(drawn, fill, stroke):
        return False
    calls = ((fill, c.FPDFPageObj_GetFillColor), (stroke, c.FPDFPageObj_GetStrokeColor))
    for used, call in calls:
        channels = [ctypes.c_uint() for _ in range(4)]
        if used.value and (
            not call(drawn, *channels)
            or (channels[3].value > 0 and any(v.value < _WHITE for v in channels[:3]))
        ):
            return True
    return False


def _outlines(c: Any, drawn: Any) -> list[Any]:
    """The rectangles around the outlines of a path; none where an outline is no plain shape."""
    count = c.FPDFPath_CountSegments(drawn)
    if not 0 < count <= _MOST_POINTS:
        return []
    matrix = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(drawn, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(drawn, i)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if c.FPDFPathSegment_GetType(segment) == _MOVE or not outlines:
            outlines.append([])
        outlines[-1].append(point)
    return [
        c.FS_RECTF(*_around(points)) for points in outlines if len(points) > 1 and _is_box(points)
    ]


def plumber_shapes(page: Any) -> list[Shape]:
    """The shapes of a page of pdfplumber."""
    drawn = [*page.rects, *page.lines, *page.curves]
    return [
        Shape(float(o["x0"]), float(o["top"]), float(o["x1"]), float(o["bottom"]))
        for o in drawn
        if len(o.get("pts") or ()) <= _MOST_POINTS
        and _is_coloured(o)
        and _is_box([(float(x), -float(y)) for x, y in o.get("pts") or ()])
    ]


def _is_coloured(drawn: dict[str, Any]) -> bool:
    for used, colour in (("fill", "non_stroking_color"), ("stroke", "stroking_color")):
        parts = [v for v in drawn.get(colour) or () if isinstance(v, (int, float))]
        if not drawn.get(used):
            continue
        light = (
            sum(parts) * 255 <= 255 - _WHITE
            if len(parts) == 4
            else (len(parts) > 0 and min(parts) * 255 >= _WHITE)
        )
        if not light:
            return True
    return False


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), max(ys), max(xs), min(ys)


def _is_box(points: list[tuple[float, float]]) -> bool:
    """Whether an outline is a box, with square or round corners, or a level or upright rule.

    All its points then lie on, or near, the edges of the rectangle around it.
    """
    left, top, right, bottom = _around(points)
    if len(points) == 2:
        return min(right - left, top - bottom) < _LEVEL
    near = 0.2 * min(right - left, top - bottom) + 1.0
    return all(
        min(abs(px - left), abs(px - right)) <= near or min(abs(py - top), abs(py - bottom)) <= near
        for px, py in points
    )


class Rule(NamedTuple):
    """A level line across a page: the edge of a box, or a rule."""

    x0: float
    x1: float
    y: float


def rules_of(shapes: Iterable[Shape]) -> list[Rule]:
    """The level edges of the shapes, from top to bottom."""
    found: set[Rule] = set()
    for shape in shapes:
        if shape.bottom - shape.top <= _THICK:
            found.add(Rule(shape.x0, shape.x1, (shape.top + shape.bottom) / 2))
        else:
            found.add(Rule(shape.x0, shape.x1, shape.top))
            found.add(Rule(shape.x0, shape.x1, shape.bottom))
    return sorted((r for r in found if r.x1 - r.x0 >= _LEAST), key=lambda r: (r.y, r.x0, r.x1))
