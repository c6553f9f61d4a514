"""How calendar pages write the dates of days: words, numbers, weekdays beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.knowledge import load_csv
from pipeline.knowledge.wordings import any_of
from pipeline.textforms import aligned, has_han, plain

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
# Signs before what a line says: bullets, stars, pictures, the marks of Markdown.
SIGNS = r"(?:[^\w\s()\[\]【「《『“\"'<]|_|\s)"
_AS_TYPED = str.maketrans("：，（）", ":,()")
_DAY_NUMBER = re.compile(
    r"^\s*(?:day\s*\d{1,2}|第[一二三四五六七八九十\d]{1,2}[天日])(?:\s*[-–—:,.|]\s*|\s+(?=\D))",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"(?<!\d)(?P<one>\d{{1,2}})(?P<sep>[-/.])(?P<two>\d{{1,2}})(?P=sep){_YEAR}(?!\d)"
)
_TO_SIGNS = "-‐–—−~〜至到&"
# The last day of several: marked as a day, or a number with no word behind it.
_LAST_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th|[日号일])|(?![\d:.月])(?!\s*[^\W\d_]))(?:,?\s*{_YEAR})?"
)
# The years of the Republic, as Taiwan counts them from 1912: 114年.
_MINGUO, _BEFORE_MINGUO = r"(?P<minguo>1[0-4]\d)", 1911
_LETTERS = r"[A-Za-z\u00c0-\u024f\u0370-\u04ff]"
_WORD = re.compile(rf"{_LETTERS}+(?:-{_LETTERS}+)*")
_LAST_WORD = re.compile(rf"(?<![A-Za-z])({_WORD.pattern})[\s,.)]*$")
_LAST_HAN = re.compile(r"([\u4e00-\u9fff]{2,3})[\s,.)]*$")
_SIGNS = re.compile(f"{SIGNS}*")
_IN_BRACKETS = re.compile(r"\(\s*([^()]{1,20})\s*\)")
_BEHIND_WEEKDAY = re.compile(r"[\s,.)]*")
_SHORT_NAME = re.compile(r"[^\W\d_]{2,3}[.,]{1,2}\s*")
_COMMA = re.compile(r"\s*[,，]?\s*")
_NOTE = re.compile(r"\s*\([^()]{1,20}\)\s*$")
_SHORT = 2  # letters
MAX_LABEL = 100  # characters of a line that is nothing but a date, a time or a label
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.(?=\s?[^\W\d]))?"
_YEAR_BEHIND = rf"(?:\.?,?\s*(?:de\s+|del\s+)?{_YEAR}(?!\d))?"
_MONTH = rf"(?P<month>{_LETTERS}{{3,}})"
_ASIAN = (
    rf"(?:(?<!\d)(?:{_YEAR}|{_MINGUO})\s*[年년]\s*)?(?<!\d)(?P<month>\d{{1,2}})\s*[月월]\s*"
    r"(?P<day>\d{1,2})(?!\d)\s*[日号일]?"
)
_NO_HOUR = r"(?!\d|\s?[:点點时時]\s?\d?|\s?h\d)"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"(?<![^\W\d_]){_MONTH}\.?\s*{_NTH}{_NO_HOUR}{_YEAR_BEHIND}",  # June 2nd, 2022
        rf"(?<![\d:]){_NTH}\s*(?:(?:of|de)\s)?{_MONTH}{_YEAR_BEHIND}",  # 2 June 2022
        rf"(?<![\d-])(?P<day>\d{{1,2}})(?P<sep>[-/.]){_MONTH}(?P=sep){_YEAR}(?!\d)",  # 4-Jul-2023
        _ASIAN,
        rf"(?<!\d){_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
    )
)
_LEAP_YEAR, _USUAL_YEAR = 2000, 2001
_MONTHS = 12
# 13.03. as German writes it.
_DOTTED = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\s?\d)(?P<year>)")
_SPACE = re.compile(r"\s*")


class PrintedDate(NamedTuple):
    """A date as printed, which may lack its year; `at` is where it stands in the folded text."""

    year: int | None
    month: int
    day: int
    at: int = 0

    def later(self, days: int) -> PrintedDate:
        """The date some days later; without a year, as in one that is no leap year if it may be."""
        year = self.year or (_USUAL_YEAR if self.in_year(_USUAL_YEAR) else _LEAP_YEAR)
        then = date(year, self.month, self.day) + timedelta(days)
        return PrintedDate(then.year if self.year else None, then.month, then.day, self.at)

    def in_year(self, year: int) -> date | None:
        """The day in a year, or None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


class Dates:
    """The dates that lines print, by names of months and weekdays. Immutable.

    `day_first` tells whether 05/06/2022 is a day of June; while nobody knows, it is no date.
    `dotted` tells that 5.6. is a day of June, for it may as well be the number of a chapter.
    """

    def __init__(
        self,
        months: Mapping[str, int],
        weekdays: Mapping[str, int],
        weekday_signs: Mapping[str, int],
        ranges: Mapping[str, Sequence[str]],
        day_first: bool | None = None,
        *,
        dotted: bool = False,
    ) -> None:
        self._words = months, weekdays, weekday_signs, ranges
        self._signs = weekday_signs
        # Behind a Chinese, a Japanese or a Korean date: 5月18日（四）.
        self._sign_behind = re.compile(rf"(?<=[日号일.])\s*\({any_of(weekday_signs)}\)")
        self._months = {plain(name).casefold(): number for name, number in months.items()}
        self._weekdays = {plain(name).casefold(): number for name, number in weekdays.items()}
        self._day_first = day_first
        han = [name for name in self._weekdays if has_han(name)]
        self._han_weekday = re.compile(any_of(han) if han else "(?!)")
        in_dates = "年月日号" + "".join(filter(has_han, (*self._months, *self._weekdays)))
        self._no_date = re.compile(f"(?![{in_dates}])[\u4e00-\u9fff]")
        self._dotted = dotted
        self._patterns = (*_PATTERNS, _NUMBERS, *([_DOTTED] if dotted else []))
        self._from = re.compile(rf"\s*{any_of(ranges['from'])}\s*")
        to = rf"\s*,?\s*(?:[{_TO_SIGNS}]|{any_of([*ranges['to'], *ranges['both']])})\s*"
        self._both = re.compile(f"&|{any_of(ranges['both'])}")
        self._to = re.compile(to)
        self._first_day = re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[日号]?{to}(?=\S)"
        )

    def as_on_page(self, texts: Iterable[str]) -> Dates:
        """The same, with the order of day and month that the dates of a page show.

        A number above 12 is a day, and a weekday beside a date fits one of its readings alone.
        """
        told = {first for text in texts if (first := self._shown_order(text)) is not None}
        dotted = sum(self._is_dotted(text) for text in texts) > 1
        if len(told) != 1 and not dotted:
            return self
        return Dates(*self._words, told.pop() if len(told) == 1 else None, dotted=dotted)

    def _is_dotted(self, text: str) -> bool:
        """Whether a weekday stands right before a date like 13.03. in a text."""
        found = _DOTTED.search(plain(text))
        return found is not None and self.before_weekday(plain(text), found.start()) < found.start()

    def _shown_order(self, text: str) -> bool | None:
        if not (found := _NUMBERS.search(text)):
            return None
        one, two, year = (int(found[part]) for part in ("one", "two", "year"))
        if one > _MONTHS or two > _MONTHS:
            return one > _MONTHS
        number = self._weekday_in(plain(text))
        if number is None or one == two or 0 in (one, two):
            return None
        fits = [date(year, *pair).isoweekday() == number for pair in ((two, one), (one, two))]
        return fits[0] if fits[0] != fits[1] else None

    def weekday_in(self, text: str) -> int | None:
        """The number of the first weekday that a text names, or of a sign for one behind a date."""
        folded = as_typed(text)
        sign = self._sign_behind.search(folded)
        return self._weekday_in(folded) or (self._signs.get(sign[0].strip(" ()")) if sign else None)

    def _weekday_in(self, folded: str) -> int | None:
        """The number of the first weekday that a text names."""
        words = (*_WORD.findall(folded), *self._han_weekday.findall(folded))
        return next((n for w in words if (n := self._weekdays.get(w.casefold()))), None)

    def after_weekday(self, folded: str, start: int) -> int:
        """Where the signs and weekdays end that stand at a place of a folded text."""
        at = end_of(_SIGNS, folded, start)
        while True:
            if found := _IN_BRACKETS.match(folded, at):
                if not self.is_weekday(found[1]):
                    return at
                at = end_of(_BEHIND_WEEKDAY, folded, found.end())
                continue
            word = _WORD.match(folded, at)
            if word is None or word[0].casefold() not in self._weekdays:
                word = self._han_weekday.match(folded, at)
            if word is None:
                return at
            at = end_of(_BEHIND_WEEKDAY, folded, word.end())

    def before_weekday(self, folded: str, end: int) -> int:
        """Where the weekday begins that stands before a place of a folded text, else the place."""
        for pattern in (_LAST_WORD, _LAST_HAN):
            found = pattern.search(folded, 0, end)
            if found and found[1].casefold() in self._weekdays:
                return found.start(1)
        return end

    def is_weekday(self, text: str) -> bool:
        """Whether a text is nothing but names of weekdays."""
        folded = plain(text)
        words = [*_WORD.findall(folded), *self._han_weekday.findall(folded)]
        known = all(word.casefold() in self._weekdays for word in words)
        rest = _WORD.sub("", self._han_weekday.sub("", folded))
        told = known and any(len(word) > _SHORT or has_han(word) for word in words)
        return told and not rest.strip(" ,.()/|–—-至~")

    def whole(self, folded: str) -> PrintedDate | None:
        """The date that a folded text is, perhaps with a weekday beside it, or None."""
        folded = _DAY_NUMBER.sub("", self.without_weekday_sign(folded))
        if self._no_date.search(folded):
            return None
        end = len(folded.rstrip(" ;,.*_)"))
        cut = self.before_weekday(folded, end)
        end = len(folded[:cut].rstrip(" ,(")) if cut < end else end
        starts = dict.fromkeys((self.after_weekday(folded, 0), end_of(_SIGNS, folded, 0)))
        pointed = end + (folded[end : end + 1] == ".")  # 13.03.
        found = (
            p.fullmatch(folded, start, pointed if p is _DOTTED else end)
            for start in starts
            for p in self._patterns
        )
        return next((d for f in found if f and (d := self._printed(f))), None)

    def at(self, folded: str, start: int) -> tuple[PrintedDate, int] | None:
        """The date that stands at a place of a folded text, with where it ends, or None."""
        for pattern in self._patterns:
            found = pattern.match(folded, start)
            printed = self._printed(found) if found else None
            if found and printed:
                return printed, found.end()
        return None

    def days_at(self, folded: str, start: int) -> tuple[PrintedDate, PrintedDate, int] | None:
        """The first and the last of the days that stand at a place of a folded text, or None.

        With them is where they end: `5-7 June 2023`, `June 5 - 7`, `30 May to 2 June`.
        """
        led = end_of(self._from, folded, start)
        start = self.after_weekday(folded, led) if led > start else start
        if found := self._first_day.match(folded, start):
            last = self.at(folded, self.after_weekday(folded, found.end()))
            first = last[0]._replace(day=int(found["day"])) if last else None
            if not first or not last or first.day >= last[0].day:
                return None
            return (first, *last) if self._are_range(found[0], first, last[0]) else None
        one = self.at(folded, start) or self._dotted_before(folded, start)
        gap = self._to.match(folded, self._weekday_behind(folded, one[1])) if one else None
        if one is None or gap is None:
            return None
        # A short name of a weekday may be one of several languages: So., 6.4.
        starts = (self.after_weekday(folded, gap.end()), end_of(_SHORT_NAME, folded, gap.end()))
        if last := next((d for at in starts if (d := self.at(folded, at))), None):
            first = first_of(one[0], last[0])
            return (first, *last) if self._are_range(gap[0], first, last[0]) else None
        if (found := _LAST_DAY.match(folded, gap.end())) and int(found["day"]) > one[0].day:
            year = int(found["year"]) if found["year"] else one[0].year
            last_day = one[0]._replace(day=int(found["day"]), year=year)
            first = first_of(one[0], last_day)
            if last_day.in_year(year or _LEAP_YEAR) and self._are_range(gap[0], first, last_day):
                return first, last_day, found.end()
        return None

    def _are_range(self, between: str, first: PrintedDate, last: PrintedDate) -> bool:
        """Whether two days are the ends of a range; `and` joins days next to one another alone."""
        return not self._both.search(between) or first.later(1)[1:3] == last[1:3]

    def _dotted_before(self, folded: str, start: int) -> tuple[PrintedDate, int] | None:
        """The first of several days that is printed without its year: 30.06.–04.07.2025."""
        found = _DOTTED.match(folded, start)
        gap = self._to.match(folded, found.end()) if found else None
        if found is None or gap is None or not _NUMBERS.match(folded, gap.end()):
            return None
        first = self._printed(found)
        return (first, found.end()) if first else None

    def days(self, folded: str) -> tuple[PrintedDate, PrintedDate] | None:
        """The first and the last of the days that a folded text is, or None.

        Weekdays may stand beside them, and a note in brackets behind.
        """
        for start in dict.fromkeys((self.after_weekday(folded, 0), end_of(_SIGNS, folded, 0))):
            found = self.days_at(folded, start)
            rest = _NOTE.sub("", folded[found[2] :]).strip(" ,.;") if found else ""
            if found and (not rest or self.is_weekday(rest)):
                return found[:2]
        return None

    def _weekday_behind(self, folded: str, at: int) -> int:
        """Where the weekday ends that stands behind a place of a folded text, else the place."""
        if (note := _IN_BRACKETS.match(folded, end_of(_SPACE, folded, at))) and (
            self.is_weekday(note[1]) or note[1] in self._signs
        ):
            return note.end()
        start = end_of(_COMMA, folded, at)
        word = _WORD.match(folded, start)
        if word is None or word[0].casefold() not in self._weekdays:
            word = self._han_weekday.match(folded, start)
        return word.end() if word else at

    def inside(self, folded: str) -> Iterator[PrintedDate]:
        """The dates anywhere in a folded text, in order."""
        return (printed for printed, _ in self._found(folded))

    def _found(self, folded: str) -> Iterator[tuple[PrintedDate, int]]:
        """The dates anywhere in a folded text, in order, with their ends; none in another one."""
        matches = (m for p in self._patterns for m in p.finditer(folded))
        found = ((d, m.end()) for m in matches if (d := self._printed(m)))
        end = 0
        for printed, stop in sorted(found, key=lambda x: (x[0].at, -x[1])):
            if printed.at >= end:
                yield printed, stop
                end = stop

    def blanked(self, folded: str) -> str:
        """A folded text of the same length with blanks for its dates."""
        for printed, end in self._found(folded):
            folded = folded[: printed.at] + " " * (end - printed.at) + folded[end:]
        return folded

    def without(self, folded: str) -> str:
        """A folded text without its dates and weekdays."""
        folded = self.blanked(folded)
        folded = self._han_weekday.sub(" ", folded)
        return _WORD.sub(lambda m: " " if m[0].casefold() in self._weekdays else m[0], folded)

    def weekday_sign(self, word: str) -> int | None:
        """The number of a weekday by the sign that a list of a month has for it (`火`, `Tue`)."""
        return self._signs.get(word)

    def without_weekday_sign(self, folded: str) -> str:
        """A folded text of the same length, without the weekday in brackets behind a date."""
        return self._sign_behind.sub(lambda m: " " * len(m[0]), folded)

    def month(self, word: str) -> int | None:
        """The number of a month by its casefolded name."""
        return self._months.get(word)

    def _printed(self, match: re.Match[str]) -> PrintedDate | None:
        parts = match.groupdict()
        year = int(parts["year"]) if parts["year"] else None
        if parts.get("minguo"):
            year = in_common_era(int(parts["minguo"]))
        if parts.get("one"):
            one, two = int(parts["one"]), int(parts["two"])
            if one > _MONTHS or two > _MONTHS or one == two:
                day, month = max(one, two), min(one, two)
            elif self._day_first is None:
                return None  # 05/06/2022 is May or June: no guess
            else:
                day, month = (one, two) if self._day_first else (two, one)
        else:
            word = parts["month"].casefold()
            day = int(parts["day"])
            month = int(word) if word.isdigit() else self._months.get(word, 0)
        return _existing(year, month, day, match.start())


def in_common_era(year: int) -> int:
    """A year as printed, in the common era: 114 is one that Taiwan counts, 2025."""
    return year if year > _BEFORE_MINGUO // 2 else year + _BEFORE_MINGUO


def as_typed(text: str) -> str:
    """A text of the same length, with narrow letters, digits, colons, commas and brackets."""
    return aligned(text).translate(_AS_TYPED)


def first_of(first: PrintedDate, last: PrintedDate) -> PrintedDate:
    """The first of several days, in the year that is printed for the last one or before it."""
    if first.year is not None or last.year is None:
        return first
    return first._replace(year=last.year - ((first.month, first.day) > (last.month, last.day)))


def end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what a pattern finds at a place of a text ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _existing(year: int | None, month: int, day: int, at: int = 0) -> PrintedDate | None:
    """A date that exists, in a leap year where none is printed, or None."""
    printed = PrintedDate(year, month, day, at)
    return printed if printed.in_year(_LEAP_YEAR if year is None else year) else None


def names_of(kind: str) -> dict[str, int]:
    """The names of months or weekdays in other languages than those of calendar.toml."""
    rows = load_csv("calendar_names.csv", ("kind", "name", "number"))
    return {name: int(number) for of, name, number in rows if of == kind}
