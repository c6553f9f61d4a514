"""Whether a number is that of the profile's own place, and of all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.knowledge.measures import Indicator
from pipeline.knowledge.scopes import Scopes
from pipeline.normalise.quantities.periods import Scope, Time

_CLAUSE_END = re.compile(r"[，,；;：:](?!\d)\s*")
_YEAR = re.compile(r"\d{4}")


class Place(NamedTuple):
    """Whom a text is about: its names as folded, its country (ISO 3166-1) and its kind."""

    names: tuple[str, ...]
    country: str | None
    kind: str


class Measured(NamedTuple):
    """A number in its text: from where to where, what is measured, and where it goes on."""

    start: int
    end: int
    kind: str
    object: str
    scope: Scope
    after: int  # where what follows the number ends: at its clause's end or the next number


class Ownership:
    """Tells of the numbers of one folded text whose they are; `place` is what it is about."""

    def __init__(
        self, folded: str, times: Sequence[Time], scopes: Scopes, place: Place | None
    ) -> None:
        self._folded = folded
        self._times = times
        self._scopes = scopes
        self._place = place
        self._own = [place.country] if place and place.country else []
        self._qualifiers = scopes.qualifiers(folded, self._own)
        self._named = [*scopes.partners(folded), *scopes.places(folded)] if place else []

    def is_whole(self, number: Measured, rule: Indicator) -> bool:
        """Whether a rule's code fits: no partner's number, no increase, no plan, no other's.

        Each question stands for itself: one yes takes the code away, whatever the others say.
        """
        ranked = rule.code in self._scopes.not_partner_codes
        return not (
            (not ranked and self._of_partner(number))
            or (not rule.growth and self._is_increase(number))
            or self._is_plan(number)
            or self._is_reached(number)
            or self._is_part(number)
            or self._is_anothers(number)
        )

    def is_over_year_before(self, number: Measured, period: str | None) -> bool:
        """Whether a growth names no other base than the year before, or is a yearly mean."""
        scope = number.scope
        clause = self._folded[scope.clause_start : scope.clause_end]
        bases = [
            t.period
            for t in self._times
            if t.period
            and (
                (t.reference and scope.clause_start <= t.start < scope.clause_end)
                or (t.since and scope.sentence_start <= t.start < scope.clause_end)
            )
        ]
        if not bases or self._scopes.yearly_mean.search(clause):
            return True
        years = {year for base in bases for year in _YEAR.findall(base)}
        own = _YEAR.findall(period or "")
        return bool(own) and years == {str(int(own[-1]) - 1)}

    def _of_partner(self, number: Measured) -> bool:
        """Whether a partner stands with a number: in its object, before it or right after it."""
        own, scopes = self._own, self._scopes
        named = scopes.partners(number.object)
        if scopes.qualifiers(number.object, own) or any(
            n.start == 0 and n.code not in own for n in named
        ):
            return True
        listed = self._folded.find("、", number.end, number.after)
        after = number.after if listed < 0 else listed
        return any(
            self._stands_before(a, b, number) or (number.end <= a and b <= after)
            for a, b in self._qualifiers
        )

    def _stands_before(self, start: int, end: int, number: Measured) -> bool:
        """Whether a partner stands before a number in its clause, with no new predicate between."""
        inside = number.scope.clause_start <= start and end <= number.start
        return inside and not self._scopes.breaks.search(self._folded, end, number.start)

    def _is_increase(self, number: Measured) -> bool:
        words = self._scopes.increase
        if number.kind not in words.kinds:
            return False
        before = self._folded[number.scope.clause_start : number.start]
        after = self._folded[number.end : number.after]
        return bool(
            words.before.search(before) or words.beside.search(before) or words.after.search(after)
        )

    def _is_plan(self, number: Measured) -> bool:
        scope = number.scope
        before = self._folded[scope.clause_start : number.start]
        earlier = self._folded[scope.sentence_start : scope.clause_start]
        return bool(
            self._scopes.plan_before.search(before) or self._scopes.plan_clause.search(earlier)
        )

    def _is_reached(self, number: Measured) -> bool:
        before = self._folded[number.scope.clause_start : number.start]
        return number.kind == "count" and bool(self._scopes.reach_before.search(before))

    def _is_part(self, number: Measured) -> bool:
        """Whether words after a thing that is counted say which ones are meant."""
        at = self._folded.find(number.object, number.end, number.after)
        end = at + len(number.object)
        rest = self._folded[end : number.after] if at >= 0 else ""
        return number.kind == "count" and bool(self._scopes.part_after.match(rest))

    # ------------------------------------------------------------ the subject of the sentence

    def _is_anothers(self, number: Measured) -> bool:
        """Whether the place that the sentence last spoke of before the number is another one."""
        scope = number.scope
        if self._place is None or self._names_own(scope.clause_start, scope.clause_end):
            return False
        if self._has_here(number):
            return True
        stop = scope.clause_start
        for start in reversed(self._clauses_before(number)):
            if self._had(start, stop):
                return True
            if self._names_own(start, stop):
                return False
            stop = start
        return False

    def _clauses_before(self, number: Measured) -> list[int]:
        """Where the clauses of the sentence start that end before the number's own."""
        first, last = number.scope.sentence_start, number.scope.clause_start
        found = [first, *(m.end() for m in _CLAUSE_END.finditer(self._folded, first, last))]
        return [start for start in found if start < last]

    def _names_own(self, start: int, stop: int) -> bool:
        """Whether part of the text names the profile's place."""
        part = self._folded[start:stop]
        names = self._place.names if self._place else ()
        return any(n in part for n in names) or bool(self._scopes.own_words.search(part))

    def _has_here(self, number: Measured) -> bool:
        """Whether the number's clause begins with another place, and goes on with what it has."""
        subject, rest = self._subject(number.scope.clause_start)
        return subject >= 0 and (
            rest >= number.start
            or self._folded.startswith(number.object, rest)
            or self._folded.startswith(number.object, subject)
        )

    def _had(self, start: int, stop: int) -> bool:
        """Whether an earlier clause begins with another place and measures something of it."""
        subject = self._subject(start)[0]
        return subject >= 0 and any(
            self._scopes.subject_has.match(self._folded, end, stop)
            for begin, end, _ in self._named
            if begin == subject
        )

    def _subject(self, start: int) -> tuple[int, int]:
        """Where another place is named with which a clause begins, and what follows; or -1, -1."""
        opening = self._scopes.before_subject.match(self._folded, start)
        at = opening.end() if opening else start
        end = self._other_place(at)
        if end is None:
            return -1, -1
        light = self._scopes.light.match(self._folded, end)
        return at, light.end() if light else end

    def _other_place(self, at: int) -> int | None:
        """Where the name of a place other than the profile's ends that begins there, or None."""
        if self._place is None:
            return None
        for words in (self._scopes.wholes, self._scopes.wider.get(self._place.kind)):
            if words and (found := words.match(self._folded, at)):
                return found.end()
        for start, end, code in self._named:
            if start == at:
                name = self._folded[start:end]
                own = self._place.names
                known = name in own if code else any(name in o or o in name for o in own)
                return None if known else end
        return None
