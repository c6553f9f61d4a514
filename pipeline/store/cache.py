"""Results of stages under keys made of their content. A damaged entry counts as missing.

What no run uses any more is removed once there is more of it than a bound, the longest unused
first. Two runs may share a folder: an entry that one of them removes or replaces is for the other
a missing one at worst.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Set as AbstractSet
from pathlib import Path

SPARE = 1_000_000_000  # bytes of results that are kept although the last run did not use them
_DIGEST = 32


class Cache:
    """A folder of results. Entries are written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The entry under a key, or None where there is no sound one."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # the time of its last use
        body = data[_DIGEST:]
        return body if hashlib.sha256(body).digest() == data[:_DIGEST] else None

    def put(self, key: str, body: bytes) -> None:
        """Keep an entry; a folder that cannot be written costs time later, nothing else."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}")
            part.write_bytes(hashlib.sha256(body).digest() + body)
            os.replace(part, path)

    def prune(self, used: AbstractSet[str], spare: int = SPARE) -> None:
        """Keep the entries under the `used` keys, and of the others `spare` bytes at most."""
        kept = {self._path(key) for key in used}
        others: list[tuple[int, str, int]] = []
        for path in self.folder.rglob("*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                if path not in kept and path.is_file():
                    others.append((-status.st_mtime_ns, str(path), status.st_size))
        total = 0
        for _, name, size in sorted(others):
            total += size
            if total > spare:
                with contextlib.suppress(OSError):
                    Path(name).unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
