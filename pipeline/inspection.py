"""What the pipeline sees in one document, as values: `inspect FILE`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.emit.checks import find_all
from pipeline.emit.merge import one_profile_each
from pipeline.emit.tables import Sources, advice_to_look, rows_of
from pipeline.errors import UsageError
from pipeline.executor import open_executor
from pipeline.flow import Flow, Given
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.knowledge.themes import taxonomy
from pipeline.language import set_up
from pipeline.model import Document, Finding, Piece, Reader, Segments, Source
from pipeline.normalise import normalise
from pipeline.parse import document
from pipeline.pieces import piece_text
from pipeline.records import City, CityTheme, Records
from pipeline.segment import segment
from pipeline.segment.explain import explain
from pipeline.store.cache import Cache
from pipeline.store.raw import Asked, edition_beside
from pipeline.textforms import harmless

_GUTTER = 6.0  # points of white space that divide two columns


class PageView(msgspec.Struct, frozen=True):
    """A page: its lines, and its columns from left to right in points where they are known."""

    page: int
    first_line: int
    last_line: int
    columns: list[tuple[float, float]] | None


class BlockView(msgspec.Struct, frozen=True):
    """Some lines, what they were taken for, and why. `profile` is 0 for matter of none."""

    page: int
    first_line: int
    last_line: int
    profile: int
    block: str
    section: str
    width: float | None
    why: str
    text: list[str]


class SectionView(msgspec.Struct, frozen=True):
    """A section: its printed heading and how much stands below it."""

    section: str
    heading: str
    paragraphs: int


class ProfileView(msgspec.Struct, frozen=True):
    """A profile: where it stands and what was read from it."""

    number: int
    pages: tuple[int, int]
    lines: tuple[int, int]
    city: City | None
    themes: list[CityTheme]
    sections: list[SectionView]


class EventView(msgspec.Struct, frozen=True):
    """An event of a calendar page."""

    date: str
    title: str
    time: str


class DocumentView(msgspec.Struct, frozen=True):
    """All that is seen in one document; `pages` are those of its `page_count` that hold lines."""

    path: str
    kind: str
    media_type: str
    reader: str
    encoding: str
    lines: int
    page_count: int
    pages: list[PageView]
    profiles: list[ProfileView]
    events: list[EventView]
    blocks: list[BlockView]
    roles: dict[str, int]
    unplaced: list[int]
    findings: list[Finding]


def inspect_file(path: Path, cache: Path, reader: Reader | None = None) -> DocumentView:
    """What is seen in one document. `cache` is where jieba's parsed dictionary is kept.

    `reader` is the library that reads a PDF, if not the one that the edition.toml beside it names.
    Raises UsageError if there is no such file, SourceError if it is no document.
    """
    return view_of(read_file(path, cache, reader))


def view_of(found: Segments) -> DocumentView:
    """What is seen in a document that was taken apart."""
    return _view(found, normalise(found, lexicon()))


def read_file(path: Path, cache: Path, reader: Reader | None) -> Segments:
    """One document taken apart; arguments and errors as for `inspect_file`."""
    return taken_apart(given_file(path, reader), cache)


def given_file(path: Path, reader: Reader | None) -> Given:
    """One document as the source of a run. Raises UsageError if there is no such file."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UsageError(f"`{path}` is no regular file", "name a document")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"`{path}` cannot be opened: {error.strerror}", "check the path") from None
    digest = hashlib.sha256(data).hexdigest()
    edition = edition_beside(path)
    asked = Asked(reader)
    source = Source(
        path.name, edition, path.name, digest, len(data), reader or edition.reader or "auto",
        asked.limits(edition),
    )  # fmt: skip
    return Given(source, lambda: data)


def taken_apart(given: Given, cache: Path) -> Segments:
    """A source taken apart. Raises SourceError if it is no document."""
    set_up(cache)
    with open_executor(1, folder=cache) as (executor, _):
        chunks = Flow(executor, Cache(cache / "stages")).chunks(given)
    return segment(document(given.source, chunks), layouts(), calendars())


def chosen(view: DocumentView, page: int | None, profile: str | None) -> DocumentView:
    """The part of a view that stands on a page, or belongs to the profiles of a name.

    A profile is named by its number, its `city_id`, or a part of its name. Raises UsageError if
    there is none.
    """
    blocks, profiles = view.blocks, view.profiles
    if page is not None:
        if page > view.page_count:
            raise UsageError(
                f"there is no page {page}", f"the document has pages 1 to {view.page_count}"
            )
        if page not in {p.page for p in view.pages}:
            raise UsageError(f"page {page} has no text that was read", _why_not_read(view, page))
        ends = {p.page: (p.first_line, p.last_line) for p in view.pages}[page]
        blocks = [b for b in blocks if ends[0] <= b.last_line and b.first_line <= ends[1]]
        profiles = [p for p in profiles if p.pages[0] <= page <= p.pages[1]]
    if profile is not None:
        profiles = [p for p in profiles if _is_named(p, profile)]
        if not profiles:
            names = ", ".join(_names(p) for p in view.profiles[:5])
            raise UsageError(
                f"no profile is named `{profile}`",
                f"give a number, a city_id or a part of a name, such as {names}"
                if names
                else "no profile was found in the document",
            )
        numbers = {p.number for p in profiles}
        blocks = [b for b in blocks if b.profile in numbers]
    return msgspec.structs.replace(view, blocks=blocks, profiles=profiles)


def _why_not_read(view: DocumentView, page: int) -> str:
    own = [f.message for f in view.findings if f.where and f.where.page == page]
    about = [m.removeprefix(f"page {page}: ") for m in own if m.startswith(f"page {page}: ")]
    return "; ".join(about) or "nothing stands on it"


def _is_named(profile: ProfileView, wanted: str) -> bool:
    city = profile.city
    if wanted.isdecimal():
        return profile.number == int(wanted)
    names = (city.city_id, city.name_zh or "", city.name_en or "") if city else ()
    return any(wanted.casefold() in name.casefold() for name in names)


def _names(profile: ProfileView) -> str:
    city = profile.city
    return str(profile.number) if city is None else city.name_en or city.name_zh or city.city_id


def _view(found: Segments, records: Records) -> DocumentView:
    document = found.document
    return DocumentView(
        path=document.source.path,
        kind=found.kind,
        media_type=document.media_type,
        reader=document.reader,
        encoding=document.encoding,
        lines=len(document.lines),
        page_count=document.pages,
        pages=list(_pages(document)),
        profiles=list(_profiles(found, records)),
        events=[
            EventView(
                e.date, " ".join(_text(document, p) for p in e.title), _text(document, e.time)
            )
            for e in found.events
        ],
        blocks=list(_blocks(found)),
        roles=dict(sorted(Counter(r.role for r in found.roles).items())),
        unplaced=[n for n, r in enumerate(found.roles, 1) if r.role == "unassigned"],
        findings=list(_findings(records)),
    )


def _findings(records: Records) -> Iterator[Finding]:
    """What `extract` finds of a document, as far as it depends on this one alone; each once."""
    alone = one_profile_each(Sources((records,)))
    found = [*alone.findings(), *find_all(rows_of(alone, taxonomy()))]
    done = advice_to_look(records.source)
    for f in dict.fromkeys(found):
        message = harmless(f.message).removesuffix(done)
        yield msgspec.structs.replace(f, message=message)


def _text(document: Document, piece: Piece) -> str:
    return harmless(piece_text(document, piece)).strip()


def _pages(document: Document) -> Iterator[PageView]:
    numbers: dict[int, list[int]] = {}
    for line in document.lines:
        numbers.setdefault(line.page, []).append(line.number)
    for page, lines in numbers.items():
        boxes = [b for n in lines if (b := document.lines[n - 1].box)]
        yield PageView(
            page, lines[0], lines[-1], _columns([(b.x0, b.x1) for b in boxes]) if boxes else None
        )


def _columns(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches of a page's width that hold text, with white space between them."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        if columns and left < columns[-1][1] + _GUTTER:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _profiles(found: Segments, records: Records) -> Iterator[ProfileView]:
    document = found.document
    cities = {c.city_id: c for c in records.cities}
    for number, profile in enumerate(found.profiles, start=1):
        own = next(n for n, r in enumerate(found.roles) if r.profile == number - 1)
        city = cities.get(records.lines[own].city_id or "")
        first, last = (document.lines[n - 1] for n in (profile.line_start, profile.line_end))
        themes = [t for t in records.city_themes if city and t.city_id == city.city_id]
        yield ProfileView(
            number,
            (first.page, last.page),
            (first.number, last.number),
            city,
            themes,
            [
                SectionView(
                    s.kind, " ".join(_text(document, p) for p in s.heading), len(s.passages)
                )
                for s in profile.sections
            ],
        )


def _blocks(found: Segments) -> Iterator[BlockView]:
    document = found.document
    if found.kind != "brochure":
        return
    for e in explain(document, layouts()):
        lines = document.lines[e.first - 1 : e.last]
        yield BlockView(
            lines[0].page, e.first, e.last, e.profile, e.block, e.section, e.width, e.why,
            [harmless(line.text) for line in lines],
        )  # fmt: skip
