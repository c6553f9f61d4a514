"""Printed numerals → numbers: digits with separators, Chinese and English numerals."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge.measures import Measures
from pipeline.normalise.numbers import digit_readings

_PAIR = re.compile(r"(十?)([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_LARGE = 10_000  # from 万 on, a Chinese magnitude multiplies all that stands before it


def arabic_value(text: str) -> Decimal | None:
    """The value of digits with separators, the usual reading where there are two."""
    part = _VULGAR.get(text[-1:])
    if part is not None:
        whole = arabic_value(text[:-1]) if text[:-1] else Decimal(0)
        return None if whole is None else whole + part
    readings = digit_readings(text.replace("，", ","))
    return readings[0] if readings else None


def chinese_value(text: str, measures: Measures) -> Decimal | None:
    """The value of a Chinese numeral (二十五, 一万五千亿, 三点五, 二〇二〇), or None.

    >>> from pipeline.knowledge.measures import grammar
    >>> [str(chinese_value(t, grammar().measures)) for t in ("十一", "一万五千亿", "三点五", "两")]
    ['11', '1500000000000', '3.5', '2']
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    whole, _, decimals = text.partition("点")
    if decimals:
        digits = "".join(str(measures.digits[c]) for c in decimals if c in measures.digits)
        base = chinese_value(whole, measures)
        if base is None or len(digits) != len(decimals):
            return None
        return base + Decimal(f"0.{digits}")
    if len(whole) > 1 and all(c in measures.digits for c in whole):
        return Decimal("".join(str(measures.digits[c]) for c in whole))
    return _sections(whole, measures)


def _sections(text: str, measures: Measures) -> Decimal | None:
    """Digits times their tens, section by section up to 万 and 亿."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in measures.digits:
            digit = measures.digits[char]
            continue
        size = measures.tens.get(char)
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
