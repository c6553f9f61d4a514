"""Small documents for tests."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.emit import Sources, emit, one_profile_each
from pipeline.emit.tables import Rows
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import Correction, Document, Edition, Records, Segments, Source
from pipeline.normalise import normalise
from pipeline.normalise.corrections import correct
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


def edition(name: str, text: str, **known: object) -> Records:
    """A text as the one document of an edition; `known` is what edition.toml says of it."""
    about = Source(f"{name}/page.txt", Edition(name, **known), f"raw/{name}/page.txt", "0" * 64, 1)
    return normalise(segment(parse(text.encode(), about), layouts(), calendars()), lexicon())


def tables_of(*documents: Records, corrections: Iterable[Correction] = ()) -> Rows:
    """The rows of all tables that a run emits for some documents."""
    sources = one_profile_each(Sources(documents))
    done = correct(sources.records, corrections, catalogue(), lexicon())
    sources = sources._replace(records=done.records, notes=done.findings, outcomes=done.outcomes)
    return emit(sources, catalogue(), lexicon().themes, "", "").rows


def read(data: bytes, name: str = "test/document.txt") -> Records:
    """A file by its bytes, from the first stage to the records."""
    return normalise(segment(parse(data, source(name)), layouts(), calendars()), lexicon())


def paragraphs(found: Records, city_id: str, section: str) -> list[str]:
    """The paragraphs of one section, in order."""
    return [p.text for p in found.paragraphs if (p.city_id, p.section) == (city_id, section)]
