"""Runs → rows: what stands beside each other on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.parse.pdf.runs import Run

_ASCENT, _DESCENT = 0.62, 0.08  # of the type size, above and below the baseline


class Row(NamedTuple):
    """Runs whose heights overlap; `top` and `bottom` span their letters."""

    top: float
    bottom: float
    runs: tuple[Run, ...]


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """The rows of some runs, from top to bottom."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda r: r.base - _ASCENT * r.size):
        top, bottom = run.base - _ASCENT * run.size, run.base + _DESCENT * run.size
        if rows and top < rows[-1].bottom:
            last = rows[-1]
            rows[-1] = Row(last.top, max(last.bottom, bottom), (*last.runs, run))
        else:
            rows.append(Row(top, bottom, (run,)))
    return rows
