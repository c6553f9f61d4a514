"""`raw/<edition>/corrections.csv` → corrections, whichever spreadsheet program wrote it.

RFC 4180 with a comma, semicolon or tab, in UTF-8 or (with its mark) UTF-16, or in an older Chinese
encoding where it can be no other; what the values mean is not looked at here.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.encoding import as_chinese
from pipeline.model import Correction, Finding, Severity

FILE = "corrections.csv"
_OTHERWISE = FILE.removesuffix("csv")
_NEEDED = ("city_id", "table", "field", "value", "reason")
_COLUMNS = (*_NEEDED, "section", "position", "start", "printed")
_SEPARATORS = ",;\t"
_WIDE_COMMA = "，"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class CorrectionLines(NamedTuple):
    """The lines of a file, and what is wrong with the file as a whole."""

    corrections: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()


class _UnusableError(Exception):
    """Why a file cannot be used."""


def read_corrections(folder: Path, edition: str) -> CorrectionLines:
    """The corrections of the edition in a folder; none if it has no such file.

    A file that cannot be read is one finding. A line with too many cells, or with an empty one
    that is needed, is a correction with a problem.
    """
    path = folder / FILE
    try:
        if path.exists() and not path.is_file():
            return CorrectionLines((), (_finding(edition, "is no regular file"),))
        data = path.read_bytes()
    except FileNotFoundError:
        return CorrectionLines()
    except OSError as error:
        return CorrectionLines(
            (), (_finding(edition, f"cannot be opened: {error.strerror or error}"),)
        )
    try:
        text, doubts = _text(data, edition)
        rows = list(_rows(text))
        columns, unknown = _header(rows)
    except _UnusableError as error:
        return CorrectionLines(
            (), (_finding(edition, f"cannot be read: {error}; nothing was corrected"),)
        )
    found = tuple(
        _correction(edition, line, cells, columns) for line, cells in rows[1:] if any(cells)
    )
    if unknown:
        names = ", ".join(f"`{name}`" for name in unknown)
        what = f"has columns that are not known: {names}; its lines were read without them"
        doubts += (_finding(edition, f"{what}; {_known()}", "warning"),)
    return CorrectionLines(found, doubts)


def is_misnamed(name: str) -> bool:
    """Whether a file holds corrections by its name, but not under the name that is read."""
    return name != FILE and name.lower().startswith(_OTHERWISE)


def misnamed(edition: str, path: str) -> Finding:
    """A finding about corrections that lie under a name which is not read."""
    what = f"is not read; save it as `CSV UTF-8` under the name {FILE}"
    return Finding("error", "correction_file", f"{path} {what}", edition, None, "corrections")


def _text(data: bytes, edition: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file, and what is doubtful about its encoding."""
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16"), ()
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if found := as_chinese(data):
            what = f"was read as {found.codec.upper()}, by its characters alone; save it as "
            return found.text, (_finding(edition, f"{what}`CSV UTF-8` to be sure", "info"),)
        where = data[: error.start].count(b"\n") + 1
        raise _UnusableError(
            f"line {where} is no UTF-8; save it as `CSV UTF-8` or as Unicode text"
        ) from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of their first line, the header first.

    A spreadsheet program that writes `sep=;` before the header names its separator so.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip(' \t\r";,')), 0)
    separator = max(_SEPARATORS, key=lines[first].count)
    named = lines[first].strip('\r "').removeprefix("sep=")
    if len(named) == 1 and lines[first].strip(' "').startswith("sep="):
        separator, first = named, first + 1
    body = "\n".join(lines[first:])
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    before = 0
    try:
        for cells in reader:
            yield first + before + 1, [unicodedata.normalize("NFC", c.strip()) for c in cells]
            before = reader.line_num
    except csv.Error as error:
        raise _UnusableError(f"line {first + before + 1}: {error}") from None


def _header(rows: Sequence[tuple[int, list[str]]]) -> tuple[list[str], list[str]]:
    """The columns in their order, and those that are not known."""
    if not rows:
        raise _UnusableError(f"it is empty; {_known()}")
    columns = [c.lower() for c in rows[0][1]]
    while columns and not columns[-1]:
        columns.pop()
    named = [c for c in columns if c]
    twice = sorted({c for c in named if named.count(c) > 1})
    lacking = [c for c in _NEEDED if c not in columns]
    if twice:
        raise _UnusableError(f"it has the column `{twice[0]}` twice")
    if lacking:
        raise _UnusableError(f"it has no column `{lacking[0]}`; {_known()}")
    return columns, [c for c in named if c not in _COLUMNS]


def _correction(edition: str, line: int, cells: list[str], columns: list[str]) -> Correction:
    cells = _apart(cells)
    given = {c: v for c, v in zip(columns, cells, strict=False) if c in _COLUMNS}
    empty = [c for c in _NEEDED if c != "value" and not given.get(c)]
    problem = ""
    if any(cells[len(columns) :]):
        problem = (
            f"it has {len(cells)} cells for {len(columns)} columns: put quotes around a text that "
            "holds the separator"
        )
    elif not any(cells[1:]) and cells[0].count(_WIDE_COMMA) >= len(_NEEDED) - 1:
        problem = f"its commas are full-width: write `,` for `{_WIDE_COMMA}` between the cells"
    elif len(cells) < len(columns) and "value" in columns[len(cells) :]:
        problem = "it ends before the column `value`"
    elif empty:
        problem = f"its `{empty[0]}` is empty"
    return Correction(edition=edition, line=line, problem=problem, **given)


def _apart(cells: list[str]) -> list[str]:
    """The cells of a row; a line that was pasted whole into its first cell is taken apart."""
    if any(cells[1:]) or cells[0].count(",") < len(_NEEDED) - 1:
        return cells
    return [cell.strip() for cell in next(csv.reader([cells[0]], skipinitialspace=True))]


def _known() -> str:
    return f"the columns are {', '.join(_COLUMNS)}"


def _finding(edition: str, what: str, severity: Severity = "error") -> Finding:
    return Finding(
        severity,
        "correction_file",
        f"raw/{edition}/{FILE} {what}",
        edition,
        None,
        "corrections",
    )
