"""What clocks show: how times of a day are printed, and which minutes of it they mean."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Half = Literal["am", "pm", "noon", "night"]
Hand = tuple[int, int, Half | None]

_MIDNIGHT, _EVENING = 24 * 60, 18 * 60  # in minutes


class Clock(NamedTuple):
    """A time or a range as printed, in minutes after the midnight that begins its day.

    `end` passes 1440 where a range runs into the next day, and is None for a single time;
    `start` is None where the printed time cannot be. `at` is as for PrintedDate.
    """

    start: int | None
    end: int | None
    zone: str | None
    at: int


def time_pattern(half: str, separator: str, zone: str, noon: str) -> re.Pattern[str]:
    """`[zone] [half] hour[:minute] [half] [zone] [- the same] [zone]`.

    A word for `noon` may stand for an hour.
    A zone that stands before another time belongs to that one: `9:00-11:00, Beijing 15:00`.
    """

    def hand(part: str) -> str:
        minutes = rf"[:.](?P<{part}_minute>\d\d)(?::\d\d)?(?!\d)"
        past = rf"(?P<{part}_past>\d{{1,2}})(?!\d)分?|(?P<{part}_thirty>半)"
        hours = rf"\s?(?P<{part}_point>[点點时時시]|(?:h|Uhr)(?![a-z]))(?:{past})?"
        clock = (
            rf"(?:(?P<{part}_half>{half})\s?)?(?<!\d)(?<!\d[.,:])(?P<{part}_hour>\d{{1,2}})(?!\d)"
            rf"(?:{minutes}(?:\s?(?P<{part}_said>Uhr|uur)(?![a-z]))?|{hours})?(?:\s?(?P<{part}_half_after>{half}))?"
        )
        return rf"(?:{clock}|(?P<{part}_noon>{noon}))"

    other_time = rf"(?!\s?:?\s?(?:{half}\s?)?\d{{1,2}}\s?[:.点點时時h‐–—-])"
    return re.compile(
        rf"(?:(?P<before>{zone})[\s:,()]*)?{hand('start')}"
        rf"(?:(?:\s?(?P<between>{zone}))?\s?{separator}\s?{hand('end')})?"
        rf"(?:\s?[(\[]?\s?(?P<after>{zone}){other_time})?"
    )


def shows_time(match: re.Match[str]) -> bool:
    """Whether numbers are hours: by a colon, 点, or a half of the day (`3-5` alone is none).

    A point between hours and minutes counts in a range alone, or before Uhr, for `9.30` may be any
    number.
    """
    parts = ("start", "end") if match["end_hour"] or match["end_noon"] else ("start",)
    if len(parts) == 1 and match["start_noon"]:
        return False  # the word alone may be any
    marks = ("point", "said", "half", "half_after", "noon")
    if any(match[f"{p}_{m}"] for p in parts for m in marks):
        return True
    minutes = [match[f"{p}_minute"] for p in parts]
    return any(minutes) and (len(parts) == 2 or ":" in match[0])


def minutes_of(start: Hand | None, end: Hand | None) -> tuple[int | None, int | None]:
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
