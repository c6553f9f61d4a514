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
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Condition
from typing import Literal

import msgspec

from pipeline.executor.child import DONE, FAULT, FRAME, KNOWLEDGE, NO_MEMORY, PIECE, Kind
from pipeline.model import Frozen

_HOME = Path(__file__).parent.parent.parent
_PROGRAM = "from pipeline.executor.child import main; main()"
_READ = 1 << 20
_GRACE = 5.0  # seconds for a process to start
# Times the seconds for one piece that all pieces may take together, and more for each of them.
_PATIENCE, _PATIENCE_PER_PIECE = 5, 0.2


class TaskOutcome(Frozen, frozen=True):
    """What came of a task: its pieces, and why there are no more.

    `ended` is done; refused (the document is none that can be read: `message`, `hint`); fault (of
    the program); knowledge (a file of it is wrong, which no document can help); or stopped: killed
    by a document, or by the watch over it (`hung`).
    """

    pieces: tuple[bytes, ...]
    ended: Literal["done", "refused", "fault", "stopped", "knowledge"] = "done"
    message: str = ""
    hint: str = ""
    hung: bool = False


class _StoppedError(Exception):
    """Why a process was ended, or ended itself."""


class _HungError(_StoppedError):
    """A process made too little progress."""


class _Child:
    """One process for tasks of a kind, whose libraries it loads before the first one comes."""

    def __init__(self, kind: Kind, folder: Path | None) -> None:
        command = [sys.executable, "-P", "-c", _PROGRAM, kind]
        self.kind: Kind = kind
        self.new = True
        self._process = subprocess.Popen(
            [*command, *([str(folder)] if folder else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_HOME)},
        )

    def pieces(self, task: bytes, seconds: float) -> Iterator[tuple[bytes, bytes]]:
        """Send a task and give the frames of the answer, each due within some seconds.

        All of them together may take a few times as long, and a fraction of it more for each:
        many slow pieces are no progress either. Raises _StoppedError.
        """
        self._send(task)
        started = time.monotonic()
        allowed = seconds * _PATIENCE
        wait = seconds + _GRACE if self.new else seconds
        while True:
            kind, body = self._frame(min(wait, started + allowed - time.monotonic()), seconds)
            yield kind, body
            self.new = False
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
                raise _HungError(f"it made too little progress in {told:g} seconds")
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


class _Crew:
    """The processes of this program: those that wait for a task, and those at work."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[_Child] = []
        self._busy: list[_Child] = []
        self.folder: Path | None = None
        self.most = sys.maxsize  # of each kind
        self.dismissed = False

    def take(self, kind: Kind, *, new: bool = False) -> _Child:
        """A process for a kind of task, once there is one that waits or may be started.

        With `new`, one that has not yet done a task.
        """
        with self._changed:
            while True:
                waiting = [c for c in self._waiting if c.kind == kind and (c.new or not new)]
                if waiting:
                    child = waiting[-1]
                    self._waiting.remove(child)
                    break
                if sum(c.kind == kind for c in self._busy) < self.most:
                    child = _Child(kind, self.folder)
                    break
                self._changed.wait()
            self._busy.append(child)
        return child

    def give_back(self, child: _Child, *, alive: bool) -> None:
        """Let a process wait for another task, if it can still do one."""
        with self._changed:
            if child in self._busy:
                self._busy.remove(child)
            if alive:
                self._waiting.append(child)
            self._changed.notify_all()

    def clear(self) -> None:
        """End all processes."""
        with self._changed:
            self.dismissed = True
            for child in (*self._waiting, *self._busy):
                child.end()
            self._waiting.clear()
            self._busy.clear()


_crew = _Crew()


def call_in(folder: Path | None, kinds: Iterable[Kind], most: int) -> None:
    """Start a process of each kind, which loads its libraries while other things are done.

    `folder` is where these and later ones keep jieba's parsed dictionary; there will be `most`
    of each kind.
    """
    _crew.folder, _crew.most, _crew.dismissed = folder, most, False
    for kind in kinds:
        _crew.give_back(_Child(kind, folder), alive=True)


def keep_dictionary_in(folder: Path) -> None:
    """Where processes that are started from now on keep jieba's parsed dictionary."""
    _crew.folder = folder


def dismiss() -> None:
    """End all processes."""
    _crew.clear()


def do(kind: Kind, task: bytes, seconds: float) -> bytes:
    """Have a task done, and give its outcome as bytes.

    `kind` says what the task needs, `seconds` may pass between two pieces of its answer.
    """
    return msgspec.msgpack.encode(_done(kind, task, seconds))


_outcomes = msgspec.msgpack.Decoder(TaskOutcome)  # made once: threads share it


def outcome(data: bytes) -> TaskOutcome:
    """The outcome that `do` gave."""
    return _outcomes.decode(data)


def _done(kind: Kind, task: bytes, seconds: float) -> TaskOutcome:
    """Have a task done, and again in a new process if a used one was stopped by it.

    What earlier tasks left in the memory of a process must not be laid to a later one.
    """
    child = _crew.take(kind)
    used = not child.new
    done = _by(child, task, seconds)
    if done.ended == "stopped" and used and not done.hung:
        return _by(_crew.take(kind, new=True), task, seconds)
    return done


def _by(child: _Child, task: bytes, seconds: float) -> TaskOutcome:
    pieces: list[bytes] = []
    alive = False
    try:
        for answer, body in child.pieces(task, seconds):
            if answer == PIECE:
                pieces.append(body)
            else:
                end = answer, body
        alive = end[0] != NO_MEMORY
    except _StoppedError as error:
        if _crew.dismissed:
            raise CancelledError from None
        return TaskOutcome(tuple(pieces), "stopped", str(error), hung=isinstance(error, _HungError))
    finally:
        if not alive:
            child.end()
        _crew.give_back(child, alive=alive)
    return _ended(tuple(pieces), *end)


def _ended(pieces: tuple[bytes, ...], answer: bytes, body: bytes) -> TaskOutcome:
    if answer == DONE:
        return TaskOutcome(pieces)
    if answer == NO_MEMORY:
        return TaskOutcome(pieces, "stopped", "it needs more memory than it may have")
    if answer == FAULT:
        return TaskOutcome(pieces, "fault", body.decode())
    message, hint = msgspec.json.decode(body)
    return TaskOutcome(pieces, "knowledge" if answer == KNOWLEDGE else "refused", message, hint)
