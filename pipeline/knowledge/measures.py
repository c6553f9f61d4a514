"""Numerals, units, counters, times and the words around them, ready for the quantity grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.scopes import Scopes, any_pattern, any_word, scopes

_SHORTEST_PARTICIPLE = 4  # bed, king


class Unit(NamedTuple):
    """A printed unit: its code, what it measures, and the factor to the code's unit."""

    code: str
    kind: str
    factor: float


class Words:
    """A set of phrases, found longest first before or after a place in a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = frozenset(phrases)
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for phrase in sorted(self.phrases, key=lambda p: (-len(p), p)):
            self._by_first.setdefault(phrase[0], []).append(phrase)
            self._by_last.setdefault(phrase[-1], []).append(phrase)
        self.first_letters = frozenset(self._by_first)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.phrases

    def at(self, text: str, start: int) -> str:
        """The longest phrase that begins at `start`; a Latin one ends where letters end."""
        for phrase in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(phrase, start) and not _cuts_word(text, start + len(phrase)):
                return phrase
        return ""

    def before(self, text: str, end: int) -> str:
        """The longest phrase that ends at `end`; a Latin one begins where letters begin."""
        for phrase in self._by_last.get(text[end - 1 : end] if end else "", ()):
            if text.endswith(phrase, 0, end) and not _cuts_word(text, end - len(phrase)):
                return phrase
        return ""


def _cuts_word(text: str, at: int) -> bool:
    """Whether a place lies inside a word of Latin letters."""
    if not 0 < at < len(text):
        return False
    a, b = text[at - 1], text[at]
    return a.isascii() and a.isalpha() and b.isascii() and b.isalpha()


class Extent:
    """How a word that says how far something was done is told from a comparator."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        unless = "".join(rf"(?<!\b{word} )" for word in data["not_after"])
        self.kinds = frozenset(data["kinds"])
        self.before = re.compile(
            rf"\b(?:{data['done']} (?:[^\s,;]+ ){{0,4}}?{unless}|{any_word(data['verbs'])} )"
            rf"{any_word(data['words'])} $"
        )
        self.thing_after = re.compile(data["thing_after"])


class Measures:
    """All of `measures.toml`, compiled. Immutable after construction."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        numerals = data["numerals"]
        self.digits: dict[str, int] = numerals["zh"]
        self.tens: dict[str, int] = numerals["zh_tens"]
        self.english: dict[str, int] = numerals["en"]
        self.ordinals: dict[str, int] = numerals["en_ordinals"]
        self.magnitudes: dict[str, int] = data["magnitudes"]
        self.letters: dict[str, int] = data["letter_magnitudes"]
        self.letter_before = frozenset(data["letter_before"]["words"])
        self.units: dict[str, Unit] = {}
        self.signs: dict[str, Unit] = {}
        for entry in data["unit"]:
            unit = Unit(entry["code"], entry["kind"], entry.get("factor", 1))
            for form in entry["forms"]:
                if self.units.setdefault(form, unit) != unit:
                    raise KnowledgeError(
                        f"measures.toml: `{form}` is a form of two units", "keep it with one"
                    )
            self.signs.update(dict.fromkeys(entry.get("signs", ()), unit))
        self.magnitude_words = Words(self.magnitudes)
        self.unit_words = Words(self.units)
        self.sign_words = Words(self.signs)
        self.counters = Words(data["counters"]["words"])
        self.things = frozenset(data["counters"]["things"])
        self.articles = frozenset(data["counters"]["articles"])
        self.longer = Words(data["longer"]["words"])
        ranks = data["ranks"]
        self.rank_suffixes = Words(ranks["after"])
        self.not_ranks = Words(ranks["not_ranks"])
        before, after = data["comparators"]["before"], data["comparators"]["after"]
        self.before = {w: sign for sign, words in before.items() for w in words}
        self.after = {w: sign for sign, words in after.items() for w in words}
        self.before_words, self.after_words = Words(self.before), Words(self.after)
        ranges = data["ranges"]
        self.range_signs = Words(ranges["signs"])
        self.range_words = frozenset(ranges["words"])
        self.change_before = any_pattern(ranges["change_before"])
        self.spread_before = any_pattern(ranges["spread_before"])
        self.spread_after = any_pattern(ranges["spread_after"])
        self.negative = Words(data["negative"]["words"])
        self.share_before = any_pattern(data["comparators"]["share_before"])
        self.extent = Extent(data["extent"])
        self.names = any_pattern(data["names"]["patterns"])
        self.rates: dict[str, str] = data["rates"]["per"]
        per = "|".join(map(re.escape, self.rates))
        self.rate_after = re.compile(rf"\s?/\s?(?P<per>{per})(?![a-z])")


class TimePattern(NamedTuple):
    """A way of writing a time that names a period."""

    pattern: re.Pattern[str]
    cumulative: bool


class Times:
    """All of `times.toml`, compiled. Immutable after construction."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.patterns = tuple(
            TimePattern(re.compile(t["pattern"]), t.get("cumulative", False)) for t in data["time"]
        )
        self.vague = any_pattern(data["vague"]["patterns"])
        self.reference_before = Words(data["reference"]["before"])
        self.reference_after = Words(data["reference"]["after"])
        self.since = any_pattern(data["since"]["patterns"])
        self.onwards = any_pattern(data["since"]["onwards"])
        event = data["event"]
        self.event_before = Words(event["before"])
        self.happens = re.compile(rf"\b{any_word(event['verbs'])}\b")
        self.happened_before = re.compile(
            rf"\b(?:{any_word(event['verbs'])}(?:\s[a-z'-]+){{0,4}}\s"
            rf"|{any_word(event['prepositions'])}(?:\s[^\s,;]+){{0,6}}\s"
            rf"|{any_word(event['nouns'])}\s(?=of$))(?:of)?$"
        )
        ends = "(?=[，,；;。、)]|$)"
        self.happened_after = re.compile(
            rf"(?:{'|'.join(event['after_adverbs'])}){{0,2}}"
            rf"{any_word(event['after'])}{{1,4}}(?:的|{ends})"
            rf"|[^，,；;。]{{0,12}}{any_word(event['after_clause'])}{ends}"
        )
        reach = data["reach"]
        self.opening = re.compile(rf"\s*{reach['opening']}")
        self.now = any_pattern(reach["now"])
        self.present = re.compile(reach["present"])
        self.turn = re.compile(reach["turn"])
        self.joins = re.compile(reach["joins"])
        self.copula = Words(data["copula"]["words"])


class Pair(NamedTuple):
    """Two things of one name: how they are printed, and the beginning of each one's own name."""

    pattern: re.Pattern[str]
    members: tuple[str, ...]


class EnglishWords:
    """How the thing that a number measures is cut out of an English clause."""

    def __init__(self, data: Mapping[str, Any], verbs: Mapping[str, Any]) -> None:
        self.end = frozenset(data["end"])
        self.trailing = frozenset(data["trailing"])
        self.inner = frozenset(verbs["inner"])
        self.leading = frozenset(data["leading"]) - self.inner
        self.shares = frozenset(verbs["shares"])
        self.prepositions = frozenset(data["prepositions"])
        self.own = frozenset(data["own"])
        self.within = frozenset(data["within"])
        self.away = frozenset(data["away"])
        self.determiners = frozenset(data["determiners"])
        self.verbs = frozenset(verbs["verbs"])
        self.also_nouns = frozenset(verbs["also_nouns"])
        self.participles = frozenset(verbs["participles"])
        self.nouns = frozenset(verbs["nouns"])
        self._not_adverbs = frozenset(data["not_adverbs"])
        self._plurals = frozenset(data["plurals"])
        self._singulars = frozenset(data["singulars"])
        self._singular_ends = tuple(data["singular_ends"])

    def is_adverb(self, word: str) -> bool:
        """Whether a word is an adverb by its ending."""
        return word.endswith("ly") and word not in self._not_adverbs

    def is_participle(self, word: str) -> bool:
        """Whether a word is a participle by its ending, or the past of a verb."""
        return word.endswith(("ed", "ing")) and len(word) > _SHORTEST_PARTICIPLE

    def is_plural(self, word: str) -> bool:
        """Whether a noun is plural by its ending."""
        if word in self._plurals:
            return True
        ends = word.endswith("s") and not word.endswith(self._singular_ends)
        return ends and "'" not in word and "’" not in word and word not in self._singulars


class ObjectWords:
    """All of `objects.toml`, as sets. Immutable after construction."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.trailing = frozenset(data["before"]["trailing"])
        self.leading = frozenset(data["before"]["leading"])
        self.light = frozenset(data["before"]["light"])
        self.end = frozenset(data["after"]["end"])
        self.locatives = frozenset(data["after"]["locatives"])
        self.skip = frozenset(data["after"]["skip"])
        self.counted = frozenset(data["after"]["counted"])
        self.describing = frozenset(data["after"]["describing"])
        self.joining = frozenset(data["joining"]["signs"])
        self.at = frozenset(data["before"]["at"])
        self.each = re.compile(rf"(?:{'|'.join(data['rates']['before'])})[^\W\d_]{{0,4}}$")
        self.each_after = re.compile(rf"\s(?:{'|'.join(data['rates']['after'])})\b")
        self.pairs = tuple(
            Pair(re.compile(p["pattern"]), tuple(p["members"])) for p in data["pair"]
        )
        self.respectively = data["pairs"]["word"]
        self.english = EnglishWords(data["english"], data["english_verbs"])


class Indicator(NamedTuple):
    """A rule that gives a controlled code to what is measured.

    `growth` is one over the year before; a `level` is of a moment or a year, never of a plan's.
    """

    code: str
    kinds: frozenset[str]
    object: re.Pattern[str]
    clause: re.Pattern[str] | None
    after: re.Pattern[str] | None
    without: re.Pattern[str] | None
    growth: bool
    level: bool


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    def compiled(key: str) -> re.Pattern[str] | None:
        return re.compile(entry[key], re.IGNORECASE) if key in entry else None

    return Indicator(
        entry["code"],
        frozenset(entry["kinds"]),
        re.compile(entry["object"], re.IGNORECASE),
        compiled("clause"),
        compiled("after"),
        compiled("not"),
        entry.get("growth", False),
        entry.get("level", False),
    )


class Grammar(NamedTuple):
    """All that the reading of quantities depends on."""

    measures: Measures
    times: Times
    objects: ObjectWords
    indicators: tuple[Indicator, ...]
    rules: tuple[tuple[str, str, str], ...]  # name, pattern, kind
    scopes: Scopes


@cache
@made_of("grammar.toml", "measures.toml", "times.toml", "objects.toml", "indicators.toml")
def grammar() -> Grammar:
    """The project's grammar of quantities, read once."""
    rules = tuple((r["name"], r["pattern"], r["kind"]) for r in load_toml("grammar.toml")["rule"])
    if len({name for name, _, _ in rules}) != len(rules):
        raise KnowledgeError("grammar.toml: a rule stands twice", "name every rule once")
    return Grammar(
        Measures(load_toml("measures.toml")),
        Times(load_toml("times.toml")),
        ObjectWords(load_toml("objects.toml")),
        tuple(map(_indicator, load_toml("indicators.toml")["indicator"])),
        rules,
        scopes(),
    )
