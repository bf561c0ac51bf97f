"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A loaded machine is no fault of the code: no example is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ONE_BROWSER = ("browser", "stage")
"""Folders whose tests share Chromium, and find or install it once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes share the tests by file, so that what a file compiles is compiled once."""
    for item in items:
        group = "chromium" if item.path.parent.name in ONE_BROWSER else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
