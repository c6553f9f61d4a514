"""A running Dask cluster: its workers do the tasks, each in watched processes of its own.

A worker that is lost costs time, not results: Dask hands its tasks to another one. Nothing is
kept on a worker but jieba's parsed dictionary, so workers may come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import PipelineError, UsageError
from pipeline.executor.crew import TaskOutcome, keep_dictionary_in
from pipeline.stages import program

_TRIES = 3  # of a task that fails for reasons of its worker
_WAIT = "5s"  # for the scheduler to answer
_LARGE_GRAPH = "Sending large graph"  # Dask warns of documents of many megabytes
_ENDED = "the workers of the cluster that read it ended, one after the other"


@contextmanager
def open_cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The cluster whose scheduler is at an address, and how many tasks it does at once.

    Raises UsageError if Dask is not installed, nobody answers, there is no worker, or a worker
    has another version of this program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--scheduler needs Dask, which is not installed",
            "install it with `.venv/bin/pip install --require-hashes -r requirements-cluster.txt`",
        ) from None
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at `{address}` ({type(error).__name__})",
            "start one with `dask scheduler` and give its address",
        ) from None
    with client:
        _check_workers(client, address)
        with client.get_executor(pure=False, retries=_TRIES) as executor:
            yield _Cluster(executor), sum(client.nthreads().values())


def _check_workers(client: Any, address: str) -> None:
    """Raise UsageError unless there are workers, all with this version of the program."""
    if not client.nthreads():
        raise UsageError(
            f"the Dask cluster at `{address}` has no worker",
            f"start some with `dask worker {address}`",
        )
    try:
        versions = client.run(program)
    except Exception as error:
        raise UsageError(
            f"the workers of the cluster cannot run this program ({type(error).__name__})",
            "install it for them, or start them with PYTHONPATH naming its folder",
        ) from error
    for worker, version in versions.items():
        if version != program():
            raise _another_version(worker)


def _another_version(worker: str) -> UsageError:
    return UsageError(
        f"the worker at `{worker}` has another version of this program or of its libraries",
        "give all workers what this machine has, and start them again",
    )


class _Cluster(Executor):
    """Hands tasks to the workers, with a check that each is done by this version of the program."""

    def __init__(self, executor: Executor) -> None:
        import warnings

        warnings.filterwarnings("ignore", message=_LARGE_GRAPH)
        self._executor = executor

    def submit(  # type: ignore[override]
        self, call: Callable[..., bytes], /, *given: Any, **named: Any
    ) -> Future[bytes]:
        """The future outcome of a task; workers that die of it again and again stop it."""
        own: Future[bytes] = Future()
        theirs = self._executor.submit(_on_worker, program(), partial(call, *given, **named))
        theirs.add_done_callback(partial(_pass_on, own))
        return own


def _pass_on(own: Future[bytes], theirs: Future[bytes]) -> None:
    """What came of a future of Dask's, its errors as ours."""
    error = None if theirs.cancelled() else theirs.exception()
    if theirs.cancelled() or isinstance(error, CancelledError):
        own.set_exception(
            PipelineError(
                "the Dask cluster was lost", "start it again, and then the run: it goes on"
            )
        )
    elif type(error).__name__ == "KilledWorker":
        own.set_result(msgspec.msgpack.encode(TaskOutcome((), "stopped", _ENDED)))
    elif error is not None:
        own.set_exception(error)
    else:
        own.set_result(theirs.result())


def _on_worker(version: str, task: Callable[[], bytes]) -> bytes:
    """Do a task on a worker."""
    from distributed import get_worker

    worker = get_worker()
    if version != program():
        raise _another_version(worker.address)
    keep_dictionary_in(Path(worker.local_directory) / "dictionary")
    return task()
