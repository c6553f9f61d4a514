"""The process that does the work, started with the arguments `KIND [FOLDER]`.

`KIND` says for which tasks it loads libraries before the first one comes: `stages` or `tables`.
It takes tasks from its standard input and answers on its standard output, in frames of a
length (4 bytes), a kind (1 byte) and a body. It does not outlive the program that began it.
`FOLDER` is where jieba's parsed dictionary is kept.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import struct
import sys
import traceback
from pathlib import Path
from typing import BinaryIO, Literal, NoReturn

import msgspec

from pipeline.errors import KnowledgeError, SourceError, lacks_memory
from pipeline.model import Limits
from pipeline.work import Read, Stages, Survey, decoded, get_ready, perform

Kind = Literal["stages", "tables"]

FRAME = struct.Struct("<Ic")
PIECE, DONE, REFUSED, FAULT, NO_MEMORY, KNOWLEDGE = b"P", b"D", b"R", b"F", b"M", b"K"
_PR_SET_PDEATHSIG = 1  # prctl(2): the signal to get when the parent dies
_MB = 1 << 20
_FIRST_TASKS = 8  # by then all libraries and knowledge files are loaded
_LEFT_BEHIND = 50_000  # new objects after which garbage is looked for


def main() -> NoReturn:
    """Do tasks until the input ends."""
    with contextlib.suppress(BrokenPipeError):
        _work()
    os._exit(0)  # nothing is left to tidy up, and a library's own end may hang


def _work() -> None:
    _settle()
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    kind, *folder = sys.argv[1:]
    if folder:
        from pipeline.language import set_up

        set_up(Path(folder[0]))
    with contextlib.suppress(KnowledgeError):  # the first task that needs it says so
        get_ready(kind)
    done = 0
    while header := tasks.read(FRAME.size):
        size, _ = FRAME.unpack(header)
        _answer(tasks.read(size), answers)
        done += 1
        _tidy(done)


def _settle() -> None:
    """Leave Ctrl-C to the parent, end with it, and spare the collector lasting objects."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    gc.set_threshold(1_000_000, 50, 50)


def _tidy(done: int) -> None:
    """Collect what tasks have left behind; what lasts is looked at once, and then spared.

    A process of few tasks does not live long enough for it to be worth its time.
    """
    if done == _FIRST_TASKS or (done > _FIRST_TASKS and gc.get_count()[0] > _LEFT_BEHIND):
        gc.collect()
        gc.freeze()


def _answer(data: bytes, answers: BinaryIO) -> None:
    task = decoded(data)
    try:
        if isinstance(task, Read | Survey | Stages):
            _bound(task.source.limits)
        for piece in perform(task):
            _send(answers, PIECE, piece)
    except SourceError as error:
        _send(answers, REFUSED, msgspec.json.encode([error.message, error.hint]))
    except KnowledgeError as error:
        _send(answers, KNOWLEDGE, msgspec.json.encode([error.message, error.hint]))
    except Exception as error:  # noqa: BLE001  a fault must not cost the other sources
        if lacks_memory(error):
            _send(answers, NO_MEMORY, b"")
        else:
            text = f"{type(error).__name__}: {error}, {_place(error)}"
            _send(answers, FAULT, text.encode("utf-8", "replace"))
    else:
        _send(answers, DONE, b"")


def _place(error: Exception) -> str:
    """Where in the program an error was raised: what a report of it needs."""
    home = Path(__file__).parent.parent
    own = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if Path(f.filename).is_relative_to(home)
    ]
    return f"{Path(own[-1].filename).relative_to(home)}:{own[-1].lineno}" if own else "outside it"


def _bound(limits: Limits) -> None:
    """Bound the memory of this process: what it asks for beyond raises MemoryError or ends it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        # RLIMIT_DATA counts what is private and can be written, not mapped libraries (Linux 4.7).
        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limits.memory_mb * _MB, hard))


def _send(answers: BinaryIO, kind: bytes, body: bytes) -> None:
    answers.write(FRAME.pack(len(body), kind) + body)
    answers.flush()
