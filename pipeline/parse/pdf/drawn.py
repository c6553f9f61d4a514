"""What is drawn on a page beside its letters, as either library gives it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_MOST = 1500  # outlines of one page; what holds more is a drawing
_MOST_POINTS = 500  # of one path
_MOVE = 2
_CORNERS = 4
_LEVEL = 1.5  # points by which a rule may be out of level
_WHITE = 250  # of 255: what is drawn as light as that is not seen
_DEEPEST = 4  # forms within forms in which pictures are looked for

_Point = tuple[float, float]  # of the page's own coordinates: upwards
_Matrix = tuple[float, float, float, float, float, float]


class Shape(NamedTuple):
    """A box or a rule, in points from the upper left corner; a rule is a box without height."""

    x0: float
    top: float
    x1: float
    bottom: float


class Drawn(NamedTuple):
    """One outline as it is drawn: where, whether it is filled, and whether it is a box or rule.

    `tick` says that it is a stroke down and a longer one up to the right.
    """

    shape: Shape
    filled: bool
    plain: bool
    tick: bool = False


def holds(outer: Shape, inner: Shape) -> bool:
    """Whether a shape lies in another one, up to a point over its edges; none lies in itself."""
    return (
        outer != inner
        and outer.x0 <= inner.x0 + 1
        and outer.top <= inner.top + 1
        and inner.x1 <= outer.x1 + 1
        and inner.bottom <= outer.bottom + 1
    )


def pdfium_drawn(page: Any, box: Callable[[Any], tuple[float, float, float, float]]) -> list[Drawn]:
    """What is drawn on a page of PDFium; `box` turns a rectangle of the page's own coordinates."""
    import pypdfium2.raw as c

    count = c.FPDFPage_CountObjects(page.raw)
    out: list[Drawn] = []
    for i in range(count):
        path = c.FPDFPage_GetObject(page.raw, i)
        if c.FPDFPageObj_GetType(path) != c.FPDF_PAGEOBJ_PATH:
            continue
        fill, stroke = _seen(c, path)
        if fill or stroke:
            out += [
                Drawn(
                    Shape(*box(c.FS_RECTF(*_around(points)))),
                    fill,
                    _is_box(points),
                    _is_tick(points),
                )
                for points in _outlines(c, path)
            ]
            if len(out) > _MOST:
                return []
    return out


def _seen(c: Any, path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is drawn, in a colour that is not white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not c.FPDFPath_GetDrawMode(path, fill, stroke):
        return False, False
    calls = ((fill, c.FPDFPageObj_GetFillColor), (stroke, c.FPDFPageObj_GetStrokeColor))
    found = []
    for used, call in calls:
        channels = [ctypes.c_uint() for _ in range(4)]
        found.append(
            bool(used.value)
            and (
                not call(path, *channels)
                or (channels[3].value > 0 and any(v.value < _WHITE for v in channels[:3]))
            )
        )
    return found[0], found[1]


def _outlines(c: Any, path: Any) -> list[list[_Point]]:
    """The outlines of a path, each as the points of the page's own coordinates it goes through."""
    count = c.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_POINTS:
        return []
    matrix = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[_Point]] = []
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(path, i)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if c.FPDFPathSegment_GetType(segment) == _MOVE or not outlines:
            outlines.append([])
        outlines[-1].append(point)
    return [points for points in outlines if len(points) > 1]


def pdfium_pictures(
    page: Any, box: Callable[[Any], tuple[float, float, float, float]]
) -> list[tuple[float, float, float, float]]:
    """Where the pictures of a page of PDFium lie: left, top, right, bottom."""
    import pypdfium2.raw as c

    objects = [c.FPDFPage_GetObject(page.raw, i) for i in range(c.FPDFPage_CountObjects(page.raw))]
    found = _pictures(c, objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), _DEEPEST)
    return [box(c.FS_RECTF(*_around(corners))) for corners in found]


def _pictures(c: Any, objects: list[Any], matrix: _Matrix, depth: int) -> Iterator[list[_Point]]:
    """The corners of the pictures among objects, and in the forms among them."""
    edges = [ctypes.c_float() for _ in range(4)]
    own = c.FS_MATRIX()
    for o in objects[:_MOST]:
        kind = c.FPDFPageObj_GetType(o)
        if kind == c.FPDF_PAGEOBJ_IMAGE and c.FPDFPageObj_GetBounds(o, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield [_moved((x, y), matrix) for x in (left, right) for y in (bottom, top)]
        elif kind == c.FPDF_PAGEOBJ_FORM and depth and c.FPDFPageObj_GetMatrix(o, own):
            a, b, e = (_moved(p, matrix) for p in ((own.a, own.b), (own.c, own.d), (own.e, own.f)))
            x, y = matrix[4:]
            within = (a[0] - x, a[1] - y, b[0] - x, b[1] - y, *e)
            parts = [c.FPDFFormObj_GetObject(o, i) for i in range(c.FPDFFormObj_CountObjects(o))]
            yield from _pictures(c, parts, within, depth - 1)


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def plumber_pictures(page: Any, left: float, top: float) -> list[tuple[float, float, float, float]]:
    """Where the pictures of a page of pdfplumber lie, from the corner that is shown."""
    return [
        (o["x0"] - left, o["top"] - top, o["x1"] - left, o["bottom"] - top) for o in page.images
    ]


def plumber_drawn(page: Any, left: float, top: float) -> list[Drawn]:
    """What is drawn on a page of pdfplumber, from the corner that is shown."""
    out = []
    for o in [*page.rects, *page.lines, *page.curves]:
        points = [(float(x), -float(y)) for x, y in o.get("pts") or ()]
        fill, stroke = (
            _coloured(o, "fill", "non_stroking_color"),
            _coloured(o, "stroke", "stroking_color"),
        )
        if 1 < len(points) <= _MOST_POINTS and (fill or stroke):
            shape = Shape(o["x0"] - left, o["top"] - top, o["x1"] - left, o["bottom"] - top)
            out.append(Drawn(shape, fill, _is_box(points), _is_tick(points)))
    return out


def _coloured(drawn: dict[str, Any], used: str, colour: str) -> bool:
    """Whether a shape is filled, or drawn, in a colour that is not white."""
    if not drawn.get(used):
        return False
    value = drawn.get(colour)
    parts = [
        v
        for v in (value if isinstance(value, (list, tuple)) else [value])
        if isinstance(v, (int, float))
    ]
    if len(parts) == 4:
        return sum(parts) * 255 > 255 - _WHITE
    return not parts or min(parts) * 255 < _WHITE


def _is_tick(points: list[_Point]) -> bool:
    """Whether an outline is a stroke down to the right and a longer one up from there."""
    if len(points) != 3:
        return False
    (x0, y0), (x1, y1), (x2, y2) = points
    return x0 < x1 < x2 and y1 < min(y0, y2) and x2 - x1 > x1 - x0


def _around(points: list[_Point]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), max(ys), max(xs), min(ys)


def _is_box(points: list[_Point]) -> bool:
    """Whether an outline is a box, with square or round corners, or a level or upright rule.

    All its points then lie on, or near, the edges of the rectangle around it.
    """
    left, top, right, bottom = _around(points)
    if len(points) == 2:
        return min(right - left, top - bottom) < _LEVEL
    if len(points) < _CORNERS:
        return False  # a tick
    near = 0.2 * min(right - left, top - bottom) + 1.0
    return all(
        min(abs(px - left), abs(px - right)) <= near or min(abs(py - top), abs(py - bottom)) <= near
        for px, py in points
    )
