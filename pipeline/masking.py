"""What is seen in one document without its text: `inspect FILE --masked`.

So a fault can be reported of a document that may not be shown, also of one that cannot be read.
"""

from __future__ import annotations

import platform
import re
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.executor import open_executor
from pipeline.flow import Flow, Given
from pipeline.inspection import given_file, taken_apart, view_of
from pipeline.model import Box, Reader, Segments, Severity
from pipeline.parse.pdf.survey import FileFacts, PageFacts
from pipeline.store.cache import Cache
from pipeline.textforms import has_han

_PDF, _HEAD = "application/pdf", 1024
_LIBRARIES = ("lxml", "pdfminer.six", "pdfplumber", "pypdfium2")
_QUOTED = re.compile(r"`.*`")  # what a message quotes of a document
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(FileFacts | PageFacts)


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
    page: int | None
    lines: tuple[int, int] | None


class Made(msgspec.Struct, frozen=True):
    """What read a document: the versions of the program, of Python and of libraries."""

    program: str
    python: str
    system: str
    libraries: dict[str, str]


class Masked(msgspec.Struct, frozen=True):
    """All that is seen in one document but its name and its text.

    `error` says why it was not read; there are then no lines. `file` and `page_facts` are what a
    PDF tells of itself, `unseen` why they end where they do.
    """

    size_bytes: int
    made: Made
    error: str
    kind: str
    media_type: str
    reader: str
    encoding: str
    pages: int
    lines: list[MaskedLine]
    findings: list[MaskedFinding]
    file: FileFacts | None
    page_facts: list[PageFacts]
    unseen: str


def mask_file(path: Path, cache: Path, reader: Reader | None, page: int | None) -> Masked:
    """What is seen in one document, or on one page of it, with its text masked.

    Raises UsageError if there is no such file.
    """
    given = given_file(path, reader)
    facts, unseen = _facts(given, cache)
    file = next((f for f in facts if isinstance(f, FileFacts)), None)
    whole = Masked(
        given.source.size_bytes, _made(), "", "", _media_type(given), "", "",
        max(file.pages.values(), default=0) if file else 0, [], [], file,
        [f for f in facts if isinstance(f, PageFacts) and page in (None, f.page)], unseen,
    )  # fmt: skip
    try:
        found = taken_apart(given, cache)
    except SourceError as error:
        said = _QUOTED.sub(lambda quoted: masked(quoted[0]), error.message)
        return msgspec.structs.replace(whole, error=f"{said}; {error.hint}")
    return _with_lines(whole, found, page)


def _with_lines(whole: Masked, found: Segments, page: int | None) -> Masked:
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
            f.severity,
            f.check,
            f.where.page if f.where else None,
            (f.where.line_start, f.where.line_end) if f.where else None,
        )
        for f in view.findings
        if page is None or (f.where and f.where.page == page)
    ]
    return msgspec.structs.replace(
        whole, kind=found.kind, media_type=document.media_type, reader=document.reader,
        encoding=document.encoding, pages=document.pages, lines=lines, findings=findings,
    )  # fmt: skip


def _facts(given: Given, cache: Path) -> tuple[list[FileFacts | PageFacts], str]:
    """What a PDF tells of itself, and why no more; nothing of another file."""
    if _media_type(given) != _PDF:
        return [], ""
    with open_executor(1, folder=cache) as (executor, _):
        pieces, why = Flow(executor, Cache(cache / "stages")).survey(given)
    return [_decoder.decode(piece) for piece in pieces], why


def _media_type(given: Given) -> str:
    return _PDF if b"%PDF-" in given.load()[:_HEAD] else ""


def _made() -> Made:
    versions = {name: metadata.version(name) for name in _LIBRARIES}
    return Made(__version__, platform.python_version(), platform.system(), versions)


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
