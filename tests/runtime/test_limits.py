"""What hosts may set by the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from playground.runtime import Limits, limits_from_environment
from playground.runtime.limits import _cgroup_cores


def test_the_environment_sets_workers_runs_and_idle_time() -> None:
    environment = {"PLAYGROUND_WORKERS": "3", "PLAYGROUND_MAX_RUNS": " 40 ", "PLAYGROUND_IDLE_SECONDS": "7"}
    limits = limits_from_environment(environment)
    assert (limits.workers, limits.runs, limits.idle_seconds) == (3, 40, 7)


def test_without_settings_there_is_a_worker_for_each_core_but_no_more_than_four() -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert 1 <= limits_from_environment({"PLAYGROUND_WORKERS": ""}).workers <= min(cores or 1, 4)


@pytest.mark.parametrize(("quota", "cores"), [("150000 100000\n", 2), ("max 100000\n", sys.maxsize)])
def test_a_container_has_the_cores_it_was_given(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    assert _cgroup_cores(str(tmp_path / "cpu.max")) == cores


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "²"])
def test_a_bad_setting_is_named(value: str) -> None:
    with pytest.raises(ValueError, match=r"PLAYGROUND_WORKERS must be a whole number of at least 1\. Got"):
        limits_from_environment({"PLAYGROUND_WORKERS": value})


def test_what_a_server_holds_is_bound_by_its_runs_or_its_memory() -> None:
    assert Limits(runs=7).holds == 7
    assert Limits(runs=7, memory_bytes=10**11).holds == 7
    small = Limits(workers=1, memory_bytes=700_000_000)
    assert 0 < small.holds < Limits(workers=1, memory_bytes=800_000_000).holds < small.runs
    assert Limits(workers=2, memory_bytes=700_000_000).holds < small.holds
    assert Limits(workers=1, memory_bytes=512_000_000).holds == 0


@pytest.mark.parametrize(
    ("workers", "megabytes", "sentence"),
    [
        (1, 700, "holds about 10 different networks at once beside 1 worker in 700 MB"),
        (2, 100_000, "holds about 200 different networks at once beside 2 workers in 100000 MB"),
        (1, 605, "holds no more than one network beside 1 worker in 605 MB"),
        (1, 512, "holds no network beside 1 worker in 512 MB"),
        (2, 0, "holds about 200 different networks at once beside 2 workers"),
    ],
)
def test_a_host_is_told_what_the_server_holds(workers: int, megabytes: int, sentence: str) -> None:
    assert Limits(workers=workers, memory_bytes=megabytes * 1_000_000).holds_in_words == sentence
