"""How calendar pages write dates, days without events, times, zones and the leads of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.clocks import Clock, Half, minutes_of, shows_time, time_pattern
from pipeline.knowledge.layouts import Layouts, layouts
from pipeline.knowledge.zones import zone
from pipeline.textforms import has_han, match_key, plain

ListKind = Literal["objectives", "participants", "other"]

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
BULLETS = r"•●▪■◆◇○◦‣∙·➢➤*–—\-"
_OFFSET = r"(?:UTC|GMT)\s*[+−-]\s*\d{1,2}(?::?00)?(?!\d)"
_MARGIN = re.compile(r"[\s,;/|()\[\]:.&+-]*")
_DIGIT = re.compile(r"\d")
_STROKE = re.compile(r"\s+[/|｜·]\s+|\s*／\s*")
_CELLS = re.compile(r"\s{2,}|\t|\s*[|｜]\s*")
_LIKE_A_TIME = re.compile(r"\d:\d\d|\d\s?[点點时時]|\d\s?(?i:[ap]\.?m)")
_SHORT_WEEKDAY = re.compile(r"(?<=[日号])\s*\([一二三四五六日天]\)")  # 5月18日（四）
_DAY_NUMBER = re.compile(
    r"^\s*(?:day\s*\d{1,2}|第[一二三四五六七八九十\d]{1,2}[天日])\s*[-–—:,.]\s*", re.IGNORECASE
)
_LONGEST_TITLE = 60  # characters
_LAST_NUMBER = re.compile(r"[一二三四五六七八九十]+$")
MAX_LABEL = 100  # characters of a line that is nothing but a date, a time or a label


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
        self._numbered = frozenset(map(_letters, data["frame"]["numbered"]))
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
        self._time = time_pattern(
            _any_of(data["halves"]), self.separator.pattern, self._zone.pattern
        )
        times = data["times"]
        self._time_heads = frozenset(map(_letters, times["labels"])) | {"time", "times"}
        self._beside_time = re.compile(_any_of([*times["labels"], *times["fillers"]]))
        lists = data["lists"]
        self._before: dict[ListKind, re.Pattern[str]] = {
            kind: re.compile(_any_of(words)) for kind, words in lists["before"].items()
        }
        self._leads = frozenset(_letters(w) for words in lists["before"].values() for w in words)
        self._time_label = re.compile(
            rf"[{BULLETS}\s]*{_any_of(times['labels'])}\s*[:：]\s*(?=\S)", re.IGNORECASE
        )
        self._done = re.compile(_any_of(lists["items"]["objectives"]))
        self._people = re.compile(_any_of(lists["items"]["participants"]))
        self._date_label = re.compile(rf"[{BULLETS}\s]*{_any_of(data['dates']['labels'])}\s*:\s*")
        self._title_label = re.compile(
            rf"\s*{_any_of(data['titles']['labels'])}\s*[:：]\s*(?=\S)", re.IGNORECASE
        )
        self._beside_label = re.compile(
            rf"[{BULLETS}\s]*{_any_of(data['beside']['labels'])}\s*[:：]", re.IGNORECASE
        )
        self._page_zone = re.compile(_any_of(data["page_zone"]["cues"]))
        self._weekday_first = re.compile(rf"[{BULLETS}\s]*(?:{weekday}[\s,.)]*)*")

    # ------------------------------------------------------------ lines

    def is_quiet(self, text: str) -> bool:
        """Whether a line says that a day has no event (`No events`, `暂无活动`), perhaps twice."""
        return len(text) <= MAX_LABEL and all(_letters(t) in self._quiet for t in _halves(text))

    def is_frame(self, text: str) -> bool:
        """Whether a line is of the labels around the days and events (`Today`, `Week 22`, `June`).

        They may be the heads of a table's columns.
        """
        if len(text) > MAX_LABEL:
            return False
        keys = [_letters(cell) for cell in _CELLS.split(text.strip())]
        return (
            all(key in self._frame or key in self._months for key in keys)
            or self.header_year(text) is not None
            or _LAST_NUMBER.sub("", keys[0]) in self._numbered
        )

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
        """The date that a whole line is, or None.

        It may have a weekday beside it, or stand there twice, in two languages.
        """
        if len(text) > MAX_LABEL:
            return None
        said = [self._whole_date(plain(t)) for t in _halves(text) if not self.is_weekday(t)]
        first = said[0] if said else None
        if first is None or any(d is None or d[1:3] != first[1:3] for d in said):
            return None
        return next((d for d in said if d and d.year is not None), first)

    def labelled_date(self, text: str) -> PrintedDate | None:
        """The date of a line that is its label and a date (`日期：6月2日`), or None."""
        folded = plain(text) if len(text) <= MAX_LABEL else ""
        label = self._date_label.match(folded) or self._time_label.match(folded)
        return self._whole_date(folded[label.end() :]) if label else None

    def _whole_date(self, folded: str) -> PrintedDate | None:
        folded = _DAY_NUMBER.sub("", _SHORT_WEEKDAY.sub(" ", folded))
        if self._no_date.search(folded):
            return None
        bare = self._beside.sub("", folded)
        found = (p.fullmatch(bare) for p in self._dates)
        return next((d for f in found if f and (d := self._printed(f))), None)

    def dated_time(self, text: str) -> PrintedDate | None:
        """The date of a line that is a date and then a time (`June 3 @ 10:00 - 11:30`), or None.

        The time may end on another day, whose date it has.
        """
        folded = plain(text) if len(text) <= MAX_LABEL else ""
        if not _LIKE_A_TIME.search(folded):
            return None
        folded = _SHORT_WEEKDAY.sub(" ", folded)
        labels = (self._date_label, self._time_label, self._weekday_first)
        label = next((m for p in labels if (m := p.match(folded)) and m.end()), None)
        start = label.end() if label else 0
        for pattern in self._dates:
            found = pattern.match(folded, start)
            printed = self._printed(found) if found else None
            if found is None or printed is None:
                continue
            rest = folded[found.end() :]
            for other in self._dates:
                rest = other.sub(" ", rest)
            rest = self._weekdays.sub(" ", rest).replace("@", " ")
            rest = re.sub(r"(?<![A-Za-z])at(?![A-Za-z])", " ", rest).strip()
            if rest and self.is_time(rest):
                return printed
        return None

    def is_time(self, text: str) -> bool:
        """Whether a line is the time of an event: one or several times, or `All day`."""
        if len(text) > MAX_LABEL:
            return False
        if self.gives_no_time(text):
            return True
        folded = plain(text)
        if not _DIGIT.search(folded):
            return False
        found = [m for m in self._time.finditer(folded) if shows_time(m)]
        if not found:
            return False
        for match in reversed(found):
            folded = folded[: match.start()] + folded[match.end() :]
        rest = self._beside_time.sub("", self._zone.sub("", folded))
        return bool(_MARGIN.fullmatch(rest))

    # ------------------------------------------------------------ values in a text

    def gives_no_time(self, text: str) -> bool:
        """Whether a time line says on purpose that there is no time (`All day`, `待定`)."""
        return _letters(text[self.time_label(text) :]) in self._without_time

    def time_label(self, text: str) -> int:
        """How far the label and its colon reach before a time; 0 without one."""
        found = self._time_label.match(text)
        return found.end() if found else 0

    def time_start(self, text: str) -> int:
        """Where the time begins in a time line, behind a label or a date."""
        label = self.time_label(text)
        if self.dated_time(text) is None or len(plain(text)) != len(text):
            return label
        found = (m for m in self._time.finditer(plain(text)) if shows_time(m))
        return next((m.start() for m in found), label)

    def is_list_lead(self, text: str) -> bool:
        """Whether a line is nothing but what introduces a list (`Participants:`)."""
        return len(text) <= MAX_LABEL and _letters(text) in self._leads

    def title_label(self, text: str) -> int:
        """How far the label reaches with which a line says that it is a title; 0 without one."""
        found = self._title_label.match(text) if len(text) <= 3 * MAX_LABEL else None
        return found.end() if found else 0

    def is_beside(self, text: str) -> bool:
        """Whether a line says with a label what an event has beside its title (`Venue: …`)."""
        return self._beside_label.match(plain(text[:MAX_LABEL])) is not None

    def page_zone(self, text: str) -> str | None:
        """The zone in which a line says that all times of the page are, or None.

        The head of a column may say so (`Time (CET)`).
        """
        folded = plain(text)
        zone = self._zone.search(folded)
        if zone is None:
            return None
        rest = _letters(folded[: zone.start()] + folded[zone.end() :])
        said = self._page_zone.search(folded) or rest in self._time_heads
        return self._zone_name(zone[0]) if said else None

    def months(self, text: str) -> dict[int, int]:
        """The months that a title of the page names, with their year (`May and June 2024`)."""
        folded = plain(text)
        years = re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", folded)
        if len(text) > _LONGEST_TITLE or len(years) != 1:
            return {}
        named = {int(m) for m in re.findall(r"(?<!\d)(\d{1,2})\s*月", folded) if 1 <= int(m) <= 12}
        words = re.findall(r"[a-z]+", folded.casefold())
        named |= {self._months[word] for word in words if word in self._months}
        return dict.fromkeys(named, int(years[0]))

    def dates_in(self, text: str) -> tuple[PrintedDate, ...]:
        """The dates anywhere in a text, in order."""
        folded = plain(text)
        found = (self._printed(m) for p in self._dates for m in p.finditer(folded))
        return tuple(sorted((d for d in found if d), key=lambda d: d.at))

    def times_in(self, text: str) -> tuple[Clock, ...]:
        """The times and ranges anywhere in a text, in order, each with the zone beside it."""
        found = self._time.finditer(plain(text))
        return tuple(self._clock(m) for m in found if shows_time(m))

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
        start, end = minutes_of(
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


def _halves(text: str) -> list[str]:
    """A text that says one thing in two languages, divided at the stroke between; else whole."""
    return _STROKE.split(text.strip())


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
