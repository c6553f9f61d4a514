"""Small signs that are drawn, not printed: bullets, and boxes that are ticked or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.parse.pdf.drawn import Drawn, Shape, holds

_SIGN = (1.2, 14.0)  # points: the least and the largest bullet or box to tick
_LARGE = 28.0  # points: the largest box or ring that a tick makes one to tick
_MOST = 400  # signs of one page; what holds more is a drawing


class Sign(NamedTuple):
    """A small sign that is drawn, not printed: a bullet, or a box that is ticked or not."""

    text: str
    x0: float
    x1: float
    middle: float


def drawn_signs(found: Sequence[Drawn]) -> tuple[Sign, ...]:
    """The bullets and boxes to tick among what is drawn.

    A box is drawn; one that is filled as well is one where others of its size hold a tick.
    """
    small = sorted({*(d for d in found if _is_small(d.shape)), *_large_boxes(found)})
    if len(small) > _MOST:
        return ()
    filled = {d.shape for d in small if d.filled}
    ticked = {d for d in small if any(holds(d.shape, o.shape) for o in small)}
    sizes = {_width(d) for d in ticked}
    signs: list[Sign] = []
    for drawn in small:
        x0, top, x1, bottom = drawn.shape
        if any(holds(o.shape, drawn.shape) for o in small):
            continue  # the tick in a box
        if not (drawn.filled or drawn.tick) and (not drawn.plain or drawn.shape in filled):
            continue  # a stroke of a drawing, or the edge of what is filled
        box = not drawn.filled or _width(drawn) in sizes
        text = "☑" if drawn in ticked else "✓" if drawn.tick else "☐" if box else "•"
        sign = Sign(text, x0, x1, (top + bottom) / 2)
        if not signs or (sign.x0, sign.middle) != (signs[-1].x0, signs[-1].middle):
            signs.append(sign)
    return tuple(signs)


def _large_boxes(found: Sequence[Drawn]) -> list[Drawn]:
    """Boxes and rings larger than other signs, where ticks in some of that size say what they are.

    An icon has a ring as well.
    """
    ticks = [d.shape for d in found if d.tick]
    rings = [d for d in found if ticks and d.plain and _is_small(d.shape, _LARGE)]
    ticked = {_width(d) for d in rings if any(holds(d.shape, tick) for tick in ticks)}
    return [d for d in rings if _width(d) in ticked]


def _width(drawn: Drawn) -> int:
    return round(drawn.shape.x1 - drawn.shape.x0)


def _is_small(shape: Shape, largest: float = _SIGN[1]) -> bool:
    """Whether a shape is of the size of a bullet, and about as high as wide."""
    wide, high = shape.x1 - shape.x0, shape.bottom - shape.top
    return _SIGN[0] <= min(wide, high) and max(wide, high) <= min(largest, 1.6 * min(wide, high))
