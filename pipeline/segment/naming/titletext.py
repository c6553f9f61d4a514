"""What a title says: the name of a place in one script or two, and sometimes its country."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pipeline.knowledge.countries import BETWEEN_SCRIPTS, countries
from pipeline.knowledge.kinds import kinds
from pipeline.knowledge.parts import parts
from pipeline.knowledge.places import places
from pipeline.textforms import (
    has_han,
    in_parentheses,
    name_form,
    without_number,
    without_parentheses,
)

TitlePart = Literal["name", "country"]
_LONGEST = 200  # characters of a line that may be a name with its country
_SHORTEST = 2  # letters of a name beside a country
_MARKS = " \t,，、/／|｜·•–—-:："


def is_place_name(text: str) -> bool:
    """Whether the gazetteer knows a line as a place, or it says itself what kind of place it is."""
    return any(places().is_known(name) or kinds().says_kind(name) for name in plain_names(text))


@lru_cache(maxsize=4096)
def plain_names(text: str) -> tuple[str, ...]:
    """The names in a title, one for each script, without number, brackets, country and part of it.

    >>> plain_names("云南省昆明市"), plain_names("Yantai, Shandong")
    (('昆明市',), ('Yantai',))
    """
    whole = without_parentheses(without_number(name_form(text))).strip()
    span = country_in_title(whole)
    if span:
        whole = (whole[: span[0]] + " " + whole[span[1] :]).strip(_MARKS)
    names = [name.strip(_MARKS) for name in BETWEEN_SCRIPTS.split(whole)]
    return tuple(_without_part(n) for n in names if n and not _holds_country(n))


def _holds_country(name: str) -> bool:
    """Whether a part of a title is a country, or begins with one and is no place by that name."""
    if countries().code(name):
        return True
    span = countries().inside(name)
    return span is not None and not _is_within_name(name, span)


def _is_within_name(text: str, country: tuple[int, int]) -> bool:
    """Whether a country is part of a place's name: 巴西利亚, 突尼斯市, but not 中国上海."""
    start, end = country
    if not has_han(text[start:end]):
        return places().is_known(text)
    run = next((i for i in range(end, len(text)) if not has_han(text[i])), len(text))
    rest = text[end:run]
    if len(rest) < _SHORTEST or rest in kinds().endings:
        return bool(rest)
    code = countries().code(text[start:end])
    there = any(place.country == code for place in places().named_in_chinese(rest))
    return not there and places().is_known(text[start:run])


def _without_part(name: str) -> str:
    """A name without the part of a country that stands before or behind it."""
    behind = None if has_han(name) else parts().behind(name)
    return behind[0] if behind else name[parts().before(name, "") :]


def title_parts(text: str, *, mixed: bool = False) -> list[tuple[int, int, TitlePart]]:
    """The name of a title, then its country, without what divides them; the whole as a name."""
    span = None if in_parentheses(text) else country_in_title(text, mixed=mixed)
    if span is None:
        return [(0, len(text), "name")]
    cuts: list[tuple[int, int, TitlePart]] = [
        (0, span[0], "name"),
        (span[0], span[1], "country"),
        (span[1], len(text), "name"),
    ]
    out = []
    for start, end, kind in cuts:
        body = text[start:end]
        left = len(body) - len(body.lstrip(_MARKS))
        right = len(body.rstrip(_MARKS))
        if any(map(str.isalpha, body)):
            out.append((start + left, start + right, kind))
    return sorted(out, key=lambda part: part[2] == "country")


def country_in_title(text: str, *, mixed: bool = False) -> tuple[int, int] | None:
    """Where a country stands before or after a name in one line, or None.

    After a space alone (`Gdynia Poland`), what stands before it must be a place, say its kind, or
    be set in another type: Upper Austria is a name. A country that is all of a line is none beside
    a name.
    """
    if len(text) > _LONGEST or countries().code(text.strip(_MARKS)):
        return None
    span = countries().inside(text)
    if span and text[: span[0]].strip(_MARKS) + text[span[1] :].strip(_MARKS):
        rest = (text[: span[0]] + text[span[1] :]).strip(_MARKS)
        within = text[span[1] :].startswith("的") or _is_within_name(text, span)
        return None if within or len(rest) < _SHORTEST else span
    words = [i for i, c in enumerate(text) if i and text[i - 1].isspace() and not c.isspace()]
    for at in words:
        if countries().inside(text[at:]) and has_han(text[at:]) is has_han(text[:at]):
            name = without_number(name_form(text[:at]))
            known = places().is_known(name) or kinds().says_kind(name)
            known = known and not places().is_known(text)
            return (at, len(text)) if known or mixed else None
    return None
