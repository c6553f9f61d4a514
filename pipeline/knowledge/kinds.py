"""What kind of place a profile is about, by its name and by what its page calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.hanzi import simplified
from pipeline.knowledge import load_toml
from pipeline.textforms import match_key

_CLAUSE = re.compile(r"[，。；！？,;!?]|\.\s")


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

    def state_new_area(self, name_zh: str) -> tuple[str, str] | None:
        """Subdivision (ISO 3166-2) and English name of a new area set up by China's state.

        >>> kinds().state_new_area("贵州贵安新区")
        ('CN-GZ', "Gui'an New Area")
        """
        name = "".join(simplified(name_zh).split())
        found = (known for n, known in self._state_new_areas.items() if name.endswith(n))
        return next(((code, english) for code, english in found), None)

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
        return "region" if regional and not self._called_city(name_zh, name_en, prose) else "city"

    def _called_city(self, name_zh: str | None, name_en: str | None, prose: Sequence[str]) -> bool:
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
    subject = re.compile(rf"(?:{'|'.join(words)})\b(?! of\b)", re.IGNORECASE)
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
def kinds() -> Kinds:
    """The project's kinds of places, read once."""
    return Kinds(load_toml("kinds.toml"))
