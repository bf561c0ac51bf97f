"""The pages: modules that do nothing until they are asked for, found by the navigation, the first one at the root."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playground.ui import pages

from .conftest import SCRIPT, FakeRuns, Page

NEW_PAGE = '''
"""A page that a test adds."""
import streamlit as st
from playground.ui.header import show_header
from playground.ui.pages import Page

def studio() -> None:
    show_header("")
    st.text("a first lesson")

PAGE = Page(name="studio", title="Studio", place={place}, build=studio, under={under!r})
'''


@pytest.fixture
def navigation(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Any], str]]:
    """The pages that Streamlit is told of, and where it is to show them, at each run of the script."""
    told: list[tuple[list[Any], str]] = []
    navigate = st.navigation

    def note(listed: list[Any], *, position: Any) -> Any:
        told.append((listed, position))
        return navigate(listed, position=position)

    monkeypatch.setattr(st, "navigation", note)
    return told


@pytest.fixture
def add_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put one more module among the pages, at this place, by itself or under another page."""

    def add(place: int, under: str = "") -> None:
        (tmp_path / "studio.py").write_text(NEW_PAGE.format(place=place, under=under), encoding="utf-8")
        monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])

    yield add
    if sys.modules.pop("playground.ui.pages.studio", None) is not None:
        del pages.studio  # type: ignore[attr-defined]


def test_importing_a_page_shows_nothing_and_opens_nothing(runs: FakeRuns) -> None:
    def script() -> None:
        import importlib
        from pkgutil import iter_modules

        import streamlit as st

        from playground.ui import pages

        for module in iter_modules(pages.__path__, "playground.ui.pages."):
            importlib.reload(importlib.import_module(module.name))
            st.session_state.setdefault("imported", []).append(module.name)

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    assert "playground.ui.pages.play" in app.session_state["imported"]
    assert list(app.session_state.keys()) == ["imported"]
    assert len(app.main) == len(app.sidebar) == 0
    assert runs.calls == []


def test_play_is_at_the_root_and_explore_beside_it_without_a_menu_that_drops_the_query(
    page: Page, navigation: list[tuple[list[Any], str]]
) -> None:
    page.visit()
    ((listed, position),) = navigation
    assert [(each.title, each.url_path) for each in listed][:2] == [("Play", ""), ("Explore", "explore")]
    assert position == "hidden"
    assert [*page.links()][:2] == ["Play", "Explore"]


def test_another_module_is_another_page_in_the_navigation(page: Page, add_page: Callable[..., None]) -> None:
    add_page(30)
    page.visit({"dataset": "xor"})
    assert page.links()["Studio"] == ("studio", {})
    assert page.runs.held[page.token].to_query() == {"dataset": "xor"}
    page.follow("Studio")
    assert [text.value for text in page.app.text] == ["a first lesson"]


def test_the_page_that_stands_first_is_shown_at_the_root(
    page: Page, navigation: list[tuple[list[Any], str]], add_page: Callable[..., None]
) -> None:
    add_page(0)
    page.visit()
    ((listed, _position),) = navigation
    addresses = [(each.title, each.url_path) for each in listed]
    assert addresses[:3] == [("Studio", ""), ("Play", "play"), ("Explore", "explore")]
    assert [text.value for text in page.app.text] == ["a first lesson"]
    assert page.stages == []


def test_a_page_under_another_is_in_the_navigation_with_those_that_belong_there(
    page: Page, add_page: Callable[..., None]
) -> None:
    add_page(25, under="explore")
    assert "Studio" not in page.visit().links()
    links = [*page.follow("Explore").links()]
    assert links[:2] == ["Play", "Explore"] and {"Wall", "Studio"} <= {*links[2:]}
    links = [*page.follow("Studio").links()]
    assert links[:2] == ["Play", "**Explore**"] and {"Wall", "Studio"} <= {*links[2:]}
    assert "Studio" not in page.follow("Play").links()


def test_who_comes_back_from_another_page_finds_the_run_and_its_link(page: Page) -> None:
    page.visit({"dataset": "xor", "noise": "0.3"}).follow("Explore").follow("Play")
    assert page.query == {"dataset": "xor", "noise": "0.3"}
    assert (page.token, page.runs.calls) == ("run-1", ["open run-1", "open run-2"])
    page.visit({})
    assert page.query == {}, "from Play itself the root is the way back to the defaults"


def test_what_was_turned_on_one_page_is_as_it_was_on_the_other(page: Page) -> None:
    page.visit({"dataset": "xor"}).follow("Explore").turn("noise", 0.5)
    assert page.wall.base.to_query() == {"dataset": "xor", "noise": "0.5"}
    page.follow("Play")
    assert page.query == {"dataset": "xor"}
    assert page.token == "run-1" and page.widget("knob_noise").value == 0


def test_controls_that_both_pages_have_show_what_is_chosen_on_each(page: Page) -> None:
    page.visit({"dataset": "xor", "features": "x1", "hidden": "8,8,8", "init": "zeros"})
    for page_shown in ("Explore", "Play"):
        page.follow(page_shown)
        assert page.widget("knob_dataset").value == "xor"
        assert page.widget("knob_features").value == ["x1"]
        assert page.widget("knob_layers").value == 3
        assert page.widget("knob_init").value == "zeros"


def test_a_link_followed_from_another_page_is_opened(page: Page) -> None:
    page.visit({"dataset": "xor"}).follow("Explore")
    assert page.visit({"noise": "0.5"}, "").query == {"noise": "0.5"}
    assert page.token == "run-3"


def test_a_click_just_before_the_page_is_another_does_not_outweigh_its_address(page: Page) -> None:
    page.visit({"dataset": "xor"}).follow("Explore")
    page.widget("wall_swap").click()
    assert page.visit({"noise": "0.5"}, "").query == {"noise": "0.5"}


def test_who_begins_on_another_page_finds_the_defaults_on_this_one(page: Page) -> None:
    page.visit({}, "explore").follow("Play")
    assert page.query == {}
    assert page.token == "run-2"


def test_what_a_link_to_one_page_is_refused_is_not_said_on_the_other(page: Page) -> None:
    page.visit({"noise": "7"}).follow("Explore")
    assert page.notices == ""
    assert "noise" in page.follow("Play").notices


def test_a_link_to_either_page_opens_that_page_with_its_query(page: Page, runs: FakeRuns) -> None:
    query = {"dataset": "xor", "columns": "noise:0|0.5"}
    assert page.visit(query, "explore").query == query
    assert (page.stages, len(page.walls)) == ([], 1)
    assert Page(runs, page.stages).visit({"dataset": "moons"}, "").query == {"dataset": "moons"}


def test_streamlit_does_not_take_over_the_navigation() -> None:
    """As it does until `st.navigation` is called, for the first visitor, beside a folder of this name."""
    assert not (SCRIPT.parent / "pages").exists()
