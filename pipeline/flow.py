"""One source and one edition on their way through the stages: what is kept, what must be done.

What a step makes is kept under a key of all that it depends on, as soon as it is made, so that a
run that was stopped goes on where it was. The keys of later steps follow from digests of earlier
results: a source of which everything is kept is not even read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple, TypeVar

import msgspec

from pipeline import work
from pipeline.errors import KnowledgeError, SourceError
from pipeline.executor.child import Kind
from pipeline.executor.crew import TaskOutcome, do, outcome
from pipeline.headed import PREFIX, head_end, head_of
from pipeline.model import Correction, Edition, Failure, Finding, Frozen, Limits, Reader, Source
from pipeline.parse.chunks import Chunk, Opened, PageText, SourceDoubt, decoded, encoded
from pipeline.stages import NAMES, result_key
from pipeline.store.cache import Cache, DamagedError

T = TypeVar("T")

_FIRST_PAGES = 16  # read at once; what the file has beyond them is parted among processes
_RANGE = 64
_MOST_STOPS = 4  # times that a document may stop its process before it is given up
_ALLOWANCE = 4  # a later step may take as long as so many pages, and one for each ten of its own
_UNSOURCED = 10  # the same for what is done for no single source
_BYTES_OF_A_PAGE = 4000  # of chunks, about
_FAILED = "-failed"  # ends the key under which a failure is kept
_REPORT = "please report it with the file"
_OTHER_READERS: dict[Reader, tuple[Reader, ...]] = {
    "auto": ("pypdfium2", "pdfplumber"),
    "pypdfium2": (),
    "pdfplumber": (),
}


class Result(Frozen, frozen=True):
    """What came of a source: the key and digest of what is kept of it, or why there is nothing."""

    source: Source
    key: str = ""
    digest: str = ""
    failure: Failure | None = None


class Given(NamedTuple):
    """A source and how its bytes are had; `load` raises SourceError where they cannot be."""

    source: Source
    load: Callable[[], bytes]


class _FailedError(Exception):
    """A step that failed: `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class PartError(Exception):
    """Why the tables of an edition, or a comparison, could not be made: a fault of the program."""


class Flow:
    """The steps of a run, over the processes that do them and the cache of what they made."""

    def __init__(
        self, executor: Executor, cache: Cache, *, force: bool = False, at_once: int = 1
    ) -> None:
        """`at_once` is how many tasks the executor does at once."""
        self._executor = executor
        # How many sources, or editions, are under way: enough to keep all processes busy.
        self.window = 2 * at_once + 2
        self.cache = cache
        self._force = force
        self.used: set[str] = set()

    def head(self, key: str, kind: type[T]) -> tuple[T, int]:
        """The head of what is kept (`headed`), and where its body begins.

        Raises DamagedError.
        """
        try:
            end = head_end(self.cache.slice(key, 0, PREFIX))
            return head_of(self.cache.slice(key, 0, end), kind), end
        except ValueError:
            raise DamagedError(key) from None

    # ------------------------------------------------------------ a source

    def source(self, given: Given, until: str = NAMES[-1]) -> Result:
        """Take a source from its bytes through the stages up to `until`."""
        names = NAMES[: NAMES.index(until) + 1]
        try:
            found = self._kept(given.source, names)
            payload = self.cache.get(found.key) if found.at and found.at < len(names) else None
            if payload is None and found.at < len(names):
                payload = self._parsed(given)
                unread = _Found(0, "", given.source.sha256)
                found = self._made(given.source, names[:1], unread, payload)
            return self._rest(given.source, names, found, payload or b"")
        except _FailedError as error:
            return Result(given.source, failure=error.failure)

    def stage(self, result: Result, name: str) -> Result:
        """Take a source through one stage, from what is kept of the stage before it."""
        payload = self.cache.get(result.key)
        assert payload is not None
        names = (NAMES[NAMES.index(name) - 1], name)
        found = _Found(1, result.key, result.digest)
        key = self._key(name, result.source, result.digest)
        if not self._force and (digest := self.cache.digest(key)):
            self.used.add(key)
            return Result(result.source, key, digest)
        try:
            return self._rest(result.source, names, found, payload)
        except _FailedError as error:
            return Result(result.source, failure=error.failure)

    def _kept(self, source: Source, names: Sequence[str]) -> _Found:
        """How far the kept results of a source go."""
        found = _Found(0, "", source.sha256)
        for name in names:
            key = self._key(name, source, found.digest)
            if self._force:
                break
            if failed := self.cache.get(f"{key}{_FAILED}"):
                self.used.add(f"{key}{_FAILED}")
                raise _FailedError(msgspec.json.decode(failed, type=Failure))
            digest = self.cache.digest(key)
            if digest is None:
                break
            self.used.add(key)
            found = _Found(found.at + 1, key, digest)
        return found

    def _key(self, name: str, source: Source, digest: str) -> str:
        return result_key(name, msgspec.json.encode(source), digest.encode())

    def _made(self, source: Source, names: Sequence[str], found: _Found, *made: bytes) -> _Found:
        """Keep what the next stages made."""
        for name, body in zip(names[found.at :], made, strict=False):
            key = self._key(name, source, found.digest)
            self.cache.put(key, body)
            self.used.add(key)
            found = _Found(found.at + 1, key, hashlib.sha256(body).hexdigest())
        return found

    def _rest(self, source: Source, names: Sequence[str], found: _Found, payload: bytes) -> Result:
        """Take a source through the stages that are left."""
        if found.at < len(names):
            pages = 1 + len(payload) // _BYTES_OF_A_PAGE
            task = work.Stages(source, tuple(names[found.at :]), payload)
            seconds = source.limits.page_seconds * (_ALLOWANCE + pages / 10)
            done = self._do("stages", task, seconds)
            found = self._made(source, names, found, *done.pieces)
            if done.ended != "done":
                raise self._failed(source, names[found.at], found.digest, done)
        return Result(source, found.key, found.digest)

    def _do(self, kind: Kind, task: work.Task, seconds: float) -> TaskOutcome:
        done = outcome(self._executor.submit(do, kind, work.encoded(task), seconds).result())
        if done.ended == "knowledge":
            raise KnowledgeError(done.message, done.hint)
        return done

    def _failed(self, source: Source, name: str, digest: str, done: TaskOutcome) -> _FailedError:
        """The error of a step; it is kept, so that a file that hangs does so once."""
        failure = _failure(source, name, done)
        if done.ended != "fault":
            key = f"{self._key(name, source, digest)}{_FAILED}"
            self.cache.put(key, msgspec.json.encode(failure))
            self.used.add(key)
        return _FailedError(failure)

    # ------------------------------------------------------------ reading

    def chunks(self, given: Given) -> list[Chunk]:
        """What reading a source gives, which is not kept. Raises SourceError if it cannot be."""
        try:
            return list(decoded(self._parsed(given)))
        except _FailedError as error:
            raise SourceError(error.failure.message, error.failure.hint) from None

    def survey(self, given: Given) -> tuple[tuple[bytes, ...], str]:
        """What can be told of a PDF without its text, and why no more of it."""
        source = given.source
        done = self._do("stages", work.Survey(source, given.load()), source.limits.page_seconds)
        return done.pieces, done.message

    def _parsed(self, given: Given) -> bytes:
        """What reading a source gives: its chunks, those of a long PDF from several processes."""
        source = given.source
        try:
            data = given.load()
        except SourceError as error:
            raise _FailedError(Failure(source, NAMES[0], error.message, error.hint)) from None
        opened, chunks = self._pages(source, data, 1, _FIRST_PAGES)
        if opened is None:
            return b"".join(chunks)
        last = min(opened.pages, source.limits.pages)
        starts = [*range(_FIRST_PAGES + 1, last + 1, _RANGE), last + 1]
        if len(starts) > 1:
            with ThreadPoolExecutor(len(starts) - 1) as ranges:
                asked = [
                    ranges.submit(self._pages, source, data, a, b - 1) for a, b in pairwise(starts)
                ]
                chunks += [chunk for future in asked for chunk in future.result()[1]]
        return encoded(opened) + b"".join(chunks)

    def _pages(
        self, source: Source, data: bytes, first: int, last: int
    ) -> tuple[Opened | None, list[bytes]]:
        """Some pages of a source, as chunks; what is no PDF is one chunk, and not `opened`.

        Where a library stops its process while it opens the file, the other one reads it alone;
        a page that stops it is read by each library alone, or else given up.
        """
        readers = [source.reader, *_OTHER_READERS[source.reader]]
        opened: Opened | None = None
        chunks: list[bytes] = []
        stops = 0
        while first <= last:
            done = self._ask(source, data, readers[0], first, last)
            head, pages = _parted(done.pieces)
            if head is None and pages:
                return None, pages
            if pages and readers[0] != source.reader and not chunks:
                pages[0] = _fell_back(pages[0], readers[0])
            opened = opened or head
            chunks += pages
            first += len(pages)
            if done.ended == "done" or (done.ended == "refused" and opened):
                break
            stops += 1
            if head is None and len(readers) > 1 and done.ended != "refused":
                del readers[0]
                continue
            if opened is None:
                raise self._failed(source, NAMES[0], source.sha256, done)
            last = min(last, opened.pages, source.limits.pages)
            page, more = self._alone(source, data, readers[1:], first, opened.pages)
            stops += more
            until = first if page or stops < _MOST_STOPS else last
            chunks += [page] if page else _given_up(first, until, done)
            first = until + 1
        return opened, chunks

    def _alone(
        self, source: Source, data: bytes, readers: Sequence[Reader], number: int, count: int
    ) -> tuple[bytes | None, int]:
        """A page as one of the libraries alone reads it, and how many processes that stopped.

        One that does not find so many pages (`count`) may give another page for it.
        """
        for stops, reader in enumerate(readers):
            done = self._ask(source, data, reader, number, number)
            head, pages = _parted(done.pieces)
            if pages and head and head.pages == count:
                return _fell_back(pages[0], reader), stops
        return None, len(readers)

    def _ask(
        self, source: Source, data: bytes, reader: Reader, first: int, last: int
    ) -> TaskOutcome:
        asked = msgspec.structs.replace(source, reader=reader)
        task = work.Read(asked, data, first, last)
        return self._do("stages", task, source.limits.page_seconds)

    # ------------------------------------------------------------ an edition

    def edition(
        self,
        edition: Edition,
        results: Sequence[Result],
        notes: Sequence[Finding],
        corrections: Sequence[Correction],
    ) -> str:
        """Make the part of an edition from what came of its sources; the key it is kept under."""
        failures = tuple(r.failure for r in results if r.failure)
        read = [r for r in results if not r.failure]
        digests = [r.digest for r in read]
        known = msgspec.json.encode([edition, digests, failures, notes, corrections])

        def task() -> work.Task:
            records = tuple(self._sound(r.key) for r in read)
            return work.Tabulate(edition, records, failures, tuple(notes), tuple(corrections))

        return self.part("edition", known, task)

    def forget_damaged(self) -> None:
        """Remove what was used and is damaged, so that it is made again."""
        for key in self.used:
            if self.cache.get(key) is None:
                self.cache.forget(key)

    def _sound(self, key: str) -> bytes:
        data = self.cache.get(key)
        if data is None:
            self.cache.forget(key)
            raise DamagedError(key)
        return data

    def part(
        self, name: str, known: bytes, task: Callable[[], work.Task], stage: str = "emit"
    ) -> str:
        """Make something for no single source, if it is not kept; the key it is kept under.

        `known` stands for all that it depends on, `stage` for the code that makes it.
        Raises PartError where it cannot be made.
        """
        key = result_key(stage, name.encode(), known)
        anew = self._force and key not in self.used
        self.used.add(key)
        if anew or not self.cache.digest(key):
            done = self._do("tables", task(), Limits().page_seconds * _UNSOURCED)
            if done.ended != "done":
                raise PartError(done.message)
            self.cache.put(key, done.pieces[0])
        return key


class _Found(NamedTuple):
    """So many stages of a source are done; the last one's result has this key and digest."""

    at: int
    key: str
    digest: str


def _chunk(data: bytes) -> Chunk:
    (chunk,) = decoded(data)
    return chunk


def _parted(pieces: Sequence[bytes]) -> tuple[Opened | None, list[bytes]]:
    """The head of a PDF and its pages, or None and the chunk of what is none."""
    head = _chunk(pieces[0]) if pieces else None
    return (head, list(pieces[1:])) if isinstance(head, Opened) else (None, list(pieces))


def _fell_back(piece: bytes, reader: Reader) -> bytes:
    """A page with the doubt that it was read by one library alone."""
    page = _chunk(piece)
    assert isinstance(page, PageText)
    doubt = SourceDoubt(
        "info",
        "reader_fell_back",
        f"read by {reader} alone: the other library does not get through the page",
    )
    return encoded(msgspec.structs.replace(page, doubts=(doubt, *page.doubts)))


def _given_up(first: int, last: int, done: TaskOutcome) -> list[bytes]:
    """Pages that could not be read; the first says why."""
    why = done.message if done.ended == "stopped" else f"the program failed: {done.message}"
    doubt = SourceDoubt("error", "page_not_read", f"the page cannot be read: {why}")
    pages = [PageText(n, lost=True) for n in range(first, last + 1)]
    pages[0] = msgspec.structs.replace(pages[0], doubts=(doubt,))
    return [encoded(page) for page in pages]


def fault(source: Source, name: str, what: str) -> Failure:
    """A source that the program itself failed on."""
    return Failure(source, name, f"the program failed in `{name}` ({what})", _REPORT)


def _failure(source: Source, name: str, done: TaskOutcome) -> Failure:
    if done.ended == "refused":
        return Failure(source, name, done.message, done.hint)
    if done.ended == "stopped":
        hint = "if the file is sound, raise --page-seconds or --memory-mb, or split it"
        return Failure(source, name, f"reading it was stopped: {done.message}", hint)
    return fault(source, name, done.message)
