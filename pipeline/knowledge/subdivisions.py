"""ISO 3166-2 subdivisions of the first level, by their names in three languages.

The codes and the names in the country's own language are pycountry's; `subdivision_names.csv`,
made by `build_subdivisions.py`, adds the English names of CLDR and Chinese ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

import msgspec

from pipeline.hanzi import simplified
from pipeline.knowledge import load_csv, load_toml, made_of
from pipeline.textforms import has_han, slug

COLUMNS = ("code", "english", "chinese")
_LONGEST = 16  # characters of a Chinese name
_HOME = "CN"  # whose provinces are written without the word for their level as well


class Subdivision(msgspec.Struct, frozen=True):
    """An ISO 3166-2 subdivision of the first level.

    `name` is ISO's, in the country's language; `english` that of CLDR; `zh` the Chinese ones.
    `kind` is the kind of place that bears such a name.
    """

    code: str
    country: str
    name: str
    kind: str | None
    english: str
    zh: tuple[str, ...]


class _IsoCode(msgspec.Struct):
    """An entry of iso-codes' list of ISO 3166-2; one below the first level has a parent."""

    code: str
    name: str
    type: str
    parent: str = ""


class Subdivisions:
    """ISO 3166-2 subdivisions by name; the names are folded when they are asked for."""

    def __init__(self, entries: Sequence[Subdivision], words: dict[str, list[str]]) -> None:
        self._entries = entries
        self._of_country: dict[str, list[Subdivision]] = defaultdict(list)
        self._of_home = [e for e in entries if e.country == _HOME and e.zh]
        self._level_words = frozenset(words["latin"])
        self._levels_zh = tuple(sorted(words["chinese"], key=len, reverse=True))
        self._core = lru_cache(maxsize=16384)(self._core_of)
        for entry in entries:
            self._of_country[entry.country].append(entry)

    def match(self, latin: str, country: str, kind: str) -> Subdivision | None:
        """The one subdivision of a country with this name and kind, words for its level aside."""
        core = self._core(latin)
        alike = [e for e in self._of_country.get(country, ()) if e.kind == kind]
        found = [e for e in alike if core in self._cores(e)]
        return found[0] if len(found) == 1 else None

    def match_chinese(self, han: str, country: str, kind: str) -> Subdivision | None:
        """The one subdivision of a country with this Chinese name and kind, if there is one."""
        alike = self.in_chinese(han)
        found = [e for e in alike if e.country == country and e.kind == kind]
        return found[0] if len(found) == 1 else None

    def in_chinese(self, han: str) -> tuple[Subdivision, ...]:
        """The subdivisions with a Chinese name, in either script, with or without its level."""
        name = simplified("".join(han.split()))
        return tuple(self._by_chinese.get(name, ()) or self._by_chinese.get(self._bare(name), ()))

    def named(self, latin: str) -> tuple[Subdivision, ...]:
        """The subdivisions of all countries with this name, words for its level aside."""
        return tuple(self._by_core.get(self._core(latin), ()))

    def is_of(self, name: str, country: str | None) -> bool:
        """Whether a name is that of a subdivision of a country, by its code."""
        found = (self.in_chinese if has_han(name) else self.named)(name)
        return any(e.country == country for e in found)

    def country_of(self, name: str) -> str | None:
        """The country of which a printed name is certainly a part (福建省, 福建, `Bavaria`)."""
        found = {e.country for e in (self.in_chinese if has_han(name) else self.named)(name)}
        return found.pop() if len(found) == 1 else None

    def says_level(self, name: str) -> bool:
        """Whether a name is that of a subdivision with the word for its level (福建省).

        In China it is the word of its official name: 吉林市 is a city, and no name of 吉林省.
        """
        if has_han(name):
            han = simplified("".join(name.split()))
            found = self.in_chinese(han) if han != self._bare(han) else ()
            return any(han in e.zh or e.country != _HOME for e in found)
        words = slug(name).split("-")
        return bool(self._level_words & set(words)) and bool(self.named(name))

    def stated_before(self, han: str) -> int:
        """How long the subdivision with its level is with which a Chinese name begins, or 0."""
        lengths = range(min(len(han) - 1, _LONGEST), 1, -1)
        return next((n for n in lengths if self.says_level(han[:n])), 0)

    def country_at_start(self, text: str, not_before: tuple[str, ...] = ()) -> str | None:
        """The country of the subdivision with whose Chinese name a text begins (江苏省南部).

        Outside China the word for its level must follow the name; `not_before` may not.
        """
        for length in range(min(len(text), _LONGEST), 1, -1):
            rest = text[length:]
            if rest.startswith(not_before):
                continue
            found = self._by_chinese.get(text[:length], ())
            said = rest.startswith(self._levels_zh) or text[:length].endswith(self._levels_zh)
            countries = {e.country for e in found if said or e.country == _HOME}
            if countries:
                return countries.pop() if len(countries) == 1 else None
        return None

    def chinese_named_in(self, prose: Sequence[str]) -> bool:
        """Whether some texts name a province of China by its Chinese name."""
        text = simplified("".join(prose))
        return any(e.zh[0][:-1] in text for e in self._of_home if len(e.zh[0]) > 2)

    def match_beginning(self, han: str, latin: str) -> Subdivision | None:
        """The subdivision with whose name both names begin (`湖南湘江新区`, `Hunan …`)."""
        first = slug(latin.split(maxsplit=1)[0])
        han = simplified(han)
        found = [
            e
            for e in self._of_home
            if han.startswith(self._bare(e.zh[0])) and self._core(e.name).split("-")[0] == first
        ]
        return found[0] if len(found) == 1 else None

    def beginning(self, han: str) -> tuple[Subdivision, int] | None:
        """The province of China with whose Chinese name a longer one begins, and its length."""
        for entry in self._of_home:
            for name in sorted({*entry.zh, *self._forms(entry)}, key=len, reverse=True):
                if han.startswith(name) and len(han) > len(name) + 1:
                    return entry, len(name)
        return None

    @cached_property
    def _by_core(self) -> dict[str, list[Subdivision]]:
        found: dict[str, list[Subdivision]] = defaultdict(list)
        for entry in self._entries:
            for core in {*self._cores(entry)} - {""}:
                found[core].append(entry)
        return found

    @cached_property
    def _by_chinese(self) -> dict[str, list[Subdivision]]:
        found: dict[str, list[Subdivision]] = defaultdict(list)
        for entry in self._entries:
            for form in self._forms(entry):
                found[form].append(entry)
        return found

    def _forms(self, entry: Subdivision) -> Iterable[str]:
        """The Chinese names of an entry, with and without the word for its level."""
        forms = {f for name in entry.zh for f in (name, self._bare(name))}
        if entry.country == _HOME:  # 内蒙古, 黑龙江, 广西 of a longer name
            forms |= {name[:2] for name in entry.zh} | {name[:3] for name in entry.zh}
        return forms

    def _bare(self, name: str) -> str:
        for level in self._levels_zh:
            if name.endswith(level) and len(name) > len(level) + 1:
                return name[: -len(level)]
        return name

    def _cores(self, entry: Subdivision) -> tuple[str, str]:
        return self._core(entry.name), self._core(entry.english or entry.name)

    def _core_of(self, name: str) -> str:
        """A name's slug without words for a level of government."""
        return "-".join(w for w in slug(name).split("-") if w not in self._level_words)

    def plain_name(self, entry: Subdivision) -> str:
        """A subdivision's name as English print has it, without the word for its level."""
        name = entry.english or entry.name
        words = name.split()
        while len(words) > 1 and slug(words[-1]) in self._level_words - {"region"}:
            words.pop()
        return " ".join(words)


@cache
@made_of("subdivision_names.csv", "kinds.toml")
def subdivisions() -> Subdivisions:
    """The subdivisions of ISO 3166-2 with their English and Chinese names, read once."""
    import pycountry

    rows = load_csv("subdivision_names.csv", COLUMNS)
    names = {code: (english, chinese) for code, english, chinese in rows}
    kinds = load_toml("kinds.toml")
    levels = {t: k for k, types in kinds["levels"].items() for t in types}
    entries = []
    # Its file of iso-codes itself: pycountry's objects for them take ten times as long to make.
    data = Path(pycountry.DATABASE_DIR, "iso3166-2.json").read_bytes()
    for item in msgspec.json.decode(data, type=dict[str, list[_IsoCode]])["3166-2"]:
        if item.parent:
            continue
        country = item.code.partition("-")[0]
        english, chinese = names.get(item.code, ("", ""))
        zh = tuple(chinese.split("|")) if chinese else ()
        entries.append(
            Subdivision(item.code, country, item.name, levels.get(item.type), english, zh)
        )
    return Subdivisions(entries, kinds["level_words"])
