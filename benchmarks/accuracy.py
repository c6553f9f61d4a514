"""How well quantities are read: recall, precision and exactness of each field, by kind.

    python -m benchmarks.accuracy FILE [FILE ...] [--misses]

Each FILE holds a JSON object a line: `passage` and its annotated `quantities`; those marked
`optional` may be read or not, and a period that is `period_uncertain` is not judged. A quantity
counts as found if one with the same printed text, or one inside the other, was read; an object
as right if it is inside the annotated one or the reverse, or the same if that is `object_exact`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.knowledge.measures import grammar
from pipeline.language import set_up
from pipeline.normalise.quantities import Quantity, read_quantities

FIELDS = ("value_unit", "comparator", "period", "object", "indicator")


def same(a: float | None, b: float | None) -> bool:
    """Whether two values agree to two parts in ten thousand."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 2e-4 * max(1e-9, abs(b))


def squash(text: str | None) -> str:
    """A text without white space."""
    return "".join((text or "").split())


def pairs(
    wanted: list[dict[str, Any]], read: list[Quantity]
) -> Iterator[tuple[dict[str, Any] | None, Quantity | None]]:
    """Annotated and read quantities, matched by printed text: equal first, then contained."""
    free = list(read)
    waiting = []
    for w in wanted:
        hit = next((q for q in free if squash(q.text) == squash(w["text"])), None)
        if hit is None:
            waiting.append(w)
            continue
        free.remove(hit)
        yield w, hit
    for w in waiting:
        a = squash(w["text"])
        hit = next((q for q in free if a in squash(q.text) or squash(q.text) in a), None)
        if hit is not None:
            free.remove(hit)
        yield w, hit
    yield from ((None, q) for q in free)


def judge(w: dict[str, Any], q: Quantity) -> dict[str, bool]:
    """Which fields of a quantity that was found are right; only annotated ones are judged."""
    right = {
        "value_unit": same(q.value, w["value"])
        and same(q.value_max, w.get("value_max"))
        and (q.unit, q.kind) == (w["unit"], w["kind"]),
        "comparator": q.comparator == w["comparator"],
    }
    if not w.get("period_uncertain"):
        right["period"] = q.period == w["period"]
    if w.get("object"):
        a, b = squash(q.object), squash(w["object"])
        within = bool(a) and (a in b or b in a)
        right["object"] = a == b if w.get("object_exact") else within
    if w.get("indicator"):
        right["indicator"] = q.indicator == w["indicator"]
    return right


def score(lines: list[dict[str, Any]]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by (kind, what) and a note for each miss."""
    counts: Counter[tuple[str, str]] = Counter()
    notes: list[str] = []
    for line in lines:
        read = read_quantities(line["passage"], grammar())
        for w, q in pairs(line["quantities"], read):
            kinds = {(w or {}).get("kind") or (q.kind if q else ""), "all"}
            if w is None and q is not None:
                counts.update((k, "extra") for k in kinds)
                notes.append(f"extra {q.text!r} ({q.kind}) in {line['passage']}")
            elif q is None and w is not None:
                if not w.get("optional"):
                    counts.update((k, "missing") for k in kinds)
                    notes.append(f"missing {w['text']!r} in {line['passage']}")
            elif w is not None and q is not None:
                counts.update((k, "found") for k in kinds)
                if w.get("optional"):
                    continue
                for field, ok in judge(w, q).items():
                    counts.update((k, f"{field}+" if ok else f"{field}-") for k in kinds)
                    if not ok:
                        got = q._asdict()
                        notes.append(f"{field} of {w['text']!r}: {got} instead of {w}")
    return counts, notes


def share(right: int, wrong: int) -> str:
    """A percentage of right answers, with their number; a dash for none."""
    return f"{right / (right + wrong):.1%} ({right}/{right + wrong})" if right + wrong else "–"


def table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """The counts as a Markdown table, one row for each kind."""
    yield f"| kind | recall | precision | {' | '.join(f.replace('_', ', ') for f in FIELDS)} |"
    yield "|---|--:|--:|" + "--:|" * len(FIELDS)
    kinds = sorted({k for k, _ in counts} - {"all"})
    for kind in ["all", *kinds]:
        c = {what: n for (k, what), n in counts.items() if k == kind}
        found = c.get("found", 0)
        cells = [share(found, c.get("missing", 0)), share(found, c.get("extra", 0))]
        cells += [share(c.get(f"{f}+", 0), c.get(f"{f}-", 0)) for f in FIELDS]
        yield f"| {kind} | {' | '.join(cells)} |"


def main() -> None:
    """Print a table for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args()
    set_up(Path(".cache"))
    for file in options.files:
        lines = [json.loads(x) for x in file.read_text("utf-8").splitlines() if x.strip()]
        counts, notes = score(lines)
        print(f"\n{file.name}: {len(lines)} passages\n")
        print("\n".join(table(counts)))
        if options.misses:
            print("\n" + "\n".join(f"- {note}" for note in notes))


if __name__ == "__main__":
    main()
