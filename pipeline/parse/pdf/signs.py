"""Bullets and boxes to tick that are drawn and not printed, put before the lines they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.parse.pdf.glyphs import Glyph
from pipeline.parse.pdf.shapes import Sign

_BEFORE = 2.5  # em between a sign and the letter behind it
_HEIGHT = (-0.1, 0.85)  # em above the baseline, in which the middle of a sign stands
_EDGE = 2.0  # points within which signs stand in one column
_SEVERAL = 2
_LARGEST = 1.1  # em that a sign is high


def with_signs(glyphs: Iterable[Glyph], signs: Sequence[Sign]) -> list[Glyph]:
    """The letters of a page with the signs among them that stand before a line.

    One alone in its column is an ornament, unless it is a box to tick.
    """
    out = list(glyphs)
    found: list[tuple[Sign, Glyph]] = []
    if not signs:
        return out
    letters = [g for g in out if not g.text.isspace()]
    for sign in signs:
        behind = _behind(sign, letters)
        if behind is not None:
            found.append((sign, behind))
    columns = Counter(round(sign.x0 / _EDGE) for sign, _ in found)
    for sign, behind in found:
        if columns[round(sign.x0 / _EDGE)] >= _SEVERAL or sign.text != "•":
            out.append(Glyph(sign.text, sign.x0, sign.x1, behind.base, behind.style))
    return out


def _behind(sign: Sign, letters: Sequence[Glyph]) -> Glyph | None:
    """The first letter of a line behind a sign that opens it, or nothing."""
    level = [
        g
        for g in letters
        if _HEIGHT[0] <= (g.base - sign.middle) / (g.style.size or 1.0) <= _HEIGHT[1]
    ]
    near = [g for g in level if -0.3 * g.style.size <= g.x0 - sign.x1 <= _BEFORE * g.style.size]
    if not near:
        return None
    first = min(near, key=lambda g: g.x0)
    size = first.style.size
    before = any(0 <= sign.x0 - g.x1 <= size or g.x0 < sign.x1 < g.x1 for g in level)
    large = sign.x1 - sign.x0 > _LARGEST * size
    return (
        None if before or large or not (first.text.isalnum() or first.text in "“‘「（(") else first
    )
