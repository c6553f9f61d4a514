"""Events of a page with places: each title stands level with its time, to the right of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.model import Line
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import CALENDAR, LineMark
from pipeline.textforms import ends_sentence

_LEVEL = 3.0  # points between a time and the title beside it
_EDGE = 3.0  # points between the lines of one cell
_TITLE_LINES = 5


def beside_times(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int]
) -> list[Found]:
    """The events of a page with places, where each title stands level with its time, right of it.

    What stands lower than one time, and not than the next, belongs to its event.
    """
    times = [i for i in lines if marks[i].kind == "time"]
    titles = [_level_right(page, marks, lines, i) for i in times]
    if not times or None in titles:
        return []
    tops = [_top(page, i) for i in times]
    found = []
    for n, (time, title) in enumerate(zip(times, titles, strict=True)):
        below = tops[n + 1] if n + 1 < len(tops) else float("inf")
        own = [
            i
            for i in lines
            if i not in times
            and marks[i].kind not in CALENDAR
            and tops[n] - _LEVEL <= _top(page, i) < below - _LEVEL
        ]
        if title is None or title not in own:
            return []  # two times on one level, as of a beginning and an end
        head = wrapped_title(page, [i for i in own if i >= title])
        body = tuple(i for i in own if i not in head)
        pieces = tuple(trimmed(page[i]) for i in head)
        found.append(Found(pieces, trimmed(page[time]), body))
    return found


def _top(page: Sequence[Line], i: int) -> float:
    box = page[i].box
    return box.top + 10_000.0 * page[i].page if box else 0.0


def _level_right(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], time: int
) -> int | None:
    """The first text to the right of a time and level with it."""
    own = page[time].box
    if own is None:
        return None
    right = [
        (box.x0, i)
        for i in lines
        if marks[i].kind == "text"
        and (box := page[i].box)
        and box.x0 > own.x1
        and abs(_top(page, i) - _top(page, time)) <= _LEVEL
    ]
    return min(right)[1] if right else None


def wrapped_title(page: Sequence[Line], lines: Sequence[int]) -> list[int]:
    """The first of some lines with those below it that are of its title.

    They are of its cell and set like it, and other lines of the cell are not; or all of the cell is
    set alike, and none of it ends a sentence.
    """
    cell = [lines[0]]
    for i in lines[1:]:
        one, other = page[cell[-1]].box, page[i].box
        if one is None or other is None or abs(one.x0 - other.x0) > _EDGE or other.top < one.top:
            break
        cell.append(i)
    style = _style(page[cell[0]])
    head = list(takewhile(lambda i: _style(page[i]) == style, cell))
    told = len(head) < len(cell) or not any(ends_sentence(page[i].text) for i in head)
    return head if told and len(head) <= _TITLE_LINES else head[:1]


def _style(line: Line) -> tuple[str, float, str] | None:
    return (line.box.font, line.box.size, line.box.color) if line.box else None
