"""What a line of a calendar page says: dates, days without events, labels, what frames them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any, Self

from pipeline import textforms
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.day_times import DayTimes, with_colon
from pipeline.knowledge.event_lists import EventLists
from pipeline.knowledge.layouts import Layouts, layouts
from pipeline.knowledge.printed_dates import (
    MAX_LABEL,
    SIGNS,
    Dates,
    PrintedDate,
    as_typed,
    names_of,
)
from pipeline.knowledge.wordings import any_of, letters
from pipeline.textforms import plain

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
BULLETS = textforms.BULLETS + r"*–—\-"
_SIGNS_BEFORE = re.compile(f"^{SIGNS}+")
# A gap between a label and what it says: `Date   15 March`.
_CELL_GAP = re.compile(r"(?<=[^\W\d_])(?<!:)(?:\t\s*|\s{2,})(?=\S)")
# The number that a list gives its dates: 一、10月3日, (2) 3 May.
_NUMBER_BEFORE = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}(?:[)）]|、)|[(（]?\d{1,2}[)）、])\s*(?=\S)"
)
_WEEK_OF = re.compile(
    r"^(?:the\s+)?week(?:\s+(?:of|commencing|beginning|starting))?\s*:?\s+"
    r"|^woche\s+(?:vom|ab)\s+|^semaine\s+du\s+|^semana\s+del?\s+|^settimana\s+del?\s+",
    re.IGNORECASE,
)
_WEEK = 7  # days
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_TAG = re.compile(r"[\u4e00-\u9fff]{2,6}\s*[|｜/／]\s*[A-Z][A-Z ]{2,24}")
_STROKE = re.compile(r"\s+[/|｜·]\s+|\s*／\s*")
_CELLS = re.compile(r"\s{2,}|\t|\s*[|｜]\s*")
_LIKE_A_TIME = re.compile(r"\d[:：]\d\d|\d\s?(?:[点點时時hH]|Uhr|uur)|\d\s?(?i:[ap]\.?m)")
_LONGEST_TITLE = 60  # characters
_LAST_NUMBER = re.compile(r"[一二三四五六七八九十]+$")


class Calendars:
    """The words of a calendar page, ready for matching. Immutable after construction."""

    def __init__(self, data: dict[str, Any], pages: Layouts) -> None:
        self.pages = pages
        self.dates = Dates(
            {**names_of("month"), **data["months"]},
            {**names_of("weekday"), **data["weekdays"]},
            data["weekday_signs"],
            data["dates"]["ranges"],
        )
        self.times = DayTimes(data, self.dates)
        self.lists = EventLists(data["lists"])
        self._status = frozenset(map(letters, data["status"]["words"]))
        self._quiet = frozenset(map(letters, data["quiet"]["phrases"]))
        self._frame = frozenset(map(letters, data["frame"]["labels"]))
        self._numbered = frozenset(map(letters, data["frame"]["numbered"]))
        self._date_label = re.compile(rf"{SIGNS}*{any_of(data['dates']['labels'])}\s*:\s*")
        self._title_heads = frozenset(map(letters, data["titles"]["labels"]))
        self._date_heads = frozenset(map(letters, data["dates"]["labels"]))
        self._badge = re.compile(rf"{SIGNS}*{any_of(data['badges']['words'])}\s+")
        self._title_label = re.compile(
            rf"\s*{any_of(data['titles']['labels'])}\s*[:：]\s*(?=\S)", re.IGNORECASE
        )
        self._verb = re.compile(any_of(data["sentences"]["verbs"]))
        self._mail_label = re.compile(rf"\s*{any_of(data['mail']['labels'])}\s*:\s", re.IGNORECASE)
        self._beside_label = re.compile(
            rf"{SIGNS}*{any_of(data['beside']['labels'])}\s*[:：]", re.IGNORECASE
        )

    def of_page(self, texts: Sequence[str]) -> Self:
        """The same words, with dates and times read as a page writes them.

        It shows the order of day and month, and whether a point stands between hours and minutes.
        """
        dates = self.dates.as_on_page(texts)
        times = self.times.of_page(texts, dates)
        if times is self.times:
            return self
        own = copy(self)
        own.dates, own.times = dates, times
        return own

    # ------------------------------------------------------------ lines

    def is_quiet(self, text: str) -> bool:
        """Whether a line says that a day has no event (`No events`, `暂无活动`), perhaps twice."""
        return len(text) <= MAX_LABEL and all(letters(t) in self._quiet for t in _halves(text))

    def is_frame(self, text: str) -> bool:
        """Whether a line is of the labels around the days and events (`Today`, `Week 22`, `June`).

        They may be the heads of a table's columns.
        """
        if len(text) > MAX_LABEL:
            return False
        keys = [letters(cell) for cell in _CELLS.split(text.strip())]
        return (
            all(key in self._frame or self.dates.month(key) for key in keys)
            or self.header_year(text) is not None
            or _LAST_NUMBER.sub("", keys[0]) in self._numbered
        )

    def is_weekday(self, text: str) -> bool:
        """Whether a line holds nothing but names of weekdays."""
        return len(text) <= MAX_LABEL and self.dates.is_weekday(text)

    def header_year(self, text: str) -> int | None:
        """The year of a line that heads a week, a month or a year (`< 2022 >`, `June 2022`)."""
        folded = plain(text)
        found = re.search(rf"(?<!\d){_YEAR}(?!\d)", folded)
        if not found or len(folded) > MAX_LABEL:
            return None
        rest = folded[: found.start()] + folded[found.end() :]
        key = letters(rest)
        known = not key or key in self._frame or self.dates.month(key)
        return int(found["year"]) if known and sum(map(str.isdigit, rest)) <= 2 else None

    def date(self, text: str) -> PrintedDate | None:
        """The date that a whole line is, or None.

        It may have a weekday beside it, or stand there twice, in two languages.
        """
        if len(text) > MAX_LABEL:
            return None
        if text.rstrip().endswith((")", "）")):
            text = self.times.without_zone(text)
        text = _NUMBER_BEFORE.sub("", text)
        said = [self.dates.whole(plain(t)) for t in _halves(text) if not self.is_weekday(t)]
        first = said[0] if said else None
        if first is None or any(d is None or d[1:3] != first[1:3] for d in said):
            return None
        return next((d for d in said if d and d.year is not None), first)

    def days(self, text: str) -> tuple[PrintedDate, PrintedDate] | None:
        """The first and the last day of a line that is a range of days (`May 29 - June 04`)."""
        if len(text) > MAX_LABEL:
            return None
        folded = as_typed(_NUMBER_BEFORE.sub("", text)).strip("<> ")
        rest = _WEEK_OF.sub("", folded)
        if found := self.dates.days(rest):
            return found
        first = self.dates.whole(rest) if rest != folded else None
        return (first, first.later(_WEEK - 1)) if first else None

    def says_week(self, text: str) -> bool:
        """Whether a line says that its days are a week (`Week of 29 May`)."""
        return _WEEK_OF.match(plain(text)) is not None

    def labelled_days(self, text: str) -> str:
        """What stands behind the label of a day or a time (`日期：6月2日`), else an empty text."""
        folded = plain(_CELL_GAP.sub(": ", with_colon(text.strip())))
        folded = folded if len(text) <= MAX_LABEL else ""
        label = self._date_label.match(folded)
        start = label.end() if label else self.times.label(folded)
        return folded[start:] if start else ""

    def dated_time(self, text: str) -> PrintedDate | None:
        """The date of a line that is a date and then a time (`June 3 @ 10:00 - 11:30`), or None.

        The time may end on another day, whose date it has.
        """
        text = _NUMBER_BEFORE.sub("", text) if len(text) <= MAX_LABEL else ""
        folded = plain(with_colon(text))
        if not (_LIKE_A_TIME.search(folded) or self.times.mentions_no_time(folded)):
            return None
        folded = self.dates.without_weekday_sign(folded)
        said = self._date_label.match(folded)
        badge = self._badge.match(folded)
        ends = (said.end() if said else 0, self.times.label(folded), badge.end() if badge else 0)
        start = next((end for end in ends if end), 0)
        at = self.dates.after_weekday(folded, start)
        found = self.dates.at(folded, at) or self.dates.at(folded, start)
        if found is None:
            return None
        printed, end = found
        rest = self.dates.without(folded[end:]).replace("@", " ")
        rest = re.sub(r"(?<![A-Za-z])at(?![A-Za-z])", " ", rest).strip()
        return printed if rest and self.times.is_time(rest) else None

    def may_be_title(self, text: str) -> bool:
        """Whether a text has letters and says not when something is: a cell may be a title."""
        return sum(map(str.isalpha, text)) > 1 and not (
            self.times.is_time(text)
            or self.date(text)
            or self.days(text)
            or self.is_weekday(text)
            or self.is_frame(text)
            or self.is_quiet(text)
        )

    # ------------------------------------------------------------ values in a text

    def time_start(self, text: str) -> int:
        """Where the time begins in a time line, behind a label or a date, or a sign."""
        signs = self._date_label.match(text) or _SIGNS_BEFORE.match(text)
        label = self.times.label(text) or (signs.end() if signs else 0)
        if self.dated_time(text) is None:
            return label
        folded = self.dates.blanked(as_typed(text))
        return next((start for start, _ in self.times.spans(folded)), label)

    def title_label(self, text: str) -> int:
        """How far the label reaches with which a line says that it is a title; 0 without one."""
        found = self._title_label.match(with_colon(text)) if len(text) <= 3 * MAX_LABEL else None
        return found.end() if found else 0

    def is_title_head(self, text: str) -> bool:
        """Whether a text is the head of a column of titles."""
        return len(text) <= MAX_LABEL and letters(text) in self._title_heads

    def is_date_head(self, text: str) -> bool:
        """Whether a text is the head of a column of dates."""
        return len(text) <= MAX_LABEL and letters(text) in self._date_heads

    def is_beside(self, text: str) -> bool:
        """Whether a line says with a label what an event has beside its title (`Venue: …`)."""
        return self._beside_label.match(plain(with_colon(text[:MAX_LABEL]))) is not None

    def takes_place(self, folded: str) -> tuple[int, int] | None:
        """Where the verb stands with which a sentence says that something takes place, or None."""
        found = self._verb.search(folded)
        return found.span() if found else None

    def after_number(self, text: str) -> int:
        """Where the number ends that a list gives its dates, 0 without one."""
        found = _NUMBER_BEFORE.match(text)
        return found.end() if found else 0

    def heads_letter(self, text: str) -> bool:
        """Whether a line is of the head of a letter (`From: …`), and says no time (`To: 12:00`)."""
        folded = plain(text[:MAX_LABEL])
        label = self._mail_label.match(folded)
        return label is not None and self.may_be_title(folded[label.end() :])

    def is_status(self, text: str) -> bool:
        """Whether a line only says how matters stand with an event (`*** CANCELLED ***`).

        So does what tags it in two languages (`讲座 | LECTURE`).
        """
        if len(text) > MAX_LABEL:
            return False
        if _TAG.fullmatch(text.strip()):
            return True
        return letters(text) in self._status or letters(_IN_BRACKETS.sub("", text)) in self._status

    def months(self, text: str) -> dict[int, int]:
        """The months that a title of the page names, with their year (`May and June 2024`)."""
        folded = plain(text)
        years = re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", folded)
        if len(text) > _LONGEST_TITLE or len(set(years)) != 1:
            return {}
        named = {int(m) for m in re.findall(r"(?<!\d)(\d{1,2})\s*月", folded) if 1 <= int(m) <= 12}
        words = re.findall(r"[^\W\d_]+", folded.casefold())
        named |= {month for word in words if (month := self.dates.month(word))}
        return dict.fromkeys(named, int(years[0]))

    def dates_in(self, text: str) -> tuple[PrintedDate, ...]:
        """The dates anywhere in a text, in order."""
        folded = plain(text)
        return tuple(sorted(self.dates.inside(folded), key=lambda d: d.at))

    def last_days_in(self, text: str) -> tuple[PrintedDate, ...]:
        """The dates anywhere in a text, in order, each with the last day of the range it begins."""
        folded = plain(text)
        days = (
            self.dates.days_at(folded, first.at) or (None, first) for first in self.dates_in(text)
        )
        return tuple(found[1] for found in days)

    # ------------------------------------------------------------ parts


def _halves(text: str) -> list[str]:
    """A text that says one thing in two languages, divided at the stroke between; else whole."""
    return _STROKE.split(text.strip())


@cache
@made_of("calendar.toml", "calendar_names.csv", "zone_names.csv")
def calendars() -> Calendars:
    """The project's calendar words, read once."""
    return Calendars(load_toml("calendar.toml"), layouts())
