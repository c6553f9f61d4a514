"""Events whose lines say what they are: rows of a table, lines with labels, dates below titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.knowledge.calendars import Calendars
from pipeline.model import Line, Piece
from pipeline.segment.calendar.columns import beside_times
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import SKIPPED, LineMark
from pipeline.segment.calendar.one_line import OneLine
from pipeline.segment.calendar.stacked import one_below_another
from pipeline.segment.calendar.titles import ENTRY, of_entry
from pipeline.segment.lines.cells import gap_cells
from pipeline.textforms import display_width, ends_sentence, indent

_LEAST_COLUMN = 8  # of the second cell of a row in plain text
_NEAR = 2  # columns
_LEAST_WIDTH, _MOST_WIDTH = 55, 100  # columns of a text whose lines are wrapped
_LABEL = re.compile(r"\s*[^\W\d_][\w ]{0,18}[:：](?:\s|$)")
_DASH = re.compile(r"\s*[-–—]\s")


def below_its_title(
    page: Sequence[Line],
    marks: Sequence[LineMark],
    block: DayBlock,
    lines: Sequence[int],
    calendars: Calendars,
) -> list[Found]:
    """The event whose date and time stand below its title."""
    if block.title is None:
        return []
    when = trimmed(page[block.head])
    told = marks[block.head].until or calendars.dated_time(page[block.head].text)
    below = next((i for i in lines if i > block.head), None)
    several = marks[block.head].until is not None
    timed = below is not None and marks[below].kind == "time" and (several or not told)
    time = trimmed(page[below]) if below is not None and timed else when if told else None
    # What a list says beside the date is no list of the event.
    stop = lines[-1] + 1
    listed = list(takewhile(lambda i: ENTRY.match(page[i].text), range(block.head, stop)))
    used = {block.head, *listed, *([below] if timed else ())}
    more = tuple(of_entry(page[i]) for i in listed[1:] if i != below or not timed)
    body = tuple(i for i in range(block.title + 1, stop) if i not in used)
    if parts := marks[block.head].parts:
        number = page[block.head].number
        span = parts.time or (parts.dated if several else None)
        time = Piece(number, *span) if span else None
        beside = [parts.title, *([parts.more] if parts.more else [])]
        more = (*(Piece(number, *span) for span in beside), *more)
    title = trimmed(page[block.title])
    label = calendars.title_label(page[block.title].text)
    title = Piece(title.line, max(title.start, label), title.end)
    end = next((trimmed(page[i]) for i in body if calendars.times.end_label(page[i].text)), None)
    end = when if several and timed else end
    return [Found((title,), time, body, more, end=end)]


def rows_of_table(
    page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock, calendars: Calendars
) -> list[Found]:
    """The events of a table, a row for each, with the lines below each of them.

    What stands below the date and above the first row, is one or several whose cells wrap.
    """
    heads = [i for i in range(block.head, block.stop) if marks[i].kind == "row"]
    if not heads:
        return []
    alone = [i for i in range(heads[0] + 1, block.stop) if _is_above_title(page, marks, i, heads)]
    heads = sorted({*heads, *alone})
    found: list[Found] = []
    if heads[0] != block.head:
        above = block._replace(stop=heads[0])
        lines = [i for i in range(block.head, heads[0]) if marks[i].kind not in ("blank", *SKIPPED)]
        found += beside_times(page, marks, lines) or one_below_another(
            page, marks, above, calendars
        )
    for i, stop in zip(heads, [*heads[1:], block.stop], strict=True):
        line = page[i]
        if marks[i].kind == "time":
            body = tuple(range(i + 2, stop))
            found.append(Found((trimmed(page[i + 1]),), trimmed(line), body))
            continue
        if parts := marks[i].parts:
            rest = _rest_of_title(page, marks, i, stop)
            told_all = line.text.rstrip().endswith("。")  # a sentence, with nothing of it below
            body = () if told_all else tuple(range(i + 1 + len(rest), stop))
            event = _run_on(line.number, parts, body)
            title = (*event.title, *(trimmed(page[k]) for k in rest))
            found.append(event._replace(title=title))
            continue
        start = marks[i].start
        spans = gap_cells(line.text[start:])
        cells = [Piece(line.number, start + a, start + b) for a, b in spans]
        texts = [line.text[c.start : c.end] for c in cells]
        time = next(
            (c for c, t in zip(cells, texts, strict=True) if calendars.times.is_time(t)), None
        )
        if time is None and marks[i].until:
            days = [
                c
                for c, t in zip(cells, texts, strict=True)
                if calendars.date(t) or calendars.days(t)
            ]
            time = Piece(line.number, days[0].start, days[-1].end) if days else None
        told = [c for c, t in zip(cells, texts, strict=True) if calendars.may_be_title(t)]
        if not told:
            continue
        below, wrapped = _wrapped_cells(page, marks, i, told, stop)
        more = [c for cell, rest in zip(told[1:], wrapped[1:], strict=True) for c in (cell, *rest)]
        body = tuple(range(below, stop))
        head = (told[0], *wrapped[0])
        found.append(Found(head, time, body, tuple(more), cells=tuple(cells)))
    return found


def _is_above_title(
    page: Sequence[Line], marks: Sequence[LineMark], i: int, rows: Sequence[int]
) -> bool:
    """Whether a line is a time whose title stands below it, where those of the rows begin."""
    if marks[i].kind != "time" or i + 1 >= len(marks) or marks[i + 1].kind != "text":
        return False
    titles = {indent(page[i + 1].text)}
    columns = [gap_cells(page[k].text) for k in rows]
    lefts = {
        display_width(page[k].text[: c[1][0]])
        for k, c in zip(rows, columns, strict=True)
        if len(c) > 1
    }
    return page[i].box is None and bool(titles & lefts)


def _rest_of_title(
    page: Sequence[Line], marks: Sequence[LineMark], row: int, stop: int
) -> list[int]:
    """The lines right below a title at the end of a line that go on with it.

    The first word of each would not have fitted into the line above it, which is as wide as others
    of the page.
    """
    parts = marks[row].parts
    if (
        parts is None
        or parts.more
        or page[row].box
        or parts.title[1] < len(page[row].text.rstrip())
    ):
        return []
    widths = sorted(display_width(line.text) for line in page)
    widest = widths[-2] if len(widths) > 1 else 0
    found: list[int] = []
    for i in range(row + 1, stop):
        text = page[i].text
        word = text.split(None, 1)[0] if text.strip() else ""
        if marks[i].kind != "text" or ENTRY.match(text) or _LABEL.match(text) or not word:
            break
        if display_width(page[i - 1].text.rstrip()) + 1 + display_width(word) <= widest:
            break
        found.append(i)
    sentence = bool(found) and ends_sentence(page[found[-1]].text)  # is of no title
    return found if _LEAST_WIDTH <= widest <= _MOST_WIDTH and not sentence else []


def _run_on(line: int, parts: OneLine, body: tuple[int, ...]) -> Found:
    """The event of a line that says when and what; the days of several stand for its time."""
    when = parts.time or (parts.dated if parts.until else None)
    time = Piece(line, *when) if when else None
    more = tuple(Piece(line, *span) for span in (parts.more, parts.rest) if span)
    return Found((Piece(line, *parts.title),), time, body, more)


def _wrapped_cells(
    page: Sequence[Line], marks: Sequence[LineMark], row: int, told: Sequence[Piece], stop: int
) -> tuple[int, list[list[Piece]]]:
    """The first line that is not of a row, and the cells between that go on with each of its cells.

    A line below has cells at places of the row's alone, or one that begins where its title does.
    """
    places = [display_width(page[row].text[: cell.start]) for cell in told]
    found: list[list[Piece]] = [[] for _ in told]
    below = row + 1
    for k in range(row + 1, stop):
        text = page[k].text
        if marks[k].kind != "text" or ENTRY.match(text) or _DASH.match(text) or _LABEL.match(text):
            break
        cells = [Piece(page[k].number, *span) for span in gap_cells(text)]
        # A sign may be one column wide or two: what is nearly at a place is there.
        widths = [display_width(text[: cell.start]) for cell in cells]
        at = [next((p for p in places if abs(p - w) <= _NEAR), w) for w in widths]
        if places[0] < _LEAST_COLUMN or (set(at) - set(places) and at[0] < places[0]):
            break
        if set(at) <= set(places):
            for place, cell in zip(at, cells, strict=True):
                found[places.index(place)].append(cell)
        else:
            found[0].append(trimmed(page[k]))
        below = k + 1
    return below, found


def labelled_event(
    page: Sequence[Line], marks: Sequence[LineMark], lines: Sequence[int], calendars: Calendars
) -> list[Found]:
    """The one event whose lines say with labels what they are: its date, its time, its title."""
    titles = [i for i in lines if calendars.title_label(page[i].text)]
    if len(titles) != 1 or not marks[lines[0]].labelled:
        return []
    line = page[titles[0]]
    whole = trimmed(line)
    title = Piece(line.number, calendars.title_label(line.text), whole.end)
    time = next((i for i in lines if marks[i].kind == "time"), None)
    body = tuple(i for i in lines[1:] if i not in (titles[0], time))
    return [Found((title,), None if time is None else trimmed(page[time]), body)]
