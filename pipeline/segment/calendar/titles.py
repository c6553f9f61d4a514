"""Titles of events: which lines may be one, and on which side of its date and time each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge.calendars import BULLETS, Calendars
from pipeline.model import Document, Line, Piece
from pipeline.pieces import piece_text
from pipeline.segment.calendar.marks import EMPTY, NO_TITLE, LineMark
from pipeline.textforms import has_han

ENTRY = re.compile(
    rf"\s*(?:[(（]?\d{{1,2}}(?:[.．](?!\d)|[、)）])|[①-⑳]|[{BULLETS}](?=\s))\s*(?=\S)"
)
# The number that a page gives its events (一、, 2.), which is none of their titles.
NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（]?\d{1,2}(?:[、)）](?!\d)|\.(?=\s|[\u4e00-\u9fff])))\s*(?=\S)"
)
# Bullets and pictures before a title, and what emphasizes it in Markdown.
_ORNAMENT = re.compile(r"(?:[^\w\s()\[\]【「《『“\"'<]+\s+)?(?:\*{1,3}|_{1,3}(?=[^\W_]))?")
_EMPHASIS = re.compile(r"(?:\*{1,3}|(?<=[^\W_])_{1,3})$")
_MOST_HEADS = 5
_MOST = 0.7
_NOTE_SIGN = "※"
# What ends a sentence or leads to a list ends no title; a question may be a title.
_NO_TITLE_END = tuple("。.；;：:,，")


def may_head(line: Line, *, in_event: bool) -> bool:
    """Whether a line may be a title; inside an event, no list entry and no sentence."""
    text = line.text.strip()
    if not any(map(str.isalpha, text)) or text.startswith(_NOTE_SIGN):
        return False
    return not in_event or not (ENTRY.match(text) or text.endswith(_NO_TITLE_END))


def of_entry(line: Line) -> Piece:
    """The text of a list entry without its sign."""
    sign = ENTRY.match(line.text)
    return Piece(line.number, sign.end() if sign else 0, len(line.text.rstrip()))


def bare_title(document: Document, title: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a title without the number, the bullet and the emphasis around its text."""
    first = title[0]
    text = piece_text(document, first)
    number = NUMBER.match(text)
    start = number.end() if number else 0
    sign = _ORNAMENT.match(text, start)
    start = first.start + (sign.end() if sign else start)
    head = Piece(first.line, min(start, first.end), first.end)
    pieces = [head, *title[1:]]
    last = pieces[-1]
    opened = sign is not None and sign[0].rstrip()[-1:] in ("*", "_")
    emphasis = _EMPHASIS.search(piece_text(document, last)) if opened else None
    if emphasis and last.start + emphasis.start() > last.start:
        pieces[-1] = Piece(last.line, last.start, last.start + emphasis.start())
    return tuple(pieces)


def titles_above(
    page: Sequence[Line], marks: Sequence[LineMark], calendars: Calendars
) -> dict[int, int]:
    """The dates with a time or a label below the title of their event, each with its line.

    On one page all titles stand on one side, which most of the dates tell. Where they have labels
    of their own, below a date, there is nothing to tell.
    """
    if (headed := _below_by_heads(page, marks, calendars)) is not None:
        return headed
    if marked := _marked_above(page, marks):
        return marked
    whens = [i for i, m in enumerate(marks) if _is_below_title(page, marks, i, calendars)]
    said = {i: at for i in whens if (at := _labelled_above(page, marks, i, calendars)) is not None}
    if said and 2 * len(said) > len(whens):
        return said
    labelled = sum(calendars.title_label(line.text) > 0 for line in page)
    told = [_side(page, marks, i, calendars) for i in whens]
    if sum(told) <= 0 or 2 * labelled > len(whens):
        return {}
    above = ((i, _filled(marks, i, -1)) for i in whens)
    found = {i: at for i, at in above if at is not None and _is_title(page, marks, at, calendars)}
    first = {i: _first_language(page, marks, at, calendars) for i, at in found.items()}
    twice = sum(first[i] != at for i, at in found.items())
    return first if twice >= _MOST * len(found) else found


def _first_language(
    page: Sequence[Line], marks: Sequence[LineMark], at: int, calendars: Calendars
) -> int:
    """The line of a title in another script right above a title, else the title's own."""
    above = at - 1
    if above < 0 or not _is_title(page, marks, above, calendars):
        return at
    opens = not above or marks[above - 1].kind in EMPTY
    return above if opens and has_han(page[above].text) is not has_han(page[at].text) else at


def _marked_above(page: Sequence[Line], marks: Sequence[LineMark]) -> dict[int, int]:
    """The dates right below headings that the page itself marks, if most dates stand so."""
    dates = [i for i, mark in enumerate(marks) if mark.kind in ("date", "when")]
    above = {i: at for i in dates if (at := _filled(marks, i, -1)) is not None}
    found = {i: at for i, at in above.items() if page[at].level and marks[at].kind == "text"}
    return found if len(found) > 1 and 2 * len(found) > len(dates) else {}


def _below_by_heads(
    page: Sequence[Line], marks: Sequence[LineMark], calendars: Calendars
) -> dict[int, int] | None:
    """The dates of a table read cell by cell, each with its title, if that comes first.

    None where the heads of the columns, a line each, do not say so.
    """
    dates = [i for i, m in enumerate(marks) if m.kind in ("date", "when")]
    first = dates[0] if dates else 0
    above = [i for i in range(first) if marks[i].kind not in EMPTY]
    title = next((n for n, i in enumerate(above) if calendars.is_title_head(page[i].text)), None)
    date = next((n for n, i in enumerate(above) if calendars.is_date_head(page[i].text)), None)
    if title is None or date is None or not 0 < date - title <= _MOST_HEADS:
        return None
    found = {}
    for i in dates:
        cells = [k for k in range(i) if marks[k].kind not in EMPTY][-(date - title) :]
        if len(cells) == date - title and marks[cells[0]].kind == "text":
            found[i] = cells[0]
    return found


def _is_below_title(
    page: Sequence[Line], marks: Sequence[LineMark], i: int, calendars: Calendars
) -> bool:
    """Whether a line is a date that may stand below the title of its event.

    It has a time or a label, or it and the next line are entries, or it is right between a title
    and a time that is right above no title.
    """
    mark = marks[i]
    if mark.kind == "when" or (mark.kind == "date" and mark.labelled):
        return True
    if mark.kind != "date" or not 0 < i < len(marks) - 1:
        return False
    if ENTRY.match(page[i].text):
        return ENTRY.match(page[i + 1].text) is not None
    after = i + 2 if i + 2 < len(marks) else None
    between = marks[i + 1].kind == "time" and _is_title(page, marks, i - 1, calendars)
    return between and not _is_title(page, marks, after, calendars)


def _labelled_above(
    page: Sequence[Line], marks: Sequence[LineMark], when: int, calendars: Calendars
) -> int | None:
    """The title above a date and its time that a label says to be one, or None.

    Only what the event has beside its title may stand between.
    """
    at = _filled(marks, when, -1)
    while at is not None and marks[at].kind == "text":
        if calendars.title_label(page[at].text):
            return at
        if not calendars.is_beside(page[at].text):
            return None
        at = _filled(marks, at, -1)
    return None


def _side(page: Sequence[Line], marks: Sequence[LineMark], i: int, calendars: Calendars) -> int:
    """Whether the title stands above (1) a date with its time, below (-1), or nobody knows."""
    above, below = _filled(marks, i, -1), _filled(marks, i, 1)
    up, down = (_is_title(page, marks, at, calendars) for at in (above, below))
    if up != down or not up or above is None or below is None:
        return int(up) - int(down)
    before = _filled(marks, above, -1)
    gap, after = i - above, below - i
    if gap != after:
        return 1 if gap < after else -1
    apart = above - before if before is not None else above + 1
    return int(apart > gap or NUMBER.match(page[above].text) is not None)


def _is_title(
    page: Sequence[Line], marks: Sequence[LineMark], at: int | None, calendars: Calendars
) -> bool:
    if at is None or marks[at].kind != "text":
        return False
    text = page[at].text
    head = may_head(page[at], in_event=not NUMBER.match(text))
    return head and not calendars.is_beside(text) and not text.rstrip().endswith(_NO_TITLE_END)


def _filled(marks: Sequence[LineMark], i: int, step: int) -> int | None:
    """The next line with text above (-1) or below (1) another one."""
    at = i + step
    while 0 <= at < len(marks):
        if marks[at].kind not in NO_TITLE:
            return at
        at += step
    return None
