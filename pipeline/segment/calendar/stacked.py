"""Events of a day whose lines stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile

from pipeline.knowledge.calendars import Calendars
from pipeline.knowledge.languages import ends_open
from pipeline.model import Line
from pipeline.segment.calendar.columns import set_as
from pipeline.segment.calendar.days import DayBlock
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import CALENDAR, SKIPPED, LineMark
from pipeline.segment.calendar.titles import ENTRY, may_head, of_entry
from pipeline.textforms import has_han, indent

_MOST_WRAPPED = 2
_NEXT_LINE = 1.8  # type sizes between two lines of one title
_PAIRS = (("(", ")"), ("“", "”"), ("„", "“"), ("«", "»"))


def one_below_another(
    page: Sequence[Line], marks: Sequence[LineMark], block: DayBlock, calendars: Calendars
) -> list[Found]:
    """The events of a day whose lines stand one below the other.

    A title stands above its time; where the first thing under a date is a time, below it. Text
    right under a date is an event of which the page gives no time.
    """
    timed = marks[block.head].kind == "when"
    start = block.head + (not timed)
    skipped = ("blank", "status", *SKIPPED)
    filled = [i for i in range(start, block.stop) if marks[i].kind not in skipped]
    if not timed:
        begin = next((n for n, i in enumerate(filled) if marks[i].kind not in CALENDAR), 0)
        filled = filled[begin:]
    wrapped_in = _set_apart(page, marks, filled)
    filled = [i for i in filled if not any(i in rest for rest in wrapped_in.values())]
    time_first = bool(filled) and marks[filled[0]].kind in ("time", "when")
    tags = [] if time_first else _tags(page, filled)
    filled = filled[len(tags) :]
    found: list[tuple[int, int | None]] = []
    for n, i in enumerate(filled):
        title = n + 1 if time_first else n - 1
        if marks[i].kind not in ("time", "when") or not 0 <= title < len(filled):
            continue
        line = page[filled[title]]
        if not found and not time_first and not may_head(line, in_event=True):
            title, line = 0, page[filled[0]]  # a text between a title and its time
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
    bare = bare and not calendars.is_beside(page[filled[0]].text)
    if bare and not titled and may_head(page[filled[0]], in_event=False):
        found[:0] = [(i, None) for i in _without_time(page, filled, found)]
    starts = [min(title, title if time is None else time) for title, time in found]
    out: list[Found] = []
    for (title, time), stop in zip(found, [*starts[1:], block.stop], strict=False):
        wrapped = _wrapped(page, marks, title, stop, calendars) if block.labelled else []
        wrapped = wrapped_in.get(title) or wrapped or _rest_of_title(page, marks, title, stop)
        first = min(title, title if time is None else time)
        body = tuple(i for i in range(first, stop) if i not in (title, time, *wrapped))
        head = marks[block.head]
        several = time is None and not out and head.until is not None and not head.badge
        when = block.head if several else time
        held = None if when is None else trimmed(page[when])
        more = () if out else tuple(of_entry(page[i]) for i in tags)
        pieces = tuple(trimmed(page[i]) for i in (title, *wrapped))
        out.append(Found(pieces, held, body, more))
    return out


def _set_apart(
    page: Sequence[Line], marks: Sequence[LineMark], filled: Sequence[int]
) -> dict[int, list[int]]:
    """The titles of a page with places that wrap, each with its further lines.

    They are set alike, one right below the other, and what stands below them is set otherwise.
    """
    if not filled or page[filled[0]].box is None:
        return {}
    found: dict[int, list[int]] = {}
    for _, run in groupby(filled, key=lambda i: (set_as(page[i]), marks[i].kind)):
        title, *rest = run
        boxes = [page[i].box for i in (title, *rest)]
        near = all(a and b and 0 < b.top - a.top <= _NEXT_LINE * a.size for a, b in pairwise(boxes))
        if (
            rest
            and near
            and len(rest) <= _MOST_WRAPPED
            and marks[title].kind == "text"
            and rest[-1] != filled[-1]
        ):
            found[title] = rest
    return found


def _tags(page: Sequence[Line], filled: Sequence[int]) -> list[int]:
    """The list with which the lines of a day begin, if a title follows it: it is of tags."""
    tags = list(takewhile(lambda i: ENTRY.match(page[i].text), filled))
    behind = filled[len(tags) :]
    apart = bool(tags and behind) and behind[0] - 1 not in tags
    return tags if apart and may_head(page[behind[0]], in_event=True) else []


def _wrapped(
    page: Sequence[Line],
    marks: Sequence[LineMark],
    title: int,
    stop: int,
    calendars: Calendars,
) -> list[int]:
    """The lines below a title that go on with it: one or two, right above what has a label.

    Most events of the page have such a label. The lines are no list, end no sentence, and begin
    where it does.
    """
    found: list[int] = []
    for i in range(title + 1, min(stop, title + 2 + _MOST_WRAPPED)):
        line = page[i]
        if marks[i].kind == "text" and calendars.is_beside(line.text):
            return found
        ends = ENTRY.match(line.text) or not may_head(line, in_event=True)
        if marks[i].kind != "text" or ends or indent(line.text) != indent(page[title].text):
            return []
        if line.box is not None or has_han(line.text):
            return []
        found.append(i)
    return []


def _rest_of_title(
    page: Sequence[Line], marks: Sequence[LineMark], title: int, stop: int
) -> list[int]:
    """The line right below a title that goes on: by its last word, or an open quotation."""
    below = title + 1
    text = page[title].text
    if below >= stop or marks[below].kind != "text" or has_han(text):
        return []
    opened = text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in _PAIRS)
    rest = page[below].text
    alike = indent(rest) == indent(text) and not ENTRY.match(rest)
    return [below] if alike and (opened or ends_open(text)) else []


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
