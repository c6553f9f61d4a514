"""The only writer of `output/`: it is replaced as a whole or not at all.

The new folder is built beside the old one, synced, and exchanged with it in one step
(renameat2 with RENAME_EXCHANGE on Linux, renamex_np with RENAME_SWAP on macOS). Where the
system has no such step, the old folder is moved aside first.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError, UsageError

_OWN = re.compile(
    r"tables/[a-z_]+\.(?:parquet|csv)|datapackage\.json|events\.ics|brochures\.xlsx|"
    r"cities\.geojson|report/.+"
)
PACKAGE = "datapackage.json"  # written after all others, whose hashes it has
WORKBOOK = "brochures.xlsx"
_ZIP = b"PK"
# What spreadsheet programs lay beside a workbook that is open.
_LOCK = re.compile(r"(?:.*/)?(?:~\$.*|\.~lock\..*#)")
_KEPT = (".gitignore", ".gitkeep", "README.md")
_EXCHANGE = 2  # RENAME_EXCHANGE and RENAME_SWAP have the same value
_AT_FDCWD = -100
_SYNCED_AT_ONCE = 16


def check_output(output: Path, *apart: Path) -> None:
    """Raise UsageError if a folder may not be replaced.

    It may not hold anything that a run did not make, and must lie apart from the other folders
    of a run: neither inside one another.
    """
    target = _resolved(output)
    for folder in apart:
        other = _resolved(folder)
        if target == other or target in other.parents or other in target.parents:
            raise UsageError(
                f"`{output}` and `{folder}` lie inside one another",
                "a run replaces the whole output: name folders that lie apart",
            )
    if target.exists() and not target.is_dir():
        raise UsageError(f"`{output}` is a file", "name a folder with --output")
    foreign = sorted(_files(target) - _made(target))
    if any(map(_LOCK.fullmatch, foreign)):
        raise UsageError(
            f"`{output}/{WORKBOOK}` is open in a spreadsheet program",
            "close it there, and run again",
        )
    if foreign:
        raise UsageError(
            f"`{output}` holds `{foreign[0]}`, which this program did not make",
            "a run replaces the whole folder: move your files out or name another --output",
        )


def check_workbook(output: Path) -> None:
    """Raise UsageError if the workbook was saved anew since it was made: somebody worked in it."""
    workbook = output / WORKBOOK
    try:
        package = json.loads((workbook.parent / PACKAGE).read_bytes())
        hashes = {r["path"]: r["hash"] for r in listed(package)}
        known = hashes[workbook.name].removeprefix("sha256:")
        data = workbook.read_bytes()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    if data.startswith(_ZIP) and hashlib.sha256(data).hexdigest() != known:
        raise UsageError(
            f"`{workbook}` was changed since it was made, and a run would replace it",
            "move it elsewhere if your changes matter, else delete it, and run again",
        )


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it links to itself"
        raise UsageError(f"`{path}` cannot be used: {reason}", "name another folder") from None


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}


def _made(folder: Path) -> set[str]:
    """The files that the run before made, by its own list, and those that are carried over."""
    try:
        package = json.loads((folder / PACKAGE).read_bytes())
        return made_files(r["path"] for r in listed(package))
    except (OSError, ValueError, KeyError, TypeError):
        return made_files(())


def made_files(paths: Iterable[str]) -> set[str]:
    """The files of an output that a run may replace, from those that its package lists."""
    own = {name for name in paths if _OWN.fullmatch(name)}
    return {*_KEPT, *own, *([PACKAGE] if own else [])}


def listed(package: Any) -> list[Any]:
    """The entries of all files that a package lists, those of its report last."""
    return [*package["resources"], *package.get("report", {}).get("files", ())]


def is_current(output: Path, fingerprint: str, report: str | None) -> bool:
    """Whether a folder holds, undamaged, what a run with this fingerprint would make.

    `report` stands for what makes the pages of its report; None if it should have none.
    """
    try:
        package = json.loads((output / PACKAGE).read_bytes())
        if package.get("fingerprint") != fingerprint:
            return False
        if package.get("report", {}).get("program") != report:
            return False
        return all(
            f"sha256:{hashlib.sha256((output / r['path']).read_bytes()).hexdigest()}" == r["hash"]
            for r in listed(package)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


@contextlib.contextmanager
def locked(output: Path) -> Iterator[None]:
    """Keep other runs from an output while this one is at work on it.

    The lock is the system's own (flock) on a file beside the folder: it ends with the process
    that holds it, however that ends. Raises UsageError if another run holds it.
    """
    target = _resolved(output)
    path = target.with_name(f".{target.name}.lock")
    try:
        import fcntl

        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except ImportError:  # a system without such locks
        yield
        return
    except OSError as error:
        raise PipelineError(
            f"`{output}` cannot be written: {error.strerror or error}", "check its permissions"
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(
                f"another run is at work on `{output}`",
                "wait until it has ended, or name another folder with --output",
            ) from None
        yield
        path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def publish(
    files: Iterable[tuple[str, Iterable[bytes]]],
    last: Callable[[Mapping[str, tuple[str, int]]], tuple[str, bytes]],
    output: Path,
) -> None:
    """Replace a folder by one with the given files: paths relative to it, contents in pieces.

    `last` makes one more file from the SHA-256 (hexadecimal) and the size of each.
    Raises PipelineError if the folder cannot be written; the old one is then still there.
    """
    check_output(output)
    target = _resolved(output)
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    _clear_remains(target)
    try:
        _build(files, last, target, fresh)
        _exchange(fresh, target)
    except OSError as error:
        raise PipelineError(
            f"`{output}` cannot be replaced: {error.strerror or error}",
            "check its permissions and the free space",
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _clear_remains(target: Path) -> None:
    """Remove what killed runs have left beside a folder; runs still alive keep theirs."""
    for remains in target.parent.glob(f".{target.name}.new-*"):
        number = remains.name.rpartition("-")[2]
        if os.name != "posix" or not number.isdecimal() or remains.is_symlink():
            continue  # elsewhere signal 0 is no mere question
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            shutil.rmtree(remains, ignore_errors=True)
        except (OSError, OverflowError):
            pass  # the process is another user's, or the name is no run's


def _build(
    files: Iterable[tuple[str, Iterable[bytes]]],
    last: Callable[[Mapping[str, tuple[str, int]]], tuple[str, bytes]],
    old: Path,
    fresh: Path,
) -> None:
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    before = _pages(old)
    written: dict[str, tuple[str, int]] = {}
    linked: set[str] = set()
    for name, pieces in files:
        page = b"".join(pieces) if name in before else None
        if page is not None and _linked(old / name, page, fresh / name):
            written[name] = hashlib.sha256(page).hexdigest(), len(page)
            linked.add(name)
        else:
            written[name] = _write(fresh / name, pieces if page is None else [page])
    name, data = last(written)
    written[name] = _write(fresh / name, [data])
    for kept in _KEPT:
        if (old / kept).is_file() and kept not in written:
            shutil.copy2(old / kept, fresh / kept)
    folders = [fresh, *(p for p in fresh.rglob("*") if p.is_dir())]
    # All at once: the file system then writes its journal once and not for each file.
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
        list(pool.map(_sync_file, (fresh / name for name in written if name not in linked)))
        list(pool.map(_sync_folder, folders))


def _pages(old: Path) -> set[str]:
    """The pages of the report of an output: small files in great number."""
    try:
        package = json.loads((old / PACKAGE).read_bytes())
        return {r["path"] for r in package.get("report", {}).get("files", ())}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def _linked(old: Path, page: bytes, new: Path) -> bool:
    """Whether a page that has not changed now stands in both folders, as one file.

    It is on the disk already: there is nothing to write, to wait for or to free.
    """
    try:
        if old.is_symlink() or old.read_bytes() != page:
            return False
        new.parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)
    except OSError:
        return False  # it is not there, or this file system has no links
    return True


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write a file; its SHA-256 and its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    total, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            total.update(piece)
            size += len(piece)
    return total.hexdigest(), size


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every system syncs folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(fresh: Path, target: Path) -> None:
    if not target.exists():
        os.rename(fresh, target)
    elif not _swap(fresh, target):
        aside = target.with_name(f".{target.name}.old-{os.getpid()}")
        os.rename(target, aside)
        try:
            os.rename(fresh, target)
        except OSError:
            os.rename(aside, target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    _sync_folder(target.parent)


def _swap(a: Path, b: Path) -> bool:
    """Exchange two paths in one step; False where the system cannot."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(a), os.fsencode(b)
        if sys.platform == "darwin":
            done = libc.renamex_np(first, second, _EXCHANGE)
        else:
            done = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    return done == 0
