"""The heads of a table's columns, and the columns whose cells are lists of an event."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.knowledge.calendars import Calendars
from pipeline.model import Line, Piece
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import BEGINS_DAY, CALENDAR, LineMark
from pipeline.segment.calendar.table import columns_of
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import ends_sentence, has_han

_LEAST_HEADS = 3
_EDGE = 3.0  # points between the lines of one cell
_NEXT_LINE = 1.8  # type sizes between two lines of one cell


class Heads:
    """The heads of the columns of a table, from left to right. Immutable.

    A page may have each head in two languages, one below the other.
    """

    def __init__(
        self, lines: Sequence[Line], marks: Sequence[LineMark], calendars: Calendars
    ) -> None:
        first = next((i for i, mark in enumerate(marks) if mark.kind in BEGINS_DAY), 0)
        self._calendars = calendars
        self.cells = _cells(lines, marks, first, calendars)
        self._texts = {line.number: line.text for line in lines}
        self._lists = [calendars.lists.is_lead(self._text(cell)) for cell in self.cells]
        lefts = [x.box.x0 for x in lines[first:] if x.box]
        used = [(left, sum(0 <= x0 - left <= _EDGE for x0 in lefts)) for left in columns_of(lefts)]
        self._columns = [left for left, cells in used if cells > 1]  # a page's number is none
        # The last columns, behind that of the title, if all of them are lists.
        last = next((n for n, told in enumerate(self._lists[::-1]) if not told), 0)
        self._last = self.cells[len(self.cells) - last :]

    def with_lists(self, found: Found, lines: Sequence[Line], marks: Sequence[LineMark]) -> Found:
        """An event with what stands in columns of lists as entries of them."""
        if not any(self._lists):
            return found
        if any(lines[i].box for i in found.body):
            return self._by_place(found, lines)
        if found.cells:
            return self._by_cell(found)
        if not self._last:
            return found
        body = [i for i in found.body if self._is_entry(lines[i], marks[i])]
        entries = [*found.more, *(trimmed(lines[i]) for i in body)]
        rest = tuple(i for i in found.body if i not in body)
        script = has_han(self._text(found.title[0]))
        alike = (head for head in self._last if has_han(self._text(head)) is script)
        head = next(alike, self._last[0])
        lists = ((head, tuple((entry,) for entry in entries)),) if entries else ()
        return found._replace(more=(), body=rest, lists=lists)

    def _is_entry(self, line: Line, mark: LineMark) -> bool:
        said = mark.kind == "text" and not ends_sentence(line.text)
        return said and not self._calendars.is_beside(line.text)

    def _text(self, piece: Piece) -> str:
        return self._texts[piece.line][piece.start : piece.end]

    def _by_cell(self, found: Found) -> Found:
        """The further cells of a row, each below the head that is as far from the last one."""
        lists: list[tuple[Piece, tuple[tuple[Piece, ...], ...]]] = []
        more = []
        at = 0
        for cell in found.more:
            if cell in found.cells:
                at = found.cells.index(cell) - len(found.cells)
            elif lists and lists[-1][0] == self.cells[at]:  # it goes on below
                head, ((*entry, last),) = lists[-1]
                lists[-1] = (head, ((*entry, last, cell),))
                continue
            if 0 < -at <= len(self.cells) and self._lists[at]:
                lists.append((self.cells[at], ((cell,),)))
            else:
                more.append(cell)
        return found._replace(more=tuple(more), lists=tuple(lists))

    def _by_place(self, found: Found, lines: Sequence[Line]) -> Found:
        """The lines of a page's columns, where these are as many as the heads."""
        if len(self._columns) != len(self.cells):
            return found
        lists = []
        taken: set[int] = set()
        for head, left, told in zip(self.cells, self._columns, self._lists, strict=True):
            own = [i for i in found.body if (b := lines[i].box) and 0 <= b.x0 - left <= _EDGE]
            if told and own:
                taken.update(own)
                lists.append((head, _entries(lines, own)))
        body = tuple(i for i in found.body if i not in taken)
        return found._replace(body=body, lists=tuple(lists))


def _cells(
    lines: Sequence[Line], marks: Sequence[LineMark], first: int, calendars: Calendars
) -> tuple[Piece, ...]:
    """The heads right above the first day: the cells of a row, or a line for each."""
    found: list[Piece] = []
    for i in range(first - 1, -1, -1):
        line, kind = lines[i], marks[i].kind
        if kind == "blank":
            continue
        cells = [Piece(line.number, *span) for span in gap_cells(line.text)]
        told = [_is_head(line.text[c.start : c.end], calendars) for c in cells]
        if not found and len(cells) >= _LEAST_HEADS and 2 * sum(told) > len(told):
            return tuple(cells)
        if kind not in CALENDAR and not _is_head(line.text, calendars):
            break
        found.insert(0, trimmed(line))
    return tuple(found) if len(found) >= _LEAST_HEADS else ()


def _is_head(text: str, calendars: Calendars) -> bool:
    return (
        calendars.is_frame(text)
        or calendars.lists.is_lead(text)
        or calendars.times.zone_of_page(text) is not None
    )


def _entries(lines: Sequence[Line], own: Sequence[int]) -> tuple[tuple[Piece, ...], ...]:
    """The entries of a cell on a page: what white space does not part is one."""
    entries: list[tuple[Piece, ...]] = []
    above: Line | None = None
    for i in own:
        line = lines[i]
        one, other = above.box if above else None, line.box
        near = one and other and 0 < other.top - one.top <= _NEXT_LINE * one.size
        if near:
            entries[-1] = (*entries[-1], trimmed(line))
        else:
            entries.append((trimmed(line),))
        above = line
    return tuple(entries)
