"""What changed between two editions, for people and for programs, from the tables of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.differing import Stretch, stretches
from pipeline.emit.changes import COMPARED, NOTHING, Change, Snapshot, compare, snapshots
from pipeline.emit.wording import Wording, compare_wording
from pipeline.errors import UsageError
from pipeline.store.publish import PACKAGE

Line = list[tuple[str, str]]  # pieces of text, each with its style: removed, added, title, note

_CONTEXT = 24  # characters shown around a change in a long paragraph
_FIELDS = {"area_km2": "area", "name_zh": "Chinese name", "name_en": "Latin name",
           "country_code": "country", "subdivision_code": "subdivision"}  # fmt: skip


class Side(NamedTuple):
    """One edition as a run left it; `program` stands for the code and knowledge of the run."""

    edition: str
    rows: Snapshot
    documents: tuple[tuple[str, str], ...]
    status: tuple[str, ...]
    program: str | None


class Comparison(NamedTuple):
    """Two editions and what differs between them."""

    old: Side
    new: Side
    changes: tuple[Change, ...]

    @property
    def same_documents(self) -> bool:
        """Whether both were read from the same bytes."""
        return sorted(d for _, d in self.old.documents) == sorted(d for _, d in self.new.documents)

    @property
    def same_program(self) -> bool | None:
        """Whether both were made by the same code and knowledge; None if that is not known."""
        if None in (self.old.program, self.new.program):
            return None
        return self.old.program == self.new.program


def compare_editions(old: str, new: str, output: Path, before: Path | None = None) -> Comparison:
    """Compare two editions in the tables of `output`; the old one may lie in those of `before`.

    Raises UsageError where there are no tables, or no edition of a name.
    """
    a, b = _side(old, before or output), _side(new, output)
    return Comparison(a, b, tuple(compare(a.rows, b.rows)))


def _side(edition: str, output: Path) -> Side:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = output / "tables"
    try:
        sources = pq.read_table(tables / "sources.parquet").to_pylist()
        _check_name(edition, sorted({s["edition"] for s in sources}), output)
        rows = {
            name: pq.read_table(
                tables / f"{name}.parquet", filters=[("edition", "=", edition)]
            ).to_pylist()
            for name in COMPARED
        }
        package = json.loads((output / PACKAGE).read_bytes())
    except (OSError, ValueError, pa.ArrowException):
        raise UsageError(
            f"`{output}` holds no tables that can be read", "run `python -m pipeline extract` first"
        ) from None
    own = [s for s in sources if s["edition"] == edition]
    return Side(
        edition,
        snapshots(rows).get(edition, NOTHING),
        tuple((s["path"], s["sha256"]) for s in own),
        tuple(s["path"] for s in own if s["status"] != "ok"),
        package.get("program"),
    )


def _check_name(name: str, known: Sequence[str], output: Path) -> None:
    if name in known:
        return
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, known, scorer=fuzz.WRatio, score_cutoff=60)
    hint = f"did you mean `{best[0]}`? " if best else ""
    raise UsageError(f"`{output}` holds no edition `{name}`", f"{hint}there are {', '.join(known)}")


# ---------------------------------------------------------------- for programs


def as_json(comparison: Comparison) -> str:
    """The comparison as a JSON object; each change has the columns of the table `changes`."""
    old, new = comparison.old, comparison.new
    changes = []
    for change in comparison.changes:
        row = change.row()
        if change.similarity is not None:
            texts, wording = _wording(comparison, change)
            row["paragraphs"] = [
                {
                    "old_position": p.old,
                    "new_position": p.new,
                    "old": texts[0][p.old - 1] if p.old else None,
                    "new": texts[1][p.new - 1] if p.new else None,
                }
                for p in wording.differing
            ]
        changes.append(row)
    data = {
        "edition_from": old.edition,
        "edition_to": new.edition,
        "profiles_from": len(old.rows.cities),
        "profiles_to": len(new.rows.cities),
        "same_documents": comparison.same_documents,
        "same_program": comparison.same_program,
        "changes": changes,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


# ---------------------------------------------------------------- for people


def as_lines(comparison: Comparison) -> Iterator[Line]:
    """The comparison as lines of styled pieces; they are readable without their styles."""
    old, new, changes = comparison
    yield [("title", f"{old.edition} → {new.edition}")]
    for side in (old, new):
        yield from ([("removed", f"{p} was not read in full")] for p in side.status)
    yield [("", _counts(comparison))]
    yield [("note", _origin(comparison))]
    whole = [c for c in changes if c.field == "profile"]
    if whole:
        yield []
    for c in whole:
        yield [(c.change, f"{'+' if c.new else '-'} {c.city_id}  {c.new or c.old}")]
    city = None
    for c in changes:
        if c.field == "profile":
            continue
        if c.city_id != city:
            city = c.city_id
            names = new.rows.cities[city]
            yield []
            name = " ".join(filter(None, (names["name_zh"], names["name_en"])))
            yield [("title", city), ("", f"  {name}")]
        yield from _change_lines(comparison, c)


def _counts(comparison: Comparison) -> str:
    old, new, changes = comparison
    both = old.rows.cities.keys() & new.rows.cities.keys()
    if not (old.rows.cities or new.rows.cities):
        return "neither edition has profiles; events are not compared"
    changed = {c.city_id for c in changes if c.field != "profile"}
    return (
        f"profiles: {len(old.rows.cities)}, then {len(new.rows.cities)}; "
        f"{len(new.rows.cities) - len(both)} added, {len(old.rows.cities) - len(both)} removed, "
        f"{len(changed)} changed, {len(both) - len(changed)} the same"
    )


def _origin(comparison: Comparison) -> str:
    """Whether what differs comes from the documents or from the reading of them."""
    program = {True: "the same program", False: "another program", None: "an unknown program"}
    how = f"read by {program[comparison.same_program]}"
    if not comparison.same_documents:
        return f"the documents differ, {how}"
    told = f"the documents are the same, byte for byte, {how}"
    if not comparison.changes:
        return f"{told}: nothing differs"
    beside = "edition.toml or corrections.csv"
    cause = beside if comparison.same_program else f"the program, its knowledge, {beside}"
    return f"{told}: what differs comes from {cause}"


def _change_lines(comparison: Comparison, c: Change) -> Iterator[Line]:
    what = " ".join(filter(None, (c.item or _FIELDS.get(c.field, c.field), c.period)))
    head: Line = [("", f"  {what}: ")]
    if c.field == "section":
        yield [*head, ("note", c.note or c.change)]
        if c.similarity is not None:
            yield from _paragraph_lines(comparison, c)
        elif c.change != "changed":
            text = c.new or c.old or ""
            for paragraph in text.split("\n"):
                yield [(c.change, f"    {_sign(c)} {paragraph}")]
        return
    if c.field in ("theme", "label") and c.change != "changed":
        label = c.new_text or c.old_text
        shown = f" `{label}`" if label else ""
        yield [("", f"  {c.field} "), (c.change, f"{_sign(c)} {c.item}"), ("", shown)]
        return
    old, new = c.old_text or c.old, c.new_text or c.new
    yield [
        *head,
        ("removed", f"`{old}`" if old else "(none)"),
        ("", " → "),
        ("added", f"`{new}`" if new else "(none)"),
        ("note", _remark(c)),
    ]


def _sign(c: Change) -> str:
    return "+" if c.change == "added" else "-"


def _remark(c: Change) -> str:
    """The values where other texts are shown, or that they are the same."""
    if c.difference == "spelling":
        return "  (printed in another way)"
    if c.difference == "language":
        return "  (printed in another language)"
    if c.old_text or c.new_text:
        return f"  ({c.old or 'none'} → {c.new or 'none'})"
    return ""


def _wording(comparison: Comparison, c: Change) -> tuple[list[list[str]], Wording]:
    sides = (comparison.old, comparison.new)
    texts = [side.rows.texts(c.city_id, c.item or "") for side in sides]
    return texts, compare_wording(*texts)


def _paragraph_lines(comparison: Comparison, c: Change) -> Iterator[Line]:
    """The paragraphs that differ, what was removed in `[-…-]` and what was added in `{+…+}`."""
    texts, wording = _wording(comparison, c)
    for pair in wording.differing:
        if pair.old and pair.new:
            number = str(pair.new) if pair.old == pair.new else f"{pair.old}→{pair.new}"
            pieces = text_diff(texts[0][pair.old - 1], texts[1][pair.new - 1])
            yield [("", f"    {number}  "), *pieces]
        elif pair.new:
            yield [("added", f"    {pair.new}  {{+{texts[1][pair.new - 1]}+}}")]
        elif pair.old:
            yield [("removed", f"    {pair.old}  [-{texts[0][pair.old - 1]}-]")]


def text_diff(old: str, new: str) -> Line:
    """Two texts as one, word by word (Chinese: character by character), changes marked.

    Long stretches that are the same are cut short with an ellipsis.
    """
    return _marked(stretches(old, new))


def _marked(parts: Sequence[Stretch]) -> Line:
    line: Line = []
    for i, (same, before, after) in enumerate(parts):
        if same:
            line.append(("", _shortened(same, first=i == 0, last=i == len(parts) - 1)))
        if before:
            line.append(("removed", f"[-{before}-]"))
        if after:
            line.append(("added", f"{{+{after}+}}"))
    return line


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """A text that is the same on both sides, without what is far from the changes."""
    left = "" if first else text[:_CONTEXT]
    right = "" if last else text[-_CONTEXT:]
    return text if len(text) <= len(left) + len(right) + 1 else f"{left}…{right}"
