"""The command line: arguments, messages and exit statuses. The only module that prints.

Exit status 0: all done; 1: some source could not be read in full; 2: wrong usage, or nothing
to read. Data goes to standard output, all else to standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.arguments import INSTALLED, ONE_STAGE, parser
from pipeline.errors import PipelineError, SourceError
from pipeline.model import Reader
from pipeline.progress import Progress
from pipeline.run import Settings, extract, run_one
from pipeline.store.raw import Asked
from pipeline.store.remote import folders
from pipeline.summary import Summary

_WIDTH = 120  # of tables that are not written to a terminal
_COLORS = {"error": "31", "warning": "33", "hint": "36"}  # of the words before a message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        parser(_HANDLERS).print_help(sys.stderr)
        return 2
    options = parser(_HANDLERS).parse_args(given)
    _voice.quiet, _voice.verbose = options.quiet, options.verbose
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Chinese
    signal.signal(signal.SIGTERM, _stop)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    """The exit status of a command; no traceback reaches a user who has not asked for it."""
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
        _say("error: stopped; the output is as it was before, and the next run goes on from here")
        return 130
    except MemoryError:
        return _fail("there is not enough memory", "split the editions or use fewer workers", 1)
    except Exception as error:  # noqa: BLE001
        if _voice.verbose:
            traceback.print_exc()
        what = f"the program failed ({type(error).__name__}: {error})"
        return _fail(what, "please report it with the files; SECURITY.md says how", 1)


def _stop(*_: object) -> None:
    """End as on Ctrl-C, so that worker processes and temporary folders go too."""
    raise KeyboardInterrupt


class _Voice:
    """How much is said."""

    quiet = False
    verbose = False


_voice = _Voice()


def _fail(message: str, hint: str, status: int) -> int:
    _say(f"error: {message}")
    if hint:
        _say(f"hint: {hint}")
    return status


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
    began = time.monotonic()
    places = folders(options.raw, options.output, options.cache)
    with places as (raw, output), _progress() as progress:
        settings = _settings(options, raw, output)._replace(report=not options.no_report)
        summary = extract(settings, progress)
        made = settings.spreadsheet and (output / "brochures.xlsx").exists()
    _say_unkept(summary, options.cache)
    if summary.current:
        editions = _count(summary.editions, "edition")
        unread = _unread(output)
        if options.json:
            _write_json(summary._replace(unread=tuple(unread)))
        _say(f"nothing to do: `{options.output}` is up to date ({editions})", usual=True)
        for path, why in unread.items():
            _say(f"error: {path}: {why}")
        return 1 if unread else 0
    if options.json:
        _write_json(summary)
    else:
        _report(summary, options.output, began)
        looks = [f"{options.output}/report/index.html"] if settings.report else []
        looks += [f"{options.output}/brochures.xlsx"] if made else []
        if looks:
            _say(f"to look at it, open {' or '.join(looks)}", usual=True)
        if settings.report and _reads_chinese():
            _say(f"中文页面见 {looks[0]}，疑点见其“核对”页", usual=True)
    return 1 if summary.unread else 0


def _reads_chinese() -> bool:
    """Whether the language of the user's messages is Chinese (POSIX: the first that is set)."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((v for v in map(os.environ.get, names) if v), "").startswith("zh")


def _report_alone(options: argparse.Namespace) -> int:
    from pipeline.report_alone import report_alone

    pages = report_alone(options.output)
    beside = _count(pages - 1, "file")
    _say(f"written: {options.output}/report/index.html and {beside} beside it", usual=True)
    return 0


def _unread(output: Path) -> dict[str, str]:
    """The sources that the run which made an output could not read in full, and why."""
    import csv

    with (output / "tables" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {r["path"]: r["error"] for r in csv.DictReader(file) if r["status"] != "ok"}


def _one_stage(options: argparse.Namespace) -> int:
    began = time.monotonic()
    places = folders(options.raw, options.output, options.cache)
    with places as (raw, output), _progress() as progress:
        summary = run_one(options.stage, _settings(options, raw, output), progress)
    _say_unkept(summary, options.cache)
    if options.json:
        _write_json(summary)
    elif options.stage == "emit":
        _report(summary, options.output, began)
    else:
        following = ONE_STAGE[ONE_STAGE.index(options.stage) + 1]
        editions = _count(summary.editions, "edition")
        _say(f"{options.stage}: done ({editions}); next: {following}", usual=True)
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
        reader: Reader | None = options.reader
        draw_page(options.file, page, options.image, options.cache, reader)
        _say(f"written: {options.image} (page {page}; {LEGEND})", usual=True)
        return 0
    if options.masked:
        return _masked(options)
    from pipeline.inspection import chosen, inspect_file

    whole = inspect_file(options.file, options.cache, options.reader)
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


def _masked(options: argparse.Namespace) -> int:
    import msgspec

    from pipeline.masking import mask_file

    seen = mask_file(options.file, options.cache, options.reader, options.page)
    _write(iter([msgspec.json.encode(seen).decode()]))
    return 0


_STYLES = {"title": "bold", "removed": "red", "added": "green", "note": "dim", "": ""}


def _diff(options: argparse.Namespace) -> int:
    from pipeline.comparison import as_json, as_lines, compare_editions

    found = compare_editions(options.old, options.new, options.output, options.before)
    if options.json:
        _write(iter([as_json(found)]))
    elif _colored(sys.stdout):
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, soft_wrap=True)
        for line in as_lines(found):
            console.print(Text.assemble(*((text, _STYLES[style]) for style, text in line)))
    else:
        for line in as_lines(found):
            print("".join(text for _, text in line).rstrip())
    return 0


def _completion(options: argparse.Namespace) -> int:
    import shtab

    whole = parser(_HANDLERS, INSTALLED)
    (commands,) = (a for a in whole._actions if isinstance(a, argparse._SubParsersAction))  # noqa: SLF001
    for command in commands.choices.values():
        for action in command._actions:  # noqa: SLF001  argparse has no other way to them
            kind = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "PNG": shtab.FILE}
            if action.metavar in kind:
                action.complete = kind[action.metavar]
    print(shtab.complete(whole, options.shell))
    return 0


_HANDLERS = {
    "extract": _extract,
    **dict.fromkeys(ONE_STAGE, _one_stage),
    "report": _report_alone,
    "quantities": _quantities,
    "inspect": _inspect,
    "diff": _diff,
    "completion": _completion,
}


# ---------------------------------------------------------------- messages


def _report(summary: Summary, output: str, began: float) -> None:
    """The summary of a run."""
    rows = {k: v for k, v in summary.rows.items() if k != "findings"}
    width = max(map(len, rows))
    editions, profiles = _count(summary.editions, "edition"), _count(summary.profiles, "profile")
    _say(f"{editions}, {profiles}", usual=True)
    if _voice.verbose:
        for source in summary.sources:
            _say(f"  {source.path}: {source.kind or 'not understood'}, {source.status}", usual=True)
    for name, number in rows.items():
        _say(f"  {name:<{width}} {number:>7,} rows", usual=True)
    by_severity = [f"{summary.findings.get(s, 0)} {s}" for s in ("error", "warning", "info")]
    _say(f"findings: {', '.join(by_severity)}", usual=True)
    accounted = summary.lines - summary.unassigned
    _say(f"lines accounted for: {accounted:,} of {summary.lines:,}", usual=True)
    for message in summary.told:
        _say(message, usual=not message.startswith("error:"))
    _say(f"written: {output}/tables and the files beside it", usual=True)
    if _voice.verbose:
        _say(f"{time.monotonic() - began:.2f} seconds", usual=True)


def _say_unkept(summary: Summary, cache: Path) -> None:
    """That the next run will do again what could not be kept."""
    if summary.unkept:
        why = f"`{cache}` cannot be written ({summary.unkept})"
        _say(f"warning: nothing more is kept for the next run: {why}", usual=True)
        _say("hint: make room there, or name another folder with --cache", usual=True)


def _write_json(summary: Summary) -> None:
    """What a run did, for programs; null where a run had nothing to do and did not look."""
    import msgspec

    told = summary._asdict()
    current = told.pop("current")
    documents = ("path", "kind", "status")
    told["sources"] = [{n: getattr(s, n) for n in documents} for s in summary.sources]
    if current:
        told = {k: v if k in ("editions", "unread") else None for k, v in told.items()}
    status = {"status": "current" if current else "done"}
    _write(iter([msgspec.json.encode({**status, **told}).decode()]))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _colored(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody asked for none."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def _say(text: str, *, usual: bool = False) -> None:
    """A message, in which a document's name or text cannot steer the terminal.

    Those that are `usual` are left out where only errors are asked for.
    """
    if usual and _voice.quiet:
        return
    from pipeline.textforms import harmless

    text = harmless(text)
    word, _, _ = text.partition(":")
    if _reads_chinese():
        text = _chinese(text)
    if word in _COLORS and _colored(sys.stderr):
        end = re.search("[:：]", text)
        begin = text[: end.end()] if end else ""
        text = f"\x1b[1;{_COLORS[word]}m{begin}\x1b[0m{text[len(begin) :]}"
    print(text, file=sys.stderr)


def _chinese(text: str) -> str:
    """A message in Chinese; in English where what would be needed for it is what is broken."""
    from pipeline.knowledge.messages import said_in_chinese

    try:
        return said_in_chinese(text)
    except (PipelineError, ImportError):
        return text


def _progress() -> Progress:
    return Progress(_say, live=sys.stderr.isatty(), silent=_voice.quiet)
