"""One bad document costs one row in `sources`: never the run, nor the others, nor the machine."""

import filecmp
import os
import stat
import subprocess
import sys
import time

import pandas as pd
import pytest

from pipeline.errors import lacks_memory
from tests.conftest import BROCHURE, CALENDAR, REPO
from tests.editions.content import real_profiles
from tests.editions.faults import FAULTS
from tests.hostile import FILES

LIMITS = ("--page-seconds", "5", "--memory-mb", "700", "--unpacked-mb", "128", "--max-pages", "40")


def sources(output):
    """The table of sources, by path."""
    path = output / "tables" / "sources.parquet"
    return pd.read_parquet(path, dtype_backend="numpy_nullable").set_index("path")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, run_pipeline):
    """The real documents and every fault, in one folder; the output and the time it took."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, document in (("iurc-china-2021", BROCHURE), ("iurc-calendar-2022-w22", CALENDAR)):
        (folder / "raw" / name).mkdir(parents=True)
        for file in document.parent.iterdir():
            (folder / "raw" / name / file.name).write_bytes(file.read_bytes())
    bad = folder / "raw" / "bad"
    bad.mkdir()
    for name, make in FILES.items():
        (bad / f"{name}.pdf").write_bytes(make())
    for name, fault in FAULTS.items():
        (bad / f"fault-{name}.pdf").write_bytes(fault(real_profiles()[:1]))
    (bad / "no-pdf.pdf").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (bad / "empty.txt").write_bytes(b"")
    (bad / "image.txt").write_bytes(bytes(range(256)) * 9)
    (bad / "gone.txt").symlink_to(folder / "nowhere")
    (bad / "loop.pdf").symlink_to("loop.pdf")
    (folder / "raw" / "loop.txt").symlink_to("loop.txt")
    (bad / "folder.pdf").mkdir()
    (bad / "out.txt").symlink_to(BROCHURE)
    (bad / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "raw" / "linked").symlink_to(REPO / "docs")
    os.mkfifo(bad / "pipe.txt")
    (bad / "edition.toml").write_bytes(b"year = [[[[")
    (bad / "corrections.csv").write_bytes(b"\xff\xfe\x00")
    evil = bad / "a\u202eb\x1b[31m'; rm -rf x\n=1.txt"
    evil.write_text(
        "江城\nJiangcheng\n\n1,234,500人\n\n2,345平方公里\n\x1b[2J\u202e=cmd|' /C calc'!A0\n"
    )
    started = time.monotonic()
    done = run_pipeline("extract", "--raw", folder / "raw", "--output", folder / "out",
                        "--cache", folder / "cache", *LIMITS, check=1)  # fmt: skip
    return folder / "out", done, time.monotonic() - started


def test_every_file_has_a_row_and_no_bad_one_is_ok(hostile):
    """What could not be read says why; what could in part says what is missing."""
    found = sources(hostile[0])
    bad = found[found.edition == "bad"]
    assert {f"raw/bad/{name}.pdf" for name in FILES} <= set(bad.index)
    for name in FILES:
        row = bad.loc[f"raw/bad/{name}.pdf"]
        assert row.status != "ok"
        assert row.error


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("many_forms.pdf", "failed", "stopped|ended by|too little progress|memory"),
        ("unpacking_bomb.pdf", "failed", "unpack|memory|no text|ended by"),
        ("many_pages.pdf", "partial", "no more than 40 are"),
        ("no_pages.pdf", "failed", "no page"),
        ("no_characters.pdf", "failed", "which characters"),
        ("fault-encrypted.pdf", "failed", "encrypted"),
        ("no-pdf.pdf", "failed", "named as a PDF"),
        ("empty.txt", "failed", "empty"),
        ("image.txt", "failed", "no text"),
        ("gone.txt", "failed", "link to nothing"),
        ("loop.pdf", "failed", "link to nothing"),
        ("../loop.txt", "failed", "link to nothing"),
        ("folder.pdf", "failed", "an empty folder"),
        ("passwd.txt", "failed", "link out of"),
        ("pipe.txt", "failed", "no regular file"),
    ],
)
def test_each_fault_has_its_own_reason(hostile, name, status, reason):
    """So that a user knows what to do about it."""
    row = sources(hostile[0]).loc[os.path.normpath(f"raw/bad/{name}")]
    assert row.status == status
    assert pd.Series([row.error]).str.contains(reason).all(), row.error


def test_the_real_documents_are_read_as_if_they_were_alone(hostile, output):
    """Byte for byte: the rows of their editions, in every table."""
    for path in (output / "tables").glob("*.parquet"):
        alone = pd.read_parquet(path, dtype_backend="numpy_nullable")
        beside = pd.read_parquet(hostile[0] / "tables" / path.name, dtype_backend="numpy_nullable")
        if "edition" in alone:
            beside = beside[beside.edition.isin(alone.edition.unique())]
        elif "source_id" in alone:
            beside = beside[beside.source_id.isin(alone.source_id.unique())]
        pd.testing.assert_frame_equal(alone, beside.reset_index(drop=True))


def test_names_and_texts_steer_no_terminal_and_no_spreadsheet(hostile):
    """They stand in `lines` as they are; elsewhere they are harmless, and a finding tells."""
    out, done, _ = hostile
    assert not set(done.stderr) & set("\x1b\u202e\x07")
    tables = {p.stem: p.read_text("utf-8") for p in (out / "tables").glob("*.csv")}
    assert "\x1b[2J\u202e=cmd" in tables["lines"]
    assert not [n for n, text in tables.items() if n != "lines" and set(text) & set("\x1b\u202e")]
    assert "unsafe_characters" in tables["findings"]


def test_a_link_into_another_folder_is_not_followed(hostile):
    """Nor is a folder that is a link out of the editions."""
    found = sources(hostile[0])
    assert "link out of" in found.loc["raw/linked"].error
    assert found.loc["raw/bad/out.txt"].status == "failed"


def test_inspect_survives_what_kills_a_reader(run_pipeline, tmp_path):
    """It reads in a process of its own, as a run does."""
    path = tmp_path / "x.pdf"
    path.write_bytes(FILES["no_characters"]())
    assert "which characters" in run_pipeline("inspect", path, check=1).stderr


def test_two_runs_at_once_do_not_mix(tmp_path, run_pipeline):
    """The second says so and ends; the lock ends with the process that holds it."""
    from pipeline.store.publish import locked

    arguments = ("extract", "--output", tmp_path / "out")
    with locked(tmp_path / "out"):
        assert "another run is at work" in run_pipeline(*arguments, check=2).stderr
    run_pipeline(*arguments, check=0)
    code = """
import sys, time
from pathlib import Path
from pipeline.store.publish import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    holder = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"held\n"
    holder.kill()
    holder.communicate()
    run_pipeline(*arguments, "--force", check=0)


def test_kept_results_that_are_damaged_are_made_again(tmp_path, run_pipeline):
    """Every kept file in turn loses its end or has a byte changed; the tables are the same."""
    cache, out, again = tmp_path / "cache", tmp_path / "out", tmp_path / "again"
    run_pipeline("extract", "--output", out, "--cache", cache, check=0)
    for number, path in enumerate(sorted((cache / "stages").rglob("*"))):
        if path.is_file():
            data = bytearray(path.read_bytes())
            place = len(data) * (number % 5 + 1) // 6
            data[place] ^= 0x55
            path.write_bytes(data[: place + 9] if number % 2 else data)
    run_pipeline("extract", "--output", again, "--cache", cache, check=0)
    names = [str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()]
    assert filecmp.cmpfiles(out, again, names, shallow=False)[1:] == ([], [])


def test_a_cache_that_cannot_be_written_costs_time_alone(tmp_path, run_pipeline):
    """It is a file here, as good as a closed folder or a full disk."""
    (tmp_path / "cache").write_text("")
    options = ("--output", tmp_path / "o", "--cache", tmp_path / "cache")
    told = run_pipeline("extract", *options, check=0).stderr
    assert told.count("warning: nothing more is kept for the next run: ") == 1
    assert "(Not a directory)" in told
    assert "--cache" in told
    assert len(sources(tmp_path / "o")) == 2
    assert "is kept" not in run_pipeline("extract", *options, check=0).stderr
    assert (tmp_path / "cache").read_text() == ""


def test_a_full_disk_leaves_the_old_output(tmp_path, run_pipeline):
    """A limit on the size of files stands for it: nothing is replaced, and the message says so."""
    run_pipeline("extract", "--output", tmp_path / "o", check=0)
    before = (tmp_path / "o" / "datapackage.json").read_bytes()
    options = f"--force --output {tmp_path / 'o'} --cache {tmp_path / 'c'}"
    script = f"ulimit -f 40; trap '' XFSZ; exec {sys.executable} -m pipeline extract {options}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "cannot be replaced" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "o" / "datapackage.json").read_bytes() == before


def test_the_dictionary_is_kept_where_others_cannot_write(tmp_path, run_pipeline):
    """Not under a guessable name in the folder for temporary files."""
    cache = tmp_path / "cache"
    run_pipeline("extract", "--output", tmp_path / "o", "--cache", cache, check=0)
    (kept,) = cache.glob("words-*.marshal")
    assert not kept.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@pytest.mark.parametrize(
    ("lines", "told"), [(None, False), (1999, False), (2500, True), (2202, True)]
)
def test_a_document_that_ends_in_a_sentence_may_be_cut_off(lines, told):
    """The real brochure is whole; some of its first lines end within a paragraph, some do not."""
    from tests.documents import records, tables_of

    text = "\n".join(BROCHURE.read_text("utf-8").split("\n")[:lines])
    checks = {f["check"] for f in tables_of(records(text))["findings"]}
    assert ("cut_off" in checks) is told


def test_a_pdf_without_its_end_mark_may_be_cut_off():
    """What is left of it is read."""
    from tests.documents import read
    from tests.editions.edition import render

    data = render(real_profiles()[:2])
    assert not [f for f in read(data, "e/x.pdf").findings if f.check == "cut_off"]
    cut = read(data[: data.rindex(b"%%EOF")], "e/x.pdf")
    assert [f.check for f in cut.findings if f.check == "cut_off"]
    assert len(cut.cities) == 2


@pytest.mark.parametrize("name", ["x.pdf", "x.txt", "x.html"])
def test_a_limit_that_is_too_low_is_named_as_the_reason(run_pipeline, tmp_path, name):
    """Whatever a library makes of it: neither is the file damaged, nor does the program fail."""
    from tests.editions.edition import render

    text = "Ghent\nBelgium\n\nPopulation: 270,473\n\nOverview\n\nGhent is a port on two rivers.\n"
    (tmp_path / "raw" / "x").mkdir(parents=True)
    data = {"x.pdf": render(real_profiles()[:1]), "x.html": f"<html><pre>{text}".encode()}
    (tmp_path / "raw" / "x" / name).write_bytes(data.get(name, text.encode()))
    options = ("--raw", tmp_path / "raw", "--output", tmp_path / "o", "--cache", tmp_path / "c")
    run_pipeline("extract", *options, "--no-report", "--memory-mb", "1", check=1)
    (error,) = sources(tmp_path / "o").error
    assert "it needs more memory than it may have" in error
    assert "raise --page-seconds or --memory-mb" in error


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (OSError(12, "Cannot allocate memory"), True),
        (OSError("libx.so: failed to map segment from shared object"), True),
        (SystemError("error return without exception set"), True),
        (ValueError("bad"), False),
        (OSError(2, "No such file"), False),
    ],
)
def test_what_says_that_there_was_no_memory(error, lacks):
    """Also where another error came of it."""
    later = RuntimeError("could not start")
    later.__cause__ = error
    assert lacks_memory(error) is lacks
    assert lacks_memory(later) is lacks
