"""Results of stages under keys made of their content. A damaged entry counts as missing."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

_DIGEST = 32


class Cache:
    """A folder of results. Entries are written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The entry under a key, or None where there is no sound one."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
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

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
