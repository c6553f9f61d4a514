"""Why each line of a brochure was taken for what it was: for people who look closer."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.brochure import Stretch, take_apart
from pipeline.segment.lines.columns import column_width
from pipeline.segment.lines.marks import Block
from pipeline.segment.matter import below_matter
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.view.views import view_of

_SCRIPTS = {"han": "Han", "latin": "Latin", "both": "Han and Latin", "country": "country"}


class Explained(NamedTuple):
    """Some lines, what they were taken for, and why.

    `profile` counts from 1, 0 for matter of none; `section` is empty outside sections; `width`
    is the column's in half-width characters where the lines tell it.
    """

    first: int
    last: int
    profile: int
    block: str
    section: str
    width: float | None
    why: str


def explain(document: Document, layouts: Layouts) -> list[Explained]:
    """Every block of a brochure in the order in which it is read, as `segment` reads it."""
    view = view_of(document, layouts)
    seen = view.document if view else document
    parts, _ = take_apart(seen, layouts)
    found: list[Explained] = []
    number = 0
    for part in parts:
        number += part.profile
        for i in range(len(part.blocks)):
            found += _block(seen, part, i, number if part.profile else 0, layouts)
    if view is None:
        return found
    return [
        e._replace(first=min(lines), last=max(lines))
        for e in found
        for lines in [[view.pieces[n - 1].line for n in range(e.first, e.last + 1)]]
    ]


def _block(
    document: Document, part: Stretch, i: int, profile: int, layouts: Layouts
) -> list[Explained]:
    block = part.blocks[i]
    if block.kind == "labels":
        return [
            _explained(label, profile, "label", "", None, _why_label(document, label, layouts))
            for label in block.labels
        ]
    section, why = _why_text(document, part, i) if block.kind == "text" else ("", "")
    return [
        _explained(
            block.pieces,
            profile,
            block.kind,
            section,
            column_width(document, block.pieces) if block.kind == "text" else None,
            why or _why(document, block, layouts),
        )
    ]


def _explained(
    pieces: tuple[Piece, ...], profile: int, kind: str, section: str, width: float | None, why: str
) -> Explained:
    return Explained(pieces[0].line, pieces[-1].line, profile, kind, section, width, why)


def _why_text(document: Document, part: Stretch, i: int) -> tuple[str, str]:
    for draft in part.sections:
        if i in draft.blocks:
            return draft.kind, draft.why[draft.blocks.index(i)]
    if not part.profile or i in below_matter(document, part.blocks):
        return "", "stands outside the profiles"
    return "", "no section is open here, or its heading is not known"


def _why_label(document: Document, label: tuple[Piece, ...], layouts: Layouts) -> str:
    text = join_label([piece_text(document, p) for p in label])
    matches = layouts.themes.listed(text, is_word)
    if not matches:
        return "stands like a label; no theme is near enough"
    return ", ".join(
        f"nearest to `{m.near}` of {m.theme.theme}, score {m.score:.2f}"
        if m.near
        else f"alias of {m.theme.theme}, score {m.score:.1f}"
        for m in matches
    )


def _why_heading(text: str, layouts: Layouts) -> str:
    """What makes a line a heading: a list of labels has it, its words, or what stands below it."""
    if layouts.heading(text):
        return f"known label `{layouts.why_heading(text)}`"
    meaning = layouts.meaning(text)
    if meaning and meaning.word:
        return f"its words say so: `{meaning.word}`"
    if titles().may_list_themes(text):
        return "its words are those of a title of themes"
    return "stands as headings do, above what it heads"


def _why(document: Document, block: Block, layouts: Layouts) -> str:
    text = join_label([piece_text(document, p) for p in block.pieces])
    if block.near is not None:
        near = block.near
        known = f"`{near.label}` → {near.value}, score {near.score:.2f}"
        return f"stands alone above prose; nearest to {known}"
    if block.kind == "heading":
        return f"{_why_heading(text, layouts)} → {block.heading}"
    if block.kind in ("population", "area"):
        return layouts.why_value(text, block.kind)
    if block.kind == "name":
        scripts = [name_part(piece_text(document, p), layouts) for p in block.pieces]
        return " + ".join(dict.fromkeys(_SCRIPTS.get(s, s) for s in scripts)) + " line"
    if block.kind == "page_number" and not layouts.is_page_number(text):
        return "stands at the edge of many pages"
    return {
        "credit": "a credit's mark or wording, or its caption",
        "page_number": "a number alone",
        "fact": "a label and a value beside the numbers; no column takes it",
    }.get(block.kind, "")
