"""What can be asked of a process that does the work of a run: tasks, and how each is done.

A task holds all that its result depends on; what it gives are bytes, one piece after the other.
Nothing here knows in which process it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec

from pipeline.model import Correction, Edition, Failure, Finding, Frozen, Source
from pipeline.records import Records


class Read(Frozen, frozen=True, tag=True):
    """Read a source, of a PDF the pages from `first` to `last`: a chunk for each piece."""

    source: Source
    data: bytes
    first: int = 1
    last: int | None = None


class Survey(Frozen, frozen=True, tag=True):
    """Look at a PDF without its text: a piece for the file, and one for each page."""

    source: Source
    data: bytes


class Stages(Frozen, frozen=True, tag=True):
    """Take a source through some stages, from what the stage before them gave: a piece for each."""

    source: Source
    names: tuple[str, ...]
    payload: bytes


class Tabulate(Frozen, frozen=True, tag=True):
    """Make the part of an edition from the records of its sources: one piece."""

    edition: Edition
    records: tuple[bytes, ...]
    failures: tuple[Failure, ...]
    notes: tuple[Finding, ...]
    corrections: tuple[Correction, ...]


class Compare(Frozen, frozen=True, tag=True):
    """Make the part of a comparison (`pair`, encoded) from Parquet files by table: one piece."""

    pair: bytes
    old: dict[str, bytes]
    new: dict[str, bytes]


class Retell(Frozen, frozen=True, tag=True):
    """Make the part that holds an edition's findings once others are added: one piece."""

    edition: Edition
    findings: tuple[bytes, ...]


class Bind(Frozen, frozen=True, tag=True):
    """Make a workbook without the rows of its tables (`contents`, encoded): one piece."""

    contents: bytes


class Begin(Frozen, frozen=True, tag=True):
    """Make what every output has, whatever was read: one piece."""


class Pages(Frozen, frozen=True, tag=True):
    """Make the report's pages of an edition from Parquet files by table: one piece."""

    edition: str
    tables: dict[str, bytes]


class ChangePage(Frozen, frozen=True, tag=True):
    """Make the report's page of a comparison (series, older and newer edition): one piece."""

    pair: tuple[str, str, str]
    changes: bytes
    themes: bytes


class OverAll(Frozen, frozen=True, tag=True):
    """Make the report's pages over all editions, from facts of each and of comparisons."""

    facts: tuple[bytes, ...]
    compared: tuple[bytes, ...]
    themes: bytes


Task = (
    Read
    | Survey
    | Stages
    | Tabulate
    | Compare
    | Retell
    | Bind
    | Begin
    | Pages
    | ChangePage
    | OverAll
)
# Made once, since threads share them: msgspec crashes where two learn of a type at once.
_tasks: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(Task)
_records = msgspec.json.Decoder(Records)


def encoded(task: Task) -> bytes:
    """A task as bytes."""
    return msgspec.msgpack.encode(task)


def decoded(data: bytes) -> Task:
    """A task from bytes."""
    task: Task = _tasks.decode(data)
    return task


def get_ready(kind: str) -> None:
    """Load what the tasks of a kind need: `stages` those of a source, `tables` all others."""
    modules = {
        "stages": ("spacy", "pipeline.segment", "pipeline.normalise", "pipeline.knowledge.lexicon"),
        "tables": ("pyarrow.parquet", "pyarrow.csv", "pandas", "xlsxwriter",
                   "pipeline.emit.edition", "pipeline.report.ready"),
    }  # fmt: skip
    for name in modules[kind]:
        import_module(name)


def perform(task: Task) -> Iterator[bytes]:
    """Do a task, and give what comes of it piece by piece.

    Raises SourceError where a source cannot be read.
    """
    match task:
        case Read():
            yield from _read(task)
        case Survey():
            yield from _survey(task)
        case Stages():
            yield from _stages(task)
        case Tabulate():
            yield _tabulate(task)
        case Compare():
            yield _compare(task)
        case Retell():
            yield _retell(task)
        case Bind():
            yield _bind(task)
        case Begin():
            yield _begin()
        case Pages() | ChangePage() | OverAll():
            yield _report(task)


def _read(task: Read) -> Iterator[bytes]:
    from pipeline.parse import read
    from pipeline.parse.chunks import encoded as chunk

    return map(chunk, read(task.data, task.source, task.first, task.last))


def _survey(task: Survey) -> Iterator[bytes]:
    from pipeline.parse.pdf.survey import survey

    return map(msgspec.json.encode, survey(task.data, task.source))


def _stages(task: Stages) -> Iterator[bytes]:
    from pipeline.stages import run_stage

    payload = task.payload
    for name in task.names:
        payload = run_stage(name, task.source, payload)
        yield payload


def _tabulate(task: Tabulate) -> bytes:
    from pipeline.emit.edition import edition_part
    from pipeline.emit.merge import one_profile_each
    from pipeline.emit.tables import Sources
    from pipeline.knowledge.catalogue import catalogue
    from pipeline.knowledge.themes import taxonomy

    records = tuple(map(_records.decode, task.records))
    sources = one_profile_each(Sources(records, task.failures, task.notes))
    if task.corrections:
        from pipeline.knowledge.lexicon import lexicon
        from pipeline.normalise.corrections import correct

        done = correct(sources.records, task.corrections, catalogue(), lexicon())
        notes = (*sources.notes, *done.findings)
        sources = Sources(done.records, sources.failures, notes, done.outcomes)
    return edition_part(task.edition, sources, catalogue(), taxonomy())


def _compare(task: Compare) -> bytes:
    from pipeline.emit.collection import changes_part
    from pipeline.emit.series import Pair
    from pipeline.knowledge.catalogue import catalogue

    pair = msgspec.json.decode(task.pair, type=Pair)
    return changes_part(pair, (task.old, task.new), catalogue())


def _retell(task: Retell) -> bytes:
    from pipeline.emit.edition import findings_part
    from pipeline.knowledge.catalogue import catalogue

    found = [f for data in task.findings for f in msgspec.json.decode(data, type=list[Finding])]
    return findings_part(task.edition, found, catalogue())


def _bind(task: Bind) -> bytes:
    from pipeline.emit.workbook import Contents, workbook
    from pipeline.knowledge.catalogue import catalogue

    made = workbook(msgspec.json.decode(task.contents, type=Contents), catalogue())
    return msgspec.msgpack.encode(made)


def _begin() -> bytes:
    from pipeline.emit.blank import blank
    from pipeline.knowledge.catalogue import catalogue
    from pipeline.knowledge.themes import taxonomy

    return msgspec.msgpack.encode(blank(catalogue(), taxonomy()))


def _report(task: Pages | ChangePage | OverAll) -> bytes:
    from pipeline.report import make

    match task:
        case Pages():
            return make.edition(task.edition, task.tables)
        case ChangePage():
            return make.comparison(task.pair, task.changes, task.themes)
        case OverAll():
            return make.over_all(task.facts, task.compared, task.themes)
