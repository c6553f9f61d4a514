"""A region of a page → its lines as they are set: what each is indented by, and leaves free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.parse.pdf.level import Cells
from pipeline.parse.pdf.rows import CELL, cells_of, title_apart
from pipeline.parse.pdf.runs import Run

EDGE = 3.0  # points within which lines begin at one edge
FIRST_LINE = 2.5  # em, the most by which the first line of a paragraph is indented
LOOSE = 1.15  # times the usual leading: what is further apart is another paragraph
_OTHER_SIZE = 0.15
_EDGE_LINES = 3  # as many lines make an edge
_NO_EDGE = 0.5  # of the usual line that begins where a line does: a shorter one shows no edge
# In em, the size of the type concerned.
_ONE_LINE = 0.4
_LEAST_INDENT, _MOST_INDENT = 0.8, 12.0
_CENTRED = 0.6


class SetLine(NamedTuple):
    """A line as it is set: its runs from left to right, and what they have in common."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    base: float
    size: float
    color: str
    indent: float = 0.0  # in em
    space: float | None = None  # above, beyond the usual leading
    room: float = 0.0  # from its end to the right edge of its column
    cells: frozenset[int] = frozenset()  # the runs that begin where those of a line near by do


def lines_of(region: Sequence[Run], em: float) -> list[SetLine]:
    """The lines of a region without a gutter, from top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(region, key=lambda r: r.base):
        if lines and run.base - lines[-1][0].base <= _ONE_LINE * min(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    rows = (sorted(line, key=lambda r: r.x0) for line in lines)
    parts = [part for row in rows for part in title_apart(row, em)]
    sets = [
        _set_line(part)._replace(cells=cells)
        for part, cells in zip(parts, cells_of(parts, table=isinstance(region, Cells)), strict=True)
    ]
    return _indented(_with_room(sets))


def _set_line(runs: Sequence[Run]) -> SetLine:
    largest = max(runs, key=lambda r: len(r.glyphs))
    colors = Counter(g.style.color for r in runs for g in r.glyphs)
    return SetLine(
        tuple(runs),
        min(r.x0 for r in runs),
        max(r.x1 for r in runs),
        largest.base,
        largest.size,
        max(colors, key=lambda c: (colors[c], c)),
    )


def _with_room(lines: list[SetLine]) -> list[SetLine]:
    """The lines with what they leave free.

    A right edge that several lines share is that of a column: each line is measured by the
    nearest one, and in ragged text by the longest line that begins where it does.
    """
    begins: dict[int, list[float]] = {}
    for line in lines:
        if not _is_row(line):
            begins.setdefault(round(line.x0 / EDGE), []).append(line.x1)
    usual = {left: median(own) - left * EDGE for left, own in begins.items()}
    # Last lines of two or three ideographs end at one place by chance.
    ends = Counter(
        round(line.x1 / EDGE)
        for line in lines
        if not _is_row(line) and line.x1 - line.x0 >= _NO_EDGE * usual[round(line.x0 / EDGE)]
    )
    shared = sorted(end * EDGE for end, n in ends.items() if n >= _EDGE_LINES)
    out = []
    for line in lines:
        widest = max((other.x1 for other in lines if other.x0 < line.x1), default=line.x1)
        alike = begins.get(round(line.x0 / EDGE), [])
        longest = max(alike) if len(alike) >= _EDGE_LINES else widest
        right = next((end for end in shared if end > line.x1 - EDGE), longest)
        out.append(line._replace(room=max(0.0, right - line.x1)))
    return out


def _is_row(line: SetLine) -> bool:
    """Whether a line is of cells, which say nothing of the width of a column of text."""
    gaps = (b.x0 - a.x1 for a, b in pairwise(line.runs))
    return any(gap > CELL * line.size for gap in gaps)


def _indented(lines: list[SetLine]) -> list[SetLine]:
    """The lines with their indentation from the left edge that most of their kind keep to."""
    if len(lines) < _EDGE_LINES:
        return lines
    kinds: dict[tuple[int, str], list[SetLine]] = {}
    for line in lines:
        kinds.setdefault((round(line.size), line.color), []).append(line)
    right = max(s.x1 for s in lines)
    out = []
    for line in lines:
        alike = kinds[round(line.size), line.color]
        left = _left_edge(alike if len(alike) > 1 else lines)
        indent = (line.x0 - left) / line.size
        centred = abs((line.x0 - left) - (right - line.x1)) < _CENTRED * line.size and not any(
            abs(s.x0 - line.x0) < EDGE and abs(s.x1 - line.x1) >= EDGE for s in alike
        )
        fits = _LEAST_INDENT <= indent <= _MOST_INDENT and not centred
        out.append(line._replace(indent=indent) if fits else line)
    return out


def _left_edge(lines: Sequence[SetLine]) -> float:
    """Where most of a text begins, by the length of its lines.

    Paragraphs of two lines have more text in their indented lines than in the others: where a
    full line goes on further left, the text begins there.
    """
    starts: Counter[int] = Counter()
    for line in lines:
        starts[round(line.x0 / EDGE)] += round(line.x1 - line.x0)
    usual = max(starts, key=lambda s: (starts[s], -s))
    left = min(s.x0 for s in lines if round(s.x0 / EDGE) == usual)
    step = min((b.base - a.base for a, b in pairwise(lines) if b.base > a.base), default=0.0)
    goes_on = [
        below.x0
        for above, below in pairwise(lines)
        if abs(above.x0 - left) < EDGE < left - below.x0 <= FIRST_LINE * above.size
        and above.room < above.size
        and below.base - above.base <= LOOSE * step
    ]
    return min(goes_on, default=left)


def same_size(above: SetLine, below: SetLine) -> bool:
    """Whether two lines are of one type size, or nearly so."""
    return abs(above.size - below.size) <= _OTHER_SIZE * above.size
