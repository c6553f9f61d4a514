"""What `inspect` shows in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from pipeline.inspection import BlockView, DocumentView, ProfileView
from pipeline.model import Severity

_MOST = 20  # findings and lines that a summary shows
_LONGEST = 60  # characters of a block's text
_COLORS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "dim"}
_SECTIONS = {
    "overview": "over.",
    "priorities": "prio.",
    "good_practices": "pract.",
    "preferred_themes": "wish.",
}


def rendered(view: DocumentView, *, close: bool) -> Group:
    """A view for a rich console: a summary of the document, or `close` each block and why."""
    return Group(*(_closely(view) if close else _summary(view)))


def _summary(view: DocumentView) -> Iterator[RenderableType]:
    pages = f"{view.page_count} page{'' if view.page_count == 1 else 's'}"
    yield (
        f"[bold]{escape(view.path)}[/]: {view.kind}, {view.media_type} "
        f"({view.encoding or view.reader}), {pages}, {view.lines} lines"
    )
    if view.profiles:
        yield _columns(view)
        yield ""
        yield _profiles(view)
    for event in view.events:
        yield f"\n{event.date} [bold]{escape(event.title)}[/]\n  {escape(event.time)}"
    yield "\nlines by role: " + ", ".join(f"{n} {role}" for role, n in view.roles.items())
    yield from _findings(view)
    yield from _unplaced(view)
    if view.profiles:
        yield "\n[dim]look closer with --page N or --profile NAME; all of it with --json[/]"


def _columns(view: DocumentView) -> str:
    known = [p for p in view.pages if p.columns is not None]
    if not known:
        return (
            "columns: a text does not tell; sections are put together by width and open sentences"
        )
    counts = Counter(len(p.columns or ()) for p in known)
    return "columns: " + ", ".join(
        f"{number} on {pages} page{'' if pages == 1 else 's'}"
        for number, pages in sorted(counts.items())
    )


def _profiles(view: DocumentView) -> Table:
    """One row for each profile; the last columns count the paragraphs of its sections."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("", "page", "name", "", "", "kind"):
        table.add_column(name, overflow="fold")
    for name in ("people", "km²", "themes", *_SECTIONS.values()):
        table.add_column(name, justify="right", no_wrap=True)
    for p in view.profiles:
        c = p.city
        unknown = sum(t.theme is None for t in p.themes)
        count = {s.section: str(s.paragraphs) for s in p.sections}
        table.add_row(
            str(p.number),
            _range(*p.pages),
            escape(c.name_zh or "") if c else "",
            escape(c.name_en or "") if c else "",
            (c.country_code or "?") if c else "",
            c.kind if c else "",
            f"{c.population:,}" if c and c.population is not None else "–",
            f"{c.area_km2:,}" if c and c.area_km2 is not None else "–",
            f"{len(p.themes)}" + (f" ({unknown} unknown)" if unknown else ""),
            *(count.get(s, "–") for s in _SECTIONS),
        )
    return table


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _findings(view: DocumentView) -> Iterator[RenderableType]:
    counts = Counter(f.severity for f in view.findings)
    yield "findings: " + ", ".join(f"{counts[s]} {s}" for s in _COLORS)
    shown = [f for s in _COLORS if s != "info" for f in view.findings if f.severity == s]
    for f in shown[:_MOST]:
        where = f"line {f.where.line_start}: " if f.where else ""
        yield f"  [{_COLORS[f.severity]}]{f.severity}[/] {where}{escape(f.message)}"
    if len(shown) > _MOST:
        yield f"  … and {len(shown) - _MOST} more"


def _unplaced(view: DocumentView) -> Iterator[RenderableType]:
    if not view.unplaced:
        return
    texts = {b.first_line + i: (b.page, text) for b in view.blocks for i, text in enumerate(b.text)}
    yield f"not placed: {len(view.unplaced)} lines"
    for number in view.unplaced[:_MOST]:
        page, text = texts.get(number, (0, ""))
        yield f"  page {page}, line {number}: {escape(text.strip())}"
    if len(view.unplaced) > _MOST:
        yield f"  … and {len(view.unplaced) - _MOST} more"


def _closely(view: DocumentView) -> Iterator[RenderableType]:
    by_number: dict[int, list[BlockView]] = {}
    for block in view.blocks:
        by_number.setdefault(block.profile, []).append(block)
    profiles = {p.number: p for p in view.profiles}
    pages = {b.page for b in view.blocks}
    for page in (p for p in view.pages if p.page in pages and p.columns):
        stretches = ", ".join(f"{a:.0f}–{b:.0f} pt" for a, b in page.columns or ())
        yield f"page {page.page}: columns at {stretches}"
    for number, blocks in by_number.items():
        yield f"\n[bold]{_title(profiles.get(number), number)}[/]"
        table = Table(box=None, header_style="bold", pad_edge=False)
        table.add_column("line", no_wrap=True)
        table.add_column("taken for", no_wrap=True)
        table.add_column("text", max_width=_LONGEST, no_wrap=True, overflow="ellipsis")
        table.add_column("why", overflow="fold")
        for b in blocks:
            width = f"; {b.width:g} wide" if b.width else ""
            text = " ".join(" ".join(b.text).split())
            table.add_row(
                _range(b.first_line, b.last_line),
                _taken_for(b),
                escape(text),
                escape(b.why) + width,
            )
        yield table
    own = {p.city.city_id for p in view.profiles if p.city}
    for f in (f for f in view.findings if f.city_id in own):
        yield f"[{_COLORS[f.severity]}]{f.severity}[/] {f.check}: {escape(f.message)}"


def _taken_for(block: BlockView) -> str:
    if block.block != "text":
        return block.block
    return block.section or ("front matter" if not block.profile else "[red]not placed[/]")


def _title(profile: ProfileView | None, number: int) -> str:
    if profile is None:
        return "no profile" if not number else f"{number}."
    city = profile.city
    names = " ".join(filter(None, (city.name_zh, city.name_en))) if city else ""
    where = f"page {_range(*profile.pages)}, lines {_range(*profile.lines)}"
    return f"{number}. {escape(names)} ({where})" + (f" → {city.city_id}" if city else "")
