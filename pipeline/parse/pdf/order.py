"""Runs → reading order, by white space alone.

A page is cut again and again: where a gutter runs down between two sides of some height, the
left side is read before the right one; what stands above and below the gutter is read before
and after. The order of drawing plays no part. (A recursive X-Y cut, after Nagy and Seth 1984,
that looks for the tallest gutter first, so that paragraph gaps that happen to stand level do
not break the columns, and a title across them does not hide them.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.parse.pdf.dividers import is_wide_title
from pipeline.parse.pdf.grids import GridRow, around_grids
from pipeline.parse.pdf.gutters import (
    GUTTER_LINE,
    PARAGRAPH_GAP,
    Band,
    barriers_of,
    best_band,
    is_number,
)
from pipeline.parse.pdf.level import read_across, table_above
from pipeline.parse.pdf.page_rows import Row, rows_of
from pipeline.parse.pdf.runs import Run
from pipeline.parse.pdf.shapes import Rule
from pipeline.parse.pdf.strips import strips

_SMALLER = 0.95  # a page number than the line beside it, in parts of its size
_IN_MIDDLE = 0.15  # of its width: how far from the middle of a gutter a page number stands


def reading_order(
    runs: Sequence[Run], em: float, rules: Sequence[Rule] = (), grid: Sequence[GridRow] = ()
) -> list[list[Run]]:
    """Runs in reading order, in regions without a gutter; `em` is the page's usual type size.

    No gutter runs through one of the `rules`, which part what is above from what is below. The
    rows of a drawn table, the `grid`, are read cell by cell.
    Page numbers in the first or last row, or in a gutter, and small ones that stand apart come
    last, a region each.
    """
    rows = rows_of(runs)
    edges = [rows[0], rows[-1]] if len(rows) > 1 else []
    aside = [r for row in edges if all(map(is_number, row.runs)) for r in row.runs]
    aside += [
        r for row in rows for r in row.runs if r not in aside and _is_small_number(r, row, em)
    ]
    inside = [r for r in runs if r not in aside]
    regions: list[list[Run]] = []
    for part, row in around_grids(inside, grid):
        for strip in strips(part, em, rules):
            regions += _cut(strip, em, aside, rules)
        regions += row
    return [*regions, *([run] for run in sorted(aside, key=lambda r: (r.base, r.x0)))]


def halves(runs: Sequence[Run], width: float, em: float) -> tuple[list[Run], list[Run]] | None:
    """The left and the right page of a sheet that shows two pages, or None.

    A gutter must run through the whole height near the middle.
    """
    middle = width / 2
    left = [r for r in runs if (r.x0 + r.x1) / 2 < middle]
    right = [r for r in runs if (r.x0 + r.x1) / 2 >= middle]
    if not left or not right:
        return None
    start, end = max(r.x1 for r in left), min(r.x0 for r in right)
    fits = end - start >= GUTTER_LINE * em and start < middle < end
    return (left, right) if fits else None


def _cut(runs: list[Run], em: float, aside: list[Run], rules: Sequence[Rule]) -> list[list[Run]]:
    if not runs:
        return []
    rows = rows_of(runs)
    barriers = barriers_of(rows, rules)
    band = best_band(rows, em, barriers)
    if band is None:
        return [sorted(runs, key=lambda r: (r.base, r.x0))]
    middle = (band.left + band.right) / 2
    if table := table_above(rows[band.first : band.last + 1], middle, em):
        band = band._replace(first=band.first + table)
        lead = band.first
    else:
        lead = _lead(rows, band, barriers, em)
    above = [r for row in rows[:lead] for r in row.runs]
    opening = [r for row in rows[lead : band.first] for r in row.runs]
    below = [r for row in rows[band.last + 1 :] for r in row.runs]
    inside = [r for row in rows[band.first : band.last + 1] for r in row.runs]
    numbers = [r for r in inside if is_number(r) and _stands_in(r, band)]
    aside += numbers
    rest = [r for r in inside if r not in numbers]
    left = [r for r in rest if (r.x0 + r.x1) / 2 < middle]
    right = [r for r in rest if (r.x0 + r.x1) / 2 >= middle]
    across = read_across(left, right, em) if left and right else None
    if across or not left or not right:
        above, opening = [*above, *opening], []
    out = _cut(above, em, aside, rules)
    if not left or not right:  # only page numbers stood on one side
        out += [sorted(rest, key=lambda r: (r.base, r.x0))] if rest else []
    elif across:
        out += across
    else:
        out += _cut([*opening, *left], em, aside, rules) + _cut(right, em, aside, rules)
    return out + _cut(below, em, aside, rules)


def _stands_in(run: Run, band: Band) -> bool:
    """Whether a number stands in the middle of a gutter, and not at the edge of a column."""
    off = (run.x0 + run.x1) / 2 - (band.left + band.right) / 2
    return (
        band.left <= run.x0
        and run.x1 <= band.right
        and abs(off) <= _IN_MIDDLE * (band.right - band.left)
    )


def _is_small_number(run: Run, row: Row, em: float) -> bool:
    """Whether a number in smaller type than the line beside it stands apart from it."""
    others = [r for r in row.runs if r is not run]
    return (
        is_number(run)
        and bool(others)
        and all(run.size < _SMALLER * r.size for r in others)
        and all(max(run.x0 - r.x1, r.x0 - run.x1) >= em for r in others)
    )


def _lead(
    rows: Sequence[Row], band: Band, barriers: Mapping[int, Sequence[Rule]], em: float
) -> int:
    """The first of the rows above a gutter that are of its left column: they open its text."""
    first = band.first
    while first > 0:
        row, below = rows[first - 1], rows[first]
        ruled = any(r.x0 < band.left and band.right < r.x1 for r in barriers.get(first, ()))
        if ruled or below.top - row.bottom > PARAGRAPH_GAP * em:
            break
        if any(r.x1 > band.left or is_wide_title(r, em) for r in row.runs):
            break
        first -= 1
    return first
