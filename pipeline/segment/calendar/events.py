"""The lines of a day → its events, each with its title, its time and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.knowledge.calendars import Calendars
from pipeline.model import Document, EventSpan, Line, Passage, Piece
from pipeline.pieces import piece_text
from pipeline.segment.calendar.columns import around_times, beside_times
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.forms import below_its_title, labelled_event, rows_of_table
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.grid import in_cell
from pipeline.segment.calendar.lines import dated_mark
from pipeline.segment.calendar.marks import CALENDAR, SKIPPED, LineMark
from pipeline.segment.calendar.stacked import one_below_another
from pipeline.segment.calendar.titles import ENTRY, bare_title
from pipeline.segment.lines.cells import gap_cells

_WIDE = re.compile(r"\s{3,}|\t\s*|\s{2,}::\s*")
_LONGEST_LEAD = 60  # characters
_FRAMES = 2  # labels of the page in a row that end the last event


def events_of(
    page: Sequence[Line],
    marks: Sequence[LineMark],
    block: DayBlock,
    calendars: Calendars,
    *,
    in_grid: bool = False,
) -> list[Found]:
    """The events of a day, in order; `page` are the lines of a document as they are read.

    `in_grid` tells that a day is a cell of a month.
    """
    stop = _end(marks, block)
    lines = [i for i in range(block.head, stop) if marks[i].kind not in ("blank", *SKIPPED)]
    if in_grid:
        own = [
            i
            for n, i in enumerate(lines[1:])
            if marks[i].kind not in CALENDAR or (n and marks[i].kind == "frame")
        ]
        return in_cell(page, marks, own, calendars)
    return (
        below_its_title(page, marks, block, lines, calendars)
        or rows_of_table(page, marks, block._replace(stop=stop), calendars)
        or labelled_event(page, marks, lines, calendars)
        or around_times(page, marks, lines)
        or beside_times(page, marks, lines)
        or one_below_another(page, marks, block._replace(stop=stop), calendars)
    )


def _end(marks: Sequence[LineMark], block: DayBlock) -> int:
    """Where the lines of a day end: labels of the page, or a note on all its times, follow."""
    first: int | None = None  # of a run of labels
    frames = 0
    text = False
    for i in range(block.head + 1, block.stop):
        kind = marks[i].kind
        text = text or kind in ("text", "row")
        ended = text or block.stop == len(marks)
        if kind == "note" and ended and not _goes_on(marks, i, block.stop):
            return i
        if kind == "frame":
            first = i if first is None else first
            frames += 1
            if text and frames == _FRAMES and not _goes_on(marks, i, block.stop):
                return first
        elif kind != "blank":
            first, frames = None, 0
    return block.stop


def _goes_on(marks: Sequence[LineMark], i: int, stop: int) -> bool:
    """Whether a further event of the day follows a line: it has a time."""
    return any(marks[k].kind in ("time", "row") for k in range(i + 1, stop))


def span_of(
    document: Document,
    page: Sequence[Line],
    marks: Sequence[LineMark],
    day: date,
    found: Found,
    calendars: Calendars,
) -> EventSpan:
    """An event as it stands; one without a time has an empty piece behind its title for it."""
    last = found.title[-1]
    time = found.time or Piece(last.line, last.end, last.end)
    if found.time and not found.cells:
        found, time = _time_cell(document, found, time, calendars)
    if not found.cells:
        found = _title_cell(document, found)
    label = calendars.time_start(piece_text(document, time))
    body = list(found.body)
    while body and (marks[body[-1]].kind == "blank" or _repeats(marks[body[-1]], day)):
        body.pop()
    passages = _passages(page, marks, body, calendars)
    beside = (*((cell,) for cell in found.more), *found.wrapped)
    passages = (*map(Passage, beside), *passages)
    lines = [p.line for p in (*found.title, time, *(p for cell in beside for p in cell))]
    for head, entries in found.lists:
        passages += (Passage((head,)), *(Passage(entry, bullet=True) for entry in entries))
        lines += [piece.line for entry in entries for piece in entry]
    lines += [page[i].number for i in found.body if marks[i].kind != "blank"]
    time = Piece(time.line, time.start + label, time.end)
    return EventSpan(
        day.isoformat(),
        bare_title(document, found.title),
        time,
        passages,
        min(lines),
        max(lines),
        found.end,
    )


def _title_cell(document: Document, found: Found) -> Found:
    """An event whose title ends at a wide gap; what is behind it is beside it."""
    last = found.title[-1]
    gap = _WIDE.search(document.lines[last.line - 1].text, last.start, last.end)
    if gap is None or gap.start() == last.start:
        return found
    title = (*found.title[:-1], Piece(last.line, last.start, gap.start()))
    return found._replace(title=title, more=(Piece(last.line, gap.end(), last.end), *found.more))


def _repeats(mark: LineMark, day: date) -> bool:
    """Whether a line is the date of its day once more, above a further event."""
    return mark.date is not None and mark.kind == "date" and mark.date[1:3] == (day.month, day.day)


def _time_cell(
    document: Document, found: Found, time: Piece, calendars: Calendars
) -> tuple[Found, Piece]:
    """The cell with the time of a line that has a place beside it, which is of the event."""
    text = document.lines[time.line - 1].text
    cells = [Piece(time.line, *s) for s in gap_cells(text[: time.end]) if s[0] >= time.start]
    own = [c for c in cells if calendars.times.is_time(piece_text(document, c))]
    if len(own) != 1 or len(cells) == 1:
        return found, time
    beside = (c for c in cells if c not in own)
    told = (c for c in beside if calendars.may_be_title(piece_text(document, c)))
    more = (*found.more, *told)
    return found._replace(more=more), own[0]


def _passages(
    page: Sequence[Line], marks: Sequence[LineMark], body: Sequence[int], calendars: Calendars
) -> tuple[Passage, ...]:
    """Paragraphs between blank lines; a list entry is one of its own, with its wrapped lines.

    So is what introduces a list. Lines of another cell of a page are apart.
    """
    passages: list[Passage] = []
    details = _details(page, marks, body, calendars)
    before: int | None = None  # the line right above, where this one may go on with it
    for n, i in enumerate(body):
        line, mark = page[i], marks[i]
        if mark.kind in ("blank", *SKIPPED):
            before = None
            continue
        sign = ENTRY.match(line.text)
        below = page[body[n + 1]].text if n + 1 < len(body) else ""
        lead = bool(ENTRY.match(below)) and _leads(line.text, calendars)
        no_list = i in details or calendars.is_beside(line.text)
        entry = bool(sign) and not lead and not no_list
        if sign and not entry:
            passages.append(
                Passage((Piece(line.number, sign.end(), trimmed(line).end),), bullet=False)
            )
        elif (
            entry
            or lead
            or calendars.is_beside(line.text)
            or before != i - 1
            or _goes_up(page[i - 1], line)
        ):
            passages.append(Passage((trimmed(line),), bullet=entry))
        else:
            passages[-1] = Passage((*passages[-1].pieces, trimmed(line)), passages[-1].bullet)
        before = None if lead else i
    return tuple(passages)


def _details(
    page: Sequence[Line], marks: Sequence[LineMark], body: Sequence[int], calendars: Calendars
) -> set[int]:
    """The entries of a list that says when an event is, and what stands beside that."""
    found: set[int] = set()
    timed = False
    for i in body:
        if not ENTRY.match(page[i].text):
            continue
        above = i > 0 and ENTRY.match(page[i - 1].text) is not None
        timed = (above and (timed or marks[i - 1].kind == "time")) or bool(
            dated_mark(page[i].text, calendars)
        )
        if timed:
            found.add(i)
    return found


def _leads(text: str, calendars: Calendars) -> bool:
    """Whether a line right above an entry introduces the list."""
    short = len(text.strip()) <= _LONGEST_LEAD and text.rstrip().endswith((":", "："))
    return calendars.lists.is_lead(text) or (short and not ENTRY.match(text))


def _goes_up(above: Line, line: Line) -> bool:
    """Whether a line stands higher on its page than the one before: in another cell."""
    one, other = above.box, line.box
    return one is not None and other is not None and other.top < one.top
