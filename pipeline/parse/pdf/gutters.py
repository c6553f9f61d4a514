"""Gutters: the white space that runs down a page between two sides of some height."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.parse.pdf.dividers import divides
from pipeline.parse.pdf.page_rows import Row
from pipeline.parse.pdf.runs import Run
from pipeline.parse.pdf.shapes import Rule

# In em of the page's usual type.
_GUTTER = 0.8  # the narrowest gutter, between columns of three lines or more
_GUTTER_SHORT = 1.2  # of two lines
GUTTER_LINE = 2.0  # of one line
_NARROWEST_LEFT = 3.5  # what is narrower is no column: bullets, numbers of a list
_NARROWEST_RIGHT = 1.5  # a column may hold the last word of a text alone
_WIDEST_KEY = 14  # characters in the left cell of a table of figures
PARAGRAPH_GAP = 1.3
_EDGE_LINES = 3  # lines that begin at one place make the edge of a column
_LEVEL_EDGE = 2.0  # points between the edges of a heading and of its column
_OVER_COLUMN = 1.2  # of a rule or the edge of a box, beyond the text of its column
_OVER_RULE = 2.0  # points by which a letter may reach over a rule
_SURE = 3  # lines on either side of a gutter that a page number may stand in
_WORDS = 2.0  # the widest space between two words of a justified line
_LONGEST_NUMBER = 5
_PAGE_NUMBER = re.compile(r"[-–—]?\d{1,3}[-–—]?")


class Band(NamedTuple):
    """Rows `first` to `last` (inclusive) with a gutter from `left` to `right` through them."""

    first: int
    last: int
    left: float
    right: float
    lines: int  # on the side that has fewer


def barriers_of(rows: Sequence[Row], rules: Sequence[Rule]) -> dict[int, list[Rule]]:
    """Row → the rules between it and the row above it."""
    out: dict[int, list[Rule]] = {}
    for i, (above, below) in enumerate(pairwise(rows), start=1):
        least = min(_OVER_RULE, (below.bottom - below.top) / 2)
        found = [r for r in rules if above.bottom - least <= r.y <= below.top + least]
        if found:
            out[i] = found
    return out


def best_band(
    rows: Sequence[Row], em: float, barriers: Mapping[int, Sequence[Rule]]
) -> Band | None:
    """The band whose gutter has the most lines beside it; of equals the tallest, then widest."""
    spans = [_spans(row) for row in rows]
    places = {*_edges(rows, em), *(x for row in spans for x in _gap_sides(row, em))}
    edges = _left_edge(rows), _right_edge(rows)
    bands = [
        b for x in sorted(places) for b in _bands_at(x, rows, spans, edges, em, barriers) if b.lines
    ]
    return max(bands, key=lambda b: (b.lines, b.last - b.first, b.right - b.left), default=None)


def _spans(row: Row) -> list[tuple[float, float]]:
    """What a row takes of the width, from left to right, page numbers left out."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted((r.x0, r.x1) for r in row.runs if not is_number(r)):
        if out and x0 <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _gap_sides(spans: Sequence[tuple[float, float]], em: float) -> list[int]:
    """Places just inside the gaps of a row: a gutter through many rows passes one of them."""
    inside = _GUTTER * em / 2
    gaps = [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] >= _GUTTER * em]
    return [round(x) for left, right in gaps for x in (left + inside, right - inside)]


def _edges(rows: Sequence[Row], em: float) -> list[int]:
    """Places just left of where several lines begin: columns need not stand level."""
    starts = Counter(round(r.x0 - _GUTTER * em / 2) for row in rows for r in row.runs)
    return [x for x, lines in starts.items() if lines >= _EDGE_LINES]


def _bands_at(
    x: float,
    rows: Sequence[Row],
    spans: Sequence[Sequence[tuple[float, float]]],
    edges: tuple[float, float],
    em: float,
    barriers: Mapping[int, Sequence[Rule]],
) -> list[Band]:
    """The runs of rows through which a gutter passes at `x`; `edges` are those of all rows."""
    out: list[Band] = []
    first, left, right = 0, float("-inf"), float("inf")
    for i in range(len(rows) + 1):
        if i < len(rows):
            blocked, a, b = _beside(x, spans[i])
            rules = barriers.get(i, ()) if i > first else ()
            inside: tuple[float, float] | None = (max(left, a), min(right, b))
            if any(r.x0 < x < r.x1 for r in rules):
                sure = _is_sure(x, rows[first:i])
                inside = _past_rules(x, inside, rules, em) if inside and sure else None
            narrow = inside is None or inside[1] - inside[0] < _GUTTER * em
            if inside and not blocked and not narrow and not divides(rows, i, first, x, em):
                left, right = inside
                continue
        if i > first:
            out.append(_trimmed(rows, Band(first, i - 1, left, right, 0), edges, em))
        first, left, right = i + 1, float("-inf"), float("inf")
        if i < len(rows) and not blocked:
            first, left, right = i, a, b
    return out


def _past_rules(
    x: float, gutter: tuple[float, float], rules: Sequence[Rule], em: float
) -> tuple[float, float] | None:
    """What the rules that stand at `x` leave of a gutter; None if one runs through it.

    A line below a heading, or the edge of a box, is a little wider than the text of its column.
    In a table the edge of one cell goes on as that of the next.
    """
    left, right = gutter
    for rule in rules:
        if not rule.x0 < x < rule.x1:
            continue
        starts, ends = {r.x0 for r in rules}, {r.x1 for r in rules}
        if rule.x1 - left <= _OVER_COLUMN * em and not _near(rule.x1, starts):
            left = rule.x1
        elif right - rule.x0 <= _OVER_COLUMN * em and not _near(rule.x0, ends):
            right = rule.x0
        else:
            return None
    return left, right


def _is_sure(x: float, rows: Sequence[Row]) -> bool:
    """Whether lines enough stand on both sides of a gutter: they are columns, and no tiles."""
    left = sum(any(r.x1 < x for r in row.runs) for row in rows)
    right = sum(any(r.x0 > x for r in row.runs) for row in rows)
    return min(left, right) >= _SURE


def _near(x: float, places: Iterable[float]) -> bool:
    return any(abs(x - place) <= _OVER_RULE for place in places)


def _beside(x: float, spans: Sequence[tuple[float, float]]) -> tuple[bool, float, float]:
    """Whether a row stands at `x`, and where its nearest parts to the left and right end."""
    blocked, left, right = False, float("-inf"), float("inf")
    for a, b in spans:
        if b < x:
            left = max(left, b)
        elif a > x:
            right = min(right, a)
        else:
            blocked = True
    return blocked, left, right


def _trimmed(rows: Sequence[Row], band: Band, edges: tuple[float, float], em: float) -> Band:
    """The band without rows that only lean on it, with the lines of its smaller side counted.

    Rows at the top that stand on the left alone are read first in any case, unless they are of
    columns themselves. Rows at the end that stand on the left alone belong to what follows if they
    are nearer to it.
    """
    first, last = band.first, band.last
    middle = (max(band.left, edges[0]) + min(band.right, edges[1])) / 2

    def on_right(row: Row) -> bool:
        return any(r.x0 > middle and not is_number(r) for r in row.runs)

    while first < last and not on_right(rows[first]) and len(_spans(rows[first])) == 1:
        first += 1
    tail = last
    while tail > first and not on_right(rows[tail]):
        tail -= 1
    for i in range(tail + 1, last + 1):
        gap = rows[i].top - rows[i - 1].bottom
        after = rows[last + 1].top - rows[last].bottom if last + 1 < len(rows) else float("inf")
        if gap > PARAGRAPH_GAP * em and after < gap:
            last = i - 1
            break
    if first < last and _opens_columns(rows, last, em):
        last -= 1
    inside = [r for row in rows[first : last + 1] for r in row.runs if not is_number(r)]
    left = [r for r in inside if r.x0 < middle]
    right = [r for r in inside if r.x0 >= middle]
    lines = min(_lines(left), _lines(right)) if left and right else 0
    if lines < _SURE and any(_joins(row, band, em) for row in rows[first : last + 1]):
        lines = 0
    found = band._replace(first=first, last=last, lines=lines)
    return found if lines and _is_gutter(left, right, found, em) else found._replace(lines=0)


def _opens_columns(rows: Sequence[Row], i: int, em: float) -> bool:
    """Whether a row is of headings, each of a column that goes on right below it."""
    if i + 1 >= len(rows) or len(rows[i].runs) < 2:
        return False
    gap, after = rows[i].top - rows[i - 1].bottom, rows[i + 1].top - rows[i].bottom
    starts = [r.x0 for r in rows[i + 1].runs]
    return (
        gap > PARAGRAPH_GAP * em
        and after < gap / 2
        and all(any(abs(r.x0 - x) <= _LEVEL_EDGE for x in starts) for r in rows[i].runs)
    )


def _joins(row: Row, band: Band, em: float) -> bool:
    """Whether a figure stands between two words of one line that is set wide."""
    before = [r.x1 for r in row.runs if r.x1 <= band.left]
    after = [r.x0 for r in row.runs if r.x0 >= band.right]
    return any(
        is_number(r) and r.x0 - max(before) < _WORDS * em and min(after) - r.x1 < _WORDS * em
        for r in row.runs
        if before and after and band.left <= r.x0 and r.x1 <= band.right
    )


def _is_gutter(left: Sequence[Run], right: Sequence[Run], band: Band, em: float) -> bool:
    """Whether the space between two sides parts columns: the fewer the lines, the wider it is."""
    if _width(left) < _NARROWEST_LEFT * em or _width(right) < _NARROWEST_RIGHT * em:
        return False
    if band.lines == 1 and band.first == band.last:
        return False  # one justified line, or two values side by side
    least = {1: GUTTER_LINE, 2: _GUTTER_SHORT}.get(band.lines, _GUTTER)
    return band.right - band.left >= least * em and not _is_table_of_figures(left, right)


def _left_edge(rows: Sequence[Row]) -> float:
    return min(r.x0 for row in rows for r in row.runs)


def _right_edge(rows: Sequence[Row]) -> float:
    return max(r.x1 for row in rows for r in row.runs)


def _lines(runs: Sequence[Run]) -> int:
    return len({round(r.base) for r in runs})


def _width(runs: Sequence[Run]) -> float:
    return max(r.x1 for r in runs) - min(r.x0 for r in runs)


def _is_table_of_figures(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether every short label on the left has its figure level with it on the right."""
    labels = {round(r.base) for r in left}
    figures = {round(r.base) for r in right}
    return (
        labels == figures
        and all(len(r.plain) <= _WIDEST_KEY for r in left)
        and not any(c.isdigit() for r in left for c in r.plain)
        and all(any(c.isdigit() for c in r.plain) for r in right)
    )


def is_number(run: Run) -> bool:
    """Whether a run reads as the number of a page."""
    return len(run.plain) <= _LONGEST_NUMBER and _reads_as_number(run.plain)


@lru_cache(maxsize=4096)
def _reads_as_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text))
