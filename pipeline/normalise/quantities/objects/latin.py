"""The noun phrases of English before and after a number."""

from __future__ import annotations

from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.objects.tagged import TaggedText

_MOST_TOKENS = 6
_NEAR = 4  # tokens before a share in which its verb may stand
_DETERMINERS = ("the", "its", "all", "total")


def phrase_after(text: TaggedText, amount: Amount) -> str | None:
    """What follows an amount (`54 universities`, `71% of the jobs`), None for nothing."""
    if _has_share(text, amount):
        return None
    tokens, words = text.tokens, text.words
    i = amount.last + 1
    if i < len(tokens) and text.word(i) == "of" and amount.kind != "rank":
        i += 1
        while i < len(tokens) and text.word(i) in _DETERMINERS:
            i += 1
    first, end = i, None
    while i < len(tokens) and i - first < _MOST_TOKENS:
        token = tokens[i]
        if token.tag not in "WIXE" or i in text.inside or text.word(i) in words.english_end:
            break
        end = token.end
        i += 1
    if end is None:
        return None
    rate = words.each_after.match(text.folded, end)
    return text.text[tokens[first].start : rate.end() if rate else end]


def phrase_before(text: TaggedText, amount: Amount) -> str | None:
    """What stands before an amount (`GDP per capita (PPS) was …`), None for nothing."""
    last = _skip_back(text, amount.first - 1)
    if last >= 0 and text.word(last) == ")":
        last = next((k for k in range(last, -1, -1) if text.word(k) == "("), last) - 1
    first = _run(text, last)
    if first is None:
        return None
    start, end = text.tokens[first].start, text.tokens[last].end
    for a, b in text.qualifiers:  # trade with the EU
        if a < start <= b == end:
            return text.text[_qualified(text, a, start) : b]
    return text.text[start:end]


def _has_share(text: TaggedText, amount: Amount) -> bool:
    """Whether a verb before a share says whose it is (`services account for 71% of …`)."""
    near = range(max(0, amount.first - _NEAR), amount.first)
    return any(text.word(i) in text.words.english_shares for i in near)


def _skip_back(text: TaggedText, i: int) -> int:
    """Past verbs, times and brackets that open before a number."""
    while (
        i >= 0
        and i not in text.inside
        and (
            text.word(i) in text.words.english_trailing
            or text.tokens[i].tag == "Y"
            or text.word(i) in "(~"
        )
    ):
        i -= 1
    return i


def _qualified(text: TaggedText, at: int, start: int) -> int:
    """Where the thing begins that a preposition at an offset qualifies; `start` for none."""
    before = next((k for k, t in enumerate(text.tokens) if t.start >= at), 0) - 1
    first = _run(text, before) if before >= 0 else None
    return start if first is None else text.tokens[first].start


def _run(text: TaggedText, last: int) -> int | None:
    """The first token of the noun phrase that ends with a token, None where there is none."""
    words = text.words
    i, first = last, None
    while i >= 0 and last - i < _MOST_TOKENS:
        word = text.word(i)
        if first is not None and text.joins(i):
            i -= 1
            continue
        if text.tokens[i].tag not in "WIX" or i in text.inside or word in words.english_leading:
            break
        if word not in words.english_inner:
            first = i
        i -= 1
    return first
