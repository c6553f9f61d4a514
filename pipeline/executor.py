"""Where the work of a run is done: in this process, in worker processes, or on a cluster."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.language import set_up

_PR_SET_PDEATHSIG = 1  # prctl(2): the signal to get when the parent dies


class InlineExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of a call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  whatever it is, the future carries it
            future.set_exception(error)
        return future


@contextmanager
def open_executor(
    workers: int, scheduler: str | None = None, folder: Path | None = None
) -> Iterator[Executor]:
    """An executor for the work of a run, closed at the end.

    `workers` processes, or this one if 1; with `scheduler`, a running Dask cluster at that
    address. `folder` is where the processes keep jieba's parsed dictionary.
    Raises UsageError if the cluster cannot be reached.
    """
    set_up(folder)
    if scheduler is not None:
        with _cluster(scheduler) as executor:
            yield executor
    elif workers == 1:
        yield InlineExecutor()
    else:
        # spawn: a forked child would inherit the locks and threads of Arrow.
        with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (folder,)) as pool:
            yield pool


def _begin(folder: Path | None) -> None:
    """A worker process: it leaves Ctrl-C to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    set_up(folder)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--scheduler needs Dask, which is not installed",
            "install it with `.venv/bin/pip install distributed`",
        ) from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at `{address}` ({type(error).__name__})",
            "start one with `dask scheduler` and give its address",
        ) from None
    with client, client.get_executor() as executor:
        yield executor
