"""What a script tells the widgets reaches the browser, however soon the next script begins."""

from __future__ import annotations

import pytest

from playground.ui.controls import echoes

from .conftest import Page


def test_what_a_script_says_just_before_the_next_begins_is_said_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit drops what it has not sent yet when a script begins, and takes it for told."""
    monkeypatch.setattr(echoes, "AT_WORK", 1e9)
    page.visit()
    assert page.widget("knob_noise").proto.set_value
    page.run()
    assert page.widget("knob_noise").proto.set_value
    monkeypatch.setattr(echoes, "AT_WORK", -1.0)
    page.run()
    assert not page.widget("knob_noise").proto.set_value
