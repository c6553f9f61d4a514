"""The words that tell whose a number is: a partner's, an increase, a plan, another place's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.speech import NameFinder, Speech, speech
from pipeline.textforms import has_han

_OPENS = 24  # characters before a name in which its preposition stands


class Named(NamedTuple):
    """A partner or place in a text; `code` is a country's by ISO 3166-1, None for other ones."""

    start: int
    end: int
    code: str | None


class Scopes:
    """All of `scopes.toml` with the names of countries and places. Immutable after construction.

    Its patterns are for folded text.
    """

    def __init__(self, data: Mapping[str, Any], known: Speech) -> None:
        partners = data["partners"]
        self._countries = known.countries
        self._not_inside = known.not_inside
        groups = partners["groups"]
        names = [*filter(has_han, (*known.countries, *groups))]
        self._han = NameFinder(names)
        # Shorter ones are words of other languages as well (from El Prat).
        latin = [n for n in known.countries if not has_han(n) and len(n) > 2]
        self._latin = re.compile(
            rf"\b{any_word([*latin, *(g for g in groups if not has_han(g))])}\b"
        )
        self._places = known.place_names
        self._before = _before(partners["before"], partners["not_before"])
        self._not_after = re.compile(rf"(?:的|\s|'s)*{any_word(partners['not_after'])}")
        self.follow = re.compile(rf"(?:{any_word(partners['follow'])}|\s)*")
        self._joins = re.compile(rf"\s*{any_word(partners['joins'])}\s*(?:the )?")
        self.breaks = any_pattern(partners["breaks"])
        self._short = any_pattern(partners["short"])
        self.not_partner_codes = frozenset(partners["not_codes"])
        self.increase = _Increase(data["increase"])
        self.plan_before = any_pattern(data["plan"]["before"])
        self.plan_clause = any_pattern(data["plan"]["clause"])
        self.part_after = re.compile(data["part"]["after"])
        self.aggregations = tuple(Aggregation(entry) for entry in data["aggregation"])
        said = {a.name: a.before.pattern for a in self.aggregations}
        self.summed = any_pattern([*said.values(), data["level"]["summed"]])
        self.reach_before = any_pattern(data["reach"]["before"])
        self.yearly_mean = any_pattern([said["yearly_mean"], data["base"]["mean"]])
        subject = data["subject"]
        self.own_words = re.compile(any_word(subject["own"]))
        self.before_subject = re.compile(rf"(?:(?:{'|'.join(subject['before'])})[\s，,的]*|\s)*")
        self.light = re.compile(rf"(?:{'|'.join(subject['light'])}|\s)*")
        self.subject_has = re.compile(subject["has"])
        self.wholes = re.compile(any_word(subject["whole"]))
        self.wider = {kind: re.compile(any_word(w)) for kind, w in subject["wider"].items()}

    def partners(self, folded: str) -> list[Named]:
        """Where countries and groups of countries are named, in order."""
        inside = [m.span() for w in self._not_inside if w in folded for m in re.finditer(w, folded)]
        spans = [*self._han.spans(folded), *(m.span() for m in self._latin.finditer(folded))]
        return [
            Named(a, b, self._countries.get(folded[a:b]))
            for a, b in sorted(spans)
            if not any(s <= a and b <= e for s, e in inside)
        ]

    def places(self, folded: str) -> list[Named]:
        """Where places of the gazetteer that are common words in Chinese text are named."""
        return [Named(a, b, None) for a, b in self._places.spans(folded)]

    def qualifiers(self, folded: str, own: Sequence[str] = ()) -> list[tuple[int, int]]:
        """Where a partner qualifies what is said (与欧盟国家, from Germany), with its preposition.

        The countries of `own` (ISO 3166-1) are no partners.
        """
        found = [m.span() for m in self._short.finditer(folded)]
        end = -1
        for named in self.partners(folded):
            joined = end >= 0 and self._joins.fullmatch(folded, end, named.start)
            opened = self._before.search(folded, max(0, named.start - _OPENS), named.start)
            if self._not_after.match(folded, named.end):
                end = -1
            elif joined and found:
                found[-1] = (found[-1][0], named.end)
                end = named.end
            elif opened and named.code not in own:
                found.append((opened.start("word"), named.end))
                end = named.end
            else:
                end = -1
        return sorted(found)


class Aggregation:
    """How a sum since a beginning or a yearly mean is told, by words around its number."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.before = re.compile(data["before"])
        self.around = re.compile(data["around"])


class _Increase:
    """How an increase is told from a level, see `scopes.toml`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.kinds = frozenset(data["kinds"])
        self.before = any_pattern(data["before"])
        self.beside = any_pattern(data["beside"])
        self.after = any_pattern(data["after"])


def _before(words: Iterable[str], unless: Iterable[str]) -> re.Pattern[str]:
    """A preposition at the end of a text, not after a word that opens another relation."""
    not_after = "".join(rf"(?<!\b{re.escape(w)} )" for w in unless)
    latin = [w for w in words if not has_han(w)]
    han = [w for w in words if has_han(w)]
    return re.compile(rf"(?P<word>{any_word(han)}|{not_after}\b{any_word(latin)} (?:the )?)$")


def any_word(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    each = sorted(words, key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(map(re.escape, each))})"


def any_pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern that finds what any of some finds."""
    return re.compile("|".join(f"(?:{p})" for p in patterns))


@cache
@made_of("scopes.toml")
def scopes() -> Scopes:
    """The project's knowledge of whose a number is, read once."""
    return Scopes(load_toml("scopes.toml"), speech())
