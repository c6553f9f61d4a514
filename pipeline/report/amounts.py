"""Numbers, and numbers with their units, as people read them.

The tables have digits and the codes of units; `units.toml` says what these are called.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from markupsafe import Markup

from pipeline.report import pieces
from pipeline.report.resources import text_of
from pipeline.textforms import number_text

NONE = "–"
SIGNS = {"=": "", "~": "~ ", ">=": "≥ ", "<=": "≤ "}
_MAGNITUDES = (("亿", 8), ("万", 4))
_DECIMALS = 2  # of a number of 万 or 亿; one that needs more stays in digits


class Unit(NamedTuple):
    """What stands behind a number, behind the number 1, and at the head of a list."""

    en: str
    one: str
    zh: str
    head_en: str
    head_zh: str


def number(value: float | None) -> str:
    """A number as it is read: thousands apart, no more decimals than it has."""
    if value is None:
        return NONE
    return parted(exact(value)) if isfinite(value) else exact(value)


def parted(digits: str) -> str:
    """A number in digits, its thousands apart."""
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole != "-0" else digits


def exact(value: float | None) -> str:
    """A number as `corrections.csv` takes it: digits and a point; empty where there is none."""
    if value is None:
        return ""
    return number_text(value) if isfinite(value) else str(value)


def chinese_number(value: float | None) -> str:
    """A number as it is read in Chinese: by 万 and 亿 where that is as exact and as short.

    >>> chinese_number(246_000_000_000), chinese_number(30_000), chinese_number(15_534)
    ('2,460 亿', '3 万', '15,534')
    """
    if value is not None and isfinite(value):
        whole = Decimal(exact(value))
        for sign, power in _MAGNITUDES:
            part = f"{whole.scaleb(-power).normalize():f}"
            if abs(Decimal(part)) >= 1 and len(part.partition(".")[2]) <= _DECIMALS:
                return f"{parted(part)} {sign}"
    return number(value)


def amount(row: Any) -> Markup:
    """The value of a quantity with its sign and its unit, in both languages.

    `row` is one of `quantities` or has the attributes of one; a count, a rank and a fraction
    have no unit to name.
    """
    value, most, code, comparator = (
        (row[n] if isinstance(row, Mapping) else getattr(row, n))
        for n in ("value", "value_max", "unit", "comparator")
    )
    unit = _units().get(code or "", Unit(*[f" {code}" if code else ""] * 5))
    values = [value] if most is None else [value, most]
    behind = unit.one if values == [1] else unit.en
    english = SIGNS[comparator] + f" {NONE} ".join(map(number, values)) + behind
    chinese = SIGNS[comparator] + f" {NONE} ".join(map(chinese_number, values))
    # No space stands between 万 or 亿 and the unit.
    chinese += unit.zh.lstrip() if chinese.endswith(tuple(s for s, _ in _MAGNITUDES)) else unit.zh
    return Markup.escape(english) if english == chinese else pieces.both(english, chinese)


def unit_name(code: str | None) -> Markup | None:
    """A unit at the head of a list, in both languages; None for one that has no name."""
    if code is None or code == "1":
        return None
    unit = _units().get(code)
    return pieces.both(unit.head_en, unit.head_zh) if unit else Markup.escape(code)


@cache
def _units() -> dict[str, Unit]:
    data = tomllib.loads(text_of("units.toml"))
    made = {"1": Unit("", "", "", "", "")}
    for code, said in data["unit"].items():
        en, zh = said["en"], said["zh"]
        one = said.get("one", en)
        close = "" if said.get("close") else " "
        made[code] = Unit(close + en, close + one, close + zh, en, zh)
    for code, said in data["currency"].items():
        zh, counted = said["zh"], said.get("counted")
        head = f"{zh}（{counted}）" if counted else zh
        behind = f" {counted or zh}"
        made[code] = Unit(f" {code}", f" {code}", behind, f"{code} ({said['en']})", head)
    return made
