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
    broken: frozenset[tuple[int, int]] = frozenset()  # where a hyphen was dropped

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that a part of the text is made of, one for each line."""
        lines: dict[int, list[int]] = {}
        for place in self.places[start:end]:
            if place:
                lines.setdefault(place[0], []).append(place[1])
        out = [Piece(n, min(at), max(at) + 1) for n, at in lines.items()]
        # A word that goes on in the next piece keeps its hyphen, by which the two are joined.
        ends = [p.end + ((p.line, p.end) in self.broken) for p in out[:-1]]
        whole = [Piece(p.line, p.start, end) for p, end in zip(out, ends, strict=False)]
        return (*whole, *out[len(whole) :])


def joined_pieces(document: Document, pieces: Sequence[Piece]) -> Joined:
    """Pieces joined as `join_label` joins their texts."""
    text = ""
    places: list[tuple[int, int] | None] = []
    dropped: set[tuple[int, int] | None] = set()
    for piece in pieces:
        printed = piece_text(document, piece)
        line = printed.strip()
        at = piece.start + len(printed) - len(printed.lstrip())
        if text[-1:] in ("-", "‐", "\u00ad") and text[-2:-1].isalpha() and line[:1].islower():
            if text[-1:] == "\u00ad" or not hyphens().keeps(text, line):
                text = text[:-1]
                dropped.add(places.pop())
        elif text and len(join_label([text, line])) > len(text) + len(line):
            text += " "
            places.append(None)
        text += line
        places += [(piece.line, at + i) for i in range(len(line))]
    return Joined(text, tuple(places), frozenset(p for p in dropped if p))
