"""Numerals in prose → numbers: fractions, pairs of neighbouring digits, English words."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge.measures import Measures
from pipeline.normalise.numbers import chinese_value, digit_readings

_PAIR = re.compile(r"(十?)([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def arabic_value(text: str) -> Decimal | None:
    """The value of digits with separators, the usual reading where there are two."""
    part = _VULGAR.get(text[-1:])
    if part is not None:
        whole = arabic_value(text[:-1]) if text[:-1] else Decimal(0)
        return None if whole is None else whole + part
    readings = digit_readings(text.replace("，", ","))
    return readings[0] if readings else None


def approximate_pair(text: str, measures: Measures) -> tuple[Decimal, Decimal] | None:
    """The two ends of a pair of neighbouring digits (两三, 五六十, 三四百, 十七八), or None."""
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    ten, low, high, tens = found.groups()
    if measures.digits[high] != measures.digits[low] + 1:
        return None
    first = chinese_value(f"{ten}{low}{tens}", measures)
    second = chinese_value(f"{ten}{high}{tens}", measures)
    return (first, second) if first is not None and second is not None else None


def english_value(words: list[str], measures: Measures) -> Decimal | None:
    """The value of English numeral words (`twenty five`, `two hundred and ten`), or None."""
    total = current = 0
    seen = False
    for word in words:
        if word == "and":
            continue
        if word == "a":
            current, seen = 1, True
            continue
        if word == "dozen":
            current, seen = (current or 1) * 12, True
            continue
        if word in measures.english:
            current += measures.english[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in measures.magnitudes:
            total += (current or 1) * measures.magnitudes[word]
            current = 0
        else:
            return None
        seen = True
    return Decimal(total + current) if seen else None
