"""Events whose titles a page prints in two languages, one right behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.knowledge.calendars import Calendars
from pipeline.model import Line, Piece
from pipeline.segment.calendar.found import Found, trimmed
from pipeline.segment.calendar.marks import LineMark
from pipeline.segment.calendar.titles import may_head
from pipeline.textforms import has_han

_SEVERAL = 2
_MOST = 0.7
_MOST_LINES = 4  # of a title
_LEAST_HAN, _LEAST_LATIN = 4, 12  # letters of a title; `Zoom` behind a title is its place


class _Page:
    """The lines of a page, with what tells the two languages apart."""

    def __init__(
        self, lines: Sequence[Line], marks: Sequence[LineMark], calendars: Calendars
    ) -> None:
        self._lines, self._marks, self._calendars = lines, marks, calendars
        self._texts = {line.number: line.text for line in lines}

    def text(self, piece: Piece) -> str:
        return self._texts[piece.line][piece.start : piece.end]

    def second(self, found: Found) -> Piece | None:
        """What stands right behind the title of an event, in the other script, or None."""
        body = [i for i in found.body if self._marks[i].kind != "blank"]
        line = self._lines[body[0]] if body and not found.more else None
        if line is not None and self._marks[body[0]].kind != "text":
            return None
        if line is None and not found.more:
            return None
        piece = trimmed(line) if line is not None else found.more[0]
        text = self.text(piece)
        han = has_han(text)
        letters = sum(has_han(c) if han else c.isalpha() for c in text)
        other = han is not has_han("".join(map(self.text, found.title)))
        head = line is None or may_head(line, in_event=True)
        long = letters >= (_LEAST_HAN if han else _LEAST_LATIN)
        return piece if other and head and long and not self._calendars.is_beside(text) else None

    def split(self, found: Found) -> tuple[Found, Found]:
        """An event as two: what is in the language of its title, and what is in the other one."""
        second = self.second(found)
        if second is None:
            raise ValueError
        own = has_han("".join(map(self.text, found.title)))
        at = next((i for i in found.body if self._lines[i].number == second.line), None)
        wrapped = self._goes_on(at, found) if at is not None and not found.more else []
        first, other = (self._in_script(found, script) for script in (own, not own))
        rest = other._replace(
            title=(second, *(trimmed(self._lines[i]) for i in wrapped)),
            more=tuple(c for c in other.more if c != second),
            body=tuple(i for i in other.body if i not in (at, *wrapped)),
        )
        return first, rest

    def _goes_on(self, title: int, found: Found) -> list[int]:
        """The lines right below a second title that are set as it is, down to white space."""
        box = self._lines[title].box
        if box is None:
            return []
        alike = (box.font, box.size, box.color)
        below = takewhile(lambda i: i in found.body, range(title + 1, title + _MOST_LINES))
        lines = ((i, self._lines[i].box) for i in below)
        near = takewhile(lambda x: x[1] and (x[1].font, x[1].size, x[1].color) == alike, lines)
        return [i for i, _ in near if self._marks[i].kind == "text"]

    def _in_script(self, found: Found, han: bool) -> Found:
        def told(piece: Piece) -> bool:
            return has_han(self.text(piece)) is han

        return found._replace(
            body=tuple(i for i in found.body if told(trimmed(self._lines[i]))),
            more=tuple(filter(told, found.more)),
        )


def in_both_languages(
    days: Sequence[list[Found]],
    lines: Sequence[Line],
    marks: Sequence[LineMark],
    calendars: Calendars,
) -> list[list[Found]]:
    """The events of each day, as one in each language where most titles of a page are in both.

    Both have the same time.
    """
    page = _Page(lines, marks, calendars)
    events = [found for day in days for found in day]
    scripts = {has_han("".join(map(page.text, found.title))) for found in events}
    second = [page.second(found) is not None for found in events]
    if len(events) < _SEVERAL or len(scripts) > 1 or sum(second) < _MOST * len(second):
        return list(days)
    return [
        [part for found in day for part in (page.split(found) if page.second(found) else (found,))]
        for day in days
    ]
