"""Text → tokens with the classes of the quantity grammar.

Numbers, units, counters and their like are found by their printed forms; what stands between
is cut into words by jieba. Tokens cover the text without overlap, so offsets are exact.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from decimal import Decimal

from pipeline.knowledge.measures import Measures
from pipeline.language import word_bounds
from pipeline.normalise.numbers import chinese_value
from pipeline.normalise.quantities.latin import ORDINAL, LatinTokens
from pipeline.normalise.quantities.numerals import approximate_pair, arabic_value
from pipeline.normalise.quantities.periods import Time
from pipeline.normalise.quantities.tails import Token
from pipeline.textforms import HAN

_ZH_DIGIT = "零〇一二两兩三四五六七八九壹贰叁肆伍陆柒捌玖"
_ZH_NUMERAL = f"{_ZH_DIGIT}十百千万萬亿億廿卅拾佰仟"
# The ideographs with which a token may begin that is no word.
_OPENERS = frozenset(f"{_ZH_NUMERAL}第前半过")
_NUMBER = re.compile(
    r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?"
    r"|\d+(?:\.\d+)?(?:,\d{1,2}(?!\d))?[½¼¾]?|[½¼¾]"
)
# Digits and separators as they stand together; a part of them is not the number printed.
_DIGITS_TOGETHER = re.compile(r"\d*(?:[.,]\d+|\d)*[½⅓⅔¼¾⅕⅛⅜⅝⅞]?")
_FRACTION = re.compile(r"\d{1,3}\s*/\s*\d{1,4}(?![\d/])")
_ZH_FRACTION = re.compile(rf"[{_ZH_NUMERAL}]+分之[{_ZH_NUMERAL}]+")
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_LARGE = "十百千万萬亿億"
_HALF_UNIT = re.compile(r"半(?:个)?(?:小时|年|天|公里|个月|月|世纪)")
_BELOW_ZERO = re.compile(r"零下|minus ")
_TENTHS = re.compile(r"成(?!立|为|员|都|果|功|熟|分|本|长|绩|就|效|型)")
_HALF = re.compile(r"一半|半数|过半|\bhalf(?=\s(?:of|the|its|is|are|were|was)\b|[,.;])")
_ZH_RUN = re.compile(rf"[{_ZH_NUMERAL}]+(?:点[{_ZH_DIGIT}]+)?")
_STRONG = re.compile(r"强(?!大|化|调|劲|度|力|势|国)")
_HAN_RUN = re.compile(f"[{HAN}]+")
_INDEFINITE = "数几若"
_BETWEEN = re.compile(r"\bbetween [^,;]*$")
_WARMTH = re.compile(r"温[^，,。；;]*$")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_NUMERAL = re.compile(
    r"[0-9一二两兩三四五六七八九十百千万萬亿億半廿卅壹贰叁肆伍柒捌玖拾]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|hundred|thousand|million|billion|dozen|half|third|quarter|first|second|\w+th|decade)"
)


def may_hold_number(folded: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether a numeral stands in part of a folded text; without one it holds no quantity."""
    return _NUMERAL.search(folded, start, end) is not None


def tokenize(
    passage: str,
    folded: str,
    times: Sequence[Time],
    names: Sequence[tuple[int, int]],
    measures: Measures,
) -> list[Token]:
    """The tokens of a passage, in order, covering all of it but white space.

    `times` and `names`, given by start and end, are one token each, and so is what a sentence
    without any number says.
    """
    masks = {t.start: (t.end, "Y") for t in times}
    for start, end in names:
        masks.setdefault(start, (end, "X"))
    for sentence in _SENTENCE.finditer(folded):
        start, end = sentence.span()
        if not may_hold_number(folded, start, end):
            masks.setdefault(start, (end, "G"))
    lexer = _Lexer(passage, folded, masks, measures)
    return lexer.tokens()


class _Lexer(LatinTokens):
    def __init__(
        self, passage: str, text: str, masks: dict[int, tuple[int, str]], measures: Measures
    ) -> None:
        super().__init__(passage, text, measures)
        self._masks = masks
        self._boundaries = word_bounds(passage)  # no ideograph is folded
        signs = measures.range_signs.first_letters | measures.sign_words.first_letters
        self._openers = _OPENERS | signs

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

    def _next(self, at: int) -> int:
        """Add the token at a place and give its end."""
        text = self._text
        char = text[at]
        if char not in self._openers and (run := _HAN_RUN.match(text, at)):
            return self._han_word(at, run.end())
        if (char.isdigit() and char.isascii()) or char in "½¼¾":
            return self._digits(at)
        if (sign := self._minus(at)) and text[at + sign : at + sign + 1].isdecimal():
            return self._digits(at + sign, sign=sign)
        if end := self._range_sign(at):
            return end
        if char in _ZH_NUMERAL:
            end = self._chinese(at)
            if end:
                return end
        if char in "第前" and (end := self._ranked(at)):
            return end
        return self._sign_or_word(at)

    def _sign_or_word(self, at: int) -> int:
        """Add a token that begins with no numeral."""
        text, char = self._text, self._text[at]
        if text.startswith("百分之", at):
            return self._add(at, at + 3, "B")
        if end := self._latin_part(at):
            return end
        part = _HALF_UNIT.match(text, at)
        if part and text[at - 1 : at] not in ("上", "下", "前", "后", "大", "多", "一"):
            self._add(at, at + 1, "N", Decimal("0.5"))
            tail = self._tails.after(at + 1)
            self._out += tail
            return tail[-1].end if tail else at + 1
        half = _HALF.match(text, at)
        if half:
            return self._add(at, half.end(), "H", Decimal("0.5"))
        sign = self._measures.sign_words.at(text, at)
        if sign and re.match(r"\s?\d", text[at + len(sign) :]):
            return self._add(at, at + len(sign), "S", unit=self._measures.signs[sign])
        if _LATIN.match(char):
            return self._latin(at)
        run = _HAN_RUN.match(text, at)
        return self._han_word(at, run.end()) if run else self._add(at, at + 1, "G")

    # ------------------------------------------------------------ numbers

    def _minus(self, at: int) -> int:
        """Length of the sign or word that makes the number after it negative, 0 without one."""
        text = self._text
        word = _BELOW_ZERO.match(text, at)
        if word:
            return len(word.group())
        if text[at] not in "-−":
            return 0
        before = text[at - 1 : at]
        if self._out and self._out[-1].tag == "D" and self._out[-1].end == at:
            return 1
        free = not (before.isascii() and before.isalnum()) and before not in (")", "）", "%", "-")
        joins = bool(self._out) and self._out[-1].tag in "NMUCP" and self._out[-1].end == at
        return int(free and not joins)

    def _digits(self, at: int, *, sign: int = 0) -> int:
        text = self._text
        ordinal = ORDINAL.match(text, at)
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
        together = _DIGITS_TOGETHER.match(text, at)
        if together and together.end() > end:
            tail = self._tails.after(together.end())
            return self._add(at, tail[-1].end if tail else together.end(), "X")
        before = text[at - 1] if at else " "
        glued = bool(_LATIN.match(before)) or before in ".@#&"
        signed = bool(self._out) and self._out[-1].tag == "S"
        tail = self._degrees(at, end, negative=sign > 0) or self._tails.after(end, signed=signed)
        useful = tail and tail[0].tag in "MUPCL"
        named_after = (end < len(text) and text[end] in "@#") or (
            not useful and end < len(text) and _LATIN.match(text[end]) is not None
        )
        if value is None or named_after or (glued and not useful):
            return self._add(at, end, "X")
        if not useful and _TENTHS.match(text, end):
            self._add(at, end, "N", value)
            return self._add(end, end + 1, "K")
        if not useful and self._alone(at, end):
            return self._add(at, end, "J", value)
        compound = self._compound(value, tail)
        if compound is not None:
            end, value, tail = compound
        self._add(at - sign, end, "N", -value if sign else value)
        self._out += tail
        return tail[-1].end if tail else end

    def _degrees(self, at: int, end: int, *, negative: bool) -> list[Token]:
        """度 after a number where it is a temperature (零下5度, 气温20度); [] where it is none."""
        if not self._text.startswith("度", end):
            return []
        if not negative and not _WARMTH.search(self._text, max(0, at - 10), at):
            return []
        return [Token(end, end + 1, "U", unit=self._measures.units["摄氏度"])]

    def _compound(
        self, value: Decimal, tail: list[Token]
    ) -> tuple[int, Decimal, list[Token]] | None:
        """A number of two parts (`1亿2000万`, `3万5千`) as one; None where there is one part."""
        if not tail or any(t.tag != "M" or t.value is None for t in tail):
            return None
        found = _NUMBER.match(self._text, tail[-1].end)
        if found is None:
            return None
        rest = self._tails.after(found.end())
        second = arabic_value(found.group())
        first = value
        for token in tail:
            first *= token.value or 1
        parts = [t for t in rest if t.tag == "M"]
        if second is None or not parts:
            return None
        for token in parts:
            second *= token.value or 1
        if second >= (tail[-1].value or 0):
            return None
        return parts[-1].end, first + second, [t for t in rest if t.tag != "M"]

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
        if run is None or text.startswith("分之", run.end()):
            return 0
        if at and text[at - 1] in _INDEFINITE:
            return 0
        value = chinese_value(run.group(), measures)
        pair = approximate_pair(run.group(), measures)
        if value is not None and _TENTHS.match(text, run.end()) and len(run.group()) == 1:
            return self._tenths(at, run.end(), value)
        if self._out and self._out[-1].tag == "B":
            return self._add(at, run.end(), "N", value)
        tail = self._tails.after(run.end(), numeral=run.group())
        if value is None or not self._is_number(at, run.group(), tail):
            return 0
        start = at - 1 if at and text[at - 1] == "上" and run.group()[0] in "百千万" else at
        if start < at and self._out and self._out[-1].end > start:
            self._out.pop()
        if self._out and self._out[-1].tag == "W" and text[:at].endswith("零下"):
            value, start = -value, at - 2
            self._out.pop()
            tail = self._degrees(at, run.end(), negative=True) or tail
        low, high = pair or (value, None)
        self._out.append(Token(start, run.end(), "N" if tail else "M", low, None, high))
        self._out += tail
        return tail[-1].end if tail else run.end()

    def _tenths(self, at: int, end: int, value: Decimal) -> int:
        """`三成` and `三成五`, in tenths."""
        more = self._measures.digits.get(self._text[end + 1 : end + 2])
        self._add(at, end, "N", value if more is None else value + Decimal(more) / 10)
        return self._add(end, end + (1 if more is None else 2), "K")

    def _is_number(self, at: int, numeral: str, tail: Sequence[Token]) -> bool:
        """Whether a Chinese numeral with what follows it is a number and not part of a word."""
        compared = self._compared(at)
        full = numeral[-1] in "亿億" and any(c in _ZH_DIGIT for c in numeral)
        round_number = numeral[-1] in "万萬亿億" or numeral in ("千", "百")
        alone = not tail and not full and not (compared and round_number)
        if alone or (len(numeral) == 1 and numeral in _FORMAL):
            return False  # 陆港: a formal digit alone is a word
        if at not in self._boundaries and not compared:
            return False
        if numeral == "一":
            return self._counts_one(at, tail)
        if all(c in _LARGE for c in numeral):
            end = tail[-1].end if tail else at + len(numeral)
            if self._text.startswith("级", end) or (tail and tail[0].tag not in "UCP"):
                return False
            return compared or tail[0].tag in "UP" or numeral[0] == "十"
        return True

    def _compared(self, at: int) -> bool:
        word = self._measures.before_words.before(self._text, at)
        return bool(word)

    def _counts_one(self, at: int, tail: Sequence[Token]) -> bool:
        """Whether 一 counts (一所美术学院) and is no article (一座美丽的城市)."""
        if not tail:
            return False
        word = self._text[tail[0].start : tail[0].end]
        if any(t.tag == "A" for t in tail):
            return True
        if tail[0].tag == "U":
            return word in ("小时", "分钟", "刻钟")
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
        if text[at] == "第" and (counter := self._tails.counter(end)):
            return self._add(end, end + len(counter), "C")
        return end

    # ------------------------------------------------------------ words

    def _han_word(self, at: int, run_end: int) -> int:
        """The word at a place in a Chinese run, cut where a number begins inside it."""
        text = self._text
        end = at + 1
        while end < run_end and end not in self._boundaries:
            end += 1
        for inner in range(at + 1, end):
            if inner in self._masks or (text[inner] in _OPENERS and self._may_begin(inner)):
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

    def _may_begin(self, at: int) -> bool:
        """Whether a number or a rank begins at a place inside a word."""
        text = self._text
        if text[at] in "第前":
            return _NUMBER.match(text, at + 1) is not None
        return text[at] in _ZH_NUMERAL and (
            self._tail_after_numeral(at) or _HALF.match(text, at) is not None
        )

    def _tail_after_numeral(self, at: int) -> bool:
        run = _ZH_RUN.match(self._text, at)
        if run is None or not self._compared(at):
            return False
        return bool(self._tails.after(run.end(), numeral=run.group()))

    def _range_sign(self, at: int) -> int:
        """A sign or word between two numbers; 0 if it is none."""
        if not self._out or self._out[-1].tag not in "NMUCPL":
            return 0
        sign = self._measures.range_signs.at(self._text, at) or self._joins_range(at)
        if not sign:
            return 0
        rest = self._text[at + len(sign) :].lstrip()
        if sign not in "-−" or self._negative_before():
            rest = _BELOW_ZERO.sub("", rest.lstrip("-−"), count=1)
        number = rest[:1].isdigit() or rest[:1] in _ZH_NUMERAL
        signed = self._measures.sign_words.at(rest, 0)
        return self._add(at, at + len(sign), "D") if rest and (number or signed) else 0

    def _joins_range(self, at: int) -> str:
        """The `and` of `between 18% and 22%`; empty where there is none."""
        if not self._text.startswith("and ", at):
            return ""
        return "and" if _BETWEEN.search(self._text, max(0, at - 40), at) else ""

    def _negative_before(self) -> bool:
        """Whether the number read last is below zero."""
        last = next((t for t in reversed(self._out) if t.tag == "N"), None)
        return last is not None and last.value is not None and last.value < 0
