"""What the report of a failing test tells of its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import last_words
from tests.stage.conftest import Mounted


def report(outcome: str) -> pytest.TestReport:
    return pytest.TestReport("test", ("file", 1, "test"), {}, outcome, None, "call")  # type: ignore[arg-type]


def test_a_failure_tells_of_the_root_the_animation_frames_and_the_console(mount: Callable[..., Mounted]) -> None:
    stage = mount(newest=7, shown=7, state="paused")
    stage.page.evaluate("console.warn('a last word')")
    failed, passed = report("failed"), report("passed")
    last_words.add_to(failed)
    last_words.add_to(passed)
    ((_title, told),) = failed.sections
    for words in ('"epoch": "7"', '"visibility": "visible"', '"an animation frame came": true', "warning: a last word"):
        assert words in told
    assert passed.sections == []


def test_a_page_without_animation_frames_is_told_so(mount: Callable[..., Mounted]) -> None:
    stage = mount()
    stage.page.evaluate("window.requestAnimationFrame = () => 0")
    failed = report("failed")
    last_words.add_to(failed)
    assert '"an animation frame came": false' in failed.sections[0][1]


def test_a_page_that_is_gone_is_told_so(mount: Callable[..., Mounted]) -> None:
    mount().page.close()
    failed = report("failed")
    last_words.add_to(failed)
    assert "It does not answer" in failed.sections[0][1]
