"""Measured numbers in prose: value, unit, kind, comparator, period, thing measured, indicator."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.hanzi import simplified
from pipeline.knowledge.measures import Grammar, Indicator
from pipeline.normalise.quantities.context import (
    Objects,
    comparator_of,
    is_negative,
    scope_of,
)
from pipeline.normalise.quantities.folding import fold
from pipeline.normalise.quantities.grammar import Amount, parse_tokens
from pipeline.normalise.quantities.lexer import may_hold_number, tokenize
from pipeline.normalise.quantities.periods import find_times, governing_period

__all__ = ["Quantity", "read_quantities"]

_PART = 4000
_SENTENCE_BREAK = re.compile(r"[。！？!?]|[.;；]\s")
_LOOSE_BREAK = re.compile(r"[，,、\s](?!\d)")
_NEAR = 6
_AFTER = 24
_MONEY_WORDS = ("产值", "gdp", "生产总值", "收入", "投资", "营收", "销售额", "市值", "总额", "规模")


class Quantity(NamedTuple):
    """One measured number. `start` and `end` cut exactly `text` out of the passage."""

    text: str
    start: int
    end: int
    kind: str
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: str
    period: str | None
    object: str | None
    indicator: str | None


def read_quantities(passage: str, grammar: Grammar) -> list[Quantity]:
    """The measured numbers of a passage, in order.

    A very long one is read in parts that end with a sentence, so that time grows with length.
    """
    found: list[Quantity] = []
    at = 0
    for end in _part_ends(passage):
        part = _read_part(passage[at:end], grammar)
        found += [q._replace(start=q.start + at, end=q.end + at) for q in part] if at else part
        at = end
    return found


def _part_ends(passage: str) -> list[int]:
    """Where the parts of a passage end: after the last sentence within each `_PART` characters.

    Without a sentence's end, a part ends where no letter or digit is cut from another.
    """
    ends: list[int] = []
    at = 0
    while len(passage) - at > _PART:
        part = passage[at : at + _PART]
        breaks = [m.end() for m in _SENTENCE_BREAK.finditer(part)]
        breaks = breaks or [m.end() for m in _LOOSE_BREAK.finditer(part)]
        at += breaks[-1] if breaks else _PART
        ends.append(at)
    return [*ends, len(passage)]


def _read_part(passage: str, grammar: Grammar) -> list[Quantity]:
    folded = fold(passage)
    if not may_hold_number(folded):
        return []
    names = [m.span() for m in grammar.measures.names.finditer(folded) if m.group()]
    times = [
        t
        for t in find_times(folded, grammar.times)
        if not any(a <= t.start < b for a, b in names) and not _in_title(folded, t.start)
    ]
    plain = simplified(passage)
    tokens = tokenize(plain, folded, times, names, grammar.measures)
    amounts, sentences = parse_tokens(folded, tokens, grammar)
    objects = Objects(plain, folded, tokens, amounts, grammar)
    found: list[Quantity] = []
    sentence = -1
    previous: str | None = None
    for raw in amounts:
        start, end = tokens[raw.first].start, tokens[raw.last].end
        scope = scope_of(folded, start, end, sentences)
        if scope.sentence_start != sentence:
            sentence = scope.sentence_start
            if not folded.startswith("其中", sentence):
                previous = None
        measured = objects.of(raw, previous)
        previous = measured or previous
        amount = _settled(raw, folded, start, measured)
        found.append(
            Quantity(
                text=passage[start:end],
                start=start,
                end=end,
                kind=amount.kind,
                value=None if amount.value is None else float(amount.value),
                value_max=None if amount.value_max is None else float(amount.value_max),
                unit=amount.unit,
                comparator=amount.comparator or comparator_of(folded, start, end, grammar),
                period=governing_period(folded, start, end, scope, times, grammar.times),
                object=_as_printed(measured, plain, passage, start),
                indicator=_indicator(
                    amount.kind,
                    measured,
                    folded[scope.clause_start : scope.clause_end],
                    folded[end : end + _AFTER],
                    grammar.indicators,
                ),
            )
        )
        if amount.kind == "percent" and is_negative(folded, start, grammar):
            found[-1] = _decrease(found[-1])
    return _shared_forward(found)


def _as_printed(measured: str | None, plain: str, passage: str, at: int) -> str | None:
    """What is measured, in the characters of the passage; `plain` is its simplified form."""
    if measured is None or plain == passage:
        return measured
    near = plain.rfind(measured, 0, at)
    near = near if near >= 0 else plain.find(measured)
    return passage[near : near + len(measured)] if near >= 0 else measured


def _decrease(quantity: Quantity) -> Quantity:
    """A printed decrease as a negative growth; a range turns its ends round."""
    low, high = quantity.value, quantity.value_max
    if low is None or low < 0:
        return quantity
    return quantity._replace(
        value=-low if high is None else -high, value_max=None if high is None else -low
    )


def _shared_forward(found: list[Quantity]) -> list[Quantity]:
    """A rank that names no thing shares that of the next one (`第三个、内陆第一个国家级新区`)."""
    for i in range(len(found) - 2, -1, -1):
        here, after = found[i], found[i + 1]
        near = after.start - here.end <= _NEAR
        if here.object is None and near and here.kind == after.kind == "rank":
            found[i] = here._replace(object=after.object, indicator=after.indicator)
    return found


def _in_title(folded: str, at: int) -> bool:
    """Whether a place is inside 《》, the title of a work."""
    return folded.rfind("《", 0, at) > folded.rfind("》", 0, at)


def _settled(amount: Amount, folded: str, start: int, measured: str | None) -> Amount:
    """An amount without a unit is money or a count by what it measures, else of unknown kind."""
    if amount.kind != "bare":
        return amount
    about = f"{folded[max(0, start - 12) : start]} {measured or ''}".lower()
    if any(word in about for word in _MONEY_WORDS):
        return amount._replace(kind="money")
    return amount._replace(kind="count", unit="1") if measured else amount._replace(kind="other")


def _indicator(
    kind: str, measured: str | None, clause: str, after: str, indicators: tuple[Indicator, ...]
) -> str | None:
    """The code of the first indicator that fits what is measured."""
    if not measured:
        return None
    measured = fold(measured)
    for rule in indicators:
        if (
            kind in rule.kinds
            and rule.object.search(measured)
            and (rule.clause is None or rule.clause.search(clause))
            and (rule.after is None or rule.after.search(after))
            and not (rule.without and (rule.without.search(measured)))
        ):
            return rule.code
    return None
