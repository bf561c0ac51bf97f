"""What holds for all tests."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# A loaded machine is no fault of the code: no example is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = ("tests/browser/", "tests/finder/", "tests/shelf/", "tests/stage/", "tests/wall/")
"""Folders whose tests share a browser, and find or install it once."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Processes share the tests by file, so that what a file compiles is compiled once, and one drives the browser."""

    def _split_scope(self, nodeid: str) -> str:
        return "chromium" if nodeid.startswith(CHROMIUM) else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How `pytest -n` shares the tests."""
    return ByFile(config, log)
