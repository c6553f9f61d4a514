"""Document → Segments for a brochure: profiles with their header, labels and sections."""

from __future__ import annotations

from pipeline.knowledge.layouts import Layouts
from pipeline.model import (
    Document,
    LineRole,
    Piece,
    Profile,
    Role,
    SectionKind,
    SectionSpan,
    Segments,
)
from pipeline.pieces import piece_text
from pipeline.segment.blocks import Block, make_blocks
from pipeline.segment.headings import unknown_headings
from pipeline.segment.labels import settle_labels
from pipeline.segment.names import mark_names, name_pieces
from pipeline.segment.passages import make_passages
from pipeline.segment.profiles import find_profiles
from pipeline.segment.sections import assign_sections

_BLOCK_ROLES: dict[str, Role] = {
    "heading": "heading",
    "population": "population",
    "area": "area",
    "credit": "credit",
    "page_number": "page_number",
    "labels": "theme",
    "name": "name",
    "text": "unassigned",
}


class _Roles:
    """One role for each line, filled as parts are recognised; the first piece of a line wins."""

    def __init__(self, document: Document) -> None:
        self._roles: list[LineRole | None] = [None] * len(document.lines)
        self._document = document

    def put(
        self,
        pieces: tuple[Piece, ...],
        role: Role,
        profile: int,
        section: SectionKind | None = None,
    ) -> None:
        for piece in pieces:
            if self._roles[piece.line - 1] is None:
                self._roles[piece.line - 1] = LineRole(role, profile, section)

    def all(self) -> tuple[LineRole, ...]:
        """The roles; a line that nothing claimed is blank, or unassigned if it holds text."""
        return tuple(
            role or LineRole("unassigned" if line.text.strip() else "blank")
            for role, line in zip(self._roles, self._document.lines, strict=True)
        )


def segment_brochure(document: Document, layouts: Layouts) -> Segments:
    """The profiles of a brochure, and a role for each of its lines."""
    blocks = mark_names(document, make_blocks(document, layouts), layouts)
    roles = _Roles(document)
    spans = [(s.profile, blocks[s.first : s.last + 1]) for s in find_profiles(document, blocks)]
    settled = [settle_labels(document, inside) for profile, inside in spans if profile]
    unknown, findings = unknown_headings(document, settled, layouts)
    profiles = [
        _profile(document, inside, index, unknown, layouts, roles)
        for index, inside in enumerate(settled)
    ]
    for profile, inside in spans:
        if not profile and profiles:
            _matter(inside, roles)
    return Segments(document, "brochure", roles.all(), tuple(profiles), findings=tuple(findings))


def _matter(blocks: list[Block], roles: _Roles) -> None:
    for block in blocks:
        role = _BLOCK_ROLES[block.kind] if block.kind in ("credit", "page_number") else None
        roles.put(block.pieces, role or "front_matter", -1)


def _profile(
    document: Document,
    blocks: list[Block],
    index: int,
    unknown: frozenset[str],
    layouts: Layouts,
    roles: _Roles,
) -> Profile:
    drafts = assign_sections(document, blocks, unknown)
    sections = []
    for draft in drafts:
        inside = [blocks[i] for i in draft.blocks]
        passages = make_passages(document, inside, layouts)
        sections.append(SectionSpan(draft.kind, draft.heading, tuple(passages)))
        for block in inside:
            roles.put(block.pieces, draft.kind, index, draft.kind)
    for block in blocks:
        roles.put(block.pieces, _BLOCK_ROLES[block.kind], index)
    lines = [p.line for b in blocks for p in b.pieces]
    return Profile(
        names=name_pieces(blocks),
        population=_only(document, blocks, "population"),
        area=_only(document, blocks, "area"),
        labels=tuple(label for b in blocks if b.kind == "labels" for label in b.labels),
        sections=tuple(sections),
        line_start=min(lines),
        line_end=max(lines),
    )


def _only(document: Document, blocks: list[Block], kind: str) -> Piece | None:
    """The first piece of a kind that holds a number; others stay visible by their role."""
    pieces = [p for b in blocks if b.kind == kind for p in b.pieces]
    filled = [p for p in pieces if any(map(str.isdigit, piece_text(document, p)))]
    return next(iter([*filled, *pieces]), None)
