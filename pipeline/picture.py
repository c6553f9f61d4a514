"""A page of a PDF as a picture with what was seen on it: `inspect FILE --image PNG`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.inspection import read_file
from pipeline.model import Reader, Role, Segments
from pipeline.store.raw import resolved

_RESOLUTION, _POINTS = 100, 72  # dots and points to an inch
_BESIDE = 16  # dots from a line's number to the line
_PNG = b"\x89PNG\r\n\x1a\n"
_RAW = "raw"  # where editions lie, if nothing else is said
_COLORS: dict[Role, str] = {
    "heading": "#c2185b",
    "name": "#6a1b9a",
    "population": "#00838f",
    "area": "#00838f",
    "theme": "#ef6c00",
    "overview": "#1565c0",
    "priorities": "#2e7d32",
    "good_practices": "#2e7d32",
    "preferred_themes": "#558b2f",
    "unassigned": "#d50000",
}
_OTHER = "#757575"
LEGEND = (
    "purple: name; teal: population, area; orange: themes; pink: headings; blue: overview; green: "
    "other sections; grey: credits, page numbers, other matter; red: not placed"
)


def draw_page(path: Path, number: int, target: Path, cache: Path, reader: Reader | None) -> None:
    """Draw one page (from 1) with a box around each line in the colour of its role, as PNG.

    The lines are numbered in reading order. Raises UsageError if the file is no PDF or has no
    such page, the page cannot be drawn, or the picture may not or cannot be written; SourceError if
    the file cannot be read.
    """
    _check_target(path, target)
    found = read_file(path, cache, reader)
    document = found.document
    if document.media_type != "application/pdf":
        raise UsageError(f"`{path}` is no PDF, so it has no page to draw", "leave --image out")
    if not 1 <= number <= document.pages:
        raise UsageError(
            f"`{path}` has {document.pages} pages, no page {number}", "name one of them"
        )
    picture = _drawn(path, number)
    _draw_lines(picture, found, number)
    try:
        picture.save(target, format="PNG")
    except OSError as error:
        raise UsageError(
            f"`{target}` cannot be written: {error.strerror}", "name another file"
        ) from None


def _drawn(path: Path, number: int) -> Any:
    """A page as an image, as it is shown. Only PDFium draws; pdfplumber draws with it as well."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return pdf[number - 1].render(scale=_RESOLUTION / _POINTS).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UsageError(
            f"page {number} of `{path}` cannot be drawn ({error})",
            "name another page, or leave --image out; if the page is damaged, get the file again",
        ) from None


def _draw_lines(picture: Any, found: Segments, number: int) -> None:
    """Draw a box around each line of a page, in the colour of its role, and its number."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    scale = _RESOLUTION / _POINTS
    order = 0
    for line, role in zip(found.document.lines, found.roles, strict=True):
        if line.page != number or line.box is None:
            continue
        order += 1
        box = line.box
        x0, top, x1, bottom = (scale * v for v in (box.x0, box.top, box.x1, box.bottom))
        color = _COLORS.get(role.role, _OTHER)
        pen.rectangle((min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)), outline=color)
        pen.text((x0 - _BESIDE, top), str(order), fill=color)


def _check_target(path: Path, target: Path) -> None:
    """Raise UsageError where a picture would take the place of a document, or of another file."""
    place, document = resolved(target), resolved(path)
    editions = [resolved(Path(_RAW)), *(p for p in document.parents if p.name == _RAW)]
    if place == document or (target.exists() and path.exists() and target.samefile(path)):
        why = "is the document itself"
    elif any(place.is_relative_to(folder) for folder in editions):
        why = "lies in the folder of the editions"
    elif target.exists() and not _holds_png(target):
        why = "is there already and is no PNG"
    else:
        return
    raise UsageError(f"`{target}` {why}; no picture was written", "name another file")


def _holds_png(path: Path) -> bool:
    if not path.is_file():  # a pipe would wait for its writer
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_PNG)) == _PNG
    except OSError:
        return False
