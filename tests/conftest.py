"""What many tests share: the repository, and one run over its real documents."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import settings

from pipeline.language import set_up
from pipeline.parse import parse
from tests.documents import MESSAGES, in_english_alone, source

# The same examples in every run; `pytest --hypothesis-profile=default` draws new ones each time.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

REPO = Path(__file__).parent.parent
BROCHURE = REPO / "raw" / "iurc-china-2021" / "brochure.txt"
CALENDAR = REPO / "raw" / "iurc-calendar-2022-w22" / "calendar.txt"
READS_RAW = ("extract", "parse", "segment", "normalise", "emit")


@pytest.fixture(scope="session", autouse=True)
def _dictionary(tmp_path_factory):
    """Jieba's parsed dictionary is kept for the session, in a folder of its own."""
    set_up(tmp_path_factory.mktemp("dictionary"))


@pytest.fixture(scope="session")
def editions(tmp_path_factory):
    """The folder of the editions that came with the repository.

    One that a user has added to `raw/` takes no part in any test.
    """
    folder = tmp_path_factory.mktemp("editions") / "raw"
    for edition in (BROCHURE.parent, CALENDAR.parent):
        shutil.copytree(edition, folder / edition.name)
    return folder


@pytest.fixture(scope="session")
def run_pipeline(tmp_path_factory, editions):
    """Run the program as a user does, in a process of its own.

    Without a `--raw`, it reads the editions that came with the repository.
    """
    cache = tmp_path_factory.mktemp("cache")

    def run(*arguments, check=None, cwd=REPO):
        options = [str(a) for a in arguments]
        if options[0] not in ("diff", "report") and "--cache" not in options:
            options += ["--cache", str(cache)]
        if options[0] in READS_RAW and "--raw" not in options:
            options += ["--raw", str(editions)]
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *options],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        if "--output" in options:
            _check_messages(Path(cwd, options[options.index("--output") + 1], "tables"))
        return done

    return run


def _check_messages(tables):
    """Whatever a test makes the program say, the report can say in Chinese."""
    names = ("findings", *MESSAGES)
    if all((tables / f"{name}.parquet").is_file() for name in names):
        rows = {n: pq.read_table(tables / f"{n}.parquet").to_pylist() for n in names}
        assert in_english_alone(rows) == []


@pytest.fixture(scope="session")
def output(tmp_path_factory, run_pipeline):
    """The output of one run over the documents that came with the repository."""
    output = tmp_path_factory.mktemp("run") / "output"
    run_pipeline("extract", "--output", output, check=0)
    return output


@pytest.fixture(scope="session")
def tables(output):
    """The tables of the real documents, as data frames."""
    return {
        path.stem: pd.read_parquet(path, dtype_backend="numpy_nullable")
        for path in sorted((output / "tables").glob("*.parquet"))
    }


@pytest.fixture(scope="session")
def brochure():
    """The real brochure as a document."""
    return parse(BROCHURE.read_bytes(), source("iurc-china-2021/brochure.txt"))


def pytest_addoption(parser):
    """A switch to write the golden files anew."""
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew")
