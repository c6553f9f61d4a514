"""What stands directly after a number: magnitudes, 多, a unit or a counter."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.knowledge.measures import Measures, Unit

_LATIN = re.compile(r"[a-z\u00c0-\u024f]")


class Token(NamedTuple):
    """A token: its offsets, its class in the grammar, its value or unit where it has one."""

    start: int
    end: int
    tag: str
    value: Decimal | None = None
    unit: Unit | None = None
    high: Decimal | None = None


class Tails:
    """Reads what follows the numbers of one folded text."""

    def __init__(self, text: str, measures: Measures) -> None:
        self._text = text
        self._measures = measures

    def after(self, at: int, numeral: str = "", *, signed: bool = False) -> list[Token]:
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
            if text[at : at + 1] == "几" and numeral.endswith("十") and not out:
                out.append(Token(at, at + 1, "P"))
                at += 1
                continue
            if text[at : at + 1] == "来" and self.counter(at + 1) and not out:
                out.append(Token(at, at + 1, "P"))
                at += 1
                continue
            magnitude = measures.magnitude_words.at(text, space)
            unit = measures.unit_words.at(text, space)
            if magnitude and magnitudes < 2 and len(unit) <= len(magnitude):
                if numeral and magnitude in ("十", "百"):
                    break
                magnitudes += 1
                value = Decimal(measures.magnitudes[magnitude])
                out.append(Token(space, space + len(magnitude), "M", value))
                at = space + len(magnitude)
                continue
            break
        self._unit_or_counter(at, out, signed=signed)
        if out and out[-1].tag == "P" and len(out) == 1 and text[out[0].start] == "来":
            return []
        return out

    def _unit_or_counter(self, at: int, out: list[Token], *, signed: bool) -> None:
        text, measures = self._text, self._measures
        space = at + (1 if text[at : at + 1] == " " else 0)
        if text[at : at + 1] == "-" and _LATIN.match(text[at + 1 : at + 2] or " "):
            space = at + 1  # a 25-year plan
        letter = text[at : at + 1]
        if signed and letter in measures.letters and not text[at + 1 : at + 2].isalpha():
            out.append(Token(at, at + 1, "L", Decimal(measures.letters[letter])))
            return
        people = re.match(r"[km] ([a-z]+)", text[at : at + 24])
        if people and people.group(1) in measures.letter_before:
            out.append(Token(at, at + 1, "M", Decimal(measures.letters[letter])))
            return
        if text.startswith("个半", at) and (
            half := measures.unit_words.at(text, at + 2) or text[at + 2 : at + 3] == "月"
        ):
            length = len(half) if isinstance(half, str) else 1
            form = half if isinstance(half, str) else "个月"
            out.append(Token(at, at + 2, "A", Decimal("0.5")))
            out.append(Token(at + 2, at + 2 + length, "U", unit=measures.units[form]))
            return
        unit = measures.unit_words.at(text, space)
        longer = measures.longer.at(text, space)
        if unit and len(longer) <= len(unit) and not self._letter_unit(unit, space):
            end = space + len(unit)
            out.append(Token(space, end, "U", unit=measures.units[unit]))
            if text[end : end + 1] == "半" and measures.units[unit].kind in ("duration", "length"):
                out.append(Token(end, end + 1, "A", Decimal("0.5")))
            return
        counter = self.counter(space)
        if counter:
            out.append(Token(space, space + len(counter), "C"))

    def _letter_unit(self, unit: str, at: int) -> bool:
        """Whether a one-letter unit is the start of a name (`R&D`, `5 m-learning`)."""
        return (
            len(unit) == 1
            and unit.isascii()
            and unit.isalpha()
            and self._text[at + 1 : at + 2] in ("-", "&")
        )

    def counter(self, at: int) -> str:
        """The counter that begins at a place, unless a longer word does."""
        counter = self._measures.counters.at(self._text, at)
        if counter and len(self._measures.longer.at(self._text, at)) > len(counter):
            return ""
        return counter
