"""Where the work of a run is done: in processes of this machine, or on a cluster.

Either way each task is done in a process of its own kind (`child`), which is watched and ends
alone when a document kills it, makes it hang, or asks for more memory than it may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pipeline.executor.child import Kind
from pipeline.executor.crew import call_in, dismiss

__all__ = ["open_executor"]


@contextmanager
def open_executor(
    workers: int,
    scheduler: str | None = None,
    folder: Path | None = None,
    kinds: Iterable[Kind] = ("stages",),
) -> Iterator[tuple[Executor, int]]:
    """An executor for the tasks of a run, closed at the end, and how many it does at once.

    `workers` processes of this machine for each kind of task; with `scheduler`, a running Dask
    cluster at that address. `folder` is where the processes keep jieba's parsed dictionary,
    `kinds` are the kinds of tasks that are known to come.
    Raises UsageError if the cluster cannot be used.
    """
    if scheduler is not None:
        from pipeline.executor.cluster import open_cluster

        with open_cluster(scheduler) as cluster:
            yield cluster
        return
    call_in(folder, kinds, workers)
    threads = ThreadPoolExecutor(max(workers, len(set(kinds))))
    try:
        yield threads, workers
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        dismiss()
