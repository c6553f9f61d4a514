"""Header numbers as printed → values, with every way in which they can be read."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pipeline.knowledge.units import Units

_NUMBER = re.compile(r"\d(?:[\d.,'’ ]*\d)?")
_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def digit_readings(printed: str) -> tuple[Decimal, ...]:
    """The values that printed digits with separators can have, the usual one first.

    A comma before three digits divides thousands; before another number of digits it is a
    decimal comma. One point before exactly three digits can be either (`3.654`): two readings.

    >>> digit_readings("1,666,530"), digit_readings("39,41"), digit_readings("3.654")
    ((Decimal('1666530'),), (Decimal('39.41'),), (Decimal('3.654'), Decimal('3654')))
    """
    text = re.sub(r"(?<=\d)['’\s](?=\d)", "", printed.strip())
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole = re.sub(r"[.,]", "", text[:decimal])
        return (Decimal(f"{whole}.{text[decimal + 1 :]}"),)
    if commas:
        if _THOUSANDS.fullmatch(text):
            return (Decimal(text.replace(",", "")),)
        if commas == 1:
            return (Decimal(text.replace(",", ".")),)
        return ()
    if points > 1:
        return (Decimal(text.replace(".", "")),) if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else ()
    if points and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        return (Decimal(text), Decimal(text.replace(".", "")))
    return (Decimal(text),)


def header_readings(
    printed: str, unit_words: dict[str, float], units: Units
) -> tuple[Decimal, ...]:
    """The values that a printed header line can have, in the table's unit, the usual one first.

    `unit_words` maps the printed units to factors; a number without a unit has factor 1.
    """
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", printed).casefold())
    text = re.sub(r"\(\s*\d{4}\s*年?[^)]*\)", "", text)
    in_label = re.match(r"[^\d(]*\(\s*([^\d)]+)\)\s*[:=]?\s*(\d.*)", text)
    if in_label:  # 人口（万人）：1274.8
        text = in_label[2] + in_label[1]
    found = _NUMBER.search(text)
    if not found:
        return ()
    rest = re.sub(r"^[\s多余]+", "", text[found.end() :])
    factor = Decimal(1)
    for word in sorted(units.magnitudes, key=len, reverse=True):
        if rest.startswith(word):
            factor, rest = Decimal(units.magnitudes[word]), rest[len(word) :].strip()
            break
    for word in sorted(unit_words, key=len, reverse=True):
        if rest.startswith(_SPACES.sub(" ", unicodedata.normalize("NFKC", word).casefold())):
            factor *= Decimal(str(unit_words[word]))
            break
    return tuple(value * factor for value in digit_readings(found.group()))
