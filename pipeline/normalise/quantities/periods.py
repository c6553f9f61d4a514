"""Time expressions → ISO 8601 periods."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.knowledge.measures import Times

_PLAN_NUMBERS = {n: i for i, n in enumerate("一二三四五六七八九十", start=1)}
_FIRST_PLAN = 1953  # the plans have run for five years each since then, but for 1963 to 1965
_PLANS_FROM = 1966
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_QUOTES = "“”\"' "
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Time(NamedTuple):
    """A time expression in a text. `period` is None for one that names no period.

    `since` is one from which something goes on, to no end that is told.
    """

    start: int
    end: int
    period: str | None
    reference: bool = False
    event: bool = False
    since: bool = False


def find_times(folded: str, times: Times) -> list[Time]:
    """All time expressions of a folded text, in order, none inside another."""
    found: list[Time] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    for time in times.patterns:
        for match in time.pattern.finditer(folded):
            if match.end() > match.start() and free(match.start(), match.end()):
                period = _period(match, cumulative=time.cumulative)
                if period is None:
                    continue
                taken.append(match.span())
                found.append(_placed(match, period, folded, times))
    for match in times.vague.finditer(folded):
        if free(match.start(), match.end()):
            taken.append(match.span())
            found.append(Time(match.start(), match.end(), None))
    return sorted(found)


def _placed(match: re.Match[str], period: str, folded: str, times: Times) -> Time:
    start, end = match.span()
    before = folded[:start].rstrip(_QUOTES)
    after = end + len(folded[end:]) - len(folded[end:].lstrip(_QUOTES))
    reference = bool(
        times.reference_before.before(before, len(before))
        or times.reference_after.at(folded, after)
    )
    event = bool(times.event_before.before(before, len(before)))
    since = times.since.search(folded[start:end]) or times.onwards.match(folded, start)
    return Time(start, end, period, reference, event, bool(since))


def _period(match: re.Match[str], *, cumulative: bool) -> str | None:
    """The ISO 8601 period of a match: a year, month, day, or two of them with a slash."""
    part = match.groupdict()
    if part.get("p"):
        years = _plan(part["p"])
        return years[-4:] if years and part.get("last") else years
    year = part.get("y") or _chinese_year(part.get("yz"))
    if not year:
        return None
    if part.get("mn"):
        return f"{year}-{MONTHS[part['mn']]:02d}"
    if part.get("m2"):
        return f"{year}-{int(part['m']):02d}/{year}-{int(part['m2']):02d}"
    if part.get("d"):
        return f"{year}-{int(part['m']):02d}-{int(part['d']):02d}"
    if part.get("m"):
        return f"{year}-{int(part['m']):02d}"
    if part.get("q"):
        quarter = _QUARTERS.get(part["q"]) or int(part["q"])
        first = 1 if cumulative else 3 * quarter - 2
        return f"{year}-{first:02d}/{year}-{3 * quarter:02d}"
    if part.get("qe"):
        quarter = 1 + ["first", "second", "third", "fourth"].index(part["qe"])
        return f"{year}-{3 * quarter - 2:02d}/{year}-{3 * quarter:02d}"
    if half := part.get("h") or part.get("he"):
        return f"{year}-01/{year}-06" if half in ("上", "first") else f"{year}-07/{year}-12"
    return f"{year}/{part['y2']}" if part.get("y2") else year


def _chinese_year(digits: str | None) -> str | None:
    """A year in Chinese digits (二〇二一) in Arabic ones."""
    if not digits:
        return None
    return "".join(
        str("〇一二三四五六七八九".index(c.replace("零", "〇").replace("○", "〇"))) for c in digits
    )


def _plan(numeral: str) -> str | None:
    """The years of a Five-Year Plan of China: 十三 (the 13th) is 2016/2020."""
    number = 10 + _PLAN_NUMBERS[numeral[1]] if len(numeral) == 2 else _PLAN_NUMBERS[numeral]
    first = _FIRST_PLAN + 5 * (number - 1) if number < 3 else _PLANS_FROM + 5 * (number - 3)
    return f"{first}/{first + 4}"


class Scope(NamedTuple):
    """The clause and the sentence in which a value stands, as offsets."""

    clause_start: int
    clause_end: int
    sentence_start: int
