"""Which of the times of a text a value is of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.knowledge.measures import Times
from pipeline.normalise.quantities.context import scope_of
from pipeline.normalise.quantities.periods import Scope, Time
from pipeline.textforms import has_han

_CLOSE = 2  # "3.9% in 2019": a time right after a value is its own
_LIGHT = 3  # characters of a clause beside its time (截至2020年底)


class Dating:
    """Tells what time the numbers of one folded text are of.

    `sentences` are where its sentences start, `numbers` where its numbers do.
    """

    def __init__(
        self,
        folded: str,
        times: Sequence[Time],
        sentences: Sequence[int],
        numbers: Sequence[int],
        words: Times,
    ) -> None:
        self._folded = folded
        self._sentences = sentences
        self._numbers = numbers
        self._words = words
        self._scopes: dict[int, Scope] = {}
        self._times = [t for t in times if not t.reference]

    def period(self, start: int, end: int, scope: Scope) -> str | None:
        """The period of the value from `start` to `end`: of the time that governs it, or None.

        The nearest time before the value in its sentence that reaches it governs it. A time that
        the value is compared with does not. A clause that says what the place is
        (`是…第三个…`) has no other time than its own. A yearly mean between two times takes both.
        """
        real = [t for t in self._times if t.end > scope.sentence_start]
        after = [
            t
            for t in real
            if start < t.start < scope.clause_end
            and _after_value(self._folded, t)
            and not self._of_another(end, t)
        ]
        if after and 0 < after[0].start - end <= _CLOSE:
            return _named(after[0])
        # The nearest first: of many times, most are never asked.
        before = (t for t in reversed(real) if t.start < start and self._reaches(t, start, scope))
        nearest = next(before, None)
        if nearest and nearest.start >= scope.clause_start:
            return _named(nearest)
        if after:
            return _named(after[0])
        clause = self._folded[scope.clause_start : start].lstrip()
        if nearest is None or self._words.copula.at(clause, 0):
            return None
        earlier = next(before, None) if "年均" in clause else None
        if earlier and _years([earlier, nearest]):
            return f"{earlier.period}/{nearest.period}"
        return _named(nearest)

    def _of_another(self, end: int, time: Time) -> bool:
        """Whether a time after a value is when something else happened (`… and closed in 1990`)."""
        between = self._folded[end : time.start]
        return bool(self._words.joins.search(between)) and self._happened(time, end)

    def _reaches(self, time: Time, start: int, scope: Scope) -> bool:
        """Whether a time goes as far as a value after it."""
        own = self._own_scope(time)
        if has_han(self._folded[own.clause_start : own.clause_end]):
            return self._reaches_in_chinese(time, own, scope)
        words, folded = self._words, self._folded
        between = folded[time.end : start]
        if self._happened(time, own.clause_start) or words.now.search(between):
            return False
        if words.opening.fullmatch(folded, own.clause_start, time.start):
            return not (words.happens.search(between) and words.present.search(between))
        if own.clause_start == scope.clause_start:
            turn = words.turn.search(between)
            return turn is None or (
                self._has_number(own.clause_start, time.end + turn.start())
                and not words.present.search(turn.group())
            )
        measured = self._has_number(own.clause_start, own.clause_end)
        return measured and not words.present.search(folded[scope.clause_start : start])

    def _own_scope(self, time: Time) -> Scope:
        """The clause in which a time stands, asked for each number after it."""
        if time.start not in self._scopes:
            self._scopes[time.start] = scope_of(self._folded, time.start, time.end, self._sentences)
        return self._scopes[time.start]

    def _reaches_in_chinese(self, time: Time, own: Scope, scope: Scope) -> bool:
        words, folded = self._words, self._folded
        if words.happened_after.match(folded, time.end):
            return False
        if own.clause_start == scope.clause_start:
            return True
        alone = (
            own.clause_end - time.end < _LIGHT and time.start - own.clause_start < _LIGHT
        ) or self._has_number(own.clause_start, own.clause_end)
        return not time.event and (alone or not words.now.match(folded, scope.clause_start))

    def _happened(self, time: Time, since: int) -> bool:
        """Whether words between an offset and an English time say that it dates an event."""
        named = self._folded.startswith("of", time.start)  # the flood of 2001
        end = time.start + (2 if named else 0)
        found = self._words.happened_before.search(self._folded, since, end)
        return found is not None and not self._has_number(found.start(), time.start)

    def _has_number(self, start: int, end: int) -> bool:
        return bisect_left(self._numbers, start) < bisect_left(self._numbers, end)


def _named(time: Time) -> str | None:
    return None if time.since else time.period


def _after_value(folded: str, time: Time) -> bool:
    """Whether a time can govern a value before it: in English, or in brackets."""
    return folded[time.start].isascii() and folded[time.start] not in "12"


def _years(times: Sequence[Time]) -> bool:
    return all(t.period is not None and len(t.period) == 4 for t in times)
