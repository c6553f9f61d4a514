"""How the pages of a brochure are labelled: headings, credits, header values, names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml
from pipeline.knowledge.themes import Taxonomy, taxonomy
from pipeline.knowledge.units import Units, units
from pipeline.model import SectionKind
from pipeline.textforms import match_key

HeadingKind = SectionKind | Literal["matter"]

_LONGEST_START = 60
_SHORTEST_INLINE = 12
_LONGEST_VALUE = 120
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?\d{1,3}(?:\s+\d{1,3})?(?:\s*[-–—])?|[ivxlc]{1,6}|第\s*\d{1,3}\s*页"
)


class Layouts:
    """The labels of a brochure's pages, ready for matching. Immutable after construction."""

    def __init__(self, data: dict, themes: Taxonomy, measures: Units) -> None:
        self.themes = themes
        self.units = measures
        self.particles = frozenset(data["names"]["particles"])
        self._headings: dict[str, HeadingKind] = {}
        labels = [*data["headings"].items(), ("matter", data["matter"]["labels"])]
        for kind, variants in labels:
            for variant in variants:
                if self._headings.setdefault(_heading_key(variant), kind) != kind:
                    raise KnowledgeError(
                        f"layouts.toml: `{variant}` is a heading of two kinds",
                        "keep it in one list",
                    )
        longest = max(map(len, self._headings))
        self._longest_heading = 3 * longest
        self._glued = re.compile(
            r"\S[ \f\u3000]+(" + "|".join(_spaced(v) for _, vs in labels for v in vs) + r")\s*$",
            re.IGNORECASE,
        )
        self._value_labels = {
            _folded(label): kind
            for kind in ("population", "area")
            for label in data[kind]["labels"]
        }
        pictures = data["credits"]
        self._credit_anywhere = tuple(pictures["anywhere"])
        self._credit_starts = tuple(_credit_key(s) for s in pictures["starts"])
        self._population = _value_pattern(
            data["population"]["labels"], measures.population, measures, unit_needed=False
        )
        self._area = _value_pattern(
            data["area"]["labels"], measures.area, measures, unit_needed=True
        )

    def heading(self, text: str) -> HeadingKind | None:
        """The kind of heading that a whole line is, or None."""
        if not text or len(text) > self._longest_heading:
            return None
        return self._headings.get(_heading_key(text)) or self._bilingual(text)

    def _bilingual(self, text: str) -> HeadingKind | None:
        """The kind of a heading printed in two languages side by side, if they agree."""
        halves = re.split(
            r"\s*[/|·]\s*|(?<=[\u4e00-\u9fff])\s+(?=[A-Za-z])", text.strip(), maxsplit=1
        )
        kinds = {self._headings.get(_heading_key(half)) for half in halves}
        return kinds.pop() if len(halves) == 2 and len(kinds) == 1 else None

    def inline_heading(self, text: str) -> int | None:
        """Where the text begins that follows a heading and a colon in one line, or None."""
        label, colon, rest = text.partition("：") if "：" in text[:40] else text.partition(": ")
        if not colon or len(rest.strip()) < _SHORTEST_INLINE or len(match_key(label)) < 4:
            return None
        return len(label) + len(colon) if self.heading(label) not in (None, "matter") else None

    def glued_heading(self, text: str) -> int | None:
        """Where a heading begins that stands after other text at a line's end, or None."""
        if len(text) > _LONGEST_VALUE:
            return None
        found = self._glued.search(text)
        return found.start(1) if found else None

    def is_credit(self, text: str) -> bool:
        """Whether a line credits a picture."""
        if any(mark in text for mark in self._credit_anywhere):
            return True
        return _credit_key(text[:_LONGEST_START]).startswith(self._credit_starts)

    def is_page_number(self, text: str) -> bool:
        """Whether a line holds nothing but one or two printed page numbers."""
        return len(text) <= _LONGEST_VALUE and bool(_PAGE_NUMBER.fullmatch(text.strip()))

    def is_population(self, text: str) -> bool:
        """Whether a whole line states a population (`320,010人`, `Population: 1,666,530`)."""
        return len(text) <= _LONGEST_VALUE and bool(self._population.fullmatch(_folded(text)))

    def value_label(self, text: str) -> str | None:
        """Whether a line is nothing but the label of a value: "population", "area" or None."""
        return self._value_labels.get(_folded(text).rstrip(": ")) if len(text) < 60 else None

    def is_area(self, text: str) -> bool:
        """Whether a whole line states an area (`145平方公里`, `Area: 39.41 km²`)."""
        return len(text) <= _LONGEST_VALUE and bool(self._area.fullmatch(_folded(text)))


_HEADING_FRAME = re.compile(
    r"^[\s【\[（(〔「『]*(?:(?:第?[一二三四五六七八九十]{1,3}|\d{1,2}|[ivx]{1,4})[、.．)）]\s*)?|[】\]）)〕」』\s]+$",
    re.IGNORECASE,
)


def _heading_key(text: str) -> str:
    """A match key without a number or brackets around it and without hyphens."""
    return re.sub(r"[-‐‑–—]", "", match_key(_HEADING_FRAME.sub("", text)).replace("&", "and"))


def _credit_key(text: str) -> str:
    """Like a match key, but a colon counts: 图：张三 is a credit, 图书馆 is none."""
    return match_key(f"{text}|").rstrip("|")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, "".join(label.split())))


def _value_pattern(
    labels: list[str], unit_words: dict[str, float], measures: Units, *, unit_needed: bool
) -> re.Pattern[str]:
    """A line that is `[label][:] [about] number [magnitude] [unit]`, label or unit given."""
    label = (
        "(?:" + "|".join(re.escape(_folded(x)) for x in sorted(labels, key=len, reverse=True)) + ")"
    )
    year = r"(?:\s*\(\s*\d{4}\s*年?[^)]*\))?"
    number = measures.number_pattern
    unit = (
        "(?:"
        + "|".join(re.escape(_folded(u)) for u in sorted(unit_words, key=len, reverse=True))
        + ")"
    )
    about = "(?:" + "|".join(re.escape(_folded(w)) for w in measures.approximations) + r")?\s*"
    body = about + number
    in_label = rf"{label}\s*\(\s*(?:[千万亿]+)?\s*{unit}\s*\)\s*[:=]?\s*{body}{year}"
    two_labels = rf"{label}\s*[/|]\s*{label}"
    label = rf"(?:{two_labels}|{label})"
    with_unit = rf"{in_label}|(?:{label}{year}\s*[:=]?\s*)?{body}\s*{unit}{year}"
    if unit_needed:
        return re.compile(with_unit)
    return re.compile(rf"{with_unit}|{label}{year}\s*[:=]?\s*{body}{year}")


@cache
def layouts() -> Layouts:
    """The project's layouts, read once."""
    return Layouts(load_toml("layouts.toml"), taxonomy(), units())
