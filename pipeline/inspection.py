"""What the pipeline sees in one document, as text for people."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.model import Document, Edition, Profile, Segments, Source
from pipeline.parse import parse
from pipeline.pieces import piece_text
from pipeline.segment import segment


def inspect_file(path: Path) -> tuple[str, bool]:
    """A description of one document, and whether all of its lines could be placed.

    Raises UsageError if there is no such file, SourceError if it is no document.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"`{path}` cannot be opened: {error.strerror}", "check the path") from None
    digest = hashlib.sha256(data).hexdigest()
    source = Source(path.name, Edition(path.stem), path.name, digest, len(data))
    found = segment(parse(data, source), layouts(), calendars())
    return "\n".join(_describe(found)), not any(r.role == "unassigned" for r in found.roles)


def _describe(found: Segments) -> list[str]:
    document = found.document
    out = [
        (
            f"{document.source.path}: {found.kind}, {document.encoding}, "
            f"{document.pages} pages, {len(document.lines)} lines"
        ),
    ]
    for number, profile in enumerate(found.profiles, start=1):
        out += ["", *_profile(document, number, profile)]
    for event in found.events:
        out += ["", f"event on {event.date}: {piece_text(document, event.title).strip()}"]
        out.append(f"  time: {piece_text(document, event.time).strip()}")
    roles = Counter(r.role for r in found.roles)
    out += ["", "lines by role: " + ", ".join(f"{n} {role}" for role, n in sorted(roles.items()))]
    unplaced = [
        line for line, r in zip(document.lines, found.roles, strict=True) if r.role == "unassigned"
    ]
    out += [f"not placed: page {x.page}, line {x.number}: {x.text.strip()}" for x in unplaced]
    return out


def _profile(document: Document, number: int, profile: Profile) -> list[str]:
    name = " ".join(piece_text(document, p).strip() for p in profile.names) or "(no name)"
    page = document.lines[profile.line_start - 1].page
    last = document.lines[profile.line_end - 1].page
    pages = f"page {page}" if page == last else f"pages {page}–{last}"
    out = [f"{number}. {name} ({pages}, lines {profile.line_start}–{profile.line_end})"]
    for what, piece in (("population", profile.population), ("area", profile.area)):
        out.append(f"   {what}: {piece_text(document, piece).strip() if piece else '(none)'}")
    out += [
        "   theme: " + " / ".join(piece_text(document, p).strip() for p in label)
        for label in profile.labels
    ]
    for span in profile.sections:
        lines = sorted(p.line for passage in span.passages for p in passage.pieces)
        where = f"lines {lines[0]}–{lines[-1]}" if lines else "empty"
        heading = piece_text(document, span.heading).strip()
        out.append(f"   {span.kind} `{heading}`: {len(span.passages)} paragraphs, {where}")
    return out
