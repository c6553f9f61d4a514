"""The boxes, tints and rules of a page that set its parts apart.

Only plain shapes count. A map, an icon or an ornament says nothing of the text around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.parse.pdf.drawn import Drawn, Shape

_MOST = 1500  # shapes of one page; what holds more is a drawing
_LEAST = 8.0  # points that a shape is wide or high
_THICK = 3.0  # points; what is thinner is one rule


def plain_shapes(found: Iterable[Drawn], width: float, height: float) -> tuple[Shape, ...]:
    """The shapes that may set text apart, in one order, each once; none of a drawing."""
    kept = {
        Shape(*(round(v, 1) for v in shape))
        for shape, _, plain, _ in found
        if plain
        and max(shape.x1 - shape.x0, shape.bottom - shape.top) >= _LEAST
        and shape.x1 > 0
        and shape.bottom > 0
        and shape.x0 < width
        and shape.top < height
    }
    return tuple(sorted(kept)) if len(kept) <= _MOST else ()


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
