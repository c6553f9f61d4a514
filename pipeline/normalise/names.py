"""The names in the header of a profile, and the country beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipeline.knowledge.countries import BETWEEN_SCRIPTS, Countries
from pipeline.knowledge.kinds import kinds
from pipeline.knowledge.parts import Parts
from pipeline.textforms import (
    has_han,
    has_latin,
    in_parentheses,
    name_form,
    without_number,
    without_parentheses,
)

_MARKS = " ,，、;；/·|"


class Names(NamedTuple):
    """The names in a profile's header, as printed but for spacing and line breaks."""

    zh: str | None
    en: str | None
    country: str | None


def read_names(
    texts: Sequence[str],
    countries: Countries,
    country: str | None = None,
    parts: Parts | None = None,
) -> Names:
    """The Chinese name, the Latin name and the country from the printed name lines.

    A country stands in parentheses, after a comma, or on a line of its own; `country` is what
    is known to be one. `parts` tell the part of a country that stands in its place.
    """
    reading = _Reading(
        countries, parts, country and (countries.labelled(country) or country.strip())
    )
    lines = [
        without_number(name_form(text))
        for text, below in zip_longest(texts, texts[1:], fillvalue="")
        if not (countries.is_label(text) and countries.code(below.strip()))
    ]
    for number, text in enumerate(lines):
        others = lines[:number] + lines[number + 1 :]
        if whole := _country_line(text, others, countries, parts):
            reading.country = reading.country or whole
            continue
        body = reading.without_bracket(text, others, first=not any(map(has_latin, lines[:number])))
        name = reading.without_country(body)
        if name is None:
            continue
        if reading.country is None and _is_country(name, number, lines, countries):
            reading.country = name.strip()
            continue
        reading.add(name)
    return reading.names()


class _Reading:
    """The name lines of a header while they are read one by one."""

    def __init__(self, countries: Countries, parts: Parts | None, country: str | None) -> None:
        self._countries = countries
        self._parts = parts
        self._han: list[str] = []
        self._latin: list[str] = []
        self.country = country

    def without_bracket(self, text: str, others: Sequence[str], *, first: bool) -> str:
        """A line without its bracket, which is the other name, a country or a part of one."""
        countries, parts = self._countries, self._parts
        inside = in_parentheses(text)
        body = without_parentheses(text).strip("\f ")
        if not inside:
            return body
        if (
            body
            and has_han(inside) is not has_han(body)
            and (not countries.inside(inside) or _same_territory(inside, body, countries))
            and not (parts and parts.is_part(inside, body))
            and inside[:1].isupper() | has_han(inside)
        ):
            (self._han if has_han(inside) else self._latin).append(" ".join(inside.split()))
            return body
        span = countries.inside(inside)
        if span or not any(map(countries.code, others)):  # else a part of the country
            self.country = self.country or (inside[span[0] : span[1]] if span else inside)
        if span and body and first:
            self._latin += _latin_beside(inside, span, body, parts)
        return body

    def without_country(self, body: str) -> str | None:
        """A line without the country at its end; None if it says but where the place lies."""
        if self.country is not None:
            return body
        name, self.country = self._countries.apart(body)
        named = self._latin if has_latin(name) else self._han
        if not (self.country and self._parts and named):
            return name
        part = self._parts.subdivisions.is_of(name, self._countries.code(self.country))
        return None if part else name

    def add(self, name: str) -> None:
        """Take in the names that a line prints, one in each script."""
        for part in BETWEEN_SCRIPTS.split(name):
            said = "".join(self._han) if has_han(part) else " ".join(self._latin)
            if self.country is None and _same_territory(part, said, self._countries):
                self.country = part.strip()
            elif has_han(part):
                self._han.append("".join(part.split()))
            elif has_latin(part):
                self._latin.append(" ".join(part.split()))

    def names(self) -> Names:
        """What was read; a name that is said again, as a title, counts once."""
        han, latin = (list(dict.fromkeys(names)) for names in (self._han, self._latin))
        beside = None
        if self._parts:
            code = self._countries.code(self.country or "")
            beside = _take_parts(han, latin, self._parts, code)
        return Names("".join(han) or None, _joined(latin) or None, self.country or beside)


def _same_territory(one: str, other: str, countries: Countries) -> bool:
    """Whether two names are those of one place that is a country, such as Singapore."""
    code = countries.code(one.strip()) if other else None
    return code is not None and code == countries.code(other.strip())


def _joined(latin: Sequence[str]) -> str:
    """The lines of a Latin name as one, a hyphen at a line's edge without a space."""
    name = ""
    for part in latin:
        glued = name.endswith("-") or part.startswith("-")
        name += part if not name or glued else f" {part}"
    return name


def _country_line(
    text: str, others: Sequence[str], countries: Countries, parts: Parts | None
) -> str | None:
    """The country of a line that says nothing else but a part of it (`中国山东省`), or None."""
    if labelled := countries.labelled(text):
        return labelled
    span = countries.inside(text) if parts and _same_script(text, others, countries) else None
    part = (text[: span[0]] + text[span[1] :]).strip(_MARKS) if span else ""
    told = span and part and parts and parts.subdivisions.says_level(part)
    return text[span[0] : span[1]] if span and told else None


def _take_parts(han: list[str], latin: list[str], parts: Parts, country: str | None) -> str | None:
    """Take the part of a country out of a name's lines; return it if its country is sure.

    `country` is the code of the one that is printed beside them.
    """
    if found := parts.behind(_joined(latin)):
        latin[:] = found[:1]
    whole = _joined(latin)
    lines = (*han, *latin)
    beside = [
        line
        for i, line in enumerate(lines)
        if parts.beside(line, lines, whole) or parts.below(line, lines[:i], whole, country)
    ]
    for names in (han, latin):
        names[:] = [line for line in names if line not in beside] or names
    end = parts.before(han[0], whole) if han else 0
    if end:
        beside.append(han[0][:end])
        han[0] = han[0][end:]
    told = (*beside, *(found or ())[1:])
    return next((part for part in told if parts.subdivisions.country_of(part)), None)


def _latin_beside(
    inside: str, country: tuple[int, int], body: str, parts: Parts | None
) -> list[str]:
    """The Latin name that stands in brackets beside the country: `波尔图（Porto，葡萄牙）`."""
    rest = (inside[: country[0]] + inside[country[1] :]).strip(_MARKS)
    name = has_latin(rest) and not has_han(rest) and has_han(body) and rest[:1].isupper()
    return [rest] if name and not (parts and parts.is_part(rest, body)) else []


def _same_script(text: str, others: Sequence[str], countries: Countries) -> bool:
    """Whether another line prints a name in the script of `text`, which can then be a country."""
    return any(
        has_han(text) is has_han(line) and not countries.code(line)
        for line in others
        if without_parentheses(line).strip("\f ") and not countries.labelled(line)
    )


def _is_country(name: str, number: int, lines: Sequence[str], countries: Countries) -> bool:
    """Whether a line without brackets is the country beside a name that other lines print."""
    others = (*lines[:number], *lines[number + 1 :])
    alone = countries.code(name) and _same_script(name, others, countries)
    return bool(alone) and not _within_name(number, lines, countries)


def _within_name(number: int, lines: Sequence[str], countries: Countries) -> bool:
    """Whether a country on a line of its own is part of the name: `Central / Finland / Region`.

    The word for the kind stands below it, or the country once more in brackets in its script.
    """
    name = lines[number].strip()
    below = lines[number + 1].strip() if number and number + 1 < len(lines) else ""
    if below and kinds().says_kind(f"{name} {below}") and not kinds().says_kind(below):
        return True
    notes = (in_parentheses(line) for line in lines)
    return any(n and countries.code(n) and has_han(n) is has_han(name) for n in notes)
