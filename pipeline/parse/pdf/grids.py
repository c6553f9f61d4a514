"""Tables that are drawn as a grid: their rows, and the cells of each.

Three cells or more stand between upright rules in a row that is ruled above and below. Words of
neighbouring cells stand as near as words of a line, and a cell of several lines has those of its
neighbours beside it: the rules alone tell what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.parse.pdf.drawn import Shape
from pipeline.parse.pdf.level import Cells
from pipeline.parse.pdf.runs import Run
from pipeline.parse.pdf.shapes import Rule

_THIN = 2.0  # points: a rule is as wide at most
_MEETS = 2.0  # points by which rules that meet may miss each other
_MARGIN = 10.0  # points by which text may reach over a table, or be set in
_LEAST_CELLS = 3
_MIDDLE = 0.35  # type sizes from the baseline to the middle of a letter
_ONE_LINE = 0.4  # type sizes between the baselines of one line, at most


class GridRow(NamedTuple):
    """A row of a drawn table: where it is, and the upright rules that part its cells."""

    top: float
    bottom: float
    x0: float
    x1: float
    parts: tuple[float, ...]


def grid_rows(rules: Iterable[Rule], shapes: Iterable[Shape]) -> list[GridRow]:
    """The rows of drawn tables with three cells or more, from top to bottom."""
    uprights = [s for s in shapes if s.x1 - s.x0 <= _THIN < s.bottom - s.top]
    levels = sorted(rules, key=lambda r: (r.y, r.x0))
    rows: list[GridRow] = []
    for i, above in enumerate(levels):
        below = next((r for r in levels[i + 1 :] if _under(above, r)), None)
        if below is None:
            continue
        through = {
            round((s.x0 + s.x1) / 2)
            for s in uprights
            if s.top <= above.y + _MEETS
            and s.bottom >= below.y - _MEETS
            and above.x0 + _MEETS < s.x0
            and s.x1 < above.x1 - _MEETS
        }
        if len(through) >= _LEAST_CELLS - 1:
            rows.append(GridRow(above.y, below.y, above.x0, above.x1, tuple(sorted(through))))
    return rows


def _under(above: Rule, below: Rule) -> bool:
    """Whether a rule stands below another of its width."""
    alike = abs(above.x0 - below.x0) <= _MEETS and abs(above.x1 - below.x1) <= _MEETS
    return alike and below.y - above.y > _MEETS


def around_grids(
    runs: Sequence[Run], rows: Sequence[GridRow]
) -> list[tuple[list[Run], list[list[Run]]]]:
    """What stands above each row of a table, and the row's regions; at last, what is below all.

    A row whose text crosses its rules is none, nor is one in a column of the page.
    """
    left, right = min(r.x0 for r in runs), max(r.x1 for r in runs)
    out: list[tuple[list[Run], list[list[Run]]]] = []
    rest = list(runs)
    for row in rows:
        if row.x0 > left + _MARGIN or row.x1 < right - _MARGIN:
            continue
        inside = [r for r in rest if row.top < _middle(r) < row.bottom]
        cells = _cells(inside, row)
        if sum(map(bool, cells)) < _LEAST_CELLS:
            continue
        above = [r for r in rest if _middle(r) <= row.top]
        out.append((above, _regions(cells)))
        rest = [r for r in rest if _middle(r) >= row.bottom]
    return [*out, (rest, [])]


def _middle(run: Run) -> float:
    return run.base - _MIDDLE * run.size


def _cells(runs: Sequence[Run], row: GridRow) -> list[list[Run]]:
    """The runs of a row in its cells, or nothing where one of them stands in no single cell."""
    edges = [row.x0, *row.parts, row.x1]
    cells = [
        [r for r in runs if a - _MEETS <= r.x0 and r.x1 <= b + _MEETS] for a, b in pairwise(edges)
    ]
    return cells if sum(map(len, cells)) == len(runs) else []


def _regions(cells: Sequence[list[Run]]) -> list[list[Run]]:
    """A row as one region where each cell is a line; else a label with its value, or each cell."""
    if all(map(_is_line, cells)):
        return [Cells(r for cell in cells for r in cell)]
    if len(cells) % 2:
        return [cell for cell in cells if cell]
    out: list[list[Run]] = []
    for label, value in zip(cells[::2], cells[1::2], strict=True):
        level = label and value and _is_line([*label, *value])
        out += [Cells([*label, *value])] if level else [c for c in (label, value) if c]
    return out


def _is_line(runs: Sequence[Run]) -> bool:
    bases = [r.base for r in runs]
    return not bases or max(bases) - min(bases) <= _ONE_LINE * min(r.size for r in runs)
