"""The Python side of the wall."""

from __future__ import annotations

import re
import subprocess
import sys

from playground.ui.wall.assets import wall_data
from playground.ui.web import static_files, version


def test_addresses_are_relative_so_that_a_base_path_needs_nothing() -> None:
    data = wall_data("abc", plotly="_playground/plotly/1.min.js", link="?rows=depth:1|2", titles={"depth": "Depth"})
    assert data["live"] == "_playground/live/abc"
    assert data["base"] == f"_playground/static/{version()}/"
    assert data["entry"] == "wall/mount.js"
    assert data["titles"] == (("depth", "Depth"),)


def test_the_modules_of_the_first_look_are_fetched_ahead_and_nothing_of_the_stage() -> None:
    modules = wall_data("abc", plotly="", link="", titles={})["modules"]
    assert isinstance(modules, tuple)
    assert {"wall/wall.js", "wall/grid.js", "wall/views/curves_view.js", "web/live_session.js"} <= set(modules)
    assert not [name for name in modules if name.startswith("stage/") or "table_view" in name]
    assert all((static_files() / name).is_file() for name in modules)


def test_the_styles_fetched_ahead_are_those_that_the_component_loads() -> None:
    data = wall_data("abc", plotly="", link="", titles={})
    mount = (static_files() / str(data["entry"])).read_text(encoding="utf-8")
    loaded = re.search(r"STYLES = \[(.+)\]", mount)
    assert loaded is not None and isinstance(data["styles"], tuple)
    names = [name.removeprefix("../") for name in re.findall(r'"(.+?)"', loaded[1])]
    assert [name if "/" in name else f"wall/{name}" for name in names] == list(data["styles"])


def test_mounting_in_a_script_reports_no_event_at_first() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import streamlit as st

        from playground.ui.wall import wall

        st.session_state.events = wall("abc", plotly="_playground/plotly/1.min.js", link="", titles={})

    app = AppTest.from_function(script, default_timeout=20).run()
    assert not app.exception
    assert app.session_state.events.gone is None


def test_sending_the_wall_its_data_does_not_import_pandas() -> None:
    """It takes a second of the first visit, and 60 MB: Streamlit looks for tables in lists."""
    code = """
import sys
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from playground.ui.wall.assets import wall_data
serialize_mixed_data(wall_data("token", plotly="plotly.js", link="", titles={"depth": "Depth"}), BidiComponent())
print("pandas" in sys.modules)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split()[-1] == "False"
