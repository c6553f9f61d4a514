"""Bullets and boxes to tick that are drawn and not printed, put before the lines they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.parse.pdf.glyphs import Glyph
from pipeline.parse.pdf.signs import Sign

_BEFORE = 2.5  # em between a sign and the letter behind it
_HEIGHT = (-0.1, 0.85)  # em above the baseline, in which the middle of a sign stands
_TALLEST = 4.0  # em above and below the middle of a box, in which the lines of its entry stand
_WRAPPED = 1.6  # em between two lines of an entry
_MIDDLE = 0.35  # em of a line above its baseline
_EVEN = 0.3  # em by which a box may miss the middle of its entry
_EDGE = 2.0  # points within which signs stand in one column
_SEVERAL = 2
_LARGEST = (2.5, 1.1)  # em that a box to tick, and a bullet, is wide


def with_signs(glyphs: Iterable[Glyph], signs: Sequence[Sign]) -> list[Glyph]:
    """The letters of a page with the signs among them that stand before a line.

    One alone in its column is an ornament, and so is a box of which no other has the size.
    """
    out = list(glyphs)
    if not signs:
        return out
    letters = [g for g in out if not g.text.isspace()]
    found = _opened(signs, letters)
    columns = Counter(round(sign.x0 / _EDGE) for sign, _ in found)
    sizes = Counter(_size(sign) for sign, _ in found if sign.text != "•")
    for sign, behind in found:
        several = columns[round(sign.x0 / _EDGE)] >= _SEVERAL
        if several or (sign.text != "•" and sizes[_size(sign)] >= _SEVERAL):
            out.append(Glyph(sign.text, sign.x0, sign.x1, behind.base, behind.style))
    return out


def _opened(signs: Sequence[Sign], letters: Sequence[Glyph]) -> list[tuple[Sign, Glyph]]:
    """The signs, each with the first letter of the line or the entry that it opens.

    Boxes that stand beside the middle of entries are told by one beside an even number of lines.
    """
    lines = [(sign, _behind(sign, letters)) for sign in signs]
    entries = [None if s.text == "•" else _beside_entry(s, letters) for s in signs]
    centred = any(e and not behind for e, (_, behind) in zip(entries, lines, strict=True))
    found = (
        (sign, (entry if centred else None) or behind)
        for entry, (sign, behind) in zip(entries, lines, strict=True)
    )
    return [(sign, first) for sign, first in found if first]


def _beside_entry(sign: Sign, letters: Sequence[Glyph]) -> Glyph | None:
    """The first letter of an entry of several lines that lies evenly around a sign, or nothing."""
    firsts: dict[float, Glyph] = {}
    for g in sorted(letters, key=lambda g: -g.x0):
        if _stands_before(sign, g) and abs(_below(sign, g)) <= _TALLEST:
            firsts[g.base] = g
    entries: list[list[Glyph]] = []
    for _, g in sorted(firsts.items()):
        if entries and g.base - entries[-1][-1].base <= _WRAPPED * g.style.size:
            entries[-1].append(g)
        else:
            entries.append([g])
    for first, *rest in entries:
        if rest and abs((_below(sign, first) + _below(sign, rest[-1])) / 2 - _MIDDLE) <= _EVEN:
            return first
    return None


def _below(sign: Sign, letter: Glyph) -> float:
    """How far a letter's baseline is below the middle of a sign, in em."""
    return (letter.base - sign.middle) / (letter.style.size or 1.0)


def _stands_before(sign: Sign, letter: Glyph) -> bool:
    size = letter.style.size
    return -0.3 * size <= letter.x0 - sign.x1 <= _BEFORE * size


def _size(sign: Sign) -> int:
    return round(sign.x1 - sign.x0)


def _behind(sign: Sign, letters: Sequence[Glyph]) -> Glyph | None:
    """The first letter of a line behind a sign that opens it, or nothing."""
    level = [g for g in letters if _HEIGHT[0] <= _below(sign, g) <= _HEIGHT[1]]
    near = [g for g in level if _stands_before(sign, g)]
    if not near:
        return None
    first = min(near, key=lambda g: g.x0)
    size = first.style.size
    before = any(0 <= sign.x0 - g.x1 <= size or g.x0 < sign.x1 < g.x1 for g in level)
    large = sign.x1 - sign.x0 > _LARGEST[sign.text == "•"] * size
    return (
        None if before or large or not (first.text.isalnum() or first.text in "“‘「（(") else first
    )
