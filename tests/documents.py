"""Small documents for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from pathlib import Path

import msgspec

from pipeline import work
from pipeline.emit.tables import Rows
from pipeline.errors import SourceError
from pipeline.executor.crew import TaskOutcome
from pipeline.flow import Flow, Result
from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.knowledge.messages import in_chinese
from pipeline.model import Correction, Document, Edition, Segments, Source
from pipeline.normalise import normalise
from pipeline.output import Output
from pipeline.parse import parse
from pipeline.records import Records
from pipeline.segment import segment
from pipeline.store.cache import Cache


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


class Here(Executor):
    """Does the tasks of a run in this process."""

    def submit(self, *call):
        """The finished future of a task; it is the third thing that a flow submits."""
        future = Future()
        pieces = []
        try:
            pieces += work.perform(work.decoded(call[2]))
            done = TaskOutcome(tuple(pieces))
        except SourceError as error:
            done = TaskOutcome(tuple(pieces), "refused", error.message, error.hint)
        future.set_result(msgspec.msgpack.encode(done))
        return future


def tables_of(*documents: Records, corrections: Iterable[Correction] = ()) -> Rows:
    """The rows of all tables that a run emits for some documents."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    flow = Flow(Here(), Cache(Path("/dev/null")))  # nothing can be written: memory holds it
    results = []
    for found in sorted(documents, key=lambda r: (r.source.edition.edition, r.source.source_id)):
        body = msgspec.json.encode(found)
        digest = hashlib.sha256(body).hexdigest()
        flow.cache.put(digest, body)
        results.append(Result(found.source, digest, digest))
    output = Output(flow, (), tuple(corrections), lambda result: result, report=False)
    _, files = output.files(output.editions(results))
    whole = {name: b"".join(pieces) for name, pieces in files}
    rows = {
        t.name: pq.read_table(pa.BufferReader(whole[f"tables/{t.name}.parquet"])).to_pylist()
        for t in catalogue()
    }
    assert in_english_alone(rows) == []
    return rows


# Columns beside `findings.message` that hold messages.
MESSAGES = {"sources": "error", "corrections": "message", "changes": "note"}
_GROUPS = {"sources": "source", "corrections": "correction", "changes": "note"}


def in_english_alone(rows: Rows) -> list[str]:
    """The messages in some tables that the report cannot show in Chinese: there should be none."""
    said = [(f["check"], f["message"]) for f in rows["findings"]]
    for table, column in MESSAGES.items():
        said += [(_GROUPS[table], row[column]) for row in rows[table] if row[column]]
    return [text for group, text in said if in_chinese(group, text) is None]


def read(data: bytes, name: str = "test/document.txt") -> Records:
    """A file by its bytes, from the first stage to the records."""
    return normalise(segment(parse(data, source(name)), layouts(), calendars()), lexicon())


def paragraphs(found: Records, city_id: str, section: str) -> list[str]:
    """The paragraphs of one section, in order."""
    return [p.text for p in found.paragraphs if (p.city_id, p.section) == (city_id, section)]
