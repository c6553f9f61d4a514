"""Kept results of stages: what is found again, what is thrown away."""

import os

from pipeline.store.cache import Cache


def filled(folder, *names):
    """A cache with ten bytes under each name, used in that order, a second apart."""
    cache = Cache(folder)
    for number, name in enumerate(names):
        cache.put(name, b"0123456789")
        os.utime(cache._path(name), (1000 + number, 1000 + number))
    return cache


def kept(cache, *names):
    """Those of the names that have an entry."""
    return [n for n in names if cache._path(n).exists()]


SIZE = 42  # ten bytes and their digest


def test_what_a_run_used_is_kept_whatever_its_size(tmp_path):
    """The bound is on what the run did not use."""
    cache = filled(tmp_path, "aa1", "bb2", "cc3")
    cache.prune({"aa1", "cc3"}, spare=0)
    assert kept(cache, "aa1", "bb2", "cc3") == ["aa1", "cc3"]


def test_the_longest_unused_goes_first(tmp_path):
    """As much is kept as the bound allows; a run notes what it used."""
    cache = filled(tmp_path, "aa1", "bb2", "cc3", "dd4")
    cache.touch({"aa1"})
    cache.prune(set(), spare=2 * SIZE)
    assert kept(cache, "aa1", "bb2", "cc3", "dd4") == ["aa1", "dd4"]


def test_what_killed_runs_left_goes_too(tmp_path):
    """A part of an entry is an unused file like others; within the bound all stays."""
    cache = filled(tmp_path, "aa1")
    part = cache._path("bb2.123")
    part.parent.mkdir()
    part.write_bytes(b"half")
    cache.prune(set(), spare=1000)
    assert part.exists()
    cache.prune({"aa1"}, spare=0)
    assert not part.exists()


def test_an_entry_that_another_run_removed_is_a_missing_one(tmp_path):
    """Neither reading nor pruning fails on it."""
    cache, other = filled(tmp_path, "aa1", "bb2"), Cache(tmp_path)
    other.prune(set(), spare=0)
    assert cache.get("aa1") is None
    cache.prune({"aa1"}, spare=0)
    cache.put("aa1", b"again")
    assert other.get("aa1") == b"again"


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    """Pruning comes after runs that could not write."""
    Cache(tmp_path / "none").prune(set(), spare=0)
