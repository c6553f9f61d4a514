"""Measured numbers in prose: value, unit, comparator, period, thing measured and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.hanzi import simplified
from pipeline.knowledge.measures import Grammar
from pipeline.normalise.quantities.context import (
    aggregation_of,
    comparator_of,
    is_negative,
    scope_of,
)
from pipeline.normalise.quantities.dating import Dating
from pipeline.normalise.quantities.folding import fold
from pipeline.normalise.quantities.grammar import Amount, parse_tokens
from pipeline.normalise.quantities.indicators import dated, rule_of
from pipeline.normalise.quantities.lexer import Token, may_hold_number, tokenize
from pipeline.normalise.quantities.objects import Objects
from pipeline.normalise.quantities.objects.tagged import TaggedText
from pipeline.normalise.quantities.ownership import Measured, Ownership, Place
from pipeline.normalise.quantities.pairing import Reading, respectively
from pipeline.normalise.quantities.periods import Time, find_times

__all__ = ["Place", "Quantity", "read_quantities"]

_PART = 4000
_SENTENCE_BREAK = re.compile(r"[。！？!?]|[.;；]\s")
_LOOSE_BREAK = re.compile(r"[，,、\s](?!\d)")
_NEAR = 6
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
    aggregation: str | None
    object: str | None
    indicator: str | None


def read_quantities(passage: str, grammar: Grammar, place: Place | None = None) -> list[Quantity]:
    """The measured numbers of a passage, in order.

    `place` is whom it is about, where that is known: the numbers of others have no indicator.
    A very long one is read in parts that end with a sentence, so that time grows with length.
    """
    found: list[Quantity] = []
    at = 0
    for end in _part_ends(passage):
        part = _read_part(passage[at:end], grammar, place)
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


def _read_part(passage: str, grammar: Grammar, place: Place | None) -> list[Quantity]:
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
    if not amounts:
        return []
    text = _Text(passage, plain, folded, times, tokens, grammar)
    readings = _readings(text, amounts, sentences)
    about = _About(
        Ownership(folded, times, grammar.scopes, place),
        Dating(folded, times, sentences, [r.start for r in readings], grammar.times),
    )
    following = [r.start for r in readings[1:]] + [len(folded)]
    found = [
        _quantity(reading, stop, text, about)
        for reading, stop in zip(readings, following, strict=True)
    ]
    return _shared_forward(found)


class _Text(NamedTuple):
    """One text in its forms (as printed, simplified, folded), with its times and tokens."""

    passage: str
    plain: str
    folded: str
    times: Sequence[Time]
    tokens: Sequence[Token]
    grammar: Grammar


class _About(NamedTuple):
    """What is told of the numbers of a text: whose they are, and of what time."""

    owner: Ownership
    dating: Dating


def _readings(text: _Text, amounts: Sequence[Amount], sentences: Sequence[int]) -> list[Reading]:
    """The amounts of a text with what each one measures, in order."""
    objects = Objects(TaggedText(text.plain, text.folded, text.tokens, amounts, text.grammar))
    found: list[Reading] = []
    sentence = -1
    previous: str | None = None
    for amount in amounts:
        start, end = text.tokens[amount.first].start, text.tokens[amount.last].end
        scope = scope_of(text.folded, start, end, sentences)
        if scope.sentence_start != sentence:
            sentence = scope.sentence_start
            if not text.folded.startswith("其中", sentence):
                previous = None
        measured = objects.of(amount, previous)
        previous = measured or previous
        found.append(Reading(amount, start, end, scope, measured))
    return respectively(found, text.plain, text.folded, text.grammar.objects, objects.phrase_to)


def _quantity(reading: Reading, stop: int, text: _Text, about: _About) -> Quantity:
    """The quantity that a reading gives; `stop` is where the next one begins."""
    folded, grammar = text.folded, text.grammar
    start, end, scope, measured = reading.start, reading.end, reading.scope, reading.object
    amount = _settled(reading.amount, folded, start, measured)
    period = about.dating.period(start, end, scope)
    after = min(stop, scope.clause_end)
    words = folded[scope.clause_start : start], folded[end:after]
    rule = None
    if measured and reading.told:
        number = Measured(start, end, amount.kind, fold(measured), scope, after)
        rule = rule_of(number, folded, period, about.owner, grammar.indicators)
        period = dated(period, rule, number, folded, grammar.scopes)
    rate = grammar.measures.rate_after.match(folded, end)
    if rate:
        end, amount = rate.end(), _per(amount, grammar.measures.rates[rate["per"]])
    quantity = Quantity(
        text=text.passage[start:end],
        start=start,
        end=end,
        kind=amount.kind,
        value=None if amount.value is None else float(amount.value),
        value_max=None if amount.value_max is None else float(amount.value_max),
        unit=amount.unit,
        comparator=amount.comparator or comparator_of(folded, start, end, amount.kind, grammar),
        period=period,
        aggregation=aggregation_of(*words, grammar.scopes),
        object=_as_printed(measured, text.plain, text.passage, start),
        indicator=rule.code if rule else None,
    )
    negative = amount.kind == "percent" and is_negative(folded, start, grammar)
    return _decrease(quantity) if negative else quantity


def _per(amount: Amount, time: str) -> Amount:
    """An amount by a time (万人次/年): a rate, but for money, whose unit is its currency."""
    if amount.kind == "money" or amount.unit is None:
        return amount
    unit = "" if amount.unit == "1" else amount.unit
    return amount._replace(kind="other", unit=f"{unit}/{time}")


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
