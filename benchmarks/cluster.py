"""A run on a Dask cluster of this machine, a worker killed in the middle, beside a local run.

    make cluster-demo
    python -m benchmarks.cluster [--editions 12] [--workers 2]

Starts a scheduler and workers as `docs/scaling.md` says, hands them the editions (the brochure in
`raw/`, each with a text of its own), ends one worker with SIGKILL while it is at work, and compares
what comes out with the output of processes of this machine. Status 0 if each file is the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.throughput import write_editions

REPO = Path(__file__).parent.parent
_WAIT = 60.0  # seconds for the scheduler and its workers to start
_KILL_AFTER = 0.4  # of the time that the run takes undisturbed


class Cluster(NamedTuple):
    """A scheduler's address and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler and workers of one thread each on this machine, ended at the end."""
    told = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(
            _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        )
        address = _address(told)
        for number in range(workers):
            scratch = str(folder / f"worker-{number}")
            started.append(
                _dask(
                    "worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", scratch
                )
            )
        if workers:
            _wait_for(address, workers)
        yield Cluster(address, started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _dask(command: str, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{command}", "--no-dashboard", *options],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _address(told: Path) -> str:
    """The address that a scheduler writes down once it listens."""
    due = time.monotonic() + _WAIT
    while time.monotonic() < due:
        try:
            return str(json.loads(told.read_bytes())["address"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.1)
    raise RuntimeError("the scheduler did not start")


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=_WAIT, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=_WAIT)


def extract(raw: Path, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run of the program that has begun."""
    command = [sys.executable, "-m", "pipeline", "extract", "--force", "--raw", str(raw)]
    command += ["--output", str(folder / "output"), "--cache", str(folder / "cache"), *options]
    return subprocess.Popen(command, cwd=REPO, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> None:
    """Wait for a run, which must end well; a source may be told to be incomplete (status 1)."""
    _, said = process.communicate()
    if process.returncode not in (0, 1):
        raise RuntimeError(said.decode())


def differing(one: Path, other: Path) -> list[str]:
    """The files that two outputs do not have in common, or not with the same bytes."""
    files = [{p.relative_to(f): p for f in (x / "output",) for p in f.rglob("*") if p.is_file()}
             for x in (one, other)]  # fmt: skip
    names = files[0].keys() | files[1].keys()
    return sorted(
        str(name)
        for name in names
        if name not in files[0]
        or name not in files[1]
        or files[0][name].read_bytes() != files[1][name].read_bytes()
    )


def main() -> None:
    """Run, kill, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--editions", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = write_editions(folder / "raw", options.editions)
        seconds: dict[str, float] = {}
        started = time.perf_counter()
        finished(extract(raw, folder / "local", "--workers", str(options.workers)))
        seconds["processes of this machine"] = time.perf_counter() - started
        with cluster(folder, options.workers) as (address, workers):
            print(f"a scheduler at {address}, {options.workers} workers")
            few = write_editions(folder / "few", options.workers)
            finished(extract(few, folder / "warm", "--scheduler", address))
            for way in ("Dask", "Dask, one worker killed"):
                started = time.perf_counter()
                run = extract(raw, folder / way, "--scheduler", address)
                if "killed" in way:
                    time.sleep(_KILL_AFTER * seconds["Dask"])
                    if run.poll() is not None:
                        raise RuntimeError("the run ended before a worker could be killed")
                    workers[0].kill()
                finished(run)
                seconds[way] = time.perf_counter() - started
        base = next(iter(seconds.values()))
        for way, took in seconds.items():
            print(f"{way:28} {took:6.1f} s  {took / base:5.2f}")
        lost = {way: differing(folder / "local", folder / way) for way in list(seconds)[1:]}
        print("same files as of this machine alone:", not any(lost.values()))
        sys.exit(any(lost.values()))


if __name__ == "__main__":
    main()
