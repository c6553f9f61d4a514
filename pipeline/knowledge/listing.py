"""One line that lists several theme labels → the labels, where a sign may also stand inside one.

`Education, skills and clusters, mobility` is two labels. Every way of dividing the line at its
signs has a cost: a label that is known costs least, one understood by its head more, an unknown
one most, for each of its parts. So a sign that stands inside a known label divides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.knowledge.themes import Taxonomy

_SURE = re.compile(r"\s*[;；|｜•·●◆■▪‧∙▸►]\s*|\s*／\s*|\s+/\s+|\s{3,}|\t")
_ENDS = re.compile(r"[;；|｜•·●◆■▪‧∙▸►,，、／]|\s/\s|\s{3,}|\t")  # of the parts beside a stroke
_HAN = "[\u4e00-\u9fff]"
_SIGN = re.compile(
    rf"(?:(?<!\s)\s+)?[,，、]\s*(?:(?i:and)\s|&\s|以及|和(?=\S)|及(?=\S))?\s*|(?<={_HAN})/"
)
_LAST = re.compile(
    rf"(?<!\s)\s+(?i:and|&)\s+|(?:(?<!\s)\s+)?以及\s*|(?:(?<={_HAN})|(?<=\d))[和与與及](?={_HAN})"
)
_END = re.compile(r"(?<![\s.。;；,，、])[\s.。;；,，、]+$")
_BRACKET = re.compile(r"[（(][^（）()]*[)）]?")
_KNOWN, _ANOTHER, _MEANT, _UNKNOWN = 0.2, 0.35, 0.5, 1.0
# For dividing at an `and`: it stands between the last two labels, and in many a one.
_AT_AND, _AT_LAST_AND = 0.6, 0.1
# Themes that programmes list as one: `Technology 4.0 and digital economy` is one label.
_ONE_ENTRY = frozenset(("technology-4.0", "industry-5.0", "digital-economy"))
_MOST_PARTS = 6  # of a label
_MOST_CUTS = 40
_LONGEST = 60  # characters of a part beside a stroke


class Labels(NamedTuple):
    """Where the labels of a text stand, and how many of them are known or understood."""

    spans: tuple[tuple[int, int], ...]
    known: int
    cost: float


def one_label(text: str, themes: Taxonomy, is_word: Callable[[str], bool]) -> float:
    """What a text costs as one label: less than 1 where it is known or understood."""
    if found := themes.match(text):
        one = all(m.theme.theme in _ONE_ENTRY for m in found)
        return _KNOWN + _ANOTHER * (0 if one else len(found) - 1)
    if found := themes.listed(text, is_word):
        return _MEANT + _ANOTHER * (len(found) - 1)
    return _UNKNOWN


def divide(text: str, themes: Taxonomy, is_word: Callable[[str], bool]) -> Labels:
    """The labels of a line that lists themes."""
    end = len(text.rstrip()) if has_dot_inside(text) else len(_END.sub("", text))
    start = len(text) - len(text.lstrip())
    spans: list[tuple[int, int]] = []
    cost = 0.0
    known = 0
    at = start
    signs = [m for m in _SURE.finditer(text, start, end) if not _inside(text, m)]
    for sure in [*(m for m in signs if not _in_label(text, m, themes)), None]:
        stop = sure.start() if sure else end
        if stop > at:
            part = _cheapest(text, at, stop, themes, is_word)
            spans += part.spans
            cost += part.cost
            known += part.known
        at = sure.end() if sure else end
    return Labels(tuple(spans), known, cost)


def _in_label(text: str, sign: re.Match[str], themes: Taxonomy) -> bool:
    """Whether a stroke stands inside a label that is known as a whole (城市議程／規劃)."""
    if sign.group().strip() not in ("／", "/"):
        return False
    before = _ENDS.split(text[max(0, sign.start() - _LONGEST) : sign.start()])[-1]
    after = _ENDS.split(text[sign.end() : sign.end() + _LONGEST])[0]
    return len(themes.match(f"{before}/{after}", free_details=False)) == 1 and not all(
        themes.match(part, free_details=False) for part in (before, after)
    )


def has_dot_inside(text: str) -> bool:
    """Whether a full stop at the end belongs to an abbreviation (`etc.`)."""
    return text.rstrip().endswith(("etc.", "e.g."))


def _inside(text: str, sign: re.Match[str]) -> bool:
    """Whether a sign stands in brackets."""
    return any(b.start() < sign.start() < b.end() for b in _BRACKET.finditer(text))


def _cheapest(
    text: str, start: int, end: int, themes: Taxonomy, is_word: Callable[[str], bool]
) -> Labels:
    if one_label(text[start:end], themes, is_word) <= _KNOWN:
        return Labels(((start, end),), 1, _KNOWN)
    cuts = _cuts(text, start, end)
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # cost, where from, how many known
    for j in range(1, len(cuts)):
        ways = []
        for i in range(max(0, j - _MOST_PARTS), j):
            label = text[cuts[i].stop : cuts[j].start]
            one = one_label(label, themes, is_word)
            commas = sum(c.comma for c in cuts[i + 1 : j])
            if commas and not _may_hold_comma(label, themes):
                one = _UNKNOWN * (1 + commas)  # it may go on over an `and`, not over a comma
            ways.append((best[i][0] + one + cuts[j].toll, i, best[i][2] + (one < _UNKNOWN)))
        best.append(min(ways, key=lambda w: (round(w[0], 6), -w[1])))
    spans: list[tuple[int, int]] = []
    j = len(cuts) - 1
    while j > 0:
        i = best[j][1]
        spans.append((cuts[i].stop, cuts[j].start))
        j = i
    return Labels(tuple(spans[::-1]), best[-1][2], best[-1][0])


def _may_hold_comma(label: str, themes: Taxonomy) -> bool:
    """Whether a label with a comma is one: a theme, with its details behind a dash alone."""
    return len(themes.match(label, free_details=False)) == 1 and not themes.holds_details(label)


class _Cut(NamedTuple):
    """A place where a text may be divided, and what that costs."""

    start: int
    stop: int
    toll: float
    comma: bool


def _cuts(text: str, start: int, end: int) -> list[_Cut]:
    """The places where a text may be divided, with its two ends."""
    commas = [m for m in _SIGN.finditer(text, start, end) if not _inside(text, m)]
    taken = {i for m in commas for i in range(m.start(), m.end())}
    ands = [m for m in _LAST.finditer(text, start, end) if m.start() not in taken]
    last = commas[-1].end() if commas else end  # behind it, an `and` may divide the last two
    cuts = [_Cut(m.start(), m.end(), 0.0, True) for m in commas]
    cuts += [
        _Cut(m.start(), m.end(), _AT_LAST_AND if m.start() >= last else _AT_AND, False)
        for m in ands
        if not _inside(text, m)
    ]
    inner = sorted(c for c in cuts if start < c.start and c.stop < end)[:_MOST_CUTS]
    return [_Cut(start, start, 0.0, False), *inner, _Cut(end, end, 0.0, False)]
