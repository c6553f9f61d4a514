"""The words around a quantity: its clause and sentence, its comparator and its sign."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.knowledge.measures import Extent, Grammar
from pipeline.knowledge.scopes import Scopes
from pipeline.normalise.quantities.periods import Scope

_PREDICATE = 80  # characters before a number in which its predicate may begin
_CLAUSE_MARKS = frozenset("，。；！？!?;：:\n")


def scope_of(folded: str, start: int, end: int, sentences: Sequence[int]) -> Scope:
    """The clause and the sentence around a place in a text; `sentences` are where they start."""
    sentence = max((s for s in sentences if s <= start), default=0)
    clause = start
    while clause > sentence and not _ends_clause(folded, clause - 1):
        clause -= 1
    stop = end
    while stop < len(folded) and not _ends_clause(folded, stop):
        stop += 1
    return Scope(clause, stop, sentence)


def _ends_clause(folded: str, at: int) -> bool:
    char = folded[at]
    if char in _CLAUSE_MARKS:
        return True
    if char in ",.":
        after = folded[at + 1 : at + 2]
        return after in ("", " ") and not (at and folded[at - 1].isdigit() and after.isdigit())
    return False


def comparator_of(folded: str, start: int, end: int, kind: str, grammar: Grammar) -> str:
    """`=`, `~`, `>=` or `<=` by the words directly before or after a quantity of a kind."""
    measures = grammar.measures
    after = end + (1 if folded[end : end + 1] == " " else 0)
    word = measures.after_words.at(folded, after)
    if word:
        return measures.after[word]
    if kind in measures.extent.kinds and _is_extent(folded, start, end, measures.extent):
        return "="
    at = start
    for _ in range(4):
        trimmed = len(folded[:at].rstrip())
        word = measures.before_words.before(folded, trimmed)
        if not word:
            break
        if measures.before[word] != "=":
            far = word == "上" and at < start  # 镇上有一万人
            return "=" if far else measures.before[word]
        at = trimmed - len(word)
    share = measures.share_before.search(folded, max(0, start - 20), start)
    return measures.before[share["word"]] if share else "="


def _is_extent(folded: str, start: int, end: int, words: Extent) -> bool:
    """Whether a measure says how far something was done (`was restored over 3 km`)."""
    before = words.before.search(folded, max(0, start - _PREDICATE), start)
    return before is not None and not words.thing_after.match(folded, end)


def aggregation_of(before: str, after: str, scopes: Scopes) -> str | None:
    """`cumulative` or `yearly_mean` by the words of a number's clause before and after it, or None.

    Of several before it, the nearest says which.
    """
    found = [
        (match.end(), kind.name)
        for kind in scopes.aggregations
        for match in kind.before.finditer(before)
    ]
    if found:
        return max(found)[1]
    around = f"{before.replace('#', ' ')}#{after.replace('#', ' ')}"
    return next((kind.name for kind in scopes.aggregations if kind.around.search(around)), None)


def is_negative(folded: str, start: int, grammar: Grammar) -> bool:
    """Whether a percentage is a decrease (`下降2.3%`)."""
    measures = grammar.measures
    at = start
    for _ in range(3):
        trimmed = len(folded[:at].rstrip())
        if measures.negative.before(folded, trimmed):
            return True
        word = measures.before_words.before(folded, trimmed)
        if not word:
            return False
        at = trimmed - len(word)
    return False
