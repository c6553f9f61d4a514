"""Header numbers as printed → values, with every way in which they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import NamedTuple, Protocol

from pipeline.knowledge.figures import Figures

_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
# As India writes them: 10,55,450.
_INDIAN_GROUPS = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")
_OTHER_GROUPS = re.compile(r"\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_GROUPS_AND_DECIMALS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_POINT_AND_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ROUNDED = Decimal("0.01")  # by which a value and its twin in other units may differ
_CONVERTED = Context(prec=12)  # a unit's size is known to some 15 digits; the last are noise
_LARGE = 10_000  # from 万 on, a Chinese magnitude multiplies all that stands before it
# What shows how a text writes its numbers; a measure behind it tells decimals from a list.
_SHOWS_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.' \u00a0\u2009\u202f]\d{3})+,\d+(?![\d,])"
    r"|\d+,\d{1,2}(?![\d,])\s*(?:%|km|ha\b|million|billion|mio|mn\b|bn\b))"
    r"|(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])"
    r"|(?<![\d.,])\d{1,3}(?:[' \u00a0\u2009\u202f]\d{3})+(?![\d,.])"
)
_SHOWS_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])|\d,\d{3}\.\d")


class Numerals(Protocol):
    """Chinese digits and tens with their values."""

    digits: dict[str, int]
    tens: dict[str, int]


class Readings(NamedTuple):
    """The values that a printed line can have, the usual one first; both ends of a range.

    `scaled` says that the line has a magnitude (`2189.3万`), so that decimals make whole numbers.
    """

    values: tuple[Decimal, ...] = ()
    is_range: bool = False
    scaled: bool = False


def digit_readings(printed: str, *, decimal_comma: bool = False) -> tuple[Decimal, ...]:
    """The values that printed digits with separators can have, the usual one first.

    A comma before three digits divides thousands, or decimals as well in a text with a
    `decimal_comma`; before another number of digits it is a decimal comma. One point before
    exactly three digits can be either (`3.654`): two readings. What no convention writes
    (`12,34,5`) has none; India divides hundreds of thousands from thousands (`10,55,450`).

    >>> digit_readings("1,666,530"), digit_readings("39,41"), digit_readings("3.654")
    ((Decimal('1666530'),), (Decimal('39.41'),), (Decimal('3.654'), Decimal('3654')))
    """
    text = re.sub(r"['’\s]", lambda m: " " if m.group().isspace() else "'", printed.strip())
    if _OTHER_GROUPS.fullmatch(text):
        return (Decimal(re.sub(r"[ ']", "", text).replace(",", ".")),)
    if _GROUPS_AND_DECIMALS.fullmatch(text):
        point = max(text.rfind("."), text.rfind(","))
        return (Decimal(f"{re.sub('[.,]', '', text[:point])}.{text[point + 1 :]}"),)
    if _INDIAN_GROUPS.fullmatch(text):
        return (Decimal(text.replace(",", "")),)
    if _COMMA_GROUPS.fullmatch(text):
        whole = Decimal(text.replace(",", ""))
        if decimal_comma and text.count(",") == 1:
            return (Decimal(text.replace(",", ".")), whole)
        return (whole,)
    if _POINT_GROUPS.fullmatch(text):
        return (Decimal(text.replace(".", "")),)
    if not _PLAIN.fullmatch(text):
        return ()
    value = Decimal(text.replace(",", "."))
    if _POINT_AND_THREE.fullmatch(text):
        return (value, Decimal(text.replace(".", "")))
    return (value,)


def chinese_value(text: str, numerals: Numerals) -> Decimal | None:
    """The value of a Chinese numeral (二十五, 一万五千亿, 三点五, 二〇二〇), or None.

    >>> from pipeline.knowledge.measures import grammar
    >>> [str(chinese_value(t, grammar().measures)) for t in ("十一", "一万五千亿", "三点五", "两")]
    ['11', '1500000000000', '3.5', '2']
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    whole, _, decimals = text.partition("点")
    if decimals:
        digits = "".join(str(numerals.digits[c]) for c in decimals if c in numerals.digits)
        base = chinese_value(whole, numerals)
        if base is None or len(digits) != len(decimals):
            return None
        return base + Decimal(f"0.{digits}")
    if len(whole) > 1 and all(c in numerals.digits for c in whole):
        return Decimal("".join(str(numerals.digits[c]) for c in whole))
    return _sections(whole, numerals)


def _sections(text: str, numerals: Numerals) -> Decimal | None:
    """Digits times their tens, section by section up to 万 and 亿."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in numerals.digits:
            digit = numerals.digits[char]
            continue
        size = numerals.tens.get(char)
        if size is None:
            return None
        if size >= _LARGE:
            section += digit or 0
            if total and total < size:
                total = (total + section) * size
            else:
                total += (section or 1) * size
            section = 0
        else:
            section += (1 if digit is None else digit) * size
        digit = None
    return Decimal(total + section + (digit or 0))


def writes_decimal_comma(texts: Iterable[str]) -> bool:
    """Whether texts show a decimal comma, or thousands divided by what is no comma.

    `1,234` may then be 1.234. A text with `1,666,530` or `12,573.8` is not in doubt.
    """
    whole = "\n".join(texts)
    if _SHOWS_COMMA_GROUPS.search(whole):
        return False
    return bool(_SHOWS_DECIMAL_COMMA.search(whole))


def writes_comma_groups(texts: Iterable[str]) -> bool:
    """Whether texts show thousands divided by commas, so that a point is a decimal one."""
    return bool(_SHOWS_COMMA_GROUPS.search("\n".join(texts)))


def header_readings(
    printed: str, figures: Figures, numerals: Numerals, *, decimal_comma: bool = False
) -> Readings:
    """The values that a printed header line can have, in the table's unit.

    A number without label and unit counts as well. A range has its two ends. A value that is
    printed twice (969.7万 / 9.697 million) has the reading that both have, as exactly as either is
    printed, or else those of both. What stands in brackets, as in 79.2万 (792,492人), may be
    another number, such as a year, which says nothing.
    """
    found = figures.match(printed, bare=True)
    if found is None:
        return Readings()
    first = _part(found, "first", figures, numerals, decimal_comma=decimal_comma)
    if found["last"] is None:
        if found["twin"]:
            twin = _part(found, "twin", figures, numerals, decimal_comma=decimal_comma)
            exact = _digits(found["twin"]) > _digits(found["first"])
            pairs = [(v, t) for v in first for t in twin if _same(v, t)]
            beside = () if found["bracket"] else twin
            first = tuple(t if exact else v for v, t in pairs) or (*first, *beside)
        return Readings(tuple(dict.fromkeys(first)), scaled=_is_scaled(found))
    last = _part(found, "last", figures, numerals, decimal_comma=decimal_comma)
    if found["first_size"] is None and found["last_size"]:  # 1.2-1.3 million
        size = figures.magnitudes[found["last_size"]]
        first = tuple(value * size for value in first)
    return Readings((*first, *last), is_range=True, scaled=_is_scaled(found))


def _same(value: Decimal, twin: Decimal) -> bool:
    """Whether two values are one, as far as they are printed."""
    return abs(value - twin) <= _ROUNDED * max(value, twin)


def _digits(printed: str) -> int:
    """How many digits a printed number has, from the first that is no zero."""
    return len("".join(c for c in printed if c.isdigit()).lstrip("0"))


def _is_scaled(found: re.Match[str]) -> bool:
    return any(found[f"{name}_size"] for name in ("first", "last", "label"))


def _part(
    found: re.Match[str], name: str, figures: Figures, numerals: Numerals, *, decimal_comma: bool
) -> tuple[Decimal, ...]:
    """The values of one number of a line with its magnitude and unit."""
    digits, size = found[name], found[f"{name}_size"]
    if digits[0].isdigit():
        # No city has thousands of millions: with such a word behind it, 1,234 may be 1.234.
        printed = size or found["label_size"] or ""
        latin = bool(printed) and printed.isascii()
        values = digit_readings(digits, decimal_comma=decimal_comma or latin)
        if printed and not latin and "." in digits:
            values = values[:1]  # 32.001万: Chinese divides thousands by commas alone
    else:
        value = _han_value(digits, numerals)
        values = () if value is None else (value,)
    factor = Decimal(figures.magnitudes[size] if size else 1)
    if name == "first" and found["second"]:
        rest = Decimal(found["second"].replace(",", ""))
        rest *= figures.magnitudes[found["second_size"]] if found["second_size"] else 1
        if rest >= factor:
            return ()
        values = tuple(value + rest / factor for value in values)
    unit = _unit_of(found, name)
    if unit and (size_of_unit := Decimal(str(figures.units[unit]))) != 1:
        values = tuple(_CONVERTED.multiply(value, size_of_unit) for value in values)
    in_label = figures.magnitudes[found["label_size"]] if found["label_size"] else 1
    if in_label != 1 and not size:
        own_unit = found[f"{name}_unit"] is not None
        values = (*(v * in_label for v in values), *(values if own_unit else ()))
    return tuple(value * factor for value in values)


def _han_value(digits: str, numerals: Numerals) -> Decimal | None:
    """The value of Chinese numerals, with decimals before a magnitude (一点六四万)."""
    whole, point, rest = digits.partition("点")
    size = rest.lstrip("".join(numerals.digits)) if point else ""
    value = chinese_value(digits.removesuffix(size) if size else digits, numerals)
    for char in size:
        value = None if value is None else value * numerals.tens[char]
    return None if value is None or not whole else value


def _unit_of(found: re.Match[str], name: str) -> str | None:
    if name == "twin" and found["twin_unit"]:
        return found["twin_unit"].strip()
    own = ("last_unit", "first_unit") if name == "last" else ("first_unit", "last_unit")
    names = (*own, "second_unit", "late_unit", "label_unit", "label_only")
    return next((found[n].strip() for n in names if found[n]), None)
