"""The program as a user runs it: commands, exit statuses, messages, and what is left behind."""

import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from pipeline.store.publish import _swap
from pipeline.store.raw import read_raw
from tests.conftest import BROCHURE, REPO
from tests.test_segment import CHINESE


def table(output, name):
    """One table of an output."""
    return pd.read_parquet(output / "tables" / f"{name}.parquet", dtype_backend="numpy_nullable")


@pytest.fixture
def raw(tmp_path):
    """A folder of editions with one good brochure."""
    folder = tmp_path / "raw" / "good"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(CHINESE, "utf-8")
    return tmp_path / "raw"


@pytest.fixture
def extract(run_pipeline, raw, tmp_path):
    """Run `extract` over the folder of the test."""

    def run(*arguments, check=None):
        return run_pipeline(
            "extract", "--raw", raw, "--output", tmp_path / "out", *arguments, check=check
        )

    return run


def same_files(a, b):
    """Whether two folders hold the same files with the same bytes."""
    names = sorted(str(p.relative_to(a)) for p in a.rglob("*") if p.is_file())
    assert names == sorted(str(p.relative_to(b)) for p in b.rglob("*") if p.is_file())
    return filecmp.cmpfiles(a, b, names, shallow=False)[1:] == ([], [])


def test_two_runs_give_the_same_bytes(output, run_pipeline, tmp_path):
    """Into another folder, without the cache, with another number of processes."""
    again = tmp_path / "again"
    run_pipeline("extract", "--output", again, "--cache", tmp_path / "c", "--workers", "2", check=0)
    assert same_files(output, again)


def test_the_stages_one_by_one_give_what_extract_gives(output, run_pipeline, tmp_path):
    """Each stage goes on from what the one before left."""
    folder, cache = tmp_path / "out", tmp_path / "cache"
    for stage in ("parse", "segment", "normalise", "emit"):
        run_pipeline(stage, "--output", folder, "--cache", cache, check=0)
    assert same_files(output, folder)


@pytest.mark.parametrize("stage", ["segment", "normalise", "emit"])
def test_a_stage_alone_says_what_to_run_first(run_pipeline, tmp_path, stage):
    """Without what the stage before leaves there is nothing to read."""
    done = run_pipeline(stage, "--output", tmp_path / "o", "--cache", tmp_path / "c", check=2)
    assert "run `python -m pipeline" in done.stderr


def test_a_second_run_does_nothing_and_says_so(extract, tmp_path):
    """Nothing is written when nothing changed; --force runs anyway."""
    extract(check=0)
    before = (tmp_path / "out" / "datapackage.json").stat().st_mtime_ns
    done = extract(check=0)
    assert "nothing to do" in done.stderr
    assert (tmp_path / "out" / "datapackage.json").stat().st_mtime_ns == before
    assert "nothing to do" not in extract("--force", check=0).stderr


def test_a_page_that_has_not_changed_is_not_written_again(extract, raw, tmp_path):
    """It stays the same file on the disk; one that somebody has changed is written anew."""
    extract(check=0)
    own, index = (tmp_path / "out" / "report" / "check" / "good" / n
                  for n in ("zz-jiangcheng.html", "index.html"))  # fmt: skip
    before, text = own.stat().st_ino, index.read_text("utf-8")
    index.write_text("changed", "utf-8")
    shutil.copytree(raw / "good", raw / "other")
    extract(check=0)
    assert own.stat().st_ino == before
    assert index.read_text("utf-8") == text
    assert own.stat().st_nlink == 1


def test_a_changed_input_or_a_damaged_output_is_noticed(extract, raw, tmp_path):
    """An edited brochure and an edited table both make a run do its work."""
    extract(check=0)
    page = raw / "good" / "page.txt"
    page.write_text(page.read_text("utf-8").replace("1,234,500", "1,234,501"), "utf-8")
    extract(check=0)
    assert table(tmp_path / "out", "cities").population.tolist() == [1234501]
    (tmp_path / "out" / "tables" / "cities.csv").write_text("edited by hand")
    assert "nothing to do" not in extract(check=0).stderr


def test_the_summary_tells_what_was_done(extract):
    """Editions, profiles, rows per table, findings by severity, lines accounted for."""
    message = extract(check=0).stderr
    assert "1 edition, 1 profile" in message
    assert re.search(r"cities +1 rows", message)
    assert re.search(r"findings: 0 error, \d+ warning, \d+ info", message)
    lines = CHINESE.count("\n") + 1
    assert f"lines accounted for: {lines} of {lines}" in message


def test_an_empty_raw_folder_is_status_2(run_pipeline, tmp_path):
    """There is nothing to read, and the message says where it looked."""
    (tmp_path / "raw").mkdir()
    done = run_pipeline("extract", "--raw", tmp_path / "raw", "--output", tmp_path / "o", check=2)
    assert "holds no .txt, .pdf, .html or .md file" in done.stderr
    assert "hint:" in done.stderr
    assert not (tmp_path / "o").exists()
    done = run_pipeline("extract", "--raw", tmp_path / "no", "--output", tmp_path / "o", check=2)
    assert "there is no folder" in done.stderr


@pytest.mark.parametrize("arguments", [["--workers", "0"], ["--workers", "x"], ["--nonsense"]])
def test_wrong_usage_is_status_2(extract, arguments):
    """Arguments are checked before anything is read."""
    extract(*arguments, check=2)


@pytest.mark.parametrize(
    ("name", "added", "message"),
    [
        (
            "layouts.toml",
            "x = [\n",
            "`pipeline/knowledge/layouts.toml` cannot be read: Invalid value",
        ),
        ("messages.toml", "x = [\n", "`pipeline/knowledge/messages.toml` cannot be read"),
        ("themes.toml", '[[theme]]\ntheme = "x"\n', "themes.toml` or"),
        ("catalogue.toml", '[[table]]\nname = "x"\n', "`pipeline/knowledge/catalogue.toml` is not"),
    ],
)
@pytest.mark.usefixtures("raw")
def test_a_slip_in_a_knowledge_file_is_named_and_costs_nothing(tmp_path, name, added, message):
    """The file that is wrong, not the documents; the tables of the run before stay."""
    shutil.copytree(REPO / "pipeline", tmp_path / "pipeline")

    def extract():
        return subprocess.run(
            [sys.executable, "-m", "pipeline", "extract"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert extract().returncode == 0
    before = (tmp_path / "output" / "tables" / "cities.csv").read_bytes()
    with (tmp_path / "pipeline" / "knowledge" / name).open("a", encoding="utf-8") as file:
        file.write(added)
    done = extract()
    assert (done.returncode, "report" in done.stderr) == (2, False)
    assert message in done.stderr
    assert (tmp_path / "output" / "tables" / "cities.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "no text"),
        ("page.pdf", b"%PDF-1.4\n", "PDF"),
        ("page.html", b"<p> </p>", "no text"),
        ("blank.txt", b"\n \n\t\n", "no profile"),
        ("list.txt", "买牛奶\n买面包\n".encode(), "no profile"),
    ],
)
def test_one_bad_file_never_costs_the_others(extract, raw, tmp_path, name, data, reason):
    """Status 1, its row and a message say why, and all other rows come out."""
    (raw / "bad").mkdir()
    (raw / "bad" / name).write_bytes(data)
    done = extract(check=1)
    assert f"raw/bad/{name}" in done.stderr
    sources = table(tmp_path / "out", "sources").set_index("path")
    assert sources.status[f"raw/bad/{name}"] in ("failed", "partial")
    assert reason in sources.error[f"raw/bad/{name}"]
    assert sources.status["raw/good/page.txt"] == "ok"
    assert table(tmp_path / "out", "cities").name_en.tolist() == ["Jiangcheng"]
    again = extract(check=1)  # what was left out is said again when there is nothing to do
    assert "nothing to do" in again.stderr
    assert reason in again.stderr


def test_a_file_that_cannot_be_opened_is_a_row(extract, raw, tmp_path):
    """A dangling link stands for any file that cannot be opened."""
    (raw / "bad").mkdir()
    (raw / "bad" / "gone.txt").symlink_to(tmp_path / "nowhere")
    done = extract(check=1)
    assert "gone.txt" in done.stderr
    assert "cannot be opened" in done.stderr


def test_a_named_pipe_does_not_hang_the_run(extract, raw):
    """What is no regular file is not read."""
    (raw / "bad").mkdir()
    os.mkfifo(raw / "bad" / "pipe.txt")
    assert "no regular file" in extract(check=1).stderr


def test_a_profile_without_its_area_comes_out_with_a_finding(extract, raw, tmp_path):
    """The other values of the profile are there, and a finding names what is missing."""
    (raw / "good" / "page.txt").write_text(CHINESE.replace("2,345.6平方公里\n\n", ""), "utf-8")
    extract(check=0)
    cities = table(tmp_path / "out", "cities")
    assert cities.population.tolist() == [1234500]
    assert cities.area_km2.isna().all()
    findings = table(tmp_path / "out", "findings")
    assert "missing_area" in set(findings.check)


def test_a_damaged_edition_file_costs_only_itself(extract, raw, tmp_path):
    """edition.toml is optional, and so is its being right."""
    (raw / "good" / "edition.toml").write_text("series = [", "utf-8")
    extract(check=0)
    (raw / "good" / "edition.toml").write_text('series = "s"\nyear = "x"\n', "utf-8")
    assert "has a wrong `year`" in extract(check=0).stderr
    findings = table(tmp_path / "out", "findings")
    assert "raw/good/edition.toml" in " ".join(findings[findings.check == "edition_file"].message)


def test_a_bare_file_is_an_edition_and_other_files_are_noted(extract, raw, tmp_path):
    """A bare file is named after itself; what is no document is ignored with a finding."""
    (raw / "Ausgabe Süd.txt").write_text(CHINESE, "utf-8")
    (raw / "good" / "notes.docx").write_bytes(b"PK")
    extract(check=0)
    sources = table(tmp_path / "out", "sources")
    assert sorted(sources.edition) == ["Ausgabe Süd", "good"]
    assert all(i.isascii() and i == i.lower() for i in sources.source_id)
    findings = table(tmp_path / "out", "findings")
    assert "notes.docx" in " ".join(findings[findings.check == "file_ignored"].message)


def test_work_in_the_workbook_is_not_replaced(extract, tmp_path):
    """A run that would replace notes stops, and so does one while the workbook is open."""
    import openpyxl

    extract(check=0)
    path = tmp_path / "out" / "brochures.xlsx"
    made = path.read_bytes()
    book = openpyxl.load_workbook(path)
    book["cities"]["AZ1"] = "my note"
    book.save(path)
    edited = path.read_bytes()
    assert "was changed since it was made" in extract(check=2).stderr
    assert path.read_bytes() == edited
    path.write_bytes(made)
    lock = path.with_name(".~lock.brochures.xlsx#")
    lock.touch()
    assert "is open in a spreadsheet program" in extract(check=2).stderr
    lock.unlink()
    assert "nothing to do" in extract(check=0).stderr


def test_a_document_of_an_office_program_is_a_warning(extract, raw, tmp_path):
    """It is likely to be the brochure that a user wants read; a picture is not."""
    (raw / "later").mkdir()
    (raw / "later" / "brochure.docx").write_bytes(b"PK")
    (raw / "good" / "photo.jpg").write_bytes(b"")
    done = extract(check=0)
    assert "warning: later: raw/later/brochure.docx was not read; open it" in done.stderr
    found = table(tmp_path / "out", "findings").query("check == 'file_ignored'")
    assert sorted(found.severity) == ["info", "warning"]


@pytest.mark.parametrize(
    ("name", "data", "severity", "told"),
    [
        ("page", CHINESE.encode(), "warning", "has no ending and was not read; if it is a doc"),
        ("page", b"%PDF-1.4", "warning", "is a PDF and was not read; give its name the ending"),
        ("page.pdf.part", b"%PDF-1.4", "warning", "is a PDF and was not read"),
        ("pages.zip", b"PK\x03\x04", "warning", "is an archive and was not read; unpack it"),
        ("page", b"", "info", "is no .txt, .pdf, .html or .md file"),
        ("photo.jpg", b"\xff\xd8", "info", "is no .txt, .pdf, .html or .md file"),
    ],
)
def test_a_file_that_may_be_a_document_is_a_warning_with_advice(raw, name, data, severity, told):
    """By its name and its first bytes."""
    (raw / "good" / name).write_bytes(data)
    (note,) = read_raw(raw).notes
    assert (note.check, note.severity) == ("file_ignored", severity)
    assert told in note.message


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("README.md", False),
        ("notes-on-scans.md", False),
        ("CHANGELOG.markdown", False),
        ("todos-los-municipios.md", True),
        ("historic-cities.md", True),
        ("sourcebook.md", True),
    ],
)
def test_notes_on_an_edition_are_no_documents(raw, name, read):
    """By the first word of their names, whole."""
    (raw / "good" / name).write_text("# Cities\n", "utf-8")
    assert any(name in i.source.path for i in read_raw(raw).inputs) is read


def test_two_documents_of_one_edition_tell_a_place_once(extract, raw, tmp_path):
    """The earlier document counts, the later one is a finding, and no line is lost."""
    (raw / "good" / "second.txt").write_text(CHINESE.replace("1,234,500", "999,999"), "utf-8")
    extract(check=0)
    assert table(tmp_path / "out", "cities").population.tolist() == [1234500]
    assert "told_twice" in set(table(tmp_path / "out", "findings").check)
    assert len(table(tmp_path / "out", "lines")) == 2 * (CHINESE.count("\n") + 1)


CALENDAR_PAGE = """Events of the week

30 May 2022
{title}
09:00 - 11:00 CEST
A round table on harbours and what they need.

31 May 2022
No events

01 June 2022
No events
"""


def test_two_calendar_pages_of_one_edition_keep_their_own_events(extract, raw, tmp_path):
    """Another event of the same day gets its own number; the same one is told once."""
    for name, title in (("a", "Harbour Day"), ("b", "Port Night"), ("c", "Harbour Day")):
        (raw / "good" / f"{name}.txt").write_text(CALENDAR_PAGE.format(title=title), "utf-8")
    extract(check=0)
    events = table(tmp_path / "out", "events")
    assert sorted(events.title) == ["Harbour Day", "Port Night"]
    assert events.event_id.is_unique
    days = table(tmp_path / "out", "calendar_days")
    assert dict(zip(days.date.astype(str), days.events, strict=True))["2022-05-30"] == 2


def test_a_stage_refuses_what_other_knowledge_has_made(run_pipeline, raw, tmp_path):
    """Else `emit` would sign old rows as made by the present program."""
    cache = tmp_path / "cache"
    run_pipeline("parse", "--raw", raw, "--cache", cache, check=0)
    left = cache / "parse.json"
    state = json.loads(left.read_text())
    left.write_text(json.dumps(state | {"made_by": "another version"}))
    done = run_pipeline("segment", "--raw", raw, "--cache", cache, check=2)
    assert "another version" in done.stderr


def test_two_profiles_of_one_name_in_one_document_are_both_kept(extract, raw, tmp_path):
    """The second gets a number and an error finding."""
    (raw / "good" / "page.txt").write_text(CHINESE + CHINESE, "utf-8")
    extract(check=0)
    ids = table(tmp_path / "out", "cities").city_id.tolist()
    assert len(ids) == 2
    assert ids[1] == f"{ids[0]}-2"
    assert "profile_twice" in set(table(tmp_path / "out", "findings").check)


def test_a_bare_file_of_another_kind_is_named_too(extract, raw, tmp_path):
    """Nothing that lies in the folder is passed over in silence."""
    (raw / "report.docx").write_bytes(b"PK")
    extract(check=0)
    findings = table(tmp_path / "out", "findings")
    assert "report.docx" in " ".join(findings[findings.check == "file_ignored"].message)


def test_remains_of_a_killed_run_are_cleared(extract, tmp_path):
    """A run that died while it wrote leaves a folder beside the output; the next removes it."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    remains = tmp_path / f".out.new-{process.pid}"
    remains.mkdir()
    extract(check=0)
    assert not remains.exists()


def test_an_output_folder_with_other_files_is_not_touched(extract, tmp_path):
    """A run replaces its folder as a whole, so it refuses one that holds anything else."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    done = extract(check=2)
    assert "thesis.doc" in done.stderr
    assert (tmp_path / "out" / "thesis.doc").read_text() == "years of work"


@pytest.mark.parametrize("name", ["tables/mine.csv", "report/notes.docx"])
def test_files_of_a_user_deep_in_the_output_are_not_touched(extract, tmp_path, name):
    """Only what the run before listed in its package is replaced."""
    extract(check=0)
    path = tmp_path / "out" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    done = extract("--force", check=2)
    assert name in done.stderr
    assert path.read_text() == "mine"


@pytest.mark.parametrize(("raw_name", "out_name"), [("p/raw", "p"), ("p", "p/out"), ("p", "p")])
def test_raw_and_output_must_lie_apart(run_pipeline, tmp_path, raw_name, out_name):
    """Replacing the output must not remove what is read."""
    page = tmp_path / raw_name / "good" / "page.txt"
    page.parent.mkdir(parents=True)
    page.write_text(CHINESE, "utf-8")
    done = run_pipeline(
        "extract", "--raw", tmp_path / raw_name, "--output", tmp_path / out_name, check=2
    )
    assert "inside one another" in done.stderr
    assert page.exists()


def test_a_link_back_to_the_editions_is_not_followed(extract, raw, tmp_path):
    """Each document is read once."""
    (raw / "loop").symlink_to(raw)
    extract(check=0)
    assert len(table(tmp_path / "out", "sources")) == 1


def test_worker_processes_end_with_the_program(raw, tmp_path):
    """A killed run leaves no process behind that holds its streams open."""
    for n in range(3):
        (raw / "good" / f"more{n}.txt").write_text(CHINESE, "utf-8")
    command = [sys.executable, "-m", "pipeline", "extract", "--workers", "2", "--raw", str(raw)]
    command += ["--output", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen(command, cwd=REPO, stderr=subprocess.PIPE)
    time.sleep(1.2)
    process.send_signal(signal.SIGTERM)
    _, message = process.communicate(timeout=20)  # ends when all holders of the pipe are gone
    assert b"Traceback" not in message


def test_marker_files_stay_in_the_output(extract, tmp_path):
    """What keeps the folder in a repository is carried over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".gitignore").write_text("*\n")
    extract(check=0)
    assert (tmp_path / "out" / ".gitignore").read_text() == "*\n"


def test_a_run_killed_at_any_moment_leaves_a_whole_output(raw, tmp_path):
    """Before the exchange the old tables are there, after it the new ones."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "extract", "--force", "--raw", str(raw)]
    command += ["--output", str(out), "--cache", str(tmp_path / "cache")]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    started = time.monotonic()
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    usual = time.monotonic() - started
    for share in (0.5, 0.8, 0.9, 1.0):
        process = subprocess.Popen(command, cwd=REPO, stderr=subprocess.DEVNULL)
        time.sleep(usual * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        package = json.loads((out / "datapackage.json").read_text("utf-8"))
        for resource in package["resources"]:
            assert (out / resource["path"]).stat().st_size == resource["bytes"]


def test_folders_are_exchanged_in_one_step_here(tmp_path):
    """The system this runs on can exchange two folders, so no moment is without output."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert _swap(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "b").exists()


def test_a_damaged_cache_is_a_missing_one(extract, tmp_path):
    """An entry that does not hold what was put there is made anew."""
    cache = tmp_path / "cache"
    extract("--cache", cache, check=0)
    for entry in (cache / "stages").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-1])
    shutil.rmtree(tmp_path / "out")
    extract("--cache", cache, check=0)
    assert len(table(tmp_path / "out", "cities")) == 1


def test_inspect_shows_what_is_seen(run_pipeline):
    """Profiles with their header, labels and sections, on standard output."""
    done = run_pipeline("inspect", BROCHURE, check=0)
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("44 ")]
    for value in ("西希腊大区", "GR", "region", "679,796", "11,350.18"):
        assert value in row
    assert "header prints `94,222平方公里`" in done.stdout
    assert len(done.stdout.splitlines()) < 100
    done = run_pipeline("inspect", Path("no-such-file.txt"), check=2)
    assert "cannot be opened" in done.stderr


def test_inspect_says_why(run_pipeline):
    """A closer look names the label, unit, script or sentence by which a block was placed."""
    done = run_pipeline("inspect", BROCHURE, "--profile", "Beijing", check=0)
    for why in (
        "known label `社会经济概况` → overview",
        "number + unit `人`",
        "Latin line",
        "alias of culture-tourism, score 1.0",
        "open sentence +7",
    ):
        assert why in " ".join(done.stdout.split())
    assert "Tianjin" not in done.stdout
    page = run_pipeline("inspect", BROCHURE, "--page", "3", check=0)
    assert "cn-tianjin" in page.stdout
    assert "cn-beijing" not in page.stdout


def test_inspect_for_programs(run_pipeline):
    """One JSON object holds all: blocks, profiles, findings, also of a part."""
    whole = json.loads(run_pipeline("inspect", BROCHURE, "--json", check=0).stdout)
    assert len(whole["profiles"]) == 44
    assert sum(whole["roles"].values()) == whole["lines"]
    lines = [n for b in whole["blocks"] for n in range(b["first_line"], b["last_line"] + 1)]
    assert lines == sorted(lines)
    part = json.loads(run_pipeline("inspect", BROCHURE, "--json", "--profile", "2").stdout)
    assert {b["profile"] for b in part["blocks"]} == {2}


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--page", "99"], "there is no page 99"), (["--profile", "Atlantis"], "`Atlantis`")],
)
def test_inspect_of_what_is_not_there(run_pipeline, options, message):
    """A page or profile that the document lacks is wrong usage."""
    assert message in run_pipeline("inspect", BROCHURE, *options, check=2).stderr


def test_no_cluster_is_a_message(extract):
    """--scheduler with nobody at the address, or without Dask, says so."""
    done = extract("--scheduler", "tcp://127.0.0.1:1", check=2)
    assert "Dask" in done.stderr
