"""From what came of the sources to `output/`: parts of editions, comparisons, whole files."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline import work
from pipeline.emit.assemble import Copy, Kept, Piece, cut, outputs, parquet_file
from pipeline.emit.changes import COMPARED
from pipeline.emit.collection import by_edition, copies, member
from pipeline.emit.datapackage import Written, datapackage_json
from pipeline.emit.part import Blank, ByteSpan, Part
from pipeline.emit.series import Pair, plan
from pipeline.emit.spreadsheet import SPREADSHEET, contents, sheets, spreadsheet
from pipeline.executor.ahead import ahead
from pipeline.flow import Flow, PartError, Result, fault
from pipeline.knowledge.catalogue import catalogue
from pipeline.model import Correction, Edition, Finding
from pipeline.reporting import Reporting
from pipeline.stages import REPORT, digest, program
from pipeline.store.cache import DamagedError
from pipeline.store.publish import PACKAGE, publish

_Edition = tuple[Edition, list[Result]]
_TRIES = 8  # to put an output together: each may find damage in what follows from the rest


class Published(NamedTuple):
    """What an output was made of: the heads of its parts, and the rows of constant tables.

    `faults` say what it lacks beside its tables; they are known once it is written.
    """

    parts: list[Part]
    constant: dict[str, int]
    faults: list[str]


class Output:
    """The output of a run, as it comes together from the results of all sources."""

    def __init__(
        self,
        flow: Flow,
        notes: Sequence[Finding],
        corrections: Sequence[Correction],
        again: Callable[[Result], Result],
        *,
        report: bool = True,
        spreadsheet: bool = True,
    ) -> None:
        """`again` makes a result anew that turns out to be damaged.

        `report` adds the pages, `spreadsheet` the workbook.
        """
        self._with_spreadsheet = spreadsheet
        self._flow = flow
        self._again = again
        self._window = flow.window
        self._report = report
        self._notes = by_edition(notes)
        self._corrections = by_edition(corrections)

    def publish(self, results: Iterable[Result], output: Path, fingerprint: str) -> Published:
        """Put all tables together and replace a folder by them.

        `results` come in the order of their editions, and editions are made as they come.
        Raises PipelineError if the folder cannot be written; the old one is then still there.
        """
        every = self.editions(results)
        for _ in range(_TRIES):
            try:
                made, files = self.files(every)
                publish(files, partial(_package, fingerprint, self._report), output)
            except DamagedError:
                self._flow.forget_damaged()
            else:
                return made
        raise RuntimeError("kept results are damaged again and again: check the disk")

    def editions(self, results: Iterable[Result]) -> list[_Edition]:
        """The editions with their results; the part of each is made as soon as these are there."""
        # Made while sources are read, since the processes for tables have nothing else to do yet.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(self._begin)
            return list(self._with_empty(self._editions(results)))

    def files(
        self, editions: Sequence[_Edition]
    ) -> tuple[Published, Iterator[tuple[str, Iterator[bytes]]]]:
        """What the output is made of, and each file: its path and its bytes, piece by piece.

        Raises DamagedError, now or when the bytes are asked for, where what was kept is damaged.
        """
        base = msgspec.msgpack.decode(self._whole(self._begin()), type=Blank)
        keys = ahead(self._made, editions, self._window)
        whole = self._all_parts(base, [self._kept(key) for key in keys])
        files = outputs(base, whole, catalogue())
        pages = Reporting(self._flow, base, self._joined, self._window)
        if self._with_spreadsheet:
            files = chain(files, self._spreadsheet(base, whole, pages.faults))
        if self._report:
            files = chain(files, pages.files(whole))
        constant = {name: c.group.rows for name, c in base.constant.items()}
        made = Published([p.head for p in whole], constant, pages.faults)
        return made, ((n, map(self._bytes, pieces)) for n, pieces in files)

    # ------------------------------------------------------------ editions

    def _editions(self, results: Iterable[Result]) -> Iterator[_Edition]:
        """The editions with their results; each is made as soon as these are there."""

        def made(edition: _Edition) -> _Edition:
            self._made(edition)
            return edition

        groups = groupby(results, key=lambda r: r.source.edition)
        yield from ahead(made, ((e, list(own)) for e, own in groups), self._window)

    def _with_empty(self, editions: Iterable[_Edition]) -> Iterator[_Edition]:
        """The editions, and those without a source of which something is told."""
        known = set()
        for edition, results in editions:
            known.add(edition.edition)
            yield edition, results
        for name in sorted({*self._notes, *self._corrections} - known):
            yield Edition(name), []

    def _made(self, edition: _Edition) -> str:
        """The key of an edition's part, which is made if it is not there."""
        name = edition[0].edition
        ordered = sorted(edition[1], key=lambda r: r.source.source_id)
        notes, corrections = self._notes.get(name, ()), self._corrections.get(name, ())
        try:
            return self._flow.edition(edition[0], ordered, notes, corrections)
        except DamagedError as error:
            ordered = [self._again(r) if r.key == error.key else r for r in ordered]
            return self._flow.edition(edition[0], ordered, notes, corrections)
        except PartError as error:
            # A fault costs its own edition: its sources have a row that says so.
            sources = [r.source for r in ordered]
            failed = [Result(s, failure=fault(s, "emit", str(error))) for s in sources]
            return self._flow.edition(edition[0], failed, notes, ())

    # ------------------------------------------------------------ all together

    def _begin(self) -> str:
        return self._flow.part("begin", b"", work.Begin)

    def _all_parts(self, base: Blank, parts: Sequence[Kept]) -> list[Kept]:
        """The parts of the editions, those of their comparisons, and findings added to them."""
        planned = plan(m for p in parts if (m := member(p.head)))
        compare = partial(self._compared, base, {p.head.edition.edition: p for p in parts})
        compared = list(ahead(compare, planned.pairs, self._window))
        more = [*planned.findings, *copies(p.head for p in parts)]
        for part in compared:
            more += msgspec.json.decode(self._cut(part, part.head.findings), type=list[Finding])
        return [*parts, *compared, *self._retold(parts, by_edition(more))]

    def _compared(self, base: Blank, parts: Mapping[str, Kept], pair: Pair) -> Kept:
        """The part of a comparison between two editions."""
        old, new = (parts[m.edition.edition] for m in (pair.old, pair.new))
        encoded = msgspec.json.encode(pair)

        def task() -> work.Task:
            tables = [
                {t: self._joined(parquet_file(base, part, t)) for t in COMPARED}
                for part in (old, new)
            ]
            return work.Compare(encoded, *tables)

        known = b"".join([encoded, old.key.encode(), new.key.encode()])
        return self._kept(self._flow.part("comparison", known, task))

    def _retold(self, parts: Sequence[Kept], more: Mapping[str, Sequence[Finding]]) -> list[Kept]:
        """The findings of the editions to which some are added, with these."""

        def retell(part: Kept) -> Kept:
            edition = part.head.edition
            added = msgspec.json.encode(more[edition.edition])
            known = b"".join([part.key.encode(), added])

            def task() -> work.Task:
                return work.Retell(edition, (self._cut(part, part.head.findings), added))

            return self._kept(self._flow.part("findings", known, task))

        asked = [p for p in parts if p.head.edition.edition in more]
        return list(ahead(retell, asked, self._window))

    def _spreadsheet(
        self, base: Blank, parts: Sequence[Kept], faults: list[str]
    ) -> Iterator[tuple[str, list[Piece]]]:
        """The spreadsheet's path and what to write there; a fault costs no table."""
        made = sheets(base, parts, catalogue())
        encoded = msgspec.json.encode(contents(made, parts))
        try:
            key = self._flow.part("workbook", encoded, lambda: work.Bind(encoded))
            files = msgspec.msgpack.decode(self._whole(key), type=dict[str, bytes])
            pieces = list(spreadsheet(files, made, parts, self._cut))
        except (PartError, ValueError) as error:
            faults.append(f"there is no {SPREADSHEET}: the program failed ({error})")
        else:
            yield SPREADSHEET, pieces

    # ------------------------------------------------------------ what is kept

    def _kept(self, key: str) -> Kept:
        return Kept(key, *self._flow.head(key, Part))

    def _cut(self, part: Kept, span: ByteSpan) -> bytes:
        return self._bytes(cut(part, span))

    def _joined(self, pieces: Iterable[Piece]) -> bytes:
        return b"".join(map(self._bytes, pieces))

    def _bytes(self, piece: Piece) -> bytes:
        if not isinstance(piece, Copy):
            return piece
        data = self._flow.cache.slice(piece.key, piece.start, piece.end)
        if len(data) != piece.end - piece.start or zlib.crc32(data) != piece.checksum:
            raise DamagedError(piece.key)
        return data

    def _whole(self, key: str) -> bytes:
        data = self._flow.cache.get(key)
        if data is None:
            raise DamagedError(key)
        return data


def _package(
    fingerprint: str, report: bool, files: Mapping[str, tuple[str, int]]
) -> tuple[str, bytes]:
    written = {name: Written(*file) for name, file in files.items()}
    made_by = digest(REPORT) if report else None
    package = datapackage_json(catalogue(), written, fingerprint, program(), made_by)
    return PACKAGE, package
