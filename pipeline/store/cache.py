"""Results of stages under keys made of their content. A damaged entry counts as missing.

What no run uses any more is removed once there is more of it than a bound, the longest unused
first. Two runs may share a folder: an entry that one of them removes or replaces is for the other
a missing one at worst.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Set as AbstractSet
from pathlib import Path

SPARE = 1_000_000_000  # bytes of results that are kept although the last run did not use them
_DIGEST = 32


class DamagedError(Exception):
    """A kept result is not what it was; `key` is where it lay."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Cache:
    """A folder of results. Entries are written whole or not at all.

    What cannot be written, as into a folder that is closed or full, is held in memory.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unkept = ""  # why an entry could not be written
        self._held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The entry under a key, or None where there is no sound one."""
        data = self._read(key)
        if data is None:
            return None
        body = data[_DIGEST:]
        return body if hashlib.sha256(body).digest() == data[:_DIGEST] else None

    def digest(self, key: str) -> str | None:
        """The SHA-256 of an entry by its own account, without reading it; None without one."""
        data = self._read(key, 0, _DIGEST)
        return data.hex() if data and len(data) == _DIGEST else None

    def slice(self, key: str, start: int, end: int) -> bytes:
        """Bytes `start` to `end` of an entry, fewer where it has no more; unchecked."""
        return self._read(key, _DIGEST + start, _DIGEST + end) or b""

    def put(self, key: str, body: bytes) -> None:
        """Keep an entry; a folder that cannot be written costs memory now and time later."""
        path = self._path(key)
        data = hashlib.sha256(body).digest() + body
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
            part.write_bytes(data)
            os.replace(part, path)
        except OSError as error:
            self.unkept = error.strerror or str(error)
            self._held[key] = data

    def forget(self, key: str) -> None:
        """Remove an entry that turned out to be damaged."""
        self._held.pop(key, None)
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def prune(self, used: AbstractSet[str], spare: int = SPARE) -> None:
        """Keep the entries under the `used` keys, and of the others `spare` bytes at most."""
        kept = {str(self._path(key)) for key in used}
        others: list[tuple[int, str, int]] = []
        for root, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(root, name)  # noqa: PTH118  thousands of them
                if path not in kept:
                    with contextlib.suppress(OSError):
                        status = os.stat(path)  # noqa: PTH116
                        others.append((-status.st_mtime_ns, path, status.st_size))
        total = 0
        for _, name, size in sorted(others):
            total += size
            if total > spare:
                with contextlib.suppress(OSError):
                    Path(name).unlink()

    def touch(self, used: AbstractSet[str]) -> None:
        """Note the time of the last use of some entries."""
        for key in used:
            with contextlib.suppress(OSError):
                os.utime(self._path(key))

    def _read(self, key: str, start: int = 0, end: int | None = None) -> bytes | None:
        held = self._held.get(key)
        if held is not None:
            return held[start:end]
        try:
            with self._path(key).open("rb") as file:
                if start:
                    file.seek(start)
                return file.read(-1 if end is None else end - start)
        except OSError:
            return None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
