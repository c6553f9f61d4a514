"""Editions and output at addresses of fsspec: fetched as they change, sent when they are complete."""

import json

import pytest

from pipeline.cli import main
from pipeline.errors import PipelineError
from pipeline.store.remote import folders
from tests.conftest import CALENDAR

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: `make cluster-demo` does")


@pytest.fixture
def store():
    """An empty store in memory."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pseudo_dirs[:] = [""]
    return store


def filled(store):
    """The store with one edition below `bucket/raw`."""
    store.pipe_file("/bucket/raw/week/page.txt", CALENDAR.read_bytes())
    return store


def ran(tmp_path, *options):
    """A run over the store, and its exit status."""
    return main(["extract", "--raw", "memory://bucket/raw", "--output", "memory://bucket/out",
                 "--cache", str(tmp_path / "cache"), *options])  # fmt: skip


def test_tables_are_those_of_a_local_run(store, tmp_path):
    """Byte for byte, and each file is as `datapackage.json` says."""
    filled(store)
    (tmp_path / "raw" / "week").mkdir(parents=True)
    (tmp_path / "raw" / "week" / "page.txt").write_bytes(CALENDAR.read_bytes())
    here = ["extract", "--raw", str(tmp_path / "raw"), "--output", str(tmp_path / "out")]
    assert main([*here, "--cache", str(tmp_path / "other")]) == 0
    assert ran(tmp_path) == 0
    sent = {p.removeprefix("/bucket/out/"): store.cat(p) for p in store.find("/bucket/out")}
    made = (p for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert sent == {p.relative_to(tmp_path / "out").as_posix(): p.read_bytes() for p in made}


def test_what_has_not_changed_is_neither_fetched_nor_sent(store, tmp_path, capsys):
    """Nor made again."""
    filled(store)
    assert ran(tmp_path) == 0
    before = {p: store.created(p) for p in store.find("/bucket")}
    capsys.readouterr()
    assert ran(tmp_path) == 0
    assert "nothing to do" in capsys.readouterr().err
    assert {p: store.created(p) for p in store.find("/bucket")} == before


def test_an_edition_that_is_gone_is_gone_from_the_tables(store, tmp_path):
    """The copy here follows what lies there."""
    filled(store).pipe_file("/bucket/raw/other/page.txt", CALENDAR.read_bytes() + b"\n")
    assert ran(tmp_path) == 0
    assert b"other/page.txt" in store.cat("/bucket/out/tables/sources.csv")
    store.rm("/bucket/raw/other", recursive=True)
    assert ran(tmp_path) == 0
    assert b"other/page.txt" not in store.cat("/bucket/out/tables/sources.csv")


def test_an_output_that_was_damaged_there_is_sent_again(store, tmp_path):
    """A file that is missing is noticed by the next run."""
    filled(store)
    assert ran(tmp_path) == 0
    store.rm("/bucket/out/tables/events.parquet")
    assert ran(tmp_path) == 0
    assert store.exists("/bucket/out/tables/events.parquet")


def test_other_peoples_files_are_not_touched(store, tmp_path, capsys):
    """A folder with a file that no run made is no place for an output."""
    filled(store).pipe_file("/bucket/out/thesis.docx", b"mine")
    assert ran(tmp_path) == 2
    assert "thesis.docx" in capsys.readouterr().err
    assert store.find("/bucket/out") == ["/bucket/out/thesis.docx"]


def test_an_error_sends_nothing(store, tmp_path):
    """The output there is as it was."""
    filled(store)

    def fail():
        places = folders("memory://bucket/raw", "memory://bucket/out", tmp_path / "cache")
        with places as (_, output):
            output.mkdir(parents=True)
            (output / "datapackage.json").write_text(json.dumps({"resources": []}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not store.find("/bucket/out")


@pytest.mark.parametrize(
    ("address", "status"), [("memory://bucket/nothing", 2), ("gopher-hole://x/raw", 2)]
)
def test_an_address_that_cannot_be_used_is_a_message(store, tmp_path, capsys, address, status):
    """An empty folder, or a scheme that no library knows."""
    filled(store)
    options = ["--output", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    assert main(["extract", "--raw", address, *options]) == status
    assert address in capsys.readouterr().err


def test_a_store_that_fails_is_a_message(store, tmp_path, monkeypatch):
    """Whatever errors its library has."""
    filled(store)

    def fail(*_, **__):
        raise ConnectionResetError("the line went dead")

    monkeypatch.setattr(type(store), "get_file", fail)
    with (
        pytest.raises(PipelineError, match="line went dead"),
        folders("memory://bucket/raw", str(tmp_path), tmp_path / "cache"),
    ):
        pass
