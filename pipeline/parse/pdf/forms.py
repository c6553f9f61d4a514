"""Text that stands over a page and is no part of it: values of form fields, and typed notes.

Neither library gives it with the text of the page. It is taken as pdfminer gives the objects.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from pipeline.parse.pdf.objects import Entries, entries, items, name

_MOST = 2000  # annotations of a page that are looked at
_HIDDEN = 0b100010  # flags of what is shown nowhere
_DEEPEST = 16  # fields within fields, of which each hands down what it holds


class FormText(NamedTuple):
    """How many fields and notes of a page hold something, and how many characters of text."""

    fields: int = 0
    characters: int = 0


def form_text(page: Any) -> FormText:
    """What stands in the form fields of a page of pdfminer, and in its typed notes."""
    texts = [_text(entries(a)) for a in items(page.annots)[:_MOST]]
    held = [text for text in texts if text is not None]
    return FormText(len(held), sum(not c.isspace() for text in held for c in text))


def kinds(page: Any) -> list[str]:
    """The kinds of the annotations of a page."""
    return [name(entries(a).get("Subtype")) for a in items(page.annots)[:_MOST]]


def _text(annotation: Any) -> str | None:
    """The text of a field or note; "" where it holds something else, None where nothing."""
    flags = resolve1(annotation.get("F"))
    if isinstance(flags, int) and flags & _HIDDEN:
        return None
    kind = name(annotation.get("Subtype"))
    if kind == "FreeText":
        return _decoded(annotation.get("Contents"))
    if kind != "Widget":
        return None
    field = name(_handed_down(annotation, "FT"))
    if field == "Btn":  # ticked or not
        return "" if name(annotation.get("AS")) not in {"", "Off"} else None
    return _decoded(_handed_down(annotation, "V")) if field in {"Tx", "Ch"} else None


def _handed_down(annotation: Entries, key: str) -> Any:
    """An entry of a field, or of the one that it belongs to."""
    node = annotation
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        node = entries(node.get("Parent"))
    return None


def _decoded(value: Any) -> str | None:
    """A text, or several of a list; None for an empty one."""
    found = resolve1(value)
    if isinstance(found, list):
        return " ".join(filter(None, map(_decoded, found))) or None
    if isinstance(found, PDFStream):
        found = found.get_data()
    return (decode_text(found).strip() or None) if isinstance(found, bytes) else None
