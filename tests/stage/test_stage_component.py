"""The Python side of the stage."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from playground.runtime.server.bare_source import bare_source
from playground.ui.stage.assets import stage_data, static_files, version
from playground.ui.web import assets, facts


@pytest.mark.parametrize("component", ["stage", "wall", "search", "finder", "shelf"])
def test_own_page_weight_is_below_145_kilobytes(component: str) -> None:
    """As it travels: all that a component has of its own, and what of the shared it ever asks for."""
    own = [path for path in (static_files() / component).rglob("*") if path.is_file()]
    files = {*own, static_files() / "web/base.css", *(asked for path in own for asked in _asked_for(path))}
    assert sum(len(gzip.compress(bare_source(path), 9)) for path in files) <= 145_000


def _asked_for(path: Path) -> set[Path]:
    """The modules that a module imports, and what those do."""
    found: set[Path] = set()
    new = set(_named_in(path))
    while new:
        found |= new
        new = {name for each in new for name in _named_in(each)} - found
    return found


@cache
def _named_in(path: Path) -> frozenset[Path]:
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)  # there imports are of types
    return frozenset((path.parent / name).resolve() for name in re.findall(r'(?:from |import\()"(\.[^"]+\.js)"', code))


def test_without_packing_the_first_look_is_below_205_kilobytes() -> None:
    first = stage_data("abc", plotly="")["modules"]
    assert isinstance(first, tuple)
    assert sum(len(bare_source(static_files() / name)) for name in first) <= 205_000


def test_every_imported_module_exists() -> None:
    for path in static_files().rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'from "(\.[^"]+)"', text):
            assert (path.parent / name).is_file(), f"{path.name} imports {name}"
        for name in re.findall(r'import\("(\.[^"]+)"\)', text):  # of a type, which may be declared elsewhere
            known = path.parent / name
            assert known.is_file() or known.with_suffix(".d.ts").is_file(), f"{path.name} imports {name}"


def test_the_modules_of_the_first_look_are_fetched_ahead_and_no_others() -> None:
    modules = stage_data("abc", plotly="")["modules"]
    assert isinstance(modules, tuple)
    assert {"stage/stage.js", "stage/views/network_view.js", "web/facts.js", "web/socket.js"} <= set(modules)
    assert not {"stage/views/errors_view.js", "stage/keep.js", "web/shelf.js"} & set(modules)
    for name in modules:
        text = (static_files() / name).read_text(encoding="utf-8")
        for found in re.findall(r'from "(\.[^"]+)"', text):
            path = (static_files() / name).parent / found
            assert path.resolve().relative_to(static_files().resolve()).as_posix() in modules


@pytest.mark.parametrize("path", facts.generated(), ids=lambda path: path.name)
def test_what_javascript_knows_is_what_python_declares(path: Path) -> None:
    """Where this fails: `python -m playground.ui.web.facts`."""
    assert path.read_text(encoding="utf-8") == facts.generated()[path]


def test_version_changes_with_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "static_files", lambda: tmp_path)
    versions = set()
    for name, content in (("a.js", "1"), ("a.js", "2"), ("b.css", "2")):
        (tmp_path / name).write_text(content)
        version.cache_clear()
        versions.add(version())
    version.cache_clear()
    assert len(versions) == 3


def test_addresses_are_relative_so_that_a_base_path_needs_nothing() -> None:
    data = stage_data("abc", plotly="_playground/plotly/1.min.js", link="?dataset=xor")
    assert data["live"] == "_playground/live/abc"
    assert data["base"] == f"_playground/static/{version()}/"
    assert not any(str(data[name]).startswith("/") for name in ("live", "base", "plotly"))


def test_mounting_in_a_script_reports_no_event_at_first() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import streamlit as st

        from playground.ui.stage import stage

        st.session_state.events = stage("abc", plotly="_playground/plotly/1.min.js")

    app = AppTest.from_function(script, default_timeout=20).run()
    assert not app.exception
    events = app.session_state.events
    assert events.gone is None


def test_sending_the_stage_its_data_does_not_import_pandas() -> None:
    """It takes a second of the first visit, and 60 MB: Streamlit looks for tables in lists."""
    code = """
import sys
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from playground.ui.stage.assets import stage_data
serialize_mixed_data(stage_data("token", plotly="plotly.js"), BidiComponent())
print("pandas" in sys.modules)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split()[-1] == "False"
