"""What the project knows of labels, themes, units, countries, places and tables.

Facts stand in the TOML and CSV files of this folder, each with a small reader beside it that
loads, checks and freezes them. Stages get the result as an argument and never open these files.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import resources
from typing import Any, TypeVar

from pipeline.errors import KnowledgeError

_FOLDER = "pipeline/knowledge"
_MEND = "mend it, and run again; nothing was written"

T = TypeVar("T")


def load_toml(name: str) -> dict[str, Any]:
    """The content of one TOML file of this folder. Raises KnowledgeError if it is none."""
    try:
        return tomllib.loads(read_knowledge(name).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"`{_FOLDER}/{name}` cannot be read: {error}", _MEND) from None


def made_of(*names: str) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """A reader of some files of this folder, whose failure is a KnowledgeError that names them."""

    def named(reader: Callable[[], T]) -> Callable[[], T]:
        @wraps(reader)
        def checked() -> T:
            try:
                return reader()
            except (KeyError, TypeError, AttributeError, ValueError, re.error) as error:
                files = " or ".join(f"`{_FOLDER}/{name}`" for name in names)
                what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                raise KnowledgeError(f"{files} is not as it should be: {what}", _MEND) from error

        return checked

    return named


def load_csv(name: str, columns: Sequence[str]) -> list[list[str]]:
    """The rows of one CSV file of this folder (RFC 4180), each with a value for every column.

    Raises KnowledgeError if its first line does not name these columns.
    """
    head, *rows = csv.reader(io.StringIO(read_knowledge(name).decode()))
    if head != list(columns):
        raise KnowledgeError(f"{name}: unexpected columns", "make it anew")
    return rows


def read_knowledge(name: str) -> bytes:
    """The content of one file of this folder."""
    return resources.files(__package__).joinpath(name).read_bytes()
