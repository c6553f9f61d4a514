"""The lines of a day → its events, each with its title, its time and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from pipeline.knowledge.calendars import Calendars
from pipeline.model import EventSpan, Line, Passage, Piece
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.lines import CALENDAR, SKIPPED, LineMark, is_title_cell
from pipeline.segment.calendar.titles import ENTRY, NUMBER, may_head
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import display_width, ends_sentence, has_han, indent

_LEVEL = 3.0  # points between a time and the title beside it
_EDGE = 3.0  # points between the lines of one cell
_TITLE_LINES = 5
_LEAST_COLUMN = 8  # of the second cell of a row in plain text
_DASH = re.compile(r"\s*[-–—]\s")
_FRAMES = 2  # labels of the page in a row that end the last event


class _Found(NamedTuple):
    """One event: the pieces of its title, its time, and its other lines, as indices."""

    title: tuple[Piece, ...]
    time: Piece | None
    body: tuple[int, ...]
    more: tuple[Piece, ...] = ()  # further cells of its row


def events_of(
    page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock, calendars: Calendars
) -> list[EventSpan]:
    """The events of a day, in order; `page` are its lines as they are read."""
    if block.day is None:
        return []
    stop = _end(marks, block)
    lines = [i for i in range(block.head, stop) if marks[i].kind not in ("blank", *SKIPPED)]
    found = (
        _below_its_title(page, block, lines, calendars)
        or _rows(page, marks, block._replace(stop=stop), calendars)
        or _labelled(page, marks, lines, calendars)
        or _beside_times(page, marks, lines)
        or _below_one_another(page, marks, block._replace(stop=stop))
    )
    return [_span(page, marks, block.day, event, calendars) for event in found]


def _end(marks: Sequence[LineMark], block: DayBlock) -> int:
    """Where the lines of a day end: labels of the page, or a note on all its times, follow."""
    frames = 0
    text = False
    for i in range(block.head + 1, block.stop):
        kind = marks[i].kind
        text = text or kind in ("text", "row")
        if kind == "note" and text:
            return i
        if kind == "frame":
            frames += 1
            if text and frames == _FRAMES:
                return next(k for k in range(block.stop) if _are_frames(marks, k, i))
        elif kind != "blank":
            frames = 0
    return block.stop


def _are_frames(marks: Sequence[LineMark], first: int, last: int) -> bool:
    """Whether a line and the one that ends a run of labels hold nothing but labels between."""
    kinds = {m.kind for m in marks[first : last + 1]}
    return marks[first].kind == "frame" and kinds <= {"frame", "blank"} and first < last


# ---------------------------------------------------------------- one event a line or a form


def _below_its_title(
    page: Sequence[Line], block: DayBlock, lines: Sequence[int], calendars: Calendars
) -> list[_Found]:
    """The event whose date and time stand below its title."""
    if block.title is None:
        return []
    when = _trimmed(page[block.head])
    time = when if calendars.dated_time(page[block.head].text) else None
    body = tuple(range(block.head + 1, lines[-1] + 1))
    return [_Found((_trimmed(page[block.title]),), time, body)]


def _rows(
    page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock, calendars: Calendars
) -> list[_Found]:
    """The events of a table, a row for each, with the lines below each of them.

    What stands below the date and above the first row, is one or several whose cells wrap.
    """
    heads = [i for i in range(block.head, block.stop) if marks[i].kind == "row"]
    if not heads:
        return []
    found: list[_Found] = []
    if heads[0] != block.head:
        found += _below_one_another(page, marks, block._replace(stop=heads[0]))
    for i, stop in zip(heads, [*heads[1:], block.stop], strict=True):
        line = page[i]
        cells = [Piece(line.number, *span) for span in gap_cells(line.text)]
        texts = [line.text[c.start : c.end] for c in cells]
        time = next((c for c, t in zip(cells, texts, strict=True) if calendars.is_time(t)), None)
        told = [c for c, t in zip(cells, texts, strict=True) if is_title_cell(t, calendars)]
        wrapped = _wrapped_cell(page, marks, i, told[0], stop)
        title = (told[0], *(_trimmed(page[k]) for k in wrapped))
        body = tuple(range(i + 1 + len(wrapped), stop))
        found.append(_Found(title, time, body, tuple(told[1:])))
    return found


def _wrapped_cell(
    page: Sequence[Line], marks: Sequence[LineMark], row: int, cell: Piece, stop: int
) -> list[int]:
    """The lines right below a row that go on with its title, at the place where that begins."""
    start = display_width(page[row].text[: cell.start])
    found = []
    for k in range(row + 1, stop):
        text = page[k].text
        if marks[k].kind != "text" or ENTRY.match(text) or _DASH.match(text):
            break
        if start < _LEAST_COLUMN or indent(text) < start:
            break
        found.append(k)
    return found


def _labelled(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], calendars: Calendars
) -> list[_Found]:
    """The one event whose lines say with labels what they are: its date, its time, its title."""
    titles = [i for i in lines if calendars.title_label(page[i].text)]
    if len(titles) != 1 or not marks[lines[0]].labelled:
        return []
    line = page[titles[0]]
    whole = _trimmed(line)
    title = Piece(line.number, calendars.title_label(line.text), whole.end)
    time = next((i for i in lines if marks[i].kind == "time"), None)
    body = tuple(i for i in lines[1:] if i not in (titles[0], time))
    return [_Found((title,), None if time is None else _trimmed(page[time]), body)]


# ---------------------------------------------------------------- columns of a page


def _beside_times(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int]
) -> list[_Found]:
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
        head = _wrapped(page, [i for i in own if i == title or (title and i > title)])
        body = tuple(i for i in own if i not in head)
        pieces = tuple(_trimmed(page[i]) for i in head)
        found.append(_Found(pieces, _trimmed(page[time]), body))
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


def _wrapped(page: Sequence[Line], lines: Sequence[int]) -> list[int]:
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


# ---------------------------------------------------------------- one below the other


def _below_one_another(
    page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock
) -> list[_Found]:
    """The events of a day whose lines stand one below the other.

    A title stands above its time; where the first thing under a date is a time, below it. Text
    right under a date is an event of which the page gives no time.
    """
    timed = marks[block.head].kind == "when"
    start = block.head + (not timed)
    filled = [i for i in range(start, block.stop) if marks[i].kind not in ("blank", *SKIPPED)]
    if not timed:
        begin = next((n for n, i in enumerate(filled) if marks[i].kind not in CALENDAR), 0)
        filled = filled[begin:]
    time_first = bool(filled) and marks[filled[0]].kind in ("time", "when")
    found: list[tuple[int, int | None]] = []
    for n, i in enumerate(filled):
        title = n + 1 if time_first else n - 1
        if marks[i].kind not in ("time", "when") or not 0 <= title < len(filled):
            continue
        line = page[filled[title]]
        taken = bool(found) and found[-1][1] == filled[title]
        if (
            not taken
            and marks[filled[title]].kind == "text"
            and may_head(line, in_event=bool(found))
        ):
            found.append((filled[title], i))
    quiet = any(marks[i].kind == "quiet" for i in range(start, block.stop))
    bare = bool(filled) and marks[filled[0]].kind == "text" and not quiet
    titled = bool(found) and found[0][0] == filled[0]
    if bare and not titled and may_head(page[filled[0]], in_event=False):
        found[:0] = [(i, None) for i in _without_time(page, filled, found)]
    starts = [min(title, title if time is None else time) for title, time in found]
    out = []
    for (title, time), stop in zip(found, [*starts[1:], block.stop], strict=False):
        head = title if time is None else max(title, time)
        body = tuple(i for i in range(head + 1, stop))
        held = None if time is None else _trimmed(page[time])
        out.append(_Found((_trimmed(page[title]),), held, body))
    return out


def _without_time(
    page: Sequence[Line], filled: Sequence[int], timed: Sequence[tuple[int, int | None]]
) -> list[int]:
    """The titles of what stands below a date without a time: two, where it is in two languages.

    All lines from the second title on are in the other language.
    """
    end = min((min(title, time or title) for title, time in timed), default=filled[-1] + 1)
    own = [i for i in filled if i < end]
    scripts = [has_han(page[i].text) for i in own]
    other = next((n for n, script in enumerate(scripts) if script is not scripts[0]), None)
    if other is None or len(set(scripts[other:])) > 1:
        return own[:1]
    title = own[other]
    above = title - 1
    apart = above not in own  # white space above it
    return [own[0], title] if apart and may_head(page[title], in_event=True) else own[:1]


# ---------------------------------------------------------------- spans


def _span(
    page: Sequence[Line], marks: Sequence[LineMark], day: date, found: _Found, calendars: Calendars
) -> EventSpan:
    """An event as it stands; one without a time has an empty piece behind its title for it."""
    last = found.title[-1]
    time = found.time or Piece(last.line, last.end, last.end)
    label = calendars.time_start(_text(page, time))
    passages = _passages(page, marks, found.body, calendars)
    passages = (*(Passage((cell,), bullet=False) for cell in found.more), *passages)
    lines = [p.line for p in (*found.title, time)]
    lines += [page[i].number for i in found.body if marks[i].kind != "blank"]
    time = Piece(time.line, time.start + label, time.end)
    number = NUMBER.match(_text(page, found.title[0]))
    if number:
        first = found.title[0]
        first = Piece(first.line, first.start + number.end(), first.end)
        found = found._replace(title=(first, *found.title[1:]))
    return EventSpan(day.isoformat(), found.title, time, passages, min(lines), max(lines))


def _passages(
    page: Sequence[Line], marks: Sequence[LineMark], body: Sequence[int], calendars: Calendars
) -> tuple[Passage, ...]:
    """Paragraphs between blank lines; a list entry is one of its own, with its wrapped lines.

    So is what introduces a list. Lines of another cell of a page are apart.
    """
    passages: list[Passage] = []
    before: int | None = None  # the line right above, where this one may go on with it
    for n, i in enumerate(body):
        line, mark = page[i], marks[i]
        if mark.kind in ("blank", *SKIPPED):
            before = None
            continue
        entry = bool(ENTRY.match(line.text))
        below = page[body[n + 1]].text if n + 1 < len(body) else ""
        lead = bool(ENTRY.match(below)) and calendars.is_list_lead(line.text)
        if entry or lead or before != i - 1 or _goes_up(page[i - 1], line):
            passages.append(Passage((_trimmed(line),), bullet=entry))
        else:
            passages[-1] = Passage((*passages[-1].pieces, _trimmed(line)), passages[-1].bullet)
        before = None if lead else i
    return tuple(passages)


def _text(page: Sequence[Line], piece: Piece) -> str:
    line = next(x for x in page if x.number == piece.line)
    return line.text[piece.start : piece.end]


def _goes_up(above: Line, line: Line) -> bool:
    """Whether a line stands higher on its page than the one before: in another cell."""
    one, other = above.box, line.box
    return one is not None and other is not None and other.top < one.top


def _trimmed(line: Line) -> Piece:
    """A line without the white space around its text."""
    body = line.text.strip()
    start = line.text.index(body)
    return Piece(line.number, start, start + len(body))
