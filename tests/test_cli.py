"""The command line, as a person and as a program use it."""

import json
import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
import tomllib

import pytest

import pipeline
from pipeline.arguments import SHELLS, examples, parser
from pipeline.cli import _HANDLERS
from pipeline.progress import Progress, line
from tests.conftest import REPO

COMMANDS = sorted(_HANDLERS)
README = (REPO / "README.md").read_text("utf-8")


def program(*arguments, env=None):
    """Run the program without the options that tests add."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False, env=env)
    assert "Traceback" not in done.stderr
    return done


def on_a_terminal(*arguments, **env):
    """What the program shows on a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=REPO, stdin=theirs, stdout=theirs, stderr=theirs,
        env={k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | env,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            data = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(ours)
    process.wait()
    return shown.decode()


def test_the_program_alone_shows_its_commands():
    """Without a command the help is shown; that is wrong usage all the same."""
    done = program()
    assert done.returncode == 2
    assert not done.stdout
    for name in COMMANDS:
        assert re.search(rf"^    {name}\b", done.stderr, re.MULTILINE)
    assert "exit status:" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name, capsys):
    """Its help has examples, the exit statuses, and a text for each option; the README names it."""
    with pytest.raises(SystemExit) as ended:
        parser(_HANDLERS).parse_args([name, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "examples:" in text
    assert "exit status:" in text
    assert f"`{name}" in README
    (commands,) = (a for a in parser(_HANDLERS)._actions if a.dest == "command")
    for action in commands.choices[name]._actions:
        assert action.help or action.dest in ("file", "shell")


@pytest.mark.parametrize("name", COMMANDS)
def test_its_examples_are_right(name):
    """Every example is understood as that command."""
    assert examples()[name]
    for example, means in examples()[name]:
        words = shlex.split(example.split(" > ")[0])
        assert parser(_HANDLERS).parse_args(words).command == name
        assert means


def test_the_version_is_that_of_the_package(capsys):
    """One number, named once."""
    with pytest.raises(SystemExit):
        parser(_HANDLERS).parse_args(["--version"])
    assert capsys.readouterr().out == f"city-profiles {pipeline.__version__}\n"
    project = tomllib.loads((REPO / "pyproject.toml").read_text())
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "pipeline.__version__"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extarct"], "did you mean `extract`?"),
        (["nothing-like-it"], "--help` shows what there is"),
        (["extract", "--workers", "0"], "`python -m pipeline extract --help`"),
        (["extract", "-q", "-v"], "not allowed with"),
        (["diff", "one"], "required: EDITION"),
    ],
)
def test_wrong_usage_says_what_to_do(arguments, message, capsys, monkeypatch):
    """The message begins with `error:`, and a hint follows."""
    monkeypatch.setattr(sys, "argv", ["pipeline", *arguments])
    with pytest.raises(SystemExit) as ended:
        parser(_HANDLERS).parse_args(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert "\nhint: " in told
    assert message in told


# ---------------------------------------------------------------- how much is said


def test_a_run_tells_programs_what_it_did(run_pipeline, tables, tmp_path):
    """`--json` gives one object with the same keys, whether there was something to do or not."""
    options = ("extract", "--json", "--quiet", "--no-report", "--output", tmp_path / "out")
    done = run_pipeline(*options, check=0)
    told = json.loads(done.stdout)
    assert not done.stderr
    assert told["status"] == "done"
    assert told["rows"] == {name: len(table) for name, table in tables.items()}
    assert told["unread"] == []
    assert {s["status"] for s in told["sources"]} == {"ok"}
    current = json.loads(run_pipeline(*options, check=0).stdout)
    assert current["status"] == "current"
    assert current.keys() == told.keys()
    assert current["editions"] == told["editions"] == 2


def test_a_program_is_told_what_could_not_be_read(run_pipeline, tmp_path):
    """Also where nothing was to do, and the status is 1 both times."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    options = ("extract", "--json", "--raw", tmp_path / "raw", "--output", tmp_path / "out")
    for status in ("done", "current"):
        told = json.loads(run_pipeline(*options, check=1).stdout)
        assert told["status"] == status
        assert len(told["unread"]) == 1


def test_quiet_says_nothing_and_verbose_more(run_pipeline, output, tmp_path):
    """Errors are said all the same."""
    assert not run_pipeline("extract", "--output", output, "--quiet", check=0).stderr
    options = ("extract", "--output", tmp_path / "out", "--no-report", "--verbose")
    more = run_pipeline(*options, check=0).stderr
    assert "raw/iurc-china-2021/brochure.txt: brochure, ok" in more
    assert re.search(r"^\d+\.\d\d seconds$", more, re.MULTILINE)
    assert "brochures.xlsx" in more
    wrong = run_pipeline("diff", "a", "b", "--output", output, "-q", check=2)
    assert wrong.stderr.startswith("error: ")
    assert "hint: " in wrong.stderr


@pytest.mark.parametrize(("language", "told"), [("zh_CN.UTF-8", True), ("en_IE.UTF-8", False)])
def test_who_reads_chinese_is_led_to_the_chinese_pages(
    run_pipeline, tmp_path, monkeypatch, language, told
):
    """Where the language of messages is Chinese, the terminal is in it too."""
    monkeypatch.setenv("LC_ALL", language)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("昆明市\nKunming\n人口：846万人\n")
    options = ("--raw", tmp_path / "raw", "--output", tmp_path / "out", "--no-spreadsheet")
    said = run_pipeline("extract", *options, check=0).stderr
    assert ("中文页面见" in said) is told
    assert ("警告：cn-kunming：" in said) is told
    assert ("疑点：0 个错误" in said) is told
    assert ("findings: 0 error" in said) is not told
    (tmp_path / "raw" / "a.txt").unlink()
    stopped = run_pipeline("extract", *options, check=2).stderr
    assert ("中没有 .txt、.pdf、.html 或 .md 文件\n提示：" in stopped) is told


def test_the_workbook_is_offered_where_it_was_made(run_pipeline, tmp_path):
    """Without it, the pages alone are there to look at."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("昆明市\nKunming\n人口：846万人\n")
    for more, offered in (((), True), (("--no-spreadsheet",), False)):
        output = tmp_path / f"out{len(more)}"
        options = ("--raw", tmp_path / "raw", "--output", output, *more)
        told = run_pipeline("extract", *options, check=0).stderr
        assert "report/index.html" in told
        assert ("brochures.xlsx" in told) is (output / "brochures.xlsx").exists() is offered


def test_inspect_and_diff_give_json(run_pipeline, output):
    """One object on standard output, and nothing else there."""
    seen = run_pipeline("inspect", "raw/iurc-calendar-2022-w22/calendar.txt", "--json", check=0)
    assert json.loads(seen.stdout)["kind"] == "calendar"
    edition = "iurc-china-2021"
    options = ("diff", edition, edition, "--before", output, "--output", output, "--json")
    assert isinstance(json.loads(run_pipeline(*options, check=0).stdout), dict)


# ---------------------------------------------------------------- terminals


def test_colours_are_for_terminals_and_those_who_want_them():
    """A terminal shows the word before a message in colour; NO_COLOR and others see none."""
    wrong = ("diff", "a", "b", "--output", "/nowhere")
    assert "\x1b[1;31merror:\x1b[0m" in on_a_terminal(*wrong)
    assert "\x1b" not in on_a_terminal(*wrong, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(*wrong, TERM="dumb")
    assert "\x1b" not in program(*wrong).stderr


def test_progress_is_a_line_every_few_seconds_elsewhere():
    """A short run says nothing; a long one says how far it is, also where it stands still."""
    said = []
    with Progress(said.append, live=False, every=60) as show:
        show("read", 0, 9)
    assert said == []
    with Progress(said.append, live=False, every=0.01) as show:
        show("read", 3, 9)
        time.sleep(0.2)
        show("read", 9, 9)
    assert said
    assert all(s.startswith("read: 3 of 9") for s in said)
    said.clear()
    with Progress(said.append, live=False, every=0.05) as show:
        show("read", 3, 9, "raw/x/long.txt")
        time.sleep(0.4)
    assert said[-1].endswith("; waiting for raw/x/long.txt")
    said.clear()
    with Progress(said.append, live=False, silent=True, every=0.01) as show:
        show("read", 3, 9)
        time.sleep(0.05)
    assert said == []


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (("read", 50, 200, 10.0), "read: 50 of 200, 5.0 a second, about 30 s left"),
        (("read", 1, 3, 120.0), "read: 1 of 3, 0.5 a minute, about 4 min 0 s left"),
        (("read", 1, 101, 60.0), "read: 1 of 101, 1.0 a minute, about 1 h 40 min left"),
        (("read", 0, 1, 75.0), "read: 0 of 1, 1 min 15 s so far"),
        (
            ("read", 0, 1, 75.0, "raw/x/long.txt"),
            "read: 0 of 1, 1 min 15 s so far; waiting for raw/x/long.txt",
        ),
    ],
)
def test_how_far_it_is_in_words(state, told):
    """Rate and time left, in the unit that fits."""
    assert line(*state) == told


@pytest.mark.parametrize("shell", SHELLS)
def test_shells_complete_the_commands(shell):
    """The script names every command and their options."""
    done = program("completion", shell)
    assert done.returncode == 0
    for name in COMMANDS:
        assert name in done.stdout
    assert "no-spreadsheet" in done.stdout


def test_bash_completes():
    """Bash itself completes a command and an option by the script."""
    script = program("completion", "bash").stdout
    ask = """
    complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
      local f=$(complete -p city-profiles | sed 's/.*-F \\([^ ]*\\).*/\\1/'); "$f" city-profiles; echo "${COMPREPLY[@]}"; }
    complete_words city-profiles ext
    complete_words city-profiles extract --no-s
    """
    done = subprocess.run(["bash", "-c", script + ask], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["extract", "--no-spreadsheet"], done.stderr


def test_a_run_with_nothing_to_do_loads_nothing_heavy(output, editions, run_pipeline):
    """It must answer at once."""
    run_pipeline("extract", "--output", output, check=0)
    code = (
        "import sys; from pipeline.cli import main; "
        f"status = main(['extract', '--raw', {str(editions)!r}, '--output', {str(output)!r}]); "
        "heavy = {'pyarrow', 'pandas', 'numpy', 'spacy', 'rich', 'xlsxwriter', 'shtab', 'difflib'}; "
        "print(sorted(heavy & set(sys.modules)), status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[] 0\n", done.stderr
