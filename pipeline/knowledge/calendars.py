"""How calendar pages write dates, days without events, times, zones and the leads of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any, Literal, Self, get_args

from pipeline import textforms
from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_csv, load_toml, made_of
from pipeline.knowledge.clocks import Clock, Half, minutes_of, shows_time, time_pattern
from pipeline.knowledge.layouts import Layouts, layouts
from pipeline.knowledge.printed_dates import (
    SIGNS,
    Dates,
    PrintedDate,
    as_typed,
    end_of,
    names_of,
)
from pipeline.knowledge.wordings import any_of, letters
from pipeline.knowledge.zones import zone
from pipeline.textforms import plain

ListKind = Literal["objectives", "participants", "other"]

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
BULLETS = textforms.BULLETS + r"*–—\-"
_OFFSET = r"(?:UTC|GMT)\s*[+−-]\s*\d{1,2}(?::?00)?(?!\d)"
_MARGIN = re.compile(r"[\s,;/|()\[\]:.&+~〜–—-]*")
_SIGNS_BEFORE = re.compile(f"^{SIGNS}+")
# A range of times with points: from two of them on, a number like one of theirs is a time.
_POINTED = re.compile(r"(?<![\d.])\d{1,2}\.\d\d\s*[-–—]\s*\d{1,2}\.\d\d(?![\d.])")
_POINTED_TIME = re.compile(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])")
_SEVERAL = 2
# A gap between a label and what it says: `Date   15 March`.
_CELL_GAP = re.compile(r"(?<=[^\W\d_])(?<!:)(?:\t\s*|\s{2,})(?=\S)")
_NAMED_ZONE = re.compile(
    r"(?<![\w.'-])[A-Z][\w.'-]{0,30}(?:\s(?:and|[A-Z][\w.'-]{0,30})){0,5}\sTime(?!\w)"
    r"|[\u4e00-\u9fff]{2,12}时间"
)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SPACE = re.compile(r"\s*")
_TAG = re.compile(r"[\u4e00-\u9fff]{2,6}\s*[|｜/／]\s*[A-Z][A-Z ]{2,24}")
_STROKE = re.compile(r"\s+[/|｜·]\s+|\s*／\s*")
_CELLS = re.compile(r"\s{2,}|\t|\s*[|｜]\s*")
_LIKE_A_TIME = re.compile(r"\d[:：]\d\d|\d\s?[点點时時hH]|\d\s?(?i:[ap]\.?m)")
_LONGEST_TITLE = 60  # characters
_LAST_NUMBER = re.compile(r"[一二三四五六七八九十]+$")
MAX_LABEL = 100  # characters of a line that is nothing but a date, a time or a label


class Calendars:
    """The words of a calendar page, ready for matching. Immutable after construction."""

    def __init__(self, data: dict[str, Any], pages: Layouts) -> None:
        self.pages = pages
        self.home_zones: tuple[str, ...] = tuple(data["home"]["zones"])
        self.dates = Dates(
            {**names_of("month"), **data["months"]},
            {**names_of("weekday"), **data["weekdays"]},
            data["weekday_signs"],
        )
        self.pointed = False  # whether 19.00 is a time on the page
        self._halves: dict[str, Half] = {w.casefold(): h for w, h in data["halves"].items()}
        self._zones: dict[str, str] = {
            "".join(w.split()).casefold(): z
            for w, z in (*load_csv("zone_names.csv", ("name", "zone")), *data["zones"].items())
        }
        _check(data)
        self._status = frozenset(map(letters, data["status"]["words"]))
        self._quiet = frozenset(map(letters, data["quiet"]["phrases"]))
        self._frame = frozenset(map(letters, data["frame"]["labels"]))
        self._numbered = frozenset(map(letters, data["frame"]["numbered"]))
        self._without_time = frozenset(map(letters, data["times"]["without_time"]))
        self._no_time = re.compile(any_of(data["times"]["without_time"]))
        self.separator = re.compile(any_of(data["times"]["separators"]))
        self._zone = re.compile(f"{_OFFSET}|{any_of(data['zones'])}")
        self._bracketed_zone = re.compile(rf"\s*[(（]\s*(?:{self._zone.pattern})\s*[)）]\s*$")
        half = any_of(data["halves"])
        self._like_a_time = re.compile(
            rf"\d\s?(?:[:.点點时時시]|(?:h|Uhr)(?![a-z]))|\d\s?{half}|{half}\s?\d", re.IGNORECASE
        )
        self._time = time_pattern(half, self.separator.pattern, self._zone.pattern)
        times = data["times"]
        self._end_label = re.compile(rf"{SIGNS}*{any_of(times['ends'])}\s*[:：]\s*(?=\S)")
        self._time_heads = frozenset(map(letters, times["labels"])) | {"time", "times"}
        self._beside_time = re.compile(
            any_of([*times["labels"], *times["fillers"], *data["badges"]["words"]])
        )
        lists = data["lists"]
        self._before: dict[ListKind, re.Pattern[str]] = {
            kind: re.compile(any_of(words)) for kind, words in lists["before"].items()
        }
        self._leads = frozenset(letters(w) for words in lists["before"].values() for w in words)
        self._time_label = re.compile(
            rf"{SIGNS}*{any_of(times['labels'])}(?:\s*[:：]\s*|\t\s*|\s{{2,}})(?=\S)", re.IGNORECASE
        )
        self._done = re.compile(any_of(lists["items"]["objectives"]))
        self._people = re.compile(any_of(lists["items"]["participants"]))
        self._date_label = re.compile(rf"{SIGNS}*{any_of(data['dates']['labels'])}\s*:\s*")
        self._title_heads = frozenset(map(letters, data["titles"]["labels"]))
        self._date_heads = frozenset(map(letters, data["dates"]["labels"]))
        self._badge = re.compile(rf"{SIGNS}*{any_of(data['badges']['words'])}\s+")
        self._title_label = re.compile(
            rf"\s*{any_of(data['titles']['labels'])}\s*[:：]\s*(?=\S)", re.IGNORECASE
        )
        self._beside_label = re.compile(
            rf"{SIGNS}*{any_of(data['beside']['labels'])}\s*[:：]", re.IGNORECASE
        )
        self._page_zone = re.compile(any_of(data["page_zone"]["cues"]))

    def of_page(self, texts: Sequence[str]) -> Self:
        """The same words, with dates and times read as a page writes them.

        It shows the order of day and month, and whether a point stands between hours and minutes.
        """
        dates = self.dates.as_on_page(texts)
        pointed = sum(_POINTED.search(text) is not None for text in texts) >= _SEVERAL
        if dates is self.dates and not pointed:
            return self
        own = copy(self)
        own.dates, own.pointed = dates, pointed
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
            text = self._bracketed_zone.sub("", text)
        said = [self.dates.whole(plain(t)) for t in _halves(text) if not self.is_weekday(t)]
        first = said[0] if said else None
        if first is None or any(d is None or d[1:3] != first[1:3] for d in said):
            return None
        return next((d for d in said if d and d.year is not None), first)

    def labelled_days(self, text: str) -> str:
        """What stands behind the label of a day or a time (`日期：6月2日`), else an empty text."""
        folded = plain(_CELL_GAP.sub(": ", _with_colon(text.strip())))
        folded = folded if len(text) <= MAX_LABEL else ""
        label = self._date_label.match(folded) or self._time_label.match(folded)
        return folded[label.end() :] if label else ""

    def dated_time(self, text: str) -> PrintedDate | None:
        """The date of a line that is a date and then a time (`June 3 @ 10:00 - 11:30`), or None.

        The time may end on another day, whose date it has.
        """
        folded = plain(_with_colon(text)) if len(text) <= MAX_LABEL else ""
        if not (_LIKE_A_TIME.search(folded) or self._no_time.search(folded)):
            return None
        folded = self.dates.without_weekday_sign(folded)
        labels = (self._date_label, self._time_label, self._badge)
        label = next((m for p in labels if (m := p.match(folded)) and m.end()), None)
        start = label.end() if label else 0
        at = self.dates.after_weekday(folded, start)
        found = self.dates.at(folded, at) or self.dates.at(folded, start)
        if found is None:
            return None
        printed, end = found
        rest = self.dates.without(folded[end:]).replace("@", " ")
        rest = re.sub(r"(?<![A-Za-z])at(?![A-Za-z])", " ", rest).strip()
        return printed if rest and self.is_time(rest) else None

    def is_time(self, text: str) -> bool:
        """Whether a line is the time of an event: one or several times, or `All day`."""
        if len(text) > MAX_LABEL:
            return False
        if self.gives_no_time(text):
            return True
        folded = self._with_colons(_SIGNS_BEFORE.sub("", plain(_with_colon(text))))
        if not self._like_a_time.search(folded):
            return False
        found = [m for m in self._time.finditer(folded) if shows_time(m)]
        if not found:
            return False
        for match in reversed(found):
            folded = folded[: match.start()] + folded[match.end() :]
        rest = self._beside_time.sub("", self._zone.sub("", folded))
        return bool(_MARGIN.fullmatch(rest))

    def _with_colons(self, folded: str) -> str:
        return _POINTED_TIME.sub(r"\1:\2", folded) if self.pointed else folded

    def time_at(self, folded: str, start: int) -> int | None:
        """Where the time ends that stands at a place of a folded text, or None."""
        time = self._time.match(self._with_colons(folded), start)
        if time is None or not shows_time(time):
            return None
        filler = self._beside_time.match(folded, end_of(_SPACE, folded, time.end()))
        return filler.end() if filler else time.end()

    def time_spans(self, folded: str) -> tuple[tuple[int, int], ...]:
        """Where the times anywhere in a folded text stand."""
        found = self._time.finditer(self._with_colons(folded))
        return tuple(m.span() for m in found if shows_time(m))

    def may_be_title(self, text: str) -> bool:
        """Whether a text has letters and says not when something is: a cell may be a title."""
        return sum(map(str.isalpha, text)) > 1 and not (
            self.is_time(text)
            or self.date(text)
            or self.is_weekday(text)
            or self.is_frame(text)
            or self.is_quiet(text)
        )

    # ------------------------------------------------------------ values in a text

    def gives_no_time(self, text: str) -> bool:
        """Whether a time line says on purpose that there is no time (`All day`, `待定`)."""
        return letters(text[self.time_label(text) :]) in self._without_time

    def time_label(self, text: str) -> int:
        """How far the label and its colon reach before a time; 0 without one."""
        found = self._time_label.match(_with_colon(text))
        return found.end() if found else 0

    def end_label(self, text: str) -> int:
        """How far the label reaches with which a line says when an event ends; 0 without one."""
        found = self._end_label.match(text) if len(text) <= MAX_LABEL else None
        return found.end() if found else 0

    def time_start(self, text: str) -> int:
        """Where the time begins in a time line, behind a label or a date, or a sign."""
        signs = self._date_label.match(text) or _SIGNS_BEFORE.match(text)
        label = self.time_label(text) or (signs.end() if signs else 0)
        if self.dated_time(text) is None:
            return label
        folded = self.dates.blanked(as_typed(text))
        return next((start for start, _ in self.time_spans(folded)), label)

    def is_list_lead(self, text: str) -> bool:
        """Whether a line is nothing but what introduces a list (`Participants:`)."""
        return len(text) <= MAX_LABEL and letters(text) in self._leads

    def title_label(self, text: str) -> int:
        """How far the label reaches with which a line says that it is a title; 0 without one."""
        found = self._title_label.match(_with_colon(text)) if len(text) <= 3 * MAX_LABEL else None
        return found.end() if found else 0

    def is_title_head(self, text: str) -> bool:
        """Whether a text is the head of a column of titles."""
        return len(text) <= MAX_LABEL and letters(text) in self._title_heads

    def is_date_head(self, text: str) -> bool:
        """Whether a text is the head of a column of dates."""
        return len(text) <= MAX_LABEL and letters(text) in self._date_heads

    def is_beside(self, text: str) -> bool:
        """Whether a line says with a label what an event has beside its title (`Venue: …`)."""
        return self._beside_label.match(plain(_with_colon(text[:MAX_LABEL]))) is not None

    def is_status(self, text: str) -> bool:
        """Whether a line only says how matters stand with an event (`*** CANCELLED ***`).

        So does what tags it in two languages (`讲座 | LECTURE`).
        """
        if len(text) > MAX_LABEL:
            return False
        if _TAG.fullmatch(text.strip()):
            return True
        return letters(text) in self._status or letters(_IN_BRACKETS.sub("", text)) in self._status

    def page_zone(self, text: str) -> str | None:
        """The zone in which a line says that all times of the page are, or None.

        The head of a column may say so (`Time (CET)`), or brackets behind the days of the page.
        """
        folded = plain(text)
        zone = self._zone.search(folded) or self._named_zone(folded)
        if zone is None:
            return None
        around = f"{folded[: zone.start()]} {folded[zone.end() :]}"
        rest = letters(around)
        cue = self._page_zone.search(folded)
        said = (cue and cue.start() <= zone.start()) or rest in self._time_heads
        said = (said or self._behind_days(folded, zone)) and not self.times_in(around)
        return self._zone_name(zone[0]) if said else None

    def _named_zone(self, folded: str) -> re.Match[str] | None:
        """Where a name of a zone stands that CLDR knows (`Colombia Standard Time`)."""
        found = (m for m in _NAMED_ZONE.finditer(folded))
        return next((m for m in found if "".join(m[0].split()).casefold() in self._zones), None)

    def _behind_days(self, folded: str, zone: re.Match[str]) -> bool:
        """Whether a zone stands in brackets at the end of a line with several dates."""
        before, behind = folded[: zone.start()], folded[zone.end() :]
        inside = before.endswith("(") and behind.find(")") == len(behind) - 1
        return inside and len([*self.dates.inside(before)]) > 1

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

    def times_in(self, text: str) -> tuple[Clock, ...]:
        """The times and ranges anywhere in a text, in order, each with the zone beside it."""
        found = self._time.finditer(self._with_colons(self.dates.blanked(plain(text))))
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
        if known := self._zones.get("".join(word.split()).casefold()):
            return known
        offset = re.search(r"([+−-])\s*(\d{1,2})", word)
        if not offset:
            return None
        hours = int(offset[2])
        east = offset[1] == "+"
        if hours > (14 if east else 12):
            return None
        # IANA counts Etc zones westward: UTC+8 is Etc/GMT-8.
        return f"Etc/GMT{'-' if east else '+'}{hours}" if hours else "UTC"


def _with_colon(text: str) -> str:
    """A text with a colon for the stroke that posts set behind a label (时间丨11月5日)."""
    return text.replace("丨", ":") if "丨" in text else text


def _halves(text: str) -> list[str]:
    """A text that says one thing in two languages, divided at the stroke between; else whole."""
    return _STROKE.split(text.strip())


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
@made_of("calendar.toml", "calendar_names.csv", "zone_names.csv")
def calendars() -> Calendars:
    """The project's calendar words, read once."""
    return Calendars(load_toml("calendar.toml"), layouts())
