"""Tokens → quantities without their context: which tokens belong together, and their value.

The rules stand in `grammar.toml` as sequences of token classes; spaCy's Matcher finds them. Of
overlapping matches the longest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.knowledge.measures import Grammar, Measures
from pipeline.normalise.quantities.lexer import Token

_SENTENCE_ENDS = ["。", "！", "？", "!", "?", "."]
# Of these tokens the Matcher gets the class alone, so that the vocabulary stays small.
_OPEN_CLASSES = frozenset("WXIYN")
# No rule has words, names or times in it: of several in a row the first stands for all.
_WORDS = frozenset("WXY")


class Amount(NamedTuple):
    """A quantity by itself: the tokens it takes (`first` to `last`), its value and unit."""

    first: int
    last: int
    kind: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    comparator: str | None = None
    counter: int | None = None  # index of the token that counts, if there is one


class Parsed(NamedTuple):
    """The quantities of a text, and where its sentences start (offsets, in order)."""

    amounts: list[Amount]
    sentences: list[int]


@lru_cache(maxsize=2)
def _matcher(rules: tuple[tuple[str, str, str], ...]) -> tuple[Any, Any, dict[str, str], Any]:
    """SpaCy's Matcher for the rules, its vocabulary, the kind of each rule, and a Sentencizer."""
    from spacy.matcher import Matcher
    from spacy.pipeline import Sentencizer
    from spacy.vocab import Vocab

    vocab = Vocab()  # tokens come ready-made, so no language's tokenizer is needed
    matcher = Matcher(vocab)
    kinds = {}
    for name, pattern, kind in rules:
        steps = [
            {"TAG": step[0], **({"OP": "?"} if step.endswith("?") else {})}
            for step in pattern.split()
        ]
        matcher.add(name, [steps])
        kinds[name] = kind
    return matcher, vocab, kinds, Sentencizer(punct_chars=_SENTENCE_ENDS)


def parse_tokens(folded: str, tokens: Sequence[Token], grammar: Grammar) -> Parsed:
    """The quantities in a text's tokens, none overlapping another, and its sentences."""
    from spacy.tokens import Doc

    if not any(t.tag in "NFHOMJ" for t in tokens):
        return Parsed([], [])
    matcher, vocab, kinds, sentencizer = _matcher(grammar.rules)
    kept = [
        i
        for i, t in enumerate(tokens)
        if not (i and t.tag in _WORDS and tokens[i - 1].tag in _WORDS)
    ]
    shown = [tokens[i] for i in kept]
    doc = Doc(
        vocab,
        words=[t.tag if t.tag in _OPEN_CLASSES else folded[t.start : t.end] for t in shown],
        tags=[t.tag for t in shown],
    )
    taken = [False] * len(tokens)
    amounts = []
    for match, first, after in sorted(matcher(doc), key=lambda m: (m[1] - m[2], m[1])):
        start, end = kept[first], kept[after - 1] + 1
        if any(taken[start:end]):
            continue
        kind = kinds[vocab.strings[match]]
        if kind in _RANGES and _is_change(tokens[start:end], folded, grammar.measures):
            continue
        amount = _PRODUCTIONS[kind](tokens[start:end], start, folded)
        if amount is not None:
            taken[start:end] = [True] * (end - start)
            amounts.append(amount)
    if not amounts:
        return Parsed([], [])
    starts = sentencizer(doc).to_array("SENT_START")
    return Parsed(sorted(amounts), [t.start for t, s in zip(shown, starts, strict=True) if s == 1])


def _is_change(tokens: Sequence[Token], folded: str, measures: Measures) -> bool:
    """Whether two amounts are a change (by €2 bn to €14 bn), or of two units, and no range."""
    dash = next(i for i, t in enumerate(tokens) if t.tag == "D")
    left = next((t for t in tokens[:dash] if t.tag in "US"), None)
    right = next((t for t in tokens[dash + 1 :] if t.tag in "US"), None)
    if left and right and left.unit and right.unit:
        shares = left.unit.code == right.unit.code == "%"  # 3个百分点至20%: a share, not points
        printed = [folded[t.start : t.end] for t in (left, right)]
        if left.unit != right.unit or (shares and printed[0] != printed[1]):
            return True
    both = (left and right) or any(t.tag == "C" for t in tokens[:dash])
    if not both or folded[tokens[dash].start : tokens[dash].end] not in measures.range_words:
        return False
    start, end = tokens[0].start, tokens[-1].end
    before = folded[max(0, start - _CHANGE_CONTEXT) : start]
    if measures.spread_before.search(before) or measures.spread_after.search(
        folded[end : end + _CHANGE_CONTEXT]
    ):
        return False
    return bool(measures.change_before.search(before))


def _number(tokens: Sequence[Token]) -> Decimal | None:
    """The number that N tokens and the magnitudes after them make, the last one if several."""
    value: Decimal | None = None
    for token in tokens:
        if token.tag == "N":
            value = token.value
        elif token.tag in "ML" and token.value is not None:
            value = token.value if value is None else value * token.value
        elif token.tag == "A" and value is not None:
            value += Decimal("0.5")
    return value


def _upper(tokens: Sequence[Token]) -> Decimal | None:
    """The upper end of an approximate pair (两三年), with its magnitudes; None for one number."""
    high = next((t.high for t in tokens if t.high is not None), None)
    for token in tokens:
        if high is not None and token.tag in "ML" and token.value is not None:
            high *= token.value
    return high


def _more(tokens: Sequence[Token], folded: str) -> str | None:
    """`>=` for 多 and 余 inside a number, `~` for 来, `>=` for 上 before it."""
    for token in tokens:
        if token.tag == "P":
            return "~" if folded[token.start] == "来" else ">="
        if token.tag == "N" and folded[token.start] == "上":
            return ">="
    return None


def _unit(tokens: Sequence[Token]) -> Token | None:
    """The unit, or the currency before the number where 元 after it says no more."""
    found = [t for t in tokens if t.tag in "US"]
    signed = (
        len(found) > 1 and found[0].tag == "S" and found[-1].unit and found[-1].unit.code == "CNY"
    )
    return (found[0] if signed else found[-1]) if found else None


def _measure(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    unit = _unit(tokens)
    value = _number(tokens)
    if unit is None or unit.unit is None or value is None:
        return None
    if unit.unit.kind == "money" and _grouped_by_point(tokens, folded):
        value *= 1000
    scaled = value * Decimal(str(unit.unit.factor))
    last = start + len(tokens) - 1
    more = _more(tokens, folded)
    upper = _upper(tokens)
    high = None if upper is None else upper * Decimal(str(unit.unit.factor))
    return Amount(start, last, unit.unit.kind, scaled, high, unit.unit.code, more)


def _range(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    dash = next(i for i, t in enumerate(tokens) if t.tag == "D")
    low, high = _number(tokens[:dash]), _number(tokens[dash + 1 :])
    if low is None or high is None:
        return None
    magnitudes = [t.value for t in tokens[dash + 1 :] if t.tag in "ML" and t.value]
    if magnitudes and not any(t.tag in "ML" for t in tokens[:dash]) and low < high:
        for magnitude in magnitudes:
            low *= magnitude
    if low >= high:
        return None
    unit = _unit(tokens)
    factor = Decimal(str(unit.unit.factor)) if unit and unit.unit else Decimal(1)
    last = start + len(tokens) - 1
    kind = unit.unit.kind if unit and unit.unit else "count"
    code = unit.unit.code if unit and unit.unit else "1"
    counter = None if unit else last
    return Amount(
        start, last, kind, low * factor, high * factor, code, _more(tokens, folded), counter
    )


def _count(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    value = _number(tokens)
    if value is not None and _grouped_by_point(tokens, folded):
        value *= 1000
    last = start + len(tokens) - 1
    return (
        value
        if value is None
        else Amount(start, last, "count", value, _upper(tokens), "1", _more(tokens, folded), last)
    )


def _grouped_by_point(tokens: Sequence[Token], folded: str) -> bool:
    """Whether a point groups thousands: things come whole and money has no third decimal."""
    numbers = [folded[t.start : t.end] for t in tokens if t.tag == "N"]
    large = any(t.tag in "ML" for t in tokens)
    return len(numbers) == 1 and not large and bool(_POINT_GROUP.fullmatch(numbers[0]))


def _plain(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    """A number before the Latin word that it counts; the word is not part of it."""
    found = _count(tokens[:-1], start, folded)
    return found and found._replace(counter=None)


def _plain_range(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    found = _range(tokens[:-1], start, folded)
    return found and found._replace(counter=None)


def _bare(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    """A number with a magnitude and no unit: its unit cannot be known."""
    value = _number(tokens)
    last = start + len(tokens) - 1
    return Amount(start, last, "bare", value, None, None, _more(tokens, folded))


def _bare_range(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    found = _range(tokens, start, folded)
    return found and found._replace(kind="bare", unit=None, counter=None)


def _rank(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    return Amount(start, start + len(tokens) - 1, "rank", _number(tokens), None, "1")


def _top(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    return Amount(start, start + len(tokens) - 1, "rank", _number(tokens), None, "1", "<=")


def _ordinal(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    found = next(i for i, t in enumerate(tokens) if t.tag == "O")
    return Amount(start + found, start + len(tokens) - 1, "rank", tokens[found].value, None, "1")


def _fraction(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    value = tokens[0].value
    rounded = None if value is None else round(value, 4)
    return Amount(start, start, "other", rounded, None, "1")


def _half(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    comparator = ">=" if folded.startswith("过半", tokens[0].start) else None
    return Amount(start, start, "percent", Decimal(50), None, "%", comparator)


def _tenths(tokens: Sequence[Token], start: int, folded: str) -> Amount | None:
    value = _number(tokens)
    if value is None:
        return None
    last = start + len(tokens) - 1
    return Amount(start, last, "percent", value * 10, None, "%", _more(tokens, folded))


def _in_hundred(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    return Amount(start, start + len(tokens) - 1, "percent", _number(tokens), None, "%")


def _alone(tokens: Sequence[Token], start: int, _: str) -> Amount | None:
    return Amount(start, start, "count", tokens[0].value, None, "1")


_CHANGE_CONTEXT = 40
_POINT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_RANGES = frozenset(["range", "plain_range", "bare_range"])
_PRODUCTIONS = {
    "alone": _alone,
    "measure": _measure,
    "range": _range,
    "count": _count,
    "plain": _plain,
    "plain_range": _plain_range,
    "bare": _bare,
    "bare_range": _bare_range,
    "rank": _rank,
    "top": _top,
    "ordinal": _ordinal,
    "fraction": _fraction,
    "half": _half,
    "tenths": _tenths,
    "percent": _in_hundred,
}
