"""The Python side of the rate finder's component."""

from __future__ import annotations

import re

from playground.ui.finder.assets import finder_data
from playground.ui.web import static_files, version


def test_addresses_are_relative_so_that_a_base_path_needs_nothing() -> None:
    data = finder_data("abc", published=False)
    assert data["live"] == "_playground/live/abc"
    assert data["base"] == f"_playground/static/{version()}/"


def test_what_it_fetches_ahead_has_nothing_of_the_stage_and_no_plotly() -> None:
    data = finder_data("abc", published=False)
    modules = data["modules"]
    assert isinstance(modules, tuple)
    assert "finder/finder.js" in modules
    assert not [name for name in modules if name.startswith("stage/")]
    assert data["scripts"] == ()


def test_the_styles_fetched_ahead_are_those_that_the_component_loads() -> None:
    text = (static_files() / "finder" / "mount.js").read_text(encoding="utf-8")
    found = re.search(r"STYLES = \[(.*)\]", text)
    assert found
    loaded = {name.removeprefix("../") for name in re.findall(r'"([^"]+)"', found[1])}
    assert {name.removeprefix("finder/") for name in finder_data("a", published=False)["styles"]} == loaded  # type: ignore[attr-defined]


def test_mounting_in_a_script_reports_no_event_at_first() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import streamlit as st

        from playground.ui.finder import finder

        heard: list[object] = []
        finder(
            "abc",
            published=False,
            on_use=heard.append,
            on_prove=heard.append,
            on_published=heard.append,
            on_gone=lambda: heard.append("gone"),
        )
        st.session_state.heard = heard

    app = AppTest.from_function(script, default_timeout=20).run()
    assert not app.exception
    assert app.session_state.heard == []
