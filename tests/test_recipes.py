"""Every block of code in the recipes and the tutorial does what it says, on a real output."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.conftest import BROCHURE, REPO

PAGES = [REPO / "docs" / "tutorial.md", *sorted((REPO / "docs" / "recipes").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# `text` is shown and not run: formulas, and commands that need the network or another edition.
RUN = ("python", "sql", "sh", "r")
SHOWN = ("text", "powerquery")
CALC = Path(shutil.which("soffice") or "/none").resolve().parent / "libsclo.so"


def blocks(page, *languages):
    """The blocks of a page in some languages, in their order."""
    return [
        (lang, code) for lang, code in BLOCK.findall(page.read_text("utf-8")) if lang in languages
    ]


def pages(*languages):
    """The pages that have blocks in some languages."""
    return pytest.mark.parametrize(
        "page", [p for p in PAGES if blocks(p, *languages)], ids=lambda p: p.stem
    )


@pytest.fixture(scope="module")
def output_of_two(run_pipeline, tmp_path_factory):
    """An output of two editions in which a few values differ."""
    home = tmp_path_factory.mktemp("recipes")
    shutil.copytree(REPO / "raw", home / "raw")
    later = home / "raw" / "iurc-china-2022"
    later.mkdir()
    text = BROCHURE.read_text("utf-8").replace("1,400,000人", "1,500,000人")
    (later / "brochure.txt").write_text(text, "utf-8")
    (later / "edition.toml").write_text('series = "iurc-china"\nyear = 2022\nlanguage = "zh"\n')
    options = ("--raw", home / "raw", "--output", home / "output", "--cache", home / ".cache")
    run_pipeline("extract", *options, check=0)
    return home


@pytest.fixture
def home(output_of_two, tmp_path, monkeypatch):
    """A folder like the project's, in which a reader works."""
    for name in ("raw", "output"):
        shutil.copytree(output_of_two / name, tmp_path / name)
    (tmp_path / ".cache").symlink_to(output_of_two / ".cache")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    launcher = programs / "city-profiles"
    launcher.write_text(
        f'#!/bin/sh\nPYTHONPATH="{REPO}" exec "{sys.executable}" -m pipeline "$@"\n'
    )
    launcher.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_run_or_meant_to_be_read():
    """A block names its language, and it is one that is run here, or one that is shown."""
    for page in PAGES:
        for language, _ in BLOCK.findall(page.read_text("utf-8")):
            assert language in RUN + SHOWN, page


@pages("python")
def test_python_runs(page, home, capsys):
    """The blocks of a page, one after the other, as in a notebook."""
    names = {}
    for _, code in blocks(page, "python"):
        exec(compile(code, str(page), "exec"), names)
    assert capsys.readouterr().out or list(home.glob("*.geojson"))
    charts = [p for p in home.iterdir() if p.suffix == ".png"]
    assert all(p.stat().st_size > 5000 for p in charts)
    assert bool(charts) == (page.stem == "tutorial")


@pages("sql")
@pytest.mark.usefixtures("home")
def test_sql_answers(page):
    """Every question has an answer that is not empty."""
    with duckdb.connect() as database:
        for _, code in blocks(page, "sql"):
            for statement in database.extract_statements(code):
                found = database.execute(statement).fetchall()
                assert found or statement.query.lstrip().startswith("CREATE"), statement.query


@pages("sh")
def test_commands_run(page, home):
    """What a reader is told to type works."""
    for _, code in blocks(page, "sh"):
        if "soffice" in code and not CALC.exists():
            pytest.skip("LibreOffice Calc is not installed")
        subprocess.run(
            ["bash", "-ec", code], check=True, capture_output=True, timeout=120,
            env=os.environ | {"HOME": str(home)},
        )  # fmt: skip


@pages("r")
@pytest.mark.usefixtures("home")
def test_r_runs(page):
    """The blocks of a page, one after the other."""
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    script = "\n".join(code for _, code in blocks(page, "r"))
    Path("recipe.R").write_text(script, "utf-8")
    done = subprocess.run(
        ["Rscript", "--encoding=UTF-8", "recipe.R"], check=True, timeout=120,
        env=os.environ | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True,
    )  # fmt: skip
    assert "Beijing" in done.stdout
    assert re.search(r"city_a +city_b +shared\n *\d+ +\w\w-", done.stdout)
    assert not done.stderr, done.stderr


@pytest.mark.parametrize(
    "page",
    [*PAGES, REPO / "README.md", REPO / "README.zh.md", *sorted((REPO / "docs").glob("*.md"))],
    ids=lambda p: str(p.relative_to(REPO)),
)
def test_links_lead_somewhere(page):
    """A link within the repository names a file that is there, and a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            assert heading in {slug(t) for t in titles}, target


def test_the_two_readmes_say_the_same():
    """The Chinese one has the same headings, tables, code and links as the English one."""
    english, chinese = ((REPO / n).read_text("utf-8") for n in ("README.md", "README.zh.md"))
    assert blocks(REPO / "README.md", *RUN) == blocks(REPO / "README.zh.md", *RUN)
    for shape in (r"^## ", r"^\|", r"^\*\*"):
        assert len(re.findall(shape, english, re.MULTILINE)) == len(
            re.findall(shape, chinese, re.MULTILINE)
        )
    for kept in (r"\]\(([^)]+)\)", r"`([^`\n]+)`"):
        one, other = set(re.findall(kept, english)), set(re.findall(kept, chinese))
        assert one ^ other <= {"README.md", "README.zh.md"}


def slug(title):
    """The anchor of a heading, as repositories show it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
