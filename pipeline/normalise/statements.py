"""Population and area as the prose states them, to be held against the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.knowledge.units import Units
from pipeline.normalise.numbers import header_readings
from pipeline.textforms import plain_form

Figure = Literal["population", "area_km2"]

# Words that may stand between the place and what is measured without narrowing it down:
# 全市总面积 is the city's area, 建成区面积 is not.
_WHOLE = (
    "行政区域",
    "土地",
    "国土",
    "全市",
    "全域",
    "全区",
    "全境",
    "辖区",
    "常住",
    "户籍",
    "市域",
    "现有",
    "总",
    "市",
    "的",
    "其",
)
_ABOUT_ZH = r"(?P<about>约|近|超过|超|突破|逾)?"
_ABOUT_EN = r"(?P<about>about |around |over |nearly |approximately )?"
_ZH: dict[Figure, re.Pattern[str]] = {
    "population": re.compile(
        rf"人口(?:总数|规模)?(?:为|约为|达到|达|有|共)?{_ABOUT_ZH}(?P<value>\d[\d.,]*\s*(?:万|亿)?)人?"
    ),
    "area_km2": re.compile(
        rf"面积(?:为|约为|达到|达|共)?{_ABOUT_ZH}"
        r"(?P<value>\d[\d.,]*\s*万?\s*(?:平方公里|平方千米|km2|公顷))"
    ),
}
_EN: dict[Figure, re.Pattern[str]] = {
    "population": re.compile(
        rf"\bpopulation of {_ABOUT_EN}(?P<value>\d[\d.,]*(?: million| thousand)?)", re.IGNORECASE
    ),
    "area_km2": re.compile(
        rf"\barea of {_ABOUT_EN}"
        r"(?P<value>\d[\d.,]* ?(?:km2|square kilometres|square kilometers|hectares))",
        re.IGNORECASE,
    ),
}
_CLAUSE_START = re.compile(r"[，。；！？：、\n,;!?]|\.\s")


class Statement(NamedTuple):
    """A value in the prose: its text, its value, the step of its last printed digit."""

    field: Figure
    text: str
    value: Decimal
    step: Decimal
    about: bool


def statements(text: str, names: tuple[str, ...], units: Units) -> Iterator[Statement]:
    """What a paragraph says of the population and area of the place as a whole.

    `names` are the place's names; a value counts only where its clause speaks of the place.
    """
    folded = plain_form(text)
    names = tuple(map(plain_form, names))
    for table, chinese in ((_ZH, True), (_EN, False)):
        for field, pattern in table.items():
            for found in pattern.finditer(folded):
                clause = folded[: found.start()]
                starts = [m.end() for m in _CLAUSE_START.finditer(clause)]
                before = clause[starts[-1] if starts else 0 :]
                if not (_is_whole(before, names) if chinese else _names(before, names)):
                    continue
                figures = units.population if field == "population" else units.area
                readings = header_readings(found["value"], figures, units).values
                if len(readings) == 1:
                    value = readings[0]
                    yield Statement(
                        field,
                        found.group(),
                        value,
                        _step(found["value"], value),
                        bool(found["about"]),
                    )


def _is_whole(before: str, names: tuple[str, ...]) -> bool:
    rest = before.strip()
    for word in sorted([*names, *_WHOLE], key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest


def _names(before: str, names: tuple[str, ...]) -> bool:
    folded = before.casefold()
    return any(n.casefold() in folded for n in (*names, "the city", "the region", "the county"))


def _step(printed: str, value: Decimal) -> Decimal:
    """The value of one unit in the last printed digit: 94,225 → 1; 9.4万 → 1,000."""
    digits = re.sub(r"[^\d.]", "", re.match(r"[\d.,]+", printed).group())  # type: ignore[union-attr]
    number = Decimal(digits.strip(".") or "1")
    if not number:
        return Decimal(1)
    exponent = number.as_tuple().exponent
    return abs(value / number) * Decimal(10) ** min(0, int(exponent))


def contradicts(statement: Statement, header: float) -> bool:
    """Whether a header value, rounded as the prose is, differs from what the prose says."""
    printed = Decimal(str(header))
    tolerance = statement.value / 20 if statement.about else statement.step / 2
    return abs(printed - statement.value) > tolerance
