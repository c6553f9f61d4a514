"""People's corrections, applied to the records of their edition.

The page's own text is never changed: what is corrected is the value that was read from it, and
what follows from that value is made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.knowledge.catalogue import Table
from pipeline.knowledge.lexicon import Lexicon
from pipeline.model import Correction, Finding, Outcome, Severity
from pipeline.normalise.corrections.apply import apply_targets
from pipeline.normalise.corrections.targets import StaleError, Target, as_text, find_target
from pipeline.normalise.corrections.values import LOST_CHARACTERS, RefusedError
from pipeline.records import Records

__all__ = ["Corrected", "correct"]


_Targeted = tuple[Correction, Target]


class Corrected(NamedTuple):
    """The records with every correction that could be applied, and what came of each."""

    records: tuple[Records, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


def correct(
    records: Sequence[Records],
    corrections: Iterable[Correction],
    tables: Sequence[Table],
    lexicon: Lexicon,
) -> Corrected:
    """Apply the corrections of each edition; one that cannot be applied costs only itself.

    `records` hold each profile of an edition once.
    """
    by_edition: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_edition[correction.edition].append(correction)
    by_name = {t.name: t for t in tables}
    out = list(records)
    outcomes: list[Outcome] = []
    for edition, own in sorted(by_edition.items()):
        which = [i for i, r in enumerate(records) if r.source.edition.edition == edition]
        documents = [records[i] for i in which]
        targets, refused = _targets(own, documents, by_name, lexicon)
        outcomes += refused
        for document, at in enumerate(which):
            mine = [(c, t) for c, t in targets if t.source == document]
            if mine:
                out[at], settled = apply_targets(out[at], [t for _, t in mine], lexicon)
                outcomes += [_applied(c, t, settled.get(t, ())) for c, t in mine]
    outcomes.sort(key=lambda o: (o.correction.edition, o.correction.line))
    findings = [_finding(o, by_name) for o in outcomes if o.status != "applied"]
    return Corrected(tuple(out), tuple(outcomes), tuple(findings))


def _targets(
    corrections: Sequence[Correction],
    documents: Sequence[Records],
    tables: Mapping[str, Table],
    lexicon: Lexicon,
) -> tuple[list[_Targeted], list[Outcome]]:
    """The corrections that can be applied with their targets, and the outcomes of the others."""
    found: list[_Targeted] = []
    refused: list[Outcome] = []
    for c in corrections:
        try:
            found.append((c, find_target(c, documents, tables, lexicon)))
        except RefusedError as error:
            refused.append(Outcome(c, "refused", str(error)))
        except StaleError as error:
            lost = f", which {LOST_CHARACTERS}" if "?" in c.printed else ""
            message = f"the page prints {error}, not `{c.printed}`{lost}"
            refused.append(Outcome(c, "stale", message))
    found, clashes = _without_clashes(found, lambda t: (t.source, t.table, t.rows, t.field))
    refused += clashes
    # Two profiles cannot get one id either.
    found, clashes = _without_clashes(found, lambda t: t.value if t.field == "city_id" else t)
    return found, [*refused, *clashes]


def _without_clashes(
    found: Sequence[_Targeted], key: Callable[[Target], object]
) -> tuple[list[_Targeted], list[Outcome]]:
    """The targets of which there is one for a key; of equal ones the first, of others none."""
    groups: dict[object, list[_Targeted]] = defaultdict(list)
    for c, t in found:
        groups[key(t)].append((c, t))
    kept: list[_Targeted] = []
    refused: list[Outcome] = []
    for several in groups.values():
        agreed = len({(t.rows, t.value) for _, t in several}) == 1
        kept += several[:1] if agreed else []
        first = several[0][0].line
        for c, _ in several[1:] if agreed else several:
            others = ", ".join(str(o.line) for o, _ in several if o.line != c.line)
            what = f"line {first} says the same" if agreed else f"line {others} contradicts it"
            refused.append(Outcome(c, "refused", what))
    return kept, refused


def _applied(c: Correction, target: Target, settles: Iterable[str]) -> Outcome:
    new = None if target.value in (None, ()) else as_text(target.value)
    message = None
    if new == target.old:
        message = "this value is read without the line; it can be removed"
    return Outcome(
        c, "applied", message, target.printed, target.old, tuple(sorted(settles)), target.where
    )


def _finding(outcome: Outcome, tables: Mapping[str, Table]) -> Finding:
    c = outcome.correction
    table = tables.get(c.table)
    severity: Severity = "warning" if outcome.status == "stale" else "error"
    known = table is not None and c.field in table.columns
    return Finding(
        severity,
        f"correction_{outcome.status}",
        f"raw/{c.edition}/corrections.csv, line {c.line}: {outcome.message}; it was not applied",
        c.edition,
        None,
        c.table if table else "corrections",
        c.field if known else None,
    )
