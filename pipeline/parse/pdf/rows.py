"""A printed row → its lines and their text: titles apart, and cells with wide gaps between them.

`Gdynia  Poland` with the name in 24 points and the country in 10 is a title and a note. A gap in a
row parts cells where it is no space between words: it is much wider than those beside it, or what
follows begins where the cells of the next row do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.pdf.glyphs import Glyph
from pipeline.parse.pdf.runs import Run, is_wide, run_of, run_text, word_gaps

_TITLE = 1.3  # em of the page's usual type, at least
_LARGER = 1.25  # times what stands beside it
_WORDS_APART = 0.15  # em of the smaller type, between the two
_LEAST = 2  # letters
CELL = 1.5  # em: no space between words is as wide
_WIDER = 2.0  # times the widest space between the words of a line, at least
_ALIGNED = 0.3  # em by which two cells of a column may begin apart
WIDE = "   "


def title_apart(row: Sequence[Run], em: float) -> list[list[Run]]:
    """The row in two, where it begins or ends with words of a title; else as it is."""
    spots = [(r, k) for r, run in enumerate(row) for k in range(len(run.glyphs))]
    glyphs = [row[r].glyphs[k] for r, k in spots]
    largest = max((g.style.size for g in glyphs), default=0.0)
    if largest < _TITLE * em or all(g.style.size >= largest / _LARGER for g in glyphs):
        return [list(row)]
    large = [g.style.size >= largest / _LARGER for g in glyphs]
    changes = [i for i, (a, b) in enumerate(pairwise(large), start=1) if a != b]
    if len(changes) != 1:
        return [list(row)]
    at = changes[0]
    title = glyphs[:at] if large[0] else glyphs[at:]
    if not _is_title(title) or not _parted(row, spots[at], glyphs[at - 1], glyphs[at]):
        return [list(row)]
    r, k = spots[at]
    before, after = list(row[:r]), list(row[r + 1 :])
    run = row[r]
    if k:
        before.append(run_of(run.glyphs[:k], run.spaced[:k]))
    after.insert(0, run_of(run.glyphs[k:], (False, *run.spaced[k + 1 :])) if k else run)
    return [before, after]


def _is_title(glyphs: Sequence[Glyph]) -> bool:
    """Whether words may be a title: letters, and no figure, which may have a small unit."""
    letters = sum(g.text.isalpha() for g in glyphs)
    return letters >= _LEAST and not any(g.text.isdigit() for g in glyphs)


def _parted(row: Sequence[Run], spot: tuple[int, int], left: Glyph, right: Glyph) -> bool:
    """Whether white space stands between two letters of a row."""
    r, k = spot
    gap = right.x0 - left.x1
    size = min(left.style.size, right.style.size)
    return k == 0 or row[r].spaced[k] or gap >= _WORDS_APART * size


def cells_of(rows: Sequence[Sequence[Run]], *, table: bool) -> list[frozenset[int]]:
    """For each row the runs that begin a cell because those of the row above or below do.

    All runs of both rows begin, or end, at the same places. In a `table` each run is a cell.
    """
    if table:
        return [frozenset(range(1, len(row))) for row in rows]
    found: list[frozenset[int]] = [frozenset()] * len(rows)
    for i, (above, below) in enumerate(pairwise(rows)):
        if 1 < len(above) == len(below) and all(map(_in_column, above, below)):
            found[i] = found[i + 1] = frozenset(range(1, len(above)))
    return found


def _in_column(above: Run, below: Run) -> bool:
    near = _ALIGNED * max(above.size, below.size)
    ends = abs(above.x0 - below.x0), abs(above.x1 - below.x1)
    return min(*ends, abs(above.x0 + above.x1 - below.x0 - below.x1) / 2) <= near


def row_text(runs: Sequence[Run], size: float, apart: float, cells: frozenset[int]) -> list[str]:
    """The texts of the runs of a line of so large type, with the space between them.

    `apart` is how far apart its letters are set, see `run_text`; `cells` are runs that begin one.
    """
    spaces = [gap for run in runs for gap in word_gaps(run, apart)]
    widest = max(spaces, default=None)
    out: list[str] = []
    for k, run in enumerate(runs):
        if k:
            gap = run.x0 - runs[k - 1].x1
            left, right = runs[k - 1].plain[-1], run.plain[0]
            wide = (
                gap > CELL * size
                or k in cells
                or (widest is not None and gap >= _WIDER * widest)
                or (not apart and is_wide(left) and is_wide(right))
            )
            bullet = k == 1 and len(runs[0].plain) == 1 and not left.isalnum()
            out.append(WIDE if wide and not bullet else " ")
        out.append(run_text(run, apart))
    return out
