"""On a Dask cluster: the same tables, whatever happens to a worker."""

import time

import pytest

from tests.conftest import BROCHURE, CALENDAR

distributed = pytest.importorskip("distributed", reason="Dask is not installed")

from benchmarks.cluster import cluster, differing, extract, finished  # noqa: E402

PROFILES = 12  # of the brochure, so many pages long


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A scheduler and two workers of this machine."""
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """Four editions: parts of the brochure, and the calendar."""
    folder = tmp_path_factory.mktemp("editions")
    pages = BROCHURE.read_text("utf-8").split("\f")
    texts = {f"part-{i}": "\f".join(pages[i * PROFILES : (i + 1) * PROFILES]) for i in range(3)}
    for name, text in {**texts, "week": CALENDAR.read_text("utf-8")}.items():
        (folder / name).mkdir()
        (folder / name / "page.txt").write_text(text, "utf-8")
    return folder


def at_work(address):
    """The addresses of the workers that have a task."""
    with distributed.Client(address, set_as_default=False) as client:
        return [w for w, tasks in client.processing().items() if tasks]


def test_a_worker_that_dies_costs_time_alone(running, raw, tmp_path):
    """Killed while it has a task: the files are byte for byte those of this machine alone."""
    finished(extract(raw, tmp_path / "here", "--workers", "1"))
    run = extract(raw, tmp_path / "there", "--scheduler", running.address)
    due = time.monotonic() + 60
    while not (busy := at_work(running.address)) and time.monotonic() < due:
        assert run.poll() is None
        time.sleep(0.05)
    assert busy
    running.workers[0].kill()
    finished(run)
    assert differing(tmp_path / "here", tmp_path / "there") == []


def test_a_worker_with_another_version_does_nothing(running):
    """It could give other tables."""
    from pipeline.errors import UsageError
    from pipeline.executor.cluster import _on_worker

    with (
        distributed.Client(running.address, set_as_default=False) as client,
        pytest.raises(UsageError, match="another version"),
    ):
        client.submit(_on_worker, "another", bytes).result()


def test_a_cluster_without_a_worker_is_a_message(tmp_path, run_pipeline):
    """Instead of waiting for ever."""
    with cluster(tmp_path, 0) as (address, _):
        done = run_pipeline("extract", "--scheduler", address, "--output", tmp_path / "out",
                            "--cache", tmp_path / "cache", check=2)  # fmt: skip
    assert "no worker" in done.stderr
