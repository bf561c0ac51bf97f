"""What hosts may set by the environment."""

from __future__ import annotations

import os

import pytest

from playground.runtime import limits_from_environment


def test_the_environment_sets_workers_runs_and_idle_time() -> None:
    environment = {"PLAYGROUND_WORKERS": "3", "PLAYGROUND_MAX_RUNS": " 40 ", "PLAYGROUND_IDLE_SECONDS": "7"}
    limits = limits_from_environment(environment)
    assert (limits.workers, limits.runs, limits.idle_seconds) == (3, 40, 7)


def test_without_settings_there_is_a_worker_for_each_core() -> None:
    assert limits_from_environment({"PLAYGROUND_WORKERS": ""}).workers == os.cpu_count()


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "²"])
def test_a_bad_setting_is_named(value: str) -> None:
    with pytest.raises(ValueError, match=r"PLAYGROUND_WORKERS must be a whole number of at least 1\. Got"):
        limits_from_environment({"PLAYGROUND_WORKERS": value})
