"""What other well-known tools read in the phrases of `tests/oracles/phrases.txt`.

    python benchmarks/oracles.py > tests/oracles/results.json

Runs in an environment of its own that holds the tools and nothing of this project; docs/oracles.md
says which. The same versions give the same bytes. Each tool gets what it is made for: a sentence,
or the phrase alone where it parses and does not search, or the numeral within the phrase.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

PHRASES = Path(__file__).parent.parent / "tests" / "oracles" / "phrases.txt"
PACKAGES = {
    "babel": "babel",
    "cn2an": "cn2an",
    "jionlp": "jionlp",
    "pint": "pint",
    "quantulum3": "quantulum3",
    "recognizers": "recognizers-text-number-with-unit",
    "text2num": "text2num",
}
_HAN_NUMERAL = re.compile(
    "(?:[0-9,.零〇一二两兩三四五六七八九十廿卅百万萬亿億点半壹贰拾佰分之%]|千(?![米克瓦]))+"
)
_SIGN_APART = re.compile("零下|[-−]|minus")  # a sign that the readers of numerals do not take
_DIGITS = re.compile(r"(?<![a-z0-9])(?:[0-9][0-9,. ]*[0-9]|[0-9])")
_MULTIPLIED = re.compile(r"[十百千万亿角]|/\d|thousand|illion|\d(?:bn|[mk]\b)")
_TIMEX = re.compile(r"(PT?)([\d.]+)([YMWDHS])")
_NOON = 1_600_000_000  # a time for the tool that asks for one; durations do not depend on it


class Phrase(NamedTuple):
    """A phrase, its language (`zh` or `en`), and a sentence in which it stands."""

    language: str
    text: str
    sentence: str

    @property
    def span(self) -> tuple[int, int]:
        """Where the phrase stands in the sentence."""
        start = self.sentence.index(self.text)
        return start, start + len(self.text)


class Reading(NamedTuple):
    """What a tool reads: the text as it cuts it, the value or both ends of a range, its unit."""

    text: str
    value: float
    value_max: float | None = None
    unit: str | None = None


def phrases() -> list[Phrase]:
    """All phrases, in the order of the file."""
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    return [Phrase(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def babel() -> Callable[[Phrase], list[Reading]]:
    """Babel's strict number parser for digits in the phrase's locale that nothing multiplies."""
    from babel.numbers import parse_decimal

    def read(phrase: Phrase) -> list[Reading]:
        if _MULTIPLIED.search(phrase.text) or _SIGN_APART.match(phrase.text):
            return []
        digits = _DIGITS.findall(phrase.text)
        return [
            Reading(d, float(parse_decimal(d, locale=phrase.language, strict=True))) for d in digits
        ]

    return read


def cn2an() -> Callable[[Phrase], list[Reading]]:
    """cn2an for the numeral in a Chinese phrase; its text transformer for `分之`."""
    import cn2an as tool

    def read(phrase: Phrase) -> list[Reading]:
        numerals = _HAN_NUMERAL.findall(phrase.text) if phrase.language == "zh" else []
        if len(numerals) != 1 or _SIGN_APART.match(phrase.text):
            return []
        numeral = numerals[0]
        if "分之" not in numeral:
            return [Reading(numeral, float(tool.cn2an(numeral, "smart")))]
        turned = tool.transform(numeral, "cn2an")
        if turned.endswith("%"):
            return [Reading(numeral, float(turned[:-1]), unit="%")]
        top, _, bottom = turned.partition("/")
        return [Reading(numeral, float(top) / float(bottom))]

    return read


def jionlp() -> Callable[[Phrase], list[Reading]]:
    """JioNLP's money and time extractors over a Chinese sentence; of times, the durations."""
    import jionlp as tool

    def read(phrase: Phrase) -> list[Reading]:
        if phrase.language != "zh":
            return []
        found = []
        for money in tool.ner.extract_money(phrase.sentence, with_parsing=True):
            if _meets(phrase, *money["offset"]):
                detail = money["detail"]
                ends = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
                found.append(Reading(money["text"], *_ends(ends), unit=detail["case"]))
        for time in tool.ner.extract_time(phrase.sentence, time_base=_NOON):
            if time["type"] == "time_delta" and _meets(phrase, *time["offset"]):
                found += _durations(time["text"], time["detail"]["time"])
        return found

    return read


def _durations(text: str, time: dict[str, float] | list[dict[str, float]]) -> list[Reading]:
    """A duration in one or several units, or a range of durations in one unit."""
    if isinstance(time, list):
        low, high = time
        return [Reading(text, low[u], high[u], u) for u in low if u in high]
    return [Reading(text, amount, unit=unit) for unit, amount in time.items()]


def pint() -> Callable[[Phrase], list[Reading]]:
    """Pint for an English phrase, as an expression."""
    from pint import UnitRegistry

    registry = UnitRegistry()

    def read(phrase: Phrase) -> list[Reading]:
        if phrase.language != "en":
            return []
        found = registry.Quantity(phrase.text)
        return [Reading(phrase.text, float(found.magnitude), unit=str(found.units))]

    return read


def quantulum3() -> Callable[[Phrase], list[Reading]]:
    """quantulum3 over an English sentence, without its classifier."""
    from quantulum3 import parser

    def read(phrase: Phrase) -> list[Reading]:
        if phrase.language != "en":
            return []
        found = []
        for q in parser.parse(phrase.sentence):
            if _meets(phrase, *q.span):
                half = q.uncertainty
                ends = [q.value] if half is None else [q.value - half, q.value + half]
                found.append(Reading(q.surface, *_ends(ends), unit=q.unit.name))
        return found

    return read


def recognizers() -> Callable[[Phrase], list[Reading]]:
    """Recognizers-Text over a sentence: its unit models, then durations, then bare numbers."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import (
        recognize_age,
        recognize_currency,
        recognize_dimension,
        recognize_temperature,
    )

    cultures = {"zh": Culture.Chinese, "en": Culture.English}
    measured = [recognize_age, recognize_currency, recognize_dimension, recognize_temperature]

    def read(phrase: Phrase) -> list[Reading]:
        text, culture = phrase.sentence, cultures[phrase.language]
        found: list[tuple[int, int, Reading]] = []
        for model in [*measured, recognize_percentage, recognize_datetime, recognize_number]:
            for result in model(text, culture):
                start, end = result.start, result.end + 1
                reading = _recognized(result)
                taken = any(start < b and a < end for a, b, _ in found)
                if reading and not taken and _meets(phrase, start, end):
                    found.append((start, end, reading))
        return [reading for _, _, reading in sorted(found)]

    return read


def _recognized(result: Any) -> Reading | None:
    """A result of Recognizers-Text as a reading; None where it gives no value."""
    told = result.resolution or {}
    if "values" in told:
        timex = _TIMEX.fullmatch(told["values"][0].get("timex", ""))
        return timex and Reading(result.text, float(timex[2]), unit=f"{timex[1]}_{timex[3]}")
    value = told.get("value")
    if value is None:
        return None
    unit = "%" if value.endswith("%") else told.get("isoCurrency") or told.get("unit")
    return Reading(result.text, float(value.rstrip("%")), unit=unit)


def text2num() -> Callable[[Phrase], list[Reading]]:
    """text2num for an English phrase whose numeral is written in words."""
    from text_to_num import alpha2digit

    def read(phrase: Phrase) -> list[Reading]:
        if phrase.language != "en" or re.search(r"\d", phrase.text):
            return []
        turned = alpha2digit(phrase.text, "en")
        return [Reading(turned, float(n)) for n in re.findall(r"-?\d+(?:\.\d+)?", turned)]

    return read


def _meets(phrase: Phrase, start: int, end: int) -> bool:
    """Whether a place in the sentence overlaps the phrase."""
    a, b = phrase.span
    return start < b and a < end


def _ends(values: Iterable[Any]) -> tuple[float, float | None]:
    """One value, or the two ends of a range."""
    low, *rest = map(float, values)
    return low, rest[0] if rest else None


def _try(read: Callable[[Phrase], list[Reading]], phrase: Phrase) -> list[dict[str, Any]]:
    """The readings of a phrase; none where the tool gives up with an error."""
    try:
        found = read(phrase)
    except Exception:  # noqa: BLE001 each tool has its own ways to refuse a text
        return []
    return [{k: v for k, v in r._asdict().items() if v is not None} for r in found]


def main() -> None:
    """Print all readings as JSON."""
    warnings.simplefilter("ignore")
    logging.disable()
    with contextlib.redirect_stdout(io.StringIO()):
        readers = {name: globals()[name]() for name in sorted(PACKAGES)}
        readings = {
            phrase.text: {
                name: found for name, read in readers.items() if (found := _try(read, phrase))
            }
            for phrase in phrases()
        }
    result = {
        "python": sys.version.split()[0],
        "versions": {name: version(package) for name, package in sorted(PACKAGES.items())},
        "readings": readings,
    }
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
