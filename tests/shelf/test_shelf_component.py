"""The Python side of the shelf's component."""

from __future__ import annotations

import re

from playground.ui.shelf.assets import shelf_data
from playground.ui.web import static_files, version


def test_it_is_told_of_no_run_and_fetches_neither_the_stage_nor_plotly() -> None:
    data = shelf_data()
    modules = data["modules"]
    assert isinstance(modules, tuple)
    assert {"shelf/shelf.js", "web/shelf.js"} <= set(modules)
    assert not [name for name in modules if name.startswith("stage/")]
    assert (data["base"], data["scripts"]) == (f"_playground/static/{version()}/", ())
    assert not {"token", "live"} & set(data)


def test_the_styles_fetched_ahead_are_those_that_the_component_loads() -> None:
    text = (static_files() / "shelf" / "mount.js").read_text(encoding="utf-8")
    found = re.search(r"STYLES = \[(.*)\]", text)
    assert found
    loaded = {name.removeprefix("../") for name in re.findall(r'"([^"]+)"', found[1])}
    assert {name.removeprefix("shelf/") for name in shelf_data()["styles"]} == loaded  # type: ignore[attr-defined]


def test_mounting_in_a_script_reports_no_event_at_first() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import streamlit as st

        from playground.ui.shelf import shelf

        heard: list[object] = []
        shelf(on_compare=heard.append)
        st.session_state.heard = heard

    app = AppTest.from_function(script, default_timeout=20).run()
    assert not app.exception
    assert app.session_state.heard == []
