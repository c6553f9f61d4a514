"""The tokens of Latin letters: numeral words, ordinals, fractions, and what numbers count."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge.measures import Measures, Unit
from pipeline.normalise.quantities.numerals import english_value
from pipeline.normalise.quantities.periods import MONTHS
from pipeline.normalise.quantities.tails import Tails, Token

WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:['’-][a-z\u00c0-\u024f]+)*")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")
_SUPERLATIVE = re.compile(
    r"[- ](?:largest|biggest|oldest|busiest|richest|highest|longest|greatest|fastest|smallest|"
    r"wealthiest|tallest|youngest|safest|best|leading|place|position|rank"
    r"|most [a-z]+(?:ed|ing|ous|ive|ant|able|ful)?)\b"
)
_RANK_VERB = re.compile(
    r"\b(?:rank(?:s|ed|ing)?|placed|came|comes)\s+(?:as\s+)?(?:the\s+)?(?:no\.\s*|number\s+)?"
)
_EN_TOPS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_EN_BOTTOMS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
_EN_FRACTION = re.compile(
    r"(?P<top>a|one|two|three|four|[1-4])[ -](?P<bottom>thirds?|quarters?|fifths?|tenths?)"
    r"(?=\s(?:of|the|is|are|were|was)\b|[,.;]|$)"
)
_TOP_LIST = re.compile(r"top (?P<n>\d{1,4}|three|five|ten|twenty|fifty)\b(?!\s*%)")
_BEFORE_ALONE = frozenset(
    [
        "of",
        "is",
        "was",
        "are",
        "were",
        "to",
        "reached",
        "about",
        "over",
        "nearly",
        "some",
        "exceeds",
        "totals",
    ]
)
NOT_COUNTED = frozenset(
    [
        "and",
        "or",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "than",
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "as",
        "per",
        "that",
        "which",
        "who",
        "percent",
        "am",
        "pm",
        "o'clock",
        "but",
        "if",
        "not",
        "have",
        "has",
        "had",
        "it",
        "its",
        "this",
        "these",
        "those",
        "their",
        "our",
        "we",
        "they",
        "i",
        "he",
        "she",
        "be",
        "been",
        "being",
        "so",
        "then",
        "also",
        "such",
        *MONTHS,
    ]
)
_LATIN = re.compile(r"[a-z\u00c0-\u024f]")
_LETTERS = re.compile(r"[a-z]+")
_A_LARGE = re.compile(r" (?:hundred|thousand|million|billion|dozen)\b")
_AND_A_HALF = re.compile(r" and a half\b")
_HALF_OF = re.compile(
    r"half an?(?: (?P<size>million|billion|thousand|dozen)\b"
    r"|(?= (?:hour|year|day|month|mile|kilomet)))"
)


class LatinTokens:
    """The tokens of a text so far, and how those of Latin letters are added to them."""

    def __init__(self, passage: str, text: str, measures: Measures) -> None:
        self._passage = passage
        self._text = text
        self._measures = measures
        self._tails = Tails(text, measures)
        self._out: list[Token] = []

    def _add(
        self, start: int, end: int, tag: str, value: Decimal | None = None, unit: Unit | None = None
    ) -> int:
        self._out.append(Token(start, end, tag, value, unit))
        return end

    def _alone(self, at: int, end: int) -> bool:
        """Whether a large number counts what a word before it names (`population of 412,300`)."""
        grouped = "," in self._text[at:end] or end - at > 4
        before = re.search(r"([a-z]+) $", self._text[:at])
        after = WORD.match(self._text, end + 1)
        counted = after is not None and after.group() not in NOT_COUNTED
        return grouped and before is not None and before.group(1) in _BEFORE_ALONE and not counted

    def _latin(self, at: int) -> int:
        text, measures = self._text, self._measures
        verb = _RANK_VERB.match(text, at)
        found = WORD.match(text, at)
        if found is None:
            return self._add(at, at + 1, "G")
        if verb and (at == 0 or not _LATIN.match(text[at - 1])):
            self._add(at, at + len(verb.group().rstrip()), "V")
            rest = verb.end()
            number = re.match(r"\d+(?![\d,.]*\d|\s*%)\b", text[rest:])
            if number and not self._tails.after(rest + number.end()):
                return self._add(rest, rest + number.end(), "O", Decimal(number.group()))
            return rest
        word = found.group()
        parts = word.split("-")
        if parts[0] in measures.ordinals and (
            len(parts) == 1 or parts[1].endswith("est") or parts[1] == "most"
        ):
            end = at + len(parts[0])
            self._add(at, end, "O", Decimal(measures.ordinals[parts[0]]))
            return self._superlative(end)
        numeral = self._english_numeral(at)
        if numeral:
            return numeral
        if self._out and self._counts_latin(at, word):
            return self._add(at, found.end(), "I")
        return self._add(at, found.end(), "W")

    def _superlative(self, at: int) -> int:
        found = _SUPERLATIVE.match(self._text, at)
        return self._add(at + 1, found.end(), "E") if found else at

    def _english_numeral(self, at: int) -> int:
        """Numeral words (`twenty-five`, `a million`) as one number; 0 for none."""
        text, measures = self._text, self._measures
        halved = _HALF_OF.match(text, at)
        if halved:
            word = halved["size"] or ""
            size = Decimal(measures.magnitudes.get(word, 12 if word == "dozen" else 1))
            end = halved.end()
            tail = self._tails.after(end)
            self._add(at, end, "N", size / 2)
            self._out += tail
            return tail[-1].end if tail else end
        known, end = self._numeral_words(at)
        if not known:
            return 0
        value = english_value(known, measures)
        more = _AND_A_HALF.match(text, end)
        if more and value is not None:
            value, end = value + Decimal("0.5"), more.end()
        tail = self._tails.after(end)
        if known == ["one"] and not more and not (tail and tail[0].tag in "MU"):
            return 0
        self._add(at, end, "N", value)
        self._out += tail
        return tail[-1].end if tail else end

    def _numeral_words(self, at: int) -> tuple[list[str], int]:
        """The numeral words from a place on, and where they end."""
        text, measures = self._text, self._measures
        known: list[str] = []
        end = cursor = at
        while found := _LETTERS.match(text, cursor):
            word = found.group()
            large = word in ("hundred", "thousand", "million", "billion", "dozen")
            if word in measures.english or (known and large):
                known.append(word)
                end = found.end()
            elif word == "a" and not known and _A_LARGE.match(text, found.end()):
                known.append(word)
            elif not (word == "and" and {"hundred", "thousand"} & set(known)):
                break
            cursor = found.end()
            if text[cursor : cursor + 1] not in ("-", " "):
                break
            cursor += 1
        return ([], at) if known in (["zero"], ["a"]) else (known, end)

    def _counts_latin(self, at: int, word: str) -> bool:
        """Whether a Latin word is what the number before it counts (`54 universities`)."""
        last = self._out[-1]
        if last.tag not in "NM" or self._text[last.end : at] != " ":
            return False
        number = self._out[-2] if last.tag == "M" and len(self._out) > 1 else last
        if number.tag != "N" or number.value is None:
            return False
        printed = self._text[number.start : number.end]
        year = re.fullmatch(r"(?:1[5-9]|20)\d\d", printed) and last is number
        shouted = self._passage[at : at + len(word)].isupper()
        return not (year or shouted) and word not in NOT_COUNTED and len(word) > 1

    def _latin_part(self, at: int) -> int:
        """`two thirds` as a fraction, `top 10` as a rank; 0 for neither."""
        text = self._text
        if at and text[at - 1].isalnum():
            return 0
        part = _EN_FRACTION.match(text, at)
        if part:
            top = _EN_TOPS.get(part["top"]) or int(part["top"])
            share = Decimal(top) / Decimal(_EN_BOTTOMS[part["bottom"]])
            return self._add(at, part.end(), "F", share)
        listed = _TOP_LIST.match(text, at)
        if listed:
            self._add(at, at + 3, "T")
            value = self._measures.english.get(listed["n"]) or int(listed["n"])
            return self._add(listed.start("n"), listed.end(), "N", Decimal(value))
        return 0
