"""The Python side of the search's component."""

from __future__ import annotations

import re

from playground.ui.search.assets import search_data
from playground.ui.web import static_files, version


def test_addresses_are_relative_so_that_a_base_path_needs_nothing() -> None:
    data = search_data("abc", link="?search=width", titles={"width": "Units"})
    assert data["live"] == "_playground/live/abc"
    assert data["base"] == f"_playground/static/{version()}/"
    assert data["entry"] == "search/mount.js"
    assert data["titles"] == (("width", "Units"),)


def test_the_modules_of_the_first_look_are_fetched_ahead_and_nothing_of_other_components() -> None:
    modules = search_data("abc", link="", titles={})["modules"]
    assert isinstance(modules, tuple)
    assert {"search/search.js", "search/history.js", "web/live_session.js"} <= set(modules)
    assert not [name for name in modules if name.startswith(("stage/", "wall/"))]
    assert all((static_files() / name).is_file() for name in modules)


def test_the_styles_fetched_ahead_are_those_that_the_component_loads() -> None:
    data = search_data("abc", link="", titles={})
    loaded = re.search(r"STYLES = \[(.+)\]", (static_files() / str(data["entry"])).read_text(encoding="utf-8"))
    assert loaded is not None and isinstance(data["styles"], tuple)
    names = [name.removeprefix("../") for name in re.findall(r'"(.+?)"', loaded[1])]
    assert [name if "/" in name else f"search/{name}" for name in names] == list(data["styles"])


def test_mounting_in_a_script_reports_no_event_at_first() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import streamlit as st

        from playground.ui.search import search

        st.session_state.events = search("abc", link="", titles={})

    app = AppTest.from_function(script, default_timeout=20).run()
    assert not app.exception
    assert app.session_state.events.gone is None
