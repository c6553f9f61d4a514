"""A table of events on pages of PDF whose columns have heads, one of dates and one of titles.

Whatever the order in which its lines were read, each cell is told by its place: the columns by the
heads and what stands below them, the rows by the dates. Dates and titles may wrap, and the cells of
a row may be set from its top or in its middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.printed_dates import PrintedDate, as_typed, first_of
from pipeline.model import Document, Line, Piece
from pipeline.segment.calendar.found import Found
from pipeline.segment.calendar.marks import LineMark
from pipeline.segment.lines.cells import gap_cells

_LEAST_HEADS = 3
_LEAST_ROWS = 2
_LEVEL = 3.0  # points between what stands on one level
_OTHER_CELL = 1.4  # times the leading of a column, by which its cells are apart
_OTHER_ROW = 1.6  # type sizes between two lines of a date, at most
_NEXT_LINE = 2.6  # type sizes: what stands further below the last row is not of the table


class _Cell(NamedTuple):
    """A piece of a line, and its place: where it begins and ends, its level, its size."""

    at: int  # the line's index
    piece: Piece
    text: str
    x0: float
    x1: float
    top: float
    size: float


class TableRow(NamedTuple):
    """The event of a row, the mark of its date, and the indices of its lines, the date's first."""

    lines: tuple[int, ...]
    mark: LineMark
    found: Found


class _Told(NamedTuple):
    """What the cells with the date of a row say."""

    date: PrintedDate
    until: PrintedDate | None
    time: Piece | None


def rows_of_dates(document: Document, calendars: Calendars) -> list[TableRow]:
    """The rows of such tables on all pages, in order; of a page nothing where one is unclear."""
    if not any(line.box for line in document.lines):
        return []
    found: list[TableRow] = []
    for _, lines in groupby(enumerate(document.lines), key=lambda pair: pair[1].page):
        cells = sorted(_cells(list(lines)), key=lambda c: (c.top, c.x0))
        heads = _heads(cells, calendars)
        if heads:
            found += _rows(cells, heads, calendars)
    return found if len(found) >= _LEAST_ROWS else []


def in_rows(document: Document, rows: Sequence[TableRow]) -> list[int]:
    """The indices of all lines of a document, those of each row together."""
    firsts = {row.lines[0]: row.lines for row in rows}
    taken = {i for row in rows for i in row.lines}
    order: list[int] = []
    for i in range(len(document.lines)):
        if i in firsts:
            order += firsts[i]
        elif i not in taken:
            order.append(i)
    return order


def _cells(lines: Sequence[tuple[int, Line]]) -> Iterator[_Cell]:
    for i, line in lines:
        if line.box is None:
            continue
        spans = gap_cells(line.text)
        places = line.box.cells or ((line.box.x0, line.box.x1),)
        if len(places) != len(spans):
            start = len(line.text) - len(line.text.lstrip())
            spans, places = [(start, len(line.text.rstrip()))], ((line.box.x0, line.box.x1),)
        for (start, end), (x0, x1) in zip(spans, places, strict=True):
            piece = Piece(line.number, start, end)
            yield _Cell(i, piece, line.text[start:end], x0, x1, line.box.top, line.box.size)


def _heads(cells: Sequence[_Cell], calendars: Calendars) -> list[_Cell]:
    """The heads of the columns, from left to right; dates and titles are among them."""
    for head in cells:
        if not calendars.is_date_head(head.text):
            continue
        level = [c for c in cells if abs(c.top - head.top) <= _LEVEL]
        if len(level) < _LEAST_HEADS or any(calendars.lists.is_lead(c.text) for c in level):
            continue
        if any(calendars.is_title_head(c.text) for c in level):
            return sorted(level, key=lambda c: c.x0)
    return []


def _rows(cells: Sequence[_Cell], heads: Sequence[_Cell], calendars: Calendars) -> list[TableRow]:
    below = [c for c in cells if c.top > heads[0].top + _LEVEL]
    columns = _columns(below, heads)
    if not columns:
        return []
    date = next(n for n, head in enumerate(heads) if calendars.is_date_head(head.text))
    title = next(n for n, head in enumerate(heads) if calendars.is_title_head(head.text))
    groups = list(_dates(columns[date], calendars))
    told = [_told(group, calendars) for group in groups]
    if 2 * sum(said is not None for said in told) <= len(told):
        return []
    rows = _by_rows(groups, columns, title)
    if rows is None:
        return []
    out = []
    for group, said, row in zip(groups, told, rows, strict=True):
        if said is None:
            continue  # `tbc`: its lines are of no row with a date
        if not row.get(title):
            return []
        out.append(_row(group, said, row, (date, title), calendars))
    return out


def _columns(below: Sequence[_Cell], heads: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells below each head; nothing where columns cannot be told apart.

    What lies below two heads ends the table.
    """
    left, right = [h.x0 for h in heads], [h.x1 for h in heads]
    out: list[list[_Cell]] = [[] for _ in heads]
    waiting: list[_Cell] = []
    for cell in below:
        under = [n for n, h in enumerate(heads) if cell.x0 < h.x1 and h.x0 < cell.x1]
        if len(under) > 1:
            below = [c for c in below if c.top < cell.top - _LEVEL]
            break
    for cell in below:
        under = [n for n in range(len(heads)) if cell.x0 < right[n] and left[n] < cell.x1]
        if len(under) == 1:
            n = under[0]
            out[n].append(cell)
            left[n], right[n] = min(left[n], cell.x0), max(right[n], cell.x1)
        else:
            waiting.append(cell)
    for cell in waiting:
        under = [n for n in range(len(heads)) if cell.x0 < right[n] and left[n] < cell.x1]
        if len(under) != 1:
            return []
        out[under[0]].append(cell)
    if any(right[n] > left[n + 1] for n in range(len(heads) - 1)):
        return []
    return [sorted(column, key=lambda c: c.top) for column in out]


def _dates(column: Sequence[_Cell], calendars: Calendars) -> Iterator[list[_Cell]]:
    """The cells of dates, each as its lines: one begins with a date or a weekday.

    What cannot be the rest of a date is a cell by itself.
    """
    group: list[_Cell] = []
    for cell in column:
        rest = any(map(str.isdigit, cell.text)) or calendars.times.is_time(cell.text)
        far = bool(group) and cell.top - group[-1].top > _OTHER_ROW * cell.size
        if group and (far or not rest or _begins_date(cell.text, group, calendars)):
            yield group
            group = []
        group.append(cell)
    if group:
        yield group


def _begins_date(text: str, above: Sequence[_Cell], calendars: Calendars) -> bool:
    folded = as_typed(text).strip()
    if calendars.is_weekday(text):
        return not calendars.is_weekday(above[-1].text)
    if len(above) == 1 and calendars.is_weekday(above[0].text):
        return False
    at = calendars.dates.after_weekday(folded, 0)
    return bool(calendars.dates.days_at(folded, at) or calendars.dates.at(folded, at))


def _told(group: Sequence[_Cell], calendars: Calendars) -> _Told | None:
    """The date, the last day and the time that the cells of a date say, or None."""
    said = [c for c in group if not calendars.times.is_time(c.text)]
    time = next((c.piece for c in group if c not in said), None)
    text = " ".join(c.text for c in said)
    if days := calendars.days(text):
        return _Told(first_of(*days), days[1], time or group[0].piece)
    if date := calendars.date(text):
        return _Told(date, None, time)
    if time is None and (date := calendars.dated_time(text)) and len(said) == 1:
        return _Told(date, None, said[0].piece)
    return None


def _by_rows(
    groups: Sequence[Sequence[_Cell]], columns: Sequence[Sequence[_Cell]], title: int
) -> list[dict[int, list[_Cell]]] | None:
    """The cells of each row by the number of their column; those of rows without a date in none.

    None where a cell goes on from one date to the next, so that nothing tells its row.
    """
    tops = [group[0].top for group in groups]
    from_top = all(any(abs(c.top - top) <= _LEVEL for c in columns[title]) for top in tops)
    from_top = from_top and all(c.top >= tops[0] - _LEVEL for column in columns for c in column)
    own_titles = [cells[0].top for cells in _apart(columns[title])]
    spread = len(own_titles) >= len(tops)  # white space parts the rows
    undated = [t for t in own_titles if spread and all(abs(t - top) > _LEVEL for top in tops)]
    starts = sorted([*tops, *(undated if from_top else [])])
    rows: list[dict[int, list[_Cell]]] = [{} for _ in groups]
    for n, column in enumerate(columns):
        for cells in [[c] for c in column] if from_top else _apart(column):
            if not from_top and _beside_several(groups, cells):
                return None
            row = _row_at(starts, cells[0].top) if from_top else _row_around(groups, cells)
            if row is None or (from_top and starts[row] not in tops):
                continue
            own = rows[tops.index(starts[row]) if from_top else row].setdefault(n, [])
            if from_top and own and cells[0].top - own[-1].top > _NEXT_LINE * own[-1].size:
                continue  # below the table
            own += cells
    return rows


def _row_at(tops: Sequence[float], top: float) -> int | None:
    above = [n for n, at in enumerate(tops) if at <= top + _LEVEL]
    return above[-1] if above else None


def _beside_several(groups: Sequence[Sequence[_Cell]], cells: Sequence[_Cell]) -> bool:
    """Whether some cells reach from the level of one date to that of another."""
    top, foot = cells[0].top - _LEVEL, cells[-1].top + _LEVEL
    dates = any(cells[0] in group for group in groups)
    return not dates and sum(top <= group[0].top <= foot for group in groups) > 1


def _row_around(groups: Sequence[Sequence[_Cell]], cells: Sequence[_Cell]) -> int | None:
    """The row whose date stands on the level of some cells, by their middles."""
    middle = (cells[0].top + cells[-1].top) / 2
    away = [abs((g[0].top + g[-1].top) / 2 - middle) for g in groups]
    nearest = min(range(len(groups)), key=lambda n: away[n])
    return nearest if away[nearest] <= _NEXT_LINE * cells[0].size else None


def _apart(column: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """The cells of a column that is set in the middle of its rows, each as its lines."""
    steps = [b.top - a.top for a, b in pairwise(column)]
    leading = min((s for s in steps if s > _LEVEL), default=0.0)
    cell = list(column[:1])
    for step, below in zip(steps, column[1:], strict=True):
        if step > _OTHER_CELL * leading or leading > _NEXT_LINE * below.size:
            yield cell
            cell = []
        cell.append(below)
    if cell:
        yield cell


def _row(
    group: Sequence[_Cell],
    told: _Told,
    row: dict[int, list[_Cell]],
    known: tuple[int, int],
    calendars: Calendars,
) -> TableRow:
    date, title = known
    time = told.time
    beside: list[tuple[Piece, ...]] = []
    for n, cells in sorted(row.items()):
        text = " ".join(c.text for c in cells)
        if n in known or not text.strip():
            continue
        if calendars.times.is_time(text) and (time is None or time == group[0].piece):
            time = cells[0].piece
        elif any(map(str.isalpha, text)):
            beside.append(tuple(c.piece for c in cells))
    lines = [c.at for c in group] + [c.at for n, cells in row.items() if n != date for c in cells]
    return TableRow(
        tuple(dict.fromkeys(lines)),
        LineMark("row", date=told.date, until=told.until),
        Found(
            tuple(c.piece for c in row[title]),
            time,
            (),
            cells=tuple(c.piece for c in row[title]),
            wrapped=tuple(beside),
        ),
    )
