"""Text → tokens with the classes of the quantity grammar.

Numbers, units, counters and their like are found by their printed forms; what stands between
is cut into words by jieba. Tokens cover the text without overlap, so offsets are exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.knowledge.measures import Measures, Unit
from pipeline.language import words
from pipeline.normalise.quantities.numerals import arabic_value, chinese_value, english_value
from pipeline.normalise.quantities.periods import Time
from pipeline.textforms import HAN

# Full-width letters, digits and signs → ASCII, one character for one.
_FOLD = {
    c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FOLD |= {
    ord(a): ord(b)
    for a, b in zip("％．－＋～＄￡／\u00a0\u2009\u202f\u3000", "%.-+~$£/    ", strict=True)
}
_FOLD |= {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
_FOLD |= {c: c - 0xFEE0 + 32 for c in range(0xFF21, 0xFF3B)}

_ZH_DIGIT = "零〇一二两兩三四五六七八九"
_ZH_NUMERAL = "零〇一二两兩三四五六七八九十百千万萬亿億"
_NUMBER = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:\.\d+)?(?:,\d{1,2}(?!\d))?"
)
_FRACTION = re.compile(r"\d{1,3}\s*/\s*\d{1,4}(?![\d/])")
_ZH_FRACTION = re.compile(rf"[{_ZH_NUMERAL}]+分之[{_ZH_NUMERAL}]+")
_HALF = re.compile(r"一半|半数|过半|half(?= of\b| the\b)")
_ZH_RUN = re.compile(rf"[{_ZH_NUMERAL}]+(?:点[{_ZH_DIGIT}]+)?")
_EN_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:['’-][a-z\u00c0-\u024f]+)*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")
_SUPERLATIVE = re.compile(
    r"[- ](?:largest|biggest|oldest|busiest|richest|highest|longest|greatest|fastest|smallest|"
    r"wealthiest|tallest|youngest|safest|best|leading|place|position|rank"
    r"|most [a-z]+(?:ed|ing|ous|ive|ant|able|ful)?)\b"
)
_RANK_VERB = re.compile(
    r"\b(?:rank(?:s|ed|ing)?|placed|came|comes)\s+(?:as\s+)?(?:the\s+)?(?:no\.\s*|number\s+)?"
)
_STRONG = re.compile(r"强(?!大|化|调|劲|度|力|势|国)")
_HAN_RUN = re.compile(f"[{HAN}]+")
_INDEFINITE = "数几若"
_LATIN = re.compile(r"[a-z\u00c0-\u024f]")


class Token(NamedTuple):
    """A token: its offsets, its class in the grammar, its value or unit where it has one."""

    start: int
    end: int
    tag: str
    value: Decimal | None = None
    unit: Unit | None = None


def fold(text: str) -> str:
    """The text in lower case with full-width letters and digits narrowed, of the same length."""
    return text.translate(_FOLD)


def tokenize(passage: str, folded: str, times: Sequence[Time], measures: Measures) -> list[Token]:
    """The tokens of a passage, in order, covering all of it but white space."""
    masks = {t.start: (t.end, "Y") for t in times}
    for found in measures.names.finditer(folded):
        if found.end() > found.start():
            masks.setdefault(found.start(), (found.end(), "X"))
    lexer = _Lexer(passage, folded, masks, measures)
    return lexer.tokens()


class _Lexer:
    def __init__(
        self, passage: str, text: str, masks: dict[int, tuple[int, str]], measures: Measures
    ) -> None:
        self._passage = passage
        self._text = text
        self._masks = masks
        self._measures = measures
        self._out: list[Token] = []
        self._boundaries = _word_starts(text)

    def tokens(self) -> list[Token]:
        at = 0
        text = self._text
        while at < len(text):
            if at in self._masks:
                end, tag = self._masks[at]
                self._add(at, end, tag)
                at = end
            elif text[at].isspace():
                at += 1
            else:
                at = self._next(at)
        return self._out

    def _add(
        self, start: int, end: int, tag: str, value: Decimal | None = None, unit: Unit | None = None
    ) -> int:
        self._out.append(Token(start, end, tag, value, unit))
        return end

    def _next(self, at: int) -> int:
        """Add the token at a place and give its end."""
        text = self._text
        char = text[at]
        if char.isdigit() and char.isascii():
            return self._digits(at)
        if end := self._range_sign(at):
            return end
        if char in _ZH_NUMERAL:
            end = self._chinese(at)
            if end:
                return end
        if char in "第前" and (end := self._ranked(at)):
            return end
        if char == "百" and text.startswith("百分之", at):
            return self._add(at, at + 3, "B")
        half = _HALF.match(text, at)
        if half:
            return self._add(at, half.end(), "H", Decimal("0.5"))
        sign = self._measures.sign_words.at(text, at)
        if sign and re.match(r"\s?\d", text[at + len(sign) :]):
            return self._add(at, at + len(sign), "S", unit=self._measures.signs[sign])
        if _LATIN.match(char):
            return self._latin(at)
        return self._word(at)

    # ------------------------------------------------------------ numbers

    def _digits(self, at: int) -> int:
        text = self._text
        ordinal = _ORDINAL.match(text, at)
        if ordinal:
            self._add(at, ordinal.end(), "O", Decimal(re.sub(r"\D", "", ordinal.group())))
            return self._superlative(ordinal.end())
        fraction = _FRACTION.match(text, at)
        if fraction and not self._follows_unit(fraction.end()):
            top, bottom = fraction.group().split("/")
            if Decimal(bottom) and Decimal(top) < Decimal(bottom):
                return self._add(at, fraction.end(), "F", Decimal(top) / Decimal(bottom))
        found = _NUMBER.match(text, at)
        assert found is not None
        value = arabic_value(found.group())
        end = found.end()
        before = text[at - 1] if at else " "
        glued = bool(_LATIN.match(before)) or before in ".@#&"
        tail = self._tail(end)
        useful = tail and tail[0].tag in "MUPC"
        named_after = (end < len(text) and text[end] in "@#") or (
            not useful and end < len(text) and _LATIN.match(text[end]) is not None
        )
        if value is None or named_after or (glued and not useful):
            return self._add(at, end, "X")
        self._add(at, end, "N", value)
        self._out += tail
        return tail[-1].end if tail else end

    def _follows_unit(self, end: int) -> bool:
        return bool(self._measures.unit_words.at(self._text, end)) and self._text[end] == "%"

    def _chinese(self, at: int) -> int:
        """A Chinese numeral that counts or measures something; 0 if it is part of a word."""
        text, measures = self._text, self._measures
        fraction = _ZH_FRACTION.match(text, at)
        if fraction:
            bottom, _, top = fraction.group().partition("分之")
            low, high = chinese_value(bottom, measures), chinese_value(top, measures)
            if low and high and bottom != "百":
                return self._add(at, fraction.end(), "F", high / low)
        run = _ZH_RUN.match(text, at)
        if run is None or (at and text[at - 1] in _INDEFINITE):
            return 0
        numeral = run.group()
        if text.startswith("分之", run.end()):
            return 0
        if (
            text.startswith("成", run.end())
            and len(numeral) == 1
            and not text.startswith(
                ("成立", "成为", "成员", "成都", "成果", "成功", "成熟", "成分", "成本"), run.end()
            )
        ):
            self._add(at, run.end(), "N", chinese_value(numeral, measures))
            return self._add(run.end(), run.end() + 1, "K")
        if self._out and self._out[-1].tag == "B":
            return self._add(at, run.end(), "N", chinese_value(numeral, measures))
        value = chinese_value(numeral, measures)
        tail = self._tail(run.end(), numeral=numeral)
        large = numeral[-1] in "万萬亿億" or numeral in ("千", "百")
        if value is None or not (tail or (large and self._compared(at))):
            return 0
        if at not in self._boundaries and not self._compared(at):
            return 0
        if numeral == "一" and not self._counts_one(at, tail):
            return 0
        if all(c in "十百千万萬亿億" for c in numeral):
            if (tail and tail[0].tag not in "UCP") or not (tail or self._compared(at)):
                return 0
            if tail and tail[0].tag != "U" and not self._compared(at) and numeral[0] != "十":
                return 0
            if text.startswith("级", tail[-1].end if tail else run.end()):
                return 0
        start = at - 1 if at and text[at - 1] == "上" and numeral[0] in "百千万" else at
        if start < at and self._out and self._out[-1].end > start:
            self._out.pop()
        only_large = not tail and all(c in "十百千万萬亿億" for c in numeral)
        self._add(start, run.end(), "M" if only_large else "N", value)
        self._out += tail
        return tail[-1].end if tail else run.end()

    def _compared(self, at: int) -> bool:
        word = self._measures.before_words.before(self._text, at)
        return bool(word)

    def _counts_one(self, at: int, tail: Sequence[Token]) -> bool:
        """Whether 一 counts (一所美术学院) and is no article (一座美丽的城市)."""
        if not tail:
            return False
        word = self._text[tail[0].start : tail[0].end]
        if tail[0].tag == "U":
            return word in ("小时", "分钟")
        before = self._text[:at]
        article = before.endswith(
            ("是", "为", "作为", "成为", "像", "了", "这", "那", "某", "另", "每")
        )
        return tail[0].tag == "C" and word not in self._measures.articles and not article

    def _ranked(self, at: int) -> int:
        """`第` or `前` with a number: a rank, or an order in time that is none."""
        text, measures = self._text, self._measures
        after = at + 1 + (len(text) - at - 1 - len(text[at + 1 :].lstrip()))
        found = _NUMBER.match(text, after) or _ZH_RUN.match(text, after)
        if found is None or found.start() in self._masks:
            return 0
        numeral = found.group()
        value = arabic_value(numeral) if numeral[0].isascii() else chinese_value(numeral, measures)
        if value is None:
            return 0
        end = found.end()
        if text[at] == "前":
            unit = measures.unit_words.at(text, end) or re.match(r"季|个|次|几|任", text[end:])
            plain = numeral[0].isascii() or end == len(text) or not _HAN_RUN.match(text, end)
            listed = measures.rank_suffixes.at(text, end) in ("位", "名") or text.startswith(
                "强", end
            )
            if (
                (unit and not listed)
                or not (plain or listed)
                or text[at - 1 : at] in ("以", "之", "目", "年")
            ):
                return 0
            self._add(at, at + 1, "T")
        else:
            if measures.not_ranks.at(text, end) or text.startswith("大道", end):
                self._add(at, end, "X")
                return end
            self._add(at, at + 1, "R")
        self._add(after, end, "N", value)
        suffix = measures.rank_suffixes.at(text, end)
        if text[at] == "前" and text.startswith("强", end):
            suffix = "强"
        if suffix and not (
            suffix == "大" and measures.longer.at(text, end) in ("大学", "大道", "大街")
        ):
            return self._add(end, end + len(suffix), "Q")
        if text[at] == "第" and (counter := self._counter(end)):
            return self._add(end, end + len(counter), "C")
        return end

    # ------------------------------------------------------------ what follows a number

    def _tail(self, at: int, numeral: str = "") -> list[Token]:
        """Magnitudes, 多, unit or counter directly after a number."""
        text, measures = self._text, self._measures
        out: list[Token] = []
        magnitudes = 0
        while True:
            space = at + (1 if text[at : at + 1] == " " else 0)
            if text[at : at + 1] in ("多", "余", "餘") and not any(t.tag == "P" for t in out):
                out.append(Token(at, at + 1, "P"))
                at += 1
                continue
            if text[at : at + 1] == "来" and self._counter(at + 1) and not out:
                out.append(Token(at, at + 1, "P"))
                at += 1
                continue
            magnitude = measures.magnitude_words.at(text, space)
            if (
                magnitude
                and magnitudes < 2
                and not (
                    (numeral and magnitude in ("十", "百"))
                    or (text.startswith("千米", space) and magnitude == "千")
                    or (text.startswith("千瓦", space) and magnitude == "千")
                    or (text.startswith("千克", space) and magnitude == "千")
                )
            ):
                magnitudes += 1
                value = Decimal(measures.magnitudes[magnitude])
                out.append(Token(space, space + len(magnitude), "M", value))
                at = space + len(magnitude)
                continue
            break
        self._unit_or_counter(at, out)
        if out and out[-1].tag == "P" and len(out) == 1 and text[out[0].start] in "来":
            return []
        return out

    def _unit_or_counter(self, at: int, out: list[Token]) -> None:
        text, measures = self._text, self._measures
        space = at + (1 if text[at : at + 1] == " " else 0)
        if text[at : at + 1] == "-" and _LATIN.match(text[at + 1 : at + 2] or " "):
            space = at + 1  # a 25-year plan
        letter = text[at : at + 1]
        signed = bool(self._out) and self._out[-1].tag == "S"
        if signed and letter in measures.letters and not text[at + 1 : at + 2].isalpha():
            out.append(Token(at, at + 1, "L", Decimal(measures.letters[letter])))
            return
        unit = measures.unit_words.at(text, space)
        longer = measures.longer.at(text, space)
        if unit and len(longer) <= len(unit) and not self._letter_unit(unit, space):
            out.append(Token(space, space + len(unit), "U", unit=measures.units[unit]))
            if text.startswith("/年", space + len(unit)):
                return
            return
        counter = self._counter(space)
        if counter:
            out.append(Token(space, space + len(counter), "C"))

    def _letter_unit(self, unit: str, at: int) -> bool:
        """Whether a one-letter unit may as well be a magnitude or the start of a name."""
        if len(unit) > 1 or not unit.isascii() or not unit.isalpha():
            return False
        signed = bool(self._out) and self._out[-1].tag == "S"
        return signed or self._text[at + 1 : at + 2] in ("-", "&")

    def _counter(self, at: int) -> str:
        counter = self._measures.counters.at(self._text, at)
        if counter and len(self._measures.longer.at(self._text, at)) > len(counter):
            return ""
        return counter

    # ------------------------------------------------------------ words

    def _latin(self, at: int) -> int:
        text, measures = self._text, self._measures
        verb = _RANK_VERB.match(text, at)
        found = _EN_WORD.match(text, at)
        if found is None:
            return self._add(at, at + 1, "G")
        if verb and (at == 0 or not _LATIN.match(text[at - 1])):
            self._add(at, at + len(verb.group().rstrip()), "V")
            rest = verb.end()
            number = re.match(r"\d+(?![\d,.]*\d|\s*%)\b", text[rest:])
            if number and not self._tail(rest + number.end()):
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
        """Numeral words (`twenty-five`, `two hundred and ten`) as one number; 0 for none."""
        text, measures = self._text, self._measures
        known: list[str] = []
        end = cursor = at
        while found := re.compile(r"[a-z]+").match(text, cursor):
            word = found.group()
            if word in measures.english or (known and word == "hundred"):
                known.append(word)
                end = found.end()
            elif not (known and word == "and" and "hundred" in known):
                break
            cursor = found.end()
            if text[cursor : cursor + 1] in ("-", " "):
                cursor += 1
            else:
                break
        if not known or known == ["zero"]:
            return 0
        tail = self._tail(end)
        if known == ["one"] and not (tail and tail[0].tag in "MU"):
            return 0
        self._add(at, end, "N", english_value(known, measures))
        self._out += tail
        return tail[-1].end if tail else end

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
        return not (year or shouted) and word not in _NOT_COUNTED and len(word) > 1

    def _word(self, at: int) -> int:
        text = self._text
        run = _HAN_RUN.match(text, at)
        if run is None:
            return self._add(at, at + 1, "G")
        end = next((b for b in range(at + 1, run.end() + 1) if b in self._boundaries), run.end())
        for inner in range(at + 1, end):
            if inner in self._masks or (text[inner] in "第前" and _NUMBER.match(text, inner + 1)):
                end = inner
                break
            if text[inner] in _ZH_NUMERAL and self._tail_after_numeral(inner):
                end = inner
                break
        if (
            text.startswith("强", at)
            and self._out
            and self._out[-1].tag == "N"
            and _STRONG.match(text, at)
        ):
            return self._add(at, at + 1, "Z")
        return self._add(at, end, "W")

    def _tail_after_numeral(self, at: int) -> bool:
        run = _ZH_RUN.match(self._text, at)
        return bool(run) and self._compared(at) and bool(self._tail(run.end(), numeral=run.group()))  # type: ignore[union-attr]

    def _range_sign(self, at: int) -> int:
        """A sign or word between two numbers; 0 if it is none."""
        sign = self._measures.range_signs.at(self._text, at)
        if not sign or not self._out or self._out[-1].tag not in "NMUCPL":
            return 0
        rest = self._text[at + len(sign) :].lstrip()
        number = rest[:1].isdigit() or rest[:1] in _ZH_NUMERAL
        signed = self._measures.sign_words.at(rest, 0)
        return self._add(at, at + len(sign), "D") if rest and (number or signed) else 0


_NOT_COUNTED = frozenset(
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
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
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
    ]
)


def _word_starts(text: str) -> frozenset[int]:
    """The places where words begin, by jieba, in all Chinese runs of a text."""
    starts = []
    for run in _HAN_RUN.finditer(text):
        at = run.start()
        for word in words(run.group()):
            starts.append(at)
            at += len(word)
    return frozenset(starts)
