"""What can be told of a PDF without its text, even if it cannot be read: for reports of faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import msgspec

from pipeline.errors import lacks_memory
from pipeline.model import Frozen, Source
from pipeline.parse.pdf.pdfium import Pdfium
from pipeline.parse.pdf.plumber import Plumber

R = TypeVar("R", Pdfium, Plumber)


class FileFacts(Frozen, frozen=True, tag=True, omit_defaults=False):
    """How each library opens a file: the number of pages by its name, or the kind of its error.

    `layers` are those of the document, `hidden_layers` the ones that are off when it is opened.
    """

    pages: dict[str, int]
    errors: dict[str, str]
    layers: int = 0
    hidden_layers: int = 0
    embedded_files: int = 0


class PageFacts(Frozen, frozen=True, tag=True, omit_defaults=False):
    """A page: its size in points as it is shown, its rotation in degrees, and what is on it.

    `covered` is the share that pictures cover. `annotations` are counted by their kinds, `fields`
    are form fields and notes that hold something, `layers` what the page's resources name of them;
    these and `damage` are pdfplumber's, and missing where it counts other pages.
    """

    page: int
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    characters: int = 0
    covered: float = 0.0
    annotations: dict[str, int] = msgspec.field(default_factory=dict)
    fields: int = 0
    layers: int = 0
    damage: str = ""
    error: str = ""


def survey(data: bytes, source: Source) -> Iterator[FileFacts | PageFacts]:
    """The facts of a PDF, then those of each page, up to the limit of its source."""
    errors: dict[str, str] = {}
    open_full = partial(Plumber, unpacked_mb=source.limits.unpacked_mb)
    fast = _opened(Pdfium, data, Pdfium.name, errors)
    full = _opened(open_full, data, Plumber.name, errors)
    counts = {reader.name: reader.pages for reader in (fast, full) if reader}
    layers, hidden = full.layers if full else (0, 0)
    yield FileFacts(counts, errors, layers, hidden, len(fast.attachments) if fast else 0)
    pages = max(counts.values(), default=0)
    one = fast if fast and fast.pages == pages else None
    two = full if full and full.pages == pages else None
    for number in range(1, min(pages, source.limits.pages) + 1):
        yield _page(number, one, two)


def _opened(
    library: Callable[[bytes], R], data: bytes, name: str, errors: dict[str, str]
) -> R | None:
    try:
        return library(data)
    except Exception as error:
        if lacks_memory(error):
            raise
        errors[name] = type(error).__name__  # what it says may hold text of the file
        return None


def _page(number: int, one: Pdfium | None, two: Plumber | None) -> PageFacts:
    reader = one or two
    assert reader is not None
    facts: dict[str, Any] = {}
    try:
        facts |= reader.look(number)._asdict()
        if two:
            beside = two.beside(number)
            kinds = Counter(two.annotations(number))
            facts |= {
                "damage": beside.damage,
                "fields": beside.fields,
                "annotations": dict(sorted(kinds.items())),
                "layers": two.layers_of(number),
            }
    except Exception as error:
        if lacks_memory(error):
            raise
        facts["error"] = type(error).__name__
    return PageFacts(number, **facts)
