"""Every block of code in the documents does what it says, on a real output."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import openpyxl
import pandas as pd
import pytest

from pipeline.knowledge.messages import in_chinese
from pipeline.model import Edition
from tests.conftest import BROCHURE, REPO
from tests.documentation import DOCUMENTS, blocks_of
from tests.editions.content import english_profiles
from tests.editions.edition import render

# What is no code at all: drawings, formulas of other programs.
SHOWN = ("text", "powerquery")
RUN = ("python", "sql", "sh", "r", "csv", "toml")
# Blocks that are not run, by their first line, and why. What they name is checked all the same
# (`tests/test_documentation.py`).
NOT_RUN = {
    "make extract        # 读取 raw/，写入 output/": "the block of README.md, whose comment is English",
    "make test      # the tests, and nothing outside the repository is needed": "takes minutes; `.ci/run` does it",
    "make cluster-demo": "takes a minute; tests/test_cluster.py does the same with less",
    ".venv/bin/pip install --require-hashes -r requirements-cluster.txt       # on each": "needs the network and other machines",
    ".venv/bin/python -m pipeline extract --raw s3://programme/raw --output s3://programme/tables": "needs a store; tests/test_remote.py has one in memory",
    "python3 -m venv oracles": "needs the network; what it records is in tests/oracles",
}
# What stands for something in a command, and what a reader would type.
TYPED = {"NAME": "brochure"}
CALC = Path(shutil.which("soffice") or "/none").resolve().parent / "libsclo.so"


def blocks(page, *languages):
    """The blocks of a page in some languages that are run, in their order."""
    return [
        (lang, code)
        for lang, code in blocks_of(page)
        if lang in languages and code.splitlines()[0] not in NOT_RUN
    ]


def pages(*languages):
    """The pages that have blocks in some languages."""
    return pytest.mark.parametrize(
        "page",
        [p for p in DOCUMENTS if blocks(p, *languages)],
        ids=lambda p: str(p.relative_to(REPO)),
    )


@pytest.fixture(scope="module")
def output_of_two(run_pipeline, tmp_path_factory):
    """An output of two editions in which a few values differ; the later has the corrections shown."""
    home = tmp_path_factory.mktemp("recipes")
    for edition in ("iurc-china-2021", "iurc-calendar-2022-w22"):
        shutil.copytree(REPO / "raw" / edition, home / "raw" / edition)
    later = home / "raw" / "iurc-china-2022"
    later.mkdir()
    text = BROCHURE.read_text("utf-8").replace("1,400,000人", "1,500,000人")
    (later / "brochure.txt").write_text(text, "utf-8")
    (later / "edition.toml").write_text('series = "iurc-china"\nyear = 2022\nlanguage = "zh"\n')
    (_, corrections), *_ = blocks(REPO / "docs" / "corrections.md", "csv")
    (later / "corrections.csv").write_text(corrections, "utf-8")
    options = ("--raw", home / "raw", "--output", home / "output", "--cache", home / ".cache")
    run_pipeline("extract", *options, check=0)
    return home


@pytest.fixture
def home(output_of_two, tmp_path, monkeypatch):
    """A folder like the project's after `make extract`, in which a reader works."""
    for name in ("raw", "output"):
        shutil.copytree(output_of_two / name, tmp_path / name)
    for name in ("pipeline", "tests"):
        (tmp_path / name).symlink_to(REPO / name)
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(REPO / name, tmp_path)
    (tmp_path / ".cache").symlink_to(output_of_two / ".cache")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, begins in (("python", ""), ("city-profiles", "-m pipeline")):
        launcher = programs / name
        launcher.write_text(
            f'#!/bin/sh\nPYTHONPATH="{REPO}" exec "{sys.executable}" {begins} "$@"\n'
        )
        launcher.chmod(0o755)
    for name in ("run.stamp", "dev.stamp"):  # all is installed
        (tmp_path / ".venv" / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(code, home):
    """Run commands as a reader does, and give what they print."""
    for word, typed in TYPED.items():
        code = re.sub(rf"\b{word}\b", typed, code)
    return subprocess.run(
        ["bash", "-ec", code], check=True, capture_output=True, text=True, timeout=120,
        env=os.environ | {"HOME": str(home), "MAKEFLAGS": ""},
    )  # fmt: skip


def test_every_block_is_run_or_meant_to_be_read():
    """A block names its language; it is run here, or is shown, or there is a reason for not running it."""
    first = set()
    for page in DOCUMENTS:
        for language, code in blocks_of(page):
            assert language in RUN + SHOWN, page
            first.add(code.splitlines()[0])
    assert set(NOT_RUN) <= first


@pages("python")
def test_python_runs(page, home, capsys):
    """The blocks of a page, one after the other, as in a notebook."""
    names = {}
    for _, code in blocks(page, "python"):
        exec(compile(code, str(page), "exec"), names)
    shown = capsys.readouterr().out
    assert shown or list(home.glob("*.geojson")) or (page.parent == REPO and len(names["cities"]))
    charts = [p for p in home.iterdir() if p.suffix == ".png"]
    assert all(p.stat().st_size > 5000 for p in charts)
    assert bool(charts) == (page.stem == "tutorial")


@pytest.mark.usefixtures("home")
def test_the_tutorial_shows_the_lines_of_the_finding_it_speaks_of(capsys):
    """Not those of whatever finding stands first."""
    names = {}
    for _, code in blocks(REPO / "docs" / "tutorial.md", "python")[:3]:
        exec(compile(code, "tutorial.md", "exec"), names)
    assert "21,893,000人" in capsys.readouterr().out.rpartition("role")[2]
    assert "16,411平方公里" in names["one"]["message"]


@pytest.mark.usefixtures("home")
def test_pairs_of_a_place_in_china_and_one_elsewhere():
    """Both recipes give the same pairs, each with its names and the themes in words."""
    names = {}
    for _, code in blocks(REPO / "docs" / "recipes" / "pandas.md", "python"):
        exec(compile(code, "pandas.md", "exec"), names)
    pairs = names["pairs"]
    with duckdb.connect() as database:
        for _, code in blocks(REPO / "docs" / "recipes" / "duckdb.md", "sql"):
            if code.startswith("CREATE VIEW"):
                database.execute(code)
            elif "AS in_china" in code:
                found = database.execute(code.replace("LIMIT 10", "")).df()
    countries = names["cities"].set_index("name_en")["country_code"]
    assert set(countries[pairs["in_china"]]) == {"CN"}
    assert "CN" not in set(pairs["country"])
    columns = ["in_china", "elsewhere", "shared"]
    one, other = (sorted(map(tuple, p[columns].to_numpy())) for p in (pairs, found))
    assert one == other
    assert len(one) > 300
    assert all(
        len(t.split("; ")) == n for t, n in zip(pairs["themes"], pairs["shared"], strict=True)
    )


@pytest.mark.usefixtures("home")
def test_who_prints_a_gdp_is_as_said():
    """What docs/recipes/pandas.md says of the brochure of 2021."""
    cities, quantities = (
        pd.read_parquet(f"output/tables/{x}.parquet").query("edition == 'iurc-china-2021'")
        for x in ("cities", "quantities")
    )
    chinese = set(cities[cities["country_code"] == "CN"]["city_id"])
    european = set(cities["city_id"]) - chinese
    by = {i: set(q["city_id"]) for i, q in quantities.groupby("indicator")}
    text = re.sub(r"\s+", " ", (REPO / "docs" / "recipes" / "pandas.md").read_text("utf-8"))
    assert f"for {len(by['gdp'] & chinese)} of its {len(chinese)} Chinese places" in text
    assert f"none of the {len(european)} European ones, of which one prints a share" in text
    assert not by["gdp"] & european
    assert len(by["gdp_share"] & european) == 1


def test_formulas_answer_in_libreoffice(home):
    """Those of docs/recipes/excel.md, in the row that they are written for."""
    if not CALC.exists():
        pytest.skip("LibreOffice Calc is not installed")
    formulas = [
        code.strip()
        for lang, code in blocks_of(REPO / "docs" / "recipes" / "excel.md")
        if lang == "text" and code.startswith("=")
    ]
    assert len(formulas) == 3
    book = openpyxl.load_workbook(home / "output" / "brochures.xlsx")
    assert book["cities"].max_row < 5000
    sheet = book["quantities"]
    last = sheet.max_row
    for row in (2, last):
        for n, formula in enumerate(formulas):
            sheet.cell(row, 30 + n, re.sub(r"(\$[CD])2\b", rf"\g<1>{row}", formula))
    city = sheet.cell(last, 4).value
    book.save(home / "with_formulas.xlsx")
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless",
         "--convert-to", every, "--outdir", home / "csv", home / "with_formulas.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with (home / "csv" / "with_formulas-quantities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    cities = pd.read_parquet(home / "output" / "tables" / "cities.parquet")
    quantities = pd.read_parquet(home / "output" / "tables" / "quantities.parquet")
    at_least = str((quantities["comparator"] == ">=").sum())
    for row, place in ((rows[1], rows[1][3]), (rows[last - 1], city)):
        country = cities[cities["city_id"] == place].set_index("edition")["country_code"]
        assert row[29:32] == [country.iloc[0], country[row[2]], at_least]


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
    if page.name in {"pdf.md", "SECURITY.md"}:
        (home / "raw" / "EDITION").mkdir(exist_ok=True)
        data = render(english_profiles()[:3], "two_columns")
        (home / "raw" / "EDITION" / "FILE.pdf").write_bytes(data)
    if page.name == "SECURITY.md":
        name = ("-c", "user.name=Reader", "-c", "user.email=reader@example.org")
        subprocess.run(["git", "init", "--quiet"], check=True)
        subprocess.run(["git", *name, "commit", "--quiet", "--allow-empty", "-m", "."], check=True)
    for _, code in blocks(page, "sh"):
        if "soffice" in code and not CALC.exists():
            pytest.skip("LibreOffice Calc is not installed")
        done = shell(code, home)
        assert done.stdout + done.stderr, code
    assert page.name != "pdf.md" or (home / "page.png").stat().st_size > 5000


def test_make_does_what_the_readme_says(home):
    """A second `make extract` does nothing and says so; the report made anew is the same."""
    made = {p: p.read_bytes() for p in (home / "output" / "report").rglob("*") if p.is_file()}
    shutil.rmtree(home / "output")
    summary = shell("make extract", home)
    assert re.search(r"^3 editions, 88 profiles$", summary.stdout + summary.stderr, re.MULTILINE)
    assert shell("make extract", home).stderr.startswith("nothing to do: ")
    shutil.rmtree(home / "output" / "report")
    shell("make report", home)
    assert made == {p: p.read_bytes() for p in made}
    listed = re.findall(r"^make ([a-z-]+)", shell("make help", home).stdout, re.MULTILINE)
    assert {"extract", "help", "clean"} <= set(listed)
    shell("make clean", home)
    assert not (home / ".venv").exists()
    assert not list((home / "output").iterdir())
    assert sorted(p.name for p in (home / "raw").iterdir())[1:] == [
        "iurc-china-2021",
        "iurc-china-2022",
    ]


def test_corrections_are_applied(output_of_two):
    """Each line that docs/corrections.md shows corrects what it says."""
    table = pd.read_parquet(output_of_two / "output" / "tables" / "corrections.parquet")
    assert list(table["status"]) == ["applied"] * 5
    assert not table["message"].any(), list(table["message"])


@pages("toml")
def test_settings_are_understood(page):
    """What `edition.toml` is shown to hold is all that it may hold, and each value fits."""
    import tomllib

    for _, code in blocks(page, "toml"):
        values = tomllib.loads(code)
        msgspec.convert({"edition": "e", **values}, Edition)
        assert {"edition", *values} == set(Edition.__struct_fields__)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_rows_of_the_readme_are_those_of_the_tables(name, output_of_two):
    """The values, lines and themes of the example, and the finding about it."""
    text = (REPO / name).read_text("utf-8")
    tables = output_of_two / "output" / "tables"
    cities, themes, findings = (
        pd.read_parquet(tables / f"{x}.parquet", dtype_backend="numpy_nullable").query(
            "edition == 'iurc-china-2021'"
        )
        for x in ("cities", "city_themes", "findings")
    )
    head = re.search(r"^\| city_id \|.*$", text, re.MULTILINE)
    columns = [cell.strip() for cell in head[0].strip("|").split("|")][:-1]
    rows = re.findall(r"^\| (`..-.*) \|$", text, re.MULTILINE)
    assert len(rows) == 3
    for row in rows:
        city, *cells, shown = (cell.strip().strip("`") for cell in row.split("|"))
        printed = cities[cities["city_id"] == city].iloc[0]
        assert [city, *cells] == [
            f"{printed[c]:.10g}" if c == "area_km2" else str(printed[c]) for c in columns
        ]
        whole = " ".join(sorted(themes[themes["city_id"] == city]["theme"].dropna()))
        assert whole.startswith(shown.removesuffix(" …")), (shown, whole)
    city, message = re.search(r"\*(\w\w-\w+)(?:: |：)(.*?)\*", text.replace("\n", " ")).groups()
    own = findings[findings["city_id"] == city]
    said = zip(own["check"], own["message"], strict=True)
    assert message in {in_chinese(*m) if ".zh." in name else m[1] for m in said}


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
