"""`X和Y分别为A、B`: which number goes with which thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.knowledge.measures import ObjectWords
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.periods import Scope

_BETWEEN = re.compile(r"\s*(?:[、，,]|和|与|及|以及)\s*[^\W\d_]{0,4}\s*")
_JOINED_BEFORE = re.compile(r"(?:以及|[和与及])$")
_SHORTEST = 2  # characters of a thing's name


class Reading(NamedTuple):
    """A number with what it measures; `told` is false where that is one of several things."""

    amount: Amount
    start: int
    end: int
    scope: Scope
    object: str | None
    told: bool = True


def respectively(
    readings: Sequence[Reading],
    plain: str,
    folded: str,
    words: ObjectWords,
    phrase: Callable[[Amount, int], str | None],
) -> list[Reading]:
    """The readings of a text, each with its own thing where 分别 gives several their numbers.

    Where the things are not as many as the numbers, what each one measures is not told. `phrase`
    gives the noun phrase before an amount that ends at an offset of the text.
    """
    out = list(readings)
    at = 0
    while at < len(out):
        group = _group(out, at, folded)
        word = folded.rfind(words.respectively, _since(out, at), out[at].start)
        if word < 0 or len(group) < 2:
            at += 1
            continue
        shared = out[at].object
        names = _things(out, group, plain[out[at].scope.clause_start : word], words, phrase)
        told = len(names) == len(group)
        at = _give(out, group, names if told else [shared] * len(group), told=told)
        while at < len(out) and out[at].object == shared and shared is not None:
            if out[at].scope.sentence_start != out[group[0]].scope.sentence_start:
                break
            more = _group(out, at, folded)  # 增长4.1%和7.3% goes on with the same things
            if len(more) != len(group):
                break
            at = _give(out, more, names if told else [shared] * len(group), told=told)
    return out


def _give(
    out: list[Reading], group: Sequence[int], names: Sequence[str | None], *, told: bool
) -> int:
    """Give each number of a group its thing; the index after the group."""
    for i, name in zip(group, names, strict=True):
        out[i] = out[i]._replace(object=name, told=told)
    return group[-1] + 1


def _since(out: Sequence[Reading], at: int) -> int:
    """Where the word that governs a number may stand first: after the number before it."""
    sentence = out[at].scope.sentence_start
    clause = out[at].scope.clause_start
    return max(sentence, clause, out[at - 1].end if at else 0)


def _group(out: Sequence[Reading], at: int, folded: str) -> list[int]:
    """The numbers of one kind and unit from one on that a list joins."""
    group = [at]
    for i in range(at + 1, len(out)):
        a, b = out[i - 1], out[i]
        alike = (a.amount.kind, a.amount.unit) == (b.amount.kind, b.amount.unit)
        if not alike or not _BETWEEN.fullmatch(folded, a.end, b.start):
            break
        if "，" in folded[a.end : b.start] and b.start - a.end > 1:
            break  # 、A，增长B begins another list
        group.append(i)
    return group


def _things(
    out: Sequence[Reading],
    group: Sequence[int],
    head: str,
    words: ObjectWords,
    phrase: Callable[[Amount, int], str | None],
) -> list[str]:
    """The things that a group of numbers belongs to, in order; `head` is what names them."""
    first = out[group[0]]
    for pair in words.pairs:
        if found := pair.pattern.search(head):
            return [member + head[found.end() :] for member in pair.members]
    if not head.strip():
        return _before(out, group)
    shared = first.object or ""
    start = head.rfind(shared) if shared else -1
    if start < 0:
        return []
    names = shared.split("、")
    if joined := _JOINED_BEFORE.search(head, 0, start):
        earlier = phrase(first.amount, first.scope.clause_start + joined.start())
        names = [*(earlier or "").split("、"), *names]
    return names if all(len(name) >= _SHORTEST for name in names) else []


def _before(out: Sequence[Reading], group: Sequence[int]) -> list[str]:
    """What the numbers just before measure, in a sentence that refers back to them."""
    sentence = out[group[0]].scope.sentence_start
    earlier = out[: group[0]]
    found = [r.object for r in earlier if r.scope.sentence_start == sentence and r.object]
    return list(dict.fromkeys(found))[-len(group) :]
