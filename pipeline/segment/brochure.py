"""Document → Segments for a brochure: profiles with their header, labels and sections."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.model import (
    Document,
    Finding,
    LineRole,
    Piece,
    Profile,
    Role,
    SectionKind,
    SectionSpan,
    Segments,
)
from pipeline.pieces import piece_text
from pipeline.segment.asides import asides_apart, contacts_apart, text_inks
from pipeline.segment.blocks import make_blocks
from pipeline.segment.heading.headings import near_findings, near_headings, unknown_headings
from pipeline.segment.heading.headlines import headline_findings, headlines
from pipeline.segment.lines.marks import Block
from pipeline.segment.lines.running import running_lines
from pipeline.segment.listing.labels import bullets_to_prose, settle_labels
from pipeline.segment.listing.lists import list_labels
from pipeline.segment.matter import (
    back_apart,
    below_matter,
    dividers_apart,
    front_apart,
    imprint_apart,
    tails_apart,
    title_apart,
)
from pipeline.segment.naming.mastheads import find_titles
from pipeline.segment.naming.names import mark_names, name_groups
from pipeline.segment.page_numbers import page_number_findings
from pipeline.segment.passages import make_passages
from pipeline.segment.profiles import find_profiles
from pipeline.segment.sections import SectionDraft, assign_sections, usual_sections
from pipeline.segment.text_style import TextStyle, style_of_part, text_style
from pipeline.segment.values import country_piece, label_beside, with_labelled_values
from pipeline.segment.values_in_prose import prose_finding, values_in_prose

_BLOCK_ROLES: dict[str, Role] = {
    "heading": "heading",
    "population": "population",
    "area": "area",
    "fact": "unassigned",
    "credit": "credit",
    "page_number": "page_number",
    "labels": "theme",
    "name": "name",
    "aside": "unassigned",
    "contact": "front_matter",
    "partner": "name",
    "country": "name",
    "text": "unassigned",
}
_NUMBER = re.compile(r"(?![²³¹])\d|[一二三四五六七八九十百千万萬亿億]{2}")


class _Roles:
    """One role for each line, filled as parts are recognised; the first piece of a line wins.

    A fact of no table, such as the label of a name, gives way to what else the line holds.
    """

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
            told = self._roles[piece.line - 1]
            if told is None or (told.role == "unassigned" and told.profile == profile):
                self._roles[piece.line - 1] = LineRole(role, profile, section)

    def all(self) -> tuple[LineRole, ...]:
        """The roles; a line that nothing claimed is blank, or unassigned if it holds text."""
        return tuple(
            role or LineRole("unassigned" if line.text.strip() else "blank")
            for role, line in zip(self._roles, self._document.lines, strict=True)
        )


class Stretch(NamedTuple):
    """A run of blocks that is one profile with its sections, or matter of none."""

    blocks: list[Block]
    profile: bool
    sections: list[SectionDraft]


def take_apart(document: Document, layouts: Layouts) -> tuple[list[Stretch], list[Finding]]:
    """The parts of a brochure in order, and what is doubtful about its headings."""
    running = running_lines(document, layouts)
    titles = find_titles(document, layouts, running)
    heads = headlines(document, layouts, running)
    blocks = make_blocks(document, layouts, titles, heads, running)
    blocks = list_labels(document, blocks, layouts)
    blocks = bullets_to_prose(document, blocks)
    blocks = dividers_apart(document, blocks, layouts)
    blocks = with_labelled_values(document, blocks, layouts)
    blocks = near_headings(document, blocks, layouts)
    blocks = mark_names(document, blocks, layouts, titles)
    found = find_profiles(document, blocks, titled=bool(titles.names))
    spans = [(s.profile, blocks[s.first : s.last + 1]) for s in found]
    spans = title_apart(document, front_apart(spans))
    spans = tails_apart(document, back_apart(document, spans))
    spans = [(p, settle_labels(document, inside, layouts) if p else inside) for p, inside in spans]
    inks = text_inks(document, [b for _, inside in spans for b in inside])
    spans = [(p, asides_apart(document, inside, inks) if p else inside) for p, inside in spans]
    spans = [(p, contacts_apart(document, inside, layouts)) for p, inside in spans]
    spans[-1:] = [(p, imprint_apart(inside)) for p, inside in spans[-1:]]
    settled = [inside for profile, inside in spans if profile]
    unknown, doubts = unknown_headings(document, settled, layouts)
    first = [assign_sections(document, inside, unknown) for inside in settled]
    usual = usual_sections(first)
    sections = iter(
        assign_sections(document, inside, unknown, usual[kinds]) if kinds in usual else drafts
        for inside, drafts in zip(settled, first, strict=True)
        for kinds in [frozenset(d.kind for d in drafts)]
    )
    parts = [Stretch(inside, told, next(sections) if told else []) for told, inside in spans]
    understood = headline_findings(document, heads, layouts)
    return parts, [*understood, *near_findings(document, settled), *doubts]


def segment_brochure(document: Document, layouts: Layouts) -> Segments:
    """The profiles of a brochure, and a role for each of its lines."""
    parts, findings = take_apart(document, layouts)
    roles = _Roles(document)
    told = [part for part in parts if part.profile]
    texts = [[part.blocks[i] for d in part.sections for i in d.blocks] for part in told]
    style = text_style(document, texts)
    profiles = [
        _profile(document, part, i, layouts, roles, style_of_part(document, text, style))
        for i, (part, text) in enumerate(zip(told, texts, strict=True))
    ]
    for part in parts:
        if not part.profile and profiles:
            _matter(document, part.blocks, layouts, roles)
    told_roles = roles.all()
    findings = [*findings, *page_number_findings(document, told_roles)]
    for found in profiles:
        told_in_text = values_in_prose(document, found.names, found.sections, layouts)
        findings += [
            prose_finding(document, piece, kind)
            for kind, piece in told_in_text.items()
            if piece in (found.population, found.area)
        ]
    return Segments(document, "brochure", told_roles, tuple(profiles), findings=tuple(findings))


def _matter(document: Document, blocks: list[Block], layouts: Layouts, roles: _Roles) -> None:
    for block in blocks:
        beside = block.kind in ("credit", "page_number")
        role = _role(document, block, layouts) if beside else "front_matter"
        roles.put(block.pieces, role, -1)


def _role(document: Document, block: Block, layouts: Layouts) -> Role:
    """The role of a block outside sections; a running title is matter of no profile."""
    if block.kind == "page_number":
        text = piece_text(document, block.pieces[0])
        return "page_number" if layouts.is_page_number(text) else "front_matter"
    return _BLOCK_ROLES[block.kind]


def _profile(
    document: Document,
    part: Stretch,
    index: int,
    layouts: Layouts,
    roles: _Roles,
    style: TextStyle,
) -> Profile:
    blocks = part.blocks
    sections = []
    for draft in part.sections:
        inside = [blocks[i] for i in draft.blocks]
        passages = make_passages(document, inside, layouts, style)
        sections.append(SectionSpan(draft.kind, draft.heading, tuple(passages)))
        for block in inside:
            roles.put(block.pieces, draft.kind, index, draft.kind)
    matter = below_matter(document, blocks)
    for i, block in enumerate(blocks):
        role = "front_matter" if i in matter else _role(document, block, layouts)
        roles.put(block.pieces, role, index)
    lines = [p.line for b in blocks for p in b.pieces]
    name, *others = name_groups(blocks) or [()]
    population = _only(document, blocks, "population", layouts)
    area = _only(document, blocks, "area", layouts)
    told = values_in_prose(document, name, sections, layouts) if population is area is None else {}
    return Profile(
        names=name,
        other_names=tuple(others),
        population=population or told.get("population"),
        area=area or told.get("area"),
        labels=tuple(label for b in blocks if b.kind == "labels" for label in b.labels),
        sections=tuple(sections),
        line_start=min(lines),
        line_end=max(lines),
        population_beside=label_beside(document, blocks, population, "population", layouts),
        area_beside=label_beside(document, blocks, area, "area", layouts),
        country=country_piece(document, blocks),
    )


def _only(document: Document, blocks: list[Block], kind: str, layouts: Layouts) -> Piece | None:
    """The first piece of a kind that holds a number; a label alone is no value."""
    pieces = ((p, piece_text(document, p)) for b in blocks if b.kind == kind for p in b.pieces)
    filled = (p for p, text in pieces if _NUMBER.search(text) and not layouts.value_label(text))
    return next(filled, None)
