"""How calendar pages write dates, days without events, times, zones and the leads of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.layouts import Layouts, layouts
from pipeline.knowledge.zones import zone
from pipeline.textforms import has_han, match_key, plain

ListKind = Literal["objectives", "participants", "other"]
Half = Literal["am", "pm", "noon", "night"]

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
BULLETS = r"•●▪■◆◇○◦‣∙·➢➤*–—\-"
_OFFSET = r"(?:UTC|GMT)\s*[+−-]\s*\d{1,2}(?::?00)?(?!\d)"
_MARGIN = re.compile(r"[\s,;/|()\[\]:.&+-]*")
_DIGIT = re.compile(r"\d")
MAX_LABEL = 100  # characters of a line that is nothing but a date, a time or a label
_MIDNIGHT, _EVENING = 24 * 60, 18 * 60  # in minutes


class PrintedDate(NamedTuple):
    """A date as printed, which may lack its year; `at` is where it stands in the folded text."""

    year: int | None
    month: int
    day: int
    at: int = 0

    def in_year(self, year: int) -> date | None:
        """The day in a year, or None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


class Clock(NamedTuple):
    """A time or a range as printed, in minutes after the midnight that begins its day.

    `end` passes 1440 where a range runs into the next day, and is None for a single time;
    `start` is None where the printed time cannot be. `at` is as for PrintedDate.
    """

    start: int | None
    end: int | None
    zone: str | None
    at: int


class Calendars:
    """The words of a calendar page, ready for matching. Immutable after construction."""

    def __init__(self, data: dict[str, Any], pages: Layouts) -> None:
        self.pages = pages
        self.home_zones: tuple[str, ...] = tuple(data["home"]["zones"])
        self._months = {name.casefold(): number for name, number in data["months"].items()}
        self._halves: dict[str, Half] = {w.casefold(): h for w, h in data["halves"].items()}
        self._zones: dict[str, str] = {
            "".join(w.split()).casefold(): z for w, z in data["zones"].items()
        }
        _check(data)
        self._quiet = frozenset(map(_letters, data["quiet"]["phrases"]))
        self._frame = frozenset(map(_letters, data["frame"]["labels"]))
        self._without_time = frozenset(map(_letters, data["times"]["without_time"]))
        self.separator = re.compile(_any_of(data["times"]["separators"]))
        weekday = _any_of(data["weekdays"]["words"])
        self._weekdays = re.compile(rf"(?:{weekday}[\s,.()/|]*)+")
        self._beside = re.compile(
            rf"^[{BULLETS}\s]*(?:{weekday}[\s,.)]*)?|[\s,(]*{weekday}[\s)]*$|[\s,;.]+$"
        )
        words = map(plain, (*data["months"], *data["weekdays"]["words"]))
        in_dates = "年月日号" + "".join(filter(has_han, "".join(words)))
        self._no_date = re.compile(f"(?![{in_dates}])[\u4e00-\u9fff]")
        self._dates = _date_patterns(_any_of(data["months"]))
        self._zone = re.compile(f"{_OFFSET}|{_any_of(data['zones'])}")
        self._time = _time_pattern(
            _any_of(data["halves"]), self.separator.pattern, self._zone.pattern
        )
        times = data["times"]
        self._beside_time = re.compile(_any_of([*times["labels"], *times["fillers"]]))
        lists = data["lists"]
        self._before: dict[ListKind, re.Pattern[str]] = {
            kind: re.compile(_any_of(words)) for kind, words in lists["before"].items()
        }
        self._done = re.compile(_any_of(lists["items"]["objectives"]))
        self._people = re.compile(_any_of(lists["items"]["participants"]))

    # ------------------------------------------------------------ lines

    def is_quiet(self, text: str) -> bool:
        """Whether a line says that a day has no event (`No events`, `暂无活动`)."""
        return len(text) <= MAX_LABEL and _letters(text) in self._quiet

    def is_frame(self, text: str) -> bool:
        """Whether a line is one of the labels around the days (`Today`, `Week 22`, `June`)."""
        key = _letters(text) if len(text) <= MAX_LABEL else ""
        return key in self._frame or key in self._months or self.header_year(text) is not None

    def is_weekday(self, text: str) -> bool:
        """Whether a line holds nothing but names of weekdays."""
        return len(text) <= MAX_LABEL and bool(self._weekdays.fullmatch(plain(text)))

    def header_year(self, text: str) -> int | None:
        """The year of a line that heads a week, a month or a year (`< 2022 >`, `June 2022`)."""
        folded = plain(text)
        found = re.search(rf"(?<!\d){_YEAR}(?!\d)", folded)
        if not found or len(folded) > MAX_LABEL:
            return None
        rest = folded[: found.start()] + folded[found.end() :]
        key = _letters(rest)
        known = not key or key in self._frame or key in self._months
        return int(found["year"]) if known and sum(map(str.isdigit, rest)) <= 2 else None

    def date(self, text: str) -> PrintedDate | None:
        """The date that a whole line is, with or without a weekday, or None."""
        if len(text) > MAX_LABEL:
            return None
        folded = plain(text)
        if self._no_date.search(folded):
            return None
        bare = self._beside.sub("", folded)
        found = (p.fullmatch(bare) for p in self._dates)
        return next((d for f in found if f and (d := self._printed(f))), None)

    def is_time(self, text: str) -> bool:
        """Whether a line is the time of an event: one or several times, or `All day`."""
        if len(text) > MAX_LABEL:
            return False
        if _letters(text) in self._without_time:
            return True
        folded = plain(text)
        if not _DIGIT.search(folded):
            return False
        found = [m for m in self._time.finditer(folded) if _shows_time(m)]
        if not found:
            return False
        for match in reversed(found):
            folded = folded[: match.start()] + folded[match.end() :]
        rest = self._beside_time.sub("", self._zone.sub("", folded))
        return bool(_MARGIN.fullmatch(rest))

    # ------------------------------------------------------------ values in a text

    def gives_no_time(self, text: str) -> bool:
        """Whether a time line says on purpose that there is no time (`All day`, `待定`)."""
        return _letters(text) in self._without_time

    def dates_in(self, text: str) -> tuple[PrintedDate, ...]:
        """The dates anywhere in a text, in order."""
        folded = plain(text)
        found = (self._printed(m) for p in self._dates for m in p.finditer(folded))
        return tuple(sorted((d for d in found if d), key=lambda d: d.at))

    def times_in(self, text: str) -> tuple[Clock, ...]:
        """The times and ranges anywhere in a text, in order, each with the zone beside it."""
        found = self._time.finditer(plain(text))
        return tuple(self._clock(m) for m in found if _shows_time(m))

    def list_kind(self, paragraph: str) -> ListKind | None:
        """What list a paragraph introduces: the kind of the last cue in it, or None."""
        folded = plain(paragraph)
        ends = {
            kind: max((m.end() for m in pattern.finditer(folded)), default=-1)
            for kind, pattern in self._before.items()
        }
        kind = max(ends, key=lambda k: ends[k])
        return kind if ends[kind] >= 0 else None

    def items_kind(self, items: Sequence[str]) -> ListKind | None:
        """What the entries of a list show by themselves, by majority, or None."""
        done = [bool(self._done.match(plain(item))) for item in items]
        people = [
            not d and bool(self._people.search(plain(i))) for d, i in zip(done, items, strict=True)
        ]
        if sum(done) == sum(people):
            return None
        return "objectives" if sum(done) > sum(people) else "participants"

    # ------------------------------------------------------------ parts

    def _printed(self, match: re.Match[str]) -> PrintedDate | None:
        parts = match.groupdict()
        year = int(parts["year"]) if parts["year"] else None
        if parts.get("one"):
            one, two = int(parts["one"]), int(parts["two"])
            if one <= 12 and two <= 12 and one != two:
                return None  # 05/06/2022 is May or June: no guess
            day, month = max(one, two), min(one, two)
        else:
            word = parts["month"].casefold()
            day, month = int(parts["day"]), self._months.get(word) or int(word)
        return _printed(year, month, day, match.start())

    def _clock(self, match: re.Match[str]) -> Clock:
        start, end = _minutes(
            *(self._hand(match, p) if match[f"{p}_hour"] else None for p in ("start", "end"))
        )
        words = (match["before"], match["between"], match["after"])
        zone = next((self._zone_name(w) for w in words if w), None)
        return Clock(start, end, zone, match.start())

    def _hand(self, match: re.Match[str], part: str) -> tuple[int, int, Half | None]:
        minute = match[f"{part}_minute"] or match[f"{part}_past"] or 0
        word = match[f"{part}_half"] or match[f"{part}_half_after"]
        half = self._halves[word.casefold()] if word else None
        return int(match[f"{part}_hour"]), 30 if match[f"{part}_thirty"] else int(minute), half

    def _zone_name(self, word: str) -> str | None:
        offset = re.search(r"([+−-])\s*(\d{1,2})", word)
        if not offset:
            return self._zones["".join(word.split()).casefold()]
        hours = int(offset[2])
        east = offset[1] == "+"
        if hours > (14 if east else 12):
            return None
        # IANA counts Etc zones westward: UTC+8 is Etc/GMT-8.
        return f"Etc/GMT{'-' if east else '+'}{hours}" if hours else "UTC"


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return "".join(c for c in match_key(text) if c.isalpha())


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; Latin words end where letters end."""
    return "(?:" + "|".join(_word(w) for w in sorted(words, key=len, reverse=True)) + ")"


def _word(word: str) -> str:
    body = r"\s*".join(map(re.escape, plain(word).split()))
    if has_han(word) or not any(map(str.isalpha, word)):
        return body
    exact = word.isupper()
    return (
        rf"(?<![A-Za-z]){body}(?![A-Za-z])" if exact else rf"(?<![A-Za-z])(?i:{body})(?![A-Za-z])"
    )


def _date_patterns(month: str) -> tuple[re.Pattern[str], ...]:
    nth = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = rf"(?:\.?,?\s*{_YEAR}(?!\d))?"
    chinese_year = rf"(?:(?<!\d){_YEAR}\s*年\s*)?"
    bare_month = month.replace(r"(?<![A-Za-z])", "").replace(r"(?![A-Za-z])", "")
    return tuple(
        re.compile(p)
        for p in (
            rf"(?<![A-Za-z])(?P<month>{bare_month})\.?\s*{nth}(?!\d){year}",  # June 2nd, 2022
            rf"(?<!\d){nth}\s*(?:of\s)?(?P<month>{bare_month})(?![A-Za-z]){year}",  # 2 June 2022
            rf"{chinese_year}(?<!\d)(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})(?!\d)\s*[日号]?",
            rf"(?<!\d){_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
            rf"(?<!\d)(?P<one>\d{{1,2}})(?P<sep>[-/.])(?P<two>\d{{1,2}})(?P=sep){_YEAR}(?!\d)",
        )
    )


def _printed(year: int | None, month: int, day: int, at: int = 0) -> PrintedDate | None:
    """A date that exists, in a leap year where none is printed, or None."""
    printed = PrintedDate(year, month, day, at)
    return printed if printed.in_year(2000 if year is None else year) else None


def _time_pattern(half: str, separator: str, zone: str) -> re.Pattern[str]:
    """`[zone] [half] hour[:minute] [half] [zone] [- the same] [zone]`.

    A zone that stands before another time belongs to that one: `9:00-11:00, Beijing 15:00`.
    """

    def hand(part: str) -> str:
        minutes = rf"[:.](?P<{part}_minute>\d\d)(?::\d\d)?(?!\d)"
        past = rf"(?P<{part}_past>\d{{1,2}})(?!\d)分?|(?P<{part}_thirty>半)"
        hours = rf"\s?(?P<{part}_point>[点點时時]|h(?![a-z]))(?:{past})?"
        return (
            rf"(?:(?P<{part}_half>{half})\s?)?(?<!\d)(?<!\d[.,:])(?P<{part}_hour>\d{{1,2}})(?!\d)"
            rf"(?:{minutes}|{hours})?(?:\s?(?P<{part}_half_after>{half}))?"
        )

    other_time = rf"(?!\s?:?\s?(?:{half}\s?)?\d{{1,2}}\s?[:.点點时時h‐–—-])"
    return re.compile(
        rf"(?:(?P<before>{zone})[\s:,()]*)?{hand('start')}"
        rf"(?:(?:\s?(?P<between>{zone}))?\s?{separator}\s?{hand('end')})?"
        rf"(?:\s?[(\[]?\s?(?P<after>{zone}){other_time})?"
    )


def _shows_time(match: re.Match[str]) -> bool:
    """Whether numbers are hours: by a colon, 点, or a half of the day (`3-5` alone is none).

    A point between hours and minutes counts in a range alone, for `9.30` may be any number.
    """
    parts = ("start", "end") if match["end_hour"] else ("start",)
    marks = ("point", "half", "half_after")
    if any(match[f"{p}_{m}"] for p in parts for m in marks):
        return True
    minutes = [match[f"{p}_minute"] for p in parts]
    return any(minutes) and (len(parts) == 2 or ":" in match[0])


Hand = tuple[int, int, Half | None]


def _minutes(start: Hand | None, end: Hand | None) -> tuple[int | None, int | None]:
    """Start and end in minutes, or None and None for what no clock shows.

    A half of the day said once holds for both (下午3-5点, 3-5 pm), save where the range would
    then run backwards (上午9-1点, 11-1 pm). Only an evening runs into the next day.
    """
    if start is None or any(h and (h[0] > 24 or h[1] > 59) for h in (start, end)):
        return None, None
    if end is None:
        return _of_day(start), None
    first, last = _of_day(start, end[2]), _of_day(end, start[2])
    if last <= first and start[2] == "am" and end[2] is None:
        last = _of_day(end, "pm")
    if last <= first and start[2] is None and end[2] is not None:
        first = _of_day(start, "am")
    if last < first and first >= _EVENING:
        last += _MIDNIGHT
    return (first, last) if first < last else (None, None)


def _of_day(hand: Hand, other: Half | None = None) -> int:
    hour, minute, half = hand
    half = half or other
    at_twelve = hour == 12
    if half == "am" and at_twelve:
        hour = 0
    elif half == "night" and at_twelve:
        hour = 24
    elif (
        (half == "pm" and hour < 12)
        or (half == "noon" and hour <= 3)
        or (half == "night" and 5 <= hour < 12)
    ):
        hour += 12
    return hour * 60 + minute


def _check(data: dict[str, Any]) -> None:
    """Raise KnowledgeError where calendar.toml names what does not exist or contradicts itself."""
    for name in [*data["zones"].values(), *data["home"]["zones"]]:
        try:
            zone(name)
        except KeyError as error:
            raise KnowledgeError(
                f"calendar.toml: `{name}` is no time zone", "use a name of the IANA database"
            ) from error
    if unknown := set(data["halves"].values()) - set(get_args(Half)):
        raise KnowledgeError(
            f"calendar.toml: `{min(unknown)}` is no half of the day",
            f"use one of {', '.join(get_args(Half))}",
        )
    for where, lists in data["lists"].items():
        words = [word for kind in lists.values() for word in kind]
        if twice := {word for word in words if words.count(word) > 1}:
            raise KnowledgeError(
                f"calendar.toml: `{min(twice)}` stands twice in lists.{where}",
                "keep it in one list",
            )


@cache
@made_of("calendar.toml")
def calendars() -> Calendars:
    """The project's calendar words, read once."""
    return Calendars(load_toml("calendar.toml"), layouts())
