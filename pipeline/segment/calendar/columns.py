"""Events of a page with places: each title stands level with its time, to the right of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.model import Line
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import CALENDAR, LineMark
from pipeline.textforms import ends_sentence, has_han

_LEVEL = 3.0  # points between a time and the title beside it
_EDGE = 3.0  # points between the lines of one cell
_TITLE_LINES = 5
_MOST_WAYS = 8


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
    timed = set(times)
    found = []
    for n, (time, title) in enumerate(zip(times, titles, strict=True)):
        below = tops[n + 1] if n + 1 < len(tops) else float("inf")
        own = [
            i
            for i in lines
            if i not in timed
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


def around_times(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int]
) -> list[Found]:
    """The events of a table whose cells are set in the middle of their rows, or nothing.

    The first column right of the times has a title for each of them: the lines of the title lie
    around the level of its time. Lines of further columns are of the row that they lie in.
    """
    times = sorted((i for i in lines if marks[i].kind == "time"), key=lambda i: _top(page, i))
    if not times or any(page[i].box is None for i in lines):
        return []
    texts = [
        i for i in lines if marks[i].kind == "text" and _left(page, i) > _right(page, times[0])
    ]
    if not texts:
        return []
    column = min(_left(page, i) for i in texts)
    titles = [i for i in texts if _left(page, i) - column <= _EDGE]
    titles.sort(key=lambda i: _top(page, i))
    cells = _around([_top(page, i) for i in times], [_top(page, i) for i in titles])
    if cells is None:
        return []
    heads = [[titles[n] for n in cell] for cell in cells]
    if _top(page, times[0]) - _top(page, heads[0][0]) <= _LEVEL:
        return []  # set from the top of their rows
    if any(len({has_han(page[i].text) for i in head}) > 1 for head in heads):
        return []  # in two languages
    ends = [(_top(page, a[-1]) + _top(page, b[0])) / 2 for a, b in pairwise(heads)]
    found = []
    for n, (time, head) in enumerate(zip(times, heads, strict=True)):
        own = [i for i in texts if i not in titles and bisect_left(ends, _top(page, i)) == n]
        own.sort(key=lambda i: (_left(page, i), _top(page, i)))
        pieces = tuple(trimmed(page[i]) for i in head)
        found.append(Found(pieces, trimmed(page[time]), tuple(own)))
    return found


def _around(times: Sequence[float], titles: Sequence[float]) -> list[range] | None:
    """The lines of a column in runs, one for each time and with its middle level with it, or None.

    Both are levels from the top down. There may be one way alone.
    """
    ways: list[list[range]] = [[]]
    for n, time in enumerate(times):
        longer: list[list[range]] = []
        for way in ways:
            start = way[-1].stop if way else 0
            stops = range(start + 1, len(titles) + 1)
            stops = stops if n + 1 < len(times) else stops[-1:]
            for stop in stops:
                middle = (titles[start] + titles[stop - 1]) / 2
                if abs(middle - time) <= _LEVEL:
                    longer.append([*way, range(start, stop)])
        ways = longer[:_MOST_WAYS]
    return ways[0] if len(ways) == 1 else None


def _left(page: Sequence[Line], i: int) -> float:
    box = page[i].box
    return box.x0 if box else 0.0


def _right(page: Sequence[Line], i: int) -> float:
    box = page[i].box
    return box.x1 if box else 0.0


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
    style = set_as(page[cell[0]])
    head = list(takewhile(lambda i: set_as(page[i]) == style, cell))
    told = len(head) < len(cell) or not any(ends_sentence(page[i].text) for i in head)
    return head if told and len(head) <= _TITLE_LINES else head[:1]


def set_as(line: Line) -> tuple[str, float, str] | None:
    """The font, the size and the colour in which a line is set, where that is known."""
    return (line.box.font, line.box.size, line.box.color) if line.box else None
