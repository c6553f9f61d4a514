"""What is measured → a controlled code, where the number is the place's own and whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge.measures import Indicator
from pipeline.knowledge.scopes import Scopes
from pipeline.normalise.quantities.ownership import Measured, Ownership

_AFTER = 24
_SPAN = re.compile(r"\d{4}/\d{4}")


def rule_of(
    number: Measured, folded: str, period: str | None, owner: Ownership, rules: Sequence[Indicator]
) -> Indicator | None:
    """The first rule that fits what a number measures; None if that is not its place's own."""
    clause = folded[number.scope.clause_start : number.scope.clause_end]
    after = folded[number.end : number.end + _AFTER]
    for rule in rules:
        if (
            number.kind in rule.kinds
            and rule.object.search(number.object)
            and (rule.clause is None or rule.clause.search(clause))
            and (rule.after is None or rule.after.search(after))
            and not (rule.without and (rule.without.search(number.object)))
        ):
            whole = owner.is_whole(number, rule)
            yearly = not rule.growth or owner.is_over_year_before(number, period)
            return rule if whole and yearly else None
    return None


def dated(
    period: str | None, rule: Indicator | None, number: Measured, folded: str, scopes: Scopes
) -> str | None:
    """The period of a value; the years of a plan do not date a level, which is of a moment."""
    if rule is None or not rule.level or not period or not _SPAN.fullmatch(period):
        return period
    clause = folded[number.scope.clause_start : number.scope.clause_end]
    return period if scopes.summed.search(clause) else None
