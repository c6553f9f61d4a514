"""What spans point at: the text of pieces, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Document, Piece, Where


def piece_text(document: Document, piece: Piece) -> str:
    """The text that a piece points at."""
    return document.lines[piece.line - 1].text[piece.start : piece.end]


def where_of(document: Document, pieces: Iterable[Piece]) -> Where:
    """Where the first to the last of some pieces stand; at least one is needed."""
    return where_lines(document, [p.line for p in pieces])


def where_lines(document: Document, lines: Iterable[int]) -> Where:
    """Where the first to the last of some lines stand; the page is that of the first."""
    numbers = sorted(lines)
    page = document.lines[numbers[0] - 1].page
    return Where(document.source.source_id, page, numbers[0], numbers[-1])
