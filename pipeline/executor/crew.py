"""Watched processes: `do` hands one a task, and ends it where it hangs or asks for too much.

The processes live on between tasks, since their libraries take long to load. They belong to the
process that calls `do`, whether that is the program itself or a worker of a cluster.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec

from pipeline.executor.child import DONE, FAULT, FRAME, NO_MEMORY, PIECE, REFUSED
from pipeline.model import Frozen

_HOME = Path(__file__).parent.parent.parent
_READ = 1 << 20
_GRACE = 5.0  # seconds for a process to start
# Times the seconds for one piece that all pieces may take together, and more for each of them.
_PATIENCE, _PATIENCE_PER_PIECE = 5, 0.2


class Outcome(Frozen, frozen=True):
    """What came of a task: its pieces, and why there are no more.

    `ended` is done; refused (the document is none that can be read: `message`, `hint`); fault (of
    the program); or stopped: killed by a document, or by the watch over it.
    """

    pieces: tuple[bytes, ...]
    ended: Literal["done", "refused", "fault", "stopped"] = "done"
    message: str = ""
    hint: str = ""


class _StoppedError(Exception):
    """Why a process was ended, or ended itself."""


class _Child:
    """One process, and what it has done: a task of the same kind finds its libraries loaded."""

    def __init__(self, folder: Path | None) -> None:
        command = [sys.executable, "-P", "-m", "pipeline.executor.child"]
        self._process = subprocess.Popen(
            [*command, *([str(folder)] if folder else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_HOME)},
        )
        self.has_done: set[str] = set()

    def pieces(self, task: bytes, seconds: float) -> Iterator[tuple[bytes, bytes]]:
        """Send a task and give the frames of the answer, each due within some seconds.

        All of them together may take a few times as long, and a fraction of it more for each:
        many slow pieces are no progress either. Raises _StoppedError.
        """
        self._send(task)
        started = time.monotonic()
        allowed = seconds * _PATIENCE
        wait = seconds + (0 if self.has_done else _GRACE)
        while True:
            kind, body = self._frame(min(wait, started + allowed - time.monotonic()), seconds)
            yield kind, body
            if kind != PIECE:
                return
            wait, allowed = seconds, allowed + seconds * _PATIENCE_PER_PIECE

    def _send(self, task: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(FRAME.pack(len(task), b"T") + task)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise _StoppedError(self._epitaph()) from None

    def _frame(self, wait: float, told: float) -> tuple[bytes, bytes]:
        due = time.monotonic() + wait
        size, kind = FRAME.unpack(self._bytes(FRAME.size, due, told))
        return kind, self._bytes(size, due, told)

    def _bytes(self, size: int, due: float, told: float) -> bytes:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        parts: list[bytes] = []
        while size:
            left = due - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                self.end()
                raise _StoppedError(f"it made too little progress in {told:g} seconds")
            data = os.read(handle, min(size, _READ))
            if not data:
                raise _StoppedError(self._epitaph())
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def _epitaph(self) -> str:
        """How the process ended by itself."""
        status = self._process.wait()
        if status >= 0:
            return f"the process that read it ended with status {status}"
        with contextlib.suppress(ValueError):
            return f"the process that read it was ended by {signal.Signals(-status).name}"
        return f"the process that read it was ended by signal {-status}"

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


class _Idle:
    """The processes that wait for a task; there are as many as threads that ask for one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._children: list[_Child] = []
        self._busy: set[_Child] = set()
        self.folder: Path | None = None
        self.dismissed = False

    def take(self, kind: str) -> _Child:
        """A process, best one that has done such a task before, or a new one."""
        with self._lock:
            known = [c for c in self._children if kind in c.has_done]
            child = (known or self._children or [_Child(self.folder)])[-1]
            if child in self._children:
                self._children.remove(child)
            self._busy.add(child)
        return child

    def give_back(self, child: _Child, *, alive: bool) -> None:
        """Let a process wait for another task, if it can still do one."""
        with self._lock:
            self._busy.discard(child)
            if alive:
                self._children.append(child)

    def clear(self) -> None:
        """End all processes."""
        with self._lock:
            for child in (*self._children, *self._busy):
                child.end()
            self._children.clear()
            self._busy.clear()
            self.dismissed = True


_idle = _Idle()


def set_dictionary(folder: Path | None) -> None:
    """Name the folder where processes to come keep jieba's parsed dictionary."""
    _idle.folder, _idle.dismissed = folder, False


def dismiss() -> None:
    """End all processes."""
    _idle.clear()


def do(kind: str, task: bytes, seconds: float) -> bytes:
    """Have a task done, and give its outcome as bytes.

    `kind` names what the task needs, `seconds` may pass between two pieces of its answer.
    """
    return msgspec.msgpack.encode(_done(kind, task, seconds))


def outcome(data: bytes) -> Outcome:
    """The outcome that `do` gave."""
    return msgspec.msgpack.decode(data, type=Outcome)


def _done(kind: str, task: bytes, seconds: float) -> Outcome:
    child = _idle.take(kind)
    pieces: list[bytes] = []
    alive = False
    try:
        for answer, body in child.pieces(task, seconds):
            if answer == PIECE:
                pieces.append(body)
            else:
                end = answer, body
        child.has_done.add(kind)
        alive = end[0] != NO_MEMORY
    except _StoppedError as error:
        if _idle.dismissed:
            raise CancelledError from None
        return Outcome(tuple(pieces), "stopped", str(error))
    finally:
        if not alive:
            child.end()
        _idle.give_back(child, alive=alive)
    return _ended(tuple(pieces), *end)


def _ended(pieces: tuple[bytes, ...], answer: bytes, body: bytes) -> Outcome:
    if answer == DONE:
        return Outcome(pieces)
    if answer == NO_MEMORY:
        return Outcome(pieces, "stopped", "it needs more memory than it may have")
    if answer == FAULT:
        return Outcome(pieces, "fault", body.decode())
    assert answer == REFUSED
    message, hint = msgspec.json.decode(body)
    return Outcome(pieces, "refused", message, hint)
