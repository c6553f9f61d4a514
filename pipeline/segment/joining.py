"""Pieces of lines as one text in which each character knows where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.knowledge.hyphens import hyphens
from pipeline.knowledge.themes import join_label
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text


class Joined(NamedTuple):
    """Pieces as one text, and where each of its characters stands (None for an added space)."""

    text: str
    places: tuple[tuple[int, int] | None, ...]

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that a part of the text is made of, one for each line."""
        lines: dict[int, list[int]] = {}
        for place in self.places[start:end]:
            if place:
                lines.setdefault(place[0], []).append(place[1])
        return tuple(Piece(n, min(at), max(at) + 1) for n, at in lines.items())


def joined_pieces(document: Document, pieces: Sequence[Piece]) -> Joined:
    """Pieces joined as `join_label` joins their texts."""
    text = ""
    places: list[tuple[int, int] | None] = []
    for piece in pieces:
        printed = piece_text(document, piece)
        line = printed.strip()
        at = piece.start + len(printed) - len(printed.lstrip())
        if text[-1:] in ("-", "‐", "\u00ad") and text[-2:-1].isalpha() and line[:1].islower():
            if text[-1:] == "\u00ad" or not hyphens().keeps(text, line):
                text = text[:-1]
                places.pop()
        elif text and len(join_label([text, line])) > len(text) + len(line):
            text += " "
            places.append(None)
        text += line
        places += [(piece.line, at + i) for i in range(len(line))]
    return Joined(text, tuple(places))
