"""Folders at other addresses (`s3://bucket/raw`), through fsspec: fetched before a run, sent after.

A run works on folders of this machine. What lies elsewhere is copied into one that stands for it,
as far as it has changed there; an output is sent file by file once it is complete here, and
`datapackage.json`, which has the hash of each, is the last. No object store replaces many files in
one step: whoever reads in that moment can tell by the hashes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import PipelineError, UsageError
from pipeline.store.publish import PACKAGE, listed, made_files

_SEEN = "seen.json"  # beside a copy: the state in which each file was fetched


def is_remote(address: str) -> bool:
    """Whether an address is none of a folder of this machine."""
    return "://" in address


@contextlib.contextmanager
def folders(raw: str, output: str, cache: Path) -> Iterator[tuple[Path, Path]]:
    """Folders of this machine that stand for those of a run, which may lie elsewhere.

    What is in the one for the output at the end is sent to its address, unless an error ended the
    run. Raises UsageError if an address cannot be used, PipelineError if sending fails.
    """
    here = _fetched(raw, _copy_of(raw, cache)) if is_remote(raw) else Path(raw)
    if not is_remote(output):
        yield here, Path(output)
        return
    copy = _copy_of(output, cache) / "output"
    there = _Address(output)
    known = _listed(there.read(PACKAGE))
    foreign = sorted(there.files().keys() - made_files(known))
    if foreign:
        raise UsageError(
            f"`{output}` holds `{foreign[0]}`, which this program did not make",
            "a run replaces the whole folder: move your files out or name another --output",
        )
    yield here, copy
    _send(copy, there, known)


def _copy_of(address: str, cache: Path) -> Path:
    # Beside the cache, for an output lies in no folder that a run writes to.
    copies = cache.with_name(f"{cache.name}-elsewhere")
    return copies / hashlib.sha256(address.encode()).hexdigest()[:16]


class _Address:
    """A folder elsewhere, its files by their paths below it."""

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(
                f"`{address}` needs fsspec, which is not installed",
                "install it with "
                "`.venv/bin/pip install --require-hashes -r requirements-cluster.txt`",
            ) from None
        try:
            self._fs, root = url_to_fs(address)
        except ImportError as error:
            raise UsageError(
                f"`{address}` needs a library that is not installed: {error}", "install it with pip"
            ) from None
        except ValueError as error:
            raise UsageError(f"`{address}` cannot be used: {error}", "check the address") from None
        self._root = root.rstrip("/")

    def files(self) -> dict[str, str]:
        """The files and the state of each: one that is unchanged has the state it had."""
        found: Mapping[str, Any] = self._try("read", self._find)
        out = {}
        for path, told in found.items():
            name = path.removeprefix(self._root).lstrip("/")
            known = {k: str(v) for k, v in told.items() if k in _STATE}
            out[name] = json.dumps(known, sort_keys=True)
        return out

    def _find(self) -> Any:
        try:
            return self._fs.find(self._root, detail=True)
        except FileNotFoundError:
            return {}

    def read(self, name: str) -> bytes:
        """The bytes of a file, none where it is not there."""

        def bytes_of() -> bytes:
            try:
                return bytes(self._fs.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return b""

        return bytes(self._try("read", bytes_of))

    def get(self, name: str, path: Path) -> None:
        """Copy a file to this machine, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        self._try("read", lambda: self._fs.get_file(f"{self._root}/{name}", str(part)))
        os.replace(part, path)

    def put(self, path: Path, name: str) -> None:
        """Copy a file from this machine."""

        def copied() -> None:
            target = f"{self._root}/{name}"
            self._fs.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(path), target)

        self._try("written", copied)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._try("written", lambda: self._fs.rm_file(f"{self._root}/{name}"))

    def _try(self, what: str, call: Any) -> Any:
        try:
            return call()
        except Exception as error:
            # Each library of a store has errors of its own.
            raise PipelineError(
                f"`{self._address}` cannot be {what}: {str(error) or type(error).__name__}",
                "check the address, your access to it and the connection",
            ) from error


# What tells whether a file elsewhere is still the same: whatever its store says of these.
_STATES = """
    size ETag etag mtime LastModified last_modified updated md5Hash content_md5 created generation
"""
_STATE = frozenset(_STATES.split())


def _fetched(address: str, folder: Path) -> Path:
    """A copy of a folder that lies elsewhere, made anew as far as that has changed."""
    there = _Address(address)
    files = {name: state for name, state in there.files().items() if _is_safe(name)}
    if not files:
        raise UsageError(f"there is no file below `{address}`", "name your editions with --raw")
    copy, note = folder / "raw", folder / _SEEN
    try:
        seen: dict[str, str] = json.loads(note.read_bytes())
    except (OSError, ValueError):
        seen = {}
    for name, state in files.items():
        if seen.get(name) != state or not (copy / name).is_file():
            there.get(name, copy / name)
    for path in sorted(copy.rglob("*"), reverse=True):
        name = path.relative_to(copy).as_posix()
        if path.is_dir():
            with contextlib.suppress(OSError):
                path.rmdir()  # goes if it is empty
        elif name not in files:
            path.unlink()
    note.write_text(json.dumps(files, sort_keys=True), "utf-8")
    return copy


def _is_safe(name: str) -> bool:
    """Whether a name stays below its folder."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and not {"..", "."} & set(path.parts)


def _listed(package: bytes) -> dict[str, str]:
    """The files that a `datapackage.json` names, and the hash of each."""
    try:
        return {r["path"]: r["hash"] for r in listed(json.loads(package))}
    except (ValueError, KeyError, TypeError):
        return {}


def _send(copy: Path, there: _Address, before: Mapping[str, str]) -> None:
    """Send what has changed, `datapackage.json` last, and remove what is no longer made."""
    package = (copy / PACKAGE).read_bytes()
    made = _listed(package)
    present = there.files()
    changed = [n for n in sorted(made) if made[n] != before.get(n) or n not in present]
    if not changed and made.keys() == before.keys() and there.read(PACKAGE) == package:
        return
    for name in changed:
        there.put(copy / name, name)
    there.put(copy / PACKAGE, PACKAGE)
    for name in sorted(before.keys() - made.keys()):
        there.remove(name)
