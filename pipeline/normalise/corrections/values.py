"""A corrected value as written in the file → a value of its column."""

from __future__ import annotations

import re

from pipeline.knowledge.catalogue import Field
from pipeline.knowledge.lexicon import Lexicon

Value = str | int | float | tuple[str, ...] | None

_WHOLE = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PERHAPS_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_LOST = re.compile("[?？\ufffd]")  # what programs write for a character that they cannot


LOST_CHARACTERS = "holds `?` where characters were lost; save the file as `CSV UTF-8`"


class RefusedError(Exception):
    """Why a line of `corrections.csv` cannot be applied, in words for the person who wrote it."""


def column_value(text: str, field: Field, lexicon: Lexicon) -> Value:
    """The value for a column; themes are given as one or more codes with spaces between.

    Raises RefusedError where it does not fit the column's type, list, pattern or bounds.
    """
    if field.name == "theme":
        return _themes(text, lexicon)
    if not text:
        if field.required:
            raise RefusedError(f"`{field.name}` cannot be left empty")
        return None
    if field.type in ("integer", "number"):
        return _number(text, field)
    if field.enum and text not in field.enum:
        raise RefusedError(f"`{text}` is none of {', '.join(field.enum)}")
    if not field.enum and _LOST.search(text):
        raise RefusedError(f"`{text}` {LOST_CHARACTERS}")
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise RefusedError(f"`{text}` is no `{field.name}`: it must fit {field.pattern}")
    if field.name == "country_code" and not lexicon.countries.is_code(text):
        raise RefusedError(f"`{text}` is no country of ISO 3166-1")
    return text


def _themes(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(text.split()))
    known = {t.theme for t in lexicon.themes.themes}
    for code in codes:
        if code not in known:
            raise RefusedError(f"`{code}` is no theme{hint(code, known)}")
    return codes


def _number(text: str, field: Field) -> int | float:
    pattern = _WHOLE if field.type == "integer" else _NUMBER
    if not pattern.fullmatch(text):
        kind = "a whole number" if field.type == "integer" else "a number"
        raise RefusedError(
            f"`{text}` is not {kind}: write digits alone, without separators between thousands, "
            "and a point before decimals"
        )
    value = int(text) if field.type == "integer" else float(text)
    low, high = field.minimum, field.maximum

    def fits(number: float) -> bool:
        return (low is None or number >= low) and (high is None or number <= high)

    if not fits(value):
        bounds = [f"at least {low:g}"] if low is not None else []
        bounds += [f"at most {high:g}"] if high is not None else []
        raise RefusedError(f"`{text}` is out of bounds: `{field.name}` is {', '.join(bounds)}")
    if _PERHAPS_THOUSANDS.fullmatch(text) and fits(value * 1000):
        raise RefusedError(
            f"`{text}` may be {text.replace('.', '')} with a separator between thousands, or a "
            f"number with three decimals; write {text.replace('.', '')} or {text}0"
        )
    if abs(value) >= 2**63:
        raise RefusedError(f"`{text}` is too large")
    return value


def hint(given: str, known: set[str]) -> str:
    """`; did you mean ...?` where one known word is much like the given one."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(given, sorted(known), scorer=fuzz.ratio, score_cutoff=72)
    return f"; did you mean `{best[0]}`?" if best else ""
