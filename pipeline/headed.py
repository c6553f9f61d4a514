"""What is kept with a head before its body, so that the head is read, and checked, alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_PREFIX = struct.Struct("<II")  # length and checksum of the head
PREFIX = _PREFIX.size


# Threads share a decoder: two that make one for a type at the same time crash the process.
_decoders: dict[type, Any] = {}
_making = Lock()


def headed(head: object, body: Iterable[bytes]) -> bytes:
    """Length and checksum of the head, the head, the body."""
    encoded = msgspec.msgpack.encode(head)
    return b"".join([_PREFIX.pack(len(encoded), zlib.crc32(encoded)), encoded, *body])


def head_end(prefix: bytes) -> int:
    """Where the head ends, and the body begins, told by the first bytes of it all.

    Raises ValueError if they are too few.
    """
    if len(prefix) < PREFIX:
        raise ValueError("the head is cut off")
    return PREFIX + int(_PREFIX.unpack_from(prefix)[0])


def head_of(data: bytes, kind: type[T]) -> T:
    """The head; what follows it may be missing. Raises ValueError if it is damaged."""
    head = data[PREFIX : head_end(data)]
    if zlib.crc32(head) != _PREFIX.unpack_from(data)[1]:
        raise ValueError("the head is damaged")
    with _making:
        if kind not in _decoders:
            _decoders[kind] = msgspec.msgpack.Decoder(kind)
    found: T = _decoders[kind].decode(head)
    return found
