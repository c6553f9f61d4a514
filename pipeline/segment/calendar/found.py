"""An event as it is found among the lines of its day."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import Line, Piece


class Found(NamedTuple):
    """One event: the pieces of its title, its time, and its other lines, as indices."""

    title: tuple[Piece, ...]
    time: Piece | None
    body: tuple[int, ...]
    more: tuple[Piece, ...] = ()  # further cells of its row
    end: Piece | None = None  # the line that says when it ends
    cells: tuple[Piece, ...] = ()  # all cells of its row
    wrapped: tuple[tuple[Piece, ...], ...] = ()  # further cells, each with all its lines
    # The heads of columns with a list in its row, each with the pieces of the entries.
    lists: tuple[tuple[Piece, tuple[tuple[Piece, ...], ...]], ...] = ()


def trimmed(line: Line) -> Piece:
    """A line without the white space around its text."""
    body = line.text.strip()
    start = line.text.index(body)
    return Piece(line.number, start, start + len(body))
