"""The table of stages: what each one runs, and the digest of all that its result depends on."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.model import Segments, Source

_HOME = Path(__file__).parent
_SHARED = (
    "model.py", "records.py", "of_profiles.py", "encoding.py", "errors.py", "textforms.py",
    "hanzi.py", "pages.py", "pieces.py", "alignment.py", "differing.py", "headed.py",
    "language.py", "stages.py", "work.py",
)  # fmt: skip


class _MadeOf(NamedTuple):
    """What a result depends on beside its argument: folders of this package, and libraries."""

    parts: tuple[str, ...]
    libraries: tuple[str, ...]


def _segment(source: Source, payload: bytes) -> bytes:
    from pipeline.knowledge.calendars import calendars
    from pipeline.knowledge.layouts import layouts
    from pipeline.parse import document
    from pipeline.parse.chunks import decoded
    from pipeline.segment import segment

    whole = document(source, decoded(payload))
    return msgspec.json.encode(segment(whole, layouts(), calendars()))


def _normalise(_: Source, payload: bytes) -> bytes:
    from pipeline.knowledge.lexicon import lexicon
    from pipeline.normalise import normalise

    segments = msgspec.json.decode(payload, type=Segments)
    return msgspec.json.encode(normalise(segments, lexicon()))


# How each stage maps the bytes that the one before it left to its own.
_RUN: Mapping[str, Callable[[Source, bytes], bytes]] = {
    "segment": _segment,
    "normalise": _normalise,
}
# What is made of a source, one after the other.
NAMES = ("parse", *_RUN)
REPORT = "report"  # shows what the others made, and changes no table
_MADE_OF = {
    "parse": _MadeOf(("parse",), ("lxml", "pdfplumber", "pypdfium2")),
    "segment": _MadeOf(
        ("parse", "segment", "knowledge"),
        ("jieba", "opencc", "babel", "pycountry", "rapidfuzz", "tzdata"),
    ),
    "normalise": _MadeOf(
        ("normalise", "knowledge"),
        ("jieba", "opencc", "pypinyin", "spacy", "babel", "pycountry", "rapidfuzz", "tzdata"),
    ),
    "emit": _MadeOf(
        ("emit", "knowledge", "normalise"),
        (
            "pyarrow",
            "pandas",
            "xlsxwriter",
            "icalendar",
            "rapidfuzz",
            "opencc",
            "pypinyin",
            "babel",
            "pycountry",
        ),
    ),
    REPORT: _MadeOf(("report", "knowledge"), ("pyarrow", "jinja2", "markupsafe", "rapidfuzz")),
}
_KINDS = frozenset((".py", ".toml", ".csv", ".txt", ".html", ".css", ".js"))


def run_stage(name: str, source: Source, payload: bytes) -> bytes:
    """Run one stage on what the stage before it made of a source; both are bytes.

    The first gets the chunks that `parse.read` gave. Raises SourceError if they hold no text.
    """
    return _RUN[name](source, payload)


@cache
def digest(name: str) -> str:
    """A digest of the code, the knowledge and the library versions behind a stage, or `emit`."""
    parts, libraries = _MADE_OF[name]
    total = hashlib.sha256(f"python {sys.version_info[:2]}".encode())  # its Unicode tables, re
    for path in _files(parts):
        total.update(f"{path.relative_to(_HOME).as_posix()}\0".encode())
        total.update(_file_digest(path))
    for library in sorted((*libraries, "msgspec")):
        total.update(f"{library} {_version(library)}\0".encode())
    return total.hexdigest()


_version = cache(metadata.version)


@cache
def _file_digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _files(parts: tuple[str, ...]) -> list[Path]:
    files = [_HOME / name for name in _SHARED]
    for part in parts:
        files += [p for p in (_HOME / part).rglob("*") if p.suffix in _KINDS]
    return sorted(files)


def result_key(name: str, *made_from: bytes) -> str:
    """The key of a result: of what makes it and of what it is made from, by content."""
    total = hashlib.sha256(digest(name).encode())
    for content in made_from:
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def program() -> str:
    """A digest of the code, the knowledge and the libraries behind all tables of a run."""
    tables = [name for name in _MADE_OF if name != REPORT]
    return hashlib.sha256("".join(map(digest, tables)).encode()).hexdigest()


def made_by(name: str) -> str:
    """A digest of what is behind the results of a stage, those before it included."""
    chain = NAMES[: NAMES.index(name) + 1]
    return hashlib.sha256("".join(map(digest, chain)).encode()).hexdigest()
