"""What several files of these tests need."""

from __future__ import annotations

import pytest

from tests.runtime.runs import OpenRun


@pytest.fixture(name="open_run")
def opening_runs() -> OpenRun:
    from tests.runtime.runs import open_run

    return open_run
