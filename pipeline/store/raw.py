"""`raw/` → sources: one folder per edition, or bare files that are an edition each."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from pipeline.errors import SourceError, UsageError
from pipeline.model import Correction, Edition, Failure, Finding, Limits, Reader, Source
from pipeline.store.corrections import FILE, is_misnamed, misnamed, read_corrections
from pipeline.textforms import slug

SUFFIXES = (".htm", ".html", ".markdown", ".md", ".pdf", ".txt")
_BESIDE = ("edition.toml", FILE)
_SAFE_ID = re.compile(r"[a-z0-9][a-z0-9._/-]*")


class Input(NamedTuple):
    """One file of `raw/`: where it lies, or why it could not be read."""

    source: Source
    path: Path
    failure: Failure | None = None

    def load(self) -> bytes:
        """The bytes of the file. Raises SourceError if they are no longer those it was known by."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise SourceError(*_closed_file(_reason(error))) from None
        if hashlib.sha256(data).hexdigest() != self.source.sha256:
            raise SourceError("the file was changed while it was read", "run the program again")
        return data


class Asked(NamedTuple):
    """What a run asks of all sources; what is None, `edition.toml` may say, or is the default."""

    reader: Reader | None = None
    page_seconds: int | None = None
    memory_mb: int | None = None
    max_pages: int | None = None
    unpacked_mb: int | None = None

    def limits(self, edition: Edition) -> Limits:
        """The limits for the documents of an edition."""
        usual = Limits()
        return Limits(
            self.page_seconds or edition.page_seconds or usual.page_seconds,
            self.memory_mb or edition.memory_mb or usual.memory_mb,
            self.max_pages or edition.max_pages or usual.pages,
            self.unpacked_mb or edition.unpacked_mb or usual.unpacked_mb,
        )


# What programs for offices write, from which a brochure can be saved as PDF.
_OFFICE = frozenset((".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".pages"))
_ARCHIVES = frozenset((".zip", ".rar", ".7z", ".gz", ".tgz", ".tar"))
_MARKDOWN = (".markdown", ".md")
# What a name begins with of notes on an edition, which are no document of it.
_NOTES = re.compile(
    r"(?:read[-_ ]?me|notes?|changes|changelog|history|todo|sources?|licen[cs]e|contributing)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_PDF, _HEAD = b"%PDF-", 1024  # what a PDF has in its first bytes, and in how many
_NOTHING_ASKED = Asked()


class Raw(NamedTuple):
    """All inputs, ordered by source id, notes on what else lies there, and people's corrections."""

    inputs: tuple[Input, ...]
    notes: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()


def read_raw(folder: Path, asked: Asked = _NOTHING_ASKED) -> Raw:
    """Find every document below a folder, and what it is by content.

    Raises UsageError if the folder does not exist or holds no document. A file that cannot be
    read becomes an Input with a failure.
    """
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder `{folder}`", "name the folder of your editions with --raw"
        )
    inputs: list[Input] = []
    notes: list[Finding] = []
    try:
        documents = list(_documents(folder))
    except OSError as error:
        raise UsageError(
            f"`{error.filename}` cannot be read: {error.strerror}", "check its permissions"
        ) from None
    editions: dict[str, Edition] = {}
    taken: set[str] = set()
    for path, edition_name, relative in documents:
        if is_misnamed(path.name) and not path.is_dir():
            notes.append(misnamed(edition_name, f"raw/{_nfc(str(relative))}"))
            continue
        if path.suffix.lower() not in SUFFIXES and not path.is_dir():
            notes.append(_ignored(path, folder, edition_name, relative))
            continue
        if edition_name not in editions:
            editions[edition_name], doubts = _edition(folder, edition_name)
            notes += doubts
        edition = editions[edition_name]
        why = "it is a link out of the folder of the editions" if _leads_out(path, folder) else ""
        inputs.append(_input(path, edition, relative, taken, asked, why))
        taken.add(inputs[-1].source.source_id)
    if not inputs:
        raise UsageError(
            f"`{folder}` holds no .txt, .pdf, .html or .md file",
            "put each edition into a folder of its own there",
        )
    corrections: list[Correction] = []
    for entry in (e for e in _folders(folder) if not _is_out_of_reach(e / FILE)):
        found = read_corrections(entry, _nfc(entry.name))
        corrections += found.corrections
        notes += found.findings
    ordered = sorted(inputs, key=lambda i: i.source.source_id)
    return Raw(tuple(ordered), tuple(notes), tuple(corrections))


def _folders(folder: Path) -> list[Path]:
    """The folders of the editions, without links back to where they stand."""
    above = (resolved(folder), *resolved(folder).parents)
    found = (p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    return sorted((p for p in found if resolved(p) not in above), key=lambda p: p.name)


def resolved(path: Path) -> Path:
    """A path without links; one that is a link back to itself, as it is."""
    return Path(os.path.realpath(path))  # Path.resolve raises on such a link


def _documents(folder: Path) -> Iterator[tuple[Path, str, PurePosixPath]]:
    """Every file of an edition with the edition's name and its path below the folder."""
    for entry in sorted(folder.iterdir(), key=lambda p: p.name):
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            if not _is_read_me(entry):
                yield entry, _nfc(entry.stem), PurePosixPath(entry.name)
        elif resolved(entry) not in (resolved(folder), *resolved(folder).parents):
            # The others are links back to where they stand.
            found = [entry] if _leads_out(entry, folder) else _in_edition(entry)
            for path in found:
                yield path, _nfc(entry.name), PurePosixPath(*path.relative_to(folder).parts)


def _in_edition(folder: Path) -> Iterator[Path]:
    """The files in the folder of an edition, and folders that are closed, links or no documents."""
    closed = _closed(folder)
    yield from closed
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        if Path(root) in closed:
            continue
        if not folders and not names and Path(root).suffix.lower() in SUFFIXES:
            yield Path(root)  # what should be a document
        yield from (path for f in folders if (path := Path(root, f)).is_symlink())
        for name in sorted(names):
            path = Path(root, name)
            beside = name in _BESIDE and path.parent == folder
            if not (beside or name.startswith(".") or _is_read_me(path)):
                yield path


def _is_read_me(path: Path) -> bool:
    return path.suffix.lower() in _MARKDOWN and _NOTES.match(path.name) is not None


def _closed(folder: Path) -> list[Path]:
    """A folder and those below it that cannot be opened; each counts as a document not read."""
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: found.append(Path(error.filename)))
    # Of a folder that can be listed and no more, the names are known and nothing else.
    found += [
        Path(root) for root, folders, names in walk
        if any(_is_out_of_reach(Path(root, n)) for n in (*folders, *names)[:1])
    ]  # fmt: skip
    return sorted(found)


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to what lies outside a folder."""
    return path.is_symlink() and not resolved(path).is_relative_to(resolved(folder))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()


def _input(
    path: Path,
    edition: Edition,
    relative: PurePosixPath,
    taken: set[str],
    asked: Asked,
    reason: str,
) -> Input:
    size, digest = 0, hashlib.sha256().hexdigest()
    try:
        if path.is_symlink() and not path.exists():
            reason = "it is a link to nothing"
        elif reason:
            pass
        elif path.is_dir():
            empty = next(path.iterdir(), None) is None  # raises what keeps it closed
            reason = "it is an empty folder" if empty else "it is a folder that cannot be read"
            if path.is_symlink():
                reason = "it is a link to a folder, which is not followed"
        elif path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
        else:
            reason = "it is no regular file"
    except OSError as error:
        reason = _reason(error)
    source = Source(
        source_id=_source_id(relative, taken),
        edition=edition,
        path=f"raw/{_nfc(str(relative))}",
        sha256=digest,
        size_bytes=size,
        reader=asked.reader or edition.reader or "auto",
        limits=asked.limits(edition),
    )
    return Input(source, path, Failure(source, "read", *_closed_file(reason)) if reason else None)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def edition_beside(path: Path) -> Edition:
    """What the `edition.toml` beside a document says; of one without it, the name alone."""
    folder = resolved(path).parent
    if (folder / _BESIDE[0]).is_file():
        return _edition(folder.parent, folder.name)[0]
    return Edition(path.stem)


def _is_out_of_reach(path: Path) -> bool:
    """Whether what a path leads to cannot even be looked at, since a folder above it is closed."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except OSError:
        pass
    return False


def _closed_file(reason: str) -> tuple[str, str]:
    hint = "put a copy there" if "link" in reason else "check its permissions, or remove it"
    return f"the file cannot be opened: {reason}", hint


def _source_id(relative: PurePosixPath, taken: set[str]) -> str:
    """Lower-case ASCII path; other characters are folded and told apart by a digest."""
    plain = _nfc(str(relative))
    name = plain.lower()
    if not _SAFE_ID.fullmatch(name) or name in taken:
        digest = hashlib.sha256(plain.encode()).hexdigest()[:8]
        name = "/".join(slug(part) or "x" for part in plain.split("/")) + f"-{digest}"
    return name


def _edition(folder: Path, name: str) -> tuple[Edition, list[Finding]]:
    """What `edition.toml` says of an edition; a damaged file is a finding and counts as none."""
    path = folder / name / "edition.toml"
    if _is_out_of_reach(path):
        return Edition(name), []  # the folder is closed, and has a row that says so
    try:
        if path.exists() and not path.is_file():
            return Edition(name), [_bad_edition(name, "is no regular file")]
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return Edition(name), []
    except OSError as error:
        why = f"cannot be opened: {_reason(error)}; check its permissions"
        return Edition(name), [_edition_finding(name, why)]
    except (UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        return Edition(name), [_bad_edition(name, f"cannot be read: {error}")]
    kept: dict[str, object] = {}
    doubts: list[Finding] = []
    for key, value in data.items():
        try:
            msgspec.convert({"edition": name, key: value}, Edition)
        except msgspec.ValidationError as error:
            what = f"has a wrong `{key}`: {error}; the rest of it applies"
            doubts.append(_bad_edition(name, what))
        else:
            kept[key] = value
    return msgspec.convert({**kept, "edition": name}, Edition), doubts


def _bad_edition(name: str, what: str) -> Finding:
    keys = ", ".join(f for f in Edition.__struct_fields__ if f != "edition")
    return _edition_finding(name, f"{what}; it may hold {keys}")


def _edition_finding(name: str, what: str) -> Finding:
    message = f"raw/{name}/edition.toml {what}"
    return Finding("error", "edition_file", message, name, None, "sources", "edition")


def _ignored(path: Path, folder: Path, edition: str, relative: PurePosixPath) -> Finding:
    """A finding about a file that is not read: a warning if it is likely to be a brochure."""
    suffix = relative.suffix.lower()
    why, warns = "is no .txt, .pdf, .html or .md file and was not read", True
    if suffix in _OFFICE:
        why = "was not read; open it in the program that made it, and save it as PDF"
    elif suffix in _ARCHIVES:
        why = "is an archive and was not read; unpack it"
    elif relative.name in _BESIDE:
        why = "does not lie in the folder of an edition itself and was not read"
        warns = False
    elif _PDF in (head := b"" if _leads_out(path, folder) else _head(path)):
        why = "is a PDF and was not read; give its name the ending .pdf"
    elif head and not suffix:
        why = "has no ending and was not read; if it is a document, add .txt, .html, .md or .pdf"
    else:
        warns = False
    return Finding(
        "warning" if warns else "info",
        "file_ignored",
        f"raw/{_nfc(str(relative))} {why}",
        edition,
        None,
        "sources",
        "path",
    )


def _head(path: Path) -> bytes:
    """How a file begins; nothing of one that is closed or no regular file."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_HEAD)
    except OSError:
        pass
    return b""
