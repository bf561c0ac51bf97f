"""What holds for all tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Generator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests import last_words

# A loaded machine is no fault of the code: no example is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DRIVEN = tuple(
    f"tests/{folder}/" for folder in ("browser", "stage", "wall", "search", "shelf", "finder", "room", "room_teacher")
)
"""Folders whose tests drive a browser, which is started, as is what it looks at, once for each of them in turn."""
LONG = (
    "tests/engine/test_keras_numbers.py",
    "tests/engine/test_stacked.py",
    "tests/lessons/test_running.py",
    "tests/engine/export/test_scripts.py",
    "tests/runtime/test_any_message.py",
    "tests/served/test_crowds.py",
    "tests/runtime/test_search_runs.py",
    "tests/served/test_restart.py",
    "tests/runtime/test_same_run.py",
    "tests/runtime/test_served_walls.py",
    "tests/runtime/test_hosts.py",
    "tests/engine/test_published_experiments.py",
    "tests/served/test_container.py",
    "tests/served/test_previews.py",
    "tests/store/test_rooms_by_model.py",
    "tests/classroom/test_rooms_by_model.py",
    "tests/engine/export/test_models.py",
    "tests/engine/test_diagnosis_on_runs.py",
    "tests/engine/test_tensorflow_playground.py",
    "tests/engine/test_lessons.py",
)
"""What takes longest of the others, longest first: begun last, one process would wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that drives a browser is tried once more where it fails, three such in a whole run and no more.

    A browser shares the machine with all the rest, and shows now and then what nobody will see again. What passed only
    then is told at the end, with its failure: it is a fault to mend, of the test or of the page.
    """
    for item in items:
        if item.nodeid.startswith(DRIVEN):
            item.add_marker(pytest.mark.flaky(reruns=1))


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


def next_file(left: Collection[str], drives: bool) -> str:
    """Which of the files that are left a process gets: who drives a browser goes on with it, who does not keeps off."""
    driven, others = [file for file in left if file.startswith(DRIVEN)], [f for f in left if not f.startswith(DRIVEN)]
    if driven and (drives or not others):
        return min(driven, key=lambda file: next(n for n, folder in enumerate(DRIVEN) if file.startswith(folder)))
    return next((file for file in LONG if file in others), others[0])


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Processes share the tests by file, so that what a file compiles is compiled once.

    One drives the browser; others help it when nothing else is left, as it helps them.
    """

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        self._drivers: set[Any] = set()

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::")[0]

    def _assign_work_unit(self, node: Any) -> None:
        file = next_file(self.workqueue, drives=node in self._drivers or not self._drivers)
        if file.startswith(DRIVEN):
            self._drivers.add(node)
        self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How `pytest -n` shares the tests."""
    return ByFile(config, log)
