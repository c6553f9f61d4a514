"""A page of a PDF as a picture with what was seen on it: `inspect FILE --image PNG`."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.inspection import read_file
from pipeline.model import Reader, Role
from pipeline.parse.pdf.plumber import shown_part

_RESOLUTION = 100  # dots per inch
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
_CLEAR = (0, 0, 0, 0)
LEGEND = (
    "purple: name; teal: population, area; orange: themes; pink: headings; blue: overview; green: "
    "other sections; grey: credits, page numbers, other matter; red: not placed"
)


def draw_page(path: Path, number: int, target: Path, cache: Path, reader: Reader | None) -> None:
    """Draw one page (from 1) with a box around each line in the colour of its role, as PNG.

    The lines are numbered in reading order. Raises UsageError if the file is no PDF or has no
    such page, or the picture may not or cannot be written; SourceError if the file cannot be read.
    """
    _check_target(path, target)
    import pdfplumber

    found = read_file(path, cache, reader)
    document = found.document
    if document.media_type != "application/pdf":
        raise UsageError(f"`{path}` is no PDF, so it has no page to draw", "leave --image out")
    if not 1 <= number <= document.pages:
        raise UsageError(
            f"`{path}` has {document.pages} pages, no page {number}", "name one of them"
        )
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[number - 1]
        left, top, _, _ = shown_part(page)
        picture = page.to_image(resolution=_RESOLUTION)
        order = 0
        for line, role in zip(document.lines, found.roles, strict=True):
            if line.page != number or line.box is None:
                continue
            order += 1
            box = line.box
            place = (box.x0 + left, box.top + top, box.x1 + left, box.bottom + top)
            color = _COLORS.get(role.role, _OTHER)
            picture.draw_rect(place, fill=_CLEAR, stroke=color, stroke_width=1)
            scale = picture.scale
            x, y = (place[0] - picture.bbox[0]) * scale, (place[1] - picture.bbox[1]) * scale
            picture.draw.text((x - 16, y), str(order), fill=color)
        try:
            picture.save(target, format="PNG")
        except OSError as error:
            raise UsageError(
                f"`{target}` cannot be written: {error.strerror}", "name another file"
            ) from None


def _check_target(path: Path, target: Path) -> None:
    """Raise UsageError where a picture would take the place of a document, or of another file."""
    place = target.resolve()
    editions = [Path(_RAW).resolve(), *(p for p in path.resolve().parents if p.name == _RAW)]
    if place == path.resolve() or (target.exists() and path.exists() and target.samefile(path)):
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
