"""The command line: arguments, messages and exit statuses. The only module that prints.

Exit status 0: all done; 1: some source could not be read in full; 2: wrong usage, or nothing
to read. Data goes to standard output, all else to standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, get_args

from pipeline.errors import PipelineError, SourceError
from pipeline.model import Limits, Reader
from pipeline.run import Progress, Settings, extract, run_one
from pipeline.store.raw import Asked
from pipeline.store.remote import folders
from pipeline.summary import Summary

_WIDTH = 120  # of tables that are not written to a terminal
_ONE_STAGE = ("parse", "segment", "normalise", "emit")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Chinese
    signal.signal(signal.SIGTERM, _stop)
    try:
        return int(options.run(options))
    except SourceError as error:
        return _fail(error.message, error.hint, 1)
    except PipelineError as error:
        return _fail(error.message, error.hint, 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        what = f"`{error.filename}`: " if error.filename else ""
        return _fail(f"{what}{error.strerror or error}", "check permissions and free space", 2)
    except KeyboardInterrupt:
        _say("stopped; the output is as it was before")
        return 130
    except MemoryError:
        return _fail("there is not enough memory", "split the editions or use fewer workers", 1)
    except Exception as error:  # noqa: BLE001  no traceback reaches a user
        what = f"the program failed ({type(error).__name__}: {error})"
        return _fail(what, "please report it with the files", 1)


def _stop(*_: object) -> None:
    """End as on Ctrl-C, so that worker processes and temporary folders go too."""
    raise KeyboardInterrupt


def _fail(message: str, hint: str, status: int) -> int:
    _say(f"error: {message}")
    if hint:
        _say(f"hint: {hint}")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Turn printed city profiles and event calendars into tables.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser(
        "extract",
        help="read everything in raw/ into output/",
        description="Read everything in raw/ into output/. Nothing is done if nothing changed.",
    )
    _add_folders(run)
    run.add_argument("--force", action="store_true", help="do everything anew")
    run.add_argument("--no-report", action="store_true", help="make the tables alone, no pages")
    _add_spreadsheet(run)
    run.set_defaults(run=_extract)
    for name in _ONE_STAGE:
        stage = commands.add_parser(
            name,
            help=f"run the stage `{name}` alone",
            description=f"Run the stage `{name}` alone, from what the stage before it left.",
        )
        _add_folders(stage)
        stage.add_argument("--force", action="store_true", help="do not use kept results")
        if name == "emit":
            _add_spreadsheet(stage)
        stage.set_defaults(run=_one_stage, stage=name)
    report = commands.add_parser(
        "report",
        help="make the pages of an output anew",
        description="Make the pages in output/report/ anew from the tables of an output.",
    )
    _add_folder(report, "output", "output", "where the tables are")
    report.set_defaults(run=_report_alone)
    quantities = commands.add_parser(
        "quantities",
        help="read the quantities in any text",
        description="Read the quantities in any text: one passage a line in, one JSON array a "
        "line out.",
    )
    quantities.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="(default: standard input)"
    )
    _add_dictionary(quantities)
    quantities.set_defaults(run=_quantities)
    inspect = commands.add_parser(
        "inspect",
        help="show what is seen in one document",
        description="Show what is seen in one document: pages, columns, profiles, findings, and "
        "the lines that cannot be placed. With --page or --profile, each block and why it was "
        "taken for what it is.",
    )
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--page", type=_positive, metavar="N", help="look closer at one page")
    inspect.add_argument(
        "--profile", metavar="NAME", help="look closer at a profile: its number, id or part of name"
    )
    inspect.add_argument(
        "--image",
        type=Path,
        metavar="PNG",
        help="draw a page of a PDF with what was seen on it (--page, default: 1)",
    )
    _add_reader(inspect)
    inspect.add_argument("--json", action="store_true", help="for programs: one JSON object")
    _add_dictionary(inspect)
    inspect.set_defaults(run=_inspect)
    diff = commands.add_parser(
        "diff",
        help="show what changed between two editions",
        description="Show what changed between two editions, from the tables that `extract` left.",
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
    diff.add_argument("--json", action="store_true", help="one JSON object, for programs")
    diff.set_defaults(run=_diff)
    return parser


def _add_folder(parser: argparse.ArgumentParser, name: str, default: str, what: str) -> None:
    parser.add_argument(
        f"--{name}",
        type=Path,
        default=Path(default),
        metavar="DIR",
        help=f"{what} (default: {default})",
    )


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


def _settings(options: argparse.Namespace, raw: Path, output: Path) -> Settings:
    return Settings(
        raw,
        output,
        options.cache,
        options.workers,
        options.scheduler,
        options.force,
        Asked(
            options.reader,
            options.page_seconds,
            options.memory_mb,
            options.max_pages,
            options.unpacked_mb,
        ),
        spreadsheet=getattr(options, "spreadsheet", True),
    )


def _extract(options: argparse.Namespace) -> int:
    places = folders(options.raw, options.output, options.cache)
    with places as (raw, output), _Progress() as progress:
        settings = _settings(options, raw, output)._replace(report=not options.no_report)
        summary = extract(settings, progress)
    if summary.current:
        editions = _count(summary.editions, "edition")
        _say(f"nothing to do: `{options.output}` is up to date ({editions})")
        return _status_of(output)
    _report(summary, options.output)
    if settings.report:
        _say(f"to look at it, open {options.output}/report/index.html")
    return 1 if summary.unread else 0


def _report_alone(options: argparse.Namespace) -> int:
    from pipeline.report_alone import report_alone

    pages = report_alone(options.output)
    _say(f"written: {options.output}/report/index.html and {_count(pages - 1, 'file')} beside it")
    return 0


def _status_of(output: Path) -> int:
    """The exit status of the run that made an output: 1 if it left out a source."""
    import csv

    with (output / "tables" / "sources.csv").open(encoding="utf-8", newline="") as file:
        unread = [row for row in csv.DictReader(file) if row["status"] != "ok"]
    for row in unread:
        _say(f"error: {row['path']}: {row['error']}")
    return 1 if unread else 0


def _one_stage(options: argparse.Namespace) -> int:
    places = folders(options.raw, options.output, options.cache)
    with places as (raw, output), _Progress() as progress:
        summary = run_one(options.stage, _settings(options, raw, output), progress)
    if options.stage == "emit":
        _report(summary, options.output)
    else:
        _say(f"{options.stage}: done ({_count(summary.editions, 'edition')})")
        for path in summary.unread:
            _say(f"error: {path} was not read")
    return 1 if summary.unread else 0


def _quantities(options: argparse.Namespace) -> int:
    from pipeline.passages import quantities_lines

    try:
        binary = sys.stdin.buffer if options.file is None else options.file.open("rb")
    except OSError as error:
        return _fail(f"`{options.file}` cannot be opened: {error.strerror}", "check the path", 2)
    unread: list[int] = []
    with binary:
        _write(quantities_lines(_utf8_lines(binary, unread), options.cache))
    if not unread:
        return 0
    name = "standard input" if options.file is None else f"`{options.file}`"
    numbers = ", ".join(map(str, unread[:5])) + ("" if len(unread) <= 5 else ", …")
    return _fail(
        f"{name}: {_count(len(unread), 'line')} not UTF-8 and not read: {numbers}",
        "convert the file first, for example with `iconv -f gb18030 -t utf-8`",
        1,
    )


def _utf8_lines(source: BinaryIO, unread: list[int]) -> Iterator[str]:
    """The lines of a file; the numbers of those that are not UTF-8, given empty, go in a list."""
    for number, line in enumerate(source, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            unread.append(number)
            yield "\n"


def _write(lines: Iterator[str]) -> None:
    """Lines to standard output as UTF-8, whatever the terminal's encoding."""
    out = sys.stdout.buffer
    for line in lines:
        out.write(line.encode() + b"\n")
    out.flush()


def _inspect(options: argparse.Namespace) -> int:
    if options.image is not None:
        from pipeline.picture import LEGEND, draw_page

        page: int = options.page or 1
        reader: Reader = options.reader or "auto"
        draw_page(options.file, page, options.image, options.cache, reader)
        _say(f"written: {options.image} (page {page}; {LEGEND})")
        return 0
    from pipeline.inspection import chosen, inspect_file

    whole = inspect_file(options.file, options.cache, options.reader or "auto")
    view = chosen(whole, options.page, options.profile)
    if options.json:
        import msgspec

        _write(iter([msgspec.json.encode(view).decode()]))
    else:
        from rich.console import Console

        from pipeline.rendering import rendered

        close = options.page is not None or options.profile is not None
        width = None if sys.stdout.isatty() else _WIDTH
        Console(width=width, highlight=False).print(rendered(view, close=close))
    return 1 if whole.unplaced else 0


_STYLES = {"title": "bold", "removed": "red", "added": "green", "note": "dim", "": ""}


def _diff(options: argparse.Namespace) -> int:
    from pipeline.comparison import as_json, as_lines, compare_editions

    found = compare_editions(options.old, options.new, options.output, options.before)
    if options.json:
        _write(iter([as_json(found)]))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, soft_wrap=True)
        for line in as_lines(found):
            console.print(Text.assemble(*((text, _STYLES[style]) for style, text in line)))
    else:
        for line in as_lines(found):
            print("".join(text for _, text in line).rstrip())
    return 0


def _report(summary: Summary, output: str) -> None:
    """The summary of a run."""
    rows = {k: v for k, v in summary.rows.items() if k != "findings"}
    width = max(map(len, rows))
    _say(f"{_count(summary.editions, 'edition')}, {_count(summary.profiles, 'profile')}")
    for name, number in rows.items():
        _say(f"  {name:<{width}} {number:>7,} rows")
    by_severity = [f"{summary.findings.get(s, 0)} {s}" for s in ("error", "warning", "info")]
    _say(f"findings: {', '.join(by_severity)}")
    accounted = summary.lines - summary.unassigned
    _say(f"lines accounted for: {accounted:,} of {summary.lines:,}")
    for message in summary.told:
        _say(message)
    _say(f"written: {output}/tables, {output}/datapackage.json, {output}/events.ics")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(text: str) -> None:
    """A message, in which a document's name or text cannot steer the terminal."""
    from pipeline.textforms import harmless

    print(harmless(text), file=sys.stderr)


class _Progress:
    """Shows on a terminal how far a run is; silent elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
        return self._show

    def _show(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
