"""What kind of place a profile is about, by its name and by what its page calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

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
        self.endings = tuple(ending for ending, _ in self._endings)
        self._words: dict[str, str] = data["words_en"]
        self._prose = data["prose"]

    def kind(
        self, name_zh: str | None, name_en: str | None, country: str | None, prose: Sequence[str]
    ) -> str:
        """The kind of a place: city, region, county, new_area, development_zone, functional_area.

        `prose` are the paragraphs of its page. The order of the rules is the data contract's:
        a functional area by the prose, the name's ending, then the prose, else a city.
        """
        if self._called_functional_area(name_zh, name_en, prose):
            return "functional_area"
        by_name = self._by_ending(name_zh, country) or self._by_word(name_en)
        return by_name or self._by_prose(name_zh, name_en, prose)

    def _by_ending(self, name: str | None, country: str | None) -> str | None:
        for ending, kind in self._endings:
            if name and name.endswith(ending) and len(name) > len(ending):
                if len(ending) == 1 and kind == "region" and country == "CN" and len(name) < 3:
                    continue  # 扬州, 广州: a city's name, not a 州
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
            if name_en and any(
                re.search(rf"\bis (?:an? |the )?[\w -]{{0,40}}\b{w}\b", clause, re.IGNORECASE)
                and name_en.casefold() in clause.casefold()
                for w in self._functional["en"]
            ):
                return True
        return False

    def _by_prose(self, name_zh: str | None, name_en: str | None, prose: Sequence[str]) -> str:
        text = "\n".join(prose)
        folded = f" {text.casefold()} "
        regional = any(w in text for w in self._prose["region_zh"]) or any(
            w in folded for w in self._prose["region_en"]
        )
        return "region" if regional and not self._called_city(name_zh, name_en, prose) else "city"

    def _called_city(self, name_zh: str | None, name_en: str | None, prose: Sequence[str]) -> bool:
        text = "\n".join(prose)
        folded = text.casefold()
        if any(w in text for w in self._prose["city_zh"]):
            return True
        if any(w in folded for w in self._prose["city_en"]):
            return True
        if name_zh and f"{name_zh}市" in text:
            return True
        for clause in _clauses(prose):
            subject, verb, rest = clause.partition("是")
            named = bool(name_zh) and str(name_zh) in subject
            if verb and named and any(n in rest for n in self._prose["city_nouns_zh"]):
                return True
            nouns = "|".join(self._prose["city_nouns_en"])
            if name_en and re.search(
                rf"{re.escape(name_en)}\b[^.]{{0,30}}\bis\b[^.]{{0,60}}\b(?:{nouns})\b",
                clause,
                re.IGNORECASE,
            ):
                return True
        return False


def _clauses(prose: Sequence[str]) -> list[str]:
    return [c.strip() for text in prose for c in _CLAUSE.split(text) if c.strip()]


def _name_parts(name: str | None) -> list[str]:
    """A name and the parts of a double name: the prose often uses one of them."""
    if not name:
        return []
    return [p for p in (name, *re.split(r"[-‐‑–—·]", name)) if len(match_key(p)) > 1]


@cache
def kinds() -> Kinds:
    """The project's kinds of places, read once."""
    return Kinds(load_toml("kinds.toml"))
