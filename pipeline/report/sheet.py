"""The left side of a page that checks: source lines in runs of one role, each with an anchor.

`Sheet.at` says where something was printed in a form that the script reads: anchors of lines, each
with the characters in it where they are known (`l12:3-9 l13:0-4`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from pipeline.alignment import Spot, places, spans
from pipeline.report.rows import Row
from pipeline.textforms import UNSAFE_WITHIN

_NEAR = 6  # lines between two of a profile that are shown though they belong to none
MOST_LINES = 3000  # of a source on one page
_UNSAFE_SIGN = "▯"  # one for one, so that places in the line stay


_number = itemgetter("line")


class SheetLine(NamedTuple):
    """A line; `gap` says that blank lines stand before it."""

    anchor: str
    number: int
    text: str
    gap: bool


class LineRun(NamedTuple):
    """Neighbouring lines of one role; `page` is given where another page begins."""

    role: str
    page: int | None
    elided: int
    lines: list[SheetLine]


class Leaf(NamedTuple):
    """The shown lines of one source, with its path; `cut` counts those left out at the end."""

    path: str
    runs: list[LineRun]
    cut: int


class Sheet:
    """The lines of a profile, or those of none, and where things stand in them."""

    def __init__(self, own: Sequence[Row], all_lines: Lines) -> None:
        """`own` are rows of `lines`, `all_lines` those of the edition."""
        self._own: dict[str, list[Row]] = {}
        for row in own:
            self._own.setdefault(row["source_id"], []).append(row)
        self._all = all_lines
        self._shown: dict[str, set[int]] = {}
        leaves = [self._leaf(source, rows) for source, rows in self._own.items()]
        self.leaves = [leaf for leaf in leaves if leaf.runs]

    def href(self, row: Row) -> str:
        """The link to the first line of a row that is shown; empty where none is."""
        source, line = row["source_id"], row["line_start"]
        if line is None:
            return ""
        shown = self._shown.get(source, set())
        inside = (n for n in range(line, min(row["line_end"], line + MOST_LINES) + 1) if n in shown)
        first = next(inside, None)
        return "" if first is None else f"#{self._all.anchor(source, first)}"

    def lines_of(self, row: Row, roles: Collection[str] = ()) -> list[Row]:
        """The lines of the sheet within the place of a row that have one of some roles."""
        if row["line_start"] is None:
            return []
        lines = self._own.get(row["source_id"], [])
        start = bisect_left(lines, row["line_start"], key=_number)
        end = bisect_right(lines, row["line_end"], start, key=_number)
        return [line for line in lines[start:end] if not roles or line["role"] in roles]

    def found(self, text: str, lines: Sequence[Row]) -> list[Spot | None]:
        """Where each character of a text stands in some lines."""
        return places(text, [line["text"] or "" for line in lines])

    def at(self, lines: Sequence[Row], found: Iterable[Spot | None] = ()) -> str:
        """Where something was printed; without known characters, the lines as a whole."""
        known = spans(found)
        if known:
            return " ".join(f"{self._name(lines[s.line])}:{s.start}-{s.end}" for s in known)
        return " ".join(self._name(line) for line in lines[:MOST_LINES])

    def whole(self, row: Row) -> str:
        """Where a row stands, by whole lines; empty where it names no line of the sheet."""
        return self.at([line for line in self.lines_of(row) if line["role"] != "blank"])

    def where(self, lines: Sequence[Row], found: Iterable[Spot | None]) -> Row | None:
        """Page and lines of what was found in some lines, as a row of a table has them."""
        known = [lines[s.line] for s in spans(found)]
        if not known:
            return None
        return {"page": known[0]["page"], "line_start": known[0]["line"],
                "line_end": known[-1]["line"]}  # fmt: skip

    def _name(self, line: Row) -> str:
        return self._all.anchor(line["source_id"], line["line"])

    # ------------------------------------------------------------ what is shown

    def _leaf(self, source: str, own: list[Row]) -> Leaf:
        written = [line for line in own if line["role"] != "blank"]
        shown = list(self._all.filled(source, written[:MOST_LINES]))
        self._shown[source] = {line["line"] for line, _ in shown}
        runs: list[LineRun] = []
        page = before = None
        for line, elided in shown:
            turned = line["page"] if line["page"] != page else None
            page = line["page"]
            gap = before is not None and line["line"] > before + 1
            before = line["line"]
            if not runs or turned or elided or runs[-1].role != line["role"]:
                runs.append(LineRun(line["role"], turned, elided, []))
            text = _visible(line["text"] or "")
            runs[-1].lines.append(SheetLine(self._name(line), line["line"], text, gap))
        return Leaf(self._all.paths[source], runs, max(0, len(written) - MOST_LINES))


def _visible(text: str) -> str:
    """A line in which a sign stands for each character that would turn or hide what follows."""
    return text if text.isprintable() else UNSAFE_WITHIN.sub(_UNSAFE_SIGN, text)


def first_of(at: str) -> str:
    """The link to the first line of what `Sheet.at` gives."""
    return f"#{at.split(' ', 1)[0].split(':', 1)[0]}" if at else ""


class Lines:
    """All lines of an edition by source: their anchors, and what stands between some of them."""

    def __init__(self, rows: Iterable[Row], sources: Sequence[Row]) -> None:
        """`sources` are those of the edition, in their order."""
        self.paths = {s["source_id"]: s["path"] for s in sources}
        self._prefix = {s: "l" if n == 1 else f"s{n}l" for n, s in enumerate(self.paths, start=1)}
        self._by_source: dict[str, list[Row]] = {}
        for row in rows:
            self._by_source.setdefault(row["source_id"], []).append(row)

    def anchor(self, source: str, number: int) -> str:
        """The anchor of a line on each page that shows it."""
        return f"{self._prefix[source]}{number}"

    def within(self, row: Row) -> list[Row]:
        """The lines within the place of a row."""
        lines = self._by_source.get(row["source_id"], [])
        # Lines are numbered from 1 without gaps.
        return lines[row["line_start"] - 1 : row["line_end"]] if row["line_start"] else []

    def filled(self, source: str, own: Sequence[Row]) -> Iterator[tuple[Row, int]]:
        """Some lines in order, with the few of no profile between them.

        With each line comes how many others are left out before it.
        """
        lines = self._by_source.get(source, [])
        before = None
        for line in own:
            left_out = 0
            if before is not None:
                # Lines are numbered from 1 without gaps.
                between = [x for x in lines[before : line["line"] - 1] if x["role"] != "blank"]
                if len(between) <= _NEAR and all(x["city_id"] is None for x in between):
                    yield from ((x, 0) for x in between)
                else:
                    left_out = len(between)
            yield line, left_out
            before = line["line"]
