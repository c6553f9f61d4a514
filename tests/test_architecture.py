"""The house rules, read from the imports and the files."""

import ast
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO

PACKAGE = REPO / "pipeline"
STAGES = ("parse", "segment", "normalise", "emit")
SHARED = {"errors", "language", "model", "pieces", "textforms"}
IMPURE = {"os", "time", "random", "logging", "datetime.now", "pathlib", "socket", "subprocess"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path):
    """The modules that a file imports, those of this package without its name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {m.removeprefix("pipeline.") for m in found}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    """Stages know model, knowledge and shared helpers; never one another, nor files or clocks."""
    part = path.relative_to(PACKAGE).parts[0]
    own = {
        m
        for m in imports(path)
        if (PACKAGE / m.split(".")[0]).exists() or (PACKAGE / f"{m.split('.')[0]}.py").exists()
    }
    heads = {m.split(".")[0] for m in own} - {"pipeline"}
    if part in STAGES:
        assert heads <= SHARED | {"knowledge", part}
        assert not {m.split(".")[0] for m in imports(path)} & IMPURE
    elif part == "knowledge":
        assert heads <= {"errors", "model", "textforms", "knowledge"}
    elif part == "store":
        assert heads <= {"errors", "model", "textforms", "store"}
    elif part == "model.py":
        assert not heads
    elif part == "stages.py":
        assert not heads & {"run", "store", "executor", "cli"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_fit_in_the_head(path):
    """One idea, one module."""
    assert len(path.read_text("utf-8").splitlines()) <= 450


def test_only_the_command_line_prints():
    """Messages have one place; two modules print what they make when run by themselves."""
    for path in MODULES:
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if path.name not in ("cli.py", "catalogue.py", "build_places.py"):
            assert "print" not in calls, path


def test_the_code_names_no_place_of_the_brochure():
    """What is known of places is data; no rule is made for one city."""
    import csv

    golden = Path(__file__).parent / "golden" / "iurc-china-2021" / "cities.csv"
    with golden.open(encoding="utf-8", newline="") as file:
        ids = {row["city_id"] for row in csv.DictReader(file)}
    for path in MODULES:
        if path.name == "build_places.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        texts = {
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        assert not ids & texts


def test_a_run_with_nothing_to_do_loads_no_heavy_library(output):
    """Start-up stays short: each command imports what it needs."""
    import subprocess

    code = (
        "import sys; from pipeline.cli import main;"
        f"status = main(['extract', '--output', {str(output)!r}]);"
        "print(status, sorted({'pandas', 'pyarrow', 'spacy', 'jieba', 'babel', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n"


def test_every_command_is_documented():
    """The README shows each command of the program and of the Makefile."""
    from pipeline.cli import _parser

    readme = (REPO / "README.md").read_text("utf-8")
    (commands,) = [a for a in _parser()._actions if a.dest == "==SUPPRESS==" or a.choices]
    for name in commands.choices:
        assert f"`{name}" in readme or f"pipeline {name}" in readme
    for name in ("extract", "test", "lint", "clean", "docs", "bench"):
        assert f"make {name}" in readme
