"""How a header prints a population or an area: label, year, number, magnitude, unit.

One grammar serves both to find such lines and to read them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from pipeline.textforms import before_any, begins_otherwise, plain_form

_HAN_DIGITS = "〇零一二两三四五六七八九"
_BULLETS = "•●▪■◆◇○◦‣∙·➢➤►▶✓❖*|–—\\-\ue000-\uf8ff\U0001f300-\U0001faff"
_YEAR = r"(?:19|20)\d\d"
# When a value was so, beside its label or behind it: `2020年末`, `as of 2020`, `(2020 census)`.
_WHEN_WORDS = ("截至", "截止", "as of", "as at", "in", "at end", "end")
_WHEN = (
    rf"(?:(?:{'|'.join(_WHEN_WORDS)})?"
    rf"\s*{_YEAR}(?![\d,.'])\s*年?(?:末|底|初|度)?\s*,?\s*)"
)
_NOTE = r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]))"
_FOOTNOTE = r"(?:\s*[*†‡])*"
_RAISED = re.compile(
    r"(?<=\d)[⁰¹²³⁴-⁹]+|(?<=[^\W\d_])(?<![mM])[⁰¹²³⁴-⁹]+"
)  # of a footnote, and not m²
_EMPHASIS = re.compile(r"\*\*|__|'{3}")
_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # 面 积
_LABEL_MARK = r"(?:[1-9]|[*†‡]{1,3}|\[\d{1,2}\])"  # of a footnote, right behind a label
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´′ʼ＇", "'"))
_RANGE_SIGN = r"(?:[-‐‑‒–—−~〜～]|至|到|to\b|and\b)"
# Digits with any printed separator; which one it is, is decided where values are made.
_DIGITS = r"\d(?:[\d.,' ]*\d)?"
_HAN_NUMBER = (
    rf"(?=[百千万亿]*[{_HAN_DIGITS}十])[{_HAN_DIGITS}十百千万亿]+(?:点[{_HAN_DIGITS}]+[万亿]*)?"
)
_LETTERS = ("k", "m")
UNIT_GROUPS = (
    "first_unit", "second_unit", "last_unit", "late_unit", "label_unit", "label_only",
)  # fmt: skip


@lru_cache(maxsize=4096)
def figure_form(text: str) -> str:
    """A header line as it is read: plain form, lower case, no footnote mark at a digit.

    >>> figure_form("人口：１½　百萬"), figure_form("1 666 530¹ inhabitants")
    ('人口:1.5 百万', '1 666 530 inhabitants')
    """
    text = _RAISED.sub("", text.translate(_APOSTROPHES))
    for sign, decimals in _FRACTIONS.items():
        if sign not in text:
            continue
        text = re.sub(rf"(?<=\d)\s?{sign}", decimals, text).replace(sign, f"0{decimals}")
    text = _EMPHASIS.sub("", plain_form(text)).casefold()
    return _SET_APART.sub("", " ".join(text.split()))


def _any(words: Iterable[str]) -> str:
    ordered = sorted(map(figure_form, words), key=lambda w: (-len(w), w))
    return (
        "(?:"
        + "|".join(
            re.escape(w) + r"(?![a-z])" * (w[-1:].isascii() and w[-1:].isalpha()) for w in ordered
        )
        + ")"
    )


def any_whole_word(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, a Latin one whole."""
    return re.compile(
        before_any(words)
        + "(?:"
        + "|".join(
            rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w)
            for w in sorted(words)
        )
        + ")"
    )


def _letter_bound(word: str) -> str:
    return re.escape(word) + (r"(?![a-z0-9])" if word in _LETTERS else "")


class Figures:
    """Lines that print one kind of value. Immutable after construction.

    `units` maps printed units to factors, `magnitudes` likewise. With `unit_needed`, a label
    alone does not make a number such a value.
    """

    def __init__(
        self,
        labels: Collection[str],
        units: Mapping[str, float],
        magnitudes: Mapping[str, int],
        about: Iterable[str],
        after: Iterable[str],
        *,
        unit_needed: bool,
    ) -> None:
        self.units = {figure_form(word): factor for word, factor in units.items()}
        shortest = [u for u in self.units if not any(w in u for w in self.units if w != u)]
        self._unit = re.compile(
            f"{before_any(shortest)}(?:{'|'.join(map(re.escape, sorted(shortest)))})"
        )
        form_labels = tuple(map(figure_form, labels))
        self._word = any_whole_word({*self.units, *form_labels})
        self._label_word = any_whole_word(form_labels)
        self.magnitudes = {
            word: size
            for word, size in magnitudes.items()
            if not (unit_needed and word in _LETTERS)  # in an area, m is a metre
        }
        self._unit_needed = unit_needed
        magnitude = "|".join(map(_letter_bound, sorted(self.magnitudes, key=len, reverse=True)))
        self._label_letters = frozenset(word[0] for word in (*form_labels, *_WHEN_WORDS))
        unit, label = _any(self.units), _any(form_labels)
        number = rf"(?:{_DIGITS}|{_HAN_NUMBER})"

        def part(name: str) -> str:
            return (
                rf"(?P<{name}>{number})\s*[多余几]?\s*(?P<{name}_size>{magnitude})?"
                rf"(?:\s*(?P<{name}_unit>{unit}))?"
            )

        # 人口（万人）：1274.8, `Area / km²: 101.9`, `Population (million): 1.27`
        in_label = (
            r"(?:(?:\s*[(/,]\s*(?:in\s+|单位:?\s*)?|\s+in\s+)"
            rf"(?:(?P<label_size>{magnitude})\s*(?P<label_unit>{unit})?|(?P<label_only>{unit}))"
            r"\s*\)?(?=\s*[^\w\s]|\s*\d))?"
        )
        head = (
            rf"(?P<label>{label}(?:\s*[/|]?\s*{label})?)(?:{_LABEL_MARK}(?=\s*[:=|]))?{in_label}"
            rf"{_NOTE}*\s*{_WHEN}?\s*(?:[:=|–—-]|\.{{2,}})?\s*{_WHEN}?"
        )
        # 1亿2000万, 2154万3千
        second = (
            r"\s*(?P<second>\d[\d,]*)\s*(?P<second_size>[百千万])?" + rf"(?P<second_unit>{unit})?"
        )
        # The same in another script or unit: 969.7万 / about 9.697 million, 9,816 平方公里 / km²,
        # or more exactly: 79.2万（792,492人）
        twin = (
            rf"(?:\s*(?:[/|]|(?P<bracket>\())\s*(?:{_any(about)}?\s*{part('twin')}|{unit})"
            r"(?(bracket)\s*\)))?"
        )
        self._pattern = re.compile(
            rf"[\s{_BULLETS}]*{_WHEN}?(?:{head})?{_any(about)}?\s*{part('first')}"
            rf"(?:(?(first_size){second}|(?!))|\s*{_RANGE_SIGN}\s*{part('last')})?"
            rf"\s*{_any(after)}?(?P<late_unit>\s*{unit})?{twin}{_FOOTNOTE}{_NOTE}*"
            rf"\s*,?\s*{_WHEN}?{_FOOTNOTE}[\s.;,|]*"
        )
        self._label = re.compile(
            rf"[\s{_BULLETS}]*{_WHEN}?{label}(?:\s*[/|]?\s*{label})?"
            rf"(?:\s*[/,]\s*(?:in\s+)?(?:{magnitude})?\s*(?:{unit})?)?(?:{_LABEL_MARK}(?=\s*(?:[:=|]|$)))?"
            rf"{_NOTE}*\s*{_WHEN}?[:=|]?\s*"
        )

    def match(self, text: str, *, bare: bool = False) -> re.Match[str] | None:
        """The parts of a line that is such a value, or None.

        `bare` takes a number without label and unit as well.
        """
        if self._unit_needed and not bare and not self.names_unit(text):
            return None
        found = self._pattern.fullmatch(figure_form(text))
        if found is None or bare:
            return found
        unit = any(found[name] for name in UNIT_GROUPS)
        if unit or (found["label"] and not self._unit_needed):
            return found
        return None

    def is_label(self, text: str) -> bool:
        """Whether a line is nothing but a label of the value."""
        if begins_otherwise(text, self._label_letters):
            return False
        return bool(self._label.fullmatch(figure_form(text)))

    def names_any(self, text: str) -> bool:
        """Whether a unit or a label of the value stands anywhere in a line."""
        return self._word.search(figure_form(text)) is not None

    def names_label(self, text: str) -> bool:
        """Whether a label of the value stands anywhere in a line."""
        return self._label_word.search(figure_form(text)) is not None

    def names_unit(self, text: str) -> bool:
        """Whether a unit of the value stands anywhere in a line."""
        return self._unit.search(figure_form(text)) is not None
