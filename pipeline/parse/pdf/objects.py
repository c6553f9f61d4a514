"""Values of a file's objects, as pdfminer gives them: each of its kind, whatever the file holds."""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1

Entries = dict[Any, Any]


def entries(value: Any) -> Entries:
    """A dictionary; an empty one where the value is none."""
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def items(value: Any) -> list[Any]:
    """A list, what it refers to not yet looked up; an empty one where the value is none."""
    found = resolve1(value)
    return found if isinstance(found, list) else []


def references(value: Any) -> set[int]:
    """The numbers of the objects to which a list refers."""
    return {o.objid for o in items(value) if isinstance(o, PDFObjRef)}


def name(value: Any) -> str:
    """A name without its slash; "" where the value is none."""
    return str(getattr(resolve1(value), "name", ""))
