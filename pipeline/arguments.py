"""The commands, their options, and the help that goes with each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn, get_args

from pipeline import __version__
from pipeline.model import Limits, Reader

Handlers = Mapping[str, Callable[[argparse.Namespace], int]]
ONE_STAGE = ("parse", "segment", "normalise", "emit")
# As the command is called where it is installed; shells complete the options of that name.
INSTALLED = "city-profiles"
SHELLS = ("bash", "zsh", "fish", "tcsh")
_MODULE = "python -m pipeline"
_STATUSES = """\
exit status:
  0  all done
  1  some source could not be read in full; a message says which, and all others are in the tables
  2  wrong usage, or nothing to read"""
_EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "extract": (
        ("extract", "read what is new in raw/, write output/"),
        ("extract --raw brochures --output tables", "other folders"),
        ("extract --workers 4 --no-report", "four processes, tables alone"),
        ("extract --json --quiet", "the summary for a program"),
    ),
    "parse": (("parse --reader pdfplumber", "read all documents, PDF by one library"),),
    "segment": (("segment", "find profiles and sections in what `parse` left"),),
    "normalise": (("normalise", "make values of what `segment` left"),),
    "emit": (("emit --output tables", "make tables of what `normalise` left"),),
    "report": (("report --output output", "after a change of the pages' design"),),
    "quantities": (
        ("quantities passages.txt", "a file, one passage a line"),
        ("quantities", "what is typed or piped in"),
    ),
    "inspect": (
        ("inspect raw/iurc-china-2021/brochure.txt", "an overview of a document"),
        ("inspect brochure.pdf --page 12", "each block of a page, and why it is what it is"),
        ("inspect brochure.pdf --profile 3 --json", "its third profile, for a program"),
        ("inspect brochure.pdf --page 12 --image page.png", "the page, drawn with what was seen"),
        ("inspect brochure.pdf --masked", "all lines without their text, to report a fault"),
    ),
    "diff": (
        ("diff iurc-china-2021 iurc-china-2022", "two editions of the last run"),
        ("diff iurc-china-2021 iurc-china-2021 --before old-output", "one edition in two runs"),
        ("diff iurc-china-2021 iurc-china-2022 --json", "for a program"),
    ),
    "completion": (
        ("completion bash > ~/.local/share/bash-completion/completions/city-profiles", "bash"),
        ("completion zsh > ~/.zfunc/_city-profiles", "zsh, with ~/.zfunc in fpath"),
    ),
}


class Parser(argparse.ArgumentParser):
    """A parser whose errors say what to do."""

    def error(self, message: str) -> NoReturn:
        """End with status 2, the message, and a hint."""
        self.exit(2, f"error: {message}\nhint: {self._hint()}\n")

    def _hint(self) -> str:
        from difflib import get_close_matches

        given = [a.partition("=")[0] for a in sys.argv[1:]]
        command = next((a for a in given if not a.startswith("-")), "")
        commands: dict[str, Parser] = next(
            (dict(a.choices) for a in self._actions if isinstance(a.choices, dict)), {}
        )
        if command in commands:  # what the command itself does not know is said by its parent
            return commands[command]._hint()  # noqa: SLF001
        known = [o for action in self._actions for o in action.option_strings]
        wrong = [o for o in given if o.startswith("--") and o not in known]
        for word, words in ((command, commands), *((o, known) for o in wrong)):
            near = get_close_matches(word, words, n=1)
            if near and near[0] != word:
                return f"did you mean `{near[0]}`?"
        return f"`{self.prog} --help` shows what there is"


def parser(handlers: Handlers, prog: str = _MODULE) -> argparse.ArgumentParser:
    """The parser of the command line; `handlers` are what does each command, by its name."""
    whole = Parser(
        prog=prog,
        description="Turn printed city profiles and event calendars into tables.",
        epilog=f"{_MODULE} COMMAND --help shows the options of a command, with examples.\n\n"
        f"{_STATUSES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"{INSTALLED} {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, what: str, description: str) -> argparse.ArgumentParser:
        lines = [f"  {prog} {example}\n      {means}" for example, means in _EXAMPLES[name]]
        made: argparse.ArgumentParser = commands.add_parser(
            name,
            help=what,
            description=description,
            epilog="\n".join(["examples:", *lines, "", _STATUSES]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=handlers[name], stage=name)
        much = made.add_mutually_exclusive_group()
        much.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
        much.add_argument("-v", "--verbose", action="store_true", help="say more")
        return made

    _add_extract(command)
    _add_looking(command)
    made = command(
        "completion",
        "print the completion of commands for a shell",
        f"Print what a shell needs to complete the commands and options of `{INSTALLED}`.",
    )
    made.add_argument("shell", choices=SHELLS)
    return whole


def examples() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The examples of each command: what is typed after the program's name, and what it does."""
    return _EXAMPLES


_Command = Callable[[str, str, str], argparse.ArgumentParser]


def _add_extract(command: _Command) -> None:
    """The commands that make the output, or a part of it."""
    run = command(
        "extract",
        "read everything in raw/ into output/",
        "Read everything in raw/ into output/. Nothing is done if nothing changed.",
    )
    _add_folders(run)
    run.add_argument("--force", action="store_true", help="do everything anew")
    run.add_argument("--no-report", action="store_true", help="make the tables alone, no pages")
    _add_spreadsheet(run)
    for name in ONE_STAGE:
        stage = command(
            name,
            f"run the stage `{name}` alone",
            f"Run the stage `{name}` alone, from what the stage before it left.",
        )
        _add_folders(stage)
        stage.add_argument("--force", action="store_true", help="do not use kept results")
        if name == "emit":
            _add_spreadsheet(stage)
    report = command(
        "report",
        "make the pages of an output anew",
        "Make the pages in output/report/ anew from the tables of an output.",
    )
    _add_folder(report, "output", "output", "where the tables are")


def _add_looking(command: _Command) -> None:
    """The commands that show something."""
    quantities = command(
        "quantities",
        "read the quantities in any text",
        "Read the quantities in any text: one passage a line in, one JSON array a line out.",
    )
    quantities.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="(default: standard input)"
    )
    _add_dictionary(quantities)
    inspect = command(
        "inspect",
        "show what is seen in one document",
        "Show what is seen in one document: pages, columns, profiles, findings, and the lines\n"
        "that cannot be placed. With --page or --profile, each block and why it was taken for\n"
        "what it is.",
    )
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--page", type=_positive, metavar="N", help="look closer at one page")
    inspect.add_argument(
        "--profile", metavar="NAME", help="look closer at a profile: its number, id or part of name"
    )
    instead = inspect.add_mutually_exclusive_group()
    instead.add_argument(
        "--image",
        type=Path,
        metavar="PNG",
        help="draw a page of a PDF with what was seen on it (--page, default: 1)",
    )
    instead.add_argument(
        "--masked",
        action="store_true",
        help="for a report of a fault: one JSON object in which each letter and digit is another",
    )
    _add_reader(inspect)
    _add_json(inspect)
    _add_dictionary(inspect)
    diff = command(
        "diff",
        "show what changed between two editions",
        "Show what changed between two editions, from the tables that `extract` left.",
    )
    diff.add_argument("old", metavar="EDITION", help="the earlier edition")
    diff.add_argument("new", metavar="EDITION", help="the later edition")
    _add_folder(diff, "output", "output", "where the tables are")
    diff.add_argument(
        "--before",
        type=Path,
        metavar="DIR",
        help="where the tables of the earlier edition are, from another run (default: --output)",
    )
    _add_json(diff)


def _add_folder(parser: argparse.ArgumentParser, name: str, default: str, what: str) -> None:
    parser.add_argument(
        f"--{name}",
        type=Path,
        default=Path(default),
        metavar="DIR",
        help=f"{what} (default: {default})",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object")


def _add_spreadsheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-spreadsheet",
        dest="spreadsheet",
        action="store_false",
        help="leave out brochures.xlsx",
    )


def _add_dictionary(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser, "cache", ".cache", "where the dictionary is kept")


def _add_folders(parser: argparse.ArgumentParser) -> None:
    for name, what in (("raw", "the editions"), ("output", "where the tables go")):
        parser.add_argument(
            f"--{name}",
            default=name,
            metavar="DIR",
            help=f"{what} (default: {name}); may be an address such as s3://bucket/{name}",
        )
    _add_folder(parser, "cache", ".cache", "where results of stages are kept")
    parser.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help="number of processes (default: by the size of the input)",
    )
    _add_reader(parser)
    _add_json(parser)
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="hand the work to a running Dask cluster"
    )
    usual = Limits()
    for name, what, default in (
        ("page-seconds", "seconds that a page of a document may take", usual.page_seconds),
        ("memory-mb", "memory that reading a document may take", usual.memory_mb),
        ("max-pages", "pages that are read of a PDF", usual.pages),
        ("unpacked-mb", "size to which the streams of a PDF may unpack", usual.unpacked_mb),
    ):
        parser.add_argument(
            f"--{name}",
            type=_positive,
            metavar="N",
            help=f"{what} (default: what edition.toml says, else {default})",
        )


def _add_reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reader",
        choices=get_args(Reader),
        help="the library that reads PDF (default: what edition.toml says, else auto: the fast "
        "one, checked against the other)",
    )


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number of 1 or more")
    return number
