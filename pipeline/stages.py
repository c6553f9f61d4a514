"""The table of stages: what each one runs, and the digest of all that its result depends on."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import SourceError
from pipeline.model import Document, Failure, Records, Segments, Source

_HOME = Path(__file__).parent
_SHARED = (
    "model.py", "errors.py", "textforms.py", "hanzi.py", "pages.py", "pieces.py", "language.py",
    "stages.py",
)  # fmt: skip


class Stage(NamedTuple):
    """A stage: its name, how it maps bytes to bytes, and what its result depends on."""

    name: str
    run: Callable[[Source, bytes], bytes]
    parts: tuple[str, ...]
    libraries: tuple[str, ...]


def _parse(source: Source, payload: bytes) -> bytes:
    from pipeline.parse import parse

    return msgspec.json.encode(parse(payload, source))


def _segment(_: Source, payload: bytes) -> bytes:
    from pipeline.knowledge.calendars import calendars
    from pipeline.knowledge.layouts import layouts
    from pipeline.segment import segment

    document = msgspec.json.decode(payload, type=Document)
    return msgspec.json.encode(segment(document, layouts(), calendars()))


def _normalise(_: Source, payload: bytes) -> bytes:
    from pipeline.knowledge.lexicon import lexicon
    from pipeline.normalise import normalise

    segments = msgspec.json.decode(payload, type=Segments)
    return msgspec.json.encode(normalise(segments, lexicon()))


STAGES = (
    Stage("parse", _parse, ("parse",), ("lxml", "pdfplumber", "pypdfium2")),
    Stage(
        "segment", _segment, ("segment", "knowledge"), ("jieba", "opencc", "rapidfuzz", "tzdata")
    ),
    Stage(
        "normalise",
        _normalise,
        ("normalise", "knowledge"),
        ("jieba", "opencc", "spacy", "babel", "pycountry", "rapidfuzz", "tzdata"),
    ),
)


def run_stage(name: str, source: bytes, payload: bytes) -> tuple[bool, bytes]:
    """Run one stage on one source, bytes in and bytes out.

    Gives (True, result) or (False, the JSON of a Failure): no error of one source reaches the
    others, whatever it is.
    """
    stage = next(s for s in STAGES if s.name == name)
    which = msgspec.json.decode(source, type=Source)
    try:
        return True, stage.run(which, payload)
    except SourceError as error:
        failure = Failure(which, name, error.message, error.hint)
    except Exception as error:  # noqa: BLE001  a fault must not cost the other sources
        failure = Failure(
            which,
            name,
            f"the program failed in `{name}` ({type(error).__name__}: {error})",
            "please report it with the file",
        )
    return False, msgspec.json.encode(failure)


def decode_records(result: bytes) -> Records:
    """The result of the last stage."""
    return msgspec.json.decode(result, type=Records)


@cache
def digest(name: str) -> str:
    """A digest of the code, the knowledge and the library versions behind a stage.

    `emit` has one as well.
    """
    if name == "emit":
        parts: tuple[str, ...] = ("emit", "knowledge")
        libraries: tuple[str, ...] = ("pyarrow", "pandas", "icalendar", "rapidfuzz")
    else:
        stage = next(s for s in STAGES if s.name == name)
        parts, libraries = stage.parts, stage.libraries
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
        files += [p for p in (_HOME / part).rglob("*") if p.suffix in (".py", ".toml", ".csv")]
    return sorted(files)


def result_key(name: str, payload: bytes) -> str:
    """The key of a stage's result: of what makes it and of what it is made from, by content."""
    return hashlib.sha256(digest(name).encode() + hashlib.sha256(payload).digest()).hexdigest()
