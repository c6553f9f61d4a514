"""The lines of a day → its events, each with its title, its time and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.knowledge.calendars import BULLETS, Calendars
from pipeline.model import EventSpan, Line, Passage, Piece
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.lines import CALENDAR, SKIPPED, LineMark, is_title_cell
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import has_han

_ENTRY = re.compile(
    rf"\s*(?:[(（]?\d{{1,2}}(?:[.．](?!\d)|[、)）])|[①-⑳]|[{BULLETS}](?=\s))\s*(?=\S)"
)
# What ends a sentence or leads to a list ends no title; a question may be a title.
_NO_TITLE_END = tuple("。.；;：:,，")
_LEVEL = 3.0  # points between a time and the title beside it
_EDGE = 3.0  # points between the lines of one cell
_TITLE_LINES = 3
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
        _rows(page, marks, lines, calendars)
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


def _rows(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], calendars: Calendars
) -> list[_Found]:
    """The events of a table, a row for each, with the lines below each of them."""
    heads = [n for n, i in enumerate(lines) if marks[i].kind == "row"]
    if not heads:
        return []
    found: list[_Found] = []
    for n, stop in zip(heads, [*heads[1:], len(lines)], strict=True):
        line = page[lines[n]]
        cells = [Piece(line.number, *span) for span in gap_cells(line.text)]
        texts = [line.text[c.start : c.end] for c in cells]
        time = next((c for c, t in zip(cells, texts, strict=True) if calendars.is_time(t)), None)
        told = [c for c, t in zip(cells, texts, strict=True) if is_title_cell(t, calendars)]
        found.append(_Found((told[0],), time, tuple(lines[n + 1 : stop]), tuple(told[1:])))
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
    """The first of some lines with those below it that are of its cell and set like it."""
    head = [lines[0]]
    for i in lines[1:_TITLE_LINES]:
        one, other = page[head[-1]].box, page[i].box
        if one is None or other is None or i != head[-1] + 1:
            break
        alike = (one.font, one.size, one.color) == (other.font, other.size, other.color)
        if not alike or abs(one.x0 - other.x0) > _EDGE:
            break
        head.append(i)
    text = page[lines[0] + len(head)] if lines[0] + len(head) < len(page) else None
    plain = text is not None and text.box is not None and text.box.font == _font(page, lines[0])
    return head[:1] if plain else head


def _font(page: Sequence[Line], i: int) -> str:
    box = page[i].box
    return box.font if box else ""


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
        if not taken and marks[filled[title]].kind == "text" and _may_head(line, bool(found)):
            found.append((filled[title], i))
    quiet = any(marks[i].kind == "quiet" for i in range(start, block.stop))
    bare = bool(filled) and marks[filled[0]].kind == "text" and not quiet
    titled = bool(found) and found[0][0] == filled[0]
    if bare and not titled and _may_head(page[filled[0]], False):
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
    return [own[0], title] if apart and _may_head(page[title], True) else own[:1]


def _may_head(line: Line, in_event: bool) -> bool:
    """Whether a line may be a title; inside an event, no list entry and no sentence."""
    text = line.text.strip()
    if not any(map(str.isalpha, text)):
        return False
    return not in_event or not (_ENTRY.match(text) or text.endswith(_NO_TITLE_END))


# ---------------------------------------------------------------- spans


def _span(
    page: Sequence[Line], marks: Sequence[LineMark], day: date, found: _Found, calendars: Calendars
) -> EventSpan:
    """An event as it stands; one without a time has an empty piece behind its title for it."""
    last = found.title[-1]
    time = found.time or Piece(last.line, last.end, last.end)
    line = next(x for x in page if x.number == time.line)
    label = calendars.time_label(line.text[time.start : time.end])
    passages = _passages(page, marks, found.body, calendars)
    passages = (*(Passage((cell,), bullet=False) for cell in found.more), *passages)
    lines = [p.line for p in (*found.title, time)]
    lines += [page[i].number for i in found.body if marks[i].kind != "blank"]
    time = Piece(time.line, time.start + label, time.end)
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
        entry = bool(_ENTRY.match(line.text))
        below = page[body[n + 1]].text if n + 1 < len(body) else ""
        lead = bool(_ENTRY.match(below)) and calendars.is_list_lead(line.text)
        if entry or lead or before != i - 1 or _goes_up(page[i - 1], line):
            passages.append(Passage((_trimmed(line),), bullet=entry))
        else:
            passages[-1] = Passage((*passages[-1].pieces, _trimmed(line)), passages[-1].bullet)
        before = None if lead else i
    return tuple(passages)


def _goes_up(above: Line, line: Line) -> bool:
    """Whether a line stands higher on its page than the one before: in another cell."""
    one, other = above.box, line.box
    return one is not None and other is not None and other.top < one.top


def _trimmed(line: Line) -> Piece:
    """A line without the white space around its text."""
    body = line.text.strip()
    start = line.text.index(body)
    return Piece(line.number, start, start + len(body))
