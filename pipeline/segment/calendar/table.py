"""A calendar set as a table on a page: its lines row by row, where they were read by columns.

Each day has a cell on the left, and level with it, to the right, stand times, titles and places in
columns of their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model import Box, Document
from pipeline.segment.calendar.marks import LineMark

_LEVEL = 3.0  # points between two lines of one row
_EDGE = 3.0  # points between the lines of one cell
_NEXT_LINE = 1.8  # type sizes between two lines of one cell
_COLUMN = 20.0  # points by which the next column begins further right
_LEAST_DAYS = 2


def by_rows(document: Document, marks: Sequence[LineMark]) -> list[int]:
    """The indices of the lines in the order in which they are read: as they are, or row by row."""
    order = list(range(len(document.lines)))
    boxes = [line.box for line in document.lines]
    days = [i for i in order if marks[i].kind == "date" and boxes[i]]
    rows = [first for i in days if (first := _first_of_cell(boxes, marks, i)) is not None]
    timed: dict[int, list[Box]] = defaultdict(list)
    for line, mark in zip(document.lines, marks, strict=True):
        if line.box and mark.kind in ("time", "quiet"):
            timed[line.page].append(line.box)
    beside = sum(_is_level(boxes[i], timed[document.lines[i].page]) for i in rows)
    if len(rows) < _LEAST_DAYS or 2 * beside <= len(days) or rows == sorted(rows) == days:
        return order
    pages = [line.page for line in document.lines]
    at = sorted((pages[i], _top(boxes[i])) for i in rows)
    columns = columns_of([box.x0 for box in boxes if box])

    def place(i: int) -> tuple[int, int, float, float]:
        box = boxes[i]
        here = (pages[i], _top(box) + _LEVEL)
        row = bisect_right(at, here)
        column = sum(start <= box.x0 + _EDGE for start in columns) if box else 0
        return pages[i], row, column if row else 0, _top(box)

    return sorted((i for i in order if boxes[i]), key=place)


def _first_of_cell(boxes: Sequence[Box | None], marks: Sequence[LineMark], day: int) -> int | None:
    """The first line of the cell of a date: its weekday may stand above it."""
    box, above = boxes[day], boxes[day - 1] if day else None
    if box is None:
        return None
    cell = (
        above is not None
        and marks[day - 1].kind == "weekday"
        and abs(above.x0 - box.x0) <= _EDGE
        and 0 < box.top - above.top <= _NEXT_LINE * box.size
    )
    return day - 1 if cell else day


def _is_level(day: Box | None, timed: Sequence[Box]) -> bool:
    """Whether a time, or that there is no event, stands to the right of a day and level with it."""
    return day is not None and any(
        box.x0 > day.x1 and abs(box.top - day.top) <= _LEVEL for box in timed
    )


def columns_of(lefts: Sequence[float]) -> list[float]:
    """Where columns begin."""
    found: list[float] = []
    for x0 in sorted(lefts):
        if not found or x0 - found[-1] > _COLUMN:
            found.append(x0)
    return found


def _top(box: Box | None) -> float:
    return box.top if box else 0.0
