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
from pipeline.segment.naming.titletext import plain_names

Kind = Literal["population", "area"]

_CLAUSE = re.compile(r"(?:[^,，;；。]|(?<=\d),(?=\d))+")
_END = "。"
_SHORTEST = 2  # ideographs of a name without the word for its level
_SAYS_WHAT = re.compile(
    r"[市县区州省]?\s*(?:[(（][^()（）]{1,40}[)）]\s*)?(?:位于|地处|坐落|处于|是|为|系|[,，、])"
)
_WHOLE = re.compile(r"全市|全区|全州|全县|全域|市域")
_VALUE = re.compile(r"面积|人口|平方公里|万人")
_SHOWN = 60  # characters of a clause in a message


def values_in_prose(
    document: Document, names: Sequence[Piece], sections: Sequence[SectionSpan], layouts: Layouts
) -> dict[Kind, Piece]:
    """The clauses that state a population or an area in the first sentence of an overview.

    The sentence must begin with the name of the place and say where or what it is, or the label
    must name all of it (全市): else the numbers are those of a province, a park or a partner.
    """
    overview = next((s for s in sections if s.kind == "overview" and s.passages), None)
    if overview is None:
        return {}
    found: dict[Kind, list[Piece]] = {"population": [], "area": []}
    pieces = overview.passages[0].pieces
    own = _is_about(piece_text(document, pieces[0]).strip(), names, document)
    for piece in pieces:
        sentence, full_stop, _ = piece_text(document, piece).partition(_END)
        for clause in _CLAUSE.finditer(sentence):
            said = clause[0].strip()
            kind = layouts.states_in_prose(said)
            if kind and (own or _WHOLE.search(said)):
                start = piece.start + clause.start()
                found[kind].append(Piece(piece.line, start, piece.start + clause.end()))
            elif _VALUE.search(said):
                own = False  # what follows may be of the same other thing
        if full_stop:
            break
    return {kind: pieces[0] for kind, pieces in found.items() if len(pieces) == 1}


def _is_about(sentence: str, names: Sequence[Piece], document: Document) -> bool:
    """Whether a sentence begins with the name of its place and says where or what it is."""
    known = {name for piece in names for name in plain_names(piece_text(document, piece))}
    known |= {name[:-1] for name in known if len(name) > _SHORTEST}
    begun = max((name for name in known if sentence.startswith(name)), key=len, default="")
    return bool(begun) and _SAYS_WHAT.match(sentence, len(begun)) is not None


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
