"""What kind of place a profile is about, by its name and by what its page calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from pipeline.hanzi import simplified
from pipeline.knowledge import load_toml, made_of
from pipeline.textforms import match_key, slug

_CLAUSE = re.compile(r"[，。；！？,;!?]|\.\s")


class StateNewArea(NamedTuple):
    """A new area set up by China's State Council: its names and subdivision (ISO 3166-2)."""

    chinese: str
    subdivision: str
    english: str


class Locating(NamedTuple):
    """The words of a sentence that says where a place lies."""

    zh: tuple[str, ...]
    pronouns_zh: tuple[str, ...]
    nouns_zh: tuple[str, ...]
    not_zh: tuple[str, ...]
    not_after_zh: tuple[str, ...]
    not_en: re.Pattern[str]
    about_en: re.Pattern[str]  # how a sentence about the place begins: `The city`, `Located`
    before_country: re.Pattern[str]  # up to the country's name: `lies in the north of `
    after_country: re.Pattern[str]  # from its end on: `'s second city`


def _locating(data: dict[str, list[str]]) -> Locating:
    nouns = "|".join(map(re.escape, data["nouns_en"]))
    said = (
        rf"(?:\b(?:{'|'.join(data['en'])})\b(?:[\s,]+[\w’'-]+){{0,8}}?"
        rf"|\b(?:is|was|as|being)\s+(?:an?|the|one)\b[\w\s,’'-]{{0,60}}?\b(?:{nouns})\b"
        r"(?:[\s,]+[\w’'-]+){0,5}?)"
    )
    directions = "|".join(map(re.escape, data["directions_en"]))
    return Locating(
        tuple(data["zh"]),
        tuple(data["pronouns_zh"]),
        tuple(data["nouns_zh"]),
        tuple(data["not_zh"]),
        tuple(data["not_after_zh"]),
        re.compile(rf"\b(?:{'|'.join(data['not_en'])})\b", re.IGNORECASE),
        re.compile(
            rf"\s*(?:{'|'.join(data['openings_en'])}|the (?:[\w-]+ )?(?:{nouns}))\b", re.IGNORECASE
        ),
        re.compile(rf"{said}(?:,|\s(?:in|of|on))\s+(?:(?:{directions})[\s-]+)*$", re.IGNORECASE),
        re.compile(rf"['’]s\s+(?:[\w-]+\s+){{0,4}}(?:{nouns})\b", re.IGNORECASE),
    )


class Kinds:
    """The words by which places are told apart. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self._functional = data["functional_area"]
        self._endings: list[tuple[str, str]] = sorted(
            data["endings_zh"].items(), key=lambda x: -len(x[0])
        )
        self._cities_in_state = frozenset(data["short_names_of_cities"]["countries"])
        self.endings = tuple(ending for ending, _ in self._endings)
        self._state_new_areas: dict[str, list[str]] = data["state_new_areas"]
        self._words: dict[str, str] = data["words_en"]
        self._prose = data["prose"]
        self._titles: dict[str, list[str]] = data["titles_en"]
        self.endings_in_english: dict[str, str] = data["endings_in_english"]
        self._locating = data["locating"]

    @cached_property
    def locating(self) -> Locating:
        """The words of a sentence that says where a place lies."""
        return _locating(self._locating)

    def kind(
        self, name_zh: str | None, name_en: str | None, country: str | None, prose: Sequence[str]
    ) -> str:
        """The kind of a place: city, region, county, new_area, development_zone, functional_area.

        `prose` are the paragraphs of its page. The order of the rules is the data contract's:
        a functional area by the prose, the name's ending, then the prose, else a city.
        """
        name_zh = name_zh and simplified(name_zh)
        prose = [simplified(text) for text in prose]
        if self._called_functional_area(name_zh, name_en, prose):
            return "functional_area"
        by_name = self._by_ending(name_zh, country) or self._by_word(name_en)
        return by_name or self._by_prose(name_zh, name_en, prose)

    def says_kind(self, name: str) -> bool:
        """Whether a name holds a word or an ending for a kind of place, and more than that."""
        han = "".join(simplified(name).split())
        return self._by_word(name) is not None or any(
            han.endswith(ending) and len(han) > len(ending) + 1 for ending in self.endings
        )

    def state_new_area(self, name_zh: str | None, name_en: str | None) -> StateNewArea | None:
        """The new area set up by China's state that a name in either script ends with.

        >>> kinds().state_new_area("贵州贵安新区", None).english
        "Gui'an New Area"
        """
        han = simplified("".join((name_zh or "").split()))
        latin = f" {_plain(name_en or '')}"
        for name, (code, english) in self._state_new_areas.items():
            if han.endswith(name) or latin.endswith(f" {_plain(english)}"):
                return StateNewArea(name, code, english)
        return None

    def without_ending(self, name_zh: str) -> str:
        """A Chinese name without the word for its kind at its end (布尔诺都市区: 布尔诺)."""
        name = simplified("".join(name_zh.split()))
        return self.parted(name)[0]

    def parted(self, name: str) -> tuple[str, str]:
        """A Chinese name without the word for its kind, and that word in English, or ""."""
        for ending in sorted(self.endings_in_english, key=len, reverse=True):
            if name.endswith(ending) and len(name) > len(ending) + 1:
                return name.removesuffix(ending), self.endings_in_english[ending]
        return name, ""

    def without_title(self, name: str, kind: str) -> str:
        """A Latin name without the words before it that say what the place is (`City of Bonn`)."""
        for title in self._titles.get(kind, ()):
            if name.casefold().startswith(f"{title} "):
                return name[len(title) + 1 :].strip()
        return name

    def _by_ending(self, name: str | None, country: str | None) -> str | None:
        for ending, kind in self._endings:
            if name and name.endswith(ending) and len(name) > len(ending):
                if (
                    len(ending) == 1
                    and kind == "region"
                    and country in self._cities_in_state
                    and len(name) < 3
                ):
                    continue  # 扬州, 光州: a city's name, not a 州
                return kind
        return None

    def _by_word(self, name: str | None) -> str | None:
        text = f" {' '.join((name or '').casefold().split())} "
        for words, kind in self._words.items():
            if f" {words} " in text and text.strip() != words:
                return kind
        return None

    def _called_functional_area(
        self, name_zh: str | None, name_en: str | None, prose: Sequence[str]
    ) -> bool:
        """Whether a clause says that the place is one (`…是…的一个功能区`, `该功能区`)."""
        parts = _name_parts(name_zh)
        for clause in _clauses(prose):
            for word in self._functional["zh"]:
                if f"该{word}" in clause:
                    return True
                subject, _, rest = clause.partition("是")
                if rest.endswith(word) and any(p in subject for p in parts):
                    return True
            named = name_en and name_en.casefold() in clause.casefold()
            if named and any(
                re.search(rf"\bis (?:an? |the )?[\w -]{{0,40}}\b{w}\b", clause, re.IGNORECASE)
                for w in self._functional["en"]
            ):
                return True
        return False

    def _by_prose(self, name_zh: str | None, name_en: str | None, prose: Sequence[str]) -> str:
        text = "\n".join(prose)
        regional = (
            any(w in text for w in self._prose["region_zh"])
            or _begins(prose, self._prose["region_en"])
            or _is_called(name_en, self._prose["region_nouns_en"], prose)
        )
        return "region" if regional and not self.calls_city(name_zh, name_en, prose) else "city"

    def speaks_of_region(self, prose: Sequence[str]) -> bool:
        """Whether some prose speaks of a region anywhere (`the region`, `regional`, 大区)."""
        words = self._prose["regional_zh"]
        latin = re.compile(rf"\b(?:{'|'.join(self._prose['regional_en'])})\b", re.IGNORECASE)
        return any(latin.search(text) or any(w in text for w in words) for text in prose)

    def calls_city(self, name_zh: str | None, name_en: str | None, prose: Sequence[str]) -> bool:
        """Whether some prose calls its subject a city (`该市`, `Murcia is a city in …`)."""
        text = "\n".join(prose)
        if any(w in text for w in self._prose["city_zh"]):
            return True
        if _begins(prose, self._prose["city_en"]):
            return True
        if name_zh and f"{name_zh}市" in text:
            return True
        for clause in _clauses(prose):
            subject, verb, rest = clause.partition("是")
            named = bool(name_zh) and str(name_zh) in subject
            if verb and named and any(n in rest for n in self._prose["city_nouns_zh"]):
                return True
        return _is_called(name_en, self._prose["city_nouns_en"], prose)


def _begins(prose: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a clause begins with some words that speak of its subject (`The city has …`)."""
    subject = re.compile(rf"(?:{'|'.join(words)})\b(?!-| of\b)", re.IGNORECASE)
    return any(subject.match(clause) for clause in _clauses(prose))


def _is_called(name: str | None, nouns: Sequence[str], prose: Sequence[str]) -> bool:
    """Whether a clause says that the place is one (`Murcia is the seventh largest city of …`)."""
    if not name or not any(name.casefold() in text.casefold() for text in prose):
        return False
    said = re.compile(
        rf"{re.escape(name)}\b[^.]{{0,40}}\b(?:is|as) (?:an?|the|one of the|one of [A-Z]\w+['’]s?) "
        rf"(?:(?!(?:of|in|and|for|on|to) )[\w’'-]+ ){{0,5}}(?:{'|'.join(nouns)})\b",
        re.IGNORECASE,
    )
    return any(map(said.search, _clauses(prose)))


def _plain(name: str) -> str:
    return slug(name).replace("-", " ")


def _clauses(prose: Sequence[str]) -> tuple[str, ...]:
    return _divided(tuple(prose))


@lru_cache(maxsize=4)
def _divided(prose: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c.strip() for text in prose for c in _CLAUSE.split(text) if c.strip())


def _name_parts(name: str | None) -> list[str]:
    """A name and the parts of a double name: the prose often uses one of them."""
    if not name:
        return []
    return [p for p in (name, *re.split(r"[-‐‑–—·]", name)) if len(match_key(p)) > 1]


@cache
@made_of("kinds.toml")
def kinds() -> Kinds:
    """The project's kinds of places, read once."""
    return Kinds(load_toml("kinds.toml"))
