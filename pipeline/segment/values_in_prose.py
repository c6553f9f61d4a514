"""Population and area in the first sentence of an overview, where no header states them.

`襄阳市位于湖北省，全市总面积19,728平方公里，2023年末常住人口527.9万人。` Each must be
a clause by itself with a label that can only mean all of the place, and the only one of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Finding, Piece, SectionSpan
from pipeline.pieces import piece_text, where_of

Kind = Literal["population", "area"]

_CLAUSE = re.compile(r"(?:[^,，;；。]|(?<=\d),(?=\d))+")
_END = "。"
_SHOWN = 60  # characters of a clause in a message


def values_in_prose(
    document: Document, sections: Sequence[SectionSpan], layouts: Layouts
) -> dict[Kind, Piece]:
    """The clauses that state a population or an area in the first sentence of an overview."""
    overview = next((s for s in sections if s.kind == "overview" and s.passages), None)
    if overview is None:
        return {}
    found: dict[Kind, list[Piece]] = {"population": [], "area": []}
    for piece in overview.passages[0].pieces:
        text = piece_text(document, piece)
        sentence, full_stop, _ = text.partition(_END)
        for clause in _CLAUSE.finditer(sentence):
            own = Piece(piece.line, piece.start + clause.start(), piece.start + clause.end())
            if kind := layouts.states_in_prose(clause[0].strip()):
                found[kind].append(own)
        if full_stop:
            break
    return {kind: pieces[0] for kind, pieces in found.items() if len(pieces) == 1}


def prose_finding(document: Document, piece: Piece, kind: Kind) -> Finding:
    """That a value stands in the text alone."""
    field = "population" if kind == "population" else "area_km2"
    text = piece_text(document, piece).strip()[:_SHOWN]
    return Finding(
        "info",
        "value_from_text",
        f"no line of its own states the {kind}; it is taken from the text: `{text}`",
        document.source.edition.edition,
        None,
        "cities",
        field,
        where_of(document, (piece,)),
    )
