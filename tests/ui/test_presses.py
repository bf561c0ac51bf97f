"""What is pressed on a page that outlasted its server is heard."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from playground.ui.web import component


def test_the_first_press_on_a_page_of_a_server_that_started_again_is_heard_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: dict[str, Any] = {"open": {"lesson": "xor"}, "remove": None}
    heard: list[str] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "rerun", lambda: heard.append("rerun"))
    monkeypatch.setattr(component, "component", lambda _name: lambda **_data: SimpleNamespace(**said))

    def mount() -> None:
        component.mount(
            "lessons", "lessons", {}, open=lambda: heard.append("open"), remove=lambda: heard.append("remove")
        )

    mount()  # Streamlit has what was pressed, and has called nobody
    assert heard == ["open", "rerun"]
    mount()  # from now on it calls by itself
    assert heard == ["open", "rerun"]


def test_a_first_visit_is_no_press(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "rerun", lambda: heard.append("rerun"))
    monkeypatch.setattr(component, "component", lambda _name: lambda **_data: SimpleNamespace(leave=None))
    component.mount("lesson", "lesson", {}, leave=lambda: heard.append("leave"))
    assert heard == []
