"""How calendar pages print times of a day, the zones of times, and what says that there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any, Self, get_args

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_csv
from pipeline.knowledge.clocks import Clock, Half, minutes_of, shows_time, time_pattern
from pipeline.knowledge.printed_dates import MAX_LABEL, SIGNS, Dates, end_of
from pipeline.knowledge.wordings import any_of, letters
from pipeline.knowledge.zones import zone
from pipeline.textforms import plain

_OFFSET = r"(?:UTC|GMT)\s*[+−-]\s*\d{1,2}(?::?00)?(?!\d)"
_MARGIN = re.compile(r"[\s,;/|()\[\]:.&+~〜–—-]*")
_SIGNS_BEFORE = re.compile(f"^{SIGNS}+")
# A range of times with points: from two of them on, a number like one of theirs is a time.
_POINTED = re.compile(r"(?<![\d.])\d{1,2}\.\d\d\s*[-–—]\s*\d{1,2}\.\d\d(?![\d.])")
_POINTED_TIME = re.compile(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])")
_SEVERAL = 2
_NAMED_ZONE = re.compile(
    r"(?<![\w.'-])[A-Z][\w.'-]{0,30}(?:\s(?:and|[A-Z][\w.'-]{0,30})){0,5}\sTime(?!\w)"
    r"|[\u4e00-\u9fff]{2,12}时间"
)
_APART = re.compile(r"\s*[\s:|]")
_SPACE = re.compile(r"\s*")


class DayTimes:
    """The words of `times`, `halves` and `zones` in calendar.toml. Immutable after construction."""

    def __init__(self, data: dict[str, Any], dates: Dates) -> None:
        _check(data)
        self.dates = dates
        self.pointed = False  # whether 19.00 is a time on the page
        self.home_zones: tuple[str, ...] = tuple(data["home"]["zones"])
        self._halves: dict[str, Half] = {w.casefold(): h for w, h in data["halves"].items()}
        self._zones: dict[str, str] = {
            "".join(w.split()).casefold(): z
            for w, z in (*load_csv("zone_names.csv", ("name", "zone")), *data["zones"].items())
        }
        times = data["times"]
        self._without_time = frozenset(map(letters, times["without_time"]))
        self._no_time = re.compile(any_of(times["without_time"]))
        self.separator = re.compile(any_of(times["separators"]))
        self._zone = re.compile(f"{_OFFSET}|{any_of(data['zones'])}")
        self._bracketed_zone = re.compile(rf"\s*[(（]\s*(?:{self._zone.pattern})\s*[)）]\s*$")
        half = any_of(data["halves"])
        self._like_a_time = re.compile(
            rf"\d\s?(?:[:.点點时時시]|(?:h|Uhr)(?![a-z]))|\d\s?{half}|{half}\s?\d", re.IGNORECASE
        )
        noon = any_of(times["noon"])
        self._time = time_pattern(half, self.separator.pattern, self._zone.pattern, noon)
        self._end_label = re.compile(rf"{SIGNS}*{any_of(times['ends'])}\s*[:：]\s*(?=\S)")
        self._heads = frozenset(map(letters, times["labels"])) | {"time", "times"}
        self._beside = re.compile(
            any_of([*times["labels"], *times["fillers"], *data["badges"]["words"]])
        )
        self._label = re.compile(
            rf"{SIGNS}*{any_of(times['labels'])}(?:\s*[:：]\s*|\t\s*|\s{{2,}})(?=\S)", re.IGNORECASE
        )
        self._page_zone = re.compile(any_of(data["page_zone"]["cues"]))

    def of_page(self, texts: Sequence[str], dates: Dates) -> Self:
        """The same words, with a point between hours and minutes where a page writes ranges so."""
        pointed = sum(_POINTED.search(text) is not None for text in texts) >= _SEVERAL
        if dates is self.dates and not pointed:
            return self
        own = copy(self)
        own.dates, own.pointed = dates, pointed
        return own

    # ------------------------------------------------------------ lines

    def is_time(self, text: str) -> bool:
        """Whether a line is the time of an event: one or several times, or `All day`."""
        if len(text) > MAX_LABEL:
            return False
        if self.gives_no_time(text):
            return True
        folded = self._with_colons(_SIGNS_BEFORE.sub("", plain(with_colon(text))))
        if not self._like_a_time.search(folded):
            return False
        found = [m for m in self._time.finditer(folded) if shows_time(m)]
        if not found:
            return False
        for match in reversed(found):
            folded = folded[: match.start()] + folded[match.end() :]
        rest = self._beside.sub("", self._zone.sub("", folded))
        return bool(_MARGIN.fullmatch(rest))

    def gives_no_time(self, text: str) -> bool:
        """Whether a time line says on purpose that there is no time (`All day`, `待定`)."""
        return letters(text[self.label(text) :]) in self._without_time

    def label(self, text: str) -> int:
        """How far the label and its colon reach before a time; 0 without one."""
        found = self._label.match(with_colon(text))
        return found.end() if found else 0

    def end_label(self, text: str) -> int:
        """How far the label reaches with which a line says when an event ends; 0 without one."""
        found = self._end_label.match(text) if len(text) <= MAX_LABEL else None
        return found.end() if found else 0

    def zone_of_page(self, text: str) -> str | None:
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
        said = (cue and cue.start() <= zone.start()) or rest in self._heads
        said = (said or self._behind_days(folded, zone)) and not self.clocks_in(around)
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

    def mentions_no_time(self, folded: str) -> bool:
        """Whether words for no time (`all day`) stand anywhere in a folded text."""
        return self._no_time.search(folded) is not None

    def without_zone(self, text: str) -> str:
        """A text without a zone in brackets at its end."""
        return self._bracketed_zone.sub("", text)

    # ------------------------------------------------------------ values in a text

    def ends_at(self, folded: str, start: int) -> int | None:
        """Where the time ends that stands at a place of a folded text, or None."""
        time = self._time.match(self._with_colons(folded), start)
        if time is None or not shows_time(time):
            return None
        filler = self._beside.match(folded, end_of(_SPACE, folded, time.end()))
        return filler.end() if filler else time.end()

    def no_time_ends_at(self, folded: str, start: int) -> int | None:
        """Where the words end that stand for a time at a place of a text (`All day`), or None."""
        found = self._no_time.match(folded, start)
        return found.end() if found and _APART.match(folded, found.end()) else None

    def spans(self, folded: str) -> tuple[tuple[int, int], ...]:
        """Where the times anywhere in a folded text stand."""
        found = self._time.finditer(self._with_colons(folded))
        return tuple(m.span() for m in found if shows_time(m))

    def clocks_in(self, text: str) -> tuple[Clock, ...]:
        """The times and ranges anywhere in a text, in order, each with the zone beside it."""
        found = self._time.finditer(self._with_colons(self.dates.blanked(plain(text))))
        return tuple(self._clock(m) for m in found if shows_time(m))

    # ------------------------------------------------------------ parts

    def _with_colons(self, folded: str) -> str:
        return _POINTED_TIME.sub(r"\1:\2", folded) if self.pointed else folded

    def _clock(self, match: re.Match[str]) -> Clock:
        start, end = minutes_of(
            *(
                self._hand(match, p) if match[f"{p}_hour"] or match[f"{p}_noon"] else None
                for p in ("start", "end")
            )
        )
        words = (match["before"], match["between"], match["after"])
        zone = next((self._zone_name(w) for w in words if w), None)
        return Clock(start, end, zone, match.start())

    def _hand(self, match: re.Match[str], part: str) -> tuple[int, int, Half | None]:
        if match[f"{part}_noon"]:
            return 12, 0, "pm"
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


def with_colon(text: str) -> str:
    """A text with a colon for the stroke that posts set behind a label (时间丨11月5日)."""
    return text.replace("丨", ":") if "丨" in text else text


def _check(data: dict[str, Any]) -> None:
    """Raise KnowledgeError where calendar.toml names a zone or a half of the day that is none."""
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
