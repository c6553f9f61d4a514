"""One source on its way through the stages: what is kept, what is read again, what is given up."""

import hashlib
from concurrent.futures import Executor, Future
from pathlib import Path

import msgspec
import pytest

from pipeline import work
from pipeline.executor.crew import TaskOutcome
from pipeline.flow import Flow, Given
from pipeline.model import Edition, Source
from pipeline.output import Output
from pipeline.parse import parse
from pipeline.parse.chunks import Opened, PageText, PrintedLine, encoded
from pipeline.records import Records
from pipeline.store.cache import Cache
from tests.documents import Here
from tests.editions.content import real_profiles
from tests.editions.edition import render
from tests.test_segment import CHINESE


def given(data, name="page.txt", **known):
    """A document by its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    source = Source(f"e/{name}", Edition("e"), f"raw/e/{name}", digest, len(data), **known)
    return Given(source, lambda: data)


class Scripted(Executor):
    """Reads a PDF of some pages, of which some stop the process, for some readers or for all."""

    def __init__(self, pages, bad, opening=()):
        self.pages, self.bad, self.opening = pages, bad, opening
        self.asked = []

    def submit(self, *call):
        """The finished future of a task."""
        task = work.decoded(call[2])
        future = Future()
        if isinstance(task, work.Read):
            future.set_result(msgspec.msgpack.encode(self._read(task)))
            return future
        return Here().submit(*call)

    def _read(self, task):
        reader = task.source.reader
        self.asked.append((reader, task.first))
        if reader in self.opening:
            return TaskOutcome((), "stopped", "it crashed")
        pieces = [encoded(Opened(self.pages))]
        for number in range(task.first, min(self.pages, task.last or self.pages) + 1):
            if reader in self.bad.get(number, ()):
                return TaskOutcome(tuple(pieces), "stopped", "it crashed")
            line = PrintedLine(f"page {number} by {reader}")
            pieces.append(encoded(PageText(number, (line,), reader)))
        return TaskOutcome(tuple(pieces))


ALL = ("auto", "pypdfium2", "pdfplumber")


def read(executor):
    """The pages that were read, and the checks of the doubts about them."""
    flow = Flow(executor, Cache(Path("/dev/null")))
    chunks = flow.chunks(given(b"%PDF-", "page.pdf"))
    pages = [c for c in chunks if isinstance(c, PageText)]
    assert [p.number for p in pages] == list(range(1, len(pages) + 1))
    return pages


def test_a_page_that_stops_its_process_is_read_by_the_other_library():
    """The pages before and after it are read as before, and a doubt says what happened."""
    pages = read(Scripted(5, {3: ("auto", "pypdfium2")}))
    readers = [p.reader for p in pages]
    assert readers == ["auto", "auto", "pdfplumber", "auto", "auto"]
    assert [d.check for p in pages for d in p.doubts] == ["reader_fell_back"]


def test_a_page_that_nothing_gets_through_is_given_up():
    """It costs itself alone."""
    pages = read(Scripted(5, {3: ALL}))
    assert [p.number for p in pages if p.lost] == [3]
    assert [d.check for p in pages for d in p.doubts] == ["page_not_read"]


def test_a_file_that_stops_again_and_again_is_given_up():
    """So that a hostile file cannot take the time limit once for each of its pages."""
    executor = Scripted(50, dict.fromkeys(range(2, 50), ALL))
    pages = read(executor)
    assert len(pages) == 50
    assert not pages[0].lost
    assert len(executor.asked) < 20


def test_a_file_that_cannot_be_opened_by_both_is_read_by_one():
    """All of its pages, by the library that opens it."""
    pages = read(Scripted(3, {}, opening=("auto",)))
    assert {p.reader for p in pages} == {"pypdfium2"}
    assert pages[0].doubts[0].check == "reader_fell_back"


def test_a_long_file_is_read_in_ranges():
    """Every page once, in order, by as many tasks as it takes."""
    executor = Scripted(300, {})
    assert len(read(executor)) == 300
    assert len({first for _, first in executor.asked}) > 3


def test_pages_read_in_ranges_are_those_of_a_whole_file():
    """The document is the same, line by line."""
    data = render((real_profiles() * 2)[:40], "two_columns")
    flow = Flow(Here(), Cache(Path("/dev/null")))
    one = given(data, "page.pdf")
    from pipeline.parse import document

    assert document(one.source, flow.chunks(one)) == parse(data, one.source)


def test_what_is_kept_is_not_done_again(tmp_path):
    """Nor is the file read; another file, or the same under another name, is."""

    class Counting(Here):
        done = 0

        def submit(self, *call):
            Counting.done += 1
            return super().submit(*call)

    one = given(CHINESE.encode())
    flow = Flow(Counting(), Cache(tmp_path))
    first = flow.source(one)
    assert Counting.done == 2

    def unread():
        pytest.fail("the file was read")

    assert Flow(Counting(), Cache(tmp_path)).source(Given(one.source, unread)) == first
    assert Counting.done == 2
    assert Flow(Counting(), Cache(tmp_path)).source(given(CHINESE.encode(), "b.txt")) != first


def test_a_refusal_is_kept_as_well(tmp_path):
    """A file that is no document is not looked at again."""
    bad = given(b"\x00\x01\x02" * 50)
    first = Flow(Here(), Cache(tmp_path)).source(bad)
    assert first.failure
    assert Flow(None, Cache(tmp_path)).source(bad) == first


def test_a_file_that_changes_meanwhile_is_told(tmp_path):
    """Its row says so; what it was before is not what is there now."""
    from pipeline.store.raw import read_raw

    (tmp_path / "e").mkdir()
    path = tmp_path / "e" / "page.txt"
    path.write_text(CHINESE, "utf-8")
    (found,) = read_raw(tmp_path).inputs
    path.write_text(CHINESE + CHINESE, "utf-8")
    result = Flow(Here(), Cache(Path("/dev/null"))).source(Given(found.source, found.load))
    assert "changed while it was read" in result.failure.message


def test_records_are_those_of_the_stages_one_by_one():
    """The flow adds nothing."""
    from tests.documents import records

    flow = Flow(Here(), Cache(Path("/dev/null")))
    result = flow.source(given(CHINESE.encode()))
    found = msgspec.json.decode(flow.cache.get(result.key), type=Records)
    assert found.paragraphs[0].text == records(CHINESE).paragraphs[0].text


def test_a_fault_in_the_tables_costs_its_own_edition():
    """The sources of that edition have a row that says so; the tables of the others are there."""

    class Faulty(Here):
        def submit(self, *call):
            task = work.decoded(call[2])
            if isinstance(task, work.Tabulate) and task.edition.edition == "b" and task.records:
                future = Future()
                future.set_result(msgspec.msgpack.encode(TaskOutcome((), "fault", "ValueError: x")))
                return future
            return super().submit(*call)

    flow = Flow(Faulty(), Cache(Path("/dev/null")))
    results = []
    for name in "ab":
        data = CHINESE.encode()
        digest = hashlib.sha256(data).hexdigest()
        source = Source(f"{name}/x.txt", Edition(name), f"raw/{name}/x.txt", digest, len(data))
        results.append(flow.source(Given(source, lambda data=data: data)))
    output = Output(flow, (), (), lambda result: result)
    made, _ = output.files(output.editions(results))
    found = {s.path: s.status for p in made.parts for s in p.sources}
    assert found == {"raw/a/x.txt": "ok", "raw/b/x.txt": "failed"}
