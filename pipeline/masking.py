"""What is seen in one document without its text: `inspect FILE --masked`.

So a fault of layout can be reported of a document that may not be shown.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec

from pipeline.inspection import read_file, view_of
from pipeline.model import Box, Reader, Severity
from pipeline.textforms import has_han


class MaskedLine(msgspec.Struct, frozen=True):
    """A line: its masked text, how it is set, and what it was taken for.

    `profile` is 0 for a line of none; `block` is "" where the kind of document has no blocks.
    """

    line: int
    page: int
    text: str
    box: Box | None
    place: str
    level: int
    role: str
    profile: int
    section: str | None
    block: str


class MaskedFinding(msgspec.Struct, frozen=True):
    """A finding without its message, which may hold text."""

    severity: Severity
    check: str
    lines: tuple[int, int] | None


class Masked(msgspec.Struct, frozen=True):
    """All that is seen in one document but its name and its text."""

    kind: str
    media_type: str
    reader: str
    encoding: str
    pages: int
    lines: list[MaskedLine]
    findings: list[MaskedFinding]


def mask_file(path: Path, cache: Path, reader: Reader | None, page: int | None) -> Masked:
    """What is seen in one document, or on one page of it, with its text masked.

    Raises UsageError if there is no such file, SourceError if it is no document.
    """
    found = read_file(path, cache, reader)
    view = view_of(found)
    document = found.document
    blocks = {n: b.block for b in view.blocks for n in range(b.first_line, b.last_line + 1)}
    lines = [
        MaskedLine(
            line.number, line.page, masked(line.text), line.box, line.place, line.level,
            role.role, role.profile + 1, role.section, blocks.get(line.number, ""),
        )
        for line, role in zip(document.lines, found.roles, strict=True)
        if page in (None, line.page)
    ]  # fmt: skip
    findings = [
        MaskedFinding(
            f.severity, f.check, (f.where.line_start, f.where.line_end) if f.where else None
        )
        for f in view.findings
        if page is None or (f.where and f.where.page == page)
    ]
    return Masked(
        found.kind, document.media_type, document.reader, document.encoding, document.pages,
        lines, findings,
    )  # fmt: skip


def masked(text: str) -> str:
    """A text with another letter in the place of each letter, and 9 in that of each digit.

    Capitals stay capitals, ideographs ideographs; signs and white space stay as they are.

    >>> masked("Ghent 根特: 263,614人")
    'Xxxxx 字字: 999,999字'
    """
    return "".join(map(_masked, text))


def _masked(character: str) -> str:
    if has_han(character):
        return "字"
    category = unicodedata.category(character)
    if category[0] == "N":
        return "9"
    if category[0] in "LM":
        return "X" if character.isupper() else "x"
    return character
