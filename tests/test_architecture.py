"""The house rules, read from the imports and the files."""

import ast
import sys
from pathlib import Path

import pytest

from pipeline import stages
from tests.conftest import REPO

PACKAGE = REPO / "pipeline"
STAGES = ("parse", "segment", "normalise", "emit")
SHARED = {
    "alignment",
    "differing",
    "encoding",
    "errors",
    "hanzi",
    "headed",
    "language",
    "model",
    "pages",
    "pieces",
    "of_profiles",
    "records",
    "textforms",
}
IMPURE = {"os", "time", "random", "logging", "pathlib", "socket", "subprocess"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path):
    """The modules that a file imports, those of this package without its name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {m.removeprefix("pipeline.") for m in found}


def calls(path):
    """The names of all functions and methods that a file calls."""
    found = [
        n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
    ]
    names = {f.attr for f in found if isinstance(f, ast.Attribute)}
    return names | {f.id for f in found if isinstance(f, ast.Name)}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    """Stages and the report know model, knowledge and shared helpers; no other, no file or clock."""
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
        assert not calls(path) & {"now", "today", "utcnow", "open", "print"}
    elif part == "report":
        assert heads <= SHARED | {"knowledge", "report"}
        if path.name != "build_land.py":
            assert not {m.split(".")[0] for m in imports(path)} & IMPURE
            assert not calls(path) & {"now", "today", "utcnow", "open", "print"}
    elif part == "knowledge":
        assert heads <= {"errors", "hanzi", "model", "textforms", "knowledge"}
    elif part == "store":
        assert heads <= {"encoding", "errors", "model", "textforms", "store"}
    elif part == "model.py":
        assert not heads
    elif part == "records.py":
        assert heads == {"model"}
    elif part == "stages.py":
        assert not heads & {"run", "store", "executor", "cli"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_fit_in_the_head(path):
    """One idea, one module."""
    assert len(path.read_text("utf-8").splitlines()) <= 450


def test_only_the_command_line_prints():
    """Messages have one place; two modules print what they make when run by themselves."""
    for path in MODULES:
        if path.name not in ("cli.py", "catalogue.py", "build_places.py"):
            assert "print" not in calls(path), path


def test_the_code_names_no_place_of_the_brochure():
    """What is known of places is data; no rule is made for one city."""
    import csv

    golden = Path(__file__).parent / "golden" / "iurc-china-2021" / "cities.csv"
    with golden.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row[key] for row in rows for key in ("city_id", "name_zh", "name_en") if row[key]}
    for path in MODULES:
        if path.name == "build_places.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        notes = {
            ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)
        }
        texts = {
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value not in notes
        }
        assert not [(name, text) for name in names for text in texts if name in text]


def test_a_run_with_nothing_to_do_loads_no_heavy_library(output, editions):
    """Start-up stays short: each command imports what it needs."""
    import subprocess

    code = (
        "import sys; from pipeline.cli import main;"
        f"status = main(['extract', '--raw', {str(editions)!r}, '--output', {str(output)!r}]);"
        "print(status, sorted({'pandas', 'pyarrow', 'spacy', 'jieba', 'babel', 'rich', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n"


def test_every_command_is_documented():
    """The README shows each command of the program and of the Makefile."""
    from pipeline.cli import _HANDLERS

    readme = (REPO / "README.md").read_text("utf-8")
    for name in _HANDLERS:
        assert f"`{name}" in readme or f"pipeline {name}" in readme
    for name in ("extract", "report", "test", "lint", "clean", "docs", "bench"):
        assert f"make {name}" in readme


def test_results_are_kept_under_what_all_stages_share():
    """A shared module that no key names would leave old results in place when it changes."""
    assert {f"{name}.py" for name in SHARED} <= set(stages._SHARED)
