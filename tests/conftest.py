"""What holds for all tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests import last_words

# A loaded machine is no fault of the code: no example is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = ("tests/browser/", "tests/finder/", "tests/shelf/", "tests/stage/", "tests/wall/")
"""Folders whose tests share a browser, and find or install it once."""
LONG = (
    "chromium",
    "tests/runtime/test_any_message.py",
    "tests/served/test_crowds.py",
    "tests/engine/test_stacked.py",
    "tests/engine/test_keras_numbers.py",
    "tests/runtime/test_same_run.py",
    "tests/runtime/test_search_runs.py",
    "tests/runtime/test_served_walls.py",
    "tests/served/test_restart.py",
    "tests/runtime/test_hosts.py",
)
"""What takes longest, longest first: begun last, one process would wait for it."""


COMPILED = "TF_XLA_FLAGS"
"""Names among other things the folder of what XLA has compiled."""


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """What XLA compiles is compiled once for all processes of the tests, and those that they start.

    `.ci/run` has a folder for what it compiles in all its steps.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault(COMPILED, f"--tf_xla_persistent_cache_directory={folder}")
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure tells what its pages looked like."""
    report = yield
    last_words.add_to(report)
    return report


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Processes share the tests by file, so that what a file compiles is compiled once, and one drives the browser."""

    def _split_scope(self, nodeid: str) -> str:
        return "chromium" if nodeid.startswith(CHROMIUM) else nodeid.split("::")[0]

    def _assign_work_unit(self, node: Any) -> None:
        """Give a process the longest that is left; all others are in xdist's order, by their number of tests."""
        scope = next((scope for scope in LONG if scope in self.workqueue), None)
        if scope is not None:
            self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How `pytest -n` shares the tests."""
    return ByFile(config, log)
