"""The Latin name of a place for its id where the page prints only a Chinese one."""

from __future__ import annotations

from pipeline.hanzi import pinyin, simplified
from pipeline.knowledge.lexicon import Lexicon

_HOME = "CN"


def romanised(name_zh: str, country: str, kind: str, lexicon: Lexicon) -> str | None:
    """The Latin form of a Chinese name, in words as English print has them, or None.

    A word for its kind at its end is a word of its own; the rest is what the gazetteer or the list
    of subdivisions calls it. In China a province at its beginning is one as well, and what is not
    known is pinyin.

    >>> from pipeline.knowledge.lexicon import lexicon
    >>> romanised("湖南湘江新区", "CN", "new_area", lexicon())
    'Hunan Xiangjiang New Area'
    >>> romanised("克卢日郡", "RO", "county", lexicon())
    'Cluj County'
    """
    name = simplified("".join(name_zh.split()))
    first, rest = _beginning(name, lexicon) if country == _HOME else ("", name)
    area = lexicon.kinds.state_new_area(rest, None) if kind == "new_area" else None
    if area:
        before = rest.removesuffix(area.chinese)
        first = first or (_known(before, country, kind, lexicon) or "" if before else "")
        return " ".join(filter(None, [first, area.english]))
    body, ending = lexicon.kinds.parted(rest)
    known = _known(body, country, kind, lexicon)
    if known is None and country == _HOME:
        known = _pinyin(body, lexicon)
    said = known and ending and known.endswith(f" {ending}")
    return " ".join(filter(None, [first, known, "" if said else ending])) if known else None


def _beginning(name: str, lexicon: Lexicon) -> tuple[str, str]:
    """The Latin name of the province with which a name begins, and the rest of it."""
    if found := lexicon.subdivisions.beginning(name):
        part, length = found
        rest = name[length:]
        if rest not in lexicon.kinds.endings_in_english:
            return lexicon.subdivisions.plain_name(part), rest
    return "", name


def _known(name: str, country: str, kind: str, lexicon: Lexicon) -> str | None:
    for of_kind in (kind, "region"):
        part = lexicon.subdivisions.match_chinese(name, country, of_kind)
        if part:
            return lexicon.subdivisions.plain_name(part)
    found = {p.english for p in lexicon.places.candidates(name, None, country)}
    return found.pop() if len(found) == 1 else None


def _pinyin(name: str, lexicon: Lexicon) -> str:
    """A name in pinyin; a city at its beginning is a word of its own (`Yantai Huangbohai`)."""
    for length in range(len(name) - 2, 1, -1):
        found = lexicon.places.candidates(name[:length], None, _HOME)
        if len({p.english for p in found}) == 1:
            return f"{found[0].english} {pinyin(name[length:]).capitalize()}"
    return pinyin(name).capitalize()
