"""What the documents say of commands, files, counts and measurements is so."""

import csv
import json
import os
import re
import shlex
import subprocess
import tomllib
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase

import pytest

from benchmarks.accuracy import score, table
from pipeline.arguments import parser
from pipeline.cli import _HANDLERS
from pipeline.emit.sheets import sheet_table
from pipeline.emit.similarities import MANY, NEAREST
from pipeline.emit.wording import _VERSION_OF
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.messages import todos
from pipeline.knowledge.themes import taxonomy
from pipeline.language import is_word
from pipeline.model import Limits
from pipeline.report import facts, overview, sheet, whole
from pipeline.report.strings import strings
from tests import test_nearest, test_oracles
from tests.conftest import BROCHURE
from tests.documentation import (
    DOCUMENTS,
    REPO,
    blocks_of,
    code_in_sentences,
    commands,
    headings,
    links,
    sections,
)
from tests.documents import records
from tests.editions.layouts import LAYOUTS
from tests.test_headers import sections as sections_of_text

EXAMPLES = REPO / "tests" / "examples"
# Commands that only the network or other machines can answer, by their first words.
NOT_CHECKED = {
    "pip install": "a package index",
    ".venv/bin/pip install": "a package index",
    ".venv/bin/python -m pip install": "a package index",
    "oracles/bin/pip install": "a package index",
    ".venv/bin/dask": "Dask's own command; tests/test_cluster.py starts the same",
    "oracles/bin/python benchmarks/oracles.py": "an environment of its own, with the other tools",
    "python3 -m venv": "Python's own command",
}
PROGRAM = re.compile(r"(?:\.venv/bin/city-profiles|(?:\.venv/bin/)?python -m pipeline)\b(?!\.)")
MODULE = re.compile(r"(?:\.venv/bin/)?python -m ([\w.]+)(.*)")
MEASURED = re.compile(
    r"\d ?(ms|s|seconds|KB|kB|MB|GB|pages/s|profiles/s|profiles a second|sentences a second)\b"
)
DAY = re.compile(r"20\d\d-\d\d-\d\d")

each = pytest.mark.parametrize("page", DOCUMENTS, ids=lambda p: str(p.relative_to(REPO)))


def read(name):
    """The text of a document, without the breaks of its lines."""
    return re.sub(r"\s+", " ", (REPO / name).read_text("utf-8"))


def understood(text):
    """Whether a command line of the program, with words in capitals for values, is one."""
    words = [w.strip("[]") for w in shlex.split(text)]
    values = {"SHELL": "bash", "N": "1"}
    given = parser(_HANDLERS).parse_args([values.get(w, w) for w in words])
    return given.command == words[0]


@each
def test_commands_exist(page):
    """Each command that a reader may type: its target, subcommand, module, options and files."""
    program = set()
    for command in (c.removeprefix("PYTHONPATH=. ") for c in commands(page)):
        if command.startswith(tuple(NOT_CHECKED)):
            continue
        if command.startswith("make"):
            done = subprocess.run(
                ["make", "--dry-run", *shlex.split(command)[1:]],
                cwd=REPO, capture_output=True, text=True, check=False, env=os.environ | {"MAKEFLAGS": ""},
            )  # fmt: skip
            assert done.returncode == 0, (command, done.stderr)
        elif found := PROGRAM.match(command):
            program.add(command[found.end() :])
        else:
            module, options = MODULE.fullmatch(command).groups()
            assert find_spec(module), command
            code = Path(find_spec(module).origin).read_text("utf-8")
            for word in shlex.split(options):
                if word.startswith("--"):
                    assert f'"{word}"' in (
                        (REPO / "tests" / "conftest.py").read_text("utf-8")
                        if module == "pytest"
                        else code
                    ), command
                else:
                    assert word.isupper() or word.isdecimal() or (REPO / word).exists(), command
    names = "|".join(_HANDLERS)
    inline = re.compile(rf"({names}) (--|[A-Z\[]).*")
    program |= {code for code in code_in_sentences(page) if inline.fullmatch(code)}
    known = options_of_the_program()
    for line in sorted(program):
        words = line.split()
        if words and words[0] in _HANDLERS and not words[-1].startswith("--"):
            assert understood(line), line
        assert {w for w in words if w.startswith("--")} <= known, line
        assert not words or words[0] in _HANDLERS or words[0].startswith("--"), line


def options_of_the_program():
    """All options of all commands."""
    whole_parser = parser(_HANDLERS)
    (subs,) = (a for a in whole_parser._actions if a.dest == "command")
    parsers = [whole_parser, *subs.choices.values()]
    return {o for p in parsers for action in p._actions for o in action.option_strings}


@each
def test_options_exist(page):
    """An option that is named by itself is one of the program's."""
    for code in code_in_sentences(page):
        if re.match(r"--\w", code):
            assert code.split()[0] in options_of_the_program(), code


def test_all_that_is_not_checked_is_still_there():
    """The list of exceptions holds no more than is needed."""
    all_commands = [c for page in DOCUMENTS for c in commands(page)]
    assert all(any(begin in c for c in all_commands) for begin in NOT_CHECKED)


def test_the_readme_names_every_target():
    """Those that `make help` shows."""
    shown = re.findall(r"^([a-z-]+):.*## ", (REPO / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {f"make {name}" for name in shown} <= set(code_in_sentences(REPO / "README.md"))


@each
def test_links_lead_somewhere(page):
    """A link within the repository names a file that is there, and a heading in it."""
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not heading or heading in headings(file), target


def test_named_files_exist():
    """A file or module that a document names is in the repository."""
    there = {
        str(p.relative_to(REPO))
        for folder in ("pipeline", "tests", "benchmarks", "docs")
        for p in (REPO / folder, *(REPO / folder).rglob("*"), *REPO.glob("*.*"))
    }
    made = {"corrections.csv", "edition.toml", "datapackage.json"}
    folders = "tests|benchmarks|docs|pipeline|parse|segment|normalise|emit|report|knowledge|store|executor"
    named = re.compile(rf"({folders})/[\w./]*|[\w-]+\.(py|toml|csv|md|txt|jsonl)")
    for page in DOCUMENTS:
        for code in code_in_sentences(page):
            name = code.rstrip("/")
            if not named.fullmatch(code) or name in made | {"report/index.html"}:
                continue
            tails = (name, f"{name}.py")
            assert any(p == tail or p.endswith(f"/{tail}") for p in there for tail in tails), (
                page,
                code,
            )


def test_the_two_readmes_say_the_same():
    """The Chinese one has the same headings, tables, code and links as the English one."""
    pages = [REPO / n for n in ("README.md", "README.zh.md")]
    # What has a Chinese version of its own is linked in that one.
    english, chinese = (
        re.sub(r"\.zh\.(md|png)", r".\1", page.read_text("utf-8")) for page in pages
    )
    one, other = ([(x, re.sub(r"\s+# .*", "", c)) for x, c in blocks_of(p)] for p in pages)
    assert one == other
    shapes = [
        re.findall(r"^(## |\*\*|!\[|\|.*)", text, re.MULTILINE) for text in (english, chinese)
    ]
    assert [s[:2] for s in shapes[0]] == [s[:2] for s in shapes[1]]
    for a, b in zip(*shapes, strict=True):
        kept = (re.findall(r"`[^`]+`|\]\([^)]+\)", row) for row in (a, b))
        assert next(map(sorted, kept)) == sorted(next(kept))
    parts = [re.split(r"^## .*$", text, flags=re.MULTILINE) for text in (english, chinese)]
    for a, b in zip(*parts, strict=True):
        for kept in (r"\]\(([^)]+)\)", r"`([^`\n]+)`"):
            assert set(re.findall(kept, a)) == set(re.findall(kept, b))


CHINESE = sorted(p for p in DOCUMENTS if p.name.endswith(".zh.md"))
in_chinese = pytest.mark.parametrize("page", CHINESE, ids=lambda p: str(p.relative_to(REPO)))


def test_there_are_chinese_documents():
    """The first page, how to correct a value, how to add an edition."""
    names = {str(p.relative_to(REPO)) for p in CHINESE}
    assert names == {"README.zh.md", "docs/corrections.zh.md", "raw/README.zh.md"}


@in_chinese
def test_a_chinese_document_and_the_english_one_lead_to_each_other(page):
    """And nothing in the Chinese one leads to an English page that there is in Chinese."""
    english = page.with_name(page.name.replace(".zh.md", ".md"))
    assert links(english)[0] == page.name
    first, *others = links(page)
    assert first == english.name
    for target in others:
        path = (page.parent / target.partition("#")[0]).resolve()
        assert path.suffix != ".md" or path in CHINESE or not path.with_suffix(".zh.md").exists()


@in_chinese
def test_chinese_documents_keep_to_one_set_of_words_and_signs(page):
    """One word for each thing, and full-width signs, as `tests/test_messages.py` holds of the pages."""
    text = re.sub(r"(?ms)^ *```.*?^ *```", "", page.read_text("utf-8"))
    assert not re.search("存疑记录|宣传册|概览|城市概况|页头", text)
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]|[。，；：] (?!\|)", text)
    # A line's end is shown as a space: it stands behind a mark, where it is not seen.
    assert not re.search(r"[\u4e00-\u9fff`)]\n(?!\n| *(?:\||[0-9-]+\.? ))", text), page


def test_words_of_the_pages_in_chinese_documents():
    """Findings, buttons and statuses that they name are called so on the pages."""
    shown = {key: t["zh"] for key, t in strings().items()}
    editions = (REPO / "raw" / "README.zh.md").read_text("utf-8")
    table = editions.partition("| 疑点 | 怎么办 |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [tuple(row.strip("| ").split(" | ")) for row in table.splitlines()]
    assert rows == [(shown[f"finding.{check}"], todo["zh"]) for check, todo in todos().items()]
    for code in ("overview", "priorities", "good_practices", "preferred_themes"):
        assert f"`{code}` {shown[f'section.{code}']}" in re.sub(r"\s+", " ", editions)
    corrections = read("docs/corrections.zh.md")
    for key in ("check.correct", "check.correct_value", "check.correct_reason", "check.copy"):
        assert f"“{shown[key]}”" in corrections
    for status in ("applied", "stale", "refused"):
        assert f"| {shown[f'status.{status}']} | `{status}` |" in corrections


def test_examples_of_the_chinese_documents_are_those_of_the_english_ones():
    """Lines of corrections but for their reasons, settings but for their comments."""
    (english, *_), (chinese, *_) = (
        [list(csv.reader(code.splitlines())) for kind, code in blocks_of(page) if kind == "csv"]
        for page in (REPO / "docs" / n for n in ("corrections.md", "corrections.zh.md"))
    )
    assert english[0] == chinese[0]
    without = [[*row[:4], *row[5:]] for row in english]
    assert all([*row[:4], *row[5:]] in without for row in chinese)
    assert len(chinese) > 3
    one, other = (
        [tomllib.loads(code) for kind, code in blocks_of(page) if kind == "toml"]
        for page in (REPO / "raw" / n for n in ("README.md", "README.zh.md"))
    )
    assert one == other


def test_the_readme_is_short_and_shows_the_result():
    """A picture stands within the first screen."""
    for name in ("README.md", "README.zh.md"):
        lines = (REPO / name).read_text("utf-8").splitlines()
        assert len(lines) <= 140
        assert next(n for n, line in enumerate(lines) if line.startswith("![")) <= 24


@pytest.mark.parametrize(
    "page",
    [p for p in (REPO / "docs").glob("*.md") if p.name != "tables.md"],
    ids=lambda p: p.stem,
)
def test_measurements_have_their_date_and_their_command(page):
    """A section with seconds, megabytes or rates says when and by what, or that this was not kept."""
    for title, texts in sections(page):
        for text in texts:
            if MEASURED.search(re.sub(r"`[^`]*`", "", text)):
                near = " ".join(texts)
                assert DAY.search(near) or "performance.md" in text, (title, text)
                assert re.search(
                    r"`python -m|`make |\btimed by hand\b|commands? (?:was|were) not kept|performance\.md",
                    near,
                ), (
                    title,
                    text,
                )


def test_accuracy_is_as_printed():
    """docs/accuracy.md has what `python -m benchmarks.accuracy` prints of the files."""
    text = (REPO / "docs" / "accuracy.md").read_text("utf-8")
    for name, row, kinds in (
        ("quantities_unseen.jsonl", "first file, now", True),
        ("quantities_unseen_2.jsonl", "second file, now", False),
        ("quantities_unseen_3.jsonl", "third file, now", False),
    ):
        lines = [json.loads(x) for x in (EXAMPLES / name).read_text("utf-8").splitlines()]
        quantities = [x["quantities"] for x in lines]
        none = f", {quantities.count([])} passages with none" if kinds else ""
        passages = f"({len(lines)} passages, {sum(map(len, quantities))} quantities{none})"
        assert f"`{name}` {passages}" in read("docs/accuracy.md")
        _, _, whole_file, *rows = table(score(lines)[0])
        shares = re.findall(r"[\d.]+%", whole_file)
        assert f"| {row} | {' | '.join(shares)} |" in text
        assert not kinds or "\n".join(rows) in text


def test_counts_are_right():
    """What the documents count is as many."""
    lines = len(BROCHURE.read_bytes().split(b"\n"))
    deceiving, slips = (
        f.pytestmark[0].args[1]
        for f in (
            test_nearest.test_labels_that_mean_another_thing,
            test_nearest.test_unknown_labels_that_can_mean_one_thing,
        )
    )
    known = [kind for _, kind in test_nearest.test_unknown_headings.pytestmark[0].args[1] if kind]
    labels = read("docs/labels.md")
    limits = tomllib.loads((REPO / "pipeline" / "knowledge" / "nearest.toml").read_text("utf-8"))[
        "limits"
    ]
    assert limits == {"least": 0.65, "han_for_each": 4, "letters": 5, "explained": 0.65}
    assert "the least is 0.65" in labels
    assert "One ideograph in four may differ" in labels
    assert "one letter of five or more" in labels
    assert "make up 65% of the letters" in labels
    assert f"none of the {lines:,} lines of the brochure" in labels
    assert f"none of {len(deceiving)} wordings made to deceive" in labels
    assert f"the {len(slips)} + {len(known)} slips and variants" in labels
    for label, least in re.findall(r"(0\.\d\d) \((\w+)\)", labels):
        assert f"{taxonomy().nearest(least, is_word)[0].score:.2f}" == label
    phrases = len(test_oracles.PHRASES)
    assert f"seven other tools on {phrases} made-up phrases" in read("docs/oracles.md")
    assert len(test_oracles.RESULTS["versions"]) == 7
    assert len(LAYOUTS) == 11
    assert "in eleven layouts" in read("docs/pdf.md")
    assert f"from {_VERSION_OF:.0%} by the letters in common" in read("docs/architecture.md")
    assert f"over {MANY} profiles, `similarities` has for each its {NEAREST} nearest" in read(
        "CHANGELOG.md"
    )


def test_printed_forms_are_read_as_said():
    """The rows of docs/forms.md that give a number for each printed form."""
    prose = sections_of_text("Lyon")
    rows = re.findall(
        r"^\| (`.*`.*) \| ([\d,; ]+) \|$",
        (REPO / "docs" / "forms.md").read_text("utf-8"),
        re.MULTILINE,
    )
    read_as = []
    for printed, values in rows:
        forms = re.findall(r"`([^`]*)`( \(with a label\))?", printed)
        numbers = [int(v.replace(",", "")) for v in values.split(";")]
        if len(forms) == len(numbers):
            for (form, label), number in zip(forms, numbers, strict=True):
                line = f"Population: {form}" if label else form
                text = f"City: Lyon\nCountry: France\n{line}\nArea: 47 km²\n\n{prose}"
                (city,) = records(text).cities
                assert city.population == number, form
                read_as.append(form)
    assert len(read_as) == 10


def test_columns_of_formulas_are_right():
    """The letters in docs/recipes/excel.md are those of the columns that it speaks of."""
    shown = {
        t.name: dict(zip(ascii_uppercase, sheet_table(t).columns, strict=False))
        for t in catalogue()
    }
    cities, quantities = shown["cities"], shown["quantities"]
    assert [cities[c] for c in "DOP"] == ["country_code", "edition", "city_id"]
    assert [quantities[c] for c in "CDN"] == ["edition", "city_id", "comparator"]


def test_limits_are_right():
    """Those of reading, and those of the report's pages."""
    usual, security = Limits(), read("SECURITY.md")
    for option, value in (
        ("page-seconds", usual.page_seconds), ("memory-mb", usual.memory_mb),
        ("max-pages", usual.pages), ("unpacked-mb", usual.unpacked_mb),
    ):  # fmt: skip
        assert f"| {value} | `--{option}` | `{option.replace('-', '_')}` |" in security
    report = read("docs/report.md")
    script = (REPO / "pipeline" / "report" / "assets" / "report.js").read_text("utf-8")
    at_once = re.search(r"AT_ONCE = (\d+)", script)[1]
    for said in (
        f"up to {overview.MOST_ROWS} profiles",
        f"list of lines ends after {sheet.MOST_LINES:,}",
        f"errors and warnings after {whole.MOST_LISTED} ({facts.MOST_FINDINGS} of an edition)",
        f"list up to {facts.MOST_PROFILES:,} profiles",
        f"the first {at_once} rows",
    ):
        assert said in report
    land = (REPO / "pipeline" / "report" / "data" / "land.csv").stat().st_size
    assert f"{land / 1000:.0f} KB" in report
    assert f"list up to {facts.MOST_PROFILES:,} profiles" in read("docs/performance.md")


def test_hours_follow_from_rates():
    """The table in docs/scaling.md is arithmetic over rates of docs/performance.md."""
    rows = re.findall(
        r"^\| (text|PDF|the report's.*?) \| (?:about )?(\d+) \| ([\d.]+) \|$",
        (REPO / "docs" / "scaling.md").read_text("utf-8"), re.MULTILINE,
    )  # fmt: skip
    assert len(rows) == 3
    for _, rate, hours in rows:
        assert f"{1e6 / int(rate) / 3600:.1f}" == hours


@pytest.mark.parametrize(("readme", "head"), [("README.md", "table"), ("README.zh.md", "表")])
def test_each_readme_names_all_tables(readme, head):
    """And no other."""
    text = (REPO / readme).read_text("utf-8")
    (rows,) = re.findall(rf"^\| {head} \|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    named = [n for row in rows.splitlines() for n in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert len(named) == len(set(named))
    told = {t.name for t in catalogue()}
    lacks, strange = sorted(told - {*named}), sorted({*named} - told)
    assert (lacks, strange) == ([], []), (
        f"{readme}: the table below `{head}` lacks {lacks}, and has {strange}, which are none: both "
        "READMEs have a row for each table of the catalogue"
    )
