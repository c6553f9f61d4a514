"""Small documents for tests."""

from __future__ import annotations

from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import Document, Edition, Records, Segments, Source
from pipeline.normalise import normalise
from pipeline.parse import parse
from pipeline.segment import segment


def source(name: str = "test/document.txt") -> Source:
    """A source by its id."""
    return Source(name, Edition(name.split("/", maxsplit=1)[0]), f"raw/{name}", "0" * 64, 0)


def document(text: str) -> Document:
    """A text as a document."""
    return parse(text.encode(), source())


def segments(text: str) -> Segments:
    """A text, segmented."""
    return segment(document(text), layouts(), calendars())


def records(text: str) -> Records:
    """A text, segmented and normalised."""
    return normalise(segments(text), lexicon())


def paragraphs(found: Records, city_id: str, section: str) -> list[str]:
    """The paragraphs of one section, in order."""
    return [p.text for p in found.paragraphs if (p.city_id, p.section) == (city_id, section)]
